//! The common operating picture: what is going on now, filtered, with counts.

use std::collections::BTreeMap;

use muster_contract::BoundingBox;

use super::{Seen, View};
use crate::domain::RecordRef;
use crate::domain::hazard;
use crate::domain::incident::{Incident, Status};
use crate::domain::signal::Signal;
use muster_contract::alert::Severity;

/// Which part of the picture somebody asks for. What is absent does not narrow it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CopFilter {
    /// Only what lies in or reaches into this box.
    pub bounding_box: Option<BoundingBox>,
    /// Only these kinds of record.
    pub records: Option<Vec<RecordKind>>,
    /// Only incidents of these kinds and of kinds below them.
    pub kinds: Option<Vec<hazard::Kind>>,
    /// Only incidents in these statuses.
    pub statuses: Option<Vec<Status>>,
    /// Only signals of these severities.
    pub severities: Option<Vec<Severity>>,
    /// Only exercises, or only real events.
    pub exercise: Option<bool>,
}

/// A kind of record on the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// Incidents.
    Incident,
    /// Signals.
    Signal,
}

/// A record on the picture.
#[derive(Clone)]
pub enum CopRecord {
    /// An incident.
    Incident(Seen<Incident>),
    /// A signal.
    Signal(Seen<Signal>),
}

/// The picture: its records, incidents first, each kind oldest first.
pub struct Cop {
    /// What is on it.
    pub records: Vec<CopRecord>,
    /// How many of each there are.
    pub counts: CopCounts,
}

/// How many records of each sort are on the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopCounts {
    /// Incidents.
    pub incidents: usize,
    /// Incidents by status.
    pub incidents_by_status: BTreeMap<Status, usize>,
    /// Signals.
    pub signals: usize,
    /// Signals by the severity of their main info.
    pub signals_by_severity: BTreeMap<Severity, usize>,
}

impl CopRecord {
    /// Which record it is.
    #[must_use]
    pub fn reference(&self) -> RecordRef {
        match self {
            Self::Incident(incident) => RecordRef::Incident(incident.id()),
            Self::Signal(signal) => RecordRef::Signal(signal.id()),
        }
    }
}

impl View {
    /// The picture that the viewer may see.
    #[must_use]
    pub fn cop(&self, filter: &CopFilter) -> Cop {
        let mut cop = Cop { records: Vec::new(), counts: CopCounts::default() };
        // A record is compared with the filter before it is wrapped for showing: most are not asked
        // for, and wrapping is what costs.
        if filter.wants(RecordKind::Incident) {
            let asked = self.world().incidents().filter(|incident| filter.holds_incident(incident));
            for incident in asked.filter_map(|i| self.show(RecordRef::Incident(i.id), Some(i))) {
                cop.counts.incidents += 1;
                *cop.counts.incidents_by_status.entry(incident.status()).or_default() += 1;
                cop.records.push(CopRecord::Incident(incident));
            }
        }
        if filter.wants(RecordKind::Signal) {
            let asked = self.world().signals().filter(|signal| filter.holds_signal(signal));
            for signal in asked.filter_map(|s| self.show(RecordRef::Signal(s.id), Some(s))) {
                cop.counts.signals += 1;
                *cop.counts.signals_by_severity.entry(signal.severity()).or_default() += 1;
                cop.records.push(CopRecord::Signal(signal));
            }
        }
        cop
    }

    /// One record, if it is on the picture.
    pub(super) fn on_cop(&self, record: RecordRef, filter: &CopFilter) -> Option<CopRecord> {
        match record {
            RecordRef::Incident(id) if filter.wants(RecordKind::Incident) => {
                let incident = self.world().incident(id).filter(|i| filter.holds_incident(i));
                self.show(record, incident).map(CopRecord::Incident)
            }
            RecordRef::Signal(id) if filter.wants(RecordKind::Signal) => {
                let signal = self.world().signal(id).filter(|s| filter.holds_signal(s));
                self.show(record, signal).map(CopRecord::Signal)
            }
            _ => None,
        }
    }
}

impl CopFilter {
    fn wants(&self, kind: RecordKind) -> bool {
        self.records.as_ref().is_none_or(|kinds| kinds.contains(&kind))
    }

    fn holds_incident(&self, incident: &Incident) -> bool {
        let kind = incident.kind;
        incident.is_live()
            && self.exercise.is_none_or(|exercise| exercise == incident.exercise)
            && self.statuses.as_ref().is_none_or(|wanted| wanted.contains(&incident.status))
            && self.kinds.as_ref().is_none_or(|wanted| wanted.iter().any(|k| kind.is_within(*k)))
            && self.reaches(incident.bounding_box)
    }

    fn holds_signal(&self, signal: &Signal) -> bool {
        signal.is_live()
            && self.exercise.is_none_or(|exercise| exercise == signal.exercise)
            && self.severities.as_ref().is_none_or(|wanted| wanted.contains(&signal.severity()))
            && self.reaches(signal.bounding_box)
    }

    /// Whether a box meets the one asked for. What has no place is on every unbounded picture, and
    /// on no bounded one.
    fn reaches(&self, bounding_box: Option<BoundingBox>) -> bool {
        self.bounding_box.is_none_or(|wanted| bounding_box.is_some_and(|b| wanted.intersects(&b)))
    }
}
