//! A World as bytes and back, so that a start need not fold the whole log.
//!
//! Only records are written; every index is built again from them. A snapshot can be deleted at
//! any time, because the log holds everything that is in it.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Remembered, TimelineItem, World};
use crate::domain::incident::Incident;
use crate::domain::journal::Note;
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::record::Seq;
use crate::domain::rules::{RuleProblems, RuleSet};
use crate::domain::signal::Signal;
use crate::domain::timer::Timer;

/// A snapshot that cannot be used; the log has to be folded instead.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The bytes are not a World of this release.
    #[error("the snapshot does not fit this release")]
    Unfit(#[from] serde_json::Error),
    /// The rules in it cannot be compiled.
    #[error("the rules in the snapshot cannot be used: {0}")]
    Rules(#[from] RuleProblems),
}

#[derive(Serialize, Deserialize)]
struct Snapshot {
    seq: Seq,
    at: Timestamp,
    organizations: Vec<Arc<Organization>>,
    persons: Vec<Arc<Person>>,
    signals: Vec<Arc<Signal>>,
    incidents: Vec<Arc<Incident>>,
    incident_counts: Vec<(i16, u32)>,
    notes: Vec<Arc<Note>>,
    timeline: Vec<Arc<TimelineItem>>,
    rules: String,
    timers: Vec<Timer>,
    requests: Vec<Arc<Remembered>>,
}

impl World {
    /// The shape of snapshots that this release writes and reads.
    pub const SNAPSHOT_FORMAT: u32 = 1;

    /// The World as bytes.
    ///
    /// # Errors
    /// [`SnapshotError::Unfit`] if a record has no JSON form.
    pub fn to_snapshot(&self) -> Result<Vec<u8>, SnapshotError> {
        let snapshot = Snapshot {
            seq: self.seq,
            at: self.at,
            organizations: self.organizations.values().cloned().collect(),
            persons: self.persons.values().cloned().collect(),
            signals: self.signals.values().cloned().collect(),
            incidents: self.incidents.values().cloned().collect(),
            incident_counts: self.incident_counts.iter().map(|(y, n)| (*y, *n)).collect(),
            notes: self.notes.values().cloned().collect(),
            timeline: self.timeline.values().cloned().collect(),
            rules: self.rules.source().to_owned(),
            timers: self.timers.iter().copied().collect(),
            requests: self.requests.iter().cloned().collect(),
        };
        Ok(serde_json::to_vec(&snapshot)?)
    }

    /// The World from such bytes.
    ///
    /// # Errors
    /// [`SnapshotError`] when another release wrote them; fold the log instead.
    pub fn from_snapshot(bytes: &[u8]) -> Result<Self, SnapshotError> {
        let snapshot: Snapshot = serde_json::from_slice(bytes)?;
        let rules = RuleSet::parse(&snapshot.rules)?;
        let mut world = Self {
            seq: snapshot.seq,
            at: snapshot.at,
            rules: Arc::new(rules),
            timers: snapshot.timers.into_iter().collect(),
            incident_counts: snapshot.incident_counts.into_iter().collect(),
            ..Self::default()
        };
        snapshot.organizations.into_iter().for_each(|o| world.insert_organization(o));
        world.persons = snapshot.persons.into_iter().map(|p| (p.id, p)).collect();
        snapshot.signals.into_iter().for_each(|s| world.insert_signal(s));
        world.incidents = snapshot.incidents.into_iter().map(|i| (i.id, i)).collect();
        let live = world.incidents.values().filter(|incident| incident.is_live());
        world.open_incidents = live.map(|incident| (incident.id, incident.glance())).collect();
        snapshot.notes.into_iter().for_each(|n| world.insert_note(n));
        world.timeline = snapshot.timeline.into_iter().map(|t| ((t.incident, t.seq), t)).collect();
        snapshot.requests.into_iter().for_each(|r| world.requests.insert(r));
        Ok(world)
    }
}
