//! Positions: what somebody can be in a command structure, and whom such a one reports to.
//!
//! The positions of NIMS are data, `positions.yaml`. An organization adds its own, which can then be
//! used in its incidents: a city adds `HARB`, its harbor master, who reports to Operations.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Model;
use super::refusal::StructureRefusal;
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{
    self, OWN_POSITIONS_MAX, POSITION_CODE_CHARS_MAX, POSITION_TITLE_CHARS_MAX, SUPERVISORS_MAX,
};
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// What somebody can be in a command structure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Its mnemonic, such as `OSC`.
    pub code: String,
    /// What its holder is called.
    pub title: String,
    /// Where it stands.
    pub level: Level,
    /// The positions that may be its supervisor; none at the top.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reports_to: Vec<String>,
    /// Whether it may report to any position.
    #[serde(default)]
    pub anywhere: bool,
    /// Whether one structure may have several of it.
    #[serde(default)]
    pub many: bool,
    /// What its holder leads, where that is a part of the organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<Element>,
    /// What those who back its holder up are called, where the word of its level is not it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<String>,
    /// The structures that have it.
    #[serde(default = "Model::usual", skip_serializing_if = "Vec::is_empty")]
    pub only_in: Vec<Model>,
}

/// Where a position stands (NIMS, table of ICS titles).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Whoever commands; backed up by deputies.
    Command,
    /// An officer or adviser of the commander; backed up by assistants.
    CommandStaff,
    /// A chief of a section; backed up by deputies.
    Section,
    /// A director of a branch; backed up by deputies.
    Branch,
    /// A supervisor of a division or group; backed up by nobody.
    DivisionGroup,
    /// A leader of a unit, or a manager; backed up by managers.
    Unit,
    /// A leader of a strike team, resource team or task force.
    Team,
    /// A boss of a single resource.
    SingleResource,
    /// Somebody who leads nobody.
    Specialist,
}

/// The parts of an organization that people lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Element {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// Holds it.
    Primary,
    /// Backs its holder up, as qualified as they are.
    Deputy,
    /// Helps its holder.
    Assistant,
    /// Learns it, beside a coach.
    Trainee,
}

impl Level {
    /// How its holder is backed up; not at all when none.
    #[must_use]
    pub const fn support(self) -> Option<Capacity> {
        match self {
            Self::Command | Self::Section | Self::Branch => Some(Capacity::Deputy),
            Self::CommandStaff | Self::Unit => Some(Capacity::Assistant),
            Self::DivisionGroup | Self::Team | Self::SingleResource | Self::Specialist => None,
        }
    }

    /// Whether its holders are the command and general staff, whose qualification has the type of
    /// the incident (NQS) and who are told of a transfer of command.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Command | Self::CommandStaff | Self::Section)
    }
}

impl Capacity {
    /// The word for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "holder",
            Self::Deputy => "deputy",
            Self::Assistant => "assistant",
            Self::Trainee => "trainee",
        }
    }
}

impl Position {
    /// Whether it is the top of a structure.
    #[must_use]
    pub fn is_command(&self) -> bool {
        self.level == Level::Command
    }

    /// What somebody is called who has it in this capacity; none when nobody can.
    #[must_use]
    pub fn title_of(&self, capacity: Capacity) -> Option<String> {
        let named = |word: &str| Some(format!("{word} {}", self.title));
        match capacity {
            Capacity::Primary => Some(self.title.clone()),
            Capacity::Trainee => Some(format!("{} (trainee)", self.title)),
            Capacity::Deputy | Capacity::Assistant if self.level.support() != Some(capacity) => {
                None
            }
            Capacity::Deputy | Capacity::Assistant if self.support.is_some() => {
                self.support.clone()
            }
            Capacity::Deputy => named("Deputy"),
            Capacity::Assistant => named("Assistant"),
        }
    }
}

/// The positions of NIMS by code.
#[expect(clippy::expect_used, reason = "the list is part of the program, and a test reads it")]
static CATALOGUE: LazyLock<BTreeMap<String, Position>> = LazyLock::new(|| {
    let all: Vec<Position> =
        serde_saphyr::from_str(include_str!("positions.yaml")).expect("the positions can be read");
    all.into_iter().map(|position| (position.code.clone(), position)).collect()
});

/// The positions of NIMS, by code.
pub fn catalogue() -> impl Iterator<Item = &'static Position> {
    CATALOGUE.values()
}

/// Adds a position that an organization has beside those of NIMS, or changes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DefinePosition {
    /// The organization that uses it in its incidents.
    pub organization: Id<Organization>,
    /// Its mnemonic, which no position of NIMS has.
    pub code: String,
    /// What its holder is called.
    pub title: String,
    /// The positions that may be its supervisor.
    pub reports_to: Vec<String>,
    /// Whether one structure may have several of it.
    pub many: bool,
}

/// An organization added a position of its own, or changed it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PositionDefined {
    /// The organization.
    pub organization: Id<Organization>,
    /// The position.
    pub position: Position,
}

impl Decide for DefinePosition {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let organization = world.known_organization(self.organization)?;
        let code = limits::text("code", &self.code, POSITION_CODE_CHARS_MAX)?;
        let title = limits::text("title", &self.title, POSITION_TITLE_CHARS_MAX)?;
        let usable = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        if !code.chars().all(usable) || CATALOGUE.contains_key(&code) {
            return Err(StructureRefusal::PositionCodeUnusable { code }.into());
        }
        limits::count_from(1, "reportsTo", self.reports_to.len(), SUPERVISORS_MAX)?;
        for above in &self.reports_to {
            // Only positions of NIMS, so that the lines of an organization's own end at the top.
            if !CATALOGUE.contains_key(above) {
                return Err(StructureRefusal::PositionUnknown { code: above.clone() }.into());
            }
        }
        let known = organization.positions.iter().find(|position| position.code == code);
        if known.is_none() {
            limits::room("positions", organization.positions.len(), OWN_POSITIONS_MAX)?;
        }
        let position = Position {
            code,
            title,
            level: Level::Specialist,
            reports_to: self.reports_to.clone(),
            anywhere: false,
            many: self.many,
            element: None,
            support: None,
            only_in: Model::ALL.to_vec(),
        };
        let subject = RecordRef::Organization(self.organization);
        if known == Some(&position) {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, PositionDefined { organization: self.organization, position }))
    }
}

impl Apply for PositionDefined {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_organization(self.organization, stamp, |organization| {
            organization.positions.retain(|position| position.code != self.position.code);
            organization.positions.push(self.position.clone());
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Organization(self.organization)]
    }
}

impl World {
    /// The position with this code, of NIMS or of the organization's own.
    #[must_use]
    pub fn position(&self, owner: Option<Id<Organization>>, code: &str) -> Option<&Position> {
        CATALOGUE.get(code).or_else(|| {
            let own = &self.organization(owner?)?.positions;
            own.iter().find(|position| position.code == code)
        })
    }
}
