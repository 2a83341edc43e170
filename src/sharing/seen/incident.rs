//! An incident as a viewer sees it.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use muster_contract::BoundingBox;

use super::Seen;
use crate::domain::agreement::{Group, PlacePrecision};
use crate::domain::hazard;
use crate::domain::incident::{Complexity, Incident, Status};
use crate::domain::marking::Marking;
use crate::domain::organization::Organization;
use crate::domain::period::Period;
use crate::domain::place::Location;
use crate::domain::resource::Resource;
use crate::domain::resource_request::ResourceRequest;
use crate::domain::signal::{Attachment, Signal};
use crate::domain::structure::Structure;
use crate::domain::watch::Item;
use crate::domain::world::TimelineItem;
use crate::domain::{Id, RecordRef, World};
use crate::sharing::class::AtWork;
use crate::sharing::precision;

impl Seen<Incident> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Incident> {
        self.record.id
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.record.number
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.record.name
    }

    /// What kind of hazard it is.
    #[must_use]
    pub fn kind(&self) -> hazard::Kind {
        self.record.kind
    }

    /// Whether it is an exercise.
    #[must_use]
    pub fn exercise(&self) -> bool {
        self.record.exercise
    }

    /// Whether it shows on the picture.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.record.is_live()
    }

    /// How far it may go.
    #[must_use]
    pub fn marking(&self) -> Option<&Marking> {
        self.record.marking.as_ref()
    }

    /// Where it stands in its life cycle.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        self.with(Group::Status, self.record.status)
    }

    /// How complex it is.
    #[must_use]
    pub fn complexity(&self) -> Option<&Complexity> {
        self.with(Group::Assessment, self.record.complexity.as_ref()).flatten()
    }

    /// Where it is, as exactly as it is shown.
    #[must_use]
    pub fn location(&self) -> Option<Cow<'_, Location>> {
        let location = &self.record.location;
        Some(match self.decision.place()? {
            PlacePrecision::Exact => Cow::Borrowed(location),
            coarse => Cow::Owned(precision::location(location, coarse)),
        })
    }

    /// The box around its place, as exactly as it is shown.
    #[must_use]
    pub fn bounding_box(&self) -> Option<BoundingBox> {
        let exactness = self.decision.place()?;
        self.record.bounding_box.map(|around| precision::bounding_box(around, exactness))
    }

    /// The organization that decides who sees it.
    #[must_use]
    pub fn owner(&self) -> Option<Seen<Organization>> {
        self.with(Group::Command, self.record.owner())
            .flatten()
            .and_then(|id| self.view.organization(id))
    }

    /// The organization in the lead.
    #[must_use]
    pub fn lead(&self) -> Option<Seen<Organization>> {
        self.with(Group::Command, self.record.lead)
            .flatten()
            .and_then(|id| self.view.organization(id))
    }

    /// The complex that it is a part of.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.with(Group::Links, self.record.parent).flatten().and_then(|id| self.view.incident(id))
    }

    /// The incidents that are parts of it.
    pub fn parts(&self) -> impl Iterator<Item = Self> {
        let parts = self.view.world().parts_of(self.record.id).filter(|_| self.links());
        parts.filter_map(|part| self.view.incident(part.id))
    }

    /// The incident that it is a duplicate of.
    #[must_use]
    pub fn merged_into(&self) -> Option<Self> {
        let into = self.with(Group::Links, self.record.merged_into).flatten();
        into.and_then(|id| self.view.incident(id))
    }

    /// The incidents that were declared duplicates of it.
    pub fn duplicates(&self) -> impl Iterator<Item = Self> {
        let duplicates = self.view.world().duplicates_of(self.record.id).filter(|_| self.links());
        duplicates.filter_map(|duplicate| self.view.incident(duplicate.id))
    }

    /// The resource requests for it and for its duplicates that the viewer sees, oldest first.
    pub fn requests(&self) -> impl DoubleEndedIterator<Item = Seen<ResourceRequest>> {
        let all = self.view.world().requests_standing_for(self.record.id);
        // What was asked for a duplicate is told where the viewer is told that it is one.
        let own = |request: &ResourceRequest| request.incident == self.record.id;
        let told = |request: &ResourceRequest| {
            let duplicate = RecordRef::Incident(request.incident);
            own(request) || self.links() && self.view.sees(duplicate)
        };
        let all = all.into_iter().filter(|request| told(request));
        let seen: Vec<_> =
            all.filter_map(|request| self.view.resource_request(request.id)).collect();
        seen.into_iter()
    }

    /// The rule that opened it.
    #[must_use]
    pub fn opened_by_rule(&self) -> Option<&str> {
        self.with(Group::Source, self.record.opened_by_rule.as_deref()).flatten()
    }

    /// Its command structure, from the moment that somebody assumed command.
    #[must_use]
    pub fn structure(&self) -> Option<Seen<Structure>> {
        self.view.structure_of(self.record.id)
    }

    /// The signals attached to it, oldest first, each with the reason.
    pub fn signals(&self) -> impl Iterator<Item = (Seen<Signal>, &Attachment)> {
        let signals = self.view.world().signals_of(self.record.id).filter(|_| self.links());
        signals.filter_map(|signal| {
            let seen = self.view.signal(signal.id)?;
            Some((seen, signal.attachment(self.record.id)?))
        })
    }

    /// When what is shown of it changed last, as exactly as times are shown: the time of the last
    /// line of its timeline that the viewer sees.
    #[must_use]
    pub fn changed_at(&self) -> Option<Timestamp> {
        let last = self.timeline().next_back().map(|item| item.record.at);
        self.time(last.unwrap_or(self.record.revision.created_at))
    }

    /// The lines of its timeline that the viewer sees, oldest first. A line that tells of a record
    /// goes where that record may be seen; what a resource did here stays with whoever saw it work,
    /// when it has been released and the rest of it is not shown any more.
    pub fn timeline(&self) -> impl DoubleEndedIterator<Item = Seen<TimelineItem>> {
        let shown = self.decision.time().is_some();
        let items = self.view.world().timeline_of(self.record.id).filter(move |_| shown);
        let told = |m: &RecordRef| match m {
            RecordRef::Resource(id) => self.view.sees(*m) || self.saw_at_work(*id),
            _ => self.view.may_tell_of(*m),
        };
        let seen = move |item: &&Arc<TimelineItem>| item.mentions.iter().all(told);
        let items = items.filter(seen);
        items.map(|item| Seen::new(Arc::clone(item), self.decision, self.view.clone()))
    }

    /// Whether the viewer is shown a resource as long as it works here, and it does or did.
    fn saw_at_work(&self, resource: Id<Resource>) -> bool {
        let (view, id) = (&self.view, self.record.id);
        let shown_in = |world: &World| {
            let Some(resource) = world.resource(resource) else { return false };
            let mut commitments = world.as_committed(resource).commitments.iter();
            let worked = commitments.any(|commitment| commitment.incident == id);
            let Some(incident) = world.incident(id).filter(|_| worked) else { return false };
            // Where it was then is not asked: no area of the owner's policies may matter.
            [0, u64::MAX].into_iter().all(|areas| {
                view.decision_in(&AtWork { resource, incident, areas }, world).is_shown()
            })
        };
        shown_in(view.world()) && view.0.today.as_deref().is_none_or(shown_in)
    }

    /// The operational period that runs.
    #[must_use]
    pub fn current_period(&self) -> Option<Seen<Period>> {
        let current = self.view.world().current_period(self.record.id)?;
        self.view.period(current.id).filter(|period| period.state().is_some())
    }

    /// What stands out on it, the most pressing first. An item goes where the record that it is
    /// about may be seen.
    pub fn attention(&self) -> impl Iterator<Item = Seen<Item>> {
        let watch = self.view.world().watch(self.record.id);
        let watch = watch.filter(|_| self.decision.shows(Group::Command));
        let items = watch.into_iter().flat_map(|watch| &watch.items);
        // Who was asked is not told how long it waits for others.
        let told = |item: &&Arc<Item>| match item.record {
            RecordRef::ResourceRequest(id) => {
                self.view.resource_request(id).is_some_and(|request| request.status().is_some())
            }
            record => self.view.may_tell_of(record),
        };
        let items = items.filter(told);
        items.map(|item| Seen::new(Arc::clone(item), self.decision, self.view.clone()))
    }

    fn links(&self) -> bool {
        self.decision.shows(Group::Links)
    }
}
