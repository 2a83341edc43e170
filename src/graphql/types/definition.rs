//! What the kinds of resources are by definition, and how well a resource fits one.

use async_graphql::{Object, SimpleObject};

use super::codes::{MetricCompare, ResourceClass, ResourceGrouping};
use crate::domain::resource::{self, Capability, definition};

/// One version of the definition of a kind of resource (RTLT).
pub(crate) struct ResourceDefinition(pub(in crate::graphql) resource::Definition);

/// One thing that is measured, and what each type needs of it.
#[derive(SimpleObject)]
pub(crate) struct Metric {
    /// What programs call it.
    code: String,
    /// What people call it.
    name: String,
    /// What it is counted in; null for what is there or not.
    unit: Option<String>,
    /// How it is compared.
    compare: MetricCompare,
    /// What each type needs, the most capable first.
    types: Vec<TypeNeeds>,
}

/// What a type needs of a metric.
#[derive(SimpleObject)]
pub(crate) struct TypeNeeds {
    /// The NIMS type: 1 is the most capable.
    #[graphql(name = "type")]
    level: u8,
    /// How much; null for what is there or not.
    amount: Option<f64>,
    /// Whether it has to be there; null for what is measured.
    needed: Option<bool>,
}

/// How well a resource fits a wanted type.
#[derive(SimpleObject)]
pub(crate) struct Fit {
    /// Whether it does.
    fits: bool,
    /// The best type that it reaches in every metric.
    #[graphql(name = "type")]
    level: Option<u8>,
    /// The whole in a sentence.
    sentence: String,
    /// Metric by metric.
    metrics: Vec<MetricFit>,
}

/// One metric, compared.
#[derive(SimpleObject)]
pub(crate) struct MetricFit {
    /// The code of the metric.
    metric: String,
    /// Whether there is enough.
    ok: bool,
    /// Why, in a sentence.
    sentence: String,
}

#[Object]
impl ResourceDefinition {
    /// What programs call the kind: `fire-engine`.
    async fn id(&self) -> &str {
        &self.0.id
    }

    /// The version. What was typed by an older one keeps its meaning.
    async fn version(&self) -> u16 {
        self.0.version
    }

    /// What people call the kind.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The discipline that uses it.
    async fn discipline(&self) -> &str {
        &self.0.discipline
    }

    /// The class by NIMS.
    async fn class(&self) -> ResourceClass {
        self.0.class.into()
    }

    /// How resources of this kind come.
    async fn grouping(&self) -> ResourceGrouping {
        self.0.grouping.into()
    }

    /// What countable things are counted in; null for what is single.
    async fn unit(&self) -> Option<&str> {
        self.0.unit.as_deref()
    }

    /// What is measured.
    async fn metrics(&self) -> Vec<Metric> {
        self.0.metrics.iter().map(Metric::of).collect()
    }
}

impl Metric {
    fn of(metric: &definition::Metric) -> Self {
        let types = metric.types.iter().map(|(level, value)| {
            let (amount, needed) = parts(*value);
            TypeNeeds { level: *level, amount, needed }
        });
        Self {
            code: metric.code.clone(),
            name: metric.name.clone(),
            unit: metric.unit.clone(),
            compare: metric.compare.into(),
            types: types.collect(),
        }
    }
}

impl From<resource::Fit> for Fit {
    fn from(fit: resource::Fit) -> Self {
        let metrics = fit.metrics.into_iter().map(|metric| MetricFit {
            metric: metric.code,
            ok: metric.ok,
            sentence: metric.sentence,
        });
        let metrics = metrics.collect();
        Self { fits: fit.fits, level: fit.level, sentence: fit.sentence, metrics }
    }
}

/// A value as an amount, or as there or not.
pub(super) const fn parts(value: Capability) -> (Option<f64>, Option<bool>) {
    match value {
        Capability::Number(amount) => (Some(amount), None),
        Capability::Flag(flag) => (None, Some(flag)),
    }
}
