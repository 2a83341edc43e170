//! Incidents.

use async_graphql::{ID, Object, Result, SimpleObject};
use jiff::Timestamp;

use super::codes::{FieldGroup, IncidentStatus, Marking};
use super::hazard::HazardKind;
use super::journal::{Note, TimelineItem, log_of, notes_of};
use super::organization::Organization;
use super::period::Period;
use super::place::{BoundingBox, Location};
use super::resource::{Par, Resource};
use super::resource_request::ResourceRequest;
use super::signal::Signal;
use super::structure::Structure;
use super::watch::AttentionItem;
use crate::domain::incident;
use crate::graphql::asked::id;
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::page::{Cursor, Page, Paging};
use crate::sharing::Seen;

/// An event, caused by people or nature, that needs a response to protect life or property.
#[derive(Clone)]
pub(crate) struct Incident(pub(in crate::graphql) Seen<incident::Incident>);

/// How complex an incident is (NIMS), and whose judgement that is.
#[derive(SimpleObject)]
pub(crate) struct Complexity<'a> {
    /// The type: 5 is the least complex, 1 the most.
    #[graphql(name = "type")]
    level: u8,
    /// Who chose it.
    by: &'a str,
    /// Why.
    reason: &'a str,
}

/// A signal that belongs to an incident, and why.
#[derive(SimpleObject)]
pub(crate) struct AttachedSignal {
    /// The signal.
    signal: Signal,
    /// The rule that said so; a person did when null.
    rule: Option<String>,
    /// Why, in a sentence.
    reason: String,
    /// Since when.
    since: Timestamp,
}

#[Object]
impl Incident {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// Its number, unique in the hub: `HFD-2026-00042`, or `2026-00042` for one that a rule opened
    /// for no organization.
    async fn number(&self) -> &str {
        self.0.number()
    }

    /// What people call it.
    async fn name(&self) -> &str {
        self.0.name()
    }

    /// What kind of hazard it is.
    async fn kind(&self) -> HazardKind {
        HazardKind(self.0.kind())
    }

    /// Where it stands in its life cycle; null when that is withheld.
    async fn status(&self) -> Option<IncidentStatus> {
        self.0.status().map(Into::into)
    }

    /// How far it may go (TLP 2.0); null when nobody marked it, which counts as TLP:GREEN.
    async fn marking(&self) -> Option<Marking> {
        self.0.marking().map(|marking| marking.tlp.into())
    }

    /// The groups of fields that are withheld from you, as far as their owner lets you know. What
    /// is withheld is null or empty.
    async fn withheld(&self) -> Vec<FieldGroup> {
        self.0.decision().withheld().into_iter().map(Into::into).collect()
    }

    /// How complex it is; not assessed, or withheld, when null.
    async fn complexity(&self) -> Option<Complexity<'_>> {
        let complexity = self.0.complexity()?;
        Some(Complexity { level: complexity.level, by: &complexity.by, reason: &complexity.reason })
    }

    /// Where it is, as exactly as its owner shows you; null when that is withheld.
    async fn location(&self) -> Option<Location<'_>> {
        self.0.location().map(Location)
    }

    /// The box around its place; null when the place is known by name only.
    async fn bounding_box(&self) -> Option<BoundingBox> {
        self.0.bounding_box().map(Into::into)
    }

    /// The organization that decides who sees it; null when it is everybody's.
    async fn owner(&self) -> Option<Organization> {
        self.0.owner().map(Organization)
    }

    /// The organization in the lead; vacant when null.
    async fn lead(&self) -> Option<Organization> {
        self.0.lead().map(Organization)
    }

    /// The complex that it is a part of.
    async fn parent(&self) -> Option<Self> {
        self.0.parent().map(Self)
    }

    /// The incidents that are parts of it.
    async fn parts(&self) -> Vec<Self> {
        self.0.parts().map(Self).collect()
    }

    /// The incident that it is a duplicate of.
    async fn merged_into(&self) -> Option<Self> {
        self.0.merged_into().map(Self)
    }

    /// The incidents that were declared duplicates of it. Nothing of them is lost.
    async fn duplicates(&self) -> Vec<Self> {
        self.0.duplicates().map(Self).collect()
    }

    /// Whether it is an exercise. This never changes.
    async fn exercise(&self) -> bool {
        self.0.exercise()
    }

    /// Whether it shows on the picture: it is neither closed nor a duplicate.
    async fn live(&self) -> bool {
        self.0.is_live()
    }

    /// The rule that opened it; a person did when null.
    async fn opened_by_rule(&self) -> Option<&str> {
        self.0.opened_by_rule()
    }

    /// Its command structure; null before anybody assumed command.
    async fn structure(&self) -> Option<Structure> {
        self.0.structure().map(Structure)
    }

    /// What stands out and wants somebody's attention, the most pressing first. It clears itself.
    async fn attention(&self) -> Vec<AttentionItem> {
        self.0.attention().map(AttentionItem).collect()
    }

    /// The signals attached to it, oldest first, with the reason of each.
    async fn signals(&self) -> Vec<AttachedSignal> {
        let attached = self.0.signals().map(|(signal, attachment)| AttachedSignal {
            signal: Signal(signal),
            rule: attachment.rule.clone(),
            reason: attachment.reason.clone(),
            since: attachment.since,
        });
        attached.collect()
    }

    /// The resources that are committed to it and that you see, oldest first.
    async fn resources(&self, first: Option<i32>, after: Option<String>) -> Result<Page<Resource>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let list = self.0.resources();
        Ok(paging.page(list, |resource| Cursor::of_id(resource.id().uuid()), Resource))
    }

    /// Its personnel accountability reports, oldest first, with the resources that you see.
    async fn pars(&self) -> Vec<Par> {
        self.0.pars().map(Into::into).collect()
    }

    /// The resource requests for it that you may see, oldest first.
    async fn requests(
        &self,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<ResourceRequest>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        Ok(paging.page(self.0.requests(), |r| Cursor::of_id(r.id().uuid()), ResourceRequest))
    }

    /// What people wrote down about it, oldest first; in one log alone where one is named (ICS 214).
    async fn journal(
        &self,
        #[graphql(desc = "The position in whose log they stand.")] post: Option<ID>,
        #[graphql(desc = "The resource in whose log they stand.")] resource: Option<ID>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Note>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let notes = notes_of(&self.0, log_of(post.as_ref(), resource.as_ref())?);
        Ok(paging.page(notes, |note| Cursor::of_id(note.id().uuid()), Note))
    }

    /// What happened to it, oldest first.
    async fn timeline(
        &self,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<TimelineItem>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let items = self.0.timeline();
        // The place among those that are seen: the place in the log would tell of the others.
        let items = (1..).zip(items);
        Ok(paging.page(items, |(n, _)| Cursor::of_number(*n), |(_, item)| TimelineItem(item)))
    }

    /// Its operational periods, in their order.
    async fn periods(&self, first: Option<i32>, after: Option<String>) -> Result<Page<Period>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let periods = self.0.view().periods_of(self.0.id());
        Ok(paging.page(periods, |p| Cursor::of_number(u64::from(p.number())), Period))
    }

    /// The operational period that runs; null when none does, or when that is withheld.
    async fn current_period(&self) -> Option<Period> {
        self.0.current_period().map(Period)
    }

    /// When it changed last; null when times are withheld.
    async fn changed_at(&self) -> Option<Timestamp> {
        self.0.changed_at()
    }
}
