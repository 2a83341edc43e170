//! Persons, without the data by which they are reached.

use async_graphql::{ID, Object, SimpleObject};
use jiff::Timestamp;

use super::message::MessageChannel;
use super::organization::Organization;
use super::qualification::Qualification;
use crate::domain::message::LostWay as LostOf;
use crate::domain::person;
use crate::graphql::asked::id;
use crate::graphql::rows::Row;
use crate::sharing::Seen;

/// A human being, apart from the organizations they belong to. Contact data is sealed and cannot
/// be asked for.
pub(crate) struct Person(pub(in crate::graphql) Seen<person::Person>);

/// That a person belongs to an organization.
#[derive(SimpleObject)]
pub(crate) struct Membership {
    /// The organization.
    organization: Organization,
    /// What they are there, in the organization's words.
    title: String,
    /// Since when.
    since: Timestamp,
    /// Until when; still a member when null.
    until: Option<Timestamp>,
}

/// An address of a person that is of no use any more, without the address.
#[derive(SimpleObject)]
pub(crate) struct LostWay {
    /// The channel.
    channel: MessageChannel,
    /// The provider's code for it.
    code: String,
    /// Since when that is known.
    since: Timestamp,
}

impl Row for Person {}

#[Object]
impl Person {
    /// Their id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// What colleagues call them.
    async fn name(&self) -> &str {
        self.0.name()
    }

    /// Where they belong, past memberships included.
    async fn memberships(&self) -> Vec<Membership> {
        let memberships = self.0.memberships().map(|(organization, membership)| Membership {
            organization: Organization(organization),
            title: membership.title.clone(),
            since: membership.since,
            until: membership.until,
        });
        memberships.collect()
    }

    /// Whether the hub knows a way to reach them.
    async fn reachable(&self) -> Option<bool> {
        self.0.is_reachable()
    }

    /// Addresses of theirs that are of no use any more; whoever reaches them writes new ones.
    async fn lost_ways(&self) -> Vec<LostWay> {
        let lost = self.0.lost_ways();
        lost.map(|LostOf { channel, code, since, .. }| LostWay {
            channel: (*channel).into(),
            code: code.clone(),
            since: *since,
        })
        .collect()
    }

    /// Whether they were forgotten on request: their contact data can never be read again.
    async fn forgotten(&self) -> Option<bool> {
        self.0.is_forgotten()
    }

    /// What they are qualified for, as far as you may see it, oldest first.
    async fn qualifications(&self) -> Vec<Qualification> {
        self.0.qualifications().map(Qualification).collect()
    }

    /// When they changed last; null when times are withheld.
    async fn changed_at(&self) -> Option<Timestamp> {
        self.0.changed_at()
    }
}
