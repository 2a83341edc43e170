//! Standing in: overrides and swaps.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Override, Refused, Schedule, shifts};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{
    self, NAME_CHARS_MAX, OVERRIDE_DAYS_MAX, OVERRIDES_KEPT_DAYS, OVERRIDES_MAX, REASON_CHARS_MAX,
};
use crate::domain::person::Person;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Lets somebody stand in for somebody, come in addition, or not be on call for a while.
#[derive(Clone, Debug, Serialize)]
pub struct AddOverride {
    /// The schedule.
    pub schedule: Id<Schedule>,
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// The rotation or calendar that it is for; all of them when absent.
    pub rotation: Option<String>,
    /// Who is not on call in that time, and would be; nobody when absent.
    pub person_out: Option<Id<Person>>,
    /// Who is on call instead, or in addition; nobody when absent.
    pub person_in: Option<Id<Person>>,
    /// Why.
    pub reason: String,
}

/// Takes an override back.
#[derive(Clone, Debug, Serialize)]
pub struct RemoveOverride {
    /// The schedule.
    pub schedule: Id<Schedule>,
    /// The override.
    pub id: Id<Override>,
}

/// Lets two persons swap: each stands in for the other.
#[derive(Clone, Debug, Serialize)]
pub struct Swap {
    /// The schedule.
    pub schedule: Id<Schedule>,
    /// What one gives.
    pub first: Leg,
    /// What the other gives for it.
    pub second: Leg,
    /// Why.
    pub reason: String,
}

/// One side of a swap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leg {
    /// Who gives it.
    pub person: Id<Person>,
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// In which rotation or calendar; wherever they are on call when absent.
    pub rotation: Option<String>,
}

/// Somebody stands in for somebody; two for each other where they swapped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overridden {
    /// The schedule.
    pub schedule: Id<Schedule>,
    /// Who for whom, when.
    pub overrides: Vec<Override>,
}

/// An override was taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OverrideRemoved {
    /// The schedule.
    pub schedule: Id<Schedule>,
    /// The override.
    pub id: Id<Override>,
}

impl Decide for AddOverride {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let schedule = world.live_schedule(self.schedule)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        if self.person_in == self.person_out {
            return Err(Refused::NobodyStandsIn.into());
        }
        let made = stand_in(world, schedule, self, reason, context)?;
        decided(schedule, vec![made], context)
    }
}

impl Decide for Swap {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let schedule = world.live_schedule(self.schedule)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let (first, second) = (&self.first, &self.second);
        if first.person == second.person {
            return Err(Refused::NobodyStandsIn.into());
        }
        // One after the other, the second of two at the same time would give back what the first
        // took.
        let apart = first.to <= second.from || second.to <= first.from;
        let named = first.rotation.is_some() && second.rotation.is_some();
        let same = !named || first.rotation == second.rotation;
        if !apart && same {
            return Err(Refused::SwapOverlaps.into());
        }
        let side = |gives: &Leg, takes: &Leg| AddOverride {
            schedule: schedule.id,
            from: gives.from,
            to: gives.to,
            rotation: gives.rotation.clone(),
            person_out: Some(gives.person),
            person_in: Some(takes.person),
            reason: String::new(),
        };
        let sides = [side(first, second), side(second, first)];
        let made = sides.iter().map(|s| stand_in(world, schedule, s, reason.clone(), context));
        decided(schedule, made.collect::<Result<_, _>>()?, context)
    }
}

impl Decide for RemoveOverride {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { schedule, id } = *self;
        let known = world.live_schedule(schedule)?;
        if !known.overrides.iter().any(|each| each.id == id) {
            return Err(Refused::OverrideUnknown(id).into());
        }
        Ok(Decision::one(RecordRef::Schedule(schedule), OverrideRemoved { schedule, id }))
    }
}

/// The override that was asked for, if it makes sense on this schedule.
fn stand_in(
    world: &World,
    schedule: &Schedule,
    asked: &AddOverride,
    reason: String,
    context: &Context<'_>,
) -> Result<Override, Refusal> {
    let AddOverride { from, to, person_out, person_in, .. } = *asked;
    let longest = SignedDuration::from_hours(OVERRIDE_DAYS_MAX * 24);
    if from >= to || to.duration_since(from) > longest {
        return Err(Refused::TimesUnusable { from, to, days_max: OVERRIDE_DAYS_MAX }.into());
    }
    let rotation = limits::said("rotation", asked.rotation.as_deref(), NAME_CHARS_MAX)?;
    if let Some(name) = rotation.as_ref().filter(|name| !schedule.has_rotation(name)) {
        return Err(Refused::RotationUnknown { name: name.clone() }.into());
    }
    person_in.map(|person| world.known_person(person)).transpose()?;
    if let Some(person) = person_out {
        world.person(person).ok_or(Refusal::PersonUnknown(person))?;
        let is_meant =
            |rotation_of: &Option<String>| rotation.is_none() || *rotation_of == rotation;
        let on_call = shifts(schedule, from, to);
        if !on_call.iter().any(|duty| duty.person == person && is_meant(&duty.rotation)) {
            return Err(Refused::NotOnCall { person, from, to }.into());
        }
    }
    let (id, by) = (context.ids.next(), context.by.principal.clone());
    Ok(Override { id, from, to, rotation, person_out, person_in, reason, by })
}

fn decided(
    schedule: &Schedule,
    overrides: Vec<Override>,
    context: &Context<'_>,
) -> Result<Decision, Refusal> {
    let kept = schedule.overrides.iter().filter(|each| is_kept(each, context.now)).count();
    limits::count("overrides", kept + overrides.len(), OVERRIDES_MAX)?;
    let event = Overridden { schedule: schedule.id, overrides };
    Ok(Decision::one(RecordRef::Schedule(schedule.id), event))
}

/// Whether an override is recent enough to be shown; older ones stay in the log.
fn is_kept(each: &Override, now: Timestamp) -> bool {
    now.duration_since(each.to) < SignedDuration::from_hours(OVERRIDES_KEPT_DAYS * 24)
}

impl Schedule {
    /// Whether a rotation or an imported calendar is called so.
    fn has_rotation(&self, name: &str) -> bool {
        self.plan.rotations.iter().any(|rotation| rotation.name == name)
            || self.calendars.iter().any(|calendar| calendar.name == name)
    }
}

impl Apply for Overridden {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_schedule(self.schedule, stamp, |schedule| {
            schedule.overrides.retain(|each| is_kept(each, stamp.at));
            schedule.overrides.extend_from_slice(&self.overrides);
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Schedule(self.schedule)]
    }
}

impl Apply for OverrideRemoved {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_schedule(self.schedule, stamp, |schedule| {
            schedule.overrides.retain(|each| each.id != self.id);
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Schedule(self.schedule)]
    }
}
