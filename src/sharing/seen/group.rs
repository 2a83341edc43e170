//! A group as its own organization sees it. No agreement shares groups.

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::Group as Fields;
use crate::domain::group::Group;
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::sharing::View;

impl View {
    /// The group, if there is one that the viewer may see.
    #[must_use]
    pub fn group(&self, id: Id<Group>) -> Option<Seen<Group>> {
        self.show(self.world().group(id))
    }

    /// The groups that the viewer may see, oldest first.
    pub fn groups(&self) -> impl DoubleEndedIterator<Item = Seen<Group>> {
        self.world().groups().filter_map(|group| self.show(Some(group)))
    }
}

impl Seen<Group> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Group> {
        self.record.id
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.record.name
    }

    /// Whose it is.
    #[must_use]
    pub fn organization(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.organization)
    }

    /// Who is in it, as far as the viewer may see them.
    pub fn members(&self) -> impl Iterator<Item = Seen<Person>> {
        let shown = self.decision.shows(Fields::Links);
        let members = self.record.members.iter().filter(move |_| shown);
        members.filter_map(|person| self.view.person(*person))
    }

    /// How many are in it, seen or not.
    #[must_use]
    pub fn size(&self) -> Option<usize> {
        self.with(Fields::Links, self.record.members.len())
    }

    /// Whether it was dissolved.
    #[must_use]
    pub fn is_dissolved(&self) -> Option<bool> {
        self.with(Fields::Status, self.record.dissolved)
    }
}
