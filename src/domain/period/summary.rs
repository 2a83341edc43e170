//! The status summary of an incident, for those beside and above it (ICS 209): who was hurt, what was
//! destroyed, what threatens, and whether what is critically needed is ordered.
//!
//! The numbers of the dead, the hurt, the evacuated and of what was damaged or destroyed count from
//! the beginning of the incident, so they only grow. One that is lower than the last summary's is a
//! correction, and says why (check 15). The dead are never estimated: whoever reports them names the
//! authority that confirmed their number (section 7.1). A critical need is ordered (check 12).
//!
//! Example: at noon two residents are reported injured. At six it turns out that one of them was
//! counted twice; the summary says one, with that as its correction.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::outlook::Outlook;
use super::{Period, Refused};
use crate::domain::command::Context;
use crate::domain::ids::Id;
use crate::domain::limits::{
    self, CRITICAL_NEEDS_MAX, NAME_CHARS_MAX, NOTE_CHARS_MAX, REASON_CHARS_MAX,
};
use crate::domain::refusal::Refusal;
use crate::domain::resource_request::ResourceRequest;
use crate::domain::world::World;

/// What is reported of an incident for a period (ICS 209).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// What happened that matters (block 28).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<String>,
    /// What was damaged or destroyed, each kind once (block 30).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub damage: Vec<Damage>,
    /// The public (block 31).
    pub public: Casualties,
    /// Responders (block 32).
    pub responders: Casualties,
    /// Who confirmed the number of the dead, such as the medical examiner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<String>,
    /// Why a number is lower than it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<String>,
    /// The weather (block 35).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weather: Option<String>,
    /// What threatens, as a whole (block 38).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threats: Option<String>,
    /// What is critically needed (block 39).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<CriticalNeed>,
    /// What else is to be said (block 33).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// How it stands and where it goes (blocks 7, 8, 34, 36, 38, 40 and 42 to 46).
    #[serde(default)]
    pub outlook: Box<Outlook>,
}

/// How many people suffered what (ICS 209, blocks 31 and 32). Those trapped, missing, sheltering, in
/// shelters, to be immunized or in quarantine are counted now, the others from the beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Casualties {
    /// Dead.
    pub fatalities: u32,
    /// With injuries or illness.
    pub injured: u32,
    /// Evacuated.
    pub evacuated: u32,
    /// Trapped, or in need of rescue.
    pub trapped: u32,
    /// Missing.
    pub missing: u32,
    /// Sheltering in place.
    pub sheltering: u32,
    /// In temporary shelters.
    pub in_shelters: u32,
    /// Immunized.
    pub immunized: u32,
    /// In need of immunization.
    pub need_immunization: u32,
    /// In quarantine.
    pub quarantined: u32,
}

/// How many structures of a kind are threatened, damaged or destroyed (ICS 209, block 30).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    /// Of what kind.
    pub of: Structures,
    /// Threatened within 72 hours.
    pub threatened: u32,
    /// Damaged from the beginning.
    pub damaged: u32,
    /// Destroyed from the beginning.
    pub destroyed: u32,
}

/// The kinds of structures of ICS 209, block 30.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Structures {
    /// Single residences.
    SingleResidence,
    /// Commercial property that nobody lives in.
    NonResidential,
    /// Other minor structures.
    OtherMinor,
    /// Whatever else.
    Other,
}

/// What is critically needed by when (ICS 209, block 39).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriticalNeed {
    /// By when.
    pub within: Horizon,
    /// The kind of resource, such as `engine`.
    pub kind: String,
    /// The type wanted; 1 is the most capable.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "type")]
    pub level: Option<u8>,
    /// How many.
    pub quantity: u32,
    /// The request by which they are ordered (213RR). Without one in a command, the order of the same
    /// need in the last summary stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Id<ResourceRequest>>,
    /// Since when it stands there; what a command says of that is not asked.
    #[serde(default)]
    pub since: Timestamp,
}

/// The horizons of ICS 209, blocks 36 to 39.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Horizon {
    /// Within 12 hours.
    Hours12,
    /// Within 24 hours.
    Hours24,
    /// Within 48 hours.
    Hours48,
    /// Within 72 hours.
    Hours72,
    /// After 72 hours.
    Later,
}

impl Summary {
    /// The requests that it names.
    pub fn requests(&self) -> impl Iterator<Item = Id<ResourceRequest>> {
        self.needs.iter().filter_map(|need| need.request)
    }

    /// The same, if it can be reported for a period.
    ///
    /// # Errors
    /// The refusal that names the part.
    pub(super) fn checked(
        &self,
        world: &World,
        period: &Period,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        let said =
            |field, text: &Option<String>| limits::said(field, text.as_deref(), NOTE_CHARS_MAX);
        limits::count("needs", self.needs.len(), CRITICAL_NEEDS_MAX)?;
        let kinds: BTreeSet<_> = self.damage.iter().map(|damage| damage.of).collect();
        if kinds.len() < self.damage.len() {
            return Err(Refused::DamageTwice.into());
        }
        let last = world.last_summary(period);
        let need = |need: &CriticalNeed| need.checked(world, period, last, context);
        let checked = Self {
            events: said("events", &self.events)?,
            damage: self.damage.clone(),
            public: self.public,
            responders: self.responders,
            confirmed_by: limits::said(
                "confirmedBy",
                self.confirmed_by.as_deref(),
                NAME_CHARS_MAX,
            )?,
            correction: limits::said("correction", self.correction.as_deref(), REASON_CHARS_MAX)?,
            weather: said("weather", &self.weather)?,
            threats: said("threats", &self.threats)?,
            needs: self.needs.iter().map(need).collect::<Result<_, _>>()?,
            remarks: said("remarks", &self.remarks)?,
            outlook: Box::new(self.outlook.checked()?),
        };
        let dead = checked.public.fatalities.max(checked.responders.fatalities) > 0;
        if dead && checked.confirmed_by.is_none() {
            return Err(Refused::FatalitiesNotConfirmed.into());
        }
        let lowered = last.and_then(|last| checked.lowered(last));
        match lowered.filter(|_| checked.correction.is_none()) {
            Some((what, was, is)) => Err(Refused::NumberLowered { what, was, is }.into()),
            None => Ok(checked),
        }
    }

    /// The first number from the beginning that is lower than it was: what, before, and now.
    fn lowered(&self, last: &Self) -> Option<(&'static str, u32, u32)> {
        let people = |now: &Casualties, was: &Casualties| {
            [
                ("fatalities", was.fatalities, now.fatalities),
                ("injured", was.injured, now.injured),
                ("evacuated", was.evacuated, now.evacuated),
                ("immunized", was.immunized, now.immunized),
            ]
        };
        let structures = last.damage.iter().flat_map(|was| {
            let now = self.damage.iter().find(|now| now.of == was.of);
            let now = now.map_or((0, 0), |now| (now.damaged, now.destroyed));
            [("damaged", was.damaged, now.0), ("destroyed", was.destroyed, now.1)]
        });
        let people = people(&self.public, &last.public)
            .into_iter()
            .chain(people(&self.responders, &last.responders));
        // Left out is as good as lowered: the next one would begin from nothing.
        let contained = last.outlook.contained;
        let contained =
            contained.map(|was| ("contained", was, self.outlook.contained.unwrap_or_default()));
        people.chain(structures).chain(contained).find(|(_, was, now)| now < was)
    }
}

impl CriticalNeed {
    fn checked(
        &self,
        world: &World,
        period: &Period,
        last: Option<&Summary>,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        let stands = |request: &ResourceRequest| world.is_ordered_by(period.incident, request);
        if let Some(request) = self.request {
            let known = world.known_request(request)?;
            if !stands(known) {
                return Err(Refused::OrderElsewhere { number: known.number.clone() }.into());
            }
        }
        let kind = limits::text("kind", &self.kind, NAME_CHARS_MAX)?;
        let level = self.level.map(limits::resource_type).transpose()?;
        let before = last.into_iter().flat_map(|last| &last.needs).find(|before| {
            (before.within, &before.kind, before.level) == (self.within, &kind, level)
        });
        if before.is_none() {
            world.check_kind(&kind)?;
        }
        let since = before.map_or(context.now, |before| before.since);
        // Whoever writes the next summary may not see the request by which it was ordered.
        let ordered = before.and_then(|before| before.request).filter(|request| {
            world.resource_request(*request).is_some_and(|request| stands(request))
        });
        let request = self.request.or(ordered);
        Ok(Self { kind, level, request, since, ..self.clone() })
    }
}

impl World {
    /// The last summary that was reported of an incident until a period, its own included.
    #[must_use]
    fn last_summary(&self, until: &Period) -> Option<&Summary> {
        let periods = self.periods_of(until.incident).rev();
        periods.filter(|p| p.number <= until.number).find_map(|p| p.summary.as_ref())
    }
}
