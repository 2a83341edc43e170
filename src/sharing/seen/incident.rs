//! An incident as a viewer sees it.

use jiff::Timestamp;
use muster_contract::BoundingBox;

use super::Seen;
use crate::domain::hazard;
use crate::domain::incident::{Complexity, Incident, Status};
use crate::domain::organization::Organization;
use crate::domain::place::Location;
use crate::domain::signal::Signal;
use crate::domain::{Id, Seq};

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

    /// Where it stands in its life cycle.
    #[must_use]
    pub fn status(&self) -> Status {
        self.record.status
    }

    /// How complex it is.
    #[must_use]
    pub fn complexity(&self) -> Option<&Complexity> {
        self.record.complexity.as_ref()
    }

    /// Where it is.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.record.location
    }

    /// The box around its place.
    #[must_use]
    pub fn bounding_box(&self) -> Option<BoundingBox> {
        self.record.bounding_box
    }

    /// The organization in the lead.
    #[must_use]
    pub fn lead(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.lead?)
    }

    /// The complex that it is a part of.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.view.incident(self.record.parent?)
    }

    /// The incidents that are parts of it.
    pub fn parts(&self) -> impl Iterator<Item = Self> {
        self.view.world().parts_of(self.record.id).filter_map(|part| self.view.incident(part.id))
    }

    /// The incident that it is a duplicate of.
    #[must_use]
    pub fn merged_into(&self) -> Option<Self> {
        self.view.incident(self.record.merged_into?)
    }

    /// The incidents that were declared duplicates of it.
    pub fn duplicates(&self) -> impl Iterator<Item = Self> {
        self.view.world().duplicates_of(self.record.id).filter_map(|d| self.view.incident(d.id))
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

    /// The rule that opened it.
    #[must_use]
    pub fn opened_by_rule(&self) -> Option<&str> {
        self.record.opened_by_rule.as_deref()
    }

    /// The signals attached to it, oldest first.
    pub fn signals(&self) -> impl Iterator<Item = Seen<Signal>> {
        self.view.world().signals_of(self.record.id).filter_map(|s| self.view.signal(s.id))
    }

    /// The log entry that changed it last.
    #[must_use]
    pub fn changed(&self) -> Seq {
        self.record.revision.changed
    }

    /// When it changed last.
    #[must_use]
    pub fn changed_at(&self) -> Timestamp {
        self.record.revision.changed_at
    }
}
