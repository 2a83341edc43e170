//! Command structures: who commands an incident, and who reports to whom.
//!
//! Dana of Harbor Fire is first at Mill Street and assumes command. She opens an Operations Section
//! and two divisions and fills them; whatever nobody fills is hers. Police join her in Unified
//! Command, one commander each agency. In the evening she hands over to Sam: he is briefed, accepts
//! with effect from eight o'clock, and at eight the command is his, without a moment in which
//! nobody or two people hold it.
//!
//! - [`position`]: what somebody can be, as data; [`tree`](self): whom a post may report to
//! - `command`: assuming, joining and leaving command; [`eoc`](self): emergency operations centers
//! - [`post`]: places in the structure, opened, moved and dissolved; [`assignment`]: who holds them
//! - [`fitness`]: whether somebody may hold a post by their qualifications
//! - [`transfer`]: command goes from one to another; [`briefing`]: what the incoming is told
//! - [`approval`]: what all commanders have to sign; [`joint`](self): decisions taken so
//! - [`seat`](self): what an event about a structure is about

pub mod approval;
pub mod assignment;
pub mod briefing;
mod command;
mod delegation;
mod eoc;
pub mod fitness;
mod joint;
mod leaving;
mod part;
mod person;
pub mod position;
pub mod post;
mod refusal;
mod seat;
#[cfg(test)]
mod tests;
pub mod transfer;
mod tree;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ids::Id;
use super::incident::Incident;
use super::organization::Organization;
use super::person::Person;
use super::record::Revision;
use super::refusal::Refusal;
use super::world::{World, under};

pub use assignment::{AssignPost, Assigned, Assignment, Ended, RelievePost, Relieved, Waiver};
pub use command::{AssumeCommand, Established, LeaveCommand};
pub use delegation::{Delegate, Delegated, Delegation, DelegationEnded, EndDelegation, Power};
pub use eoc::{ActivateEoc, ChangeEoc, DeactivateEoc, Eoc, EocChanged, EocDeactivated};
pub use fitness::{Fitness, Shortfall};
pub use joint::{JointDecision, JointProposed, JointSigned, ProposeJointly, SignJointly};
pub use part::{PartPlaced, PlacePart};
pub(in crate::domain) use person::leaving;
pub use position::{
    Capacity, DefinePosition, Element, Level, Position, PositionDefined, catalogue,
};
pub use post::{DissolvePost, MovePost, OpenPost, Post, PostDissolved, PostMoved, PostOpened};
pub use refusal::StructureRefusal;
pub use seat::Seat;
pub use transfer::{
    AcceptTransfer, CarryOutTransfer, CommandTransferred, DeclineTransfer, JoinCommand,
    ProposeTransfer, Stage, Transfer, TransferAccepted, TransferDeclined, TransferProposed,
    TransferWithdrawn, WithdrawTransfer,
};

/// A command structure: a tree of posts under one command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Structure {
    /// Its id.
    pub id: Id<Structure>,
    /// What it commands or supports.
    pub over: Over,
    /// Which positions it has.
    pub model: Model,
    /// Whether it belongs to an exercise. This never changes.
    pub exercise: bool,
    /// The post at the top.
    pub command: Id<Post>,
    /// Handovers of command, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transfers: Vec<Arc<Transfer>>,
    /// What one agency lets another do in its name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegations: Vec<Delegation>,
    /// What all commanders sign together, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Arc<JointDecision>>,
    /// When it was established and last changed.
    pub revision: Revision,
}

/// What a structure is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Over {
    /// An incident or a complex, which it commands as long as that is neither closed nor a duplicate.
    Incident(Id<Incident>),
    /// An emergency operations center, which supports incidents.
    Eoc(Eoc),
}

/// Which positions a structure has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// Those of an incident.
    Incident,
    /// Those of an Area Command over several incidents, which has no Operations Section.
    Area,
    /// Those of an incident, in an emergency operations center, without tactics.
    EocIcsLike,
    /// Those of the Incident Support Model.
    EocIncidentSupport,
    /// Those of the departments of an administration.
    EocDepartmental,
}

/// What kind of command a structure has. It follows from the model and the number of commanders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One commander.
    IncidentCommand,
    /// Several commanders, one each agency.
    UnifiedCommand,
    /// One commander over several incidents.
    AreaCommand,
    /// Several commanders over several incidents.
    UnifiedAreaCommand,
    /// An emergency operations center.
    Eoc,
}

/// Somebody who holds command now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Commander {
    /// The person.
    pub person: Id<Person>,
    /// The agency whose authority they bring.
    pub organization: Id<Organization>,
}

impl Model {
    /// Every model.
    pub const ALL: [Self; 5] = [
        Self::Incident,
        Self::Area,
        Self::EocIcsLike,
        Self::EocIncidentSupport,
        Self::EocDepartmental,
    ];

    /// The models of most positions.
    pub(in crate::domain) fn usual() -> Vec<Self> {
        vec![Self::Incident, Self::EocIcsLike]
    }

    /// The position at the top.
    #[must_use]
    pub const fn command(self) -> &'static str {
        match self {
            Self::Incident => "IC",
            Self::Area => "ACDR",
            Self::EocIcsLike | Self::EocIncidentSupport | Self::EocDepartmental => "EOCD",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Incident => "an incident's command structure",
            Self::Area => "an Area Command",
            Self::EocIcsLike => "an ICS-like EOC",
            Self::EocIncidentSupport => "an EOC of the Incident Support Model",
            Self::EocDepartmental => "a departmental EOC",
        }
    }
}

impl Kind {
    const fn of(model: Model, commanders: usize) -> Self {
        match model {
            Model::Incident if commanders > 1 => Self::UnifiedCommand,
            Model::Incident => Self::IncidentCommand,
            Model::Area if commanders > 1 => Self::UnifiedAreaCommand,
            Model::Area => Self::AreaCommand,
            Model::EocIcsLike | Model::EocIncidentSupport | Model::EocDepartmental => Self::Eoc,
        }
    }
}

impl Structure {
    /// The incident that it commands; none for an emergency operations center.
    #[must_use]
    pub const fn incident(&self) -> Option<Id<Incident>> {
        match self.over {
            Over::Incident(incident) => Some(incident),
            Over::Eoc(_) => None,
        }
    }

    /// The emergency operations center that it is, if it is one.
    #[must_use]
    pub const fn eoc(&self) -> Option<&Eoc> {
        match &self.over {
            Over::Incident(_) => None,
            Over::Eoc(eoc) => Some(eoc),
        }
    }

    /// The transfer with this id.
    #[must_use]
    pub fn transfer(&self, id: Id<Transfer>) -> Option<&Arc<Transfer>> {
        self.transfers.iter().find(|transfer| transfer.id == id)
    }

    /// The transfers that are proposed or accepted and not yet carried out.
    pub fn open_transfers(&self) -> impl Iterator<Item = &Arc<Transfer>> {
        self.transfers.iter().filter(|transfer| transfer.stage.is_open())
    }
}

impl World {
    /// The command structure of an incident, from the moment that somebody assumed command.
    #[must_use]
    pub fn structure_of(&self, incident: Id<Incident>) -> Option<&Arc<Structure>> {
        self.incident_structures.get(&incident).and_then(|id| self.structures.get(id))
    }

    /// The structure with this id.
    #[must_use]
    pub fn structure(&self, id: Id<Structure>) -> Option<&Arc<Structure>> {
        self.structures.get(&id)
    }

    /// All structures, oldest first.
    pub fn structures(&self) -> impl DoubleEndedIterator<Item = &Arc<Structure>> {
        self.structures.values()
    }

    /// The post with this id.
    #[must_use]
    pub fn post(&self, id: Id<Post>) -> Option<&Arc<Post>> {
        self.posts.get(&id)
    }

    /// All posts, oldest first.
    pub fn posts(&self) -> impl DoubleEndedIterator<Item = &Arc<Post>> {
        self.posts.values()
    }

    /// The posts of a structure, dissolved ones included, oldest first.
    pub fn posts_of(&self, structure: Id<Structure>) -> impl Iterator<Item = &Arc<Post>> {
        self.structure_posts.range(under(structure)).filter_map(|(_, post)| self.posts.get(post))
    }

    /// The posts that somebody holds in whatever capacity, those of closed incidents included.
    pub fn posts_held_by(&self, person: Id<Person>) -> impl Iterator<Item = &Arc<Post>> {
        self.holdings.range(under(person)).filter_map(|(_, post)| self.posts.get(post))
    }

    /// Who commands an incident now, one each agency. Nobody before command was assumed.
    #[must_use]
    pub fn commanders(&self, incident: Id<Incident>) -> Vec<Commander> {
        self.structure_of(incident).map_or_else(Vec::new, |structure| self.commanding(structure))
    }

    /// Who is at the top of a structure now, one each agency.
    #[must_use]
    pub fn commanding(&self, structure: &Structure) -> Vec<Commander> {
        let top = self.post(structure.command);
        let held = top.into_iter().flat_map(|post| post.held_as(Capacity::Primary));
        held.map(Assignment::commander).collect()
    }

    /// What kind of command a structure has.
    #[must_use]
    pub fn kind_of(&self, structure: &Structure) -> Kind {
        Kind::of(structure.model, self.commanding(structure).len())
    }

    /// Whether somebody holds a post, in whatever capacity, on an incident that goes on.
    #[must_use]
    pub fn holds(&self, person: Id<Person>, incident: Id<Incident>) -> bool {
        self.posts_held_by(person).any(|post| self.is_on(post, incident))
    }

    /// Whether a post belongs to the structure of an incident that goes on.
    pub(in crate::domain) fn is_on(&self, post: &Post, incident: Id<Incident>) -> bool {
        let structure = self.structure(post.structure);
        structure.is_some_and(|s| s.incident() == Some(incident) && self.is_live(s))
    }

    /// Whether a structure is in force: its incident goes on, or its center is active.
    #[must_use]
    pub fn is_live(&self, structure: &Structure) -> bool {
        match &structure.over {
            Over::Incident(incident) => self.incident(*incident).is_some_and(|i| i.is_live()),
            Over::Eoc(eoc) => eoc.closed.is_none(),
        }
    }

    /// How a structure ended: its incident was closed, or its center. Nobody holds a post in it from
    /// then on; once the incident is reopened, those who held one do again, as command never lapses.
    #[must_use]
    pub fn end_of_structure<'a>(&'a self, structure: &'a Structure) -> Option<&'a Ended> {
        match &structure.over {
            Over::Incident(incident) => self.incident(*incident)?.closed.as_ref(),
            Over::Eoc(eoc) => eoc.closed.as_ref(),
        }
    }

    /// The organization that a structure belongs to; none for an incident that is everybody's.
    #[must_use]
    pub fn owner_of_structure(&self, structure: &Structure) -> Option<Id<Organization>> {
        match &structure.over {
            Over::Incident(incident) => self.incident(*incident)?.owner(),
            Over::Eoc(eoc) => Some(eoc.organization),
        }
    }

    /// Who answers for a post now: those who hold it, or else those who back its holder up, or else
    /// whoever answers for the post above (NIMS: a function that nobody fills belongs to the next
    /// higher one that is filled).
    #[must_use]
    pub fn held_by(&self, post: &Post) -> Option<HeldBy<'_>> {
        // The tree is not higher than it has levels; the bound only guards a damaged log.
        let mut post = self.post(post.id)?;
        for _ in 0..=tree::HEIGHT_MAX {
            for capacity in [Capacity::Primary, Capacity::Deputy] {
                let holders: Vec<_> = post.held_as(capacity).collect();
                if !holders.is_empty() {
                    return Some(HeldBy { post, holders });
                }
            }
            post = self.post(post.reports_to?)?;
        }
        None
    }

    /// The structure, if there is one that is in force.
    pub(in crate::domain) fn live_structure(
        &self,
        id: Id<Structure>,
    ) -> Result<&Arc<Structure>, Refusal> {
        let structure = self.structure(id).ok_or(StructureRefusal::StructureUnknown(id))?;
        match &structure.over {
            Over::Incident(incident) => {
                self.open_incident(*incident)?;
            }
            Over::Eoc(eoc) if eoc.closed.is_some() => {
                let name = eoc.name.clone();
                return Err(StructureRefusal::EocDeactivated { name }.into());
            }
            Over::Eoc(_) => {}
        }
        Ok(structure)
    }

    pub(in crate::domain) fn insert_structure(&mut self, structure: Arc<Structure>) {
        if let Some(incident) = structure.incident() {
            self.incident_structures.insert(incident, structure.id);
        }
        self.structures.insert(structure.id, structure);
    }

    pub(in crate::domain) fn insert_post(&mut self, post: Arc<Post>) {
        self.structure_posts.insert((post.structure, post.id));
        for assignment in post.held() {
            self.holdings.insert((assignment.person, post.id));
        }
        self.posts.insert(post.id, post);
    }
}

/// Who answers for a post.
#[derive(Clone, Debug)]
pub struct HeldBy<'w> {
    /// The post that they hold: the one in question, or one above it.
    pub post: &'w Arc<Post>,
    /// They; several only where command is unified, or several deputies stand in.
    pub holders: Vec<&'w Assignment>,
}
