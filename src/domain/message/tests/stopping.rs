//! Stopping, putting right and closing; and short answers to one person.

use super::*;
use crate::domain::message::notice::Says;
use crate::domain::message::{
    Close, Correct, Following, IntendNotice, SettleNotice, Stage, Stop, StopStream, Turn,
};
use crate::domain::testing::{Story, assert_lawful, refusals};

fn stop() -> Stop {
    Stop { message: id(FIRST), reason: "the fire is out".to_owned() }
}

fn other_words(what: &str) -> Content {
    let mut content = content(Priority::Routine);
    content.wordings[0].what = what.to_owned();
    content.responses.clear();
    content
}

fn correct(message: u64) -> Correct {
    let (content, expects) = (other_words("Elm Street, not Mill Street"), Expects::Acknowledgement);
    Correct { message: id(message), content, expects }
}

fn close(message: u64) -> Close {
    Close { message: id(message), content: other_words("It is over, thank you") }
}

/// Ana was reached by SMS, Ben by e-mail, Cy by nothing, and Dee is told next.
fn some_reached() -> Story {
    let mut story = town();
    story.must(reachable(BEN, &[Channel::Email, Channel::Sms]));
    let story = launched(story, draft(plan(vec![to(&[ANA, BEN, CY]), wave(30, &[DEE])])));
    let story = settled(story, ANA, AttemptState::Delivered);
    settled(story, BEN, AttemptState::Delivered)
}

#[test]
fn stopping_closing_and_correcting_is_refused_with_what_to_do_about_it() {
    let (draft, _) = drafted(town(), draft(plan(vec![to(&[ANA])])));
    let said_nothing =
        Correct { content: Content { wordings: vec![], ..correct(0).content }, ..correct(20) };
    let mut said = refusals(
        &draft,
        [
            stop().into(),
            Stop { message: id(99), ..stop() }.into(),
            correct(FIRST).into(),
            correct(99).into(),
            close(FIRST).into(),
        ],
    );
    let mut story = some_reached();
    said += &refusals(
        &story,
        [
            Stop { message: id(20), reason: " ".to_owned() }.into(),
            Correct { message: id(20), ..said_nothing }.into(),
        ],
    );
    let message = newest(&story).id;
    story.must(Stop { message, ..stop() });
    said += &refusals(&story, [Stop { message, ..stop() }.into()]);
    let mut story = launched(town(), super::draft(plan(vec![to(&[ANA])])));
    story.must(stop());
    said += &refusals(&story, [correct(FIRST).into(), close(FIRST).into()]);
    insta::assert_snapshot!(said, @"
    MESSAGE_STAGE: the message is a draft; this can be done while it is running
    MESSAGE_UNKNOWN: there is no message 01968f00-0063-7000-8000-000000630000; check the id
    NOT_LAUNCHED: the message was not launched; nobody was told anything by it
    MESSAGE_UNKNOWN: there is no message 01968f00-0063-7000-8000-000000630000; check the id
    NOT_LAUNCHED: the message was not launched; nobody was told anything by it
    TEXT_EMPTY: `reason` is empty; write at least one word
    NOTHING_SAID: the message says nothing; write it in at least one language
    MESSAGE_STAGE: the message is stopped; this can be done while it is running
    REACHED_NOBODY: the message reached nobody; there is nobody to tell otherwise
    REACHED_NOBODY: the message reached nobody; there is nobody to tell otherwise
    ");
}

#[test]
fn nothing_is_intended_after_it_was_stopped() {
    let mut story = some_reached();
    let message = newest(&story).id;
    story.must(Stop { message, ..stop() });
    let before = told(&story);
    insta::assert_snapshot!(before, @"
    stopped
    Ana Reached: 0 SMS Delivered
    Ben Reached: 0 e-mail Delivered
    Cy Trying: 0 SMS Intended
    ");
    let story = pass(story, 7_200).when(Turn { message }).unchanged();
    assert_eq!(told(&story), before);
    // What came of what was handed over is recorded still.
    let story = settled(story, CY, AttemptState::Canceled);
    assert_eq!(newest(&story).run.as_ref().unwrap().outstanding().count(), 0);
    let line = &story.world.timeline_of(id(FIRE)).next_back().unwrap().what;
    assert_eq!(line, "message stopped, the fire is out: Fire on Mill Street, ten are needed");
    assert_lawful(&story);
}

#[test]
fn a_correction_goes_to_those_reached_by_the_channel_that_reached_them() {
    let mut story = some_reached();
    let message = newest(&story).id;
    story.must(Correct { message, ..correct(0) });
    let story = pass(story, 0);
    let Stage::Stopped { reason, .. } = &story.world.message(message).unwrap().stage else {
        panic!()
    };
    assert_eq!(reason, "corrected");
    let correction = newest(&story);
    let about = correction.about.unwrap();
    assert_eq!((about.message, about.how), (message, Following::Correction));
    assert_eq!(correction.incident, Some(id(FIRE)));
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Trying: 0 SMS Intended
    Ben Trying: 0 e-mail Intended
    ");
    // It has its own signs of having been seen.
    let correction = correction.id;
    let mut story = story;
    story.must(RecordAnswer { message: correction, ..seen(0, ANA) });
    assert_eq!(delivery(newest(&story), ANA).standing(), Standing::Acknowledged);
    let first = story.world.message(message).unwrap();
    assert_eq!(delivery(first, ANA).standing(), Standing::Reached);
    assert_lawful(&story);
}

#[test]
fn a_correction_can_be_corrected_and_closed() {
    let mut story = some_reached();
    let message = newest(&story).id;
    story.must(Correct { message, ..correct(0) });
    let story = settled(pass(story, 0), ANA, AttemptState::Delivered);
    let mut story = story;
    let correction = newest(&story).id;
    story.must(Correct { message: correction, ..correct(0) });
    let mut story = pass(story, 0);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Trying: 0 SMS Intended
    ");
    story.must(Close { message, ..close(0) });
    let story = pass(story, 0);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Trying: 0 SMS Intended
    Ben Trying: 0 e-mail Intended
    ");
    assert_lawful(&story);
}

#[test]
fn who_stopped_the_channel_since_is_told_otherwise_only_where_lives_are_at_stake() {
    let mut story = some_reached();
    let message = newest(&story).id;
    story.must(StopStream { person: id(ANA), channel: Channel::Sms });
    let mut lives = story.clone();
    story.must(Correct { message, ..correct(0) });
    insta::assert_snapshot!(told(&pass(story, 0)), @"
    running
    Ana Unreachable: nothing
    Ben Trying: 0 e-mail Intended
    ");
    let content = Content { priority: Priority::LifeSafety, ..correct(0).content };
    lives.must(Correct { message, content, ..correct(0) });
    insta::assert_snapshot!(told(&pass(lives, 0)), @"
    running
    Ana Trying: 0 SMS Intended over Stopped
    Ben Trying: 0 e-mail Intended
    ");
}

#[test]
fn correcting_what_reached_nobody_yet_stops_it() {
    let mut story = launched(town(), draft(plan(vec![to(&[ANA])])));
    story.must(correct(FIRST));
    assert_eq!(newest(&story).id, id(FIRST), "there is no other");
    assert!(!known(&story, FIRST).is_running());
    // Whom it reached asked to be forgotten: nobody is left to tell otherwise.
    let mut story =
        settled(launched(town(), draft(plan(vec![to(&[ANA])]))), ANA, AttemptState::Delivered);
    story.must(person::Forget { person: id(ANA) });
    story.must(correct(FIRST));
    assert!(!known(&story, FIRST).is_running());
    assert_lawful(&story);
}

#[test]
fn a_closing_goes_to_those_reached_and_expects_nothing() {
    let mut story = some_reached();
    let message = newest(&story).id;
    story.must(Close { message, ..close(0) });
    let story = settled(pass(story, 0), ANA, AttemptState::Accepted);
    let story = settled(story, BEN, AttemptState::Accepted);
    insta::assert_snapshot!(told(&story), @"
    ended
    Ana Sent: 0 SMS Accepted
    Ben Sent: 0 e-mail Accepted
    ");
    assert_eq!(newest(&story).about.unwrap().how, Following::Closing);
    assert_lawful(&story);
}

#[test]
fn a_short_answer_is_intended_before_it_is_sent_and_has_an_outcome() {
    let mut story = town();
    let says = Says::Which { codes: vec!['A', 'B'] };
    story.must(IntendNotice { person: id(ANA), channel: Channel::Sms, says });
    let notice = id(FIRST);
    assert_eq!(story.world.notice(notice).unwrap().state, AttemptState::Intended);
    let outstanding = |story: &Story| story.world.outstanding_notices().count();
    assert_eq!(outstanding(&story), 1);
    let settle = SettleNotice { notice, state: AttemptState::Accepted };
    story.must(settle.clone());
    let story = story.when(settle).unchanged();
    assert_eq!((story.world.notices().count(), outstanding(&story)), (1, 0));
    assert_lawful(&story);
    let unknown = SettleNotice { notice: id(99), state: AttemptState::Accepted };
    let nobody =
        IntendNotice { person: id(99), channel: Channel::Sms, says: Says::Help { sender: None } };
    let stranger = StopStream { person: id(99), channel: Channel::Sms };
    let all = [unknown.into(), nobody.into(), stranger.into()];
    insta::assert_snapshot!(refusals(&story, all), @"
    NOTICE_UNKNOWN: there is no notice 01968f00-0063-7000-8000-000000630000; check the id
    PERSON_UNKNOWN: there is no person 01968f00-0063-7000-8000-000000630000; check the id
    PERSON_UNKNOWN: there is no person 01968f00-0063-7000-8000-000000630000; check the id
    ");
}
