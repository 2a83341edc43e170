//! What people wrote down, and what happened.

use async_graphql::{ID, Object};
use jiff::Timestamp;

use super::alert::NamedValue;
use super::codes::{FieldGroup, Marking};
use super::incident::Incident;
use super::organization::Organization;
use crate::domain::journal;
use crate::graphql::asked::id;
use crate::graphql::rows::Row;
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

    /// What was written; null when that is withheld.
    async fn text(&self) -> Option<&str> {
        self.0.text()
    }

    /// Who wrote it; null when that is withheld.
    async fn author(&self) -> Option<&str> {
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

    /// When it was written; null when times are withheld.
    async fn written_at(&self) -> Option<Timestamp> {
        self.0.written_at()
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
}

/// One line of an incident's timeline, kept by the hub.
pub(crate) struct TimelineItem(pub(super) Seen<sharing::TimelineItem>);

impl Row for TimelineItem {}

#[Object]
impl TimelineItem {
    /// When it was recorded, as exactly as its owner shows you.
    async fn at(&self) -> Option<Timestamp> {
        self.0.at()
    }

    /// Who did it: a principal, or `muster` for the hub itself.
    async fn principal(&self) -> Option<&str> {
        self.0.principal()
    }

    /// What happened, in a sentence; null when something that it could speak of is withheld.
    async fn what(&self) -> Option<&str> {
        self.0.what()
    }

    /// Which sentence it is, for who tells it in another language; null where that is. `SETTLED` is
    /// said of what stood out: `code` among its values tells which.
    async fn code(&self) -> Option<&str> {
        self.0.code()
    }

    /// The values that stand in the sentence, by their names.
    async fn values(&self) -> Vec<NamedValue<'_>> {
        self.0.values().iter().map(|(name, value)| NamedValue::of(name, value)).collect()
    }
}
