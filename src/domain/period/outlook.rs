//! How an incident stands and where it goes (ICS 209, blocks 7, 8, 34, 36, 38, 40 and 42 to 46).
//!
//! Example: the Quarry Fire is at 340 acres and 60 % contained. Repopulation is in progress. Within 12
//! hours the wind turns and threatens the substation; in two days engines begin to leave.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Refused;
use super::summary::Horizon;
use crate::domain::limits::{self, NOTE_CHARS_MAX};
use crate::domain::mutual_aid::Cost;
use crate::domain::refusal::Refusal;

/// The greatest size that is reported, in whole units.
const SIZE_MAX: u32 = 1_000_000_000;
/// All of it.
const PERCENT_MAX: u32 = 100;

/// How an incident stands and where it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outlook {
    /// How large it is (block 7).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// How much of it is contained, or of the work completed, in percent (block 8).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contained: Option<u32>,
    /// What is done about the threat, each once (block 34).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// What is expected, by horizon, each once (blocks 36 and 38).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub projections: Vec<Projection>,
    /// How far objectives and means agree, and what stands in the way (block 40).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discussion: Option<String>,
    /// How large it is expected to become (block 42).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub final_size: Option<Size>,
    /// When it is expected to be contained or completed (block 43).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completion: Option<Timestamp>,
    /// When significant demobilization is expected to begin (block 44).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demobilization: Option<Timestamp>,
    /// What it has cost (block 45).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Amount>,
    /// What it is expected to cost in the end (block 46).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub final_cost: Option<Amount>,
}

/// How large something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// How many units.
    pub amount: u32,
    /// Which.
    pub unit: AreaUnit,
}

/// Units of area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaUnit {
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// How much, in the smallest unit of the currency, such as cents.
    pub amount: u64,
    /// The currency (ISO 4217), such as `USD`.
    pub currency: String,
}

/// What is done about a threat to people (ICS 209, block 34).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Projection {
    /// Until when.
    pub within: Horizon,
    /// How the incident is expected to behave (block 36).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Whom and what it threatens (block 38).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threats: Option<String>,
}

impl Outlook {
    /// The same, if it can be reported.
    ///
    /// # Errors
    /// The refusal that names the part.
    pub(super) fn checked(&self) -> Result<Self, Refusal> {
        let percent = |value| limits::number("contained", value, 0, PERCENT_MAX);
        let said =
            |field, text: &Option<String>| limits::said(field, text.as_deref(), NOTE_CHARS_MAX);
        let projection = |one: &Projection| {
            let activity = said("projections.activity", &one.activity)?;
            let threats = said("projections.threats", &one.threats)?;
            Ok::<_, Refusal>(Projection { within: one.within, activity, threats })
        };
        once("measures", &self.measures)?;
        let horizons: Vec<_> = self.projections.iter().map(|one| one.within).collect();
        once("projections", &horizons)?;
        let projections: Result<Vec<_>, _> = self.projections.iter().map(projection).collect();
        let mut projections = projections?;
        projections.retain(|one| one.activity.is_some() || one.threats.is_some());
        projections.sort_by_key(|one| one.within);
        Ok(Self {
            size: checked_size("size", self.size)?,
            contained: self.contained.map(percent).transpose()?,
            measures: self.measures.clone(),
            projections,
            discussion: said("discussion", &self.discussion)?,
            final_size: checked_size("finalSize", self.final_size)?,
            completion: self.completion,
            demobilization: self.demobilization,
            cost: self.cost.as_ref().map(Amount::checked).transpose()?,
            final_cost: self.final_cost.as_ref().map(Amount::checked).transpose()?,
        })
    }
}

impl Amount {
    fn checked(&self) -> Result<Self, Refusal> {
        let Self { amount, currency } = self.clone();
        // One item of a cost is bounded and written like a whole one.
        let cost = Cost { currency, other: amount, ..Cost::default() }.checked()?;
        Ok(Self { amount: cost.other, currency: cost.currency })
    }
}

fn checked_size(field: &'static str, size: Option<Size>) -> Result<Option<Size>, Refusal> {
    let checked = |size: Size| limits::number(field, size.amount, 0, SIZE_MAX).map(|_| size);
    size.map(checked).transpose()
}

/// Checks that a list names nothing twice.
fn once<T: Copy + Ord + Serialize>(field: &'static str, all: &[T]) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    match all.iter().find(|one| !seen.insert(**one)) {
        Some(twice) => {
            let name = serde_json::to_value(twice).unwrap_or_default();
            let name = name.as_str().unwrap_or_default().to_owned();
            Err(Refused::Twice { field, name }.into())
        }
        None => Ok(()),
    }
}
