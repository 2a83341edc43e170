//! Rules from signals to incidents, as data that the hub's organizations adopt.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::command::{Context, Decide, Decision};
use super::event::{Apply, Event, Stamp};
use super::record::RecordRef;
use super::refusal::Refusal;
use super::signal::Signal;
use super::world::World;

/// A set of rules, compiled.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    source: String,
}

impl RuleSet {
    /// Reads a set of rules; the empty text is the empty set.
    ///
    /// # Errors
    /// Every problem with its line.
    pub fn parse(source: &str) -> Result<Self, String> {
        Ok(Self { source: source.to_owned() })
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

/// What the rules make of a live signal that is about to be recorded.
pub fn consequences(_world: &World, _signal: &Signal, _context: &Context<'_>) -> Vec<Event> {
    Vec::new()
}
