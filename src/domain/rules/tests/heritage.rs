use super::{told, with_defaults};
use crate::domain::event::Event;
use crate::domain::incident::{ChangeStatus, Locate, Status};
use crate::domain::place::Location;
use crate::domain::signal::Detach;
use crate::domain::testing::{Story, assert_lawful, id, message, nth};
use muster_contract::alert::{Certainty, Severity, Urgency};
use muster_contract::{MultiPolygon, Position};

/// A flood warning, 1, has opened an incident.
fn flood() -> Story {
    let mut story = with_defaults();
    story.must(message("1"));
    story
}

#[test]
fn an_update_stays_with_the_incident_and_moves_its_perimeter() {
    let elsewhere = message("2").updates(&["1"]).at(5.0, 5.0, 1.0);
    let story = flood().when(elsewhere).then(|story, events| {
        insta::assert_snapshot!(told(events), @r#"
    attached: it updates message 1, which belongs to incident 2026-00001 Flood Warning, Mill River
    located: it follows message 2
    ended: superseded
    "#);
        let incident = story.world.incidents().next().unwrap();
        assert_eq!(incident.bounding_box.unwrap().west, 5.0);
    });
    assert_lawful(&story);
}

#[test]
fn an_update_that_is_minor_by_now_still_belongs_to_its_incident() {
    let minor = message("2")
        .updates(&["1"])
        .grade(Severity::Minor, Certainty::Unlikely, Urgency::Future)
        .parameter("layer:SOREM:1.0:MinorChange", "text");
    flood().when(minor).then(|_, events| {
        insta::assert_snapshot!(told(events), @r#"
    attached: it updates message 1, which belongs to incident 2026-00001 Flood Warning, Mill River
    ended: superseded
    "#)
    });
}

#[test]
fn a_hand_drawn_perimeter_is_left_alone() {
    let mut story = flood();
    let ring = [[0.0, 0.0], [0.1, 0.0], [0.1, 0.1], [0.0, 0.0]].map(Position::from).to_vec();
    let polygons = vec![muster_contract::Polygon::from_ring(ring)];
    let location = Location { perimeter: Some(MultiPolygon { polygons }), ..Location::default() };
    story.must(Locate { incident: nth(2, 1), location });
    story.when(message("2").updates(&["1"]).at(0.5, 0.5, 1.0)).then(|_, events| {
        assert!(!events.iter().any(|event| matches!(event, Event::IncidentLocated(_))));
    });
}

#[test]
fn a_chain_of_updates_and_a_second_update_of_the_same_message_find_the_incident() {
    let mut story = flood();
    story.must(message("2").updates(&["1"]));
    story.must(message("3").updates(&["2"]));
    let story = story.when(message("4").updates(&["1"])).then(|story, _| {
        assert_eq!(story.world.incidents().count(), 1);
        assert_eq!(story.world.signals_of(nth(2, 1)).count(), 4);
    });
    assert_lawful(&story);
}

#[test]
fn what_a_person_took_from_an_incident_no_rule_puts_back() {
    let mut story = flood();
    story.must(Detach { signal: id(2), incident: nth(2, 1), reason: "another valley".into() });
    let story = story.when(message("2").updates(&["1"])).then(|_, events| {
        insta::assert_snapshot!(told(events), @r#"
    suggested an incident by Warnings of danger to life: a person took the message that it updates from incident 2026-00001 Flood Warning, Mill River
    ended: superseded
    "#);
    });
    let story = story.when(message("3").updates(&["2"])).then(|_, events| {
        assert!(told(events).starts_with("suggested an incident"));
    });
    assert_lawful(&story);
}

#[test]
fn an_update_does_not_reopen_what_a_person_closed() {
    let mut story = flood();
    let reason = Some("the water is down".to_owned());
    story.must(ChangeStatus { incident: nth(2, 1), to: Status::Closed, reason });
    story.when(message("2").updates(&["1"])).then(|_, events| {
        insta::assert_snapshot!(told(events), @r#"
    suggested an incident by Warnings of danger to life: the message that it updates belongs to incident 2026-00001 Flood Warning, Mill River, which is closed; reopen it if it goes on
    ended: superseded
    "#);
    });
}

#[test]
fn an_update_by_somebody_else_inherits_nothing() {
    let foreign = message("2").updates(&["1"]).from("stranger").at(40.0, 40.0, 1.0);
    flood().when(foreign).then(|_, events| assert!(told(events).starts_with("opened 2026-00002")));
}
