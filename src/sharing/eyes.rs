//! Looking through somebody else's eyes: the picture as another organization sees it.
//!
//! Harbor Fire asks what Memorial Hospital sees of its incidents: it is shown the hospital's View,
//! narrowed to the records that are Harbor Fire's own, and nothing of what others show the
//! hospital. An auditor, who sees everything anyway, is shown all of the hospital's View.

use std::sync::Arc;

use jiff::Timestamp;

use super::class::{Class, Classified, Kind};
use super::clearance::Clearance;
use super::{Decision, Sharing, Sight, View, Viewer};
use crate::domain::organization::Organization;
use crate::domain::{Id, RecordRef, Scope, World};

impl Sharing {
    /// What an organization may see of the asker's World, as far as the asker may see it too.
    #[must_use]
    pub fn view_through(
        &self,
        asker: &View,
        organization: Id<Organization>,
        now: Timestamp,
    ) -> View {
        let Sight { world, today, atlas, .. } = asker.0.as_ref();
        let viewer = Arc::new(Viewer::of_organization(organization));
        let clearance = self.clearance(today.as_ref().unwrap_or(world), &viewer, now);
        let (world, today) = (Arc::clone(world), today.clone());
        let (atlas, through) = (Arc::clone(atlas), Some(asker.clone()));
        View(Arc::new(Sight { world, today, clearance, atlas, through }))
    }
}

impl View {
    /// Whether the viewer checks on the hub and may look through everybody's eyes.
    #[must_use]
    pub fn is_auditors(&self) -> bool {
        self.viewer().scopes().any(|scope| scope == Scope::Audit)
    }

    /// Whether the record is another organization's: opening it is told to its owner.
    #[must_use]
    pub fn is_anothers(&self, record: RecordRef) -> bool {
        let owners = self.world().owners_of(record);
        let own = self.viewer().organization();
        !owners.is_empty() && !owners.iter().any(|owner| Some(*owner) == own)
    }

    /// Whether the record is the viewer's own organization's.
    pub(super) fn is_own(&self, record: RecordRef) -> bool {
        let own = self.viewer().organization();
        own.is_some_and(|own| self.world().owners_of(record).contains(&own))
    }

    /// What another's clearance shows of a record, as far as this viewer may learn of it.
    pub(super) fn narrow<T: Classified + ?Sized>(
        &self,
        theirs: &Clearance,
        record: &T,
        world: &World,
    ) -> Decision {
        let shown = theirs.decision_by(record, world, |class| self.may_look_at(class));
        shown.and(self.0.clearance.decision(record, world))
    }

    /// Whether the viewer may learn what others are shown of a class of records. Organizations are
    /// known to all; they stand beside the records, as who leads.
    pub(super) fn may_look_at(&self, class: &Class) -> bool {
        let own = self.viewer().organization();
        self.is_auditors()
            || class.kind == Kind::Organization
            || own.is_some() && class.owner == own
    }
}
