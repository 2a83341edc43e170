//! Posts, and who holds them.

use async_graphql::{Enum, ID, Object, SimpleObject};
use jiff::Timestamp;

use super::incident::Incident;
use super::organization::Organization;
use super::person::Person;
use super::structure::Structure;
use crate::domain::structure;
use crate::graphql::asked::id;
use crate::graphql::rows::Row;
use crate::sharing::Seen;

/// Where a position stands (NIMS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "structure::Level")]
pub(crate) enum PositionLevel {
    /// Whoever commands; backed up by deputies.
    Command,
    /// An officer or adviser of the commander; backed up by assistants.
    CommandStaff,
    /// A chief of a section; backed up by deputies.
    Section,
    /// A director of a branch; backed up by deputies.
    Branch,
    /// A supervisor of a division or group.
    DivisionGroup,
    /// A leader of a unit, or a manager.
    Unit,
    /// A leader of a strike team, resource team or task force.
    Team,
    /// A boss of a single resource.
    SingleResource,
    /// Somebody who leads nobody.
    Specialist,
}

/// The parts of an organization that people lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "structure::Element")]
pub(crate) enum Element {
    /// The whole of it.
    Command,
    /// A section.
    Section,
    /// A branch, functional or geographic.
    Branch,
    /// A division, which is geographic.
    Division,
    /// A group, which is functional.
    Group,
    /// A unit of a section.
    Unit,
    /// Resources of the same kind and type under one leader.
    StrikeTeam,
    /// Mixed resources under one leader.
    TaskForce,
}

/// How somebody holds a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "structure::Capacity")]
pub(crate) enum Capacity {
    /// Holds it.
    Primary,
    /// Backs its holder up, as qualified as they are.
    Deputy,
    /// Helps its holder.
    Assistant,
    /// Learns it, beside a coach.
    Trainee,
}

/// Whether somebody may hold a post by their qualifications (NQS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum FitnessOutcome {
    /// They are qualified.
    Fit,
    /// They learn it beside somebody who is qualified.
    TraineeWithCoach,
    /// They are not qualified.
    Short,
}

/// Whether somebody was fit for a post when they were assigned.
#[derive(SimpleObject)]
pub(crate) struct Fitness {
    /// What came of it.
    outcome: FitnessOutcome,
    /// What colleagues call the coach of a trainee.
    coach: Option<String>,
    /// What they lack, in words.
    reasons: Vec<String>,
}

/// That somebody may hold a post although something speaks against it.
#[derive(SimpleObject)]
pub(crate) struct Waiver {
    /// Why.
    reason: String,
    /// Who answers for it.
    by: String,
    /// Whether they hold a post elsewhere too.
    elsewhere: bool,
}

/// A place in a command structure, filled or vacant.
pub(crate) struct Post(pub(in crate::graphql) Seen<structure::Post>);

/// That somebody holds or held a post.
pub(crate) struct Assignment(Seen<structure::Assignment>);

/// Who answers for a post.
#[derive(SimpleObject)]
pub(crate) struct HeldBy {
    /// The post that they hold: this one, or the next one above it that is filled.
    post: Post,
    /// They.
    holders: Vec<Assignment>,
}

impl Row for Post {}

#[Object]
impl Post {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// What it is called: “Division A”.
    async fn name(&self) -> &str {
        self.0.name()
    }

    /// The code of its position, such as `OSC`.
    async fn position(&self) -> &str {
        self.0.position()
    }

    /// What its holder is called.
    async fn title(&self) -> &str {
        self.0.title()
    }

    /// Where it stands.
    async fn level(&self) -> PositionLevel {
        self.0.level().into()
    }

    /// What its holder leads.
    async fn element(&self) -> Option<Element> {
        self.0.element().map(Into::into)
    }

    /// The structure that it belongs to.
    async fn structure(&self) -> Option<Structure> {
        self.0.structure().map(Structure)
    }

    /// The one post that it reports to; null at the top, and when that is withheld.
    async fn reports_to(&self) -> Option<Self> {
        self.0.reports_to().map(Self)
    }

    /// Whether nobody holds it; null when that is withheld.
    async fn vacant(&self) -> Option<bool> {
        self.0.is_vacant()
    }

    /// Who answers for it: a function that nobody fills belongs to the next higher post that is
    /// filled. Null when that is withheld.
    async fn held_by(&self) -> Option<HeldBy> {
        let (post, holders) = self.0.held_by()?;
        Some(HeldBy { post: Self(post), holders: holders.into_iter().map(Assignment).collect() })
    }

    /// Everybody who held it or holds it, oldest first; empty when that is withheld.
    async fn assignments(
        &self,
        #[graphql(desc = "Only those that go on, or only those that ended.")] current: Option<bool>,
    ) -> Vec<Assignment> {
        let wanted = |assignment: &Seen<structure::Assignment>| {
            current.is_none_or(|current| assignment.is_current() == current)
        };
        self.0.assignments().filter(wanted).map(Assignment).collect()
    }

    /// The parts of the complex that are under it.
    async fn parts(&self) -> Vec<Incident> {
        self.0.parts().map(Incident).collect()
    }

    /// Whether it is open, and its structure in force.
    async fn live(&self) -> bool {
        self.0.is_live()
    }

    /// When it was opened; null when times are withheld.
    async fn opened_at(&self) -> Option<Timestamp> {
        self.0.opened_at()
    }

    /// When it was dissolved.
    async fn dissolved_at(&self) -> Option<Timestamp> {
        self.0.dissolved_at()
    }
}

#[Object]
impl Assignment {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// What colleagues call whoever holds the post.
    async fn name(&self) -> Option<&str> {
        self.0.name()
    }

    /// The person; null when you may not see more of them than the name.
    async fn person(&self) -> Option<Person> {
        self.0.person().map(Person)
    }

    /// The organization that they come for.
    async fn organization(&self) -> Option<Organization> {
        self.0.organization().map(Organization)
    }

    /// In which capacity.
    async fn capacity(&self) -> Capacity {
        self.0.capacity().into()
    }

    /// Since when; null when times are withheld.
    async fn from(&self) -> Option<Timestamp> {
        self.0.from()
    }

    /// Until when, at the latest until the incident or center was closed; goes on when null.
    async fn until(&self) -> Option<Timestamp> {
        self.0.until()
    }

    /// Whether it goes on.
    async fn current(&self) -> bool {
        self.0.is_current()
    }

    /// Who assigned them; null when that is withheld.
    async fn by(&self) -> Option<&str> {
        self.0.by()
    }

    /// Why they were assigned.
    async fn reason(&self) -> Option<&str> {
        self.0.reason()
    }

    /// Who ended it.
    async fn ended_by(&self) -> Option<&str> {
        self.0.ended_by()
    }

    /// Why it ended.
    async fn ended_reason(&self) -> Option<&str> {
        self.0.ended_reason()
    }

    /// Whether they were fit for it when they were assigned; null when that is withheld.
    async fn fitness(&self) -> Option<Fitness> {
        let coach = self.0.coach().map(str::to_owned);
        let (outcome, reasons) = match self.0.fitness()? {
            structure::Fitness::Fit => (FitnessOutcome::Fit, Vec::new()),
            structure::Fitness::Trainee { .. } => (FitnessOutcome::TraineeWithCoach, Vec::new()),
            structure::Fitness::Short { reasons } => {
                (FitnessOutcome::Short, reasons.iter().map(ToString::to_string).collect())
            }
        };
        Some(Fitness { outcome, coach, reasons })
    }

    /// What was waived for them.
    async fn waiver(&self) -> Option<Waiver> {
        let waiver = self.0.waiver()?.clone();
        Some(Waiver { reason: waiver.reason, by: waiver.by, elsewhere: waiver.elsewhere })
    }
}
