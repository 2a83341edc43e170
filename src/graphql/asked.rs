//! What a resolver may touch: who asks, what they may see, and the hub to ask for changes.

use std::sync::Arc;

use async_graphql::{Context, ID, Result};

use super::fault::fault;
use super::scalars::Sequence;
use crate::domain::limits::shortened;
use crate::domain::organization::Organization;
use crate::domain::reading::Way;
use crate::domain::{Id, Principal, RecordRef};
use crate::hub::Hub;
use crate::identity::Identity;
use crate::notify::Notify;
use crate::sharing::View;

/// Characters of what is said back that is not an id, whose length is 36.
const ID_CHARS_SHOWN: usize = 80;

/// One request, as resolvers see it.
#[derive(Clone)]
pub struct Asked {
    /// The hub, for commands and for its own state.
    pub hub: Hub,
    /// What recognizes people and programs.
    pub identity: Arc<Identity>,
    /// Who asks.
    pub principal: Arc<Principal>,
    /// What they may see, taken once, so that the whole answer is of one moment.
    pub view: View,
    /// The id of the request, which becomes the cause of what follows from it.
    pub request_id: String,
    /// What tells people, where this process does.
    pub notify: Option<Arc<Notify>>,
    /// Told what came of each command: `DONE`, or the code of the refusal or error.
    pub outcomes: Outcomes,
}

/// Whoever counts what came of commands.
pub type Outcomes = Arc<dyn Fn(&'static str) + Send + Sync>;

impl Asked {
    /// The request that a resolver works for.
    pub(super) fn from<'a>(context: &Context<'a>) -> &'a Self {
        context.data_unchecked::<Self>()
    }

    /// Where their picture stands.
    pub(super) fn position(&self) -> Sequence {
        Sequence(self.hub.position(&self.view))
    }

    /// Notes that they opened a record, if it is another organization's.
    pub(super) fn note_opening(&self, record: RecordRef) {
        let opening = self.view.opening(&self.principal.name, record, self.hub.clock().now());
        opening.into_iter().for_each(|reading| self.hub.note_reading(reading));
    }

    /// Notes that they looked at something in another way.
    pub(super) fn note_looking(&self, record: RecordRef, way: Way) {
        let at = self.hub.clock().now();
        self.hub.note_reading(self.view.looking(&self.principal.name, record, way, at));
    }
}

/// Reads an id of the API.
pub(super) fn parse_id<T>(field: &str, id: &ID) -> Result<Id<T>> {
    let said = || shortened(id.as_str(), ID_CHARS_SHOWN);
    id.parse().map_err(|_| fault("BAD_ID", format!("`{field}` is not an id: `{}`", said())))
}

/// Reads an id of the API that may be absent.
pub(super) fn parse_id_option<T>(field: &str, id: Option<&ID>) -> Result<Option<Id<T>>> {
    id.map(|id| parse_id(field, id)).transpose()
}

/// Reads the id of an organization: that of whoever asks when it is absent.
pub(super) fn parse_own(
    context: &Context<'_>,
    field: &str,
    id: Option<&ID>,
) -> Result<Id<Organization>> {
    let own = Asked::from(context).view.viewer().organization();
    let missing = || fault("BAD_ID", format!("`{field}` is missing: you act for no organization"));
    parse_id_option(field, id)?.or(own).ok_or_else(missing)
}

/// Shows an id in the API.
pub(super) fn id<T>(id: Id<T>) -> ID {
    ID(id.to_string())
}
