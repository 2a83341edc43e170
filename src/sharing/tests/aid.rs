//! Who sees what of a request and of the offers to it.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::fields::fields;
use super::story::{Story, chief, open, somebody};
use crate::domain::agreement::{Group, Shareable, Term};
use crate::domain::incident::Incident;
use crate::domain::mutual_aid::{Accept, Cost, Make, Offer, Sign, Wish};
use crate::domain::place::Location;
use crate::domain::resource::{
    AdoptDefinitions, DefinitionRef, Grouping, Need, Profile, Register, Resource, definition,
};
use crate::domain::resource_request::{
    Content, Decline, Draft, Priority, ResourceRequest, Send, Submit,
};
use crate::domain::watch::Turn;
use crate::domain::{Id, Principal, RecordRef, Scope};
use crate::sharing::{Concern, CopFilter, RecordKind};

/// Ann has a fire; Bob, Cy and Dee have two engines each.
struct Scene {
    story: Story,
    incident: Id<Incident>,
    engines: BTreeMap<&'static str, Vec<Id<Resource>>>,
}

fn begin() -> Scene {
    let mut story = Story::new();
    for code in ["ANN", "BOB", "CY", "DEE"] {
        story.organization(code, &[]);
    }
    let source = definition::BUILT_IN[0].to_owned();
    story.must(&Principal::hub(), AdoptDefinitions { source });
    let incident = story.incident(&chief("ANN"), open("warehouse", "structure-fire"));
    let mut engines = BTreeMap::<_, Vec<_>>::new();
    for code in ["BOB", "CY", "DEE", "BOB", "CY", "DEE"] {
        let profile = Profile {
            name: format!("{code}'s engine"),
            definition: DefinitionRef { id: "fire-engine".to_owned(), version: 1 },
            level: Some(3),
            grouping: Grouping::SingleResource,
            members: Vec::new(),
            leader: None,
            home: None,
            crew: None,
            capabilities: BTreeMap::new(),
            rates: Vec::new(),
        };
        let register = Register { owner: None, profile, held: None, exercise: false };
        let RecordRef::Resource(id) = story.must(&chief(code), register) else {
            panic!("no resource")
        };
        engines.entry(code).or_default().push(id);
    }
    Scene { story, incident, engines }
}

impl Scene {
    /// Ann writes a request and sends it to these.
    fn ask(&mut self, to: &[&str]) -> Id<ResourceRequest> {
        let content = Content {
            need: Need {
                definition: DefinitionRef { id: "fire-engine".to_owned(), version: 1 },
                level: Some(3),
                quantity: 5,
            },
            substitutes: false,
            special_support: None,
            deliver_to: Location { name: Some("Staging".to_owned()), ..Location::default() },
            wanted_by: None,
            priority: Priority::Urgent,
            purpose: "Protect the warehouses".to_owned(),
            funding_code: Some("H-42".to_owned()),
            contact: "Ordering Manager, ICP".to_owned(),
        };
        let draft = Draft { incident: self.incident, content };
        let RecordRef::ResourceRequest(request) = self.story.must(&chief("ANN"), draft) else {
            panic!("no request")
        };
        if !to.is_empty() {
            self.story.must(&chief("ANN"), Submit { request });
            let to = to.iter().map(|code| self.story.id(code)).collect();
            self.story.must(&chief("ANN"), Send { request, to });
        }
        request
    }

    /// An organization offers one of its engines.
    fn offer(&mut self, request: Id<ResourceRequest>, by: &str, n: usize) -> Id<Offer> {
        let make = self.make(request, by, n);
        let RecordRef::Offer(offer) = self.story.must(&chief(by), make) else { panic!("no offer") };
        offer
    }

    fn make(&self, request: Id<ResourceRequest>, by: &str, n: usize) -> Make {
        let hours = |hours| self.story.now + SignedDuration::from_hours(hours);
        Make {
            request,
            items: vec![Wish { resource: self.engines[by][n], quantity: 1 }],
            conditions: None,
            cost: Cost { currency: "USD".to_owned(), ..Cost::default() },
            available_from: hours(0),
            available_until: hours(48),
            expires: hours(4),
        }
    }

    /// All that somebody is shown of a request.
    fn shown(&self, who: &str, request: Id<ResourceRequest>) -> String {
        let view = self.story.view(&chief(who));
        let fields = fields(&view, RecordRef::ResourceRequest(request));
        let fields = fields.unwrap_or_default().into_iter();
        let shown = fields.filter_map(|(name, _, value)| Some(format!("{name}: {}", value?)));
        shown.collect::<Vec<_>>().join("\n")
    }
}

#[test]
fn whoever_is_asked_sees_what_is_needed_and_no_more() {
    let mut scene = begin();
    let request = scene.ask(&["BOB", "CY"]);
    let shown = scene.shown("BOB", request);
    let names: Vec<_> = shown.lines().filter_map(|line| line.split(':').next()).collect();
    insta::assert_snapshot!(names.join(" "), @"number need substitutes priority exercise question askedBy words deliverTo changedAt");
    assert!(!shown.contains("H-42"), "{shown}");
    assert_eq!(scene.shown("DEE", request), "", "who is not asked sees nothing");
    // Bob is shown the same whatever Cy answers and Ann makes of it.
    let cop = |scene: &Scene| {
        let filter = CopFilter { records: Some(vec![RecordKind::Request]), ..CopFilter::default() };
        scene.story.view(&chief("BOB")).cop(&filter).counts
    };
    let before = (shown, cop(&scene));
    assert_eq!(before.1.requests, 1);
    scene.story.now += SignedDuration::from_mins(10);
    let offer = scene.offer(request, "CY", 0);
    scene.story.must(&chief("ANN"), Accept { offer, items: Vec::new() });
    scene.story.must(&chief("ANN"), Sign { offer, version: 1 });
    scene.story.must(&chief("CY"), Sign { offer, version: 1 });
    scene.offer(request, "CY", 1);
    assert_eq!((scene.shown("BOB", request), cop(&scene)), before);
    let to = vec![scene.story.id("DEE")];
    scene.story.must(&chief("ANN"), Send { request, to });
    assert_eq!(scene.shown("BOB", request), before.0);
}

#[test]
fn an_offer_is_for_its_two_sides() {
    let mut scene = begin();
    let request = scene.ask(&["BOB", "CY"]);
    let offer = scene.offer(request, "CY", 0);
    let seen = |code: &str| {
        let view = scene.story.view(&chief(code));
        (view.offer(offer).is_some(), view.offers().count(), view.open_questions().len())
    };
    assert_eq!(seen("ANN"), (true, 1, 2), "Bob's answer and the own decision are awaited");
    assert_eq!(seen("CY"), (true, 1, 1));
    assert_eq!(seen("BOB"), (false, 0, 1));
    assert_eq!(seen("DEE"), (false, 0, 0));
    let mut story = scene.story;
    let refusal = story.ask(&chief("BOB"), 7, Accept { offer, items: Vec::new() }).unwrap_err();
    assert_eq!(refusal.code(), "OFFER_UNKNOWN");
}

#[test]
fn who_was_not_asked_finds_no_request_and_who_was_may_only_answer() {
    let mut scene = begin();
    let request = scene.ask(&["BOB"]);
    let make = scene.make(request, "DEE", 0);
    let decline = Decline { request, reason: "no".to_owned() };
    let story = &mut scene.story;
    for who in ["DEE", "CY"] {
        let refused = |r: Result<_, crate::domain::Refusal>| r.unwrap_err().code();
        assert_eq!(refused(story.ask(&chief(who), 7, make.clone())), "REQUEST_UNKNOWN");
        assert_eq!(refused(story.ask(&chief(who), 7, decline.clone())), "REQUEST_UNKNOWN");
    }
    let refusal = story.ask(&chief("BOB"), 7, Submit { request }).unwrap_err();
    assert_eq!(refusal.code(), "NOT_PERMITTED");
    // One may not offer what one may not even see.
    let refusal = story.ask(&chief("BOB"), 7, make).unwrap_err();
    assert_eq!(refusal.code(), "RESOURCE_UNKNOWN");
    let reader = somebody(Some("BOB"), &[Scope::Read]);
    let refusal = story.ask(&reader, 7, decline).unwrap_err();
    assert_eq!(refusal.code(), "NOT_PERMITTED");
}

#[test]
fn only_an_authorized_representative_signs_emac_step_3() {
    let mut scene = begin();
    let request = scene.ask(&["BOB"]);
    let offer = scene.offer(request, "BOB", 0);
    let dispatcher = |code| somebody(Some(code), &[Scope::Read, Scope::Write]);
    scene.story.must(&dispatcher("ANN"), Accept { offer, items: Vec::new() });
    let refusal = scene.story.ask(&dispatcher("ANN"), 7, Sign { offer, version: 1 }).unwrap_err();
    assert_eq!(refusal.code(), "NOT_PERMITTED");
    scene.story.must(&chief("ANN"), Sign { offer, version: 1 });
}

#[test]
fn an_agreement_shows_requests_that_were_sent_and_no_drafts() {
    let mut scene = begin();
    let term = Term {
        records: vec![Shareable::Request],
        groups: vec![Group::Identity, Group::Status],
        ..scene.story.term("ANN", "DEE")
    };
    scene.story.agree(None, vec![term]);
    let draft = scene.ask(&[]);
    let sent = scene.ask(&["BOB"]);
    assert_eq!(scene.shown("DEE", draft), "");
    let shown = scene.shown("DEE", sent);
    let names: Vec<_> = shown.lines().filter_map(|line| line.split(':').next()).collect();
    insta::assert_snapshot!(names.join(" "), @"number need substitutes priority exercise status filled outstanding");
}

/// All that stands in the list of what wants somebody's attention.
fn attention(story: &Story, code: &str) -> Vec<String> {
    let all = story.view(&chief(code)).attention();
    let line = |concern: &Concern| {
        let owner = concern.owner().map_or_else(String::new, |owner| owner.code().to_owned());
        let incident = concern.incident().map_or("?".to_owned(), |i| i.name().to_owned());
        format!("{:?} {} {incident} {owner}", concern.level(), concern.code())
    };
    all.iter().map(line).collect()
}

#[test]
fn what_wants_attention_is_told_to_those_who_see_what_it_is_about() {
    let mut scene = begin();
    let request = scene.ask(&["BOB"]);
    // Bob sees all of the fire, and not who else was asked or what they answer.
    let term = Term { records: vec![Shareable::Incident], ..scene.story.term("ANN", "BOB") };
    scene.story.agree(None, vec![term]);
    scene.story.now += SignedDuration::from_hours(2);
    scene.story.must(&Principal::hub(), Turn { incident: scene.incident });
    let all = ["ANN", "BOB", "CY"].map(|code| attention(&scene.story, code));
    insta::assert_debug_snapshot!(all, @r#"
    [
        [
            "Warning OPEN_QUESTION warehouse BOB",
            "Warning QUESTION_UNANSWERED warehouse ANN",
        ],
        [
            "Warning OPEN_QUESTION ? BOB",
        ],
        [],
    ]
    "#);
    let view = scene.story.view(&chief("CY"));
    assert!(!view.sees(RecordRef::ResourceRequest(request)));
    // Whoever sees what stands out sees the record that it is about.
    for code in ["ANN", "BOB", "CY", "DEE"] {
        let view = scene.story.view(&chief(code));
        assert!(view.attention().iter().all(|concern| view.sees(concern.about())));
    }
}
