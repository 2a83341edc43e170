//! Commands about operational periods and their plans.

use jiff::{SignedDuration, Timestamp};

use super::dice::Dice;
use crate::domain::command::Command;
use crate::domain::hazard;
use crate::domain::ids::Id;
use crate::domain::incident::{AssessComplexity, ChangeStatus, Open, Reopen, Status};
use crate::domain::period::assignments::Work;
use crate::domain::period::{
    Adjust, ApprovePlan, AssignWork, Casualties, Channel, CloseObjective, Communications,
    CriticalNeed, DraftPlan, DropWork, HoldMeeting, Horizon, Medical, MeetingKind, Need, Outcome,
    Period, Place, Plan, Priority, RankObjectives, Safety, Section, SetMeetingTemplate,
    SetObjective, Situation, Slot, Start, Summary, WriteSection,
};
use crate::domain::place::Location;
use crate::domain::world::World;

pub(super) fn planning(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    let open: Vec<_> = world.periods().filter(|period| period.is_open()).collect();
    if open.is_empty() || dice.one_in(8) {
        return periods(dice, world, now);
    }
    // Mostly about one that is open, so that most of it is carried out.
    let period = match dice.one_in(16) {
        true => dice.one_of(world.periods().map(|period| period.id)),
        false => dice.pick(&open).id,
    };
    let known = world.period(period);
    match dice.roll(16) {
        0 | 1 => objective(dice, period, known.map(AsRef::as_ref)),
        2 => rank(dice, period, known.map(AsRef::as_ref)),
        3 => {
            let objectives = known.into_iter().flat_map(|period| &period.objectives);
            let objective = dice.one_of(objectives.map(|objective| objective.id));
            let outcome = dice.pick(&[Outcome::Met, Outcome::Dropped]);
            CloseObjective { period, objective, outcome, reason: dice.text() }.into()
        }
        4 => {
            let meeting = dice.pick(&MeetingKind::ALL);
            HoldMeeting { period, meeting, outcome: dice.text() }.into()
        }
        5 | 6 => work(dice, period, known.map(AsRef::as_ref)),
        7 | 8 => section(dice, period, now).into(),
        9 | 10 => DraftPlan { period, oral: dice.one_in(4) }.into(),
        11..14 => {
            let last = known.and_then(|period| period.plan.last());
            let last = last.map_or(1, |last| last.number);
            ApprovePlan { period, revision: dice.pick(&[last, last, last, 1]) }.into()
        }
        14 => Start { period }.into(),
        _ => adjust(dice, period, known.map(AsRef::as_ref)),
    }
}

/// What makes periods come and go.
fn periods(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    let hours = |hours| now + SignedDuration::from_hours(hours);
    let incident = dice.incident(world);
    match dice.roll(8) {
        0..4 if world.incidents().next().is_some() => {
            let start = dice.maybe(|dice| hours(dice.pick(&[0, -1, 12, 24 * 40])));
            Plan { incident, start, end: hours(dice.pick(&[12, 24, 12, 24, 80, -2])) }.into()
        }
        4 => {
            let slot = |dice: &mut Dice<'_>| Slot {
                meeting: dice.pick(&MeetingKind::ALL),
                minutes_before: dice.pick(&[60, 120, 600, 60 * 80]),
            };
            let slots = (0..dice.roll(3)).map(|_| slot(dice)).collect();
            SetMeetingTemplate { organization: dice.organization(world), slots }.into()
        }
        5 => {
            let (to, reason) = (Status::Closed, Some("out".to_owned()));
            ChangeStatus { incident, to, reason }.into()
        }
        6 => Reopen { incident, reason: dice.text() }.into(),
        7 => AssessComplexity { incident, level: dice.pick(&[3, 5]), reason: dice.text() }.into(),
        _ => Open {
            name: dice.text(),
            kind: hazard::Kind::OTHER,
            confirmed: true,
            location: Location { name: Some("Mill Street".to_owned()), ..Location::default() },
            complexity: None,
            lead: None,
            parent: None,
            signal: None,
            exercise: false,
        }
        .into(),
    }
}

fn objective(dice: &mut Dice<'_>, period: Id<Period>, known: Option<&Period>) -> Command {
    let objectives = known.into_iter().flat_map(|period| &period.objectives);
    let objective = dice.one_of(objectives.map(|objective| objective.id));
    let priorities =
        [Priority::LifeSafety, Priority::IncidentStabilization, Priority::PropertyAndEnvironment];
    SetObjective {
        period,
        objective: dice.one_in(3).then_some(objective),
        priority: dice.pick(&priorities),
        text: dice.text(),
        measure: dice.text(),
        deadline: None,
    }
    .into()
}

fn rank(dice: &mut Dice<'_>, period: Id<Period>, known: Option<&Period>) -> Command {
    let objectives = known.into_iter().flat_map(|period| &period.objectives);
    let open = objectives.filter(|objective| objective.closed.is_none());
    let mut order: Vec<_> = open.map(|objective| objective.id).collect();
    order.reverse();
    if dice.one_in(6) {
        order.pop();
    }
    RankObjectives { period, order }.into()
}

fn work(dice: &mut Dice<'_>, period: Id<Period>, known: Option<&Period>) -> Command {
    let assignments = known.into_iter().flat_map(|period| &period.assignments);
    let assignment = dice.one_of(assignments.map(|assignment| assignment.id));
    if dice.one_in(5) {
        return DropWork { period, assignment, over: None }.into();
    }
    let name = dice.pick(&["Division A", "Division B", "division a", " "]).to_owned();
    let channels = (0..dice.pick(&[0, 0, 1, 2])).map(|_| channel(dice)).collect();
    let work = Work {
        place: Place { post: None, name },
        supervisor: dice.maybe(Dice::text),
        resources: Vec::new(),
        reporting: None,
        tasks: dice.text(),
        special_instructions: None,
        channels,
    };
    let over = dice.one_in(9).then(|| "of another".to_owned());
    AssignWork { period, assignment: dice.one_in(3).then_some(assignment), over, work }.into()
}

fn channel(dice: &mut Dice<'_>) -> String {
    dice.pick(&["TAC 1", "TAC 2", "COMMAND"]).to_owned()
}

fn section(dice: &mut Dice<'_>, period: Id<Period>, now: Timestamp) -> WriteSection {
    let section = match dice.roll(6) {
        0 => Section::Situation(Situation {
            emphasis: dice.maybe(Dice::text),
            awareness: dice.maybe(Dice::text),
            site_safety_plan: None,
        }),
        1 => {
            let channel = |name| Channel {
                name,
                function: "tactical".to_owned(),
                receive: Some("155.340".to_owned()),
                ..Channel::default()
            };
            let names = (0..dice.roll(4)).map(|_| self::channel(dice));
            let (channels, instructions) = (names.map(channel).collect(), dice.maybe(Dice::text));
            Section::Communications(Communications { channels, instructions })
        }
        2 => Section::Medical(Medical { procedures: dice.maybe(Dice::text), ..Medical::default() }),
        3 => Section::Safety(Safety { message: dice.maybe(Dice::text), hazards: Vec::new() }),
        4 => {
            let injured = u32::try_from(dice.roll(3)).unwrap_or_default();
            let fatalities = u32::try_from(dice.roll(2)).unwrap_or_default();
            let public = Casualties { injured, fatalities, ..Casualties::default() };
            let need = CriticalNeed {
                within: Horizon::Hours24,
                kind: kind(dice),
                level: None,
                quantity: 2,
                request: None,
                since: now,
            };
            Section::Summary(Summary {
                public,
                confirmed_by: dice.maybe(Dice::text),
                correction: dice.maybe(Dice::text),
                needs: vec![need; dice.roll(2)],
                ..Summary::default()
            })
        }
        _ => {
            let need = Need {
                place: "Division A".to_owned(),
                kind: kind(dice),
                level: dice.maybe(|dice| dice.pick(&[1, 3, 9])),
                required: 3,
                have: 1,
                reporting: None,
                arrival: None,
                overhead: None,
                equipment: None,
                request: None,
                since: now,
                risk: None,
            };
            Section::Needs(vec![need; dice.roll(2)])
        }
    };
    WriteSection { period, over: None, section }
}

/// A kind of resource, mostly one that a definition knows.
fn kind(dice: &mut Dice<'_>) -> String {
    if dice.one_in(4) { dice.text() } else { "engine".to_owned() }
}

fn adjust(dice: &mut Dice<'_>, period: Id<Period>, known: Option<&Period>) -> Command {
    let hours = |at: Timestamp, dice: &mut Dice<'_>| {
        at + SignedDuration::from_hours(dice.pick(&[1, 4, -2, 90]))
    };
    let start = known.filter(|_| dice.one_in(3)).map(|known| hours(known.start, dice));
    let end = known.map(|known| hours(known.end, dice));
    Adjust { period, start, end }.into()
}
