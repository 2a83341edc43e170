//! Why something about a command structure was refused.

use serde::Serialize;

use super::{Post, Structure, Transfer};
use crate::domain::ids::Id;
use crate::domain::qualification::Qualification;

/// A command about a structure was understood and refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum StructureRefusal {
    /// There is no such structure.
    #[error("there is no command structure {0}; somebody has to assume command first")]
    StructureUnknown(Id<Structure>),
    /// There is no such post in the structure.
    #[error("there is no open post {0} in this structure; check the id")]
    PostUnknown(Id<Post>),
    /// There is no such assignment.
    #[error("nobody holds this post by that assignment; it may have ended already")]
    AssignmentUnknown,
    /// There is no such position.
    #[error("there is no position `{code}`; choose one from the list of positions")]
    PositionUnknown {
        /// The code asked for.
        code: String,
    },
    /// A code is not one, or belongs to NIMS.
    #[error("`{code}` cannot be a position of your own; use capitals and digits that NIMS has not")]
    PositionCodeUnusable {
        /// The code asked for.
        code: String,
    },
    /// The structure has no such position.
    #[error("{title} is no part of {model}")]
    PositionNotInModel {
        /// The title of the position.
        title: String,
        /// The kind of structure.
        model: &'static str,
    },
    /// A structure has one of the position.
    #[error("there is one {title} already; a structure has only one")]
    PositionTaken {
        /// The title of the position.
        title: String,
    },
    /// A post of the same position is called the same.
    #[error("there is a post “{name}” already; give this one another name")]
    PostNameTaken {
        /// The name.
        name: String,
    },
    /// Somebody commands already.
    #[error("incident {number} has a commander; take command over by a transfer, or join")]
    CommandHeld {
        /// The number of the incident.
        number: String,
    },
    /// An Area Command is over several incidents.
    #[error("incident {number} has no parts; an Area Command is over a complex of incidents")]
    AreaWithoutParts {
        /// The number of the incident.
        number: String,
    },
    /// The agency has a commander already.
    #[error("this agency has a commander already; Unified Command has one each agency")]
    AgencyCommands,
    /// The agency was asked to join already.
    #[error(
        "this agency was asked to join command already; wait for its answer, or withdraw the question"
    )]
    AgencyAsked,
    /// The agency has no commander.
    #[error("this agency holds no command here")]
    AgencyDoesNotCommand,
    /// Command would lapse.
    #[error(
        "command never lapses: a commander is not relieved; transfer command, or leave Unified \
         Command (`leaveCommand`) while another commander stays"
    )]
    CommandWouldLapse,
    /// Somebody who commands cannot leave the agency whose authority they bring.
    #[error("{name} holds command for this organization; transfer command first")]
    PersonCommands {
        /// The name of the person.
        name: String,
    },
    /// A center has a director.
    #[error("an emergency operations center has one director and no Unified Command")]
    NotForEoc,
    /// The command is for emergency operations centers.
    #[error("this is for emergency operations centers only")]
    OnlyForEoc,
    /// The center is closed.
    #[error("the center “{name}” is not active; activate it again")]
    EocDeactivated {
        /// What it is called.
        name: String,
    },
    /// There are three levels.
    #[error("activation level {0} does not exist; 3 is normal operations, 1 full activation")]
    EocLevelUnknown(u8),
    /// The position cannot report there.
    #[error("{title} cannot report to {above}; it reports to {allowed}")]
    SupervisorImpossible {
        /// The title of the position.
        title: String,
        /// The title of the post above.
        above: String,
        /// The codes of the positions that it reports to.
        allowed: String,
    },
    /// There is somebody in between.
    #[error("{title} does not report to {above} while “{open}” is open; put it there")]
    LineSkipped {
        /// The title of the position.
        title: String,
        /// The title of the post above.
        above: String,
        /// The name of the post in between.
        open: String,
    },
    /// A post cannot report to itself.
    #[error(
        "a post cannot be above itself, and a structure not so high; choose another supervisor"
    )]
    PostAboveItself,
    /// The top stays where it is.
    #[error("the command post cannot be opened, moved or dissolved")]
    CommandPost,
    /// Somebody reports to the post.
    #[error("“{below}” reports to “{name}”; move or dissolve that first")]
    PostHasSubordinates {
        /// The name of the post.
        name: String,
        /// The name of one below it.
        below: String,
    },
    /// An incident of the complex is under the post.
    #[error("a part of the complex is under “{name}”; put that elsewhere first")]
    PostHasParts {
        /// The name of the post.
        name: String,
    },
    /// Resources work at the post.
    #[error("“{name}” has resources assigned ({count}); assign them to something else first")]
    PostHasResources {
        /// The name of the post.
        name: String,
        /// How many of them.
        count: usize,
    },
    /// Somebody holds the post.
    #[error("“{name}” is filled; relieve those who hold it first")]
    PostFilled {
        /// The name of the post.
        name: String,
    },
    /// The post has a holder.
    #[error("“{name}” has a holder; relieve them first")]
    PostHeld {
        /// The name of the post.
        name: String,
    },
    /// The position is not backed up so.
    #[error("{title} has no {capacity}")]
    CapacityMissing {
        /// The title of the position.
        title: String,
        /// The capacity asked for.
        capacity: &'static str,
    },
    /// Somebody holds the post already.
    #[error("{name} holds this post already")]
    PersonHolds {
        /// The name of the person.
        name: String,
    },
    /// The policy of the authority wants a waiver.
    #[error("{name} falls short: {reasons}; choose somebody else, or give a reason to waive it")]
    WaiverNeeded {
        /// The name of the person.
        name: String,
        /// What they lack, in words.
        reasons: String,
    },
    /// The person holds a post elsewhere.
    #[error(
        "{name} holds a post on another incident ({elsewhere}); relieve them there, or give a reason \
         to waive it"
    )]
    HoldsElsewhere {
        /// The name of the person.
        name: String,
        /// The number of the other incident.
        elsewhere: String,
    },
    /// There is no such transfer.
    #[error("there is no transfer {0} in this structure; check the id")]
    TransferUnknown(Id<Transfer>),
    /// A transfer is not where it would have to be.
    #[error("this transfer is {stage} and cannot be {asked}")]
    TransferStage {
        /// Where it stands.
        stage: &'static str,
        /// What was to come of it.
        asked: &'static str,
    },
    /// One transfer at a time.
    #[error("a transfer from this commander is open; wait for the answer, or withdraw it")]
    TransferOpen,
    /// Nobody hands over to themselves.
    #[error("command cannot be transferred to whoever holds it")]
    TransferToHolder,
    /// Only one side may do this.
    #[error("only {side} or their organization may do this")]
    NotTheSide {
        /// Who may.
        side: &'static str,
    },
    /// The moment lies in the past or too far ahead.
    #[error("give a moment from now on, at most {hours_max} hours ahead")]
    EffectiveUnusable {
        /// The bound.
        hours_max: i64,
    },
    /// There is no such decision.
    #[error("there is no joint decision with this id in this structure")]
    DecisionUnknown,
    /// The agency has nothing to sign.
    #[error("this organization has nothing to sign: it holds no command here, or signed already")]
    NothingToSign,
    /// Nobody delegates to themselves.
    #[error("a delegation goes to another organization")]
    DelegationToSelf,
    /// The delegation would be over before it began.
    #[error("this delegation would be over already; let it end later, or leave `until` out")]
    DelegationOver,
    /// There is no such delegation.
    #[error("there is no such delegation in force; check the id")]
    DelegationUnknown,
    /// A commanded incident was about to become a duplicate of one that nobody commands.
    #[error(
        "incident {number} has a commander and {into} has none; merge {into} into {number}, or \
         assume command of {into} first"
    )]
    CommandWouldLapseByMerging {
        /// The number of the duplicate.
        number: String,
        /// The number of the other incident.
        into: String,
    },
    /// An incident was about to become a duplicate of one that not all its agencies command.
    #[error(
        "an agency that is in command of {number} is not in command of {into}; let it join command \
         there, or leave command of {number}, before they are merged"
    )]
    AgencyWouldLoseCommand {
        /// The number of the duplicate.
        number: String,
        /// The number of the other incident.
        into: String,
    },
    /// An incident that is hidden from an agency cannot be commanded by it.
    #[error(
        "TLP:AMBER+STRICT hides incident {number} from every agency but the one it belongs to, so no \
         other can be in command; mark it AMBER, or let the others leave command"
    )]
    HiddenFromCommand {
        /// The number of the incident.
        number: String,
    },
    /// An Area Command was about to direct tactics (section 3).
    #[error(
        "an Area Command assigns no resources to tactics; commit it to one of its incidents, and have \
         it assigned there"
    )]
    AreaDirectsNoTactics,
    /// A center was about to direct tactics where somebody commands.
    #[error(
        "{center} supports and does not assign resources while somebody commands on the scene; ask \
         the commander to assign it, or to delegate tactical assignments to {code}"
    )]
    TacticsNotDelegated {
        /// What the center is called.
        center: String,
        /// The code of the organization that runs it.
        code: String,
    },
    /// An incident is no part of the complex.
    #[error("incident {number} is no part of this complex")]
    NotAPart {
        /// The number of the incident.
        number: String,
    },
    /// There is no such qualification.
    #[error("there is no qualification {0}; check the id")]
    QualificationUnknown(Id<Qualification>),
    /// The qualification would have expired before it began.
    #[error("a qualification expires after it was issued")]
    QualificationDates,
    /// An authority stands behind each qualification.
    #[error("act for an organization: qualifications are recorded by the authority behind them")]
    AuthorityMissing,
}

impl StructureRefusal {
    /// The name of the refusal for programs, stable over releases.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::StructureUnknown(_) => "STRUCTURE_UNKNOWN",
            Self::PostUnknown(_) => "POST_UNKNOWN",
            Self::AssignmentUnknown => "ASSIGNMENT_UNKNOWN",
            Self::PositionUnknown { .. } => "POSITION_UNKNOWN",
            Self::PositionCodeUnusable { .. } => "POSITION_CODE_UNUSABLE",
            Self::PositionNotInModel { .. } => "POSITION_NOT_IN_MODEL",
            Self::PositionTaken { .. } => "POSITION_TAKEN",
            Self::PostNameTaken { .. } => "POST_NAME_TAKEN",
            Self::CommandHeld { .. } => "COMMAND_HELD",
            Self::AreaWithoutParts { .. } => "AREA_WITHOUT_PARTS",
            Self::AgencyCommands => "AGENCY_COMMANDS",
            Self::AgencyAsked => "AGENCY_ASKED",
            Self::AgencyDoesNotCommand => "AGENCY_DOES_NOT_COMMAND",
            Self::CommandWouldLapse => "COMMAND_WOULD_LAPSE",
            Self::PersonCommands { .. } => "PERSON_COMMANDS",
            Self::NotForEoc => "NOT_FOR_EOC",
            Self::OnlyForEoc => "ONLY_FOR_EOC",
            Self::EocDeactivated { .. } => "EOC_DEACTIVATED",
            Self::EocLevelUnknown(_) => "EOC_LEVEL_UNKNOWN",
            Self::SupervisorImpossible { .. } => "SUPERVISOR_IMPOSSIBLE",
            Self::LineSkipped { .. } => "LINE_SKIPPED",
            Self::PostAboveItself => "POST_ABOVE_ITSELF",
            Self::CommandPost => "COMMAND_POST",
            Self::PostHasSubordinates { .. } => "POST_HAS_SUBORDINATES",
            Self::PostHasParts { .. } => "POST_HAS_PARTS",
            Self::PostHasResources { .. } => "POST_HAS_RESOURCES",
            Self::PostFilled { .. } => "POST_FILLED",
            Self::PostHeld { .. } => "POST_HELD",
            Self::CapacityMissing { .. } => "CAPACITY_MISSING",
            Self::PersonHolds { .. } => "PERSON_HOLDS",
            Self::WaiverNeeded { .. } => "WAIVER_NEEDED",
            Self::HoldsElsewhere { .. } => "HOLDS_ELSEWHERE",
            Self::TransferUnknown(_) => "TRANSFER_UNKNOWN",
            Self::TransferStage { .. } => "TRANSFER_STAGE",
            Self::TransferOpen => "TRANSFER_OPEN",
            Self::TransferToHolder => "TRANSFER_TO_HOLDER",
            Self::NotTheSide { .. } => "NOT_THE_SIDE",
            Self::EffectiveUnusable { .. } => "EFFECTIVE_UNUSABLE",
            Self::DecisionUnknown => "DECISION_UNKNOWN",
            Self::NothingToSign => "NOTHING_TO_SIGN",
            Self::DelegationToSelf => "DELEGATION_TO_SELF",
            Self::DelegationOver => "DELEGATION_OVER",
            Self::DelegationUnknown => "DELEGATION_UNKNOWN",
            Self::CommandWouldLapseByMerging { .. } => "COMMAND_WOULD_LAPSE_BY_MERGING",
            Self::AgencyWouldLoseCommand { .. } => "AGENCY_WOULD_LOSE_COMMAND",
            Self::HiddenFromCommand { .. } => "HIDDEN_FROM_COMMAND",
            Self::AreaDirectsNoTactics => "AREA_DIRECTS_NO_TACTICS",
            Self::TacticsNotDelegated { .. } => "TACTICS_NOT_DELEGATED",
            Self::NotAPart { .. } => "NOT_A_PART",
            Self::QualificationUnknown(_) => "QUALIFICATION_UNKNOWN",
            Self::QualificationDates => "QUALIFICATION_DATES",
            Self::AuthorityMissing => "AUTHORITY_MISSING",
        }
    }
}
