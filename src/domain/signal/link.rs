//! Signals and incidents: put together by rule or by hand, and taken apart without loss.

use serde::{Deserialize, Serialize};

use super::{Attachment, Signal, Suggestion};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{self, REASON_CHARS_MAX};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// Puts a signal to an incident.
#[derive(Clone, Debug, Serialize)]
pub struct Attach {
    /// The signal.
    pub signal: Id<Signal>,
    /// The incident.
    pub incident: Id<Incident>,
    /// Why they belong together.
    pub reason: String,
}

/// A signal was put to an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attached {
    /// The signal.
    pub signal: Id<Signal>,
    /// The incident.
    pub incident: Id<Incident>,
    /// The rule that said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Why they belong together.
    pub reason: String,
}

/// Takes a signal from an incident.
#[derive(Clone, Debug, Serialize)]
pub struct Detach {
    /// The signal.
    pub signal: Id<Signal>,
    /// The incident.
    pub incident: Id<Incident>,
    /// Why they do not belong together.
    pub reason: String,
}

/// A signal was taken from an incident. Both stay as they are otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Detached {
    /// The signal.
    pub signal: Id<Signal>,
    /// The incident.
    pub incident: Id<Incident>,
    /// Why they do not belong together.
    pub reason: String,
}

/// A rule left it to a person what to make of a signal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggested {
    /// The signal.
    pub signal: Id<Signal>,
    /// The incident to attach it to; a new one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<Id<Incident>>,
    /// The rule.
    pub rule: String,
    /// Why.
    pub reason: String,
}

impl Decide for Attach {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { signal, incident, .. } = *self;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let known = world.known_signal(signal)?;
        let target = world.open_incident(incident)?;
        if known.attachment(incident).is_some() {
            return Err(Refusal::SignalAttached { signal, incident });
        }
        if known.exercise != target.exercise {
            return Err(Refusal::ExerciseMixed);
        }
        let event = Attached { signal, incident, rule: None, reason };
        Ok(Decision::one(RecordRef::Signal(signal), event))
    }
}

impl Decide for Detach {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { signal, incident, .. } = *self;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        world.known_incident(incident)?;
        if world.known_signal(signal)?.attachment(incident).is_none() {
            return Err(Refusal::SignalNotAttached { signal, incident });
        }
        Ok(Decision::one(RecordRef::Signal(signal), Detached { signal, incident, reason }))
    }
}

impl Apply for Attached {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(signal) = world.change_signal(self.signal, stamp) else { return };
        signal.detached.retain(|incident| *incident != self.incident);
        signal.attachments.push(Attachment {
            incident: self.incident,
            rule: self.rule.clone(),
            reason: self.reason.clone(),
            since: stamp.at,
        });
        let said = sentence!(
            "SIGNAL_ATTACHED",
            "signal attached: {headline} ({reason})",
            headline = signal.headline(),
            reason = self.reason,
        );
        world.incident_signals.insert((self.incident, self.signal));
        world.change_incident(self.incident, stamp);
        world.chronicle(self.incident, stamp, said, &[RecordRef::Signal(self.signal)]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Signal(self.signal), RecordRef::Incident(self.incident)]
    }
}

impl Apply for Detached {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(signal) = world.change_signal(self.signal, stamp) else { return };
        signal.attachments.retain(|attachment| attachment.incident != self.incident);
        signal.detached.push(self.incident);
        let said = sentence!(
            "SIGNAL_DETACHED",
            "signal detached: {headline} ({reason})",
            headline = signal.headline(),
            reason = self.reason,
        );
        world.incident_signals.remove(&(self.incident, self.signal));
        world.change_incident(self.incident, stamp);
        world.chronicle(self.incident, stamp, said, &[RecordRef::Signal(self.signal)]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Signal(self.signal), RecordRef::Incident(self.incident)]
    }
}

impl Apply for Suggested {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(signal) = world.change_signal(self.signal, stamp) else { return };
        signal.suggestions.push(Suggestion {
            incident: self.incident,
            rule: self.rule.clone(),
            reason: self.reason.clone(),
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Signal(self.signal)]
    }
}
