//! Resources: what organizations have and commit to incidents.

use async_graphql::{ID, Object, SimpleObject};
use jiff::Timestamp;

use super::codes::{FieldGroup, OutOfServiceCause, RatePer, ResourceGrouping, ResourceStatus};
use super::commitment::{Commitment, TacticalAssignment};
use super::definition::{Fit, ResourceDefinition, parts};
use super::organization::Organization;
use super::place::Location;
use crate::domain::resource::{self, Capability};
use crate::graphql::asked::id;
use crate::graphql::scalars::Position;
use crate::sharing::{Seen, SeenPar};

/// Something that can be committed to an incident: an engine, a crew, a strike team, a shelter,
/// sandbags.
#[derive(Clone)]
pub(crate) struct Resource(pub(in crate::graphql) Seen<resource::Resource>);

/// What a resource has in one metric.
#[derive(SimpleObject)]
pub(crate) struct CapabilityValue {
    /// The code of the metric.
    metric: String,
    /// How much; null for what is there or not.
    amount: Option<f64>,
    /// Whether it is there; null for what is measured.
    present: Option<bool>,
}

/// What a resource costs.
#[derive(SimpleObject)]
pub(crate) struct CostRate {
    /// How much, in hundredths of the currency's unit.
    cents: u64,
    /// The currency (ISO 4217).
    currency: String,
    /// For what.
    per: RatePer,
}

/// How much there is of what is counted.
#[derive(SimpleObject)]
pub(crate) struct Supply {
    /// How much its owner holds, what is committed included.
    held: u32,
    /// How much can be committed now.
    free: u32,
    /// What it is counted in.
    unit: String,
}

/// A personnel accountability report.
#[derive(SimpleObject)]
pub(crate) struct Par {
    /// Its id.
    id: ID,
    /// The part of the organization that was called; everybody when null.
    of: Option<TacticalAssignment>,
    /// When it was called. What is missing is missing since then.
    called_at: Timestamp,
    /// By whom.
    called_by: String,
    /// Whether everybody who was called is accounted for; never where you do not see all who are still there.
    complete: bool,
    /// Resource by resource, as far as you see them.
    lines: Vec<ParLine>,
}

/// A resource in a personnel accountability report.
#[derive(SimpleObject)]
pub(crate) struct ParLine {
    /// The resource.
    resource: Resource,
    /// How many people it had when it checked in.
    expected: u32,
    /// How many are there; null while it has not answered.
    present: Option<u32>,
    /// When it answered.
    at: Option<Timestamp>,
    /// Who wrote that down.
    by: Option<String>,
    /// Whether somebody is missing, or nobody has answered before the resource was let go.
    missing: bool,
}

/// A resource and how well it fits.
#[derive(SimpleObject)]
pub(crate) struct NearbyResource {
    /// The resource.
    resource: Resource,
    /// How far it is, in metres, from its place as it is shown to you.
    metres: f64,
    /// How it fits.
    fit: Fit,
}

impl NearbyResource {
    pub(in crate::graphql) fn new(resource: Resource, metres: f64, fit: Fit) -> Self {
        // Nobody drives by the millimetre.
        Self { resource, metres: metres.round(), fit }
    }
}

#[Object]
impl Resource {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// What people call it on the radio.
    async fn name(&self) -> &str {
        self.0.name()
    }

    /// The organization that has it.
    async fn owner(&self) -> Option<Organization> {
        self.0.owner().map(Organization)
    }

    /// The definition of its kind, in the version that it was typed by.
    async fn kind(&self) -> Option<ResourceDefinition> {
        self.0.definition().cloned().map(ResourceDefinition)
    }

    /// The NIMS type that its owner claims for it: 1 is the most capable.
    #[graphql(name = "type")]
    async fn level(&self) -> Option<u8> {
        self.0.level()
    }

    /// How it is put together.
    async fn grouping(&self) -> ResourceGrouping {
        self.0.grouping().into()
    }

    /// Whether it is for exercises alone. This never changes.
    async fn exercise(&self) -> bool {
        self.0.exercise()
    }

    /// Whether its owner does not have it any more.
    async fn retired(&self) -> bool {
        self.0.is_retired()
    }

    /// The groups of fields that are withheld from you, as far as its owner lets you know.
    async fn withheld(&self) -> Vec<FieldGroup> {
        self.0.decision().withheld().into_iter().map(Into::into).collect()
    }

    /// Assigned, available or out of service; null when that is withheld.
    async fn status(&self) -> Option<ResourceStatus> {
        self.0.status().map(ResourceStatus::of)
    }

    /// Why it is out of service.
    async fn out_of_service(&self) -> Option<OutOfServiceCause> {
        match self.0.status()? {
            resource::Status::OutOfService(cause) => Some(cause.into()),
            _ => None,
        }
    }

    /// The reason for its status, in words.
    async fn status_reason(&self) -> Option<&str> {
        self.0.standing()?.reason.as_deref()
    }

    /// Where it is meanwhile, in words.
    async fn status_place(&self) -> Option<&str> {
        self.0.status_place()
    }

    /// Since when it has that status.
    async fn status_since(&self) -> Option<Timestamp> {
        self.0.status_since()
    }

    /// When it is expected back.
    async fn expected_return(&self) -> Option<Timestamp> {
        self.0.standing()?.expected_return
    }

    /// Whether it, or some of it, can be committed now.
    async fn free(&self) -> Option<bool> {
        self.0.is_free()
    }

    /// How much there is, for what is counted.
    async fn supply(&self) -> Option<Supply> {
        let (supply, free) = self.0.supply()?;
        Some(Supply { held: supply.held, free, unit: supply.unit.clone() })
    }

    /// Where it is at home, as exactly as it is shown to you.
    async fn home(&self) -> Option<Location<'_>> {
        self.0.home().map(|home| Location(std::borrow::Cow::Owned(home)))
    }

    /// Where it was last, as exactly as it is shown to you.
    async fn position(&self) -> Option<Position> {
        self.0.position().map(Position)
    }

    /// When it was there.
    async fn position_at(&self) -> Option<Timestamp> {
        self.0.position_at()
    }

    /// Where its position comes from.
    async fn position_source(&self) -> Option<&str> {
        self.0.position_source()
    }

    /// How many people come with it.
    async fn people(&self) -> Option<u32> {
        self.0.people()
    }

    /// Who leads its people.
    async fn crew_leader(&self) -> Option<&str> {
        self.0.crew_leader()
    }

    /// What it has, metric by metric; null when that is withheld.
    async fn capabilities(&self) -> Option<Vec<CapabilityValue>> {
        let values = self.0.capabilities()?.iter();
        let value = |(metric, value): (&String, &Capability)| {
            let (amount, present) = parts(*value);
            CapabilityValue { metric: metric.clone(), amount, present }
        };
        Some(values.map(value).collect())
    }

    /// What it costs; null when that is withheld.
    async fn rates(&self) -> Option<Vec<CostRate>> {
        let rates = self.0.rates()?.iter().map(|rate| CostRate {
            cents: rate.cents,
            currency: rate.currency.clone(),
            per: rate.per.into(),
        });
        Some(rates.collect())
    }

    /// The resources that it is made of, for a strike team or task force.
    async fn members(&self) -> Vec<Self> {
        self.0.members().map(Self).collect()
    }

    /// The one among its members that leads.
    async fn leader(&self) -> Option<Self> {
        self.0.leader().map(Self)
    }

    /// The group that it is a part of.
    async fn member_of(&self) -> Option<Self> {
        self.0.member_of().map(Self)
    }

    /// To which incidents it is committed, with those that ended, as far as you see them.
    async fn commitments(&self) -> Vec<Commitment> {
        self.0.commitments().map(Commitment).collect()
    }

    /// How it fits a type of a definition, by what is shown to you of it.
    async fn fit(
        &self,
        #[graphql(desc = "The NIMS type that is wanted; any when null.", name = "type")]
        level: Option<u8>,
    ) -> Option<Fit> {
        self.0.definition().map(|definition| self.0.fit(definition, level).into())
    }

    /// When it changed last; null unless you see all of it.
    async fn changed_at(&self) -> Option<Timestamp> {
        self.0.changed_at()
    }
}

impl From<SeenPar> for Par {
    fn from(seen: SeenPar) -> Self {
        let complete = seen.is_complete();
        let lines = seen
            .lines
            .into_iter()
            .map(|(resource, line)| {
                let missing = !line.is_complete();
                let answer = line.answer.as_ref();
                ParLine {
                    resource: Resource(resource),
                    expected: line.expected,
                    present: answer.map(|answer| answer.present),
                    at: answer.map(|answer| answer.at),
                    by: answer.map(|answer| answer.by.clone()),
                    missing,
                }
            })
            .collect();
        Self {
            id: id(seen.par.id),
            of: seen.par.of.as_ref().map(TacticalAssignment::of),
            called_at: seen.par.called_at,
            called_by: seen.par.called_by.clone(),
            complete,
            lines,
        }
    }
}
