//! Why somebody is shown something, or is not.

use std::collections::BTreeMap;

use super::class::{Class, Classified};
use super::of_record::of_record;
use super::{Decision, View};
use crate::domain::agreement::{Agreement, Group};
use crate::domain::break_glass::BreakGlass;
use crate::domain::organization::Organization;
use crate::domain::sentence::{Sentence, sentence};
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
    /// How exactly, where that is not as it is known: `to 100 m`.
    pub exactness: Option<&'static str>,
    /// Why: what the policies say that decided, one at least.
    pub reasons: Vec<Sentence>,
}

impl Explanation {
    /// The whole, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let shown = if self.shown { "shown" } else { "hidden" };
        let exactness =
            self.exactness.map_or_else(String::new, |exactness| format!(" {exactness}"));
        let reasons: Vec<_> = self.reasons.iter().map(|reason| reason.text.as_str()).collect();
        format!("{shown}{exactness}, because {}", reasons.join("; and "))
    }
}

/// Who is told an explanation.
#[derive(Clone, Copy)]
enum Told<'a> {
    /// The viewer whose sight it is about.
    Viewer,
    /// Somebody who may ask for them.
    Asker(&'a View),
    /// Whoever runs the hub, with its store before them.
    Operator,
}

impl View {
    /// Why the viewer is shown each group of fields of a record, or is not; empty when there is no
    /// such record.
    #[must_use]
    pub fn explain(&self, record: RecordRef) -> Vec<Explanation> {
        self.explain_for(record, Told::Viewer)
    }

    /// The same with every name in it, for whoever runs the hub and has its store before them.
    #[must_use]
    pub fn explain_in_full(&self, record: RecordRef) -> Vec<Explanation> {
        self.explain_for(record, Told::Operator)
    }

    /// Why the viewer of another View of the same World is shown each group of fields of a record.
    /// None when this viewer does not see the record, or may not ask for others: its owner may, and
    /// auditors.
    #[must_use]
    pub fn explain_to(&self, other: &Self, record: RecordRef) -> Option<Vec<Explanation>> {
        let may = self.sees(record) && (self.is_auditors() || self.is_own(record));
        may.then(|| other.explain_for(record, Told::Asker(self)))
    }

    fn explain_for(&self, record: RecordRef, told: Told<'_>) -> Vec<Explanation> {
        let world = self.world();
        of_record!(world, record, |r| self.explain_record(&**r, told), otherwise Vec::new())
    }

    fn explain_record<T: Classified>(&self, record: &T, told: Told<'_>) -> Vec<Explanation> {
        let clearance = &self.0.clearance;
        let glass = clearance.glass(self.world());
        let counts = |class: &Class| match told {
            Told::Asker(asker) => asker.may_look_at(class),
            Told::Viewer | Told::Operator => true,
        };
        let mut classes = Vec::new();
        record.classes(glass, |class| classes.extend(Some(class).filter(counts)));
        let decision = clearance.decision_by(record, self.world(), counts);
        let groups = Group::ALL.into_iter();
        groups.map(|group| self.explain_group(group, decision, &classes, told)).collect()
    }

    fn explain_group(
        &self,
        group: Group,
        decision: Decision,
        classes: &[Class],
        told: Told<'_>,
    ) -> Explanation {
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
        let names = because.policies.iter();
        let reasons: Vec<_> = names.map(|name| self.in_words(name, told)).collect();
        let reasons = match (shown, because.permitted, reasons.is_empty()) {
            (true, true, false) | (false, _, false) => reasons,
            (true, ..) => {
                vec![sentence!("PASSED_ON", "an organization passes on what it was given")]
            }
            (false, _, true) => {
                vec![sentence!("NOTHING_SHOWS_IT", "no agreement or policy shows it")]
            }
        };
        let exactness = exactness_in_words(group, decision).filter(|_| shown);
        Explanation { group, shown, exactness, reasons }
    }

    /// A policy's name in words. Agreements and broken glass are named to those who may see them:
    /// who belongs to a party is shown what the party is, and need not know what was signed.
    fn in_words(&self, name: &str, told: Told<'_>) -> Sentence {
        let may_be_named = |record| match told {
            Told::Viewer => self.sees(record),
            Told::Asker(asker) => asker.sees(record),
            Told::Operator => true,
        };
        let world = self.world();
        if let Some(rest) = name.strip_prefix("agreement:") {
            let mut parts = rest.split('/');
            let id = parts.next().and_then(|id| id.parse::<Id<Agreement>>().ok());
            let term = parts.next().and_then(|n| n.parse::<usize>().ok()).map_or(0, |n| n + 1);
            let id = id.filter(|id| may_be_named(RecordRef::Agreement(*id)));
            return id.and_then(|id| world.agreement(id)).map_or_else(
                || sentence!("AGREEMENT", "an agreement says so"),
                |agreement| {
                    sentence!(
                        "AGREEMENT_TERM",
                        "term {term} of the agreement “{title}” says so",
                        term = term,
                        title = agreement.text.title,
                    )
                },
            );
        }
        if let Some(id) = name.strip_prefix("break-glass:") {
            let id = id.parse::<Id<BreakGlass>>().ok();
            let id = id.filter(|id| may_be_named(RecordRef::BreakGlass(*id)));
            let who = id.and_then(|id| world.break_glass(id)).map(|broken| &broken.principal);
            return match who {
                Some(who) => sentence!("GLASS_BROKEN", "{who} broke the glass", who = who),
                None => sentence!("GLASS_BROKEN", "somebody broke the glass"),
            };
        }
        if let Some(policy) = name.strip_prefix("adopted:") {
            return sentence!(
                "OWN_POLICY",
                "the owner's own policy `{policy}` says so",
                policy = policy,
            );
        }
        let mut default = super::policies::default_set().policies();
        let policy = default.find(|policy| policy.id().to_string() == name);
        let annotated = |key| policy.and_then(|policy| policy.annotation(key));
        let code = annotated("id").unwrap_or(name).to_owned().into();
        let text = annotated("says")
            .map_or_else(|| format!("the policy `{name}` says so"), ToOwned::to_owned);
        Sentence { code, text, values: BTreeMap::new() }
    }
}

/// How exactly, where that is not as it is known.
fn exactness_in_words(group: Group, decision: Decision) -> Option<&'static str> {
    use crate::domain::agreement::{PlacePrecision, TimePrecision};
    match (group, decision.place(), decision.time()) {
        (Group::Place, Some(PlacePrecision::Street), _) => Some("to 100 m"),
        (Group::Place, Some(PlacePrecision::Kilometre), _) => Some("to 1 km"),
        (Group::Place, Some(PlacePrecision::County), _) => Some("to 50 km"),
        (Group::History, _, Some(TimePrecision::Minute)) => Some("to the minute"),
        (Group::History, _, Some(TimePrecision::Hour)) => Some("to the hour"),
        (Group::History, _, Some(TimePrecision::Day)) => Some("to the day"),
        _ => None,
    }
}
