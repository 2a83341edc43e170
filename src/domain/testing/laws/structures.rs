//! Commands about command structures and who is fit for them, and the laws that hold of them.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::CASES;
use super::asks::persons;
use super::dice::Dice;
use super::run::{Script, play};
use crate::domain::account::Create;
use crate::domain::command::Command;
use crate::domain::ids::Id;
use crate::domain::incident::SetParent;
use crate::domain::organization::{self, Organization, Profile};
use crate::domain::person::{self, Person};
use crate::domain::qualification::{
    OnShortfall, RecordQualification, RevokeQualification, SetQualificationPolicy, Status,
};
use crate::domain::reach::Reach;
use crate::domain::structure::{
    AcceptTransfer, ActivateEoc, AssignPost, AssumeCommand, Capacity, CarryOutTransfer, ChangeEoc,
    DeactivateEoc, DeclineTransfer, DefinePosition, Delegate, DissolvePost, EndDelegation,
    JoinCommand, LeaveCommand, Model, MovePost, OpenPost, PlacePart, Post, Power, ProposeJointly,
    ProposeTransfer, RelievePost, SignJointly, Stage, Structure, WithdrawTransfer,
};
use crate::domain::watch::{SetThresholds, Thresholds};
use crate::domain::world::World;

/// Command: assumed, joined, left, handed over.
pub(super) fn command(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    if let Some(first) = ground(dice, world, now) {
        return first;
    }
    let (person, organization) = member(dice, world);
    let waiver = Some("nobody else is there".to_owned()).filter(|_| !dice.one_in(6));
    let structure = structure(dice, world);
    let known = world.structure(structure);
    if world.structures().count() == 0 || dice.one_in(12) {
        let (incident, area) = (dice.incident(world), dice.one_in(3));
        return AssumeCommand { incident, person, organization, area, waiver }.into();
    }
    let reason = "as agreed on the scene".to_owned();
    let open = known.and_then(|s| s.open_transfers().last().map(|transfer| transfer.id));
    let transfer = open.or_else(|| known.and_then(|s| s.transfers.last().map(|t| t.id)));
    let transfer = transfer.unwrap_or_else(|| Id::new(uuid::Uuid::nil()));
    let commanders = known.map_or_else(Vec::new, |s| world.commanding(s));
    let from = commanders.first().map_or(organization, |c| c.organization);
    match dice.roll(16) {
        0 | 1 => JoinCommand { structure, person, organization, reason, waiver }.into(),
        2 => LeaveCommand { structure, organization: from, reason }.into(),
        3..6 => {
            let remarks = dice.maybe(Dice::text);
            ProposeTransfer { structure, from, to: person, organization, reason, remarks, waiver }
                .into()
        }
        6..9 => {
            let ahead = dice.maybe(|dice| dice.pick(&[1, 30, 60 * 23, 60 * 25, -1]));
            let effective = ahead.map(|minutes| now + SignedDuration::from_mins(minutes));
            AcceptTransfer { structure, transfer, effective }.into()
        }
        9 => DeclineTransfer { structure, transfer, reason }.into(),
        10 => WithdrawTransfer { structure, transfer, reason }.into(),
        11 => CarryOutTransfer { structure, transfer }.into(),
        12 => {
            let power = dice.pick(&[Power::Signature, Power::Tactics]);
            Delegate { structure, power, to: organization, reason, until: None }.into()
        }
        13 => {
            let delegations = known.into_iter().flat_map(|s| &s.delegations);
            let delegation = dice.one_of(delegations.map(|delegation| delegation.id));
            EndDelegation { structure, delegation }.into()
        }
        14 => ProposeJointly { structure, what: dice.text() }.into(),
        _ => {
            let decisions = known.into_iter().flat_map(|s| &s.decisions);
            let decision = dice.one_of(decisions.map(|decision| decision.id));
            SignJointly { structure, decision }.into()
        }
    }
}

const CODES: [&str; 10] =
    ["OSC", "DIVS", "OPBD", "PSC", "SOFR", "STL", "THSP", "IC", "HARB", "nothing"];

/// Posts, who holds them, who is fit for them, and centers.
pub(super) fn staffing(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    if let Some(first) = ground(dice, world, now) {
        return first;
    }
    let (structure, post) = (structure(dice, world), post(dice, world));
    let reason = dice.maybe(Dice::text);
    match dice.roll(20) {
        0..4 => {
            let reports_to = dice.maybe(|dice| self::post(dice, world));
            let (position, name) = (dice.pick(&CODES).to_owned(), dice.maybe(Dice::text));
            OpenPost { structure, position, name, reports_to }.into()
        }
        4 => MovePost { post, reports_to: self::post(dice, world), reason }.into(),
        5 | 6 => DissolvePost { post, reason }.into(),
        7 => {
            let complex = world.structure(structure).and_then(|s| s.incident());
            let part = world.incidents().find(|i| complex.is_some() && i.parent == complex);
            match part {
                Some(part) => PlacePart { post, incident: part.id }.into(),
                None => SetParent { incident: dice.incident(world), parent: complex }.into(),
            }
        }
        8..12 => {
            let (person, organization) = member(dice, world);
            let waiver = Some("nobody else is there".to_owned()).filter(|_| !dice.one_in(4));
            let capacities =
                [Capacity::Primary, Capacity::Deputy, Capacity::Trainee, Capacity::Assistant];
            let capacity = dice.pick(&capacities);
            AssignPost { post, person, organization, capacity, reason, waiver }.into()
        }
        12 => {
            let held = world.post(post).and_then(|post| post.held().last());
            let assignment = held.map_or_else(|| Id::new(uuid::Uuid::nil()), |held| held.id);
            RelievePost { post, assignment, reason }.into()
        }
        13 => center(dice, world, structure),
        _ => fitness(dice, world, now),
    }
}

fn fitness(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    let (person, organization) = member(dice, world);
    match dice.roll(6) {
        0 => {
            let qualification = dice.one_of(world.qualifications.keys().copied());
            RevokeQualification { qualification, reason: dice.text() }.into()
        }
        1 if dice.one_in(2) => {
            let span_notice = dice.pick(&[2, 6, 0]);
            let thresholds = Thresholds { span_notice, ..Thresholds::default() };
            SetThresholds { organization, thresholds }.into()
        }
        1 => {
            let on_shortfall = dice.pick(&[OnShortfall::Warn, OnShortfall::Block]);
            SetQualificationPolicy { organization, on_shortfall }.into()
        }
        2 => {
            let code = dice.pick(&["HARB", "OSC", "harb"]).to_owned();
            let reports_to = vec![dice.pick(&["OSC", "IC", "nothing"]).to_owned()];
            let (title, many) = (dice.text(), dice.one_in(2));
            DefinePosition { organization, code, title, reports_to, many }.into()
        }
        3 => {
            let (login, name) = (dice.pick(&["dana", "lee"]).to_owned(), dice.text());
            let scopes = vec![crate::domain::Scope::Write];
            let (organization, person) = (Some(organization), Some(person));
            Create { reach: Reach::Hub, login, name, person, organization, scopes }.into()
        }
        _ => {
            let expires = dice.maybe(|dice| dice.pick(&[30, 9_000, -1]));
            RecordQualification {
                person,
                position: dice.pick(&CODES).to_owned(),
                level: dice.maybe(|dice| dice.pick(&[1, 3, 5, 6])),
                status: dice.pick(&[Status::Trainee, Status::Qualified, Status::Certified]),
                issued: now,
                expires: expires.map(|minutes| now + SignedDuration::from_mins(minutes)),
            }
            .into()
        }
    }
}

fn center(dice: &mut Dice<'_>, world: &World, structure: Id<Structure>) -> Command {
    let (director, organization) = member(dice, world);
    let level = dice.pick(&[3, 2, 1, 4]);
    let reason = "the river rises".to_owned();
    let center = world.structures().rfind(|structure| structure.eoc().is_some());
    let structure = center.map_or(structure, |center| center.id);
    match dice.roll(5) {
        0 => DeactivateEoc { structure, reason }.into(),
        1 | 2 => {
            let supports = dice.maybe(|dice| vec![dice.incident(world)]);
            ChangeEoc { structure, level: Some(level), supports, reason }.into()
        }
        _ => ActivateEoc {
            organization,
            name: dice.text(),
            model: dice.pick(&[Model::EocIncidentSupport, Model::EocIcsLike, Model::Incident]),
            level,
            director,
            supports: vec![dice.incident(world)],
            exercise: dice.one_in(4),
            waiver: Some("nobody else is there".to_owned()),
        }
        .into(),
    }
}

/// What has to be there before anybody can command: organizations, people in them, incidents.
fn ground(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Option<Command> {
    let is_member = |person: &Person| person.memberships.iter().any(|m| m.until.is_none());
    if world.organizations().count() < 2 {
        let code = if world.organizations().count() == 0 { "FD" } else { "EMS" };
        let (code, name, kind) = (code.to_owned(), code.to_owned(), organization::Kind::Fire);
        let profile = Profile { code, name, kind, jurisdiction: None, parents: Vec::new() };
        return Some(organization::Register { profile }.into());
    }
    if world.persons().filter(|person| is_member(person)).count() < 3 {
        let lonely = world.persons().find(|person| !person.forgotten && !is_member(person));
        let Some(lonely) = lonely else {
            return Some(person::Register { name: "Sam Ortiz".to_owned() }.into());
        };
        let organizations: Vec<_> = world.organizations().map(|o| o.id).take(2).collect();
        let (organization, title) = (dice.pick(&organizations), "captain".to_owned());
        return Some(person::Join { person: lonely.id, organization, title }.into());
    }
    if world.incidents().filter(|incident| incident.is_live()).count() < 2 {
        return Some(crate::domain::testing::incident("Mill Street fire").into());
    }
    dice.one_in(16).then(|| persons(dice, world, now))
}

/// A person and mostly an organization that they belong to.
fn member(dice: &mut Dice<'_>, world: &World) -> (Id<Person>, Id<Organization>) {
    let person = dice.one_of(world.persons().map(|person| person.id));
    let joined = world.person(person).and_then(|person| person.memberships.last());
    let organization = joined.map(|membership| membership.organization);
    (person, organization.unwrap_or_else(|| dice.organization(world)))
}

fn structure(dice: &mut Dice<'_>, world: &World) -> Id<Structure> {
    dice.one_of(world.structures().map(|structure| structure.id))
}

fn post(dice: &mut Dice<'_>, world: &World) -> Id<Post> {
    dice.one_of(world.posts().map(|post| post.id))
}

/// Stories about command alone, with what it needs.
pub(super) fn scripts() -> impl Strategy<Value = Script> {
    let topics = Just(vec![9, 10, 9, 10, 4, 5]);
    (topics, proptest::collection::vec(any::<[u8; 32]>(), 0..160))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn command_is_never_nobodys_and_each_agency_has_one_commander(script in scripts()) {
        super::each_world(&script, |world| {
            for structure in world.structures() {
                let commanders = world.commanding(structure);
                assert!(!commanders.is_empty(), "command lapsed");
                let agencies: BTreeSet<_> = commanders.iter().map(|c| c.organization).collect();
                let persons: BTreeSet<_> = commanders.iter().map(|c| c.person).collect();
                assert_eq!(agencies.len(), commanders.len());
                assert_eq!(persons.len(), commanders.len());
                let handed = || structure.open_transfers().filter(|t| !t.joins);
                let open: BTreeSet<_> = handed().map(|t| t.from).collect();
                assert_eq!(open.len(), handed().count());
                assert!(open.iter().all(|from| commanders.contains(from)));
                let asked = || structure.open_transfers().filter(|t| t.joins);
                let agencies: BTreeSet<_> = asked().map(|t| t.to.organization).collect();
                assert_eq!(agencies.len(), asked().count());
            }
        });
    }

    #[test]
    fn the_history_of_command_has_no_gap(script in scripts()) {
        super::each_world(&script, |world| {
            for structure in world.structures() {
                let top = world.post(structure.command).unwrap();
                let mut held: Vec<_> =
                    top.assignments.iter().filter(|a| a.capacity == Capacity::Primary).collect();
                held.sort_by_key(|a| a.from);
                let mut until = Some(structure.revision.created_at);
                for assignment in held {
                    assert!(until.is_none_or(|until| assignment.from <= until), "a gap");
                    let ended = assignment.ended.as_ref().map(|ended| ended.at);
                    until = until.and_then(|until| ended.map(|ended| until.max(ended)));
                }
                assert_eq!(until, None, "somebody holds command now");
            }
        });
    }

    #[test]
    fn every_structure_is_a_tree_with_one_top(script in scripts()) {
        super::each_world(&script, |world| {
            for structure in world.structures() {
                let open: Vec<_> = world.posts_of(structure.id).filter(|p| p.is_live()).collect();
                let tops: Vec<_> = open.iter().filter(|p| p.reports_to.is_none()).collect();
                assert_eq!(tops.len(), 1);
                assert_eq!(tops[0].id, structure.command);
                for post in &open {
                    let above = |id: &Id<Post>| world.post(*id).unwrap().reports_to;
                    let line = std::iter::successors(Some(post.id), above);
                    let line: Vec<_> = line.take(open.len() + 1).collect();
                    assert_eq!(line.last(), Some(&structure.command));
                    let live = line.iter().all(|id| open.iter().any(|post| post.id == *id));
                    assert!(live, "an open post reports to a dissolved one");
                    assert!(world.held_by(post).is_some(), "somebody answers for each post");
                    let primary = post.held_as(Capacity::Primary).count();
                    assert!(primary <= 1 || post.id == structure.command);
                }
                let area = structure.model == Model::Area;
                assert!(!(area && open.iter().any(|post| post.position == "OSC")));
            }
        });
    }

    #[test]
    fn who_commands_changes_only_by_what_says_so(script in scripts()) {
        play(&script, |before, _, logged| {
            let mut after = before.clone();
            for entry in logged {
                let before = after.clone();
                entry.apply(&mut after);
                for structure in before.structures() {
                    let now = after.structure(structure.id).unwrap();
                    let (was, is) = (before.commanding(structure), after.commanding(now));
                    let kind = entry.event.kind();
                    let may = ["transfer.carried-out", "post.assigned", "post.relieved"];
                    assert!(was == is || may.contains(&kind), "{kind}");
                    for transfer in &structure.transfers {
                        let stage = now.transfer(transfer.id).unwrap().stage;
                        assert!(stage == transfer.stage || transfer.stage.can_become(stage));
                        if stage != Stage::CarriedOut || stage == transfer.stage {
                            continue;
                        }
                        // One event takes command from the one and gives it to the other, or to one
                        // more.
                        assert_eq!(is.len(), was.len() + usize::from(transfer.joins));
                        assert!(is.contains(&transfer.to));
                        assert!(transfer.joins || !is.contains(&transfer.from));
                    }
                }
            }
        });
    }
}
