//! How a resource came, what it logged, and how it leaves (ICS 211, 214 and 221).

use super::{ENGINE_7, ENGINE_8, MILL_STREET, at, check_in, demobilize, says};
use crate::domain::Command;
use crate::domain::journal::{LogOf, Write};
use crate::domain::resource::{
    CheckIn, CheckInDetails, Commitment, Departure, PlanDeparture, Stage, StartDemobilization,
};
use crate::domain::testing::{Story, assert_lawful, id};

fn leaves(departure: Departure) -> PlanDeparture {
    let (resource, incident) = (id(ENGINE_7), id(MILL_STREET));
    PlanDeparture { resource, incident, commitment: None, departure }
}

fn to(destination: &str) -> Departure {
    Departure { destination: Some(destination.to_owned()), ..Departure::default() }
}

fn commitment(story: &Story) -> &Commitment {
    story.world.resource(id(ENGINE_7)).unwrap().commitments.last().unwrap()
}

/// ICS 221 blocks 3, 8 and 9: planned release and travel stand before the first box is signed.
#[test]
fn a_departure_is_planned_before_the_check_out_and_changed_while_it_goes_round() {
    let mut story = at(Stage::CheckedIn);
    story.must(leaves(to("Pine Flat")));
    story.must(demobilize(&[]));
    assert_eq!(commitment(&story).departure, Some(to("Pine Flat")));
    let mut story = story.when(leaves(to(" Pine Flat "))).unchanged();
    story.must(leaves(to("Norwood")));
    assert_eq!(commitment(&story).departure, Some(to("Norwood")));
    let mut story = at(Stage::CheckedIn);
    let start = StartDemobilization { departure: Some(to("Norwood")), ..demobilize(&[]) };
    story.must(start);
    assert_eq!(commitment(&story).departure, Some(to("Norwood")));
    assert_lawful(&story);
}

#[test]
fn what_cannot_be_of_an_arrival_or_a_departure_is_refused_with_what_to_do() {
    let now = at(Stage::CheckedIn).now;
    let later = now + jiff::SignedDuration::from_hours(2);
    let turned =
        Departure { leaves_at: Some(later), arrives_at: Some(now), ..Departure::default() };
    let long = Departure { contact: Some("x".repeat(2_001)), ..Departure::default() };
    let details = CheckInDetails { departed_at: Some(later), ..CheckInDetails::default() };
    let early = CheckIn { details, ..check_in(ENGINE_7) };
    let mut said = says(&at(Stage::EnRoute), [leaves(to("Norwood")).into(), early.into()]);
    let wrong: [Command; 2] = [leaves(turned).into(), leaves(long).into()];
    said += &says(&at(Stage::CheckedIn), wrong);
    said += &says(&at(Stage::Released), [leaves(to("Norwood")).into()]);
    insta::assert_snapshot!(said, @"
    COMMITMENT_STEP_MISSING: Engine 7 is en route and cannot become demobilizing; from there it can become checked in, cancelled
    TIME_IN_FUTURE: `departedAt` lies in the future; check the clock of whatever reported it
    DEPARTURE_TIMES_TURNED: `arrivesAt` is before `leavesAt`; put one of them right
    TEXT_TOO_LONG: `contact` has 2001 characters and may have 2000; shorten it
    RESOURCE_NOT_COMMITTED: Engine 7 is not committed to incident HFD-2026-00001; commit it first
    ");
}

/// ICS 214: the log of a resource or a position, beside that of the incident.
#[test]
fn a_note_stands_in_the_log_of_what_was_on_the_incident() {
    let note = |log_of| Write {
        incident: id(MILL_STREET),
        text: "hose line out".to_owned(),
        log_of: Some(log_of),
        corrects: None,
        tlp: None,
    };
    let mut story = at(Stage::Released);
    story.must(note(LogOf::Resource(id(ENGINE_7))));
    let written = story.world.notes_of(id(MILL_STREET)).next_back().unwrap();
    assert_eq!(written.log_of, Some(LogOf::Resource(id(ENGINE_7))));
    let elsewhere = [LogOf::Resource(id(ENGINE_8)), LogOf::Resource(id(99)), LogOf::Post(id(99))];
    let said = says(&story, elsewhere.map(|log_of| note(log_of).into()));
    insta::assert_snapshot!(said, @"
    RESOURCE_NOT_COMMITTED: Engine 8 is not committed to incident HFD-2026-00001; commit it first
    RESOURCE_UNKNOWN: there is no resource 01968f00-0063-7000-8000-000000630000; check the id
    POST_UNKNOWN: there is no open post 01968f00-0063-7000-8000-000000630000 in this structure; check the id
    ");
}
