//! A person as a viewer sees them. Contact data is never shown here: it is opened only to reach
//! the person.

use jiff::Timestamp;

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::Group;
use crate::domain::message::LostWay;
use crate::domain::organization::Organization;
use crate::domain::person::{Membership, Person};

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

    /// Where they belong, past memberships included.
    ///
    /// An organization is shown its own memberships; those in others only where links are shown.
    pub fn memberships(&self) -> impl Iterator<Item = (Seen<Organization>, &Membership)> {
        let own = self.view.viewer().organization();
        let sees_all = self.decision.shows(Group::Links) && !self.is_shared_with_others(own);
        let memberships = self.record.memberships.iter();
        let shown = memberships.filter(move |m| sees_all || Some(m.organization) == own);
        shown.filter_map(|m| Some((self.view.organization(m.organization)?, m)))
    }

    /// Whether there is a way to reach them.
    #[must_use]
    pub fn is_reachable(&self) -> Option<bool> {
        self.with(Group::Status, self.record.contact.is_some())
    }

    /// Addresses of theirs that are of no use any more, without the addresses.
    pub fn lost_ways(&self) -> impl Iterator<Item = &LostWay> {
        let shown = self.decision.shows(Group::Status);
        self.record.lost_ways.iter().filter(move |_| shown)
    }

    /// Whether their key was destroyed.
    #[must_use]
    pub fn is_forgotten(&self) -> Option<bool> {
        self.with(Group::Status, self.record.forgotten)
    }

    /// When what is shown of them changed last. What other organizations do about them does not
    /// count.
    #[must_use]
    pub fn changed_at(&self) -> Option<Timestamp> {
        let memberships = self.memberships().map(|(_, m)| m.until.unwrap_or(m.since));
        self.time(memberships.fold(self.record.revision.created_at, Timestamp::max))
    }

    /// Whether the viewer's organization is one of several that the person belongs to. Where else
    /// a person belongs is for those others to tell.
    fn is_shared_with_others(&self, own: Option<Id<Organization>>) -> bool {
        let member = |m: &Membership| Some(m.organization) == own;
        self.record.memberships.iter().any(member)
    }
}
