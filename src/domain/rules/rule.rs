//! One rule, read and checked.

use jiff::SignedDuration;

use super::condition::Condition;
use crate::domain::hazard;
use crate::domain::incident::Status;
use crate::domain::organization;

/// What to make of the messages that a condition holds for.
#[derive(Debug)]
pub(super) struct Rule {
    /// What people call it; it stands in the log beside what it did.
    pub(super) name: String,
    /// Which messages it is about.
    pub(super) when: Condition,
    /// What to make of them.
    pub(super) then: Action,
    /// The kind of hazard; the message's own when absent.
    pub(super) kind: Option<hazard::Kind>,
    /// Which open incident such a message belongs to.
    pub(super) correlate: Correlate,
    /// What an incident looks like that it opens.
    pub(super) incident: Plan,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Attach to the incident it belongs to, or open one.
    Open,
    /// Attach to the incident it belongs to, and let its area be the incident's perimeter.
    Update,
    /// Attach to the incident it belongs to; without one, nothing.
    Attach,
    /// Leave it to a person.
    Suggest,
    /// Keep the signal and do nothing.
    Ignore,
}

/// When a message belongs to an open incident.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Correlate {
    /// How near their kinds have to be.
    pub(super) kind: KindMatch,
    /// How long ago the incident may have changed last.
    pub(super) within: SignedDuration,
    /// The share of the smaller area that both have to have in common; no matter where when absent.
    pub(super) overlap: Option<f64>,
}

impl Default for Correlate {
    fn default() -> Self {
        let within = SignedDuration::from_hours(24);
        Self { kind: KindMatch::Related, within, overlap: Some(0.05) }
    }
}

/// How near two kinds of hazard have to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KindMatch {
    /// The same kind.
    Same,
    /// One a kind of the other, as a flash flood is of a flood.
    Related,
    /// Whatever kinds.
    Any,
}

/// What an incident looks like that a rule opens.
#[derive(Debug)]
pub(super) struct Plan {
    /// Its name, with places for words of the message.
    pub(super) name: String,
    /// The status that it begins with.
    pub(super) status: Status,
    /// Its NIMS type, with the reason.
    pub(super) complexity: Option<(u8, String)>,
    /// Who leads.
    pub(super) lead: Option<Lead>,
}

impl Default for Plan {
    fn default() -> Self {
        let name = "{event}, {area}".to_owned();
        Self { name, status: Status::Reported, complexity: None, lead: None }
    }
}

/// Who leads an incident that a rule opens.
#[derive(Debug)]
pub(super) enum Lead {
    /// The organization with this code.
    Code(String),
    /// Of the organizations of these kinds, the one with the smallest jurisdiction that holds the
    /// middle of the area.
    ByJurisdiction(Vec<organization::Kind>),
}
