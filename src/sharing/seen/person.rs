//! A person as a viewer sees them. Contact data is never shown here: it is opened only to reach
//! the person.

use jiff::Timestamp;

use super::Seen;
use crate::domain::organization::Organization;
use crate::domain::person::{Membership, Person};
use crate::domain::{Id, Seq};

impl Seen<Person> {
    /// Their id.
    #[must_use]
    pub fn id(&self) -> Id<Person> {
        self.record.id
    }

    /// What colleagues call them.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.record.name
    }

    /// Where they belong, past memberships included, those that the viewer may see.
    pub fn memberships(&self) -> impl Iterator<Item = (Seen<Organization>, &Membership)> {
        let memberships = self.record.memberships.iter();
        memberships.filter_map(|m| Some((self.view.organization(m.organization)?, m)))
    }

    /// Whether there is a way to reach them.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        self.record.contact.is_some()
    }

    /// Whether their key was destroyed.
    #[must_use]
    pub fn is_forgotten(&self) -> bool {
        self.record.forgotten
    }

    /// The log entry that changed them last.
    #[must_use]
    pub fn changed(&self) -> Seq {
        self.record.revision.changed
    }

    /// When they changed last.
    #[must_use]
    pub fn changed_at(&self) -> Timestamp {
        self.record.revision.changed_at
    }
}
