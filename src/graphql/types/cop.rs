//! The common operating picture.

use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject, Union};

use super::codes::{IncidentStatus, OutOfServiceCause, ResourceStatus, Severity};
use super::hazard::parse_kinds;
use super::incident::Incident;
use super::place::BoundingBox;
use super::resource::Resource;
use super::resource_request::{RequestPriority, ResourceRequest};
use super::signal::Signal;
use crate::domain::resource::{Status, standing::Cause};
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
    /// A resource.
    Resource(Resource),
    /// A resource request that goes on.
    ResourceRequest(ResourceRequest),
}

/// The kinds of record on the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "RecordKind")]
pub(crate) enum CopRecordKind {
    /// Incidents.
    Incident,
    /// Signals.
    Signal,
    /// Resources. Asked for by name they are all those whose position is known; else those that are
    /// committed to an incident.
    Resource,
    /// Resource requests.
    Request,
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
    /// Only resources of these kinds, by the id of the definition.
    resource_kinds: Option<Vec<String>>,
    /// Only resources in these statuses.
    resource_statuses: Option<Vec<ResourceStatus>>,
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
            resource_kinds: filter.resource_kinds,
            resource_statuses: filter
                .resource_statuses
                .map(|s| s.into_iter().flat_map(statuses).collect()),
        })
    }
}

impl From<sharing::CopRecord> for CopRecord {
    fn from(record: sharing::CopRecord) -> Self {
        match record {
            sharing::CopRecord::Incident(incident) => Self::Incident(Incident(incident)),
            sharing::CopRecord::Signal(signal) => Self::Signal(Signal(signal)),
            sharing::CopRecord::Resource(resource) => Self::Resource(Resource(resource)),
            sharing::CopRecord::Request(request) => Self::ResourceRequest(ResourceRequest(request)),
        }
    }
}

/// The statuses of the domain that a status of the API stands for.
fn statuses(status: ResourceStatus) -> Vec<Status> {
    match status {
        ResourceStatus::Assigned => vec![Status::Assigned],
        ResourceStatus::Available => vec![Status::Available],
        ResourceStatus::OutOfService => {
            [Cause::Mechanical, Cause::Personnel, Cause::Rest].map(Status::OutOfService).into()
        }
    }
}

/// The picture: every incident that goes on, every signal that counts and every resource that is
/// committed, at one moment.
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
        let by_priority = counts.requests_by_priority.iter();
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
            resources: counts.resources,
            resources_by_status: counts
                .resources_by_status
                .iter()
                .map(|(status, count)| ResourceStatusCount {
                    status: ResourceStatus::of(*status),
                    out_of_service: match status {
                        Status::OutOfService(cause) => Some((*cause).into()),
                        _ => None,
                    },
                    count: *count,
                })
                .collect(),
            requests: counts.requests,
            requests_by_priority: by_priority
                .map(|(priority, n)| PriorityCount { priority: (*priority).into(), count: *n })
                .collect(),
        }
    }

    /// What is on it: incidents, then signals, then resources, each oldest first. `first` may be up to 1000.
    async fn records(&self, first: Option<i32>, after: Option<String>) -> Result<Page<CopRecord>> {
        let paging = Paging::check(first, after.as_deref(), COP_PAGE_DEFAULT, COP_PAGE_MAX)?;
        let cursor = |record: &&sharing::CopRecord| match record {
            sharing::CopRecord::Incident(incident) => Cursor::of_id(incident.id().uuid()),
            sharing::CopRecord::Signal(signal) => Cursor::of_id(signal.id().uuid()).in_group(1),
            sharing::CopRecord::Resource(resource) => {
                Cursor::of_id(resource.id().uuid()).in_group(2)
            }
            sharing::CopRecord::Request(request) => Cursor::of_id(request.id().uuid()).in_group(3),
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
    /// Resources.
    resources: usize,
    /// Resources by status; those that have none are left out.
    resources_by_status: Vec<ResourceStatusCount>,
    /// Resource requests.
    requests: usize,
    /// Resource requests by priority; those that have none are left out.
    requests_by_priority: Vec<PriorityCount>,
}

/// How many requests have a priority.
#[derive(SimpleObject)]
pub(crate) struct PriorityCount {
    /// The priority.
    priority: RequestPriority,
    /// How many.
    count: usize,
}

/// How many incidents have a status.
#[derive(SimpleObject)]
pub(crate) struct StatusCount {
    /// The status.
    status: IncidentStatus,
    /// How many.
    count: usize,
}

/// How many resources have a status.
#[derive(SimpleObject)]
pub(crate) struct ResourceStatusCount {
    /// The status.
    status: ResourceStatus,
    /// Why they are out of service.
    out_of_service: Option<OutOfServiceCause>,
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
