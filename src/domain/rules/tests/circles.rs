use muster_contract::Position;

use super::{told, with_rules};
use crate::domain::ids::Id;
use crate::domain::incident::{ChangeStatus, Incident, Open, Status};
use crate::domain::journal::Write;
use crate::domain::organization::{Kind, Organization, Profile, Register};
use crate::domain::signal::{Attach, Detach};
use crate::domain::testing::{Story, assert_lawful, id, incident, message};

const OPEN_ALL: &str = "rules: [{name: all, when: 'true', then: open}]";
const SUGGEST_ALL: &str = "rules: [{name: all, when: 'true', then: suggest}]";

/// Memorial Hospital works on a flood of its own where the messages are about.
fn with_a_flood_of_the_hospital(rules: &str) -> (Story, Id<Organization>, Id<Incident>) {
    let mut story = with_rules(rules);
    let profile = Profile {
        code: "MEM".into(),
        name: "Memorial Hospital".into(),
        kind: Kind::Hospital,
        jurisdiction: None,
        parents: Vec::new(),
    };
    story.must(Register { profile });
    let (hospital, flood) = (id(2), id(3));
    as_organization(&mut story, Some(hospital), |story| {
        let kind = crate::domain::hazard::Kind::from_code("flood").unwrap();
        let mut opens = Open { kind, ..incident("the cellar") };
        opens.location.point = Some(Position { lon: 0.7, lat: 0.7 });
        story.must(opens);
    });
    (story, hospital, flood)
}

fn as_organization(
    story: &mut Story,
    organization: Option<Id<Organization>>,
    asks: impl FnOnce(&mut Story),
) {
    let before = std::mem::replace(&mut story.by.organization, organization);
    asks(story);
    story.by.organization = before;
}

#[test]
fn a_public_message_opens_everybodys_incident_beside_one_of_an_organization() {
    let (mut story, _, flood) = with_a_flood_of_the_hospital(OPEN_ALL);
    let events = story.must(message("1"));
    insta::assert_snapshot!(told(&events), @r"
    opened 2026-00001 “Flood Warning, Mill River” flood reported by all
    attached: rule `all` opened the incident from this message
    attached: its area overlaps incident MEM-2026-00001 the cellar, both are of the kind flood, less than a minute apart
    ");
    assert!(story.world.signals_of(flood).next().is_some(), "the hospital's has it too");
    // The next one finds both.
    let story = story.after(40).when(message("2").at(0.5, 0.5, 1.0)).then(|_, events| {
        insta::assert_snapshot!(told(events), @r"
        attached: its area overlaps incident 2026-00001 Flood Warning, Mill River, both are of the kind flood, 40 minutes apart
        attached: its area overlaps incident MEM-2026-00001 the cellar, both are of the kind flood, 40 minutes apart
        ");
    });
    // What updates one of them belongs to both too.
    let story = story.when(message("3").updates(&["2"])).then(|_, events| {
        insta::assert_snapshot!(told(events), @r"
        attached: it updates message 2, which belongs to incident 2026-00001 Flood Warning, Mill River
        attached: it updates message 2, which belongs to incident MEM-2026-00001 the cellar
        ended: superseded
        ");
    });
    assert_lawful(&story);
}

#[test]
fn a_suggestion_to_everybody_stands_beside_one_to_an_organization() {
    let (mut story, _, flood) = with_a_flood_of_the_hospital(SUGGEST_ALL);
    let events = story.must(message("1"));
    insta::assert_snapshot!(told(&events), @r"
    suggested a new incident by all: rule `all` holds, and no open incident fits
    suggested an incident by all: its area overlaps incident MEM-2026-00001 the cellar, both are of the kind flood, less than a minute apart
    ");
    let signal = story.world.signals().next().unwrap();
    let about: Vec<_> = signal.suggestions.iter().map(|suggestion| suggestion.incident).collect();
    assert_eq!(about, [None, Some(flood)]);
    assert_lawful(&story);
}

#[test]
fn what_an_organization_decided_for_itself_decides_nothing_for_everybody() {
    let (mut story, hospital, flood) =
        with_a_flood_of_the_hospital("rules: [{name: none, when: 'false', then: open}]");
    story.must(message("1"));
    let signal = story.world.signals().next().unwrap().id;
    as_organization(&mut story, Some(hospital), |story| {
        story.must(Attach { signal, incident: flood, reason: "ours".into() });
    });
    story.must(super::Adopt { source: OPEN_ALL.to_owned() });
    story.clone().when(message("2").updates(&["1"])).then(|_, events| {
        insta::assert_snapshot!(told(events), @r"
        opened 2026-00001 “Flood Warning, Mill River” flood reported by all
        attached: rule `all` opened the incident from this message
        attached: it updates message 1, which belongs to incident MEM-2026-00001 the cellar
        ended: superseded
        ");
    });
    as_organization(&mut story, Some(hospital), |story| {
        story.must(Detach { signal, incident: flood, reason: "not ours".into() });
    });
    story.when(message("2").updates(&["1"])).then(|_, events| {
        insta::assert_snapshot!(told(events), @r"
        opened 2026-00001 “Flood Warning, Mill River” flood reported by all
        attached: rule `all` opened the incident from this message
        suggested an incident by all: a person took the message that it updates from incident MEM-2026-00001 the cellar
        ended: superseded
        ");
    });
}

#[test]
fn what_an_organization_wrote_for_itself_neither_keeps_open_nor_refreshes_what_is_everybodys() {
    let mut story = with_rules(OPEN_ALL);
    story.must(message("1").info(|info| info.expires = None));
    let everybodys = story.world.incidents().next().unwrap().id;
    let note = || Write {
        incident: everybodys,
        text: "ours".into(),
        log_of: None,
        corrects: None,
        tlp: None,
    };
    let mut story = story.after(20 * 60);
    as_organization(&mut story, Some(id(9)), |story| {
        story.must(note());
    });
    let soon = message("2").info(|info| info.expires = None);
    story.clone().when(soon).then(|_, events| {
        insta::assert_snapshot!(told(events), @"attached: its area overlaps incident 2026-00001 Flood Warning, Mill River, both are of the kind flood, 20 hours apart");
    });
    // It changed last when it was opened, more than 24 hours ago.
    let late = message("3").info(|info| info.expires = None);
    let story = story.after(5 * 60).when(late).then(|_, events| {
        assert!(told(events).starts_with("opened"), "{}", told(events));
    });
    let story = story.until_due(72 * 60);
    assert_eq!(story.world.incident(everybodys).unwrap().status, Status::Closed);
}

#[test]
fn what_is_confirmed_stays_open_when_its_last_signal_ends() {
    let mut story = with_rules(OPEN_ALL);
    story.must(message("1"));
    let opened = story.world.incidents().next().unwrap().id;
    let confirms = ChangeStatus { incident: opened, to: Status::Active, reason: None };
    story.must(confirms);
    let story = story.until_due(72 * 60);
    assert_eq!(story.world.incident(opened).unwrap().status, Status::Active);
}
