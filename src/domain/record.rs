//! What every record has in common: who is behind it, when it changed, how it is named.

use serde::{Deserialize, Serialize};

use super::access_token::AccessToken;
use super::account::Account;
use super::agreement::Agreement;
use super::break_glass::BreakGlass;
use super::group::Group;
use super::ids::Id;
use super::incident::Incident;
use super::journal::Note;
use super::message::Message;
use super::mutual_aid::Offer;
use super::organization::Organization;
use super::period::Period;
use super::person::Person;
use super::qualification::Qualification;
use super::resource::Resource;
use super::resource_request::ResourceRequest;
use super::schedule::Schedule;
use super::session::Session;
use super::setup_link::SetupLink;
use super::signal::Signal;
use super::structure::{Post, Structure};

/// A place in the log: the number of an entry, from 1. 0 is before the first.
pub type Seq = u64;

/// On whose authority something was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// The principal: an account, a partner's system, or `muster` for the hub itself.
    pub principal: String,
    /// The organization that the principal acted for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id<Organization>>,
    /// The person or system that the principal acted on behalf of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
}

/// A record of any kind, by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "record", content = "id")]
pub enum RecordRef {
    /// An organization.
    Organization(Id<Organization>),
    /// A person.
    Person(Id<Person>),
    /// A signal.
    Signal(Id<Signal>),
    /// An incident.
    Incident(Id<Incident>),
    /// A journal note.
    Note(Id<Note>),
    /// A data-sharing agreement.
    Agreement(Id<Agreement>),
    /// That somebody broke the glass.
    BreakGlass(Id<BreakGlass>),
    /// The policies that an organization wrote for its records.
    Policies(Id<Organization>),
    /// The rules from signals to incidents.
    Rules,
    /// An account.
    Account(Id<Account>),
    /// An access token.
    AccessToken(Id<AccessToken>),
    /// A session.
    Session(Id<Session>),
    /// A set-up link.
    SetupLink(Id<SetupLink>),
    /// An operational period.
    Period(Id<Period>),
    /// A command structure.
    Structure(Id<Structure>),
    /// A post in a command structure.
    Post(Id<Post>),
    /// A qualification.
    Qualification(Id<Qualification>),
    /// A resource.
    Resource(Id<Resource>),
    /// The resource typing definitions.
    ResourceDefinitions,
    /// A resource request.
    ResourceRequest(Id<ResourceRequest>),
    /// An offer of mutual aid, or the agreement that it became.
    Offer(Id<Offer>),
    /// A message.
    Message(Id<Message>),
    /// A group of persons.
    Group(Id<Group>),
    /// An on-call schedule.
    Schedule(Id<Schedule>),
}

/// When a record came to be and when it last changed, in log order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The entry that made the record.
    pub created: Seq,
    /// When that was recorded.
    pub created_at: jiff::Timestamp,
    /// The entry that changed it last.
    pub changed: Seq,
    /// When that last change was recorded.
    pub changed_at: jiff::Timestamp,
}
