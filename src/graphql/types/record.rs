//! Records of any kind, named by kind and id.

use async_graphql::{Enum, ID, InputObject, Result, SimpleObject};

use crate::domain::RecordRef;
use crate::graphql::asked::{id, parse_id};
use crate::sharing::View;

/// The kinds of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum RecordKind {
    /// An organization.
    Organization,
    /// A person.
    Person,
    /// A signal.
    Signal,
    /// An incident.
    Incident,
    /// A journal note.
    Note,
    /// A data-sharing agreement.
    Agreement,
    /// That somebody broke the glass.
    BreakGlass,
    /// The policies that an organization wrote for its records.
    Policies,
    /// The rules from signals to incidents.
    Rules,
    /// An operational period.
    Period,
    /// A command structure.
    Structure,
    /// A post in a command structure.
    Post,
    /// A qualification.
    Qualification,
    /// A resource.
    Resource,
    /// The resource typing definitions.
    ResourceDefinitions,
    /// A resource request.
    ResourceRequest,
    /// An offer of mutual aid, or the agreement that it became.
    Offer,
    /// A message.
    Message,
    /// A group of persons.
    Group,
    /// An on-call schedule.
    Schedule,
}

/// Which record is meant.
#[derive(InputObject)]
pub(crate) struct RecordInput {
    /// Its kind.
    kind: RecordKind,
    /// Its id; `rules` for the rules, `resource-definitions` for those, the organization's id for policies.
    id: ID,
}

/// A record, by its kind and id.
#[derive(SimpleObject)]
pub(crate) struct Record {
    /// Its kind.
    kind: RecordKind,
    /// Its id.
    id: ID,
    /// What people call it; null when it has no name, or when you may not see it.
    name: Option<String>,
}

impl RecordInput {
    pub(in crate::graphql) fn reference(&self) -> Result<RecordRef> {
        let Self { kind, id } = self;
        Ok(match kind {
            RecordKind::Organization => RecordRef::Organization(parse_id("id", id)?),
            RecordKind::Person => RecordRef::Person(parse_id("id", id)?),
            RecordKind::Signal => RecordRef::Signal(parse_id("id", id)?),
            RecordKind::Incident => RecordRef::Incident(parse_id("id", id)?),
            RecordKind::Note => RecordRef::Note(parse_id("id", id)?),
            RecordKind::Agreement => RecordRef::Agreement(parse_id("id", id)?),
            RecordKind::BreakGlass => RecordRef::BreakGlass(parse_id("id", id)?),
            RecordKind::Policies => RecordRef::Policies(parse_id("id", id)?),
            RecordKind::Rules => RecordRef::Rules,
            RecordKind::Period => RecordRef::Period(parse_id("id", id)?),
            RecordKind::Structure => RecordRef::Structure(parse_id("id", id)?),
            RecordKind::Post => RecordRef::Post(parse_id("id", id)?),
            RecordKind::Qualification => RecordRef::Qualification(parse_id("id", id)?),
            RecordKind::Resource => RecordRef::Resource(parse_id("id", id)?),
            RecordKind::ResourceDefinitions => RecordRef::ResourceDefinitions,
            RecordKind::ResourceRequest => RecordRef::ResourceRequest(parse_id("id", id)?),
            RecordKind::Offer => RecordRef::Offer(parse_id("id", id)?),
            RecordKind::Message => RecordRef::Message(parse_id("id", id)?),
            RecordKind::Group => RecordRef::Group(parse_id("id", id)?),
            RecordKind::Schedule => RecordRef::Schedule(parse_id("id", id)?),
        })
    }
}

impl Record {
    /// The record, with the name that this View has for it.
    pub(in crate::graphql) fn named(view: &View, record: RecordRef) -> Option<Self> {
        let (kind, id) = kind_and_id(record)?;
        Some(Self { kind, id, name: view.name_of(record) })
    }
}

/// The kind and id of a record; none for accounts and the like, which are no part of the picture.
pub(in crate::graphql) fn kind_and_id(record: RecordRef) -> Option<(RecordKind, ID)> {
    Some(match record {
        RecordRef::Organization(of) => (RecordKind::Organization, id(of)),
        RecordRef::Person(of) => (RecordKind::Person, id(of)),
        RecordRef::Signal(of) => (RecordKind::Signal, id(of)),
        RecordRef::Incident(of) => (RecordKind::Incident, id(of)),
        RecordRef::Note(of) => (RecordKind::Note, id(of)),
        RecordRef::Agreement(of) => (RecordKind::Agreement, id(of)),
        RecordRef::BreakGlass(of) => (RecordKind::BreakGlass, id(of)),
        RecordRef::Policies(of) => (RecordKind::Policies, id(of)),
        RecordRef::Rules => (RecordKind::Rules, ID::from("rules")),
        RecordRef::Period(of) => (RecordKind::Period, id(of)),
        RecordRef::Structure(of) => (RecordKind::Structure, id(of)),
        RecordRef::Post(of) => (RecordKind::Post, id(of)),
        RecordRef::Qualification(of) => (RecordKind::Qualification, id(of)),
        RecordRef::Resource(of) => (RecordKind::Resource, id(of)),
        RecordRef::ResourceDefinitions => {
            (RecordKind::ResourceDefinitions, ID::from("resource-definitions"))
        }
        RecordRef::ResourceRequest(of) => (RecordKind::ResourceRequest, id(of)),
        RecordRef::Offer(of) => (RecordKind::Offer, id(of)),
        RecordRef::Message(of) => (RecordKind::Message, id(of)),
        RecordRef::Group(of) => (RecordKind::Group, id(of)),
        RecordRef::Schedule(of) => (RecordKind::Schedule, id(of)),
        RecordRef::Account(_)
        | RecordRef::AccessToken(_)
        | RecordRef::Session(_)
        | RecordRef::SetupLink(_) => return None,
    })
}
