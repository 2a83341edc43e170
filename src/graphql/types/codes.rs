//! The closed lists of the API. Those of CAP mirror the standard; the hub's own mirror the domain.

use async_graphql::Enum;

use crate::domain::marking::Tlp;
use crate::domain::{agreement, incident, organization, resource};

/// Whether a message is meant for action (CAP `status`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "muster_contract::alert::Status")]
pub(crate) enum MessageStatus {
    /// For action by all it is addressed to.
    Actual,
    /// For the participants of an exercise only.
    Exercise,
    /// Internal to the alerting network, such as heartbeats.
    System,
    /// To be ignored by all.
    Test,
    /// Not for action in its present form.
    Draft,
}

/// What a message does to earlier ones (CAP `msgType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "muster_contract::alert::MsgType")]
pub(crate) enum MessageType {
    /// Begins a new matter.
    Alert,
    /// Replaces the messages that it refers to.
    Update,
    /// Withdraws the messages that it refers to.
    Cancel,
    /// Says that the messages it refers to were received.
    Ack,
    /// Says that the messages it refers to were rejected; the note tells why.
    Error,
}

/// Whom a message is meant for (CAP `scope`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "muster_contract::alert::Scope")]
pub(crate) enum MessageScope {
    /// Anybody.
    Public,
    /// Those that the restriction names.
    Restricted,
    /// Those that the addresses name.
    Private,
}

/// Category of the hazard (CAP `category`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "muster_contract::alert::Category")]
pub(crate) enum Category {
    /// Geophysical, landslides included.
    Geo,
    /// Meteorological, floods included.
    Met,
    /// General emergency and public safety.
    Safety,
    /// Law enforcement, military, homeland and private security.
    Security,
    /// Rescue and recovery.
    Rescue,
    /// Fire suppression and rescue.
    Fire,
    /// Medical and public health.
    Health,
    /// Pollution and other environmental matters.
    Env,
    /// Public and private transportation.
    Transport,
    /// Utilities, telecommunication, other infrastructure.
    Infra,
    /// Chemical, biological, radiological, nuclear or high-yield explosive.
    Cbrne,
    /// Anything else.
    Other,
}

/// What the audience should do (CAP `responseType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "muster_contract::alert::ResponseType")]
pub(crate) enum ResponseType {
    /// Take shelter in place.
    Shelter,
    /// Leave the area.
    Evacuate,
    /// Make preparations.
    Prepare,
    /// Carry out a planned activity.
    Execute,
    /// Stay away from the hazard.
    Avoid,
    /// Attend to sources of information.
    Monitor,
    /// Evaluate the information; not for public warning.
    Assess,
    /// The hazard no longer threatens.
    AllClear,
    /// No action recommended.
    None,
}

/// How soon to act (CAP `urgency`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "muster_contract::alert::Urgency")]
pub(crate) enum Urgency {
    /// At once.
    Immediate,
    /// Within the next hour.
    Expected,
    /// In the near future.
    Future,
    /// No longer needed.
    Past,
    /// Not known.
    Unknown,
}

/// How bad it is (CAP `severity`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "muster_contract::alert::Severity")]
pub(crate) enum Severity {
    /// Extraordinary threat to life or property.
    Extreme,
    /// Significant threat.
    Severe,
    /// Possible threat.
    Moderate,
    /// Minimal threat.
    Minor,
    /// Not known.
    Unknown,
}

/// How sure it is (CAP `certainty`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "muster_contract::alert::Certainty")]
pub(crate) enum Certainty {
    /// Has happened or is going on.
    Observed,
    /// More likely than not.
    Likely,
    /// Possible, not likely.
    Possible,
    /// Not expected to occur.
    Unlikely,
    /// Not known.
    Unknown,
}

/// Where an incident stands in its life cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "incident::Status")]
pub(crate) enum IncidentStatus {
    /// Somebody says so; nobody has confirmed it.
    Reported,
    /// Confirmed and going on.
    Active,
    /// It cannot spread any further.
    Contained,
    /// What drives it is stopped.
    Controlled,
    /// Resources are being released.
    Demobilizing,
    /// Over.
    Closed,
}

/// What an organization does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "organization::Kind")]
pub(crate) enum OrganizationKind {
    /// Fire and rescue service.
    Fire,
    /// Police, sheriff, state and federal law enforcement.
    LawEnforcement,
    /// Emergency medical service.
    Ems,
    /// Hospital or hospital group.
    Hospital,
    /// Power, water, gas or telecommunication company.
    Utility,
    /// Public works and roads.
    PublicWorks,
    /// Public health authority.
    PublicHealth,
    /// Emergency management at any level.
    EmergencyManagement,
    /// Security operations centre.
    SecurityOperations,
    /// Non-governmental or volunteer organization.
    Ngo,
    /// Armed forces and national guard.
    Military,
    /// A jurisdiction or region that others belong to.
    Government,
    /// Anything else.
    Other,
}

/// How far a record may go (Traffic Light Protocol 2.0). No agreement widens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Tlp")]
pub(crate) enum Marking {
    /// No limit on disclosure. It still takes an agreement to show it.
    Clear,
    /// Within the organizations of this hub.
    Green,
    /// Within the organizations that it was given to: it is not passed on.
    Amber,
    /// Within the organization alone.
    AmberStrict,
    /// For the eyes and ears of the person who marked it.
    Red,
}

/// A group of fields, the smallest thing that is shown or withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "agreement::Group")]
pub(crate) enum FieldGroup {
    /// What it is: id, number, name, kind, exercise or real. Without it nothing is shown.
    Identity,
    /// Where it stands: status, severity, urgency, whether it still counts.
    Status,
    /// How bad it is judged to be, and why.
    Assessment,
    /// Where it is, as exactly as the term says.
    Place,
    /// Who leads.
    Command,
    /// What it is connected with; the other record shows only if it may be seen itself.
    Links,
    /// The words: a note's text, a message's texts.
    Content,
    /// Where it came from: sender, way, author.
    Source,
    /// What happened when, as exactly as the term says.
    History,
}

/// How exactly a place is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "agreement::PlacePrecision")]
pub(crate) enum PlacePrecision {
    /// As it is known.
    Exact,
    /// The cell of about 100 m that it lies in.
    Street,
    /// The cell of about 1 km that it lies in.
    Kilometre,
    /// The cell of about 50 km that it lies in.
    County,
}

/// How exactly a time is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "agreement::TimePrecision")]
pub(crate) enum TimePrecision {
    /// As it is known.
    Exact,
    /// The minute that it fell into.
    Minute,
    /// The hour that it fell into.
    Hour,
    /// The day (UTC) that it fell into.
    Day,
}

/// A kind of record that can be shared by agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "agreement::Shareable")]
pub(crate) enum ShareableRecord {
    /// Incidents.
    Incident,
    /// Signals that are not public anyway.
    Signal,
    /// Journal notes.
    Note,
    /// Persons.
    Person,
    /// Operational periods with their plans.
    Plan,
    /// Command structures.
    Structure,
    /// Posts in command structures.
    Post,
    /// Qualifications.
    Qualification,
    /// Resources.
    Resource,
    /// Resource requests that were sent.
    Request,
}

/// Where an agreement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "agreement::Standing")]
pub(crate) enum AgreementStanding {
    /// Some party has not signed.
    Proposed,
    /// Every party has signed, and its time has not begun.
    Signed,
    /// It is in force.
    InForce,
    /// Its time is over.
    Expired,
    /// A party ended it.
    Ended,
}

/// Whether a resource can be used (NIMS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum ResourceStatus {
    /// It works at what it was assigned to.
    Assigned,
    /// It is ready.
    Available,
    /// It cannot be used.
    OutOfService,
}

impl ResourceStatus {
    /// The status without its cause.
    pub(in crate::graphql) const fn of(status: resource::Status) -> Self {
        match status {
            resource::Status::Assigned => Self::Assigned,
            resource::Status::Available => Self::Available,
            resource::Status::OutOfService(_) => Self::OutOfService,
        }
    }
}

/// Why a resource is out of service (ICS 219).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "resource::standing::Cause")]
pub(crate) enum OutOfServiceCause {
    /// Something is broken.
    Mechanical,
    /// There is nobody to work it.
    Personnel,
    /// Its people rest.
    Rest,
}

/// What kind of thing a resource is (NIMS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "resource::Class")]
pub(crate) enum ResourceClass {
    /// Single people.
    Personnel,
    /// People who work as one.
    Teams,
    /// Buildings and sites.
    Facilities,
    /// Vehicles and machines, with those who work them.
    Equipment,
    /// What is counted rather than named.
    Supplies,
}

/// How a resource is put together (NIMS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "resource::Grouping")]
pub(crate) enum ResourceGrouping {
    /// One vehicle, animal or person.
    SingleResource,
    /// People under one boss.
    Crew,
    /// Several of the same kind with one leader; law enforcement says resource team.
    StrikeTeam,
    /// A mix of kinds for one task with one leader.
    TaskForce,
}

/// Where a commitment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "resource::Stage")]
pub(crate) enum CommitmentStage {
    /// Nobody else can have it.
    Committed,
    /// It gets ready to go.
    Mobilizing,
    /// It is on its way.
    EnRoute,
    /// It is there.
    CheckedIn,
    /// Its check-out is going round.
    Demobilizing,
    /// It is let go.
    Released,
    /// It did not go after all.
    Cancelled,
}

/// A box of a demobilization check-out (ICS 221).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "resource::SignBox")]
pub(crate) enum SignOffBox {
    /// Logistics: what was lent is back.
    Supply,
    /// Logistics: radios are back.
    Communications,
    /// Logistics: rooms and tents are left in order.
    Facilities,
    /// Logistics: vehicles are checked and fuelled.
    GroundSupport,
    /// Logistics: passes and keys are back.
    Security,
    /// Finance: hours are written down.
    Time,
    /// Planning: papers are handed in.
    Documentation,
    /// Planning: the demobilization unit lets it go.
    Demobilization,
    /// Somebody else.
    Other,
}

/// How a value is compared with what a type needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "resource::definition::Compare")]
pub(crate) enum MetricCompare {
    /// As much or more.
    AtLeast,
    /// As much or less.
    AtMost,
    /// It is there.
    Has,
}

/// What a rate is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "resource::Per")]
pub(crate) enum RatePer {
    /// Each hour.
    Hour,
    /// Each day.
    Day,
    /// Each piece.
    Each,
    /// Each kilometre.
    Kilometre,
}
