//! The terms of an agreement: what is shown to whom, and how exactly.

use muster_contract::MultiPolygon;
use serde::{Deserialize, Serialize};

use crate::domain::hazard;
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::marking::Tlp;
use crate::domain::organization::Organization;

/// One thing that parties show to others. Every list is an allowlist; an empty one allows nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The parties whose own records are shown.
    pub gives: Vec<Id<Organization>>,
    /// The parties that they are shown to, with the organizations that belong to those.
    pub receives: Vec<Id<Organization>>,
    /// The kinds of record.
    pub records: Vec<Shareable>,
    /// Which incidents, and the signals and notes that belong to them.
    pub incidents: Incidents,
    /// Only what reaches into this area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<MultiPolygon>,
    /// Only exercises, or only real events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exercise: Option<bool>,
    /// The narrowest marking that is still shown: AMBER at the most.
    pub up_to: Tlp,
    /// The groups of fields.
    pub groups: Vec<Group>,
    /// How exactly places are shown.
    pub place: PlacePrecision,
    /// How exactly times are shown.
    pub time: TimePrecision,
    /// Whether the receiver is told that there is more which it is not shown.
    pub tells_withheld: bool,
    /// Whether the receivers may pass it on, by terms of theirs that say so.
    pub onward: bool,
    /// Whether the givers also pass on what others gave them and allowed to be passed on.
    pub passes_on: bool,
}

/// A kind of record that can be shared by agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shareable {
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

/// Which incidents a term is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "which", content = "of")]
pub enum Incidents {
    /// All of them.
    All,
    /// Those of these kinds of hazard and of the kinds below them.
    Kinds(Vec<hazard::Kind>),
    /// These alone.
    These(Vec<Id<Incident>>),
}

/// A group of fields, the smallest thing that is shown or withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
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

impl Group {
    /// Every group, in the order in which forms list them.
    pub const ALL: [Self; 9] = [
        Self::Identity,
        Self::Status,
        Self::Assessment,
        Self::Place,
        Self::Command,
        Self::Links,
        Self::Content,
        Self::Source,
        Self::History,
    ];

    /// The action of the policy schema that shows the group.
    #[must_use]
    pub const fn action(self) -> &'static str {
        match self {
            Self::Identity => "seeIdentity",
            Self::Status => "seeStatus",
            Self::Assessment => "seeAssessment",
            Self::Place => "seePlace",
            Self::Command => "seeCommand",
            Self::Links => "seeLinks",
            Self::Content => "seeContent",
            Self::Source => "seeSource",
            Self::History => "seeHistory",
        }
    }
}

/// How exactly a place is shown, the most exact first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum PlacePrecision {
    /// As it is known.
    #[default]
    Exact,
    /// The cell of about 100 m that it lies in.
    Street,
    /// The cell of about 1 km that it lies in.
    Kilometre,
    /// The cell of about 50 km that it lies in.
    County,
}

impl PlacePrecision {
    /// Every precision, the most exact first.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Street, Self::Kilometre, Self::County];
}

/// How exactly a time is shown, the most exact first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum TimePrecision {
    /// As it is known.
    #[default]
    Exact,
    /// The minute that it fell into.
    Minute,
    /// The hour that it fell into.
    Hour,
    /// The day (UTC) that it fell into.
    Day,
}

impl TimePrecision {
    /// Every precision, the most exact first.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Minute, Self::Hour, Self::Day];
}
