//! Agreements, markings, policies and broken glass, told as stories; each refusal once.

use jiff::SignedDuration;

use super::{Story, assert_lawful, given, id, incident, refusals};
use crate::domain::agreement::{
    End, Group, Incidents, PlacePrecision, Propose, Shareable, Sign, Standing, Term, Text,
    TimePrecision,
};
use crate::domain::break_glass::{Break, Mend};
use crate::domain::command::Command;
use crate::domain::journal::Write;
use crate::domain::limits::{READINGS_KEPT_MAX, READINGS_MAX};
use crate::domain::marking::{Mark, Tlp};
use crate::domain::organization::{Kind, Profile, Register};
use crate::domain::policies::Adopt;
use crate::domain::reading::{Reading, Record, Way};
use crate::domain::record::RecordRef;

/// Harbor Fire, Memorial Hospital and County Water, which are 1, 2 and 3.
fn three() -> Story {
    let register = |code: &str| {
        let (code, name) = (code.to_owned(), code.to_owned());
        Register {
            profile: Profile { code, name, kind: Kind::Fire, jurisdiction: None, parents: vec![] },
        }
    };
    given(["HFD", "MEM", "WTR"].map(register))
}

/// The story, gone on with by somebody of an organization.
fn acting(mut story: Story, organization: u64) -> Story {
    story.by.organization = Some(id(organization));
    story
}

fn text() -> Text {
    Text {
        title: " Burn unit ".to_owned(),
        purpose: "Getting the burn unit ready".to_owned(),
        parties: vec![id(1), id(2)],
        terms: vec![Term {
            gives: vec![id(1)],
            receives: vec![id(2)],
            records: vec![Shareable::Incident],
            incidents: Incidents::All,
            area: None,
            exercise: None,
            up_to: Tlp::Green,
            groups: vec![Group::Identity],
            place: PlacePrecision::Kilometre,
            time: TimePrecision::Hour,
            tells_withheld: false,
            onward: false,
            passes_on: false,
        }],
        starts: None,
        ends: None,
    }
}

fn end(n: u64, reason: &str) -> End {
    End { agreement: id(n), reason: reason.to_owned() }
}

fn mark(record: RecordRef, tlp: Tlp) -> Mark {
    Mark { record, tlp, reason: "A suspect is at large".to_owned() }
}

fn standing(story: &Story, n: u64) -> Standing {
    story.world.agreement(id(n)).unwrap().standing(story.now)
}

#[test]
fn an_agreement_is_in_force_from_the_last_signature_to_the_first_ending() {
    let mut story = acting(three(), 1);
    story.must(Propose { text: text() });
    assert_eq!(story.world.agreement(id(4)).unwrap().text.title, "Burn unit");
    assert_eq!(standing(&story, 4), Standing::Proposed);
    // The proposer has signed by proposing.
    let mut story = acting(story.when(Sign { agreement: id(4) }).unchanged(), 2);
    story.must(Sign { agreement: id(4) });
    assert_eq!(standing(&story, 4), Standing::InForce);
    story.must(end(4, "Moved"));
    assert_eq!(standing(&story, 4), Standing::Ended);
    let story = story.when(end(4, "Moved")).unchanged();
    assert_lawful(&story);
}

#[test]
fn an_agreement_begins_and_expires_without_anybody_doing_anything() {
    let story = acting(three(), 1);
    let hours = |hours| Some(story.now + SignedDuration::from_hours(hours));
    let text = Text { starts: hours(1), ends: hours(2), ..text() };
    let mut story = story;
    story.must(Propose { text });
    let mut story = acting(story, 2);
    story.must(Sign { agreement: id(4) });
    let told = [0, 59, 1, 59, 1].map(|minutes| {
        story = story.clone().after(minutes);
        standing(&story, 4)
    });
    let expected = [
        Standing::Signed,
        Standing::Signed,
        Standing::InForce,
        Standing::InForce,
        Standing::Expired,
    ];
    assert_eq!(told, expected);
}

#[test]
fn an_agreement_is_refused_with_what_to_do_about_it() {
    let mut story = acting(three(), 1);
    story.must(Propose { text: text() });
    story.must(end(4, "Moved"));
    story.must(Propose { text: text() });
    let term = |change: fn(&mut Term)| {
        let mut text = text();
        text.terms.iter_mut().for_each(change);
        Command::from(Propose { text })
    };
    let said = refusals(
        &story,
        [
            Propose { text: Text { purpose: String::new(), ..text() } }.into(),
            Propose { text: Text { parties: vec![id(1)], ..text() } }.into(),
            Propose { text: Text { parties: vec![id(1), id(9)], ..text() } }.into(),
            Propose { text: Text { parties: vec![id(1), id(2), id(1)], ..text() } }.into(),
            Propose { text: Text { parties: vec![id(2), id(3)], ..text() } }.into(),
            Propose { text: Text { terms: vec![], ..text() } }.into(),
            Propose { text: Text { ends: Some(story.now), ..text() } }.into(),
            term(|term| term.receives = vec![]),
            term(|term| term.receives = vec![id(3)]),
            term(|term| term.receives = vec![id(1)]),
            term(|term| term.records = vec![]),
            term(|term| term.groups = vec![Group::Status]),
            term(|term| term.up_to = Tlp::AmberStrict),
            term(|term| term.incidents = Incidents::These(vec![])),
            Sign { agreement: id(4) }.into(),
            Sign { agreement: id(9) }.into(),
            end(6, " ").into(),
        ],
    );
    let said =
        said + &refusals(&acting(story, 3), [Sign { agreement: id(6) }.into(), end(6, "x").into()]);
    insta::assert_snapshot!(said, @"
    TEXT_EMPTY: `purpose` is empty; write at least one word
    COUNT_OUT_OF_RANGE: `parties` has 1 entries and takes 2 to 200
    ORGANIZATION_UNKNOWN: there is no organization `01968f00-0009-7000-8000-000000090000`; choose one from the list of organizations
    AGREEMENT_UNUSABLE: the agreement cannot be proposed: a party stands in it twice
    AGREEMENT_UNUSABLE: the agreement cannot be proposed: a term names an organization that is not a party; add it to the parties
    COUNT_OUT_OF_RANGE: `terms` has 0 entries and takes 1 to 50
    AGREEMENT_UNUSABLE: the agreement cannot be proposed: it would be over before it begins; choose a later end
    COUNT_OUT_OF_RANGE: `terms.receives` has 0 entries and takes 1 to 200
    AGREEMENT_UNUSABLE: the agreement cannot be proposed: a term names an organization that is not a party; add it to the parties
    AGREEMENT_UNUSABLE: the agreement cannot be proposed: a term gives from an organization to itself; name another receiver
    AGREEMENT_UNUSABLE: the agreement cannot be proposed: a term names no records or no groups of fields, so it shows nothing
    AGREEMENT_UNUSABLE: the agreement cannot be proposed: a term shows fields without `identity`; a record cannot be shown without
    AGREEMENT_UNUSABLE: the agreement cannot be proposed: AMBER+STRICT and RED do not leave the organization; choose AMBER or freer
    COUNT_OUT_OF_RANGE: `terms.incidents` has 0 entries and takes 1 to 500
    AGREEMENT_ENDED: the agreement “Burn unit” was ended; propose a new one
    AGREEMENT_UNKNOWN: there is no agreement 01968f00-0009-7000-8000-000000090000; check the id
    TEXT_EMPTY: `reason` is empty; write at least one word
    AGREEMENT_NOT_PARTY: only an organization that is a party may do this; act for one of the parties
    AGREEMENT_NOT_PARTY: only an organization that is a party may do this; act for one of the parties
    ");
}

#[test]
fn a_marking_is_put_on_and_taken_further_with_a_reason() {
    let mut story = acting(three(), 1);
    story.must(incident("Mill Street"));
    story.must(Write {
        incident: id(4),
        text: "Two crews".to_owned(),
        log_of: None,
        corrects: None,
        tlp: None,
    });
    let (incident, note) = (RecordRef::Incident(id(4)), RecordRef::Note(id(5)));
    story.must(mark(incident, Tlp::AmberStrict));
    story.must(mark(note, Tlp::Red));
    assert_eq!(
        story.world.incident(id(4)).unwrap().marking.as_ref().unwrap().tlp,
        Tlp::AmberStrict
    );
    assert!(story.world.is_personal("dana"), "there is something that only dana is shown");
    let story = story.when(mark(note, Tlp::Red)).unchanged();
    let said = refusals(
        &story,
        [
            mark(incident, Tlp::Red).into(),
            mark(RecordRef::Organization(id(1)), Tlp::Red).into(),
            mark(RecordRef::Note(id(9)), Tlp::Red).into(),
            Mark { reason: " ".to_owned(), ..mark(note, Tlp::Green) }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    MARKING_TOO_NARROW: incident HFD-2026-00001 cannot be TLP:RED, because many people work on it; choose AMBER+STRICT or mark notes in it
    MARKING_NOT_POSSIBLE: only incidents, signals and notes can be marked
    NOTE_UNKNOWN: there is no note 01968f00-0009-7000-8000-000000090000 in the journal of this incident; check the id
    TEXT_EMPTY: `reason` is empty; write at least one word
    ");
    assert_lawful(&story);
}

#[test]
fn policies_are_checked_before_they_are_adopted_and_an_empty_text_takes_them_away() {
    let adopt = |source: &str| Adopt { source: source.to_owned() };
    let good = "permit (principal, action == Muster::Action::\"seeStatus\", resource);";
    let mut story = acting(three(), 1);
    story.must(adopt(good));
    let mut story = story.when(adopt(good)).unchanged();
    let said = refusals(
        &story,
        [
            adopt("permit (principal, action").into(),
            adopt("// fine\npermit (principal, action, resource) when { resource.colour == 1 };")
                .into(),
            adopt("permit (principal == ?principal, action, resource);").into(),
        ],
    );
    insta::assert_snapshot!(said, @r#"
    POLICIES_UNUSABLE: the policies cannot be adopted: line 1: unexpected end of input
    POLICIES_UNUSABLE: the policies cannot be adopted: line 2: for policy `policy0`, attribute `colour` on entity type `Muster::Agreement` not found; line 2: for policy `policy0`, attribute `colour` on entity type `Muster::BreakGlass` not found; line 2: for policy `policy0`, attribute `colour` on entity type `Muster::Group` not found; line 2: for policy `policy0`, attribute `colour` on entity type `Muster::Incident` not found; line 2: for policy `policy0`, attribute `colour` on entity type `Muster::Message` not found
    POLICIES_UNUSABLE: the policies cannot be adopted: templates (`?principal`, `?resource`) cannot be adopted; write policies
    "#);
    story.must(adopt(""));
    assert_eq!(story.world.policies_of(id(1)).unwrap().source, "");
    assert_lawful(&story);
}

#[test]
fn the_glass_is_broken_for_a_reason_and_for_a_while() {
    let broken = |owner, reason: &str, minutes| {
        Command::from(Break { owner: id(owner), reason: reason.to_owned(), minutes })
    };
    let mut story = acting(three(), 2);
    story.must(broken(1, "Patients arrive, agent unknown", 120));
    let until = story.world.break_glass(id(4)).unwrap().until;
    assert_eq!(until, story.now + SignedDuration::from_hours(2));
    let said = refusals(
        &story,
        [
            broken(1, "", 60),
            broken(9, "Patients arrive", 60),
            broken(1, "Patients arrive", 0),
            broken(1, "Patients arrive", 481),
            Mend { break_glass: id(9) }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    TEXT_EMPTY: `reason` is empty; write at least one word
    ORGANIZATION_UNKNOWN: there is no organization `01968f00-0009-7000-8000-000000090000`; choose one from the list of organizations
    BREAK_GLASS_TOO_LONG: give 1 to 480 minutes; break it again if it takes longer
    BREAK_GLASS_TOO_LONG: give 1 to 480 minutes; break it again if it takes longer
    BREAK_GLASS_UNKNOWN: there is no record 01968f00-0009-7000-8000-000000090000 of a broken glass; check the id
    ");
    let mut story = story.after(30);
    story.must(Mend { break_glass: id(4) });
    assert_eq!(story.world.break_glass(id(4)).unwrap().until, story.now);
    let story = story.when(Mend { break_glass: id(4) }).unchanged();
    assert_lawful(&story);
}

#[test]
fn each_owner_keeps_the_last_readings_of_its_records() {
    let mut story = acting(three(), 1);
    story.must(incident("Mill Street"));
    let reading = |story: &Story, principal: String| Reading {
        principal,
        organization: Some(id(2)),
        owners: story.world.owners_of(RecordRef::Incident(id(4))),
        record: RecordRef::Incident(id(4)),
        way: Way::Opened,
        at: story.now,
    };
    let batches = READINGS_KEPT_MAX / READINGS_MAX + 1;
    for batch in 0..batches {
        let readings = (0..READINGS_MAX).map(|n| reading(&story, format!("{batch}/{n}")));
        story.must(Record { readings: readings.collect() });
    }
    let kept: Vec<_> = story.world.reads_of(Some(id(1))).collect();
    assert_eq!(kept.len(), READINGS_KEPT_MAX);
    assert_eq!(kept.first().unwrap().reading.principal, "1/0");
    assert!(kept.is_sorted_by_key(|read| read.number));
    let many = (0..=READINGS_MAX).map(|_| reading(&story, "sam".to_owned())).collect();
    let said = refusals(&story, [vec![], many].map(|readings| Record { readings }.into()));
    insta::assert_snapshot!(said, @"
    COUNT_OUT_OF_RANGE: `readings` has 0 entries and takes 1 to 100
    COUNT_OUT_OF_RANGE: `readings` has 101 entries and takes 1 to 100
    ");
    assert_lawful(&story);
}
