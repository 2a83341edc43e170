//! The common operating picture.

use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject, Union};

use super::codes::{IncidentStatus, Severity};
use super::hazard::parse_kinds;
use super::incident::Incident;
use super::place::BoundingBox;
use super::signal::Signal;
use crate::graphql::asked::Asked;
use crate::graphql::limits::{COP_PAGE_DEFAULT, COP_PAGE_MAX};
use crate::graphql::page::{Cursor, Page, Paging};
use crate::graphql::scalars::Sequence;
use crate::sharing::{self, CopFilter, RecordKind, View};

/// A record on the picture.
#[derive(Union, Clone)]
pub(crate) enum CopRecord {
    /// An incident that goes on.
    Incident(Incident),
    /// A signal that counts.
    Signal(Signal),
}

/// The kinds of record on the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "RecordKind")]
pub(crate) enum CopRecordKind {
    /// Incidents.
    Incident,
    /// Signals.
    Signal,
}

/// Which part of the picture is asked for. What is null does not narrow it.
#[derive(InputObject, Default)]
pub(crate) struct CopFilterInput {
    /// Only these kinds of record.
    records: Option<Vec<CopRecordKind>>,
    /// Only incidents of these kinds of hazard, by code, and of kinds below them.
    kinds: Option<Vec<String>>,
    /// Only incidents in these statuses.
    statuses: Option<Vec<IncidentStatus>>,
    /// Only signals of these severities.
    severities: Option<Vec<Severity>>,
    /// Only exercises, or only real events.
    exercise: Option<bool>,
}

impl CopFilterInput {
    /// The filter together with a box.
    pub(in crate::graphql) fn filter(
        filter: Option<Self>,
        bounding_box: Option<BoundingBox>,
    ) -> Result<CopFilter> {
        let filter = filter.unwrap_or_default();
        Ok(CopFilter {
            bounding_box: bounding_box.map(BoundingBox::checked).transpose()?,
            records: filter.records.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            kinds: parse_kinds(filter.kinds.as_deref())?,
            statuses: filter.statuses.map(|s| s.into_iter().map(Into::into).collect()),
            severities: filter.severities.map(|s| s.into_iter().map(Into::into).collect()),
            exercise: filter.exercise,
        })
    }
}

impl From<sharing::CopRecord> for CopRecord {
    fn from(record: sharing::CopRecord) -> Self {
        match record {
            sharing::CopRecord::Incident(incident) => Self::Incident(Incident(incident)),
            sharing::CopRecord::Signal(signal) => Self::Signal(Signal(signal)),
        }
    }
}

/// The picture: every incident that goes on and every signal that counts, at one moment.
pub(crate) struct Cop {
    cop: sharing::Cop,
    moment: Moment,
}

/// Of which moment a picture is.
#[derive(Clone)]
pub(in crate::graphql) enum Moment {
    /// Of now.
    Now,
    /// The one that was named.
    Sequence(Sequence),
    /// A time, which nobody can tell the last entry before without counting those of others.
    Time,
}

impl Cop {
    pub(in crate::graphql) fn new(view: &View, moment: Moment, filter: &CopFilter) -> Self {
        Self { cop: view.cop(filter), moment }
    }

    /// Notes that they looked back at records of others, if it is a picture of the past.
    pub(in crate::graphql) fn note_looking_back(&self, asked: &Asked, view: &View) {
        if !matches!(self.moment, Moment::Now) {
            let (principal, at) = (&asked.principal.name, asked.hub.clock().now());
            let readings = view.looking_back(principal, &self.cop, at);
            readings.into_iter().for_each(|reading| asked.hub.note_reading(reading));
        }
    }
}

#[Object]
impl Cop {
    /// Where your picture stands: the same text until something changes on it, filtered or not.
    /// Follow the picture with `copChanges(after: sequence)`. Null for the picture of a past time.
    async fn sequence(&self, context: &Context<'_>) -> Option<Sequence> {
        match &self.moment {
            Moment::Now => Some(Asked::from(context).position()),
            Moment::Sequence(asked) => Some(asked.clone()),
            Moment::Time => None,
        }
    }

    /// How many of each sort of record are on it, on this page or not.
    async fn counts(&self) -> CopCounts {
        let counts = &self.cop.counts;
        let by_status = counts.incidents_by_status.iter();
        let by_severity = counts.signals_by_severity.iter();
        CopCounts {
            incidents: counts.incidents,
            incidents_by_status: by_status
                .map(|(status, count)| StatusCount { status: (*status).into(), count: *count })
                .collect(),
            signals: counts.signals,
            signals_by_severity: by_severity
                .map(|(severity, n)| SeverityCount { severity: (*severity).into(), count: *n })
                .collect(),
        }
    }

    /// What is on it: incidents before signals, each oldest first. `first` may be up to 1000.
    async fn records(&self, first: Option<i32>, after: Option<String>) -> Result<Page<CopRecord>> {
        let paging = Paging::check(first, after.as_deref(), COP_PAGE_DEFAULT, COP_PAGE_MAX)?;
        let cursor = |record: &&sharing::CopRecord| match record {
            sharing::CopRecord::Incident(incident) => Cursor::of_id(incident.id().uuid()),
            sharing::CopRecord::Signal(signal) => Cursor::of_id(signal.id().uuid()).in_group(1),
        };
        Ok(paging.page(self.cop.records.iter(), cursor, |record| record.clone().into()))
    }
}

/// How many records of each sort are on the picture.
#[derive(SimpleObject)]
pub(crate) struct CopCounts {
    /// Incidents.
    incidents: usize,
    /// Incidents by status; those that have none are left out.
    incidents_by_status: Vec<StatusCount>,
    /// Signals.
    signals: usize,
    /// Signals by severity; those that have none are left out.
    signals_by_severity: Vec<SeverityCount>,
}

/// How many incidents have a status.
#[derive(SimpleObject)]
pub(crate) struct StatusCount {
    /// The status.
    status: IncidentStatus,
    /// How many.
    count: usize,
}

/// How many signals have a severity.
#[derive(SimpleObject)]
pub(crate) struct SeverityCount {
    /// The severity.
    severity: Severity,
    /// How many.
    count: usize,
}
