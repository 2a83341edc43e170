//! How an incident stands and where it goes (ICS 209).

use async_graphql::{Enum, InputObject, SimpleObject};
use jiff::Timestamp;

use super::status_summary::NeedHorizon;
use crate::domain::period;

/// How an incident stands and where it goes (ICS 209).
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "IncidentOutlookInput")]
pub(crate) struct IncidentOutlook {
    /// How large it is (block 7).
    size: Option<IncidentSize>,
    /// How much of it is contained, or of the work completed, in percent (block 8).
    contained: Option<u32>,
    /// What is done about the threat, each once (block 34).
    #[graphql(default)]
    measures: Vec<ThreatMeasure>,
    /// What is expected, by horizon, each once (blocks 36 and 38).
    #[graphql(default)]
    projections: Vec<Projection>,
    /// How far objectives and means agree, and what stands in the way (block 40).
    discussion: Option<String>,
    /// How large it is expected to become (block 42).
    final_size: Option<IncidentSize>,
    /// When it is expected to be contained or completed (block 43).
    completion: Option<Timestamp>,
    /// When significant demobilization is expected to begin (block 44).
    demobilization: Option<Timestamp>,
    /// What it has cost (block 45).
    cost: Option<Amount>,
    /// What it is expected to cost in the end (block 46).
    final_cost: Option<Amount>,
}

/// How large something is.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "IncidentSizeInput")]
pub(crate) struct IncidentSize {
    /// How many units.
    amount: u32,
    /// Which.
    unit: AreaUnit,
}

/// Units of area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "period::AreaUnit")]
pub(crate) enum AreaUnit {
    /// Acres.
    Acres,
    /// Hectares.
    Hectares,
    /// Square miles.
    SquareMiles,
    /// Square kilometres.
    SquareKilometres,
}

/// Money.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "AmountInput")]
pub(crate) struct Amount {
    /// How much, in the smallest unit of the currency, such as cents.
    amount: u64,
    /// The currency (ISO 4217), such as `USD`.
    currency: String,
}

/// What is done about a threat to people (ICS 209, block 34).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "period::Measure")]
pub(crate) enum ThreatMeasure {
    /// No likely threat.
    NoLikelyThreat,
    /// Potential future threat.
    PotentialFutureThreat,
    /// Mass notifications in progress.
    NotificationsInProgress,
    /// Mass notifications completed.
    NotificationsCompleted,
    /// No evacuations imminent.
    NoEvacuationImminent,
    /// Planning for evacuation.
    PlanningEvacuation,
    /// Planning for shelter-in-place.
    PlanningShelterInPlace,
    /// Evacuations in progress.
    EvacuationInProgress,
    /// Shelter-in-place in progress.
    ShelterInPlaceInProgress,
    /// Repopulation in progress.
    RepopulationInProgress,
    /// Mass immunization in progress.
    ImmunizationInProgress,
    /// Mass immunization complete.
    ImmunizationComplete,
    /// Quarantine in progress.
    QuarantineInProgress,
    /// Area restriction in effect.
    AreaRestricted,
}

/// What is expected until a horizon.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "ProjectionInput")]
pub(crate) struct Projection {
    /// Until when.
    within: NeedHorizon,
    /// How the incident is expected to behave (block 36).
    activity: Option<String>,
    /// Whom and what it threatens (block 38).
    threats: Option<String>,
}

impl From<period::Outlook> for IncidentOutlook {
    fn from(of: period::Outlook) -> Self {
        Self {
            size: of.size.map(Into::into),
            contained: of.contained,
            measures: of.measures.into_iter().map(Into::into).collect(),
            projections: of.projections.into_iter().map(Into::into).collect(),
            discussion: of.discussion,
            final_size: of.final_size.map(Into::into),
            completion: of.completion,
            demobilization: of.demobilization,
            cost: of.cost.map(Into::into),
            final_cost: of.final_cost.map(Into::into),
        }
    }
}

impl From<IncidentOutlook> for period::Outlook {
    fn from(of: IncidentOutlook) -> Self {
        Self {
            size: of.size.map(Into::into),
            contained: of.contained,
            measures: of.measures.into_iter().map(Into::into).collect(),
            projections: of.projections.into_iter().map(Into::into).collect(),
            discussion: of.discussion,
            final_size: of.final_size.map(Into::into),
            completion: of.completion,
            demobilization: of.demobilization,
            cost: of.cost.map(Into::into),
            final_cost: of.final_cost.map(Into::into),
        }
    }
}

impl From<period::Size> for IncidentSize {
    fn from(period::Size { amount, unit }: period::Size) -> Self {
        Self { amount, unit: unit.into() }
    }
}

impl From<IncidentSize> for period::Size {
    fn from(IncidentSize { amount, unit }: IncidentSize) -> Self {
        Self { amount, unit: unit.into() }
    }
}

impl From<period::Amount> for Amount {
    fn from(period::Amount { amount, currency }: period::Amount) -> Self {
        Self { amount, currency }
    }
}

impl From<Amount> for period::Amount {
    fn from(Amount { amount, currency }: Amount) -> Self {
        Self { amount, currency }
    }
}

impl From<period::Projection> for Projection {
    fn from(period::Projection { within, activity, threats }: period::Projection) -> Self {
        Self { within: within.into(), activity, threats }
    }
}

impl From<Projection> for period::Projection {
    fn from(Projection { within, activity, threats }: Projection) -> Self {
        Self { within: within.into(), activity, threats }
    }
}
