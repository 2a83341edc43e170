//! Who is shown which resources, and what sending some lets one see.

use std::collections::BTreeMap;

use muster_contract::Position;

use super::fields::{decision, fields};
use super::story::{Story, chief, open};
use crate::domain::agreement::{Group, PlacePrecision, Shareable, Term};
use crate::domain::incident::ChangeLead;
use crate::domain::place::Location;
use crate::domain::resource::{
    AdoptDefinitions, CallPar, Cancel, CheckIn, CheckInDetails, Commit, DefinitionRef, Grouping,
    Profile, Register, Release, ReportPar, Resource, StartDemobilization, definition,
};
use crate::domain::{Id, Principal, RecordRef, Refusal};
use crate::sharing::{SeenPar, View, Wanted};

pub(super) fn engine(story: &mut Story, code: &str, name: &str, lon: f64) -> Id<Resource> {
    let home = Location { point: Some(Position { lon, lat: 42.0 }), ..Location::default() };
    let profile = Profile {
        name: name.into(),
        definition: DefinitionRef { id: "fire-engine".into(), version: 1 },
        level: Some(1),
        grouping: Grouping::SingleResource,
        members: Vec::new(),
        leader: None,
        home: Some(home),
        crew: None,
        capabilities: BTreeMap::new(),
        rates: Vec::new(),
    };
    let register = Register { owner: None, profile, held: None, exercise: false };
    let RecordRef::Resource(id) = story.must(&chief(code), register) else { panic!("none") };
    id
}

fn town() -> Story {
    let mut story = Story::new();
    for code in ["FIRE", "COUNTY", "STRANGER"] {
        story.organization(code, &[]);
    }
    let source = definition::BUILT_IN[0].to_owned();
    story.must(&Principal::hub(), AdoptDefinitions { source });
    story
}

fn groups(view: &View, record: RecordRef) -> Vec<Group> {
    let decision = decision(view, record);
    for (name, group, value) in fields(view, record).into_iter().flatten() {
        assert!(value.is_none() || decision.shows(group), "{name} shows {value:?}");
    }
    Group::ALL.into_iter().filter(|group| decision.shows(*group)).collect()
}

#[test]
fn who_sends_resources_sees_the_incident_and_who_runs_it_sees_them_until_they_are_gone() {
    let mut story = town();
    let engine = engine(&mut story, "COUNTY", "County 1", -71.0);
    // What a rule opened belongs to nobody: the county sends an engine, and Fire takes the lead.
    let incident = story.incident(&Principal::hub(), open("flood", "flood"));
    story.must(&chief("COUNTY"), Commit { resource: engine, incident, quantity: 1 });
    let lead = story.id("FIRE");
    story.must(&chief("FIRE"), ChangeLead { incident, lead, reason: "ours".into() });
    let (of_incident, of_engine) = (RecordRef::Incident(incident), RecordRef::Resource(engine));
    use Group::{Assessment, Command, Content, History, Identity, Links, Place, Status};
    let county = story.view(&chief("COUNTY"));
    assert_eq!(groups(&county, of_incident), [Identity, Status, Assessment, Place, Command]);
    let fire = story.view(&chief("FIRE"));
    let shown = [Identity, Status, Place, Command, Links, Content, History];
    assert_eq!(groups(&fire, of_engine), shown);
    assert_eq!(fire.incident(incident).unwrap().resources().count(), 1);
    for record in [of_incident, of_engine] {
        assert!(!story.view(&chief("STRANGER")).sees(record));
    }
    // A stranger is told of neither, and Fire does not dispose of what is the county's.
    let refused = |story: &mut Story, who: &str| {
        let command = Commit { resource: engine, incident, quantity: 1 };
        story.ask(&chief(who), 7, command).unwrap_err()
    };
    let stranger = refused(&mut story, "STRANGER");
    assert_eq!(stranger.code(), "RESOURCE_UNKNOWN");
    assert!(matches!(refused(&mut story, "FIRE"), Refusal::NotPermitted { .. }));
    // Whoever runs the incident can do without it; then both lose sight of the other's.
    let reason = "enough are there".to_owned();
    story.must(&chief("FIRE"), Cancel { resource: engine, incident, commitment: None, reason });
    assert!(!story.view(&chief("COUNTY")).sees(of_incident));
    assert!(!story.view(&chief("FIRE")).sees(of_engine));
}

#[test]
fn what_a_resource_did_stays_with_both_sides_when_it_has_been_released() {
    let mut story = town();
    let engine = engine(&mut story, "COUNTY", "County 1", -71.0);
    let incident = story.incident(&Principal::hub(), open("flood", "flood"));
    story.must(&chief("COUNTY"), Commit { resource: engine, incident, quantity: 1 });
    let lead = story.id("FIRE");
    story.must(&chief("FIRE"), ChangeLead { incident, lead, reason: "ours".into() });
    let reason = "enough are there".to_owned();
    story.must(&chief("FIRE"), Cancel { resource: engine, incident, commitment: None, reason });
    // Whoever runs the incident keeps its record of what worked there, and sees the rest no more.
    let fire = story.view(&chief("FIRE"));
    assert!(!fire.sees(RecordRef::Resource(engine)));
    let lines = |view: &View| {
        let lines: Vec<_> = view.incident(incident).unwrap().timeline().collect();
        let told = lines.iter().filter_map(|line| line.what().map(ToOwned::to_owned));
        told.filter(|line| line.contains("County 1")).collect::<Vec<_>>()
    };
    assert_eq!(lines(&fire).len(), 2, "{:?}", lines(&fire));
    // Its owner keeps what its own resource did, without the incident.
    let county = story.view(&chief("COUNTY"));
    assert!(!county.sees(RecordRef::Incident(incident)));
    let own = county.resource(engine).unwrap();
    let commitments: Vec<_> = own.commitments().collect();
    assert_eq!(commitments.len(), 1);
    assert!(commitments[0].incident.is_none() && commitments[0].ended().is_some());
    // Nobody else comes to know of it.
    let terms = [Shareable::Incident].map(|kind| Term {
        records: vec![kind],
        groups: Group::ALL.to_vec(),
        ..story.term("FIRE", "STRANGER")
    });
    story.agree(None, terms.to_vec());
    assert_eq!(lines(&story.view(&chief("STRANGER"))), [""; 0]);
}

#[test]
fn whoever_lends_sees_the_accountability_of_their_own_and_nobody_is_told_that_all_is_well_unseen() {
    // NIMS check 14.
    let mut story = town();
    let engine_of = |story: &mut Story, code| engine(story, code, code, -71.0);
    let (lent, own) = (engine_of(&mut story, "COUNTY"), engine_of(&mut story, "FIRE"));
    // It belongs to nobody until both have sent an engine to it; then Fire leads it.
    let incident = story.incident(&Principal::hub(), open("flood", "flood"));
    for (code, resource) in [("COUNTY", lent), ("FIRE", own)] {
        story.must(&chief(code), Commit { resource, incident, quantity: 1 });
    }
    let lead = story.id("FIRE");
    story.must(&chief("FIRE"), ChangeLead { incident, lead, reason: "ours".into() });
    let groups = vec![Group::Identity, Group::Status, Group::History];
    let (records, term) = (vec![Shareable::Incident], story.term("FIRE", "STRANGER"));
    story.agree(None, vec![Term { records, groups, ..term }]);
    for (code, resource) in [("COUNTY", lent), ("FIRE", own)] {
        let (place, commitment, leader) = ("Levee".to_owned(), None, None);
        let arrived = CheckIn {
            resource,
            incident,
            commitment,
            place,
            people: 4,
            leader,
            details: CheckInDetails::default(),
        };
        story.must(&chief(code), arrived);
    }
    story.must(&chief("FIRE"), CallPar { incident, of: None });
    let seen = |story: &Story, who: &str| {
        let pars: Vec<_> = story.view(&chief(who)).incident(incident).unwrap().pars().collect();
        let of = |par: &SeenPar| (par.lines.len(), par.is_complete());
        pars.iter().map(of).collect::<Vec<_>>()
    };
    for (resource, code) in [(lent, "COUNTY"), (own, "FIRE")] {
        assert_eq!(seen(&story, "FIRE"), [(2, false)]);
        story.must(&chief(code), ReportPar { incident, par: None, resource, present: 4 });
    }
    assert_eq!(seen(&story, "FIRE"), [(2, true)]);
    assert_eq!(seen(&story, "COUNTY"), [(1, false)], "the other engine is none of theirs");
    assert_eq!(seen(&story, "STRANGER"), [(0, false)]);
    // Fire loses sight of the county's engine when it goes, and still knows that all are there.
    let (ticked, departure, commitment) = (Vec::new(), None, None);
    let resource = lent;
    story.must(
        &chief("FIRE"),
        StartDemobilization { resource, incident, commitment, ticked, departure },
    );
    story.must(&chief("FIRE"), Release { resource, incident, commitment, returned: None });
    assert_eq!(seen(&story, "FIRE"), [(1, true)]);
}

#[test]
fn the_nearest_are_those_that_agreements_show_measured_from_where_they_show_them() {
    let mut story = town();
    engine(&mut story, "COUNTY", "County 1", -71.02);
    engine(&mut story, "FIRE", "Fire 1", -71.30);
    let groups = vec![Group::Identity, Group::Status, Group::Place];
    let (records, place) = (vec![Shareable::Resource], PlacePrecision::County);
    let term = Term { records, groups, place, ..story.term("COUNTY", "FIRE") };
    story.agree(None, vec![term]);
    let from = Position { lon: -71.0, lat: 42.0 };
    let nearest = |who: &str| {
        let view = story.view(&chief(who));
        let definition = view.definition("fire-engine", None).unwrap();
        let wanted = Wanted { definition, level: Some(3), free: true, exercise: false };
        let found = view.nearest(wanted, from, 5).into_iter();
        let told = found.map(|(seen, metres)| format!("{} {:.0} km", seen.name(), metres / 1e3));
        told.collect::<Vec<_>>()
    };
    // The county's engine is 2 km away, and is shown to be in the middle of its cell of 50 km.
    let shown = nearest("FIRE");
    assert!(shown.contains(&"Fire 1 25 km".to_owned()) && shown.len() == 2, "{shown:?}");
    assert!(!shown.contains(&"County 1 2 km".to_owned()), "{shown:?}");
    assert_eq!(nearest("COUNTY"), ["County 1 2 km"]);
    assert!(nearest("STRANGER").is_empty());
}
