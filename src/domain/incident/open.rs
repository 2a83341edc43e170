//! An incident begins: by hand, from a signal that a person looked at, or by rule.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Complexity, Incident, Status};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::hazard;
use crate::domain::ids::Id;
use crate::domain::limits::{self, COMPLEX_DEPTH_MAX, NAME_CHARS_MAX, REASON_CHARS_MAX};
use crate::domain::organization::Organization;
use crate::domain::place::Location;
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::signal::{Attached, Signal};
use crate::domain::world::World;

/// Opens an incident.
#[derive(Clone, Debug, Serialize)]
pub struct Open {
    /// What people call it.
    pub name: String,
    /// What kind of hazard it is.
    pub kind: hazard::Kind,
    /// Whether it is confirmed; reported only when false.
    pub confirmed: bool,
    /// Where it is.
    pub location: Location,
    /// How complex it is, with the reason.
    pub complexity: Option<(u8, String)>,
    /// The organization in the lead; the acting one when absent.
    pub lead: Option<Id<Organization>>,
    /// The complex that it is a part of.
    pub parent: Option<Id<Incident>>,
    /// The signal that led to it, which is attached.
    pub signal: Option<Id<Signal>>,
    /// Whether it is an exercise.
    pub exercise: bool,
}

/// An incident was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// The new incident.
    pub incident: Id<Incident>,
    /// Its number.
    pub number: String,
    /// What people call it.
    pub name: String,
    /// What kind of hazard it is.
    pub kind: hazard::Kind,
    /// The status it begins with.
    pub status: Status,
    /// Where it is.
    pub location: Location,
    /// How complex it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complexity: Option<Complexity>,
    /// The organization in the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Id<Organization>>,
    /// The organization that opened it, or whose signal did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_for: Option<Id<Organization>>,
    /// The complex that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id<Incident>>,
    /// Whether it is an exercise.
    pub exercise: bool,
    /// The rule that opened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

impl Decide for Open {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let name = limits::text("name", &self.name, NAME_CHARS_MAX)?;
        let location = self.location.checked()?;
        let complexity = self.complexity.as_ref().map(|(level, reason)| {
            Ok::<_, Refusal>(Complexity {
                level: Complexity::check_level(*level)?,
                by: context.by.principal.clone(),
                reason: limits::text("complexity.reason", reason, REASON_CHARS_MAX)?,
            })
        });

        // Check that what it refers to exists, and that exercise and reality stay apart.
        let lead = self.lead.or(context.by.organization);
        lead.map(|lead| world.known_organization(lead)).transpose()?;
        let parent = self.parent.map(|parent| world.open_incident(parent)).transpose()?;
        let signal = self.signal.map(|signal| world.known_signal(signal)).transpose()?;
        let mixed = parent.is_some_and(|p| p.exercise != self.exercise)
            || signal.is_some_and(|s| s.exercise != self.exercise);
        if mixed {
            return Err(Refusal::ExerciseMixed);
        }
        if let Some(parent) = parent
            && world.complexes_above(parent.id).len() >= COMPLEX_DEPTH_MAX
        {
            let number = world.next_incident_number(lead, context.now);
            return Err(Refusal::ComplexImpossible { number, parent: parent.number.clone() });
        }

        let incident = context.ids.next();
        let opened = Opened {
            incident,
            number: world.next_incident_number(lead, context.now),
            name,
            kind: self.kind,
            status: if self.confirmed { Status::Active } else { Status::Reported },
            location,
            complexity: complexity.transpose()?,
            lead,
            opened_for: context.by.organization,
            parent: self.parent,
            exercise: self.exercise,
            rule: None,
        };
        let mut decision = Decision::one(RecordRef::Incident(incident), opened);
        if let Some(signal) = self.signal {
            let reason = "the incident was opened from this signal".to_owned();
            decision.events.push(Attached { signal, incident, rule: None, reason }.into());
        }
        Ok(decision)
    }
}

impl Apply for Opened {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let incident = Incident {
            id: self.incident,
            number: self.number.clone(),
            name: self.name.clone(),
            kind: self.kind,
            status: self.status,
            complexity: self.complexity.clone(),
            bounding_box: self.location.bounding_box(),
            location: self.location.clone(),
            lead: self.lead,
            opened_for: self.opened_for,
            marking: None,
            parent: self.parent,
            merged_into: None,
            closed: None,
            exercise: self.exercise,
            opened_by_rule: self.rule.clone(),
            revision: Revision::new(stamp),
        };
        world.insert_incident(Arc::new(incident));
        let counted = (self.lead.or(self.opened_for), year(stamp.at));
        *world.incident_counts.entry(counted).or_default() += 1;
        if let Some(parent) = self.parent {
            world.change_incident(parent, stamp);
        }
        let said = match &self.rule {
            None => sentence!("INCIDENT_OPENED", "opened as {status}", status = self.status),
            Some(rule) => sentence!(
                "INCIDENT_OPENED",
                "opened by rule `{rule}` as {status}",
                rule = rule,
                status = self.status,
            ),
        };
        world.chronicle(self.incident, stamp, said, &[]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        let parent = self.parent.map(RecordRef::Incident);
        std::iter::once(RecordRef::Incident(self.incident)).chain(parent).collect()
    }
}

impl World {
    /// The number that the next incident of an organization gets.
    pub(in crate::domain) fn next_incident_number(
        &self,
        of: Option<Id<Organization>>,
        now: jiff::Timestamp,
    ) -> String {
        let year = year(now);
        let before = self.incident_counts.get(&(of, year)).copied().unwrap_or(0);
        let code = of.and_then(|of| self.organization(of)).map(|o| format!("{}-", o.profile.code));
        format!("{}{year}-{:05}", code.unwrap_or_default(), before + 1)
    }
}

fn year(at: jiff::Timestamp) -> i16 {
    at.to_zoned(jiff::tz::TimeZone::UTC).year()
}
