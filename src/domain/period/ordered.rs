//! What a plan or a summary says that it needs: of which kind, and by which request it is ordered.
//!
//! Example: the worksheet lacks three engines in Division A and names `HFD-RR-2026-0001`. While that
//! request is on this incident and neither closed as unfilled nor cancelled, the need is ordered.

use super::Refused;
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::resource::Definition;
use crate::domain::resource_request::{ResourceRequest, Status};
use crate::domain::world::World;

impl World {
    /// Whether a request orders something for an incident: it is for that one, or for one that was
    /// merged into it, and stands.
    pub(super) fn is_ordered_by(&self, incident: Id<Incident>, request: &ResourceRequest) -> bool {
        self.incident_of_request(request) == self.standing_for(incident)
            && !matches!(request.status(), Status::Unfilled | Status::Cancelled)
    }

    /// The request with a number that orders something for an incident.
    pub(super) fn order_of_number(
        &self,
        incident: Id<Incident>,
        number: &str,
    ) -> Option<&ResourceRequest> {
        let all = self.requests_standing_for(self.standing_for(incident)).into_iter();
        let mut orders = all.filter(|request| self.is_ordered_by(incident, request));
        orders.find(|request| request.number == number).map(|request| &**request)
    }

    /// Whether a request asks for a kind of resource that people named. What no definition explains
    /// is taken for that.
    pub(super) fn is_of_kind(&self, request: &ResourceRequest, kind: &str) -> bool {
        let definition = self.definition(&request.content.need.definition);
        definition.is_none_or(|definition| is_called(definition, kind))
    }

    /// Checks that a definition knows a kind of resource: by its id, or by words that its id and its
    /// name have, as `engine` is of `fire-engine`. Where no definitions are adopted, people call
    /// things as they like.
    pub(super) fn check_kind(&self, kind: &str) -> Result<(), Refused> {
        let mut definitions = self.definitions().peekable();
        let known = definitions.peek().is_none()
            || definitions.any(|definition| is_called(definition, kind));
        if known { Ok(()) } else { Err(Refused::KindUnknown { kind: kind.to_owned() }) }
    }
}

/// Whether people may call what a definition defines so.
fn is_called(definition: &Definition, kind: &str) -> bool {
    let (id, name) = (words(&definition.id), words(&definition.name));
    let (known, wanted) = (|word| id.contains(word) || name.contains(word), words(kind));
    !wanted.is_empty() && wanted.iter().all(known)
}

/// The words of a text, in small letters.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
