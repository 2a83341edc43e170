//! Commands about resources, and stories that go deep into them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::asks::{incidents, number_of, organizations};
use super::dice::Dice;
use super::run::Script;
use crate::domain::command::Command;
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::resource::standing::Cause;
use crate::domain::resource::{
    AdjustSupply, AdoptDefinitions, Advance, Amend, Assign, CallPar, Cancel, Capability,
    ChangeStatus, CheckIn, CheckInDetails, Commit, DefinitionRef, Departure, Grouping,
    PlanDeparture, Profile, Register, Release, ReportPar, ReportPosition, Resource, Retire,
    SignBox, SignDemobilization, Stage, StartDemobilization, Status, Tactical,
};
use crate::domain::world::World;

/// An engine, a strike team of engines, and something to count.
const DEFINITIONS: &str = "
- { id: engine, version: 1, name: Engine, discipline: fire, class: equipment, metrics: [
    { code: people, name: Crew, compare: at-least, types: { 1: 4, 2: 3 } } ] }
- { id: team, version: 1, name: Team, discipline: fire, class: teams, grouping: strike-team }
- { id: bags, version: 1, name: Bags, discipline: works, class: supplies, unit: bags }
";

/// Stories that deal with organizations, incidents and above all resources.
pub(super) fn scripts() -> impl Strategy<Value = Script> {
    let resources = number_of(resources);
    let topics = vec![resources, number_of(incidents), resources, resources, resources];
    (Just(topics), proptest::collection::vec(any::<[u8; 32]>(), 40..160))
}

pub(super) fn resources(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    if world.definitions().next().is_none() || dice.one_in(60) {
        let source = dice.pick(&[DEFINITIONS, DEFINITIONS, "- {}"]).to_owned();
        return AdoptDefinitions { source }.into();
    }
    if world.organizations().count() < 2 {
        return organizations(dice, world, now);
    }
    let resource = dice.one_of(world.resources().map(|resource| resource.id));
    match dice.roll(16) {
        0..3 => {
            let held = dice.pick(&[None, None, Some(3), Some(40)]);
            let (owner, exercise) = (Some(dice.organization(world)), dice.one_in(5));
            let profile = profile(dice, world, owner, held.is_some());
            Register { owner, profile, held, exercise }.into()
        }
        3..6 => {
            let (incident, quantity) = (dice.incident(world), dice.pick(&[1, 1, 1, 2, 30]));
            Commit { resource, incident, quantity }.into()
        }
        6..13 => committed(dice, world, now),
        13 => at_home(dice, world, resource, now),
        14 => {
            let status = [
                Status::Available,
                Status::Assigned,
                Status::OutOfService(Cause::Rest),
                Status::OutOfService(Cause::Mechanical),
            ];
            let (to, place) = (dice.pick(&status), dice.maybe(Dice::text));
            let reason = dice.maybe(Dice::text);
            ChangeStatus { resource, to, reason, place, expected_return: None }.into()
        }
        _ => {
            let position = dice.position();
            let at = dice.maybe(|dice| now + SignedDuration::from_mins(dice.pick(&[-2, 0, 9])));
            let (source, asked) = ("AVL".to_owned(), dice.one_in(2));
            ReportPosition { resource, position, at, source, asked }.into()
        }
    }
}

/// What an owner says of what it has.
fn at_home(dice: &mut Dice<'_>, world: &World, resource: Id<Resource>, _: Timestamp) -> Command {
    let known = world.resource(resource);
    match dice.roll(4) {
        0 => Retire { resource, reason: dice.text() }.into(),
        1 => {
            let supplies = world.resources().filter(|resource| resource.supply.is_some());
            let resource = dice.one_of(supplies.map(|resource| resource.id));
            AdjustSupply { resource, held: dice.pick(&[2, 7, 90]), reason: dice.text() }.into()
        }
        _ => {
            let owner = known.map(|resource| resource.owner);
            let supply = known.is_some_and(|resource| resource.supply.is_some());
            Amend { resource, profile: profile(dice, world, owner, supply) }.into()
        }
    }
}

/// A step in the life of a commitment, mostly one that follows from where it stands.
fn committed(dice: &mut Dice<'_>, world: &World, _: Timestamp) -> Command {
    let live: Vec<_> = world
        .resources()
        .flat_map(|r| r.live_commitments().map(|c| (r.id, c.incident, c.number, c.stage)))
        .collect();
    if live.is_empty() {
        return CallPar { incident: dice.incident(world), of: None }.into();
    }
    let (resource, incident, number, stage) = dice.pick(&live);
    let commitment = dice.maybe(|_| number);
    let stage = if dice.one_in(6) { dice.pick(&Stage::ALL) } else { stage };
    match (stage, dice.roll(6)) {
        (_, 0) => par(dice, world, resource, incident),
        (Stage::Committed | Stage::Mobilizing, 1 | 2) => {
            let (to, expected) = (dice.pick(&[Stage::Mobilizing, Stage::EnRoute]), None);
            Advance { resource, incident, commitment, to, expected }.into()
        }
        (Stage::Committed | Stage::Mobilizing | Stage::EnRoute, 3) => {
            Cancel { resource, incident, commitment, reason: dice.text() }.into()
        }
        (Stage::Committed | Stage::Mobilizing | Stage::EnRoute, _) => {
            let (place, people) = ("Staging East".to_owned(), dice.pick(&[4, 0, 20_000]));
            let leader = dice.maybe(Dice::text);
            CheckIn {
                resource,
                incident,
                commitment,
                place,
                people,
                leader,
                details: CheckInDetails::default(),
            }
            .into()
        }
        (Stage::CheckedIn, 1) => {
            let departure = departure(dice);
            PlanDeparture { resource, incident, commitment, departure }.into()
        }
        (Stage::CheckedIn, 2..4) => {
            let to = Tactical { post: None, name: dice.pick(&["Division A", "B", ""]).to_owned() };
            Assign { resource, incident, commitment, to, reason: None }.into()
        }
        (Stage::CheckedIn, _) => {
            let ticked = (0..dice.roll(3)).map(|_| dice.pick(&SignBox::ALL)).collect();
            let departure = dice.maybe(departure);
            StartDemobilization { resource, incident, commitment, ticked, departure }.into()
        }
        (_, 1..4) => {
            let boxes = world.resource(resource).and_then(|r| {
                let here = r.live_commitments().find(|c| c.number == number)?;
                here.demobilization.as_ref()?.missing().next()
            });
            let sign_off = boxes.unwrap_or(SignBox::Other);
            SignDemobilization { resource, incident, commitment, sign_off }.into()
        }
        _ => {
            let returned = dice.maybe(|dice| dice.pick(&[0, 1, 50]));
            Release { resource, incident, commitment, returned }.into()
        }
    }
}

fn departure(dice: &mut Dice<'_>) -> Departure {
    Departure { destination: dice.maybe(Dice::text), ..Departure::default() }
}

fn par(
    dice: &mut Dice<'_>,
    world: &World,
    resource: Id<Resource>,
    incident: Id<Incident>,
) -> Command {
    if world.pars_of(incident).next().is_none() || dice.one_in(4) {
        let of = dice.maybe(|_| Tactical { post: None, name: "Division A".to_owned() });
        return CallPar { incident, of }.into();
    }
    ReportPar { incident, par: None, resource, present: dice.pick(&[4, 3, 0]) }.into()
}

fn profile(
    dice: &mut Dice<'_>,
    world: &World,
    owner: Option<Id<crate::domain::organization::Organization>>,
    supply: bool,
) -> Profile {
    let kind = if supply { "bags" } else { dice.pick(&["engine", "engine", "team", "none"]) };
    let own = world.resources().filter(|r| Some(r.owner) == owner && r.supply.is_none());
    let own: Vec<_> = own.map(|resource| resource.id).collect();
    let is_team = kind == "team";
    let members: Vec<_> = match is_team {
        true => (0..1 + dice.roll(2)).map(|_| dice.one_of(own.iter().copied())).collect(),
        false => Vec::new(),
    };
    let capabilities: Vec<_> = match kind {
        "engine" => vec![("people".to_owned(), Capability::Number(dice.pick(&[4.0, 2.0])))],
        _ => Vec::new(),
    };
    Profile {
        name: dice.text(),
        definition: DefinitionRef { id: kind.to_owned(), version: 1 },
        level: (kind == "engine").then(|| dice.pick(&[1, 2, 3])),
        grouping: if is_team { Grouping::StrikeTeam } else { Grouping::SingleResource },
        leader: members.first().copied(),
        members,
        home: dice.maybe(Dice::location),
        crew: None,
        capabilities: BTreeMap::from_iter(capabilities),
        rates: Vec::new(),
    }
}
