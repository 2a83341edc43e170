//! What people wrote down, and what happened.

use async_graphql::{ID, Object};
use jiff::Timestamp;

use super::incident::Incident;
use super::organization::Organization;
use crate::domain::journal;
use crate::graphql::asked::id;
use crate::graphql::rows::Row;
use crate::graphql::scalars::Sequence;
use crate::sharing::{self, Seen};

/// A note in the journal of an incident (ICS 214). Notes are never changed; a later one may put an
/// earlier one right.
pub(crate) struct Note(pub(in crate::graphql) Seen<journal::Note>);

impl Row for Note {}

#[Object]
impl Note {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// The incident it belongs to.
    async fn incident(&self) -> Option<Incident> {
        self.0.incident().map(Incident)
    }

    /// What was written.
    async fn text(&self) -> &str {
        self.0.text()
    }

    /// Who wrote it.
    async fn author(&self) -> &str {
        self.0.author()
    }

    /// The organization they wrote it for.
    async fn organization(&self) -> Option<Organization> {
        self.0.organization().map(Organization)
    }

    /// The note that this one puts right.
    async fn corrects(&self) -> Option<Self> {
        self.0.corrects().map(Self)
    }

    /// The log entry that holds it.
    async fn sequence(&self) -> Sequence {
        Sequence(self.0.seq())
    }

    /// When it was written.
    async fn written_at(&self) -> Timestamp {
        self.0.written_at()
    }
}

/// One line of an incident's timeline, kept by the hub.
pub(crate) struct TimelineItem(pub(super) Seen<sharing::TimelineItem>);

impl Row for TimelineItem {}

#[Object]
impl TimelineItem {
    /// The log entry behind it.
    async fn sequence(&self) -> Sequence {
        Sequence(self.0.seq())
    }

    /// When it was recorded.
    async fn at(&self) -> Timestamp {
        self.0.at()
    }

    /// Who did it: a principal, or `muster` for the hub itself.
    async fn principal(&self) -> &str {
        self.0.principal()
    }

    /// What happened, in a sentence.
    async fn what(&self) -> &str {
        self.0.what()
    }
}
