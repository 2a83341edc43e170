//! Resources: the engines, crews, teams, shelters and sandbags that organizations have (NIMS
//! resource management, ICS 211, 219 and 221).
//!
//! Example: Harbor Fire commits Engine 7 to the Mill Street fire. The engine goes, checks in at the
//! staging area with four people and Captain Ito, is assigned to Division A, goes out of service
//! for an hour with a flat tyre, and is demobilized: ground support and the time unit sign, and it
//! is released. From the first commitment to the release nobody else can have it.
//!
//! ```text
//! committed ──> mobilizing ──> en route ──> checked in ──> demobilizing ──> released
//!     │  └───────────┴─────────────┴──────────^  │  every ticked box is signed first
//!     └──────────────┴─────────────┴──> cancelled│
//!                                                └── assigned <──> available <──> out of service
//! ```
//!
//! What is demobilizing stays when it is assigned again, for a reason: it is checked in as before,
//! and its check-out begins anew another time. Whoever has a resource, or works on the incident,
//! checks it in and answers for its people; who was counted wrongly is checked in again.
//!
//! - [`definition`]: what kinds there are, and what each type of a kind can do; [`mod@fit`]: comparing
//! - [`register`]: what an organization has; [`standing`]: assigned, available or out of service
//! - [`locate`]: where it is; [`supply`]: how much there is
//! - [`commitment`]: to which incident it goes; [`check_in`]: who arrived; [`assignment`]: at what
//!   they work
//! - [`departure`]: how it leaves; [`demobilization`]: signed off and released; [`par`]: is everybody accounted for
//! - [`nearest`]: which ones are the nearest
//!
//! Conservation: a single resource has at most one live commitment, and of a supply never more is
//! committed than is held. What belongs to an exercise is never committed to a real incident, and
//! the other way round.

pub mod assignment;
pub mod check_in;
pub mod commitment;
pub mod definition;
pub mod demobilization;
pub mod departure;
pub mod fit;
mod index;
pub mod locate;
pub mod nearest;
pub mod par;
pub mod refusal;
pub mod register;
pub mod standing;
pub mod supply;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::Timestamp;
use muster_contract::{BoundingBox, Position};
use serde::{Deserialize, Serialize};

use super::ids::Id;
use super::organization::Organization;
use super::place::Location;
use super::record::Revision;

pub use assignment::{Assign, Assigned, Assignment, Tactical};
pub use check_in::{Arrival, CheckIn, CheckInDetails, CheckedIn};
pub use commitment::{
    Advance, Advanced, Cancel, Cancelled, Commit, Commitment, Committed, Stage, commit,
};
pub use definition::{
    AdoptDefinitions, Capability, Class, Definition, DefinitionRef, DefinitionsAdopted, Grouping,
};
pub use demobilization::{
    Demobilization, DemobilizationSigned, DemobilizationStarted, Release, Released, SignBox,
    SignDemobilization, StartDemobilization,
};
pub use departure::{Departure, DeparturePlanned, PlanDeparture};
pub use fit::{Fit, Need, fit};
pub use locate::{Located, ReportPosition};
pub use par::{
    Call as CallPar, Called as ParCalled, Par, Report as ReportPar, Reported as ParReported,
};
pub use refusal::ResourceRefusal;
pub use register::{Amend, Amended, Register, Registered, Retire, Retired};
pub use standing::{ChangeStatus, Standing, Status, StatusChanged};
pub use supply::{AdjustSupply, SupplyAdjusted};

/// Something that can be committed to an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// Its id.
    pub id: Id<Resource>,
    /// The organization that has it.
    pub owner: Id<Organization>,
    /// Whether it is for exercises alone. This never changes.
    pub exercise: bool,
    /// What it is.
    pub profile: Profile,
    /// How much there is, of what is counted; none for what is single.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supply: Option<Supply>,
    /// The strike team or task force that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_of: Option<Id<Resource>>,
    /// Whether it can be used now.
    pub standing: Standing,
    /// Where it was last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Fix>,
    /// To which incidents it is or was committed, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commitments: Vec<Commitment>,
    /// How many commitments it has had.
    #[serde(default)]
    pub commitments_made: u32,
    /// Why its owner does not have it any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<String>,
    /// When it was registered and last changed.
    pub revision: Revision,
}

/// What a resource is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// What people call it on the radio: `Engine 7`.
    pub name: String,
    /// The version of the definition of its kind.
    pub definition: DefinitionRef,
    /// The NIMS type that its owner claims for it: 1 is the most capable.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// How it is put together.
    pub grouping: Grouping,
    /// The resources that it is made of, for a strike team or task force.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Id<Resource>>,
    /// The one among the members whose boss leads the group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<Id<Resource>>,
    /// Where it is at home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<Location>,
    /// Who comes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crew: Option<Crew>,
    /// What it has, by the code of the metric in its definition.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub capabilities: BTreeMap<String, Capability>,
    /// What it costs whoever uses it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rates: Vec<Rate>,
}

/// Who comes with a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crew {
    /// How many people.
    pub people: u32,
    /// Who leads them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<String>,
}

/// What a resource costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// How much, in hundredths of the currency's unit.
    pub cents: u64,
    /// The currency (ISO 4217): `USD`.
    pub currency: String,
    /// For what.
    pub per: Per,
}

/// What a rate is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// Each hour.
    Hour,
    /// Each day.
    Day,
    /// Each piece.
    Each,
    /// Each kilometre.
    Kilometre,
}

/// How much there is of a supply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supply {
    /// How much its owner holds, what is committed included.
    pub held: u32,
    /// What it is counted in: `bags`.
    pub unit: String,
}

/// Where a resource was at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// Where.
    pub position: Position,
    /// When it was there.
    pub at: Timestamp,
    /// Where that comes from: `AVL`, `radio`.
    pub source: String,
}

impl Resource {
    /// How much of it can be committed now: 0 or 1 of what is single, and of a supply what is held
    /// and not committed.
    #[must_use]
    pub fn free(&self) -> u32 {
        let out_of_service = matches!(self.standing.status, Status::OutOfService(_));
        if self.retired.is_some() || self.member_of.is_some() || out_of_service {
            return 0;
        }
        match &self.supply {
            Some(supply) => supply.held.saturating_sub(self.committed()),
            None => u32::from(self.live_commitments().next().is_none()),
        }
    }

    /// How much of it is committed.
    #[must_use]
    pub fn committed(&self) -> u32 {
        self.live_commitments().map(|commitment| commitment.quantity).sum()
    }

    /// The commitments that are neither released nor cancelled.
    pub fn live_commitments(&self) -> impl Iterator<Item = &Commitment> {
        self.commitments.iter().filter(|commitment| commitment.is_live())
    }

    /// Where it was last, or where it is at home.
    #[must_use]
    pub fn whereabouts(&self) -> Option<Position> {
        let home = || self.profile.home.as_ref();
        let point = || home().and_then(|home| home.point);
        let last = self.position.as_ref().map(|fix| fix.position);
        last.or_else(point).or_else(|| home().and_then(Location::bounding_box).map(middle))
    }

    /// The smallest box around its last position, or around its home.
    #[must_use]
    pub fn bounding_box(&self) -> Option<BoundingBox> {
        let last = self.position.as_ref().map(|fix| BoundingBox::around(fix.position));
        last.or_else(|| self.profile.home.as_ref()?.bounding_box())
    }
}

fn middle(around: BoundingBox) -> Position {
    Position {
        lon: f64::midpoint(around.west, around.east),
        lat: f64::midpoint(around.south, around.north),
    }
}
