//! Rules from signals to incidents, as data that the hub's organizations adopt.
//!
//! A rule says which messages it is about and what to make of them; the first one that fits
//! decides. Example: a severe flood warning arrives. The rule "Warnings of danger to life" holds
//! for it; its area overlaps the open incident "Mill River flood", both are floods, 40 minutes
//! apart; so it is attached there, with that sentence as the reason. Dana, on duty, sees that it
//! is about another valley and takes it out again, and nothing is lost.
//!
//! The language is described at the head of `ops/rules/default.yaml`, which is also [`DEFAULT`].

mod circle;
mod codes;
mod condition;
mod consequence;
mod correlate;
mod fields;
mod heritage;
mod kind;
mod outline;
mod overlap;
mod problem;
mod read;
mod rule;
#[cfg(test)]
mod tests;
mod yaml;

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::command::{Context, Decide, Decision};
use super::event::{Apply, Stamp};
use super::record::RecordRef;
use super::refusal::Refusal;
use super::world::World;

pub use consequence::consequences;
pub use problem::{RuleProblem, RuleProblems};

use rule::Rule;

/// The rules that a new hub begins with.
pub const DEFAULT: &str = include_str!("../../../ops/rules/default.yaml");

/// Stack of the thread that reads rules.
const PARSER_STACK_BYTES: usize = 64 << 20;

/// The set that was read last. Adopting a set reads it twice, to decide and to apply, and so do
/// all who follow the log.
static READ_LAST: Mutex<Option<RuleSet>> = Mutex::new(None);

/// A set of rules, compiled.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    source: Arc<str>,
    rules: Arc<[Rule]>,
}

impl RuleSet {
    /// Reads a set of rules; the empty text is the empty set.
    ///
    /// # Errors
    /// Every mistake with its line and the rule that it is in.
    pub fn parse(source: &str) -> Result<Self, RuleProblems> {
        let read_last = || READ_LAST.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rules) = read_last().as_ref().filter(|rules| rules.source() == source) {
            return Ok(rules.clone());
        }
        let rules = Self::read(source)?;
        *read_last() = Some(rules.clone());
        Ok(rules)
    }

    fn read(source: &str) -> Result<Self, RuleProblems> {
        let read = || read::rules(source);
        // The parser of CEL takes 100 kB of stack and more for each bracket and operator.
        let rules = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(PARSER_STACK_BYTES);
            thread.spawn_scoped(scope, read).map(std::thread::ScopedJoinHandle::join)
        });
        let rules =
            rules.ok().and_then(Result::ok).unwrap_or_else(|| Err(RuleProblems::unread()))?;
        Ok(Self { source: source.into(), rules: rules.into() })
    }

    /// The text that it was read from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

/// Adopts a set of rules in place of the one in force.
#[derive(Clone, Debug, Serialize)]
pub struct Adopt {
    /// The rules as YAML.
    pub source: String,
}

/// Rules were adopted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adopted {
    /// The rules as YAML.
    pub source: String,
}

impl Decide for Adopt {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        RuleSet::parse(&self.source).map_err(|p| Refusal::RulesUnusable(p.to_string()))?;
        if world.rules().source() == self.source {
            return Ok(Decision::unchanged(RecordRef::Rules));
        }
        Ok(Decision::one(RecordRef::Rules, Adopted { source: self.source.clone() }))
    }
}

impl Apply for Adopted {
    fn apply(&self, world: &mut World, _: &Stamp<'_>) {
        if let Ok(rules) = RuleSet::parse(&self.source) {
            world.rules = Arc::new(rules);
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Rules]
    }
}
