//! What holds of an agreement whatever happens later, to its resources or to its incident.

use super::{
    FIRST, OFFER, SECOND, after, binding, cancel, claim, known, offered, order, swap,
    there_and_home,
};
use crate::domain::incident::{ChangeStatus, Open, Status};
use crate::domain::limits::COMMITMENTS_KEPT_MAX;
use crate::domain::mutual_aid::{Accept, Sign, Stage, Withdraw};
use crate::domain::resource;
use crate::domain::resource_request as request;
use crate::domain::testing::aid::{
    CTY, FIRE, HFD, LAK, REQUEST, acting, asked_of, neighbours, offer, with_engines,
};
use crate::domain::testing::{assert_lawful, id, incident};

fn close() -> ChangeStatus {
    let (to, reason) = (Status::Closed, Some("the fire is out".to_owned()));
    ChangeStatus { incident: id(FIRE), to, reason }
}

#[test]
fn a_mission_that_was_there_is_paid_however_often_its_engine_goes_elsewhere_later() {
    // County Fire's engine was at the fire, is home, and is promised to County Fire's own incident
    // and taken back again and again.
    let story = with_engines(after(&binding(), CTY, order()), CTY, 1);
    let third = OFFER + 5;
    let mut story = acting(there_and_home(story, FIRST), CTY);
    story.must(Open { ..incident("Barn") });
    let barn = story.world.incidents().next_back().unwrap().id;
    let resource = id(FIRST);
    for _ in 0..=COMMITMENTS_KEPT_MAX {
        story.must(resource::Commit { resource, incident: barn, quantity: 1 });
        let reason = "nothing burns".to_owned();
        story.must(resource::Cancel { resource, incident: barn, commitment: None, reason });
    }
    let story = acting(story, HFD).when(cancel()).refused(|r| assert_eq!(r.code(), "ARRIVED"));
    let story =
        acting(story, CTY).when(swap(FIRST, third)).refused(|r| assert_eq!(r.code(), "ARRIVED"));
    let story = after(&there_and_home(story, SECOND), CTY, claim());
    assert_eq!(known(&story).stage, Stage::Claimed);
    assert_lawful(&story);
}

#[test]
fn an_incident_ends_after_its_requests() {
    let story = acting(offered(), HFD).when(close()).refused(|refusal| {
        insta::assert_snapshot!(refusal, @"incident HFD-2026-00001 still has open requests: HFD-RR-2026-0001; close or cancel them first");
    });
    let reason = "the fire is out".to_owned();
    let story = after(&story, HFD, request::Cancel { request: id(REQUEST), reason });
    let story = after(&story, HFD, close());
    assert_lawful(&story);
    // What was never submitted is nobody's to answer.
    let mut story = acting(neighbours(), HFD);
    story.must(crate::domain::testing::aid::draft());
    story.must(close());
}

#[test]
fn nothing_is_agreed_on_for_an_incident_that_is_over() {
    // Lakeside Fire asks for its own part of the fire, which Harbor Fire ends without asking it.
    let story = with_engines(asked_of(acting(neighbours(), LAK), &[CTY]), CTY, 2);
    let story = after(&story, CTY, offer(REQUEST, &[FIRST]));
    let made = story.world.offers().next_back().unwrap().id;
    let offered = after(&story, HFD, close());
    let accept = || Accept { offer: made, items: Vec::new() };
    let refused = |story: &crate::domain::testing::Story, by: u64, command| {
        let story = acting(story.clone(), by);
        let command: crate::domain::Command = command;
        story.when(command).refused(|r| assert_eq!(r.code(), "NO_ANSWER_WANTED"));
    };
    refused(&offered, LAK, accept().into());
    refused(&offered, CTY, offer(REQUEST, &[SECOND]).into());
    let accepted = after(&after(&story, LAK, accept()), HFD, close());
    refused(&accepted, LAK, Sign { offer: made, version: 1 }.into());
    let story = after(&story, LAK, accept());
    let story = after(&after(&story, LAK, Sign { offer: made, version: 1 }), HFD, close());
    refused(&story, CTY, Sign { offer: made, version: 1 }.into());
    let reason = "it is over".to_owned();
    let story = after(&story, CTY, Withdraw { offer: made, reason });
    assert_lawful(&story);
}
