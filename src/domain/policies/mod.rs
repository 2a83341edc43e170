//! Policies that an organization writes itself, in Cedar, for its own records.
//!
//! Most organizations never need this: agreements compile to the same language. One with its own
//! lawyers adopts a text here; it is asked, beside the agreements and the hub's default set, only
//! about records that the organization owns, so it can neither open nor close those of others.
//! The text is checked strictly against the published schema before it is adopted.

use std::collections::BTreeSet;
use std::sync::Arc;

use cedar_policy::{PolicySet, Schema, ValidationMode, Validator};
use serde::{Deserialize, Serialize};

use super::command::{Context, Decide, Decision};
use super::event::{Apply, Stamp};
use super::ids::Id;
use super::limits::{POLICIES_BYTES_MAX, POLICIES_MAX};
use super::organization::Organization;
use super::record::{RecordRef, Revision};
use super::refusal::Refusal;
use super::world::World;

/// Mistakes that are told at once.
const PROBLEMS_TOLD_MAX: usize = 5;

/// The schema of policies, as published.
pub const SCHEMA: &str = include_str!("../../../schema/policies.cedarschema");
/// The hub's default set.
pub const DEFAULT: &str = include_str!("../../../ops/policies/default.cedar");

/// The policies of one organization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Policies {
    /// The organization whose records they are about.
    pub organization: Id<Organization>,
    /// Their text, in Cedar.
    pub source: String,
    /// When they were first adopted and last changed.
    pub revision: Revision,
}

/// Adopts policies for the acting organization's records in place of those it had; an empty text
/// takes them away.
#[derive(Clone, Debug, Serialize)]
pub struct Adopt {
    /// The whole text.
    pub source: String,
}

/// Policies were adopted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adopted {
    /// The organization whose records they are about.
    pub organization: Id<Organization>,
    /// Their text.
    pub source: String,
}

/// A text of policies that cannot be used: every mistake with its line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PolicyProblems(pub String);

/// The schema, read.
///
/// # Errors
/// Never for the published schema; a test reads it.
pub fn schema() -> Result<Schema, PolicyProblems> {
    let (schema, _) =
        Schema::from_cedarschema_str(SCHEMA).map_err(|error| PolicyProblems(error.to_string()))?;
    Ok(schema)
}

/// Reads policies and checks them strictly against the schema.
///
/// # Errors
/// [`PolicyProblems`] with the line of each mistake.
pub fn read(source: &str) -> Result<PolicySet, PolicyProblems> {
    if source.len() > POLICIES_BYTES_MAX {
        let bytes = source.len();
        let most = POLICIES_BYTES_MAX;
        return Err(PolicyProblems(format!("the text has {bytes} bytes and may have {most}")));
    }
    let set: PolicySet = source.parse().map_err(|errors: cedar_policy::ParseErrors| {
        let problems = errors.iter().map(|error| at_line(source, error, &error.to_string()));
        PolicyProblems(problems.collect::<Vec<_>>().join("; "))
    })?;
    let count = set.policies().count();
    if count > POLICIES_MAX {
        return Err(PolicyProblems(format!(
            "there are {count} policies; write at most {POLICIES_MAX}"
        )));
    }
    if set.templates().next().is_some() {
        let problem = "templates (`?principal`, `?resource`) cannot be adopted; write policies";
        return Err(PolicyProblems(problem.to_owned()));
    }
    let result = Validator::new(schema()?).validate(&set, ValidationMode::Strict);
    if result.validation_passed() {
        return Ok(set);
    }
    let problems =
        result.validation_errors().map(|error| at_line(source, error, &error.to_string()));
    // They come in any order, and deciding gives the same answer each time.
    let problems: BTreeSet<String> = problems.collect();
    let told: Vec<_> = problems.into_iter().take(PROBLEMS_TOLD_MAX).collect();
    Err(PolicyProblems(told.join("; ")))
}

/// A mistake with the line that it stands in.
fn at_line(source: &str, error: &dyn miette::Diagnostic, what: &str) -> String {
    let offset = error.labels().and_then(|mut labels| labels.next()).map(|label| label.offset());
    match offset.and_then(|offset| source.get(..offset)) {
        None => what.to_owned(),
        Some(before) => format!("line {}: {what}", before.matches('\n').count() + 1),
    }
}

impl Decide for Adopt {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let organization = context.by.organization.ok_or(Refusal::AgreementNotParty)?;
        let subject = RecordRef::Policies(organization);
        read(&self.source).map_err(|problems| Refusal::PoliciesUnusable(problems.0))?;
        let current = world.policies_of(organization).map_or("", |policies| &policies.source);
        if current == self.source {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Adopted { organization, source: self.source.clone() }))
    }
}

impl Apply for Adopted {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let policies = Policies {
            organization: self.organization,
            source: self.source.clone(),
            revision: Revision::new(stamp),
        };
        world.policies.insert(self.organization, Arc::new(policies));
        world.policies_changed(stamp);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Policies(self.organization)]
    }
}
