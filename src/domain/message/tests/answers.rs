//! What people answer, and what counts of it.

use muster_contract::channel::FailureKind;

use super::*;
use crate::domain::message::Refused;
use crate::domain::message::content::Response;
use crate::domain::testing::{assert_lawful, refusals};

fn running() -> Story {
    launched(town(), draft(plan(vec![to(&[ANA, BEN]), wave(30, &[CY])])))
}

#[test]
fn an_answer_is_refused_with_what_to_do_about_it() {
    let (story, draft) = drafted(running(), draft(plan(vec![to(&[ANA])])));
    let bare = |meaning| RecordAnswer { meaning, ..seen(FIRST, ANA) };
    let said = refusals(
        &story,
        [
            reply(99, ANA, 1).into(),
            RecordAnswer { message: draft, ..reply(0, ANA, 1) }.into(),
            reply(FIRST, EVE, 1).into(),
            // Nobody has told her yet.
            reply(FIRST, CY, 1).into(),
            reply(FIRST, ANA, 0).into(),
            reply(FIRST, ANA, 4).into(),
            bare(Meaning::Other).into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    MESSAGE_UNKNOWN: there is no message 01968f00-0063-7000-8000-000000630000; check the id
    NOT_LAUNCHED: the message was not launched; nobody was told anything by it
    NOT_A_RECIPIENT: the message did not go to this person; check which one they mean
    NOT_A_RECIPIENT: the message did not go to this person; check which one they mean
    RESPONSE_UNKNOWN: this is none of the answers of the message; choose one of them by its number
    RESPONSE_UNKNOWN: this is none of the answers of the message; choose one of them by its number
    RESPONSE_UNKNOWN: this is none of the answers of the message; choose one of them by its number
    ");
}

#[test]
fn what_an_answer_means_is_what_the_message_says_it_means() {
    let mut story = running();
    let coming = story.now + SignedDuration::from_mins(20);
    story.must(RecordAnswer { arrival: Some(coming), ..reply(FIRST, ANA, 1) });
    story.must(reply(FIRST, BEN, 2));
    let answer = delivery(known(&story, FIRST), ANA).answer.clone().unwrap();
    assert_eq!((answer.meaning, answer.response), (Meaning::Accept, Some(1)));
    assert_eq!((answer.arrival, answer.late), (Some(coming), false));
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Accepted: 0 SMS Intended
    Ben Declined: 0 SMS Intended
    ");
    assert_lawful(&story);
}

#[test]
fn the_same_answer_twice_is_one_and_another_one_takes_its_place() {
    let mut story = running();
    story.must(reply(FIRST, ANA, 1));
    let mut story = pass(story, 20).when(reply(FIRST, ANA, 1)).unchanged();
    let sooner = Some(story.now + SignedDuration::from_mins(5));
    story.must(RecordAnswer { arrival: sooner, ..reply(FIRST, ANA, 1) });
    assert_eq!(delivery(known(&story, FIRST), ANA).answer.as_ref().unwrap().arrival, sooner);
    // That she opened it afterwards takes nothing back.
    story.must(seen(FIRST, ANA));
    assert_eq!(delivery(known(&story, FIRST), ANA).standing(), Standing::Accepted);
    story.must(reply(FIRST, ANA, 3));
    assert_eq!(delivery(known(&story, FIRST), ANA).standing(), Standing::NeedsHelp);
    let line = &story.world.timeline_of(id(FIRE)).next_back().unwrap().what;
    assert_eq!(line, "somebody who was told needs help: Fire on Mill Street, ten are needed");
    assert_lawful(&story);
}

#[test]
fn to_have_seen_it_is_no_answer_where_one_is_expected() {
    let mut story = running();
    story.must(seen(FIRST, ANA));
    let story = pass(story, 180);
    insta::assert_snapshot!(told(&story), @"
    running
    Ana Acknowledged: 0 SMS Intended, 180 e-mail Intended
    Ben Trying: 0 SMS Intended, 180 e-mail Intended
    ");
}

#[test]
fn an_arrival_that_is_days_away_is_left_out() {
    let mut story = running();
    let arrival = Some(story.now + SignedDuration::from_hours(73));
    story.must(RecordAnswer { arrival, ..reply(FIRST, ANA, 1) });
    assert_eq!(delivery(known(&story, FIRST), ANA).answer.as_ref().unwrap().arrival, None);
}

#[test]
fn who_answers_was_reached_whatever_the_provider_says() {
    let mut story = running();
    story.must(reply(FIRST, ANA, 2));
    let story = settled_first(story, AttemptState::Failed(FailureKind::Permanent));
    let delivery = delivery(known(&story, FIRST), ANA);
    assert_eq!(delivery.reached.unwrap().channel, Channel::Sms);
    assert_eq!((delivery.standing(), delivery.next), (Standing::Declined, None));
}

fn settled_first(mut story: Story, state: AttemptState) -> Story {
    let settle = settle(&story, id(FIRST), ANA, state);
    story.must(settle);
    pass(story, 0)
}

#[test]
fn an_answer_that_somebody_records_counts_as_reached_by_what_was_tried() {
    let mut story = running();
    story.must(RecordAnswer { channel: None, ..reply(FIRST, ANA, 2) });
    assert_eq!(delivery(known(&story, FIRST), ANA).reached.unwrap().channel, Channel::Sms);
}

#[test]
fn a_receipt_that_comes_late_or_twice_undoes_nothing() {
    let story = settled_first(running(), AttemptState::Delivered);
    let command = settle(&story, id(FIRST), ANA, AttemptState::Failed(FailureKind::Permanent));
    let story = story.when(command).unchanged();
    let command = settle(&story, id(FIRST), ANA, AttemptState::Delivered);
    let story = story.when(command).unchanged();
    assert_eq!(delivery(known(&story, FIRST), ANA).attempts[0].state, AttemptState::Delivered);
    // But a telephone that gets it after all does.
    let story = settled_first(running(), AttemptState::Expired);
    let mut story = story;
    let first =
        Settle { message: id(FIRST), outcomes: vec![outcome(0, 0, AttemptState::Delivered)] };
    story.must(first);
    assert_eq!(delivery(known(&story, FIRST), ANA).attempts[0].state, AttemptState::Delivered);
    assert_lawful(&story);
}

#[test]
fn what_was_handed_over_twice_is_marked() {
    let mut story = running();
    let mut command = settle(&story, id(FIRST), ANA, AttemptState::Submitted);
    story.must(command.clone());
    command.outcomes[0].state = AttemptState::Accepted;
    command.outcomes[0].repeated = true;
    command.outcomes[0].reference = Some("r".repeat(300));
    story.must(command.clone());
    let attempt = &delivery(known(&story, FIRST), ANA).attempts[0];
    assert!(attempt.repeated);
    assert_eq!(attempt.reference.as_ref().map(String::len), Some(200));
    // What came of an attempt that never was is nobody's news.
    let never =
        Settle { message: id(FIRST), outcomes: vec![outcome(7, 0, AttemptState::Delivered)] };
    let story = story.when(never).unchanged();
    let unknown = Settle { message: id(99), ..command };
    let (story, draft) = drafted(story, draft(plan(vec![to(&[ANA])])));
    let none = Settle { message: draft, outcomes: Vec::new() };
    insta::assert_snapshot!(refusals(&story, [unknown.into(), none.into()]), @"
    MESSAGE_UNKNOWN: there is no message 01968f00-0063-7000-8000-000000630000; check the id
    NOT_LAUNCHED: the message was not launched; nobody was told anything by it
    ");
}

#[test]
fn what_comes_after_the_end_is_recorded_as_late_and_starts_nothing() {
    let ask_again_minutes = Some(5);
    let channels = vec![Channel::Sms];
    let plan = Plan { channels, cycles: 1, ask_again_minutes, ..plan(vec![to(&[ANA, BEN])]) };
    let story = launched(town(), draft(plan));
    let story = settled(story, ANA, AttemptState::Delivered);
    let story = settled(story, BEN, AttemptState::Expired);
    let mut story = pass(story, 3_600);
    insta::assert_snapshot!(told(&story), @"
    ended
    Ana Silent: 0 SMS Delivered
    Ben Unreachable: 0 SMS Expired
    ");
    story.must(reply(FIRST, ANA, 1));
    let answer = delivery(known(&story, FIRST), ANA).answer.clone().unwrap();
    assert!(answer.late);
    let story = pass(story, 3_600);
    insta::assert_snapshot!(told(&story), @"
    ended
    Ana Accepted: 0 SMS Delivered
    Ben Unreachable: 0 SMS Expired
    ");
    assert!(known(&story, FIRST).takes_answers());
    assert_lawful(&story);
}

#[test]
fn an_answer_of_their_own_words_needs_its_label() {
    let mut content = content(Priority::Routine);
    let labels = vec!["On leave".to_owned()];
    content.responses = vec![Response { meaning: Meaning::Other, labels }];
    let mut story = launched(town(), draft_of(content, plan(vec![to(&[ANA])])));
    let accept = RecordAnswer { meaning: Meaning::Accept, ..seen(FIRST, ANA) };
    let mut story = {
        let refused = |r: &crate::domain::Refusal| assert_eq!(*r, Refused::ResponseUnknown.into());
        story = story.when(accept).refused(refused);
        story
    };
    story.must(reply(FIRST, ANA, 1));
    assert_eq!(count(&story, Standing::Answered), 1);
}
