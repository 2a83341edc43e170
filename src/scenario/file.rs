//! What stands in a scenario file. Every key is spelled in kebab-case; unknown keys are mistakes.

use jiff::SignedDuration;
use muster_contract::alert::{
    Category, Certainty, MsgType, Named, ResponseType, Severity, Urgency,
};
use muster_contract::{Polygon, Position};
use serde::{Deserialize, Deserializer, de};
use serde_saphyr::Spanned;

use super::agreement::Arrangement;
use super::ask::Ask;
use super::cast::{Person, Resource};
use crate::domain::incident::Status;
use crate::domain::{hazard, organization};

/// A timed exercise.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Scenario {
    /// One line that names it.
    pub title: String,
    /// What happens, and what can be learned from it.
    pub description: String,
    /// Where a map should look.
    pub center: Position,
    /// Who takes part.
    pub organizations: Vec<Spanned<Participant>>,
    /// What they agreed to show each other; without, each sees its own and public alerts alone.
    #[serde(default)]
    pub agreements: Vec<Spanned<Arrangement>>,
    /// Who can hold posts.
    #[serde(default)]
    pub persons: Vec<Spanned<Person>>,
    /// What can be committed to incidents, for exercises alone.
    #[serde(default)]
    pub resources: Vec<Spanned<Resource>>,
    /// Who does what when, in order of time.
    pub timeline: Vec<Spanned<Step>>,
}

/// An organization that takes part, with the log-in that acts and one that signs agreements.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Participant {
    /// Its short, unique name, by which the timeline names it.
    pub code: String,
    /// Its full name.
    pub name: String,
    /// What it does.
    pub kind: organization::Kind,
    /// The principal that acts for it.
    pub login: String,
    /// The area it is responsible for.
    #[serde(default)]
    pub jurisdiction: Option<Outline>,
}

/// One thing that one organization does: either in words of this file, or any command of the hub.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    /// How long after the beginning.
    pub at: Offset,
    /// The name by which later steps refer to what this one makes.
    #[serde(default)]
    pub id: Option<String>,
    /// The code of the organization that acts.
    pub by: String,
    /// What it does.
    #[serde(default, rename = "do")]
    pub action: Option<Action>,
    /// What it asks the hub for.
    #[serde(default)]
    pub ask: Option<Ask>,
}

/// What an organization can do in a step. Incidents and alerts are named by the ids of the steps
/// that made them.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Action {
    /// Sends an alert.
    Alert(Box<AlertText>),
    /// Opens an incident.
    OpenIncident(Box<Opening>),
    /// Moves an incident along its life cycle.
    ChangeStatus {
        /// The incident.
        incident: String,
        /// Where it stands now.
        to: Status,
        /// Why; needed for going back and for closing.
        #[serde(default)]
        reason: Option<String>,
    },
    /// Takes up a closed incident again.
    Reopen {
        /// The incident.
        incident: String,
        /// Why.
        reason: String,
    },
    /// Records how complex an incident is.
    AssessComplexity {
        /// The incident.
        incident: String,
        /// The NIMS type, 5 to 1.
        level: u8,
        /// Why.
        reason: String,
    },
    /// Records where an incident is.
    Locate {
        /// The incident.
        incident: String,
        /// The whole place as it is known now.
        place: Place,
    },
    /// Hands the lead to another organization.
    ChangeLead {
        /// The incident.
        incident: String,
        /// The code of the organization that takes the lead.
        lead: String,
        /// Why.
        reason: String,
    },
    /// Writes a note into the journal of an incident.
    Note {
        /// The incident.
        incident: String,
        /// What is written.
        text: String,
    },
    /// Declares an incident a duplicate of another.
    Merge {
        /// The duplicate.
        incident: String,
        /// The one that stands for both.
        into: String,
        /// Why they are the same.
        reason: String,
    },
    /// Makes an incident a part of a complex, or takes it out.
    SetParent {
        /// The part.
        incident: String,
        /// The complex; none to stand alone.
        #[serde(default)]
        parent: Option<String>,
    },
    /// Puts an alert to an incident.
    Attach {
        /// The alert.
        alert: String,
        /// The incident.
        incident: String,
        /// Why they belong together.
        reason: String,
    },
    /// Takes an alert from an incident.
    Detach {
        /// The alert.
        alert: String,
        /// The incident.
        incident: String,
        /// Why they do not belong together.
        reason: String,
    },
}

/// An alert as the file words it. Sender, identifier and times come from the step and the clock.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AlertText {
    /// What it does to earlier alerts.
    pub msg_type: MsgType,
    /// The earlier alerts that it concerns.
    #[serde(default)]
    pub references: Vec<String>,
    /// What happens, such as `Flash Flood Warning`.
    pub event: String,
    /// The code of the event in the list SAME, such as `FFW`.
    #[serde(default)]
    pub event_code: Option<String>,
    /// The category of the hazard.
    pub category: Category,
    /// What the audience should do.
    #[serde(default)]
    pub response: Vec<ResponseType>,
    /// How soon to act.
    pub urgency: Urgency,
    /// How bad it is.
    pub severity: Severity,
    /// How sure it is.
    pub certainty: Certainty,
    /// One line of text.
    pub headline: String,
    /// The longer text.
    pub description: String,
    /// What to do, in words.
    #[serde(default)]
    pub instruction: Option<String>,
    /// How long it counts, such as `6h` or `90m`, in the time of the scenario.
    pub expires_in: SignedDuration,
    /// Where it holds.
    pub areas: Vec<AlertArea>,
}

/// A place in an alert.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AlertArea {
    /// The place in words.
    pub name: String,
    /// Its outline.
    #[serde(default)]
    pub outline: Option<Outline>,
    /// Codes of places, such as `SAME` and `UGC`.
    #[serde(default)]
    pub geocodes: Vec<Named>,
}

/// An incident as it is opened.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Opening {
    /// What people call it.
    pub name: String,
    /// What kind of hazard it is.
    pub kind: hazard::Kind,
    /// Whether it is confirmed; reported only when false.
    #[serde(default)]
    pub confirmed: bool,
    /// Where it is.
    pub place: Place,
    /// The complex that it is a part of.
    #[serde(default)]
    pub parent: Option<String>,
    /// The alert that led to it.
    #[serde(default)]
    pub alert: Option<String>,
}

/// Where an incident is: a point, an outline, a name, or several of these.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Place {
    /// What people call it.
    #[serde(default)]
    pub name: Option<String>,
    /// One position.
    #[serde(default)]
    pub point: Option<Position>,
    /// What is affected.
    #[serde(default)]
    pub outline: Option<Outline>,
}

/// The corners of an area in order, longitude first. The first may be repeated at the end.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Outline(pub Vec<Position>);

impl Outline {
    /// The area with its ring closed.
    #[must_use]
    pub fn to_polygon(&self) -> Polygon {
        let mut ring = self.0.clone();
        if ring.first() != ring.last() {
            ring.extend(self.0.first());
        }
        Polygon::from_ring(ring)
    }
}

/// A time after the beginning of a scenario, written `T+01:05:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offset(pub SignedDuration);

impl std::fmt::Display for Offset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let seconds = self.0.as_secs();
        write!(f, "T+{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

impl<'de> Deserialize<'de> for Offset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_offset(&text).ok_or_else(|| {
            de::Error::custom(format!("`{text}` is not a time; write it as T+01:05:30"))
        })
    }
}

/// Reads a time after the beginning.
pub(super) fn parse_offset(text: &str) -> Option<Offset> {
    let mut parts = text.strip_prefix("T+")?.split(':');
    let mut number = |below: i64| {
        let part = parts.next().filter(|part| part.len() == 2)?;
        part.parse::<u8>().ok().map(i64::from).filter(|n| *n < below)
    };
    let (hours, minutes, seconds) = (number(100)?, number(60)?, number(60)?);
    let seconds = hours * 3600 + minutes * 60 + seconds;
    parts.next().is_none().then_some(Offset(SignedDuration::from_secs(seconds)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read_as_they_are_written_and_nothing_else_is() {
        for text in ["T+00:00:00", "T+01:05:30", "T+99:59:59"] {
            assert_eq!(parse_offset(text).unwrap().to_string(), text);
        }
        for text in
            ["01:05:30", "T+1:05:30", "T+01:60:00", "T+01:05", "T+01:05:30:00", "T+-1:00:00"]
        {
            assert_eq!(parse_offset(text), None, "{text}");
        }
    }
}
