use super::{told, with_defaults, with_rules};
use crate::domain::event::Event;
use crate::domain::incident::{Merge, Status};
use crate::domain::organization::{Kind, Profile, Register};
use crate::domain::place::Location;
use crate::domain::testing::{assert_lawful, id, message, nth};
use muster_contract::MultiPolygon;
use muster_contract::alert::Named;

const OPEN_ALL: &str = "rules: [{name: all, when: 'true', then: open}]";

#[test]
fn a_second_warning_for_the_same_flood_joins_the_incident_and_says_why() {
    let mut story = with_defaults();
    story.must(message("1"));
    let story = story.after(40).when(message("2").at(0.5, 0.5, 1.0)).then(|_, events| {
        insta::assert_snapshot!(told(events), @"attached: its area overlaps incident 2026-00001 Flood Warning, Mill River, both are of the kind flood, 40 minutes apart");
    });
    assert_lawful(&story);
}

#[test]
fn what_is_elsewhere_of_another_kind_too_late_or_next_door_opens_its_own_incident() {
    let mut story = with_rules(OPEN_ALL);
    story.must(message("1"));
    let others = [
        message("2").at(20.0, 20.0, 1.0),
        message("2").event("Tornado Warning", "TOR"),
        message("2").at(1.0, 0.0, 1.0),
        message("2").at(0.99, 0.0, 1.0),
        message("2").exercise(),
        message("2").info(|info| info.areas.clear()),
    ];
    for other in others {
        story
            .clone()
            .when(other)
            .then(|_, events| assert!(told(events).starts_with("opened 2026-00002")));
    }
    let late = message("2").info(|info| info.expires = None);
    story
        .after(24 * 60 + 1)
        .when(late)
        .then(|_, events| assert!(told(events).starts_with("opened")));
}

#[test]
fn a_flash_flood_is_a_kind_of_flood_and_the_same_kind_goes_first() {
    let mut story = with_rules(OPEN_ALL);
    story.must(message("1"));
    story.must(message("2").event("Flash Flood Warning", "FFW").at(0.2, 0.2, 0.2));
    let rules = "rules: [{name: same, when: 'true', then: open, correlate: {kind: same}}]";
    story.must(super::Adopt { source: rules.to_owned() });
    story.must(message("3").event("Flash Flood Warning", "FFW").at(0.2, 0.2, 0.2));
    story.must(super::Adopt { source: OPEN_ALL.to_owned() });
    story.clone().when(message("4").event("Flash Flood Warning", "FFW").at(0.2, 0.2, 0.2)).then(
        |_, events| {
            insta::assert_snapshot!(told(events), @"attached: its area overlaps incident 2026-00002 Flash Flood Warning, Mill River, both are of the kind flash flood, less than a minute apart");
        },
    );
}

#[test]
fn an_update_rule_moves_the_perimeter_and_an_attach_rule_does_not() {
    for (then, moves) in [("update", true), ("attach", false)] {
        let mut story = with_rules(OPEN_ALL);
        story.must(message("1"));
        let rules = format!("rules: [{{name: more, when: 'true', then: {then}}}]");
        story.must(super::Adopt { source: rules });
        let story = story.when(message("2").at(0.5, 0.5, 1.0)).then(|_, events| {
            let located = events.iter().any(|event| matches!(event, Event::IncidentLocated(_)));
            assert_eq!(located, moves);
        });
        story.when(message("3").at(50.0, 50.0, 1.0)).then(|_, events| {
            assert_eq!(
                told(events),
                "nothing",
                "without an incident there is nothing to attach to"
            );
        });
    }
}

#[test]
fn a_signal_that_fits_a_duplicate_goes_to_the_survivor() {
    let mut story = with_rules(OPEN_ALL);
    story.must(message("1"));
    story.must(message("2").at(20.0, 20.0, 1.0));
    story.must(Merge { incident: nth(3, 1), into: nth(2, 1), reason: "one river".into() });
    let story = story.when(message("3").at(20.0, 20.0, 1.0).updates(&["2"])).then(|_, events| {
        insta::assert_snapshot!(told(events), @r#"
    attached: it updates message 2, which belongs to incident 2026-00001 Flood Warning, Mill River
    ended: superseded
    "#);
    });
    assert_lawful(&story);
}

#[test]
fn the_smallest_jurisdiction_of_the_right_kind_leads() {
    let place = |m: crate::domain::testing::Message| MultiPolygon {
        polygons: m.0.infos[0].areas[0].polygons.clone(),
    };
    let organization = |code: &str, kind, side: f64| Register {
        profile: Profile {
            code: code.to_owned(),
            name: code.to_owned(),
            kind,
            jurisdiction: Some(place(message("x").at(0.0, 0.0, side))),
            parents: Vec::new(),
        },
    };
    let rules = "
rules:
  - name: all
    when: 'true'
    then: open
    incident:
      status: active
      complexity: { type: 3, reason: it is wide }
      lead: { by-jurisdiction: [emergency-management, government] }
";
    let mut story = with_rules(rules);
    story.must(organization("STATE", Kind::Government, 9.0));
    story.must(organization("COUNTY", Kind::EmergencyManagement, 3.0));
    story.must(organization("HFD", Kind::Fire, 2.0));
    story.when(message("1")).then(|story, _| {
        let incident = story.world.incidents().next().unwrap();
        assert_eq!(incident.lead, Some(id(3)));
        assert_eq!(incident.status, Status::Active);
        assert_eq!(incident.complexity.as_ref().unwrap().by, "rule `all`");
        assert_eq!(incident.location.name.as_deref(), Some("Mill River"));
        assert_ne!(incident.location, Location::default());
    });
}

#[test]
fn a_rule_that_cannot_be_evaluated_neither_holds_nor_goes_unnoticed() {
    let broken = "info.parameters[\"level\"][0] == \"high\"";
    let rules = format!("rules:\n  - name: broken\n    when: '{broken}'\n    then: open\n");
    with_rules(&rules).when(message("1")).then(|_, events| {
        insta::assert_snapshot!(told(events), @"suggested a new incident by broken: rule `broken` could not be evaluated: No such key: level");
    });
    let rules = format!("{rules}  - name: all\n    when: 'true'\n    then: open\n");
    with_rules(&rules).when(message("1")).then(|_, events| {
        insta::assert_snapshot!(told(events), @r#"
    opened 2026-00001 “Flood Warning, Mill River” flood reported by all
    attached: rule `all` opened the incident from this message (rule `broken` could not be evaluated: No such key: level)
    "#);
    });
}

#[test]
fn a_senders_braces_stay_what_they_are() {
    let story = with_rules(OPEN_ALL).when(message("1").event("{area} {event}", "FLW"));
    story.then(|story, _| {
        assert_eq!(story.world.incidents().next().unwrap().name, "{area} {event}, Mill River");
    });
}

#[test]
fn a_message_for_the_ground_of_an_incident_that_was_merged_belongs_to_the_one_it_was_merged_into() {
    let mut story = with_rules(OPEN_ALL);
    story.must(message("1"));
    story.must(message("2").at(5.0, 5.0, 1.0));
    let (first, second) = (nth(2, 1), nth(3, 1));
    story.must(Merge { incident: second, into: first, reason: "one river".to_owned() });
    let third = message("3").from("county").at(5.2, 5.2, 0.5);
    let story = story.when(third).then(|_, events| {
        assert!(told(events).starts_with("attached: its area overlaps incident 2026-00001"));
    });
    assert_lawful(&story);
}

#[test]
fn messages_that_draw_nothing_belong_together_when_they_name_the_same_places() {
    let naming = |identifier: &str, codes: &'static [&'static str]| {
        message(identifier).from(identifier).info(|info| {
            let code = |code: &&str| Named { name: "SAME".to_owned(), value: (*code).to_owned() };
            info.areas[0].polygons.clear();
            info.areas[0].geocodes = codes.iter().map(code).collect();
        })
    };
    let mut story = with_rules(OPEN_ALL);
    story.must(naming("watch", &["006029", "006107"]));
    let story = story.when(naming("warning", &["006107", "006031"])).then(|_, events| {
        assert!(told(events).starts_with("attached: it names places of incident 2026-00001"));
    });
    let mut story = story;
    story.must(naming("elsewhere", &["048201"]));
    assert_eq!(story.world.incidents().count(), 2);
    assert_lawful(&story);
}
