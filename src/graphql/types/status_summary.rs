//! What is reported of an incident for a period (ICS 209).

use async_graphql::{Enum, ID, InputObject, Result, SimpleObject};
use jiff::Timestamp;

use super::outlook::IncidentOutlook;
use super::resource_request::ResourceRequest;
use crate::domain::period;
use crate::graphql::asked::parse_id_option;
use crate::sharing::View;

/// The kinds of structures of ICS 209, block 30.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "period::Structures")]
pub(crate) enum BuildingKind {
    /// Single residences.
    SingleResidence,
    /// Commercial property that nobody lives in.
    NonResidential,
    /// Other minor structures.
    OtherMinor,
    /// Whatever else.
    Other,
}

/// Until when something is expected or needed (ICS 209, blocks 36 to 39).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "period::Horizon")]
pub(crate) enum NeedHorizon {
    /// Within 12 hours.
    #[graphql(name = "HOURS_12")]
    Hours12,
    /// Within 24 hours.
    #[graphql(name = "HOURS_24")]
    Hours24,
    /// Within 48 hours.
    #[graphql(name = "HOURS_48")]
    Hours48,
    /// Within 72 hours.
    #[graphql(name = "HOURS_72")]
    Hours72,
    /// After 72 hours.
    Later,
}

/// What is reported of an incident for a period (ICS 209).
#[derive(SimpleObject)]
pub(crate) struct StatusSummary {
    /// What happened that matters (block 28).
    events: Option<String>,
    /// What was damaged or destroyed (block 30).
    damage: Vec<StructureDamage>,
    /// The public (block 31).
    public: Casualties,
    /// Responders (block 32).
    responders: Casualties,
    /// Who confirmed the number of the dead.
    confirmed_by: Option<String>,
    /// Why a number is lower than it was reported before.
    correction: Option<String>,
    /// The weather (block 35).
    weather: Option<String>,
    /// What threatens, as a whole (block 38).
    threats: Option<String>,
    /// What is critically needed (block 39).
    needs: Vec<CriticalNeed>,
    /// What else is to be said (block 33).
    remarks: Option<String>,
    /// How it stands and where it goes.
    outlook: IncidentOutlook,
}

/// How many people suffered what. Those trapped, missing, sheltering, in shelters, to be immunized or
/// in quarantine are counted now, the others from the beginning of the incident.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "CasualtiesInput")]
pub(crate) struct Casualties {
    /// Dead. Never estimated: `confirmedBy` names the authority that confirmed them.
    #[graphql(default)]
    fatalities: u32,
    /// With injuries or illness.
    #[graphql(default)]
    injured: u32,
    /// Evacuated.
    #[graphql(default)]
    evacuated: u32,
    /// Trapped, or in need of rescue.
    #[graphql(default)]
    trapped: u32,
    /// Missing.
    #[graphql(default)]
    missing: u32,
    /// Sheltering in place.
    #[graphql(default)]
    sheltering: u32,
    /// In temporary shelters.
    #[graphql(default)]
    in_shelters: u32,
    /// Immunized.
    #[graphql(default)]
    immunized: u32,
    /// In need of immunization.
    #[graphql(default)]
    need_immunization: u32,
    /// In quarantine.
    #[graphql(default)]
    quarantined: u32,
}

/// How many structures of a kind are threatened, damaged or destroyed.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "StructureDamageInput")]
pub(crate) struct StructureDamage {
    /// Of what kind.
    kind: BuildingKind,
    /// Threatened within 72 hours.
    #[graphql(default)]
    threatened: u32,
    /// Damaged, from the beginning of the incident.
    #[graphql(default)]
    damaged: u32,
    /// Destroyed, from the beginning of the incident.
    #[graphql(default)]
    destroyed: u32,
}

/// What is critically needed.
#[derive(SimpleObject)]
pub(crate) struct CriticalNeed {
    /// By when.
    within: NeedHorizon,
    /// The kind of resource, such as `engine`.
    kind: String,
    /// The type wanted; 1 is the most capable.
    #[graphql(name = "type")]
    level: Option<u8>,
    /// How many.
    quantity: u32,
    /// Whether a request orders them.
    ordered: bool,
    /// That request, where you see it.
    request: Option<ResourceRequest>,
    /// Since when it stands there.
    since: Timestamp,
}

/// What is to be reported of an incident for a period (ICS 209).
#[derive(InputObject)]
pub(crate) struct StatusSummaryInput {
    /// What happened that matters (block 28).
    events: Option<String>,
    /// What was damaged or destroyed, each kind once (block 30).
    #[graphql(default)]
    damage: Vec<StructureDamage>,
    /// The public (block 31).
    public: Casualties,
    /// Responders (block 32).
    responders: Casualties,
    /// Who confirmed the number of the dead, such as the medical examiner.
    confirmed_by: Option<String>,
    /// Why a number is lower than it was reported before.
    correction: Option<String>,
    /// The weather (block 35).
    weather: Option<String>,
    /// What threatens, as a whole (block 38).
    threats: Option<String>,
    /// What is critically needed (block 39).
    #[graphql(default)]
    needs: Vec<CriticalNeedInput>,
    /// What else is to be said (block 33).
    remarks: Option<String>,
    /// How it stands and where it goes; nothing is said of it when null.
    outlook: Option<IncidentOutlook>,
}

/// What is critically needed.
#[derive(InputObject)]
pub(crate) struct CriticalNeedInput {
    /// By when.
    within: NeedHorizon,
    /// The kind of resource, such as `engine`.
    kind: String,
    /// The type wanted; 1 is the most capable.
    #[graphql(name = "type")]
    level: Option<u8>,
    /// How many.
    quantity: u32,
    /// The request of this incident that orders them (213RR); when null, the one that orders the same
    /// need in the last summary stands.
    request: Option<ID>,
}

impl StatusSummary {
    pub(super) fn of(view: &View, summary: &period::Summary) -> Self {
        let period::Summary { events, confirmed_by, correction, weather, threats, remarks, .. } =
            summary.clone();
        Self {
            events,
            damage: summary.damage.iter().map(|damage| (*damage).into()).collect(),
            public: summary.public.into(),
            responders: summary.responders.into(),
            confirmed_by,
            correction,
            weather,
            threats,
            needs: summary.needs.iter().map(|need| CriticalNeed::of(view, need)).collect(),
            remarks,
            outlook: (*summary.outlook).clone().into(),
        }
    }
}

impl CriticalNeed {
    fn of(view: &View, need: &period::CriticalNeed) -> Self {
        Self {
            within: need.within.into(),
            kind: need.kind.clone(),
            level: need.level,
            quantity: need.quantity,
            ordered: need.request.is_some(),
            request: need.request.and_then(|id| view.resource_request(id)).map(ResourceRequest),
            since: need.since,
        }
    }
}

impl StatusSummaryInput {
    /// The summary that it says.
    ///
    /// # Errors
    /// That the id of a request is none.
    pub(in crate::graphql) fn read(self) -> Result<period::Summary> {
        Ok(period::Summary {
            events: self.events,
            damage: self.damage.into_iter().map(Into::into).collect(),
            public: self.public.into(),
            responders: self.responders.into(),
            confirmed_by: self.confirmed_by,
            correction: self.correction,
            weather: self.weather,
            threats: self.threats,
            needs: self.needs.into_iter().map(CriticalNeedInput::read).collect::<Result<_>>()?,
            remarks: self.remarks,
            outlook: Box::new(self.outlook.map(Into::into).unwrap_or_default()),
        })
    }
}

impl CriticalNeedInput {
    fn read(self) -> Result<period::CriticalNeed> {
        Ok(period::CriticalNeed {
            within: self.within.into(),
            kind: self.kind,
            level: self.level,
            quantity: self.quantity,
            request: parse_id_option("request", self.request.as_ref())?,
            // The domain knows since when.
            since: Timestamp::UNIX_EPOCH,
        })
    }
}

impl From<period::Casualties> for Casualties {
    fn from(of: period::Casualties) -> Self {
        let period::Casualties { fatalities, injured, evacuated, trapped, missing, .. } = of;
        let period::Casualties { sheltering, in_shelters, immunized, .. } = of;
        let period::Casualties { need_immunization, quarantined, .. } = of;
        Self {
            fatalities,
            injured,
            evacuated,
            trapped,
            missing,
            sheltering,
            in_shelters,
            immunized,
            need_immunization,
            quarantined,
        }
    }
}

impl From<Casualties> for period::Casualties {
    fn from(of: Casualties) -> Self {
        let Casualties { fatalities, injured, evacuated, trapped, missing, .. } = of;
        let Casualties { sheltering, in_shelters, immunized, .. } = of;
        let Casualties { need_immunization, quarantined, .. } = of;
        Self {
            fatalities,
            injured,
            evacuated,
            trapped,
            missing,
            sheltering,
            in_shelters,
            immunized,
            need_immunization,
            quarantined,
        }
    }
}

impl From<period::Damage> for StructureDamage {
    fn from(damage: period::Damage) -> Self {
        let period::Damage { of, threatened, damaged, destroyed } = damage;
        Self { kind: of.into(), threatened, damaged, destroyed }
    }
}

impl From<StructureDamage> for period::Damage {
    fn from(damage: StructureDamage) -> Self {
        let StructureDamage { kind, threatened, damaged, destroyed } = damage;
        Self { of: kind.into(), threatened, damaged, destroyed }
    }
}
