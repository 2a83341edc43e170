//! Resource typing definitions: what a kind of resource is, and what each type of it can do.
//!
//! They follow FEMA's Resource Typing Library Tool: a definition has metrics, and for each type the
//! least (or most) that a resource needs in every metric. **Type 1 is the most capable.** A
//! definition is never changed: a change is a higher version, and the older ones stay known, so
//! that a request keeps the meaning that it had when it was made.
//!
//! The definitions that come with the hub stand in `ops/resource-types/`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::refusal::ResourceRefusal;
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::limits::{
    self, DEFINITIONS_BYTES_MAX, DEFINITIONS_MAX, LABEL_CHARS_MAX, METRICS_MAX, NAME_CHARS_MAX,
    RESOURCE_TYPES_MAX,
};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// The definitions that come with the hub, file by file.
pub const BUILT_IN: [&str; 5] = [
    include_str!("../../../ops/resource-types/fire.yaml"),
    include_str!("../../../ops/resource-types/medical.yaml"),
    include_str!("../../../ops/resource-types/rescue.yaml"),
    include_str!("../../../ops/resource-types/law-enforcement.yaml"),
    include_str!("../../../ops/resource-types/logistics.yaml"),
];

/// How deep the YAML may nest; definitions need six levels.
const DEPTH_MAX: usize = 12;

/// One version of the definition of a kind of resource.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Definition {
    /// What programs call the kind: `fire-engine`.
    pub id: String,
    /// The version; a change of the text is a higher one.
    pub version: u16,
    /// What people call the kind.
    pub name: String,
    /// The discipline that uses it: `fire`, `medical`.
    pub discipline: String,
    /// The class by NIMS.
    pub class: Class,
    /// How resources of this kind come, unless one says otherwise.
    #[serde(default)]
    pub grouping: Grouping,
    /// What countable things are counted in: `bags`. Only supplies have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What is measured, and what each type needs.
    #[serde(default)]
    pub metrics: Vec<Metric>,
}

/// Which version of which definition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DefinitionRef {
    /// The id of the definition.
    pub id: String,
    /// Its version.
    pub version: u16,
}

/// What kind of thing a resource is (NIMS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
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
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    /// One vehicle, animal or person.
    #[default]
    SingleResource,
    /// People under one boss, dispatched as one.
    Crew,
    /// Several of the same kind with one leader and common communications. Law enforcement says
    /// resource team.
    StrikeTeam,
    /// A mix of kinds for one task, with one leader and common communications.
    TaskForce,
}

impl Grouping {
    /// Whether it is made of other resources.
    #[must_use]
    pub const fn is_group(self) -> bool {
        matches!(self, Self::StrikeTeam | Self::TaskForce)
    }
}

/// One thing that is measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Metric {
    /// What programs call it: `tank-litres`.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// What it is counted in; none for what is there or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How it is compared.
    pub compare: Compare,
    /// What each type needs. A type that is not named here needs nothing of it.
    pub types: BTreeMap<u8, Capability>,
}

/// How a value is compared with what a type needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compare {
    /// As much or more.
    AtLeast,
    /// As much or less.
    AtMost,
    /// It is there.
    Has,
}

/// How much of something there is, or whether it is there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Capability {
    /// Whether it is there.
    Flag(bool),
    /// How much, in the unit of the metric.
    Number(f64),
}

impl Definition {
    /// Which one it is.
    #[must_use]
    pub fn reference(&self) -> DefinitionRef {
        DefinitionRef { id: self.id.clone(), version: self.version }
    }

    /// The types that it knows, the most capable first.
    #[must_use]
    pub fn types(&self) -> Vec<u8> {
        let mut types: Vec<_> =
            self.metrics.iter().flat_map(|metric| metric.types.keys().copied()).collect();
        types.sort_unstable();
        types.dedup();
        types
    }

    /// Checks that it knows a type, where one is named.
    pub(in crate::domain) fn check_type(&self, level: Option<u8>) -> Result<(), Refusal> {
        let types = self.types();
        let Some(level) = level.filter(|level| !types.contains(level)) else { return Ok(()) };
        let known = match types.is_empty() {
            true => "no types".to_owned(),
            false => types.iter().map(|n| format!("Type {n}")).collect::<Vec<_>>().join(", "),
        };
        Err(ResourceRefusal::TypeUnknown { kind: self.name.clone(), level, known }.into())
    }

    /// The metric with this code.
    #[must_use]
    pub fn metric(&self, code: &str) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.code == code)
    }

    fn check(&self) -> Result<(), String> {
        let of = format!("`{}` version {}", self.id, self.version);
        code("id", &self.id)?;
        text(&of, "name", &self.name, NAME_CHARS_MAX)?;
        text(&of, "discipline", &self.discipline, LABEL_CHARS_MAX)?;
        if (self.class == Class::Supplies) != self.unit.is_some() {
            return Err(format!("{of}: supplies have a `unit`, and nothing else has"));
        }
        if self.metrics.len() > METRICS_MAX {
            return Err(format!("{of} has more than {METRICS_MAX} metrics"));
        }
        for (n, metric) in self.metrics.iter().enumerate() {
            metric.check().map_err(|problem| format!("{of}: {problem}"))?;
            if self.metrics.iter().take(n).any(|before| before.code == metric.code) {
                return Err(format!("{of} has two metrics `{}`", metric.code));
            }
        }
        Ok(())
    }
}

impl Metric {
    fn check(&self) -> Result<(), String> {
        code("metric", &self.code)?;
        let of = format!("metric `{}`", self.code);
        text(&of, "name", &self.name, NAME_CHARS_MAX)?;
        if self.types.is_empty() || self.types.keys().any(|n| *n == 0 || *n > RESOURCE_TYPES_MAX) {
            return Err(format!("{of} needs types from 1 to {RESOURCE_TYPES_MAX}"));
        }
        let fits = |needed: &Capability| self.takes(*needed);
        if !self.types.values().all(fits) {
            return Err(format!("{of}: {}", self.expects()));
        }
        Ok(())
    }

    /// Whether a value is of the sort that the metric compares.
    #[must_use]
    pub fn takes(&self, value: Capability) -> bool {
        match (self.compare, value) {
            (Compare::Has, Capability::Flag(_)) => true,
            (Compare::AtLeast | Compare::AtMost, Capability::Number(n)) => {
                n.is_finite() && (0.0..=1e12).contains(&n)
            }
            _ => false,
        }
    }

    /// What sort that is, for people.
    #[must_use]
    pub const fn expects(&self) -> &'static str {
        match self.compare {
            Compare::Has => "write true or false",
            Compare::AtLeast | Compare::AtMost => "write a number from 0",
        }
    }
}

/// Reads definitions from YAML.
///
/// # Errors
/// [`ResourceRefusal::DefinitionsUnusable`] says which one cannot be used and why.
pub fn read(source: &str) -> Result<Vec<Definition>, ResourceRefusal> {
    let unusable = ResourceRefusal::DefinitionsUnusable;
    if source.len() > DEFINITIONS_BYTES_MAX {
        let size = source.len();
        return Err(unusable(format!(
            "they have {size} bytes; {DEFINITIONS_BYTES_MAX} are allowed"
        )));
    }
    let mut budget = serde_saphyr::Budget::default();
    budget.max_depth = DEPTH_MAX;
    let mut options = serde_saphyr::Options::default();
    options.budget = Some(budget);
    options.with_snippet = false;
    let definitions: Vec<Definition> = serde_saphyr::from_str_with_options(source, options)
        .map_err(|error| unusable(error.to_string()))?;
    definitions.iter().try_for_each(Definition::check).map_err(unusable)?;
    Ok(definitions)
}

fn code(field: &str, value: &str) -> Result<(), String> {
    let usable = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !value.is_empty() && value.len() <= LABEL_CHARS_MAX && value.chars().all(usable) {
        return Ok(());
    }
    Err(format!("the {field} `{value}` may hold small letters, digits and - only"))
}

fn text(of: &str, field: &'static str, value: &str, chars_max: usize) -> Result<(), String> {
    limits::text(field, value, chars_max).map(drop).map_err(|refusal| format!("{of}: {refusal}"))
}

/// Adopts definitions. Those that are known already stay as they are.
#[derive(Clone, Debug, Serialize)]
pub struct AdoptDefinitions {
    /// The definitions as YAML: a list.
    pub source: String,
}

/// Definitions were adopted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DefinitionsAdopted {
    /// The new ones.
    pub definitions: Vec<Arc<Definition>>,
}

impl Decide for AdoptDefinitions {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let subject = RecordRef::ResourceDefinitions;
        let mut new: Vec<Arc<Definition>> = Vec::new();
        for definition in read(&self.source)? {
            let reference = definition.reference();
            let known = world.definition(&reference).cloned();
            match known.or_else(|| new.iter().find(|d| d.reference() == reference).cloned()) {
                Some(known) if *known == definition => {}
                Some(_) => {
                    let DefinitionRef { id, version } = reference;
                    return Err(ResourceRefusal::DefinitionKnown { id, version }.into());
                }
                None => new.push(Arc::new(definition)),
            }
        }
        if new.is_empty() {
            return Ok(Decision::unchanged(subject));
        }
        let count = world.definitions().count() + new.len();
        limits::count("definitions", count, DEFINITIONS_MAX)?;
        Ok(Decision::one(subject, DefinitionsAdopted { definitions: new }))
    }
}

impl Apply for DefinitionsAdopted {
    fn apply(&self, world: &mut World, _: &Stamp<'_>) {
        let all = self.definitions.iter().cloned();
        world.definitions.extend(all.map(|definition| (definition.reference(), definition)));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::ResourceDefinitions]
    }
}

impl World {
    /// A version of a definition.
    #[must_use]
    pub fn definition(&self, reference: &DefinitionRef) -> Option<&Arc<Definition>> {
        self.definitions.get(reference)
    }

    /// Every version of every definition, by id and version.
    pub fn definitions(&self) -> impl DoubleEndedIterator<Item = &Arc<Definition>> {
        self.definitions.values()
    }

    /// The newest version of a definition.
    #[must_use]
    pub fn newest_definition(&self, id: &str) -> Option<&Arc<Definition>> {
        let to = DefinitionRef { id: id.to_owned(), version: u16::MAX };
        let from = DefinitionRef { id: id.to_owned(), version: 0 };
        self.definitions.range(from..=to).next_back().map(|(_, definition)| definition)
    }

    /// The definition that is named, or the refusal that there is none.
    pub(in crate::domain) fn known_definition(
        &self,
        reference: &DefinitionRef,
    ) -> Result<&Arc<Definition>, Refusal> {
        self.definition(reference).ok_or_else(|| {
            let DefinitionRef { id, version } = reference.clone();
            ResourceRefusal::DefinitionUnknown { id, version }.into()
        })
    }
}
