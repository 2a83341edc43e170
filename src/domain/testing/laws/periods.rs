//! Laws of periods and plans, for whatever is asked in whichever order.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::asks::{TOPICS, Topic, organizations};
use super::planning::planning;
use super::run::{Script, play};
use super::structures::command;
use crate::domain::event::Event;
use crate::domain::ids::Id;
use crate::domain::period::plan::signers;
use crate::domain::period::{Period, State};
use crate::domain::world::World;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn periods_are_contiguous_and_at_most_one_is_current(script in scripts()) {
        let mut ended_with_incident = BTreeSet::new();
        play_each(&script, |world, events| {
            ended_with_incident.extend(events.iter().filter_map(|event| match event {
                Event::PeriodEnded(ended) => Some(ended.period),
                _ => None,
            }));
            for incident in world.incidents() {
                let periods: Vec<_> = world.periods_of(incident.id).collect();
                let count = |state| periods.iter().filter(|period| period.state == state).count();
                assert!(count(State::Current) <= 1 && count(State::Draft) <= 1);
                let begun: Vec<_> =
                    periods.iter().filter(|period| period.state != State::CalledOff).collect();
                for [before, after] in begun.array_windows() {
                    let gap = ended_with_incident.contains(&before.id);
                    assert!(if gap { before.end <= after.start } else { before.end == after.start });
                    assert!(before.state == State::Over || after.state == State::Draft);
                }
                assert!(periods.iter().all(|period| period.start <= period.end));
            }
        });
    }

    #[test]
    fn a_plan_is_in_force_by_all_commanders_and_only_as_they_signed_it(
        script in scripts(),
    ) {
        let mut approved: BTreeMap<(Id<Period>, u32), String> = BTreeMap::new();
        play_each(&script, |world, events| {
            for event in events {
                let Event::PlanSigned(signed) = event else { continue };
                if !signed.approves {
                    continue;
                }
                let period = world.period(signed.period).unwrap();
                let revision = period.plan.iter().find(|r| r.number == signed.revision).unwrap();
                // Approval is the signature of everybody who holds command at that moment, on what
                // is planned at that moment.
                let incident = world.incident(period.incident).unwrap();
                let needed = signers(world, incident).needed;
                let has_signed = |agency: &_| revision.approvals.given.iter().any(|s| s.agency == *agency);
                assert!(!needed.is_empty() && needed.iter().all(has_signed));
                assert_eq!(revision.digest, period.content().digest());
                approved.insert((period.id, revision.number), revision.digest.clone());
            }
            everything_approved_stays(world, &approved);
        });
    }
}

/// Stories about little else than plans.
pub(super) fn scripts() -> impl Strategy<Value = Script> {
    let place =
        |topic: Topic| TOPICS.iter().position(|other| std::ptr::fn_addr_eq(*other, topic)).unwrap();
    let planning = place(planning);
    let topics = vec![place(organizations), place(command), planning, planning, planning, planning];
    (Just(topics), proptest::collection::vec(any::<[u8; 32]>(), 40..120))
}

/// Shows each World of a story with the events that led to it.
fn play_each(script: &Script, mut look: impl FnMut(&World, &[Event])) {
    play(script, |before, _, logged| {
        let mut after = before.clone();
        logged.iter().for_each(|entry| entry.apply(&mut after));
        let events: Vec<_> = logged.iter().map(|entry| entry.event.clone()).collect();
        look(&after, &events);
    });
}

/// What is in force was approved, and is word for word what was signed.
fn everything_approved_stays(world: &World, approved: &BTreeMap<(Id<Period>, u32), String>) {
    for period in world.periods() {
        for revision in &period.plan {
            assert_eq!(revision.content.digest(), revision.digest);
            let known = approved.get(&(period.id, revision.number));
            assert_eq!(revision.approved_at.is_some(), known.is_some());
            assert!(known.is_none_or(|digest| *digest == revision.digest));
        }
    }
}
