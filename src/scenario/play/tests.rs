use super::*;
use crate::domain::event::Stamp;
use crate::domain::ids::Ids;
use crate::domain::record::Attribution;
use crate::domain::rules::{self, Adopt};
use crate::domain::{Context, Decide as _, Refusal, World};

const SHIPPED: [(&str, &str); 3] = [
    ("river-flood", include_str!("../../../ops/scenarios/river-flood.yaml")),
    ("wildfire", include_str!("../../../ops/scenarios/wildfire.yaml")),
    ("water-cyber", include_str!("../../../ops/scenarios/water-cyber.yaml")),
];

/// A hub of one: decides and applies at once.
struct Table {
    world: World,
    seed: u128,
}

impl Table {
    fn submit(
        &mut self,
        command: &Command,
        by: &Attribution,
        now: Timestamp,
    ) -> Result<RecordRef, Refusal> {
        // UUIDv7 seeds far enough apart that the ids of two commands never meet.
        self.seed += 1 << 70;
        let ids = Ids::from_seed(uuid::Uuid::from_u128(self.seed));
        let context = Context { now, ids, by };
        let decision = command.decide(&self.world, &context)?;
        for event in &decision.events {
            let stamp = Stamp { seq: self.world.seq() + 1, at: now, by };
            self.world.apply(event, &stamp, None);
        }
        Ok(decision.subject)
    }
}

/// The World after the scenario under these rules, and the refusals on the way by step.
fn play(scenario: Scenario, speed: Speed, rules: &str) -> (World, Vec<(usize, Refusal)>) {
    let began: Timestamp = "2026-04-18T13:00:00Z".parse().unwrap();
    let seed = 0x0196_0000_0000_7000_8000_0000_0000_0000;
    let mut table = Table { world: World::default(), seed };
    let by = |principal: String, organization| Attribution {
        principal,
        organization,
        on_behalf_of: None,
    };
    let hub = by("muster".to_owned(), None);
    table.submit(&Adopt { source: rules.to_owned() }.into(), &hub, began).unwrap();
    for register in scenario.registrations() {
        table.submit(&register.into(), &hub, began).unwrap();
    }
    let organizations = table.world.organizations();
    let organizations = organizations.map(|o| (o.profile.code.clone(), o.id)).collect();

    let mut player = Player::new(Arc::new(scenario), organizations, began, speed);
    let mut refusals = Vec::new();
    while let Some(now) = player.due() {
        let due = player.next(now).expect("no step of a shipped scenario is passed over");
        let by = by(due.actor.principal, Some(due.actor.organization));
        match table.submit(&due.command, &by, now) {
            Ok(subject) => player.answered(due.step, subject),
            Err(refusal) => refusals.push((due.step, refusal)),
        }
    }
    (table.world, refusals)
}

#[test]
fn every_step_of_the_shipped_scenarios_is_accepted() {
    for (name, text) in SHIPPED {
        let scenario = Scenario::parse(text).unwrap_or_else(|m| panic!("{name}:\n{m}"));
        let steps = scenario.timeline.len();
        let (world, refusals) = play(scenario, Speed(60.0), "");
        assert_eq!(refusals, [], "{name}");
        assert!(steps >= 60, "{name} has only {steps} steps");
        assert!(world.incidents().all(|i| i.exercise && i.name.starts_with(MARK)), "{name}");
        assert!(world.signals().all(|s| s.exercise && s.headline().starts_with(MARK)), "{name}");
    }
}

#[test]
fn the_shipped_rules_at_most_do_what_a_step_would_have_done() {
    for (name, text) in SHIPPED {
        let scenario = Scenario::parse(text).unwrap();
        let (world, refusals) = play(scenario, Speed(60.0), rules::DEFAULT);
        let done =
            |(_, refusal): &(usize, Refusal)| matches!(refusal, Refusal::SignalAttached { .. });
        assert!(refusals.iter().all(done), "{name}: {refusals:?}");
        assert!(world.incidents().all(|i| i.exercise && i.name.contains(MARK)), "{name}");
    }
}

#[test]
fn the_shipped_scenarios_merge_a_duplicate_and_withdraw_an_alert() {
    for (name, text) in SHIPPED {
        let (world, _) = play(Scenario::parse(text).unwrap(), Speed::default(), "");
        assert!(world.incidents().any(|i| i.merged_into.is_some()), "{name}");
        let ended = |s: &Arc<Signal>| matches!(s.state, signal::State::Ended(end) if end.as_str() == "cancelled");
        assert!(world.signals().any(ended), "{name}");
    }
}

#[test]
fn nothing_falls_due_before_its_time_and_speed_shortens_the_wait() {
    let text = "\
title: Test
description: Two steps
center: [-93.1, 44.3]
organizations:
  - { code: A, name: Alpha, kind: fire, login: ann }
timeline:
  - at: T+00:10:00
    id: mill
    by: A
    do: { open-incident: { name: Mill Street, kind: fire, place: { name: Mill St } } }
  - at: T+00:20:00
    by: A
    do: { note: { incident: mill, text: Smoke } }
";
    let began: Timestamp = "2026-04-18T13:00:00Z".parse().unwrap();
    let organizations = BTreeMap::from([("A".to_owned(), Id::new(uuid::Uuid::max()))]);
    let scenario = Arc::new(Scenario::parse(text).unwrap());
    let mut player = Player::new(scenario, organizations, began, "10".parse().unwrap());
    assert_eq!(player.due().unwrap(), began + SignedDuration::from_secs(60));
    assert!(player.next(began + SignedDuration::from_secs(59)).is_none());
    assert!(player.next(began + SignedDuration::from_secs(60)).is_some());
    // The hub refused the first step, so the second has nothing to be a note of.
    assert!(player.next(began + SignedDuration::from_secs(999)).is_none());
    assert_eq!(player.due(), None);
}

#[test]
fn a_speed_is_a_number_within_bounds() {
    assert_eq!("60".parse(), Ok(Speed(60.0)));
    for text in ["0", "-1", "NaN", "1e9", "fast"] {
        assert!(text.parse::<Speed>().is_err(), "{text}");
    }
}
