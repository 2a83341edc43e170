//! Notes and timeline items as a viewer sees them.

use jiff::Timestamp;

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::Group;
use crate::domain::incident::Incident;
use crate::domain::journal::{LogOf, Note};
use crate::domain::marking::Marking;
use crate::domain::organization::Organization;
use crate::domain::resource::Resource;
use crate::domain::structure::Post;
use crate::domain::world::TimelineItem;

impl Seen<Note> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Note> {
        self.record.id
    }

    /// The incident it belongs to.
    #[must_use]
    pub fn incident(&self) -> Option<Seen<Incident>> {
        self.view.incident(self.record.incident)
    }

    /// How far it may go.
    #[must_use]
    pub fn marking(&self) -> Option<&Marking> {
        self.record.marking.as_ref()
    }

    /// What was written.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.with(Group::Content, self.record.text.as_str())
    }

    /// Who wrote it.
    #[must_use]
    pub fn author(&self) -> Option<&str> {
        self.with(Group::Source, self.record.author.as_str())
    }

    /// The organization they wrote it for.
    #[must_use]
    pub fn organization(&self) -> Option<Seen<Organization>> {
        let organization = self.with(Group::Source, self.record.organization).flatten();
        organization.and_then(|id| self.view.organization(id))
    }

    /// Whether it stands in a log that the viewer names. They may have seen its resource only while
    /// that was here, and the log of what it did stays.
    #[must_use]
    pub fn stands_in(&self, log: LogOf) -> bool {
        self.with(Group::Links, self.record.log_of).flatten() == Some(log)
    }

    /// The position in whose log it stands.
    #[must_use]
    pub fn post(&self) -> Option<Seen<Post>> {
        match self.with(Group::Links, self.record.log_of).flatten()? {
            LogOf::Post(id) => self.view.post(id),
            LogOf::Resource(_) => None,
        }
    }

    /// The resource in whose log it stands.
    #[must_use]
    pub fn resource(&self) -> Option<Seen<Resource>> {
        match self.with(Group::Links, self.record.log_of).flatten()? {
            LogOf::Resource(id) => self.view.resource(id),
            LogOf::Post(_) => None,
        }
    }

    /// The note that this one puts right.
    #[must_use]
    pub fn corrects(&self) -> Option<Self> {
        let corrects = self.with(Group::Links, self.record.corrects).flatten();
        corrects.and_then(|id| self.view.note(id))
    }

    /// When it was written, as exactly as times are shown.
    #[must_use]
    pub fn written_at(&self) -> Option<Timestamp> {
        self.time(self.record.revision.created_at)
    }
}

impl Seen<TimelineItem> {
    /// When it was recorded, as exactly as times are shown; an item is only seen where they are.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        self.time(self.record.at)
    }

    /// Who did it.
    #[must_use]
    pub fn principal(&self) -> Option<&str> {
        self.with(Group::Source, self.record.principal.as_str())
    }

    /// What happened, in a sentence.
    #[must_use]
    pub fn what(&self) -> Option<&str> {
        self.is_told().then_some(self.record.what.as_str())
    }

    /// Which sentence it is.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.is_told().then_some(self.record.code.as_ref())
    }

    /// The values that stand in the sentence, with their names.
    #[must_use]
    pub fn values(&self) -> &[(String, String)] {
        if self.is_told() { &self.record.values } else { &[] }
    }

    /// Whether all that such sentences speak of is shown.
    fn is_told(&self) -> bool {
        let spoken_of = [
            Group::Status,
            Group::Assessment,
            Group::Command,
            Group::Links,
            Group::Content,
            Group::Source,
        ];
        spoken_of.into_iter().all(|group| self.decision.shows(group))
    }
}
