//! Making, changing and ending schedules.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Plan, Refused, Schedule};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, SCHEDULES_MAX};
use crate::domain::organization::Organization;
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Makes a schedule of the acting organization.
#[derive(Clone, Debug, Serialize)]
pub struct Make {
    /// How duty goes round.
    pub plan: Plan,
}

/// Replaces how duty goes round, for the past as well; calendars and overrides stay.
#[derive(Clone, Debug, Serialize)]
pub struct Amend {
    /// The schedule.
    pub schedule: Id<Schedule>,
    /// How duty goes round now.
    pub plan: Plan,
}

/// Ends a schedule, for good.
#[derive(Clone, Debug, Serialize)]
pub struct End {
    /// The schedule.
    pub schedule: Id<Schedule>,
}

/// A schedule was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// Its new id.
    pub schedule: Id<Schedule>,
    /// Whose it is.
    pub organization: Id<Organization>,
    /// How duty goes round.
    pub plan: Plan,
}

/// How duty goes round changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amended {
    /// The schedule.
    pub schedule: Id<Schedule>,
    /// How it goes round now.
    pub plan: Plan,
}

/// A schedule was ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// The schedule.
    pub schedule: Id<Schedule>,
}

impl Decide for Make {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let organization = context.by.organization.ok_or(Refused::OrganizationMissing)?;
        let plan = self.plan.checked(world, &[])?;
        let count = world.schedules_of(organization).filter(|schedule| !schedule.ended).count();
        limits::count("schedules", count + 1, SCHEDULES_MAX)?;
        free_name(world, organization, &plan.name, None)?;
        let schedule = context.ids.next();
        let event = Made { schedule, organization, plan };
        Ok(Decision::one(RecordRef::Schedule(schedule), event))
    }
}

impl Decide for Amend {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let known = world.live_schedule(self.schedule)?;
        let plan = self.plan.checked(world, &known.calendars)?;
        if plan == known.plan {
            return Ok(Decision::unchanged(RecordRef::Schedule(known.id)));
        }
        free_name(world, known.organization, &plan.name, Some(known.id))?;
        Ok(Decision::one(RecordRef::Schedule(known.id), Amended { schedule: known.id, plan }))
    }
}

impl Decide for End {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let known = world.schedule(self.schedule).ok_or(Refused::Unknown(self.schedule))?;
        let subject = RecordRef::Schedule(known.id);
        if known.ended {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Ended { schedule: known.id }))
    }
}

fn free_name(
    world: &World,
    organization: Id<Organization>,
    name: &str,
    except: Option<Id<Schedule>>,
) -> Result<(), Refused> {
    let lower = name.to_lowercase();
    let mut live = world.schedules_of(organization).filter(|s| !s.ended && Some(s.id) != except);
    match live.find(|schedule| schedule.plan.name.to_lowercase() == lower) {
        Some(taken) => Err(Refused::NameTaken { name: taken.plan.name.clone() }),
        None => Ok(()),
    }
}

impl Apply for Made {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.insert_schedule(Arc::new(Schedule {
            id: self.schedule,
            organization: self.organization,
            plan: self.plan.clone(),
            calendars: Vec::new(),
            overrides: Vec::new(),
            ended: false,
            revision: Revision::new(stamp),
        }));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Schedule(self.schedule)]
    }
}

impl Apply for Amended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_schedule(self.schedule, stamp, |known| known.plan.clone_from(&self.plan));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Schedule(self.schedule)]
    }
}

impl Apply for Ended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_schedule(self.schedule, stamp, |known| known.ended = true);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Schedule(self.schedule)]
    }
}
