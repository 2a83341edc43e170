//! Resources: what organizations have and commit to incidents.

use async_graphql::{ID, Object, SimpleObject};
use jiff::Timestamp;

use super::codes::{
    CommitmentStage, FieldGroup, MetricCompare, OutOfServiceCause, RatePer, ResourceClass,
    ResourceGrouping, ResourceStatus, SignOffBox,
};
use super::incident::Incident;
use super::organization::Organization;
use super::place::Location;
use crate::domain::resource::{self, Capability, Tactical, definition};
use crate::graphql::asked::id;
use crate::graphql::scalars::Position;
use crate::sharing::{Seen, SeenCommitment, SeenPar};

/// Something that can be committed to an incident: an engine, a crew, a strike team, a shelter,
/// sandbags.
#[derive(Clone)]
pub(crate) struct Resource(pub(in crate::graphql) Seen<resource::Resource>);

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

/// That a resource is or was committed to an incident.
pub(crate) struct Commitment(SeenCommitment);

/// A part of the organization of an incident.
#[derive(SimpleObject)]
pub(crate) struct TacticalAssignment {
    /// The post whose holder it reports to.
    post: Option<ID>,
    /// What people call it: `Division A`.
    name: String,
}

/// What a resource worked at from a time on.
#[derive(SimpleObject)]
pub(crate) struct AssignmentLine {
    /// What; available for work when null.
    to: Option<TacticalAssignment>,
    /// From when on.
    at: Option<Timestamp>,
    /// By whom.
    by: String,
    /// Why.
    reason: Option<String>,
}

/// The check-out of a resource (ICS 221).
#[derive(SimpleObject)]
pub(crate) struct Demobilization {
    /// Since when.
    started: Option<Timestamp>,
    /// Where it goes next.
    destination: Option<String>,
    /// The boxes that were ticked.
    boxes: Vec<SignOff>,
}

/// A box of a check-out.
#[derive(SimpleObject)]
pub(crate) struct SignOff {
    /// The box.
    #[graphql(name = "box")]
    sign_off: SignOffBox,
    /// Who signed it; null while nobody has.
    by: Option<String>,
    /// When.
    at: Option<Timestamp>,
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

#[Object]
impl Commitment {
    /// Its number among those of the resource.
    async fn number(&self) -> u32 {
        self.0.number()
    }

    /// The incident; null when you do not see it, as once your resource was released from one that
    /// is another organization's.
    async fn incident(&self) -> Option<Incident> {
        self.0.incident.clone().map(Incident)
    }

    /// How much: 1 of what is single.
    async fn quantity(&self) -> u32 {
        self.0.quantity()
    }

    /// Where it stands; null when that is withheld.
    async fn stage(&self) -> Option<CommitmentStage> {
        self.0.stage().map(Into::into)
    }

    /// Since when it is committed.
    async fn since(&self) -> Option<Timestamp> {
        self.0.since()
    }

    /// When it is expected to arrive.
    async fn expected(&self) -> Option<Timestamp> {
        self.0.expected()
    }

    /// When it checked in.
    async fn checked_in_at(&self) -> Option<Timestamp> {
        self.0.checked_in_at()
    }

    /// Where it checked in.
    async fn check_in_place(&self) -> Option<&str> {
        self.0.check_in_place()
    }

    /// How many people checked in.
    async fn people(&self) -> Option<u32> {
        self.0.people()
    }

    /// Who leads them.
    async fn leader(&self) -> Option<&str> {
        self.0.leader()
    }

    /// What it works at; available for work, or withheld, when null.
    async fn assigned_to(&self) -> Option<TacticalAssignment> {
        self.0.assigned_to().map(TacticalAssignment::of)
    }

    /// What it worked at, the oldest first.
    async fn assignments(&self) -> Vec<AssignmentLine> {
        let lines = self.0.assignments().iter().map(|line| AssignmentLine {
            to: line.to.as_ref().map(TacticalAssignment::of),
            at: self.0.time(line.at),
            by: line.by.clone(),
            reason: line.reason.clone(),
        });
        lines.collect()
    }

    /// Its check-out.
    async fn demobilization(&self) -> Option<Demobilization> {
        let demobilization = self.0.demobilization()?;
        let boxes = demobilization.ticked.iter().map(|ticked| {
            let signed = demobilization.signed.iter().find(|s| s.sign_off == *ticked);
            SignOff {
                sign_off: (*ticked).into(),
                by: signed.map(|signed| signed.by.clone()),
                at: signed.and_then(|signed| self.0.time(signed.at)),
            }
        });
        Some(Demobilization {
            started: self.0.time(demobilization.started),
            destination: demobilization.destination.clone(),
            boxes: boxes.collect(),
        })
    }

    /// When it was released or cancelled.
    async fn ended(&self) -> Option<Timestamp> {
        self.0.ended()
    }
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

impl TacticalAssignment {
    fn of(tactical: &Tactical) -> Self {
        Self { post: tactical.post.map(id), name: tactical.name.clone() }
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

/// A value as an amount, or as there or not.
const fn parts(value: Capability) -> (Option<f64>, Option<bool>) {
    match value {
        Capability::Number(amount) => (Some(amount), None),
        Capability::Flag(flag) => (None, Some(flag)),
    }
}
