//! What is needed is ordered by a request that stands, and is of a kind that exists.

use super::checks::found;
use super::{acting, first_period};
use crate::domain::period::{CriticalNeed, Horizon, Need, Section, Summary, WriteSection};
use crate::domain::resource::{AdoptDefinitions, definition};
use crate::domain::resource_request::{Cancel, Draft};
use crate::domain::testing::{Story, aid, assert_lawful, id, incident};

/// Four engines that are lacking, by the request of this number.
fn need(kind: &str, request: Option<&str>) -> WriteSection {
    let need = Need {
        place: "Division A".to_owned(),
        kind: kind.to_owned(),
        level: Some(3),
        required: 4,
        have: 0,
        reporting: None,
        arrival: None,
        overhead: None,
        equipment: None,
        request: request.map(ToOwned::to_owned),
        since: "2026-01-01T00:00:00Z".parse().unwrap(),
        risk: None,
    };
    WriteSection { period: id(4), over: None, section: Section::Needs(vec![need]) }
}

fn critical(kind: &str) -> WriteSection {
    let need = CriticalNeed {
        within: Horizon::Hours12,
        kind: kind.to_owned(),
        level: Some(3),
        quantity: 4,
        request: None,
        since: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    let summary = Summary { needs: vec![need], ..Summary::default() };
    WriteSection { period: id(4), over: None, section: Section::Summary(summary) }
}

/// The first period, with definitions of what can be needed.
fn defined() -> Story {
    let mut story = first_period();
    story.must(AdoptDefinitions { source: definition::BUILT_IN[0].to_owned() });
    story
}

/// The number of a request that somebody of an organization drafts.
fn drafted(story: &mut Story, organization: u64, incident: u64) -> String {
    let mut by = acting(story.clone(), organization);
    by.must(Draft { incident: id(incident), content: aid::content() });
    *story = acting(by, 1);
    story.world.resource_requests().next_back().unwrap().number.clone()
}

#[test]
fn a_need_is_ordered_by_a_request_of_this_incident_while_it_stands_check_9() {
    let mut story = defined();
    let number = drafted(&mut story, 1, 3);
    story.must(need("engine", Some(&number)));
    assert_eq!(found(&story), "");
    let other = story.clone().when(need("bulldozer", Some(&number)));
    other.then(|story, _| assert!(found(story).starts_with("NEED_NOT_ORDERED"), "of another kind"));
    let request = story.world.resource_requests().next_back().unwrap().id;
    story.must(Cancel { request, reason: "not that many".to_owned() });
    insta::assert_snapshot!(found(&story), @"NEED_NOT_ORDERED since 2026-05-01T12:00:00Z: Division A lacks 4 of 4 engine Type 3 in period 1; order them (213RR) or accept the risk");
    assert_lawful(&story);

    // The other rows can be written though this one names what is over.
    story.clone().must(need("engine", Some(&number)));
    story.must(need("engine", None));
    // Neither a request that is over, nor one of another incident or agency, nor none orders it.
    story.must(incident("Pier"));
    let pier = story.world.incidents().next_back().unwrap().id;
    let of_police = drafted(&mut story, 2, 3);
    let mut at_pier = story.clone();
    at_pier.must(Draft { incident: pier, content: aid::content() });
    let of_pier = at_pier.world.resource_requests().next_back().unwrap().number.clone();
    for other in [number, of_pier, of_police, "HFD-RR-9999".to_owned()] {
        let story = at_pier.clone().when(need("engine", Some(&other)));
        story.refused(|r| assert_eq!(r.code(), "ORDER_ELSEWHERE", "{other}"));
    }
}

#[test]
fn a_kind_that_no_definition_knows_is_not_needed_checks_9_and_12() {
    let story = defined();
    for known in ["engine", "fire-engine", "Engine, fire"] {
        story.clone().must(need(known, None));
        story.clone().must(critical(known));
    }
    for section in [need("nope", None), critical("nope"), critical("-")] {
        story.clone().when(section).refused(|r| assert_eq!(r.code(), "KIND_UNKNOWN"));
    }
    story.when(need("nope", None)).refused(|refusal| {
        insta::assert_snapshot!(refusal, @"no resource definition knows `nope`; name the kind as its definition does, such as `fire-engine`");
    });
    // Where nothing is defined, people call things as they like.
    first_period().must(need("nope", None));
}
