//! Transfer of command (NIMS: five steps): a transaction of two parties.
//!
//! ```text
//!              accept             its moment has come
//! proposed ------------> accepted ------------------> carried out
//!   |   |                    |
//!   |   +-- decline --> declined
//!   +------ withdraw --------+--> withdrawn
//! ```
//!
//! The outgoing commander, or their agency, proposes, and the hub writes the briefing. The incoming,
//! or theirs, accepts for now or for a moment within a day. Until then the outgoing holds command,
//! and at that moment one event takes it from the one and gives it to the other: it is never nobody's
//! and never two people's. A transfer that cannot be carried out when its moment comes, because the
//! incident is closed or the incoming may not hold command any more, is withdrawn by the hub, and
//! command stays where it is.
//!
//! Another agency joins Unified Command in the same steps ([`join`]): a commander asks, and the agency
//! says yes or no. Who asks keeps command.

mod answer;
mod apply;
mod join;
mod propose;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::briefing::Briefing;
use super::{Assignment, Commander, Post, Seat, Structure, StructureRefusal};
use crate::domain::command::Context;
use crate::domain::ids::Id;
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::timer::{Due, Timer};
use crate::domain::world::World;

pub use join::JoinCommand;

/// Command on its way from one to another, or to one more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Its id.
    pub id: Id<Transfer>,
    /// Who holds command.
    pub from: Commander,
    /// Who takes it over, or joins.
    pub to: Commander,
    /// Whether the incoming joins, and the outgoing stays: command becomes unified.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub joins: bool,
    /// Where it stands.
    pub stage: Stage,
    /// What the incoming is told.
    pub briefing: Briefing,
    /// Why the incoming may hold command although something speaks against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<String>,
    /// When command changes hands, once it was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Timestamp>,
    /// Who has to be told of it, once it was accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tells: Vec<Tell>,
    /// What became of it, oldest first.
    pub steps: Vec<Step>,
}

/// Where a transfer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The incoming has been asked.
    Proposed,
    /// The incoming has said from when on.
    Accepted,
    /// The incoming has said no.
    Declined,
    /// The outgoing, or the hub, has taken it back.
    Withdrawn,
    /// Command has changed hands.
    CarriedOut,
}

/// One step of a transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Where it stood then.
    pub stage: Stage,
    /// When.
    pub at: Timestamp,
    /// The principal.
    pub by: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Somebody who has to be told that command changes hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tell {
    /// The dispatch of an organization: the lead, each agency in command, and centers that support.
    Dispatch(Id<Organization>),
    /// Somebody of the command or general staff.
    Staff {
        /// The post that they hold.
        post: Id<Post>,
        /// Who.
        person: Id<Person>,
    },
}

/// Proposes to hand command over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProposeTransfer {
    /// The structure.
    pub structure: Id<Structure>,
    /// The agency whose commander hands over.
    pub from: Id<Organization>,
    /// Who takes over.
    pub to: Id<Person>,
    /// The agency whose authority they bring.
    pub organization: Id<Organization>,
    /// Why.
    pub reason: String,
    /// What the incoming has to know besides what the hub writes: prognosis and concerns, facilities,
    /// what was delegated and its limits (section 4.4, step 2).
    pub remarks: Option<String>,
    /// Why the incoming may although something speaks against it.
    pub waiver: Option<String>,
}

/// Accepts command.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AcceptTransfer {
    /// The structure.
    pub structure: Id<Structure>,
    /// The transfer.
    pub transfer: Id<Transfer>,
    /// From when on; from now on when absent.
    pub effective: Option<Timestamp>,
}

/// Does not accept command.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeclineTransfer {
    /// The structure.
    pub structure: Id<Structure>,
    /// The transfer.
    pub transfer: Id<Transfer>,
    /// Why.
    pub reason: String,
}

/// Takes a proposal back, an accepted one too until its moment has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawTransfer {
    /// The structure.
    pub structure: Id<Structure>,
    /// The transfer.
    pub transfer: Id<Transfer>,
    /// Why.
    pub reason: String,
}

/// Lets command change hands when the moment has come. The hub asks for this.
#[derive(Clone, Debug, Serialize)]
pub struct CarryOutTransfer {
    /// The structure.
    pub structure: Id<Structure>,
    /// The transfer.
    pub transfer: Id<Transfer>,
}

/// A transfer was proposed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransferProposed {
    /// Where.
    pub seat: Seat,
    /// The new transfer.
    pub transfer: Id<Transfer>,
    /// Who holds command.
    pub from: Commander,
    /// Who takes it over, or joins.
    pub to: Commander,
    /// Whether the incoming joins, and the outgoing stays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub joins: bool,
    /// What the incoming is told.
    pub briefing: Briefing,
    /// Why.
    pub reason: String,
    /// Why the incoming may although something speaks against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<String>,
}

/// A transfer was accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransferAccepted {
    /// Where.
    pub seat: Seat,
    /// The transfer.
    pub transfer: Id<Transfer>,
    /// When command changes hands.
    pub effective: Timestamp,
    /// Who has to be told.
    pub tells: Vec<Tell>,
}

/// A transfer was declined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransferDeclined {
    /// Where.
    pub seat: Seat,
    /// The transfer.
    pub transfer: Id<Transfer>,
    /// Why.
    pub reason: String,
}

/// A transfer was withdrawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransferWithdrawn {
    /// Where.
    pub seat: Seat,
    /// The transfer.
    pub transfer: Id<Transfer>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Command changed hands, or another agency joined it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommandTransferred {
    /// Where.
    pub seat: Seat,
    /// The transfer.
    pub transfer: Id<Transfer>,
    /// The post at the top.
    pub post: Id<Post>,
    /// The assignment that ended; absent when the incoming joined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Id<Assignment>>,
    /// The assignment that began.
    pub assignment: Assignment,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 5] =
        [Self::Proposed, Self::Accepted, Self::Declined, Self::Withdrawn, Self::CarriedOut];

    /// Whether something may still come of it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Accepted)
    }

    /// Whether there is a step from here to there.
    #[must_use]
    pub const fn can_become(self, to: Self) -> bool {
        matches!(
            (self, to),
            (Self::Proposed, Self::Accepted | Self::Declined | Self::Withdrawn)
                | (Self::Accepted, Self::Withdrawn | Self::CarriedOut)
        )
    }

    /// The word for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::CarriedOut => "carried out",
        }
    }
}

impl Transfer {
    /// Its deadline, from when it is accepted until its moment has come.
    #[must_use]
    pub fn timer(&self, structure: Id<Structure>) -> Option<Timer> {
        let due = self.effective.filter(|_| self.stage == Stage::Accepted)?;
        Some(Timer { due, what: Due::CommandTransfer { structure, transfer: self.id } })
    }
}

/// The transfer, if it may take this step.
fn may_become(
    structure: &Structure,
    id: Id<Transfer>,
    to: Stage,
) -> Result<&Transfer, StructureRefusal> {
    let transfer = structure.transfer(id).ok_or(StructureRefusal::TransferUnknown(id))?;
    if transfer.stage.can_become(to) {
        return Ok(transfer);
    }
    let (stage, asked) = (transfer.stage.as_str(), to.as_str());
    Err(StructureRefusal::TransferStage { stage, asked })
}

/// Checks that whoever asks is the commander, or acts for their agency: no agency takes, keeps or
/// gives up command but by its own word.
pub(super) fn check_side(
    world: &World,
    context: &Context<'_>,
    commander: Commander,
    side: &'static str,
) -> Result<(), Refusal> {
    if is_side(world, context, commander) {
        return Ok(());
    }
    Err(StructureRefusal::NotTheSide { side }.into())
}

fn is_side(world: &World, context: &Context<'_>, commander: Commander) -> bool {
    let Commander { person, organization } = commander;
    let agency = context.by.organization == Some(organization);
    agency || world.person_behind(context.by) == Some(person)
}

/// The commander for whom whoever asks may speak.
fn spokesman(
    world: &World,
    context: &Context<'_>,
    structure: &Structure,
) -> Result<Commander, StructureRefusal> {
    let mut commanders = world.commanding(structure).into_iter();
    let speaks = commanders.find(|commander| is_side(world, context, *commander));
    speaks.ok_or(StructureRefusal::NotTheSide { side: "a commander" })
}
