use super::*;
use crate::domain::agreement::Group;
use crate::domain::{Refusal, World};
use crate::scenario::Rehearsal;
use crate::sharing::{Sharing, Viewer};

const SHIPPED: [(&str, &str); 3] = [
    ("river-flood", include_str!("../../../ops/scenarios/river-flood.yaml")),
    ("wildfire", include_str!("../../../ops/scenarios/wildfire.yaml")),
    ("water-cyber", include_str!("../../../ops/scenarios/water-cyber.yaml")),
];

fn began() -> Timestamp {
    "2026-04-18T13:00:00Z".parse().unwrap()
}

/// The World after the scenario under these rules, and the refusals on the way by line.
fn play(text: &str, speed: Speed, rules: &str) -> (World, Vec<(u64, Refusal)>) {
    let scenario = Arc::new(Scenario::parse(text).unwrap_or_else(|mistakes| panic!("{mistakes}")));
    let Rehearsal { world, refusals, .. } = scenario.play_at_once(began(), speed, rules);
    (world, refusals)
}

#[test]
fn every_step_of_the_shipped_scenarios_is_accepted() {
    for (name, text) in SHIPPED {
        for speed in [Speed::default(), Speed(60.0)] {
            let (world, refusals) = play(text, speed, "");
            let said =
                refusals.iter().map(|(line, refusal)| format!("{name} line {line}: {refusal}"));
            assert_eq!(said.collect::<Vec<_>>().join("\n"), "");
            assert!(world.incidents().all(|i| i.exercise && i.name.starts_with(MARK)), "{name}");
            assert!(
                world.signals().all(|s| s.exercise && s.headline().starts_with(MARK)),
                "{name}"
            );
            assert!(world.resources().all(|resource| resource.exercise), "{name}");
        }
    }
}

#[test]
fn the_shipped_rules_at_most_do_what_a_step_would_have_done() {
    for (name, text) in SHIPPED {
        let scenario = Arc::new(Scenario::parse(text).unwrap());
        let world =
            scenario.rehearse(began(), Speed(60.0)).unwrap_or_else(|m| panic!("{name}: {m}"));
        assert!(world.incidents().all(|i| i.exercise && i.name.contains(MARK)), "{name}");
    }
}

#[test]
fn each_agency_of_the_flood_is_shown_what_was_agreed_on() {
    let (_, text) = SHIPPED[0];
    let (world, _) = play(text, Speed(60.0), "");
    let (world, sharing) = (Arc::new(world), Sharing::default());
    let flood = world.incidents().find(|i| i.name.ends_with("Tamarack River flood")).unwrap().id;
    let line = |organization: &Arc<Organization>| {
        let viewer = Arc::new(Viewer::of_organization(organization.id));
        let view = sharing.view(Arc::clone(&world), &viewer, world.at());
        let seen = view.incident(flood).expect("all are shown that there is a flood");
        let status = if seen.status().is_some() { "status" } else { "no status" };
        let why = view.explain(RecordRef::Incident(flood));
        let place = why.into_iter().find(|why| why.group == Group::Place).unwrap().sentence();
        let (incidents, notes) = (view.incidents().count(), view.notes_of(flood).count());
        let code = &organization.profile.code;
        format!(
            "{code}: {incidents} incidents; of the flood {notes} notes, {status}, place {place}"
        )
    };
    let lines: Vec<_> = world.organizations().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    WFO: 1 incidents; of the flood 2 notes, status, place shown, because term 1 of the agreement “Weather office and the county” says so
    MCEM: 7 incidents; of the flood 19 notes, status, place shown, because term 1 of the agreement “Merrow County incident command” says so; and it belongs to the viewer's own organization
    HFFD: 7 incidents; of the flood 19 notes, status, place shown, because term 1 of the agreement “Merrow County incident command” says so; and the viewer's organization is in command of it, or was asked to be
    MCSO: 7 incidents; of the flood 19 notes, status, place shown, because term 1 of the agreement “Merrow County incident command” says so; and the viewer's organization is in command of it, or was asked to be
    MEMS: 7 incidents; of the flood 15 notes, status, place shown, because term 1 of the agreement “Merrow County incident command” says so
    SLUKE: 5 incidents; of the flood 1 notes, status, place shown to 1 km, because term 1 of the agreement “Hospitals and the county” says so
    NRMC: 4 incidents; of the flood 1 notes, status, place shown to 1 km, because term 1 of the agreement “Hospitals and the county” says so
    TVEC: 4 incidents; of the flood 2 notes, status, place shown, because term 1 of the agreement “Power and the county” says so
    MCPW: 7 incidents; of the flood 15 notes, status, place shown, because term 1 of the agreement “Merrow County incident command” says so
    TCR: 1 incidents; of the flood 2 notes, no status, place shown to 50 km, because term 1 of the agreement “Relief organizations” says so
    "#);
}

#[test]
fn the_shipped_scenarios_merge_a_duplicate_and_withdraw_an_alert() {
    for (name, text) in SHIPPED {
        let (world, _) = play(text, Speed::default(), "");
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
