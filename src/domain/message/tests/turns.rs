//! Who is told next, by which channel, and when it is enough.

use muster_contract::channel::FailureKind;

use super::*;
use crate::domain::limits::{CHANNEL_LIMIT_PER_PERSON, RETRIES_MAX, TURN_MAX};
use crate::domain::message::plan::Quorum;
use crate::domain::message::{Stage, StopStream, Why};
use crate::domain::qualification::{RecordQualification, Status};
use crate::domain::testing::assert_lawful;

const PERMANENT: AttemptState = AttemptState::Failed(FailureKind::Permanent);
const TEMPORARY: AttemptState = AttemptState::Failed(FailureKind::Temporary);

fn one_by_sms() -> Plan {
    Plan { channels: vec![Channel::Sms], ..plan(vec![to(&[ANA])]) }
}

#[test]
fn the_next_channel_is_tried_after_the_interval_and_all_again_after_a_pause() {
    let story = launched(town(), draft(plan(vec![to(&[ANA])])));
    let story = settled(story, ANA, AttemptState::Accepted);
    let story = settled(story, ANA, AttemptState::Delivered);
    // She gave no sign, so that it reached her telephone is not enough.
    let story = pass(story, 179);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Reached: 0 SMS Delivered
    ");
    let story = pass(story, 1);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Reached: 0 SMS Delivered, 180 e-mail Intended
    ");
    let story = pass(story, 3 * 180);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Silent: 0 SMS Delivered, 180 e-mail Intended, 360 SMS Intended, 540 e-mail Intended
    ");
    assert_lawful(&story);
}

#[test]
fn another_channel_is_tried_at_once_where_one_cannot_work_and_all_again_after_a_pause() {
    let story = launched(town(), draft(plan(vec![to(&[ANA])])));
    let story = settled(pass(story, 5), ANA, PERMANENT);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Trying: 0 SMS Failed(Permanent), 5 e-mail Intended
    ");
    let story = settled(pass(story, 5), ANA, AttemptState::Failed(FailureKind::Technical));
    let story = pass(story, 174);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Trying: 0 SMS Failed(Permanent), 5 e-mail Failed(Technical)
    ");
    let story = settled(pass(story, 6), ANA, AttemptState::Expired);
    let story = settled(pass(story, 10), ANA, PERMANENT);
    let story = pass(story, 180);
    insta::assert_snapshot!(told(&story), @"
    ended
    Ana Unreachable: 0 SMS Failed(Permanent), 5 e-mail Failed(Technical), 185 SMS Expired, 190 e-mail Failed(Permanent)
    ");
    assert_lawful(&story);
}

#[test]
fn what_fails_for_now_is_made_again_later_and_then_by_another_channel() {
    let mut story = launched(town(), draft(plan(vec![to(&[ANA])])));
    for retry in 0..RETRIES_MAX {
        story = settled(story, ANA, TEMPORARY);
        let seconds = 15 << retry;
        story = pass(story, seconds - 1);
        assert_eq!(delivery(newest(&story), ANA).attempts.len(), usize::from(retry) + 1);
        story = pass(story, 1);
    }
    let story = settled(story, ANA, TEMPORARY);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Trying: 0 SMS Failed(Temporary), 15 SMS Failed(Temporary), 45 SMS Failed(Temporary), 105 SMS Failed(Temporary), 225 SMS Failed(Temporary), 225 e-mail Intended
    ");
    assert_lawful(&story);
}

#[test]
fn a_provider_that_says_when_is_asked_again_then() {
    let mut story = launched(town(), draft(plan(vec![to(&[ANA])])));
    let mut settle = settle(&story, id(FIRST), ANA, TEMPORARY);
    settle.outcomes[0].retry_after = Some(SignedDuration::from_secs(40));
    story.must(settle);
    let story = pass(pass(story, 39), 1);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Trying: 0 SMS Failed(Temporary), 40 SMS Intended
    ");
}

#[test]
fn who_expects_nothing_is_content_when_a_provider_took_it() {
    let plan = |persons| Plan { expects: Expects::Nothing, ..plan(vec![to(persons)]) };
    let story = launched(town(), draft(plan(&[ANA])));
    let story = settled(story, ANA, AttemptState::Accepted);
    insta::assert_snapshot!(told(&story), @"
    ended
    Ana Sent: 0 SMS Accepted
    ");
    // Where nobody knows, another channel is tried.
    let story = launched(town(), draft(plan(&[BEN])));
    let story = settled(story, BEN, AttemptState::Unknown);
    let story = settled(pass(story, 180), BEN, AttemptState::Accepted);
    insta::assert_snapshot!(told(&story), @"
    ended
    Ben Sent: 0 SMS Unknown, 180 e-mail Accepted
    ");
    assert_lawful(&story);
}

#[test]
fn a_sign_is_enough_where_a_sign_is_expected() {
    let plan = Plan { expects: Expects::Acknowledgement, ..plan(vec![to(&[ANA])]) };
    let mut story = launched(town(), draft(plan));
    story.must(seen(FIRST, ANA));
    let story = pass(story, 0);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Acknowledged: 0 SMS Intended
    ");
}

#[test]
fn who_cannot_be_reached_is_given_up_at_once() {
    let mut story = town();
    story.must(reachable(ANA, &[]));
    story.must(reachable(BEN, &[Channel::Sms]));
    story.must(StopStream { person: id(BEN), channel: Channel::Sms });
    let story = launched(story, draft(plan(vec![to(&[ANA, BEN])])));
    insta::assert_snapshot!(told(&story), @"
    ended
    Ana Unreachable: nothing
    Ben Unreachable: nothing
    ");
    assert_eq!(count(&story, Standing::Unreachable), 2);
    assert_lawful(&story);
}

#[test]
fn quiet_hours_hold_what_is_routine_until_they_are_over() {
    let mut story = town();
    story.must(sealed(ANA, reach(&[Channel::Sms], Some(&noon()))));
    let to_ana = || plan(vec![to(&[ANA])]);
    let urgent = launched(story.clone(), draft_of(content(Priority::Urgent), to_ana()));
    insta::assert_snapshot!(told(&urgent), @"
    running
    Ana Trying: 0 SMS Intended over QuietHours
    ");
    let story = launched(story, draft(to_ana()));
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Held: nothing
    ");
    let hold = delivery(newest(&story), ANA).held.unwrap();
    assert_eq!(hold.until.to_string(), "2026-05-01T13:00:00Z");
    assert_lawful(&story);
    let story = pass(story, 3_600);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Trying: 3600 SMS Intended
    ");
    assert_lawful(&story);
}

#[test]
fn limits_hold_what_is_urgent_and_not_what_is_about_life_safety() {
    let once = || Plan { cycles: 1, ..one_by_sms() };
    let of = |priority| draft_of(content(priority), once());
    let mut story = town();
    for _ in 0..CHANNEL_LIMIT_PER_PERSON {
        story = launched(pass(story, 60), of(Priority::Routine));
    }
    let story = launched(story, of(Priority::Urgent));
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Held: nothing
    ");
    let hold = delivery(newest(&story), ANA).held.unwrap();
    assert_eq!(hold.until.to_string(), "2026-05-01T13:01:00Z", "an hour after the first");
    let lives = launched(story.clone(), of(Priority::LifeSafety));
    insta::assert_snapshot!(told(&lives), @"
    running
    Ana Trying: 720 SMS Intended over Limit
    ");
    let story = pass(story, 49 * 60);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Trying: 3660 SMS Intended
    ");
    assert_lawful(&story);
}

#[test]
fn who_stops_a_channel_is_told_by_it_only_what_is_about_life_safety() {
    let mut story = town();
    story.must(reachable(ANA, &[Channel::Sms]));
    story.must(StopStream { person: id(ANA), channel: Channel::Sms });
    let story = story.when(StopStream { person: id(ANA), channel: Channel::Sms }).unchanged();
    let of = |priority| draft_of(content(priority), one_by_sms());
    let lives = launched(story.clone(), of(Priority::LifeSafety));
    insta::assert_snapshot!(told(&lives), @"
    running
    Ana Trying: 0 SMS Intended over Stopped
    ");
    let urgent = launched(story, of(Priority::Urgent));
    insta::assert_snapshot!(told(&urgent), @"
    ended
    Ana Unreachable: nothing
    ");
    // Who stops it while they are being told is not tried by it again.
    let mut story = launched(town(), draft(plan(vec![to(&[BEN])])));
    story.must(StopStream { person: id(BEN), channel: Channel::Sms });
    let mut story = pass(story, 180);
    insta::assert_snapshot!(told(&story), @"
    running
    Ben Trying: 0 SMS Intended, 180 e-mail Intended
    ");
    story.must(crate::domain::message::ResumeStream { person: id(BEN), channel: Channel::Sms });
    assert!(!story.world.has_stopped(id(BEN), Channel::Sms));
    assert_lawful(&story);
}

fn two_waves(enough: u32) -> Plan {
    let enough = vec![Quorum { count: enough, position: None, organization: None }];
    Plan { enough, ..plan(vec![to(&[ANA, BEN]), wave(10, &[BEN, CY]), wave(5, &[DEE])]) }
}

#[test]
fn the_next_wave_is_told_while_it_is_not_enough_and_nobody_twice() {
    let mut story = launched(town(), draft(two_waves(2)));
    story.must(reply(FIRST, ANA, 1));
    let story = pass(story, 599);
    assert_eq!(known(&story, FIRST).run.as_ref().unwrap().opened.len(), 1);
    let mut story = pass(story, 1);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Accepted: 0 SMS Intended
    Ben Trying: 0 SMS Intended, 180 e-mail Intended, 360 SMS Intended, 540 e-mail Intended
    Cy Trying: 600 SMS Intended
    ");
    let line = story.world.timeline_of(id(FIRE)).next_back().unwrap();
    assert_eq!(
        line.what,
        "not enough have accepted, wave 2 is told: Fire on Mill Street, ten are needed"
    );
    story.must(reply(FIRST, CY, 1));
    assert_eq!(
        known(&story, FIRST).stage,
        Stage::Ended { why: Why::Enough, at: story.now },
        "with the answer that makes it enough"
    );
    let story = pass(story, 3_600);
    assert_eq!(known(&story, FIRST).run.as_ref().unwrap().opened.len(), 2);
    assert_lawful(&story);
}

#[test]
fn the_next_wave_does_not_wait_for_those_who_all_answered() {
    let story = launched(town(), draft(two_waves(2)));
    let story = settled(story, ANA, AttemptState::Accepted);
    let mut story = settled(story, BEN, AttemptState::Accepted);
    story.must(reply(FIRST, ANA, 1));
    story.must(reply(FIRST, BEN, 2));
    let story = pass(story, 0);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Accepted: 0 SMS Accepted
    Ben Declined: 0 SMS Accepted
    Cy Trying: 0 SMS Intended
    ");
    assert_lawful(&story);
}

#[test]
fn it_is_enough_by_qualification_and_organization_not_by_heads() {
    let mut story = town();
    let qualify = |person, status| RecordQualification {
        person: id(person),
        position: "DIVS".to_owned(),
        level: None,
        status,
        issued: START.parse().unwrap(),
        expires: None,
    };
    story.must(qualify(ANA, Status::Trainee));
    story.must(qualify(BEN, Status::Qualified));
    let enough = vec![
        Quorum { count: 1, position: Some("DIVS".to_owned()), organization: None },
        Quorum { count: 1, position: None, organization: Some(id(CPD)) },
    ];
    let members = by(
        0,
        vec![
            Selector::Members { organization: id(HFD) },
            Selector::Members { organization: id(CPD) },
        ],
    );
    let (story, message) = drafted(story, draft(Plan { enough, ..plan(vec![members]) }));
    let mut story = story;
    let digest = preview_of(&story, message).digest;
    story.must(Launch { message, ..launch_as(0, digest) });
    let mut story = pass(story, 0);
    let accept = |person| RecordAnswer { message, ..reply(0, person, 1) };
    for person in [ANA, CY, DEE, EVE] {
        story.must(accept(person));
        assert!(newest(&story).is_running(), "four heads, and nobody who is qualified");
    }
    story.must(accept(BEN));
    assert_eq!(newest(&story).stage, Stage::Ended { why: Why::Enough, at: story.now });
    assert_lawful(&story);
}

#[test]
fn who_takes_back_does_not_count() {
    let enough = vec![Quorum { count: 2, position: None, organization: None }];
    let mut story = launched(town(), draft(Plan { enough, ..plan(vec![to(&[ANA, BEN, CY])]) }));
    story.must(reply(FIRST, ANA, 1));
    story.must(reply(FIRST, ANA, 2));
    story.must(reply(FIRST, BEN, 1));
    assert!(known(&story, FIRST).is_running());
    story.must(reply(FIRST, CY, 1));
    assert!(!known(&story, FIRST).is_running());
}

#[test]
fn it_is_over_when_its_time_is() {
    let until =
        Some(START.parse().unwrap()).map(|s: jiff::Timestamp| s + SignedDuration::from_secs(200));
    let story = launched(town(), draft(Plan { until, ..plan(vec![to(&[ANA])]) }));
    let story = pass(story, 3_600);
    insta::assert_snapshot!(told(&story), @"
    ended
    Ana Trying: 0 SMS Intended, 180 e-mail Intended
    ");
    let Stage::Ended { why, at } = known(&story, FIRST).stage else { panic!() };
    assert_eq!((why, Some(at)), (Why::Deadline, until));
    assert_lawful(&story);
}

#[test]
fn who_accepted_and_was_not_heard_of_is_asked_again() {
    let ask_again_minutes = Some(20);
    let mut story = launched(town(), draft(Plan { ask_again_minutes, ..plan(vec![to(&[ANA])]) }));
    story.must(reply(FIRST, ANA, 1));
    // A receipt that comes later changes nothing about that.
    let story = settled(story, ANA, AttemptState::Delivered);
    let mut story = pass(story, 1_200);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Accepted: 0 SMS Delivered, 1200 SMS Intended
    ");
    // Still coming, she says in the same words: that is an answer, and asks for patience.
    story.must(reply(FIRST, ANA, 1));
    let story = pass(story, 1_199);
    assert_eq!(delivery(known(&story, FIRST), ANA).attempts.len(), 2);
    let mut story = pass(story, 1);
    assert_eq!(delivery(known(&story, FIRST), ANA).attempts.len(), 3);
    let done = RecordAnswer { meaning: Meaning::Done, ..seen(FIRST, ANA) };
    story.must(done);
    let story = pass(story, 0);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Done: 0 SMS Delivered, 1200 SMS Intended, 2400 SMS Intended
    ");
    assert_lawful(&story);
}

#[test]
fn asking_again_goes_on_where_it_failed_and_ends_with_the_cycles() {
    let ask_again_minutes = Some(20);
    let mut story = launched(town(), draft(Plan { ask_again_minutes, ..plan(vec![to(&[ANA])]) }));
    story.must(reply(FIRST, ANA, 1));
    // What it was told by fails late. She has answered, so there is nothing to try again.
    let story = settled(story, ANA, PERMANENT);
    let story = pass(story, 1_200);
    let story = settled(story, ANA, TEMPORARY);
    let story = pass(story, 3_600);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Accepted: 0 SMS Failed(Permanent), 1200 SMS Failed(Temporary), 1215 SMS Intended
    ");
    assert_lawful(&story);
}

#[test]
fn a_turn_takes_so_many_and_the_next_one_the_rest() {
    let mut story = town();
    for _ in 0..TURN_MAX {
        story.must(person::Register { name: "Kim".to_owned() });
    }
    let all = story.world.persons().map(|person| person.id).collect();
    let selector = Selector::Persons { persons: all };
    let (mut story, message) = drafted(story, draft(plan(vec![by(0, vec![selector])])));
    let digest = preview_of(&story, message).digest;
    story.by.principal = "lee".to_owned();
    story.must(super::super::Release { message, digest, located: Vec::new() });
    story.must(Launch { message, ..launch_as(0, digest) });
    story.must(super::super::Turn { message });
    assert_eq!(newest(&story).run.as_ref().unwrap().begun as usize, TURN_MAX);
    story.must(super::super::Turn { message });
    assert_eq!(newest(&story).run.as_ref().unwrap().begun as usize, TURN_MAX + 5);
    assert_eq!(count(&story, Standing::Unreachable), TURN_MAX);
    assert_eq!(count(&story, Standing::Trying), 5);
    assert_lawful(&story);
}

#[test]
fn each_open_message_to_somebody_has_its_own_letter() {
    let mut story = town();
    for _ in 0..3 {
        story = launched(story, draft(plan(vec![to(&[ANA])])));
    }
    let letters: String = story.world.deliveries_to(id(ANA)).map(|(_, d)| d.code).collect();
    assert_eq!(letters, "CBA", "the newest first");
}
