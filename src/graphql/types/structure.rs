//! Command structures: who commands, and what was handed over, delegated and decided.

use async_graphql::{Enum, ID, Object, Result, SimpleObject};
use jiff::Timestamp;

use super::incident::Incident;
use super::organization::Organization;
use super::person::Person;
use super::post::Post;
use super::transfer::Transfer;
use crate::domain::structure::{self, Commander};
use crate::graphql::asked::id;
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::page::{Cursor, Page, Paging};
use crate::graphql::rows::Row;
use crate::sharing::Seen;

/// What kind of command a structure has (NIMS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "structure::Kind")]
pub(crate) enum StructureKind {
    /// One commander.
    IncidentCommand,
    /// Several commanders, one each agency.
    UnifiedCommand,
    /// One commander over several incidents that each have their own.
    AreaCommand,
    /// Several commanders over several incidents.
    UnifiedAreaCommand,
    /// An emergency operations center.
    Eoc,
}

/// Which positions a structure has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "structure::Model")]
pub(crate) enum StructureModel {
    /// Those of an incident.
    Incident,
    /// Those of an Area Command, which has no Operations Section.
    Area,
    /// Those of an incident, in an emergency operations center, without tactics.
    EocIcsLike,
    /// Those of the Incident Support Model.
    EocIncidentSupport,
    /// Those of the departments of an administration.
    EocDepartmental,
}

/// What an agency in command can delegate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "structure::Power")]
pub(crate) enum DelegatedPower {
    /// Signing what all commanders have to sign.
    Signature,
    /// Assigning tactical resources from an emergency operations center.
    Tactics,
}

/// A command structure: a tree of posts under one command.
pub(crate) struct Structure(pub(in crate::graphql) Seen<structure::Structure>);

/// Somebody who commands, with the agency whose authority they bring.
pub(crate) struct Command(pub(in crate::graphql) Seen<Commander>);

/// An emergency operations center.
pub(crate) struct Eoc(Seen<structure::Eoc>);

/// That an organization may do something in the name of an agency in command.
#[derive(SimpleObject)]
pub(crate) struct Delegation {
    /// Its id.
    id: ID,
    /// What may be done.
    power: DelegatedPower,
    /// The agency in whose name.
    from: Option<Organization>,
    /// The organization that may.
    to: Option<Organization>,
    /// Why; null when that is withheld.
    reason: Option<String>,
    /// Since when.
    since: Option<Timestamp>,
    /// Until when; until it is ended when null.
    until: Option<Timestamp>,
}

impl From<Seen<structure::Delegation>> for Delegation {
    fn from(seen: Seen<structure::Delegation>) -> Self {
        let (since, until) = seen.span();
        Self {
            id: id(seen.id()),
            power: seen.power().into(),
            from: seen.from().map(Organization),
            to: seen.to().map(Organization),
            reason: seen.content().map(|delegation| delegation.reason.clone()),
            since,
            until,
        }
    }
}

/// Something that all commanders decide together.
#[derive(SimpleObject)]
pub(crate) struct JointDecision {
    /// Its id.
    id: ID,
    /// What is decided.
    what: String,
    /// The signatures that it has.
    signatures: Vec<JointSignature>,
    /// The agencies that have yet to sign.
    missing: Vec<Organization>,
    /// When it was proposed.
    proposed_at: Option<Timestamp>,
    /// When the last agency signed; open when null.
    agreed_at: Option<Timestamp>,
}

/// That something was signed for an agency.
#[derive(SimpleObject)]
pub(crate) struct JointSignature {
    /// The agency.
    agency: Organization,
    /// Who signed: the agency itself, or one that it delegated this to.
    signed_by: Option<Organization>,
}

impl Row for Structure {}

#[Object]
impl Structure {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// What kind of command it has; null when that is withheld.
    async fn kind(&self) -> Option<StructureKind> {
        self.0.kind().map(Into::into)
    }

    /// Which positions it has.
    async fn model(&self) -> StructureModel {
        self.0.model().into()
    }

    /// The incident that it commands; null for an emergency operations center.
    async fn incident(&self) -> Option<Incident> {
        self.0.incident().map(Incident)
    }

    /// The emergency operations center that it is; null for an incident's.
    async fn eoc(&self) -> Option<Eoc> {
        self.0.eoc().map(Eoc)
    }

    /// Whether it belongs to an exercise. This never changes.
    async fn exercise(&self) -> bool {
        self.0.exercise()
    }

    /// Whether it is in force: its incident goes on, or its center is active.
    async fn live(&self) -> bool {
        self.0.is_live()
    }

    /// Who commands now, one each agency; empty when that is withheld.
    async fn commanders(&self) -> Vec<Command> {
        self.0.commanders().into_iter().map(Command).collect()
    }

    /// The post at its top.
    async fn command(&self) -> Option<Post> {
        self.0.command().map(Post)
    }

    /// Its posts, oldest first.
    async fn posts(
        &self,
        #[graphql(desc = "Only open posts, or only dissolved ones.")] live: Option<bool>,
        #[graphql(desc = "Only posts that nobody holds, or only filled ones.")] vacant: Option<
            bool,
        >,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Post>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let posts = self.0.posts().filter(|post| {
            live.is_none_or(|live| post.is_open() == live)
                && vacant.is_none_or(|vacant| post.is_vacant() == Some(vacant))
        });
        Ok(paging.page(posts, |post| Cursor::of_id(post.id().uuid()), Post))
    }

    /// The handovers of command, oldest first.
    async fn transfers(
        &self,
        #[graphql(desc = "Only those that wait for something, or only the others.")] open: Option<
            bool,
        >,
    ) -> Vec<Transfer> {
        let wanted = |transfer: &Seen<structure::Transfer>| {
            open.is_none_or(|open| transfer.stage().is_open() == open)
        };
        self.0.transfers().filter(wanted).map(Transfer).collect()
    }

    /// What one agency lets another do in its name, oldest first.
    async fn delegations(&self) -> Vec<Delegation> {
        self.0.delegations().map(Into::into).collect()
    }

    /// What all commanders decide together, oldest first.
    async fn joint_decisions(&self) -> Vec<JointDecision> {
        let shown = self.0.decisions().map(|seen| {
            let (proposed_at, agreed_at) = seen.times();
            let signatures = seen.given().map(|(agency, by)| JointSignature {
                agency: Organization(agency),
                signed_by: by.map(Organization),
            });
            JointDecision {
                id: id(seen.what().id),
                what: seen.what().what.clone(),
                signatures: signatures.collect(),
                missing: seen.missing().map(Organization).collect(),
                proposed_at,
                agreed_at,
            }
        });
        shown.collect()
    }

    /// When it was established; null when times are withheld.
    async fn established_at(&self) -> Option<Timestamp> {
        self.0.established_at()
    }
}

#[Object(name = "Commander")]
impl Command {
    /// What colleagues call them.
    async fn name(&self) -> Option<&str> {
        self.0.name()
    }

    /// The person; null when you may not see more of them than the name.
    async fn person(&self) -> Option<Person> {
        self.0.person().map(Person)
    }

    /// The agency whose authority they bring.
    async fn organization(&self) -> Option<Organization> {
        self.0.organization().map(Organization)
    }
}

#[Object]
impl Eoc {
    /// What it is called.
    async fn name(&self) -> &str {
        self.0.name()
    }

    /// The organization that runs it.
    async fn organization(&self) -> Option<Organization> {
        self.0.organization().map(Organization)
    }

    /// How far it is activated: 3 normal operations, 1 full activation; null when that is withheld.
    async fn level(&self) -> Option<u8> {
        self.0.level()
    }

    /// The incidents that it supports, as far as you may see them.
    async fn supports(&self) -> Vec<Incident> {
        self.0.supports().map(Incident).collect()
    }
}
