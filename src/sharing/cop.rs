//! The common operating picture: what is going on now, filtered, with counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use muster_contract::BoundingBox;

use super::atlas::{Atlas, Layer};
use super::{Seen, View, precision};
use crate::domain::hazard;
use crate::domain::incident::{Incident, Status};
use crate::domain::resource::{self, Resource};
use crate::domain::resource_request::{Priority, ResourceRequest};
use crate::domain::signal::Signal;
use crate::domain::{RecordRef, World};
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
    /// Only resources of these kinds, by the id of the definition.
    pub resource_kinds: Option<Vec<String>>,
    /// Only resources in these statuses.
    pub resource_statuses: Option<Vec<resource::Status>>,
}

/// A kind of record on the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// Incidents.
    Incident,
    /// Signals.
    Signal,
    /// Resources.
    Resource,
    /// Resource requests.
    Request,
}

/// A record on the picture.
#[derive(Clone)]
pub enum CopRecord {
    /// An incident.
    Incident(Seen<Incident>),
    /// A signal.
    Signal(Seen<Signal>),
    /// A resource.
    Resource(Seen<Resource>),
    /// A resource request.
    Request(Seen<ResourceRequest>),
}

/// The picture: its records, incidents first, then signals and resources, each kind oldest first.
///
/// Resources are on it while they are committed to an incident that is seen. One that only reports
/// where it is, as a whole fleet may, is on it for those who ask for resources by name.
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
    /// Resources.
    pub resources: usize,
    /// Resources by status.
    pub resources_by_status: BTreeMap<resource::Status, usize>,
    /// Resource requests.
    pub requests: usize,
    /// Resource requests by priority.
    pub requests_by_priority: BTreeMap<Priority, usize>,
}

impl CopRecord {
    /// Which record it is.
    #[must_use]
    pub fn reference(&self) -> RecordRef {
        match self {
            Self::Incident(incident) => RecordRef::Incident(incident.id()),
            Self::Signal(signal) => RecordRef::Signal(signal.id()),
            Self::Resource(resource) => RecordRef::Resource(resource.id()),
            Self::Request(request) => RecordRef::ResourceRequest(request.id()),
        }
    }
}

impl View {
    /// The picture that the viewer may see.
    #[must_use]
    pub fn cop(&self, filter: &CopFilter) -> Cop {
        let mut cop = Cop { records: Vec::new(), counts: CopCounts::default() };
        if filter.wants(RecordKind::Incident) {
            let near = self.candidates(filter, |atlas| &atlas.incidents, World::incidents);
            for incident in near.into_iter().filter_map(|i| self.incident_on(i, filter)) {
                cop.counts.incidents += 1;
                if let Some(status) = incident.status() {
                    *cop.counts.incidents_by_status.entry(status).or_default() += 1;
                }
                cop.records.push(CopRecord::Incident(incident));
            }
        }
        if filter.wants(RecordKind::Signal) {
            let near = self.candidates(filter, |atlas| &atlas.signals, World::signals);
            for signal in near.into_iter().filter_map(|s| self.signal_on(s, filter)) {
                cop.counts.signals += 1;
                if let Some(severity) = signal.severity() {
                    *cop.counts.signals_by_severity.entry(severity).or_default() += 1;
                }
                cop.records.push(CopRecord::Signal(signal));
            }
        }
        if filter.wants(RecordKind::Resource) {
            let near = self.resource_candidates(filter);
            for resource in near.into_iter().filter_map(|r| self.resource_on(r, filter)) {
                cop.counts.resources += 1;
                if let Some(status) = resource.status() {
                    *cop.counts.resources_by_status.entry(status).or_default() += 1;
                }
                cop.records.push(CopRecord::Resource(resource));
            }
        }
        if filter.wants(RecordKind::Request) {
            let near = self.candidates(filter, |atlas| &atlas.requests, World::resource_requests);
            for request in near.into_iter().filter_map(|r| self.request_on(r, filter)) {
                cop.counts.requests += 1;
                *cop.counts.requests_by_priority.entry(request.priority()).or_default() += 1;
                cop.records.push(CopRecord::Request(request));
            }
        }
        cop
    }

    /// The records of a kind that may be on the picture: all of them, or what lies near the box.
    fn candidates<'a, T, A>(
        &'a self,
        filter: &CopFilter,
        layer: impl Fn(&'a Atlas) -> &'a Layer<T>,
        all: impl FnOnce(&'a World) -> A,
    ) -> Vec<&'a Arc<T>>
    where
        A: IntoIterator<Item = &'a Arc<T>>,
    {
        match &filter.bounding_box {
            None => all(self.world()).into_iter().collect(),
            Some(wanted) => layer(self.atlas()).near(wanted).collect(),
        }
    }

    fn resource_candidates(&self, filter: &CopFilter) -> Vec<&Arc<Resource>> {
        if filter.asks_for_resources() {
            return self.candidates(filter, |atlas| &atlas.resources, World::resources);
        }
        self.candidates(filter, |atlas| &atlas.committed, World::committed_resources)
    }

    /// One record, if it is on the picture. Whether it may reach the box is asked first: most are
    /// elsewhere, and to decide what the viewer is shown is what costs.
    pub(crate) fn on_cop(&self, record: RecordRef, filter: &CopFilter) -> Option<CopRecord> {
        let world = self.world();
        match record {
            RecordRef::Incident(id) if filter.wants(RecordKind::Incident) => {
                let incident = world.incident(id).filter(|i| filter.may_reach(i.bounding_box))?;
                self.incident_on(incident, filter).map(CopRecord::Incident)
            }
            RecordRef::Signal(id) if filter.wants(RecordKind::Signal) => {
                let signal = world.signal(id).filter(|s| filter.may_reach(s.bounding_box))?;
                self.signal_on(signal, filter).map(CopRecord::Signal)
            }
            RecordRef::Resource(id) if filter.wants(RecordKind::Resource) => {
                let resource = world.resource(id).filter(|r| filter.may_reach(r.bounding_box()))?;
                self.resource_on(resource, filter).map(CopRecord::Resource)
            }
            RecordRef::ResourceRequest(id) if filter.wants(RecordKind::Request) => {
                let around = |r: &ResourceRequest| r.content.deliver_to.bounding_box();
                let request = world.resource_request(id).filter(|r| filter.may_reach(around(r)))?;
                self.request_on(request, filter).map(CopRecord::Request)
            }
            _ => None,
        }
    }

    /// The incident, if it is on the picture. What does not depend on the viewer is compared
    /// before the record is wrapped for showing: most are not asked for, and wrapping is what costs.
    fn incident_on(&self, incident: &Arc<Incident>, filter: &CopFilter) -> Option<Seen<Incident>> {
        filter.may_hold_incident(incident).then(|| self.show(Some(incident)))?.filter(|seen| {
            filter.reaches(|| seen.bounding_box()) && filter.holds_status(seen.status())
        })
    }

    /// The signal, if it is on the picture. Its severity stands far from it in memory, so that is
    /// looked at last.
    fn signal_on(&self, signal: &Arc<Signal>, filter: &CopFilter) -> Option<Seen<Signal>> {
        filter.may_hold_signal(signal).then(|| self.show(Some(signal)))?.filter(|seen| {
            filter.reaches(|| seen.bounding_box()) && filter.holds_severity(seen.severity())
        })
    }

    /// The resource, if it is on the picture. To find that it is committed to what is seen takes
    /// longest, so that comes last.
    fn resource_on(&self, resource: &Arc<Resource>, filter: &CopFilter) -> Option<Seen<Resource>> {
        filter.may_hold_resource(resource).then(|| self.show(Some(resource)))?.filter(|seen| {
            let located = || filter.asks_for_resources() && seen.position().is_some();
            filter.reaches(|| seen.bounding_box())
                && filter.holds_resource_status(seen.status())
                && (located() || seen.is_committed())
        })
    }
}

impl View {
    /// The request, if it is on the picture.
    fn request_on(
        &self,
        request: &Arc<ResourceRequest>,
        filter: &CopFilter,
    ) -> Option<Seen<ResourceRequest>> {
        filter
            .may_hold_request(request)
            .then(|| self.show(Some(request)))?
            .filter(|seen| filter.reaches(|| seen.bounding_box()))
    }
}

impl CopFilter {
    /// Whether resources are asked for by name, and not only the picture as a whole.
    fn asks_for_resources(&self) -> bool {
        self.records.as_ref().is_some_and(|kinds| kinds.contains(&RecordKind::Resource))
    }

    /// What every viewer of the resource is shown, compared with what is asked for.
    fn may_hold_resource(&self, resource: &Resource) -> bool {
        let kind = &resource.profile.definition.id;
        resource.retired.is_none()
            && self.exercise.is_none_or(|exercise| exercise == resource.exercise)
            && self.resource_kinds.as_ref().is_none_or(|wanted| wanted.contains(kind))
    }

    /// Whether it goes on and is more than a draft, and what every viewer of it is shown.
    fn may_hold_request(&self, request: &ResourceRequest) -> bool {
        request.submission.is_some()
            && self.exercise.is_none_or(|exercise| exercise == request.exercise)
            && request.is_live()
    }

    fn holds_resource_status(&self, status: Option<resource::Status>) -> bool {
        let wanted = self.resource_statuses.as_ref();
        wanted.is_none_or(|wanted| status.is_some_and(|status| wanted.contains(&status)))
    }

    fn wants(&self, kind: RecordKind) -> bool {
        self.records.as_ref().is_none_or(|kinds| kinds.contains(&kind))
    }

    /// What every viewer of the incident is shown, compared with what is asked for.
    fn may_hold_incident(&self, incident: &Incident) -> bool {
        let kind = incident.kind;
        incident.is_live()
            && self.exercise.is_none_or(|exercise| exercise == incident.exercise)
            && self.kinds.as_ref().is_none_or(|wanted| wanted.iter().any(|k| kind.is_within(*k)))
    }

    fn may_hold_signal(&self, signal: &Signal) -> bool {
        signal.is_live() && self.exercise.is_none_or(|exercise| exercise == signal.exercise)
    }

    /// Whether a box may meet the one asked for when it is shown, as coarsely as anybody may be
    /// shown it.
    fn may_reach(&self, around: Option<BoundingBox>) -> bool {
        let meets = |wanted| around.is_some_and(|around| precision::may_reach(around, wanted));
        self.bounding_box.as_ref().is_none_or(meets)
    }

    /// What is withheld answers no question: a filter by status finds no incident whose status is
    /// not shown, or asking for each status in turn would tell it.
    fn holds_status(&self, status: Option<Status>) -> bool {
        let wanted = self.statuses.as_ref();
        wanted.is_none_or(|wanted| status.is_some_and(|status| wanted.contains(&status)))
    }

    fn holds_severity(&self, severity: Option<Severity>) -> bool {
        let wanted = self.severities.as_ref();
        wanted.is_none_or(|wanted| severity.is_some_and(|severity| wanted.contains(&severity)))
    }

    /// Whether a box, as it is shown, meets the one asked for. What has no place is on every
    /// unbounded picture, and on no bounded one.
    fn reaches(&self, shown: impl FnOnce() -> Option<BoundingBox>) -> bool {
        self.bounding_box.is_none_or(|wanted| shown().is_some_and(|b| wanted.intersects(&b)))
    }
}
