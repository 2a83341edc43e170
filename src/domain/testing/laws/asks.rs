//! Commands as they come: sensible and senseless ones, about records that exist and that do not.

use jiff::{SignedDuration, Timestamp};
use muster_contract::alert::{Certainty, MsgType, Severity, Status as AlertStatus, Urgency};

use super::super::message;
use super::admission::{accounts, ways_in};
use super::aid::aid;
use super::audiences::audiences;
use super::dice::Dice;
use super::messages::telling;
use super::planning::planning;
use super::resources::resources;
use super::structures::{command, staffing};
use super::trust::trust;
use crate::domain::command::Command;
use crate::domain::hazard;
use crate::domain::incident::{
    Amend, AssessComplexity, ChangeLead, ChangeStatus, Locate, Merge, Open, Reopen, SetParent,
    Status, Unmerge,
};
use crate::domain::organization::{self, Profile};
use crate::domain::rules::{Adopt, DEFAULT};
use crate::domain::signal::{Attach, Detach};
use crate::domain::world::World;
use crate::domain::{journal, person};

/// What commands can be about. A story that keeps to few topics goes deeper into them.
pub(super) const TOPICS: [Topic; 16] = [
    organizations,
    persons,
    messages,
    links,
    incidents,
    complexes,
    trust,
    accounts,
    ways_in,
    command,
    staffing,
    planning,
    resources,
    aid,
    audiences,
    telling,
];

/// The number of a topic in a script.
pub(super) fn number_of(topic: Topic) -> usize {
    TOPICS.iter().position(|known| std::ptr::fn_addr_eq(*known, topic)).unwrap()
}

/// Makes a command about one topic.
pub(super) type Topic = fn(&mut Dice<'_>, &World, Timestamp) -> Command;

/// Rules that open an incident for every message and are read in no time.
const OPEN_ALL: &str = "rules:\n  - name: All\n    when: info.event != ''\n    then: open\n";

pub(super) fn organizations(dice: &mut Dice<'_>, world: &World, _: Timestamp) -> Command {
    let profile = Profile {
        code: dice.pick(&["FD", "EMS", " PD ", "H1", "H2", ""]).to_owned(),
        name: dice.text(),
        kind: dice.pick(&[organization::Kind::Fire, organization::Kind::EmergencyManagement]),
        jurisdiction: dice.maybe(Dice::area),
        parents: (0..dice.roll(3)).map(|_| dice.organization(world)).collect(),
    };
    if dice.roll(2) == 0 {
        organization::Register { profile }.into()
    } else {
        organization::Amend { organization: dice.organization(world), profile }.into()
    }
}

pub(super) fn persons(dice: &mut Dice<'_>, world: &World, _: Timestamp) -> Command {
    let person = dice.one_of(world.persons().map(|person| person.id));
    let organization = dice.organization(world);
    match dice.roll(10) {
        0 => person::Register { name: dice.text() }.into(),
        1..4 => person::Join { person, organization, title: dice.text() }.into(),
        4..7 => {
            let joined = world.person(person).and_then(|person| person.memberships.last());
            let organization = joined.map_or(organization, |membership| membership.organization);
            person::Leave { person, organization }.into()
        }
        7 | 8 => {
            let sealed = "5e".repeat(dice.pick(&[16, 16, 9_000]));
            person::SealContact { person, sealed, fingerprint: "7".to_owned(), reachability: None }
                .into()
        }
        _ => person::Forget { person }.into(),
    }
}

fn messages(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    // A deadline that falls due comes in between, too early at times.
    if dice.one_in(5)
        && let Some(timer) = world.timers().next()
    {
        return timer.command();
    }
    const NAMES: [&str; 8] = ["1", "2", "3", "4", "5", "6", "7", "8"];
    let events = [("Flood Warning", "FLW"), ("Flash Flood Warning", "FFW"), ("Fire", "FRW")];
    let (event, code) = dice.pick(&events);
    let position = dice.position();
    let message = message(dice.pick(&NAMES))
        .event(event, code)
        .at(position.lon, position.lat, dice.pick(&[1.0, 2.0]))
        .grade(
            dice.pick(&[Severity::Severe, Severity::Extreme, Severity::Moderate]),
            dice.pick(&[Certainty::Observed, Certainty::Likely]),
            dice.pick(&[Urgency::Immediate, Urgency::Immediate, Urgency::Past]),
        );
    let life = SignedDuration::from_mins(dice.pick(&[90, 300, 20, -5]));
    let message = message.info(|info| info.expires = Some(now + life));
    let message = if dice.one_in(6) { message.from("stranger") } else { message };
    let earlier = [dice.pick(&NAMES), dice.pick(&NAMES)];
    let message = match dice.roll(6) {
        0..3 => message,
        3 | 4 => message.updates(&earlier[..=dice.roll(2)]),
        _ => message.cancels(&earlier[..=dice.roll(2)]),
    };
    let statuses = [AlertStatus::Actual, AlertStatus::Actual, AlertStatus::Exercise];
    let status = if dice.one_in(16) { AlertStatus::Draft } else { dice.pick(&statuses) };
    let acknowledges = dice.one_in(16);
    let message = message.alert(|alert| {
        alert.status = status;
        if acknowledges {
            alert.msg_type = MsgType::Ack;
        }
    });
    message.into()
}

fn links(dice: &mut Dice<'_>, world: &World, _: Timestamp) -> Command {
    let signal = dice.one_of(world.signals().map(|signal| signal.id));
    let incident = dice.incident(world);
    match dice.roll(8) {
        0..3 => Attach { signal, incident, reason: dice.text() }.into(),
        3..6 => {
            let attached = world.signal(signal).and_then(|signal| signal.attachments.first());
            let incident = attached.map_or(incident, |attachment| attachment.incident);
            Detach { signal, incident, reason: dice.text() }.into()
        }
        6 => {
            let corrects = dice.maybe(|dice| dice.one_of(world.notes().map(|note| note.id)));
            journal::Write { incident, text: dice.text(), log_of: None, corrects, tlp: None }.into()
        }
        _ => {
            let source = dice.pick(&[OPEN_ALL, DEFAULT, "", "rules: [{}]"]);
            Adopt { source: source.to_owned() }.into()
        }
    }
}

pub(super) fn incidents(dice: &mut Dice<'_>, world: &World, _: Timestamp) -> Command {
    let incident = dice.incident(world);
    match dice.roll(12) {
        0 | 1 => {
            let signal = dice.maybe(|dice| dice.one_of(world.signals().map(|signal| signal.id)));
            Open { signal, ..open(dice) }.into()
        }
        2..6 => {
            let reason = dice.maybe(Dice::text);
            ChangeStatus { incident, to: dice.pick(&Status::ALL), reason }.into()
        }
        6 => Reopen { incident, reason: dice.text() }.into(),
        7 => {
            let name = dice.maybe(Dice::text);
            Amend { incident, name, kind: dice.maybe(kind) }.into()
        }
        8 => {
            AssessComplexity { incident, level: dice.pick(&[3, 5, 6]), reason: dice.text() }.into()
        }
        9 | 10 => Locate { incident, location: dice.location() }.into(),
        _ => ChangeLead { incident, lead: dice.organization(world), reason: dice.text() }.into(),
    }
}

fn complexes(dice: &mut Dice<'_>, world: &World, _: Timestamp) -> Command {
    let incident = dice.incident(world);
    match dice.roll(12) {
        0..3 => Open { parent: Some(dice.incident(world)), ..open(dice) }.into(),
        3..6 => SetParent { incident, parent: dice.maybe(|dice| dice.incident(world)) }.into(),
        6..8 => Merge { incident, into: dice.incident(world), reason: dice.text() }.into(),
        8 | 9 => {
            let merged = world.incidents().filter(|incident| incident.merged_into.is_some());
            let incident = dice.one_of(merged.map(|incident| incident.id));
            Unmerge { incident, reason: dice.text() }.into()
        }
        10 => {
            let to = dice.pick(&[Status::Closed, Status::Active]);
            ChangeStatus { incident, to, reason: Some("seen on site".to_owned()) }.into()
        }
        _ => Reopen { incident, reason: dice.text() }.into(),
    }
}

fn open(dice: &mut Dice<'_>) -> Open {
    Open {
        name: dice.text(),
        kind: kind(dice),
        confirmed: dice.roll(2) == 0,
        location: dice.location(),
        complexity: dice.maybe(|dice| (dice.pick(&[4, 5, 0]), dice.text())),
        lead: None,
        parent: None,
        signal: None,
        exercise: dice.one_in(4),
    }
}

fn kind(dice: &mut Dice<'_>) -> hazard::Kind {
    let code = dice.pick(&["flood", "flash-flood", "wildland-fire", "other"]);
    hazard::Kind::from_code(code).unwrap_or(hazard::Kind::OTHER)
}
