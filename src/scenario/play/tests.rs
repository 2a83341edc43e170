use super::*;
use crate::domain::agreement::{Group, Sign};
use crate::domain::event::Stamp;
use crate::domain::ids::Ids;
use crate::domain::rules::{self, Adopt};
use crate::domain::{Context, Decide as _, Principal, Refusal, World};
use crate::sharing::{Sharing, Viewer};

const SHIPPED: [(&str, &str); 3] = [
    ("river-flood", include_str!("../../../ops/scenarios/river-flood.yaml")),
    ("wildfire", include_str!("../../../ops/scenarios/wildfire.yaml")),
    ("water-cyber", include_str!("../../../ops/scenarios/water-cyber.yaml")),
];

/// A hub of one: asks whether they may, decides and applies at once.
struct Table {
    world: World,
    sharing: Sharing,
    seed: u128,
}

impl Table {
    fn submit(
        &mut self,
        command: &Command,
        principal: &Principal,
        now: Timestamp,
    ) -> Result<RecordRef, Refusal> {
        self.sharing.authorise(principal, command, &self.world, now)?;
        let by = &principal.attribution(&self.world);
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
    let mut table = Table { world: World::default(), sharing: Sharing::default(), seed };
    let hub = Principal::hub();
    let principals = scenario.principals();
    let named = |name: &str| principals.iter().find(|principal| principal.name == name).unwrap();
    table.submit(&Adopt { source: rules.to_owned() }.into(), &hub, began).unwrap();
    for register in scenario.registrations() {
        table.submit(&register.into(), &hub, began).unwrap();
    }
    let organizations = table.world.organizations();
    let organizations = organizations.map(|o| (o.profile.code.clone(), o.id)).collect();
    for proposal in scenario.proposals(&organizations) {
        let mut command = Command::from(proposal.propose);
        for signer in proposal.signers {
            let subject = table.submit(&command, named(&signer.principal), began).unwrap();
            let RecordRef::Agreement(agreement) = subject else { panic!("{subject:?}") };
            command = Sign { agreement }.into();
        }
    }

    let mut player = Player::new(Arc::new(scenario), organizations, began, speed);
    let mut refusals = Vec::new();
    while let Some(now) = player.due() {
        let due = player.next(now).expect("no step of a shipped scenario is passed over");
        match table.submit(&due.command, named(&due.actor.principal), now) {
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
        let said = refusals.iter().map(|(step, refusal)| format!("{name} step {step}: {refusal}"));
        assert_eq!(said.collect::<Vec<_>>(), Vec::<String>::new());
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
fn each_agency_of_the_flood_is_shown_what_was_agreed_on() {
    let (_, text) = SHIPPED[0];
    let (world, _) = play(Scenario::parse(text).unwrap(), Speed(60.0), "");
    let (world, sharing) = (Arc::new(world), Sharing::default());
    let flood = world.incidents().find(|i| i.name.ends_with("Tamarack River flood")).unwrap().id;
    let line = |organization: &Arc<Organization>| {
        let viewer = Arc::new(Viewer::of_organization(organization.id));
        let view = sharing.view(Arc::clone(&world), &viewer, world.at());
        let seen = view.incident(flood).expect("all are shown that there is a flood");
        let status = if seen.status().is_some() { "status" } else { "no status" };
        let why = view.explain(RecordRef::Incident(flood));
        let place = why.into_iter().find(|why| why.group == Group::Place).unwrap().sentence;
        let (incidents, notes) = (view.incidents().count(), view.notes_of(flood).count());
        let code = &organization.profile.code;
        format!(
            "{code}: {incidents} incidents; of the flood {notes} notes, {status}, place {place}"
        )
    };
    let lines: Vec<_> = world.organizations().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    WFO: 1 incidents; of the flood 2 notes, status, place shown, because term 1 of the agreement “Weather office and the county” says so
    MCEM: 7 incidents; of the flood 19 notes, status, place shown, because term 1 of the agreement “Merrow County incident command” says so; and it belongs to the viewer's own organization
    HFFD: 7 incidents; of the flood 15 notes, status, place shown, because term 1 of the agreement “Merrow County incident command” says so
    MCSO: 7 incidents; of the flood 15 notes, status, place shown, because term 1 of the agreement “Merrow County incident command” says so
    MEMS: 7 incidents; of the flood 15 notes, status, place shown, because term 1 of the agreement “Merrow County incident command” says so
    SLUKE: 5 incidents; of the flood 1 notes, status, place shown to 1 km, because term 1 of the agreement “Hospitals and the county” says so
    NRMC: 4 incidents; of the flood 1 notes, status, place shown to 1 km, because term 1 of the agreement “Hospitals and the county” says so
    TVEC: 4 incidents; of the flood 2 notes, status, place shown, because term 1 of the agreement “Power and the county” says so
    MCPW: 7 incidents; of the flood 15 notes, status, place shown, because term 1 of the agreement “Merrow County incident command” says so
    TCR: 1 incidents; of the flood 2 notes, no status, place shown to 50 km, because term 1 of the agreement “Relief organizations” says so
    ");
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
