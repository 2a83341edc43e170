//! Positions, and who is qualified for them.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use jiff::Timestamp;

use super::organization::Organization;
use super::person::Person;
use super::post::{Capacity, Element, PositionLevel};
use super::structure::StructureModel;
use crate::domain::qualification::{self, OnShortfall, Standing, Status};
use crate::domain::structure;
use crate::graphql::asked::{Asked, id};
use crate::graphql::rows::Row;
use crate::sharing::Seen;

/// How far somebody is with a position, and whether it counts (NQS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum QualificationStatus {
    /// They have a task book open and learn it.
    Trainee,
    /// They meet the criteria.
    Qualified,
    /// The authority attests it in writing.
    Certified,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

/// How far somebody is with a position, as it is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Status")]
pub(crate) enum QualificationStage {
    /// They have a task book open and learn it.
    Trainee,
    /// They meet the criteria.
    Qualified,
    /// The authority attests it in writing.
    Certified,
}

/// What follows when somebody falls short of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "OnShortfall")]
pub(crate) enum ShortfallPolicy {
    /// The assignment says so.
    Warn,
    /// The assignment needs a waiver.
    Block,
}

/// What somebody can be in a command structure.
#[derive(SimpleObject)]
pub(crate) struct Position {
    /// Its mnemonic, such as `OSC`.
    code: String,
    /// What its holder is called.
    title: String,
    /// What those who back its holder up are called.
    support_titles: Vec<SupportTitle>,
    /// Where it stands.
    level: PositionLevel,
    /// The codes of the positions that may be its supervisor.
    reports_to: Vec<String>,
    /// Whether it may report to any position.
    anywhere: bool,
    /// Whether one structure may have several of it.
    many: bool,
    /// What its holder leads.
    element: Option<Element>,
    /// The structures that have it.
    models: Vec<StructureModel>,
}

/// What somebody is called who backs a holder up or learns from them.
#[derive(SimpleObject)]
pub(crate) struct SupportTitle {
    /// In which capacity.
    capacity: Capacity,
    /// The title.
    title: String,
}

/// That somebody may hold a position, by the word of an authority.
pub(crate) struct Qualification(pub(in crate::graphql) Seen<qualification::Qualification>);

impl Row for Qualification {}

impl From<&structure::Position> for Position {
    fn from(position: &structure::Position) -> Self {
        use structure::Capacity::{Assistant, Deputy, Trainee};
        let titles = [Deputy, Assistant, Trainee].into_iter().filter_map(|capacity| {
            let title = position.title_of(capacity)?;
            Some(SupportTitle { capacity: capacity.into(), title })
        });
        Self {
            code: position.code.clone(),
            title: position.title.clone(),
            support_titles: titles.collect(),
            level: position.level.into(),
            reports_to: position.reports_to.clone(),
            anywhere: position.anywhere,
            many: position.many,
            element: position.element.map(Into::into),
            models: position.only_in.iter().map(|model| (*model).into()).collect(),
        }
    }
}

#[Object]
impl Qualification {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// Whose it is; null when you may not see them.
    async fn person(&self) -> Option<Person> {
        self.0.person().map(Person)
    }

    /// The code of the position.
    async fn position(&self) -> &str {
        self.0.position()
    }

    /// The type, 5 to 1, 1 the most demanding; for all types when null.
    #[graphql(name = "type")]
    async fn level(&self) -> Option<u8> {
        self.0.level()
    }

    /// The authority by whose word; null when that is withheld.
    async fn authority(&self) -> Option<Organization> {
        self.0.authority().map(Organization)
    }

    /// How far they are, and whether it counts now; null when that is withheld.
    async fn status(&self, context: &Context<'_>) -> Option<QualificationStatus> {
        let (status, standing) = self.0.status(Asked::from(context).hub.clock().now())?;
        Some(match (standing, status) {
            (Standing::Revoked, _) => QualificationStatus::Revoked,
            (Standing::Expired, _) => QualificationStatus::Expired,
            (Standing::InForce, Status::Trainee) => QualificationStatus::Trainee,
            (Standing::InForce, Status::Qualified) => QualificationStatus::Qualified,
            (Standing::InForce, Status::Certified) => QualificationStatus::Certified,
        })
    }

    /// Since when; null when times are withheld.
    async fn issued(&self) -> Option<Timestamp> {
        self.0.issued()
    }

    /// From when on it does not count; for good when null.
    async fn expires(&self) -> Option<Timestamp> {
        self.0.expires()
    }

    /// Why it was taken back.
    async fn revoked(&self) -> Option<&str> {
        self.0.revoked()
    }
}
