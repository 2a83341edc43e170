//! Why something about a resource was refused.

use serde::Serialize;

use super::Resource;
use super::commitment::Stage;
use crate::domain::ids::Id;

/// A command about a resource was understood and refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum ResourceRefusal {
    /// There is no such resource.
    #[error("there is no resource {0}; check the id")]
    Unknown(Id<Resource>),
    /// Its owner does not have it any more.
    #[error("{name} was retired; choose another resource")]
    Retired {
        /// What it is called.
        name: String,
    },
    /// There is no such definition.
    #[error(
        "no definition of `{id}` version {version} is known; choose one from the list of resource definitions"
    )]
    DefinitionUnknown {
        /// The id asked for.
        id: String,
        /// The version asked for.
        version: u16,
    },
    /// A version that is known would change.
    #[error(
        "`{id}` version {version} is known with another content; give the new content a higher version"
    )]
    DefinitionKnown {
        /// The id.
        id: String,
        /// The version.
        version: u16,
    },
    /// Definitions cannot be used.
    #[error("the resource definitions cannot be used: {0}")]
    DefinitionsUnusable(String),
    /// The definition has no such type.
    #[error("{kind} has no Type {level}; it has {known}")]
    TypeUnknown {
        /// The name of the kind.
        kind: String,
        /// The type asked for.
        level: u8,
        /// The types there are.
        known: String,
    },
    /// A capability value cannot be used.
    #[error("`capabilities.{metric}` cannot be used: {problem}")]
    CapabilityUnusable {
        /// The code of the metric.
        metric: String,
        /// Why, and what to do.
        problem: &'static str,
    },
    /// A quantity for what is single, or none for what is counted.
    #[error("{kind} {problem}")]
    SupplyUnfit {
        /// The name of the kind.
        kind: String,
        /// What to do.
        problem: &'static str,
    },
    /// A rate that nobody can pay.
    #[error("`rates.currency` is `{0}`; write three capital letters, such as USD")]
    CurrencyUnusable(String),
    /// A group that cannot be.
    #[error("this group cannot be formed: {0}")]
    GroupImpossible(String),
    /// It belongs to a group, which is committed as one.
    #[error("{name} is part of {group}; commit the group, or take it out of the group first")]
    InGroup {
        /// What it is called.
        name: String,
        /// What the group is called.
        group: String,
    },
    /// It is in use.
    #[error("{name} is committed to an incident; release it there or cancel that first")]
    InUse {
        /// What it is called.
        name: String,
    },
    /// Something else has it.
    #[error("{name} is committed already; choose another, or wait for its release")]
    NotFree {
        /// What it is called.
        name: String,
    },
    /// It does not work now.
    #[error("{name} is out of service ({cause}); choose another, or set it to available first")]
    OutOfService {
        /// What it is called.
        name: String,
        /// Why it is.
        cause: &'static str,
    },
    /// There is not so much of it.
    #[error("of {name} {free} {unit} are free and {asked} were asked for; ask for fewer")]
    SupplyShort {
        /// What it is called.
        name: String,
        /// How much is free.
        free: u32,
        /// How much was asked for.
        asked: u32,
        /// What it is counted in.
        unit: String,
    },
    /// More is committed than would be held.
    #[error(
        "of {name} {committed} {unit} are committed, so at least these are held; release some first"
    )]
    SupplyBelowCommitted {
        /// What it is called.
        name: String,
        /// How much is committed.
        committed: u32,
        /// What it is counted in.
        unit: String,
    },
    /// An exercise and reality were about to mix.
    #[error(
        "{name} is {resource} and the incident is {incident}; what belongs to an exercise and what is real stay apart"
    )]
    ExerciseMixed {
        /// What it is called.
        name: String,
        /// What the resource is for.
        resource: &'static str,
        /// What the incident is.
        incident: &'static str,
    },
    /// It has nothing to do with the incident.
    #[error("{name} is not committed to incident {incident}; commit it first")]
    NotCommitted {
        /// What it is called.
        name: String,
        /// The number of the incident.
        incident: String,
    },
    /// It is committed to the incident more than once.
    #[error("{name} is committed to incident {incident} {count} times; say which by `commitment`")]
    CommitmentAmbiguous {
        /// What it is called.
        name: String,
        /// The number of the incident.
        incident: String,
        /// How many times.
        count: usize,
    },
    /// The life of a commitment has no such step.
    #[error("{name} is {from} and cannot become {to}; from there it can become {allowed}")]
    StageStepMissing {
        /// What it is called.
        name: String,
        /// Where it stands.
        from: Stage,
        /// What was asked for.
        to: Stage,
        /// What it can become, in words.
        allowed: String,
    },
    /// It has not checked in.
    #[error("{name} is {stage}; only what is checked in can be assigned")]
    NotCheckedIn {
        /// What it is called.
        name: String,
        /// Where it stands.
        stage: Stage,
    },
    /// It is on its way out.
    #[error("{name} is being demobilized; say by `reason` why it stays, or choose another")]
    Demobilizing {
        /// What it is called.
        name: String,
    },
    /// Who helps answers for what is theirs.
    #[error(
        "{name} is not yours; whoever has it, or works on the incident, checks it in and answers for it"
    )]
    NotYours {
        /// What it is called.
        name: String,
    },
    /// It is nowhere assigned.
    #[error("{name} is not assigned to anything; assign it to a division, group or staging area")]
    NotAssigned {
        /// What it is called.
        name: String,
    },
    /// Supplies are moved by their owner.
    #[error("only the organization that has {name} may change its status")]
    OwnersAlone {
        /// What it is called.
        name: String,
    },
    /// Boxes of the check-out are not signed.
    #[error("{name} cannot be released yet; still to be signed: {boxes}")]
    SignaturesMissing {
        /// What it is called.
        name: String,
        /// The boxes, in words.
        boxes: String,
    },
    /// A box that was not ticked, or is signed.
    #[error("“{sign_off}” {problem} on the check-out of {name}")]
    BoxUnfit {
        /// What it is called.
        name: String,
        /// The box.
        sign_off: &'static str,
        /// What is wrong.
        problem: &'static str,
    },
    /// An incident with resources was about to end.
    #[error("incident {number} still has resources: {which}; release or cancel them first")]
    StillCommitted {
        /// The number of the incident.
        number: String,
        /// What there is.
        which: String,
    },
    /// There is no such accountability check.
    #[error("there is no such accountability check on incident {number}; call one first")]
    ParUnknown {
        /// The number of the incident.
        number: String,
    },
    /// It is not about that resource.
    #[error("{name} was not called in this accountability check; it was not checked in there then")]
    NotCalled {
        /// What it is called.
        name: String,
    },
    /// More people are there than came.
    #[error(
        "{name} checked in with {expected} people, so there cannot be {present} of them; count again \
         without those of other resources"
    )]
    MoreThanCheckedIn {
        /// What it is called.
        name: String,
        /// How many are said to be there.
        present: u32,
        /// How many checked in.
        expected: u32,
    },
    /// Nobody is there.
    #[error("no resource is checked in there, so there is nobody to account for")]
    NobodyToCall,
    /// A time that cannot be.
    #[error("`{field}` lies in the future; check the clock of whatever reported it")]
    TimeInFuture {
        /// The field of the command.
        field: &'static str,
    },
    /// It would be there before it leaves.
    #[error("`arrivesAt` is before `leavesAt`; put one of them right")]
    ArrivesBeforeLeaving,
    /// A position that is not on the globe.
    #[error("`position` is not on the globe; are longitude and latitude swapped?")]
    NotOnGlobe,
}

impl ResourceRefusal {
    /// The name of the refusal for programs, stable over releases.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "RESOURCE_UNKNOWN",
            Self::Retired { .. } => "RESOURCE_RETIRED",
            Self::DefinitionUnknown { .. } => "RESOURCE_DEFINITION_UNKNOWN",
            Self::DefinitionKnown { .. } => "RESOURCE_DEFINITION_KNOWN",
            Self::DefinitionsUnusable(_) => "RESOURCE_DEFINITIONS_UNUSABLE",
            Self::TypeUnknown { .. } => "RESOURCE_TYPE_UNKNOWN",
            Self::CapabilityUnusable { .. } => "CAPABILITY_UNUSABLE",
            Self::SupplyUnfit { .. } => "SUPPLY_UNFIT",
            Self::CurrencyUnusable(_) => "CURRENCY_UNUSABLE",
            Self::GroupImpossible(_) => "RESOURCE_GROUP_IMPOSSIBLE",
            Self::InGroup { .. } => "RESOURCE_IN_GROUP",
            Self::InUse { .. } => "RESOURCE_IN_USE",
            Self::NotFree { .. } => "RESOURCE_NOT_FREE",
            Self::OutOfService { .. } => "RESOURCE_OUT_OF_SERVICE",
            Self::SupplyShort { .. } => "SUPPLY_SHORT",
            Self::SupplyBelowCommitted { .. } => "SUPPLY_BELOW_COMMITTED",
            Self::ExerciseMixed { .. } => "RESOURCE_EXERCISE_MIXED",
            Self::NotCommitted { .. } => "RESOURCE_NOT_COMMITTED",
            Self::CommitmentAmbiguous { .. } => "COMMITMENT_AMBIGUOUS",
            Self::StageStepMissing { .. } => "COMMITMENT_STEP_MISSING",
            Self::NotCheckedIn { .. } => "RESOURCE_NOT_CHECKED_IN",
            Self::Demobilizing { .. } => "RESOURCE_DEMOBILIZING",
            Self::NotYours { .. } => "RESOURCE_NOT_YOURS",
            Self::NotAssigned { .. } => "RESOURCE_NOT_ASSIGNED",
            Self::OwnersAlone { .. } => "RESOURCE_OWNERS_ALONE",
            Self::SignaturesMissing { .. } => "SIGNATURES_MISSING",
            Self::BoxUnfit { .. } => "SIGN_OFF_UNFIT",
            Self::StillCommitted { .. } => "RESOURCES_COMMITTED",
            Self::ParUnknown { .. } => "PAR_UNKNOWN",
            Self::NotCalled { .. } => "PAR_NOT_CALLED",
            Self::MoreThanCheckedIn { .. } => "PAR_TOO_MANY",
            Self::NobodyToCall => "PAR_NOBODY",
            Self::TimeInFuture { .. } => "TIME_IN_FUTURE",
            Self::ArrivesBeforeLeaving => "DEPARTURE_TIMES_TURNED",
            Self::NotOnGlobe => "POSITION_NOT_ON_GLOBE",
        }
    }
}
