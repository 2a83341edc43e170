//! Notes and timeline items as a viewer sees them.

use jiff::Timestamp;

use super::Seen;
use crate::domain::incident::Incident;
use crate::domain::journal::Note;
use crate::domain::organization::Organization;
use crate::domain::world::TimelineItem;
use crate::domain::{Id, Seq};

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

    /// What was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.record.text
    }

    /// Who wrote it.
    #[must_use]
    pub fn author(&self) -> &str {
        &self.record.author
    }

    /// The organization they wrote it for.
    #[must_use]
    pub fn organization(&self) -> Option<Seen<Organization>> {
        self.view.organization(self.record.organization?)
    }

    /// The note that this one puts right.
    #[must_use]
    pub fn corrects(&self) -> Option<Self> {
        self.view.note(self.record.corrects?)
    }

    /// The log entry that holds it.
    #[must_use]
    pub fn seq(&self) -> Seq {
        self.record.revision.created
    }

    /// When it was written.
    #[must_use]
    pub fn written_at(&self) -> Timestamp {
        self.record.revision.changed_at
    }
}

impl Seen<TimelineItem> {
    /// The log entry behind it.
    #[must_use]
    pub fn seq(&self) -> Seq {
        self.record.seq
    }

    /// When it was recorded.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.record.at
    }

    /// Who did it.
    #[must_use]
    pub fn principal(&self) -> &str {
        &self.record.principal
    }

    /// What happened, in a sentence.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.record.what
    }
}
