//! Why somebody is shown something, or is not.

use super::class::{Class, Classified, Glass};
use super::{Decision, View};
use crate::domain::agreement::{Agreement, Group};
use crate::domain::break_glass::BreakGlass;
use crate::domain::organization::Organization;
use crate::domain::{Id, RecordRef};

/// What a policy comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A term of an agreement, by its place in the agreement's list, from 0.
    Agreement(Id<Agreement>, usize),
    /// Somebody broke the glass.
    BreakGlass(Id<BreakGlass>),
    /// Policies that the owner wrote.
    Adopted(Id<Organization>),
}

/// Whether policies permitted something, and which.
pub(super) struct Because {
    pub(super) permitted: bool,
    pub(super) policies: Vec<String>,
}

impl Because {
    pub(super) const fn nothing() -> Self {
        Self { permitted: false, policies: Vec::new() }
    }
}

/// Why one group of fields of a record is shown to a viewer or is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The group.
    pub group: Group,
    /// Whether it is shown.
    pub shown: bool,
    /// Why, in a sentence.
    pub sentence: String,
}

impl View {
    /// Why the viewer is shown each group of fields of a record, or is not; empty when there is no
    /// such record.
    #[must_use]
    pub fn explain(&self, record: RecordRef) -> Vec<Explanation> {
        let world = self.world();
        match record {
            RecordRef::Incident(id) => self.explain_record(world.incident(id).map(AsRef::as_ref)),
            RecordRef::Signal(id) => self.explain_record(world.signal(id).map(AsRef::as_ref)),
            RecordRef::Note(id) => self.explain_record(world.note(id).map(AsRef::as_ref)),
            RecordRef::Person(id) => self.explain_record(world.person(id).map(AsRef::as_ref)),
            RecordRef::Organization(id) => {
                self.explain_record(world.organization(id).map(AsRef::as_ref))
            }
            RecordRef::Agreement(id) => self.explain_record(world.agreement(id).map(AsRef::as_ref)),
            RecordRef::BreakGlass(id) => {
                self.explain_record(world.break_glass(id).map(AsRef::as_ref))
            }
            RecordRef::Policies(id) => {
                self.explain_record(world.policies_of(id).map(AsRef::as_ref))
            }
            RecordRef::Rules => self.explain_record(Some(world.rules())),
            // No agreement shares who gets in.
            RecordRef::Account(_)
            | RecordRef::AccessToken(_)
            | RecordRef::Session(_)
            | RecordRef::SetupLink(_) => Vec::new(),
        }
    }

    fn explain_record<T: Classified>(&self, record: Option<&T>) -> Vec<Explanation> {
        let Some(record) = record else { return Vec::new() };
        let clearance = &self.0.clearance;
        let glass = Glass {
            world: self.world(),
            policies: &clearance.policies,
            principal: clearance.viewer.personal(),
        };
        let mut classes = Vec::new();
        record.classes(glass, |class| classes.push(class));
        let decision = self.decision(record);
        Group::ALL.into_iter().map(|group| self.explain_group(group, decision, &classes)).collect()
    }

    fn explain_group(&self, group: Group, decision: Decision, classes: &[Class]) -> Explanation {
        let shown = decision.is_shown() && decision.shows(group);
        let exactness = match (group, decision.place(), decision.time()) {
            (Group::Place, Some(place), _) => (place as i64, 0),
            (Group::History, _, Some(time)) => (0, time as i64),
            _ => (0, 0),
        };
        let because = classes
            .iter()
            .map(|class| self.0.clearance.because(class, group.action(), exactness))
            .reduce(|best, next| if next.permitted && !best.permitted { next } else { best });
        let because = because.unwrap_or_else(Because::nothing);
        let reasons: Vec<_> = because.policies.iter().map(|name| self.in_words(name)).collect();
        let sentence = match (shown, because.permitted, reasons.is_empty()) {
            (true, true, false) => {
                format!("shown{}, because {}", exactly(group, decision), reasons.join("; and "))
            }
            (true, ..) => "shown, because an organization passes on what it was given".to_owned(),
            (false, _, false) => format!("hidden, because {}", reasons.join("; and ")),
            (false, _, true) => "hidden, because no agreement or policy shows it".to_owned(),
        };
        Explanation { group, shown, sentence }
    }

    /// A policy's name in words.
    fn in_words(&self, name: &str) -> String {
        if let Some(rest) = name.strip_prefix("agreement:") {
            let mut parts = rest.split('/');
            let id = parts.next().and_then(|id| id.parse::<Id<Agreement>>().ok());
            let term = parts.next().and_then(|n| n.parse::<usize>().ok()).map_or(0, |n| n + 1);
            let title = id.and_then(|id| self.world().agreement(id)).map(|a| a.text.title.as_str());
            return format!("term {term} of the agreement “{}” says so", title.unwrap_or(rest));
        }
        if let Some(id) = name.strip_prefix("break-glass:") {
            let broken = id.parse().ok().and_then(|id| self.world().break_glass(id));
            let who = broken.map_or(id, |broken| broken.principal.as_str());
            return format!("{who} broke the glass");
        }
        if let Some(policy) = name.strip_prefix("adopted:") {
            return format!("the owner's own policy `{policy}` says so");
        }
        let default = super::policies::default_set().policies();
        let mut own = default.filter(|policy| policy.id().to_string() == name);
        let says = own.next().and_then(|policy| policy.annotation("says").map(ToOwned::to_owned));
        says.unwrap_or_else(|| format!("the policy `{name}` says so"))
    }
}

/// How exactly, where that is not as it is known.
fn exactly(group: Group, decision: Decision) -> &'static str {
    use crate::domain::agreement::{PlacePrecision, TimePrecision};
    match (group, decision.place(), decision.time()) {
        (Group::Place, Some(PlacePrecision::Street), _) => " to 100 m",
        (Group::Place, Some(PlacePrecision::Kilometre), _) => " to 1 km",
        (Group::Place, Some(PlacePrecision::County), _) => " to 50 km",
        (Group::History, _, Some(TimePrecision::Minute)) => " to the minute",
        (Group::History, _, Some(TimePrecision::Hour)) => " to the hour",
        (Group::History, _, Some(TimePrecision::Day)) => " to the day",
        _ => "",
    }
}
