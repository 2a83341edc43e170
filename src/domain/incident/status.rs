//! The life cycle of an incident.
//!
//! ```text
//!             +----------------------------- reopen ------------------------------+
//!             v                                                                   |
//! reported -> active -> contained -> controlled -> demobilizing ----------------> closed
//!     |        |  ^        |  ^          |                |  ^                     ^
//!     |        |  +--------+  +----------+                |  |                     |
//!     |        +------------- steps may be skipped -------+--+---------------------+
//!     +--- false alarm ------------------------------------------------------------+
//! ```
//!
//! Going forward may skip steps. Going back, and closing, need a reason, because somebody will ask.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Incident;
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Event, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, REASON_CHARS_MAX};
use crate::domain::period;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::structure::Ended;
use crate::domain::world::World;

/// Where an incident stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Somebody says so; nobody has confirmed it.
    Reported,
    /// Confirmed and going on.
    Active,
    /// It cannot spread any further.
    Contained,
    /// What drives it is stopped.
    Controlled,
    /// Resources are being released.
    Demobilizing,
    /// Over.
    Closed,
}

impl Status {
    /// Every status, in the order of the life cycle.
    pub const ALL: [Self; 6] = [
        Self::Reported,
        Self::Active,
        Self::Contained,
        Self::Controlled,
        Self::Demobilizing,
        Self::Closed,
    ];

    /// Whether the life cycle has a step from here to there. Reopening is a command of its own.
    #[must_use]
    pub fn can_become(self, to: Self) -> bool {
        match (self, to) {
            (Self::Closed, _) | (_, Self::Reported) => false,
            (Self::Reported, to) => matches!(to, Self::Active | Self::Closed),
            (from, to) => from != to,
        }
    }

    /// Whether the step wants a reason: going back, or closing.
    #[must_use]
    pub fn needs_reason(self, to: Self) -> bool {
        to < self || to == Self::Closed
    }

    /// The word for people, the same as in the log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Active => "active",
            Self::Contained => "contained",
            Self::Controlled => "controlled",
            Self::Demobilizing => "demobilizing",
            Self::Closed => "closed",
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Moves an incident along its life cycle.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeStatus {
    /// The incident.
    pub incident: Id<Incident>,
    /// Where it stands now.
    pub to: Status,
    /// Why; needed for going back and for closing.
    pub reason: Option<String>,
}

/// Takes up a closed incident again.
#[derive(Clone, Debug, Serialize)]
pub struct Reopen {
    /// The incident.
    pub incident: Id<Incident>,
    /// Why.
    pub reason: String,
}

/// An incident moved along its life cycle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatusChanged {
    /// The incident.
    pub incident: Id<Incident>,
    /// Where it stood.
    pub from: Status,
    /// Where it stands.
    pub to: Status,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Decide for ChangeStatus {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let incident = world.open_incident(self.incident)?;
        let subject = RecordRef::Incident(self.incident);
        let (from, to) = (incident.status, self.to);
        if from == to {
            return Ok(Decision::unchanged(subject));
        }
        if !from.can_become(to) {
            let number = incident.number.clone();
            return Err(Refusal::StatusStepMissing { number, from, to, allowed: steps_from(from) });
        }

        // Check that a reason is given where one is owed.
        let reason = self.reason.as_deref().filter(|r| !r.trim().is_empty());
        if reason.is_none() && from.needs_reason(to) {
            return Err(Refusal::ReasonNeeded { from, to });
        }
        let reason = reason.map(|r| limits::text("reason", r, REASON_CHARS_MAX)).transpose()?;

        // Check that a complex is closed only after its parts. A part that has gone to another
        // organization is that one's to close; its number would tell of what may be hidden here.
        let own = |part: &&Arc<Incident>| part.is_live() && part.owner() == incident.owner();
        if to == Status::Closed
            && let Some(part) = world.parts_of(self.incident).find(own)
        {
            let (number, part) = (incident.number.clone(), part.number.clone());
            return Err(Refusal::PartsOpen { number, part });
        }
        // Nobody is left behind: what is still committed is released or cancelled first.
        if to == Status::Closed {
            world.check_no_resources(incident)?;
            world.check_no_requests(incident)?;
        }
        let changed = StatusChanged { incident: self.incident, from, to, reason };
        let mut decision = Decision::one(subject, changed);
        if to == Status::Closed {
            let ended = period::Ended::with_incident(world, self.incident);
            decision.events.extend(ended.map(Event::from));
        }
        Ok(decision)
    }
}

impl Decide for Reopen {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let incident = world.unmerged_incident(self.incident)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        if incident.status != Status::Closed {
            return Err(Refusal::IncidentNotClosed { number: incident.number.clone() });
        }
        // A part does not come alive inside a complex that is over.
        if let Some(parent) = incident.parent {
            world.open_incident(parent).map_err(|refusal| match world.incident(parent) {
                Some(parent) if parent.owner().is_some() && parent.owner() != incident.owner() => {
                    Refusal::IncidentClosed { number: parent.number_beside(incident) }
                }
                _ => refusal,
            })?;
        }
        let event = StatusChanged {
            incident: self.incident,
            from: Status::Closed,
            to: Status::Active,
            reason: Some(reason),
        };
        Ok(Decision::one(RecordRef::Incident(self.incident), event))
    }
}

impl Apply for StatusChanged {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(incident) = world.change_incident(self.incident, stamp) else { return };
        incident.status = self.to;
        let is_over = self.to == Status::Closed;
        incident.closed = is_over.then(|| Ended::now(stamp, self.reason.as_deref()));
        let said =
            sentence!("INCIDENT_STATUS", "{before} → {after}", before = self.from, after = self.to);
        world.chronicle(self.incident, stamp, said.because(self.reason.as_deref()), &[]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Incident(self.incident)]
    }
}

fn steps_from(from: Status) -> String {
    let steps = Status::ALL.into_iter().filter(|to| from.can_become(*to));
    steps.map(Status::as_str).collect::<Vec<_>>().join(", ")
}
