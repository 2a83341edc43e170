//! Whether a resource is what somebody needs, metric by metric.
//!
//! A resource fits a wanted type when it has at least what that type needs in every metric, so it
//! is of the best type that it reaches in all of them. Type 1 is the most capable: a Type 1 engine
//! serves where a Type 3 is wanted, and not the other way round.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::definition::{Capability, Compare, Definition, DefinitionRef, Metric};
use super::{Profile, Resource};

/// What somebody needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// The kind, with the version of its definition, which the request keeps.
    pub definition: DefinitionRef,
    /// The NIMS type, at least; any type when absent.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// How many.
    pub quantity: u32,
}

/// How well a resource fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Whether it does.
    pub fits: bool,
    /// The best type that it reaches in every metric; none when it reaches none.
    pub level: Option<u8>,
    /// Metric by metric, compared with the wanted type, or with the least capable one.
    pub metrics: Vec<MetricFit>,
    /// The whole in a sentence.
    pub sentence: String,
}

/// One metric, compared.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricFit {
    /// Its code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Its unit.
    pub unit: Option<String>,
    /// What is needed; nothing when absent.
    pub required: Option<Capability>,
    /// What the resource has; not recorded when absent.
    pub has: Option<Capability>,
    /// Whether that is enough.
    pub ok: bool,
    /// The same in a sentence.
    pub sentence: String,
}

/// What is known of a resource when it is compared. Whoever is not shown the capability values
/// compares by the claimed type alone.
#[derive(Clone, Copy, Debug)]
pub struct Offered<'a> {
    /// The id of its definition.
    pub kind: &'a str,
    /// The type that its owner claims.
    pub claimed: Option<u8>,
    /// Its values by the code of the metric.
    pub capabilities: Option<&'a BTreeMap<String, Capability>>,
}

impl<'a> Offered<'a> {
    /// All that a profile says.
    #[must_use]
    pub fn of(profile: &'a Profile) -> Self {
        let capabilities = Some(&profile.capabilities);
        Self { kind: &profile.definition.id, claimed: profile.level, capabilities }
    }
}

/// Compares a resource with a definition, for any type of it.
#[must_use]
pub fn fit(definition: &Definition, resource: &Resource) -> Fit {
    fit_type(definition, Offered::of(&resource.profile), None)
}

/// Compares what is known of a resource with a wanted type.
#[must_use]
pub fn fit_type(definition: &Definition, offered: Offered<'_>, wanted: Option<u8>) -> Fit {
    if offered.kind != definition.id {
        let sentence = format!("it is of the kind `{}`, not `{}`", offered.kind, definition.id);
        return Fit { fits: false, level: None, metrics: Vec::new(), sentence };
    }
    let level = best_type(definition, offered);
    let Some(compared) = wanted.or_else(|| definition.types().last().copied()) else {
        let sentence = format!("it is of the kind wanted: {}", definition.name);
        return Fit { fits: true, level: offered.claimed, metrics: Vec::new(), sentence };
    };
    let metrics: Vec<_> =
        definition.metrics.iter().map(|metric| compare(metric, offered, compared)).collect();
    // A type that no metric knows is reached by nobody but those who claim it.
    let known = definition.types().contains(&compared);
    let fits = match known {
        true => metrics.iter().all(|metric| metric.ok),
        false => offered.claimed.is_some_and(|claimed| claimed <= compared),
    };
    let sentence = in_words(definition, level, wanted, &metrics, fits);
    // Any type is wanted: being of the kind is enough.
    let fits = fits || wanted.is_none();
    Fit { fits, level, metrics, sentence }
}

/// Whether it fits, without the sentences: what a search asks of thousands.
#[must_use]
pub fn fits(definition: &Definition, offered: Offered<'_>, wanted: Option<u8>) -> bool {
    let Some(wanted) = wanted else { return offered.kind == definition.id };
    let reaches = |metric: &Metric| reaches(metric, offered, wanted);
    offered.kind == definition.id
        && if definition.types().contains(&wanted) {
            definition.metrics.iter().all(reaches)
        } else {
            offered.claimed.is_some_and(|claimed| claimed <= wanted)
        }
}

fn best_type(definition: &Definition, offered: Offered<'_>) -> Option<u8> {
    let mut types = definition.types().into_iter();
    types.find(|level| definition.metrics.iter().all(|metric| reaches(metric, offered, *level)))
}

/// Whether the resource has what a type needs in one metric. What nobody recorded counts as the
/// claimed type has it.
fn reaches(metric: &Metric, offered: Offered<'_>, level: u8) -> bool {
    let Some(needed) = metric.types.get(&level) else { return true };
    match offered.capabilities.and_then(|values| values.get(&metric.code)) {
        None => offered.claimed.is_some_and(|claimed| claimed <= level),
        Some(has) => is_enough(metric.compare, *has, *needed),
    }
}

fn is_enough(compare: Compare, has: Capability, needed: Capability) -> bool {
    match (compare, has, needed) {
        (Compare::AtLeast, Capability::Number(has), Capability::Number(needed)) => has >= needed,
        (Compare::AtMost, Capability::Number(has), Capability::Number(needed)) => has <= needed,
        (Compare::Has, Capability::Flag(has), Capability::Flag(needed)) => has || !needed,
        _ => false,
    }
}

fn compare(metric: &Metric, offered: Offered<'_>, level: u8) -> MetricFit {
    let required = metric.types.get(&level).copied();
    let has = offered.capabilities.and_then(|values| values.get(&metric.code)).copied();
    let ok = reaches(metric, offered, level);
    let name = &metric.name;
    let amount = |value: Capability| match (value, &metric.unit) {
        (Capability::Flag(true), _) => "yes".to_owned(),
        (Capability::Flag(false), _) => "no".to_owned(),
        (Capability::Number(n), Some(unit)) => format!("{n} {unit}"),
        (Capability::Number(n), None) => n.to_string(),
    };
    let bound = match metric.compare {
        Compare::AtLeast => "at least ",
        Compare::AtMost => "at most ",
        Compare::Has => "",
    };
    let sentence = match (required, has, ok) {
        (None, ..) => format!("{name}: Type {level} needs nothing here"),
        (Some(required), Some(has), ok) => {
            let verdict = if ok { "enough" } else { "not enough" };
            format!(
                "{name}: {} where Type {level} needs {bound}{}, {verdict}",
                amount(has),
                amount(required)
            )
        }
        (Some(required), None, true) => format!(
            "{name}: not recorded; its claimed type has the {bound}{} that Type {level} needs",
            amount(required)
        ),
        (Some(required), None, false) => {
            format!("{name}: not recorded, and Type {level} needs {bound}{}", amount(required))
        }
    };
    let (code, name, unit) = (metric.code.clone(), name.clone(), metric.unit.clone());
    MetricFit { code, name, unit, required, has, ok, sentence }
}

fn in_words(
    definition: &Definition,
    level: Option<u8>,
    wanted: Option<u8>,
    metrics: &[MetricFit],
    fits: bool,
) -> String {
    let is = level.map_or_else(
        || format!("reaches no type of “{}”", definition.name),
        |level| format!("is Type {level} of “{}”", definition.name),
    );
    let short: Vec<_> = metrics.iter().filter(|m| !m.ok).map(|m| m.name.as_str()).collect();
    match (wanted, fits) {
        (None, _) => format!("it {is}; any type is wanted"),
        (Some(wanted), true) => format!("it {is}, and Type {wanted} or better is wanted"),
        (Some(wanted), false) if short.is_empty() => {
            format!("it {is}, and Type {wanted} is wanted")
        }
        (Some(wanted), false) => {
            format!("it {is}, and Type {wanted} is wanted; short of it in: {}", short.join(", "))
        }
    }
}
