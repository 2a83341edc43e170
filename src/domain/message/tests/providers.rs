//! What providers do to those who are told: they are out, they say no more, an address is gone.

use muster_contract::channel::FailureKind;

use super::*;
use crate::domain::message::{Correct, LoseWay};
use crate::domain::testing::assert_lawful;

const TECHNICAL: AttemptState = AttemptState::Failed(FailureKind::Technical);

#[test]
fn whom_our_own_providers_keep_us_from_is_tried_until_one_is_back() {
    let mut story = launched(town(), draft(plan(vec![to(&[ANA])])));
    // Two channels in two cycles would be over after four. The pauses double up to the interval.
    for seconds in [0, 15, 30, 60, 120, 180] {
        story = pass(settled(story, ANA, TECHNICAL), seconds);
    }
    assert_eq!(delivery(newest(&story), ANA).attempts.len(), 7);
    assert!(newest(&story).is_running());
    let story = settled(story, ANA, AttemptState::Delivered);
    assert_eq!(delivery(newest(&story), ANA).standing(), Standing::Reached);
    assert_lawful(&story);
}

#[test]
fn after_both_channels_were_out_they_are_tried_again_in_a_quarter_of_a_minute() {
    let story = launched(town(), draft(plan(vec![to(&[ANA])])));
    let story = settled(pass(settled(story, ANA, TECHNICAL), 0), ANA, TECHNICAL);
    assert_eq!(delivery(newest(&story), ANA).attempts.len(), 2);
    let story = pass(story, 14);
    assert_eq!(delivery(newest(&story), ANA).attempts.len(), 2);
    let story = pass(story, 1);
    assert_eq!(delivery(newest(&story), ANA).attempts.len(), 3);
    assert_lawful(&story);
}

#[test]
fn who_was_given_up_while_the_last_attempt_waited_for_its_turn_is_tried_again_when_it_fails() {
    let by_sms = Plan { channels: vec![Channel::Sms], cycles: 1, ..plan(vec![to(&[ANA])]) };
    let story = pass(launched(town(), draft(by_sms)), 180);
    assert!(delivery(newest(&story), ANA).given_up.is_some());
    // It is not over while an attempt waits to be handed over.
    assert!(newest(&story).is_running());
    let story = pass(settled(story, ANA, TECHNICAL), 15);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Trying: 0 SMS Failed(Technical), 195 SMS Intended
    ");
    assert_lawful(&story);
}

#[test]
fn a_correction_goes_to_those_whose_provider_took_it_and_said_no_more() {
    let story = launched(town(), draft(plan(vec![to(&[ANA, BEN, CY])])));
    let story = settled(story, ANA, AttemptState::Accepted);
    let mut story = settled(story, BEN, AttemptState::Unknown);
    let message = newest(&story).id;
    let content = content(Priority::Routine);
    story.must(Correct { message, content, expects: Expects::Acknowledgement });
    let story = pass(story, 0);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Trying: 0 SMS Intended
    Ben Trying: 0 SMS Intended
    ");
    assert_lawful(&story);
}

#[test]
fn an_address_that_is_gone_is_marked_once_until_contact_data_is_written_anew() {
    let mut story = town();
    let (person, mark) = (id(ANA), "a1".to_owned());
    let lose = LoseWay { person, channel: Channel::WebPush, mark, code: "gone".to_owned() };
    story.must(lose.clone());
    story = story.when(lose).unchanged();
    let ana = |story: &Story| story.world.person(person).unwrap().clone();
    assert!(ana(&story).has_lost(Channel::WebPush, "a1"));
    assert!(!ana(&story).has_lost(Channel::Webhook, "a1"));
    story.must(reachable(ANA, &[Channel::WebPush]));
    assert!(ana(&story).lost_ways.is_empty());
    assert_lawful(&story);
}
