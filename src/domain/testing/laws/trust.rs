//! Commands about who sees what: agreements, markings, adopted policies, broken glass.

use jiff::{SignedDuration, Timestamp};

use super::asks::organizations;
use super::dice::Dice;
use crate::domain::agreement::{
    End, Group, Incidents, PlacePrecision, Propose, Shareable, Sign, Term, Text, TimePrecision,
};
use crate::domain::break_glass::{Break, Mend};
use crate::domain::command::Command;
use crate::domain::hazard;
use crate::domain::ids::Id;
use crate::domain::marking::{Mark, Tlp};
use crate::domain::organization::Organization;
use crate::domain::policies::Adopt;
use crate::domain::reading::{Reading, Record, Way};
use crate::domain::record::RecordRef;
use crate::domain::world::World;

/// A policy that reads, one that does not, and none.
const POLICIES: [&str; 3] = [
    "permit (principal, action == Muster::Action::\"seeStatus\", resource is Muster::Incident);",
    "permit (principal, action, resource) when { resource.colour == \"red\" };",
    "",
];

pub(super) fn trust(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    // It takes two to agree.
    if world.organizations().count() < 2 {
        return organizations(dice, world, now);
    }
    let agreement = dice.one_of(world.agreements().map(|agreement| agreement.id));
    match dice.roll(13) {
        0 | 1 => Propose { text: text(dice, world, now) }.into(),
        2..5 => Sign { agreement }.into(),
        5 => End { agreement, reason: "the exercise is over".to_owned() }.into(),
        6 => Adopt { source: dice.pick(&POLICIES).to_owned() }.into(),
        7 => {
            let (owner, minutes) = (dice.organization(world), dice.pick(&[60, 90, 480, 0]));
            Break { owner, reason: dice.text(), minutes }.into()
        }
        8 | 9 => {
            let break_glass = dice.one_of(world.break_glasses().map(|broken| broken.id));
            Mend { break_glass }.into()
        }
        10 => {
            let record = RecordRef::Incident(dice.incident(world));
            let (owners, way) = (world.owners_of(record), Way::Opened);
            let (principal, organization) = (dice.text(), Some(dice.organization(world)));
            let reading = Reading { principal, organization, owners, record, way, at: now };
            Record { readings: vec![reading; dice.pick(&[1, 2, 3, 0])] }.into()
        }
        _ => {
            let record = match dice.roll(4) {
                0 => RecordRef::Signal(dice.one_of(world.signals().map(|signal| signal.id))),
                1 => RecordRef::Note(dice.one_of(world.notes().map(|note| note.id))),
                2 => RecordRef::Rules,
                _ => RecordRef::Incident(dice.incident(world)),
            };
            Mark { record, tlp: dice.pick(&Tlp::ALL), reason: dice.text() }.into()
        }
    }
}

fn text(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Text {
    let mut parties: Vec<_> = world.organizations().map(|o| o.id).take(2).collect();
    if dice.one_in(6) {
        parties.push(dice.organization(world));
    }
    let hours = |hours| now + SignedDuration::from_hours(hours);
    Text {
        title: "Mutual aid".to_owned(),
        purpose: dice.text(),
        terms: (0..dice.pick(&[1, 2, 1, 0])).map(|_| term(dice, world, &parties)).collect(),
        starts: dice.maybe(|dice| hours(dice.pick(&[-1, 2]))),
        ends: dice.maybe(|dice| hours(dice.pick(&[48, 24, 24, -3]))),
        parties,
    }
}

fn term(dice: &mut Dice<'_>, world: &World, parties: &[Id<Organization>]) -> Term {
    let party = |dice: &mut Dice<'_>| dice.one_of(parties.iter().copied());
    Term {
        // Mostly from one to the other, so that most of it can be signed.
        gives: if dice.one_in(4) {
            vec![party(dice)]
        } else {
            parties.iter().copied().take(1).collect()
        },
        receives: match dice.one_in(4) {
            true => (0..dice.pick(&[1, 2, 2, 0])).map(|_| party(dice)).collect(),
            false => parties.iter().copied().skip(1).collect(),
        },
        records: vec![Shareable::Incident, dice.pick(&[Shareable::Signal, Shareable::Note])],
        incidents: match dice.roll(3) {
            0 => Incidents::All,
            1 => Incidents::Kinds(hazard::Kind::from_code("flood").into_iter().collect()),
            _ => Incidents::These(vec![dice.incident(world)]),
        },
        area: dice.maybe(Dice::area),
        exercise: dice.maybe(|dice| dice.one_in(2)),
        up_to: dice.pick(&[Tlp::Green, Tlp::Amber, Tlp::Amber, Tlp::Red]),
        groups: vec![Group::Identity, dice.pick(&Group::ALL)],
        place: dice.pick(&PlacePrecision::ALL),
        time: dice.pick(&TimePrecision::ALL),
        tells_withheld: dice.one_in(2),
        onward: dice.one_in(2),
        passes_on: dice.one_in(2),
    }
}
