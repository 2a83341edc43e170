//! Commands about messages, mostly the next step of something that goes on, and the laws that hold.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use muster_contract::channel::FailureKind;
use proptest::prelude::*;

use super::CASES;
use super::asks::{incidents, number_of, organizations};
use super::dice::Dice;
use super::run::{Script, play};
use crate::domain::command::Command;
use crate::domain::contact::QuietHours;
use crate::domain::drill::Drill;
use crate::domain::event::Event;
use crate::domain::ids::Id;
use crate::domain::incident::Open;
use crate::domain::message::audience::{Audience, Selector};
use crate::domain::message::content::{Content, Meaning, Priority, Response, Wording};
use crate::domain::message::notice::Says;
use crate::domain::message::plan::{Expects, Plan, Quorum, Wave};
use crate::domain::message::preview::Digest;
use crate::domain::message::run::Run;
use crate::domain::message::{
    Amend, AttemptState, Channel, Close, Correct, Discard, Draft, IntendNotice, KeepTemplate,
    Launch, LoseWay, Message, Outcome, Preview, RecordAnswer, Release, ResumeStream, Settle,
    SettleNotice, Stage, Standing, Stop, StopStream, Turn,
};
use crate::domain::person::{self, Person};
use crate::domain::world::World;

const PERSONS_MIN: usize = 5;

/// Stories about little else than messages.
pub(super) fn scripts() -> impl Strategy<Value = Script> {
    let telling = number_of(telling);
    let others = [organizations, incidents].map(number_of);
    let topics = [vec![telling; 14], others.to_vec()].concat();
    (Just(topics), proptest::collection::vec(any::<[u8; 32]>(), 40..160))
}

pub(super) fn telling(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    if world.organizations().count() < 2 {
        return organizations(dice, world, now);
    }
    if let Some(first) = ground(dice, world) {
        return first;
    }
    let live =
        |message: &&std::sync::Arc<Message>| matches!(message.stage, Stage::Draft | Stage::Running);
    let live = world.messages().filter(live).map(|message| message.id);
    let message = dice.one_of(live);
    match (dice.roll(16), world.message(message).map(|known| (&known.stage, known))) {
        (0, _) => people(dice, world),
        (1, _) | (_, None) => draft(dice, world, now).into(),
        (2, Some(_)) => after_all(dice, world),
        (3, Some(_)) => template(dice, world, now).into(),
        (_, Some((Stage::Draft, known))) => drafted(dice, world, known, now),
        (_, Some((_, known))) => running(dice, world, known, now),
    }
}

/// Somebody to tell, who can be reached, and something that happened.
fn ground(dice: &mut Dice<'_>, world: &World) -> Option<Command> {
    if world.persons().count() < PERSONS_MIN {
        return Some(person::Register { name: "Sam Ortiz".to_owned() }.into());
    }
    let silent =
        |person: &&std::sync::Arc<Person>| person.reachability.is_none() && !person.forgotten;
    if let Some(person) = world.persons().find(silent) {
        return Some(sealed(dice, person.id).into());
    }
    let nothing = world.incidents().next().is_none();
    nothing.then(|| Open { exercise: dice.one_in(4), ..super::super::incident("smoke") }.into())
}

fn sealed(dice: &mut Dice<'_>, person: Id<Person>) -> person::SealContact {
    let channels: Vec<_> = (0..dice.pick(&[2, 1, 3, 0])).map(|_| channel(dice)).collect();
    let noon = QuietHours {
        from: jiff::civil::time(11, 0, 0, 0),
        to: jiff::civil::time(14, 0, 0, 0),
        time_zone: "UTC".to_owned(),
    };
    let quiet = dice.one_in(4).then_some(noon);
    let reachability = Some(super::super::reach(&channels, quiet.as_ref()));
    let (sealed, fingerprint) = ("5e".repeat(16), "7".to_owned());
    person::SealContact { person, sealed, fingerprint, reachability }
}

fn people(dice: &mut Dice<'_>, world: &World) -> Command {
    let person = dice.one_of(world.persons().map(|person| person.id));
    let channel = channel(dice);
    match dice.roll(8) {
        0 => StopStream { person, channel }.into(),
        1 => {
            let stopped = world.stopped_streams.iter().next().copied();
            let (person, channel) = stopped.unwrap_or((person, channel));
            ResumeStream { person, channel }.into()
        }
        2 => sealed(dice, person).into(),
        4 => {
            let until = dice.one_in(2).then(|| world.at() + SignedDuration::from_hours(1));
            Drill { provider: dice.pick(&["relay", "smsc"]).to_owned(), until }.into()
        }
        5 => {
            let (mark, code) = (dice.pick(&["a1", "b2"]).to_owned(), "gone".to_owned());
            LoseWay { person, channel, mark, code }.into()
        }
        3 => IntendNotice { person, channel, says: Says::Help { sender: None } }.into(),
        _ => {
            let notice = world.notices().next_back();
            let notice = notice.map_or(Id::new(uuid::Uuid::nil()), |notice| notice.id);
            SettleNotice { notice, state: state(dice) }.into()
        }
    }
}

fn drafted(dice: &mut Dice<'_>, world: &World, known: &Message, now: Timestamp) -> Command {
    let message = known.id;
    let preview = Preview::of(world, known, &Vec::new(), now);
    let stale: Digest = "5e".repeat(32).parse().unwrap();
    let digest = preview.map_or(stale, |preview| preview.digest);
    let digest = if dice.one_in(8) { stale } else { digest };
    let located = Vec::new();
    match dice.roll(8) {
        0 => Amend { message, content: content(dice), plan: plan(dice, world, now) }.into(),
        1 => Discard { message }.into(),
        2 | 3 => Release { message, digest, located }.into(),
        _ => Launch { message, digest, located }.into(),
    }
}

fn running(dice: &mut Dice<'_>, world: &World, known: &Message, now: Timestamp) -> Command {
    let message = known.id;
    let Some(run) = &known.run else { return Turn { message }.into() };
    match dice.roll(16) {
        0 => Stop { message, reason: dice.text() }.into(),
        1 => Correct { message, content: content(dice), expects: expects(dice) }.into(),
        2 => Close { message, content: content(dice) }.into(),
        3..7 => settle(dice, message, run).into(),
        7..10 => answer(dice, world, known, now).into(),
        _ => Turn { message }.into(),
    }
}

/// About messages that are over.
fn after_all(dice: &mut Dice<'_>, world: &World) -> Command {
    let message = dice.one_of(world.messages().map(|message| message.id));
    let known = world.message(message);
    let Some(run) = known.and_then(|known| known.run.as_ref()) else {
        return Turn { message }.into();
    };
    match dice.roll(4) {
        0 => Correct { message, content: content(dice), expects: expects(dice) }.into(),
        1 => Stop { message, reason: dice.text() }.into(),
        _ => settle(dice, message, run).into(),
    }
}

fn settle(dice: &mut Dice<'_>, message: Id<Message>, run: &Run) -> Settle {
    let begun: Vec<_> = run.deliveries.iter().collect();
    let outcomes = (0..dice.pick(&[1, 2, 3])).filter_map(|_| {
        let (recipient, delivery) = begun.get(dice.roll(begun.len().max(1)))?;
        let back = u16::from(dice.one_in(4));
        let attempt = delivery.next_number().checked_sub(1 + back)?;
        let wait = dice.maybe(|dice| SignedDuration::from_secs(dice.pick(&[5, 90])));
        let mut outcome = Outcome {
            recipient: **recipient,
            attempt,
            state: state(dice),
            repeated: dice.one_in(8),
            provider: dice.maybe(|_| "sandbox".to_owned()),
            reference: None,
            code: dice.maybe(Dice::text),
            retry_after: wait,
        };
        outcome.reference = dice.maybe(|_| format!("{recipient}-{attempt}"));
        Some(outcome)
    });
    Settle { message, outcomes: outcomes.collect() }
}

fn state(dice: &mut Dice<'_>) -> AttemptState {
    dice.pick(&[
        AttemptState::Delivered,
        AttemptState::Accepted,
        AttemptState::Failed(FailureKind::Temporary),
        AttemptState::Failed(FailureKind::Permanent),
        AttemptState::Failed(FailureKind::Technical),
        AttemptState::Submitted,
        AttemptState::Expired,
        AttemptState::Unknown,
        AttemptState::Canceled,
    ])
}

fn answer(dice: &mut Dice<'_>, world: &World, known: &Message, now: Timestamp) -> RecordAnswer {
    let run = known.run.iter();
    let begun = run.flat_map(|run| run.deliveries.values().map(|delivery| delivery.person));
    let person = match dice.one_in(12) {
        true => dice.one_of(world.persons().map(|person| person.id)),
        false => dice.one_of(begun),
    };
    let meanings = [Meaning::Acknowledge, Meaning::Accept, Meaning::Done, Meaning::NeedHelp];
    let arrival = dice.maybe(|dice| now + SignedDuration::from_mins(dice.pick(&[5, 20, 9_000])));
    RecordAnswer {
        message: known.id,
        person,
        meaning: dice.pick(&meanings),
        response: dice.maybe(|dice| dice.pick(&[1, 1, 2, 3, 4])),
        arrival,
        channel: dice.maybe(channel),
    }
}

fn draft(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Draft {
    Draft {
        incident: dice.maybe(|dice| dice.incident(world)),
        exercise: dice.one_in(6),
        content: content(dice),
        plan: plan(dice, world, now),
    }
}

fn template(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> KeepTemplate {
    let templates = world.messages().filter(|message| message.template_name().is_some());
    let templates: Vec<_> = templates.map(|message| message.id).collect();
    KeepTemplate {
        template: dice.maybe(|dice| dice.one_of(templates.iter().copied())),
        name: dice.pick(&["Water rescue", "Evacuate", ""]).to_owned(),
        content: content(dice),
        plan: Plan { until: None, ..plan(dice, world, now) },
    }
}

fn content(dice: &mut Dice<'_>) -> Content {
    let what = dice.text();
    let wording = Wording {
        language: dice.pick(&["en", "es", "no language"]).to_owned(),
        what,
        who: None,
        place: dice.maybe(Dice::text),
        when: None,
        to_do: None,
        until: None,
    };
    let response = |meaning| Response { meaning, labels: Vec::new() };
    Content {
        wordings: vec![wording],
        responses: [Meaning::Accept, Meaning::Decline, Meaning::NeedHelp].map(response).to_vec(),
        priority: dice.pick(&[Priority::Urgent, Priority::Routine, Priority::LifeSafety]),
        public: dice.one_in(4),
    }
}

fn plan(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Plan {
    let enough = |dice: &mut Dice<'_>| Quorum {
        count: dice.pick(&[1, 2, 0]),
        position: None,
        organization: None,
    };
    Plan {
        expects: expects(dice),
        channels: (0..dice.pick(&[0, 0, 1, 2])).map(|_| channel(dice)).collect(),
        interval_seconds: dice.pick(&[60, 600, 1_800, 5]),
        cycles: dice.pick(&[1, 2, 3]),
        waves: (0..dice.pick(&[2, 1, 3, 0])).map(|_| wave(dice, world)).collect(),
        enough: dice.maybe(enough).into_iter().collect(),
        ask_again_minutes: dice.maybe(|dice| dice.pick(&[10, 60])),
        until: dice.one_in(4).then(|| now + SignedDuration::from_mins(dice.pick(&[90, 400, -1]))),
    }
}

fn wave(dice: &mut Dice<'_>, world: &World) -> Wave {
    let some = |dice: &mut Dice<'_>| {
        let persons = world.persons().map(|person| person.id).filter(|_| dice.one_in(2));
        Selector::Persons { persons: persons.collect() }
    };
    let any_of = match dice.roll(8) {
        0 => Selector::Members { organization: dice.organization(world) },
        1 => Selector::Staff { incident: dice.incident(world) },
        2 => {
            let launched = world.messages().filter(|message| message.is_launched());
            Selector::ReachedBy { message: dice.one_of(launched.map(|message| message.id)) }
        }
        _ => some(dice),
    };
    let except = dice.one_in(6).then(|| some(dice)).into_iter().collect();
    let after_minutes = dice.pick(&[0, 10, 30]);
    Wave { audience: Audience { any_of: vec![any_of], except }, after_minutes }
}

fn expects(dice: &mut Dice<'_>) -> Expects {
    dice.pick(&[Expects::Answer, Expects::Acknowledgement, Expects::Nothing])
}

fn channel(dice: &mut Dice<'_>) -> Channel {
    dice.pick(&[Channel::Sms, Channel::Email, Channel::Voice])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn what_is_outstanding_and_who_stands_where_adds_up(script in scripts()) {
        super::each_world(&script, |world| {
            for run in world.messages().filter_map(|message| message.run.as_ref()) {
                let open = run.deliveries.iter().flat_map(|(number, delivery)| {
                    let open = delivery.numbered().filter(|(_, a)| {
                        matches!(a.state, AttemptState::Intended | AttemptState::Submitted)
                    });
                    open.map(|(attempt, _)| (*number, attempt)).collect::<Vec<_>>()
                });
                assert_eq!(run.outstanding().collect::<Vec<_>>(), open.collect::<Vec<_>>());
                assert_eq!(run.deliveries.len(), run.begun as usize);
                let all: usize = Standing::ALL.iter().map(|s| run.count(*s)).sum();
                assert_eq!(all, run.recipients.len());
                let persons: BTreeSet<_> = run.recipients.iter().map(|r| r.person).collect();
                assert_eq!(persons.len(), run.recipients.len(), "nobody is in two waves");
            }
        });
    }

    #[test]
    fn nobody_is_tried_before_the_launch_or_after_the_end_or_before_their_wave(script in scripts()) {
        play(&script, |before, _, logged| {
            let mut after = before.clone();
            for entry in logged {
                if let Event::MessageAttempted(attempted) = &entry.event {
                    let message = after.message(attempted.message).unwrap();
                    assert!(message.is_running());
                    let run = message.run.as_ref().unwrap();
                    for attempt in &attempted.attempts {
                        let recipient = run.recipients[attempt.recipient as usize];
                        assert!(usize::from(recipient.wave) < run.opened.len());
                    }
                }
                entry.apply(&mut after);
            }
        });
    }

    #[test]
    fn every_running_message_has_a_next_turn_or_waits_for_what_was_handed_over(script in scripts()) {
        super::each_world(&script, |world| {
            for message in world.messages().filter(|message| message.is_running()) {
                let run = message.run.as_ref().unwrap();
                assert!(run.due.is_some() || run.outstanding().next().is_some());
            }
        });
    }
}
