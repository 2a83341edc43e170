//! What people wrote down, and what happened.

use async_graphql::{ID, Object, Result};
use jiff::Timestamp;

use super::alert::NamedValue;
use super::codes::{FieldGroup, Marking};
use super::incident::Incident;
use super::organization::Organization;
use super::post::Post;
use super::resource::Resource;
use crate::domain::incident;
use crate::domain::journal::{self, LogOf};
use crate::graphql::asked::{id, parse_id_option};
use crate::graphql::fault::fault;
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

    /// The position in whose log it stands (ICS 214); null when it stands in none, or in one that you
    /// do not see.
    async fn post(&self) -> Option<Post> {
        self.0.post().map(Post)
    }

    /// The resource in whose log it stands (ICS 214); null when it stands in none, or in one that you
    /// do not see.
    async fn resource(&self) -> Option<Resource> {
        self.0.resource().map(Resource)
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

/// The log that two ids name, at the most one of them.
pub(in crate::graphql) fn log_of(
    post: Option<&ID>,
    resource: Option<&ID>,
) -> Result<Option<LogOf>> {
    match (parse_id_option("post", post)?, parse_id_option("resource", resource)?) {
        (Some(_), Some(_)) => Err(fault(
            "BAD_INPUT",
            "`post` and `resource` were given; a note stands in one log at the most, so leave one out",
        )),
        (Some(id), None) => Ok(Some(LogOf::Post(id))),
        (None, resource) => Ok(resource.map(LogOf::Resource)),
    }
}

/// The notes of an incident, of one log alone where one is named.
pub(in crate::graphql) fn notes_of(
    incident: &Seen<incident::Incident>,
    log_of: Option<LogOf>,
) -> impl DoubleEndedIterator<Item = Seen<journal::Note>> {
    let is_there =
        move |note: &Seen<journal::Note>| log_of.is_none_or(|log_of| note.stands_in(log_of));
    incident.view().notes_of(incident.id()).filter(is_there)
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
