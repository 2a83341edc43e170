//! Qualifications as a viewer sees them.

use jiff::Timestamp;

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::Group;
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::qualification::{Qualification, Standing, Status};

impl Seen<Qualification> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Qualification> {
        self.record.id
    }

    /// Whose it is, where they are shown.
    #[must_use]
    pub fn person(&self) -> Option<Seen<Person>> {
        self.view.person(self.record.person)
    }

    /// The code of the position.
    #[must_use]
    pub fn position(&self) -> &str {
        &self.record.position
    }

    /// The type; for all types when none.
    #[must_use]
    pub fn level(&self) -> Option<u8> {
        self.record.level
    }

    /// By whose word.
    #[must_use]
    pub fn authority(&self) -> Option<Seen<Organization>> {
        self.with(Group::Source, self.record.authority).and_then(|id| self.view.organization(id))
    }

    /// How far they are, and whether it counts at a moment.
    #[must_use]
    pub fn status(&self, now: Timestamp) -> Option<(Status, Standing)> {
        self.with(Group::Status, (self.record.status, self.record.standing(now)))
    }

    /// Since when, as exactly as times are shown.
    #[must_use]
    pub fn issued(&self) -> Option<Timestamp> {
        self.time(self.record.issued)
    }

    /// From when on it does not count, as exactly as times are shown.
    #[must_use]
    pub fn expires(&self) -> Option<Timestamp> {
        self.record.expires.and_then(|expires| self.time(expires))
    }

    /// Why it was taken back.
    #[must_use]
    pub fn revoked(&self) -> Option<&str> {
        self.with(Group::Content, self.record.revoked.as_deref()).flatten()
    }
}

impl Seen<Person> {
    /// What they are qualified for, as far as the viewer sees it, oldest first.
    pub fn qualifications(&self) -> impl Iterator<Item = Seen<Qualification>> {
        let all = self.view.world().qualifications_of(self.record.id);
        all.filter_map(|qualification| self.view.qualification(qualification.id))
    }
}
