//! What was planned when command changed hands (section 4.4: objectives, current plan, communications).

use serde::{Deserialize, Serialize};

use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::period::Period;
use crate::domain::world::World;

/// The operational period that ran, and what was planned for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefedPlan {
    /// The period.
    pub period: Id<Period>,
    /// Its number.
    pub number: u32,
    /// The revision of the plan that was in force; none was signed when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// What was still to be reached, the most urgent first.
    pub objectives: Vec<String>,
    /// What command stressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emphasis: Option<String>,
    /// The message of safety.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safety: Option<String>,
    /// The hazards, each with the area and what was done against it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hazards: Vec<String>,
    /// The radio channels, each with what it was for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<String>,
    /// The hospitals of the medical plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hospitals: Vec<String>,
}

/// What is planned for the period that runs.
pub(super) fn plan(world: &World, incident: Id<Incident>) -> Option<BriefedPlan> {
    let period = world.current_period(incident)?;
    let open = period.objectives.iter().filter(|objective| objective.closed.is_none());
    let channels = period.communications.channels.iter();
    let hazards = period.safety.hazards.iter();
    let hospitals = period.medical.hospitals.iter();
    Some(BriefedPlan {
        period: period.id,
        number: period.number,
        revision: period.plan_in_force().map(|revision| revision.number),
        objectives: open.map(|objective| objective.text.clone()).collect(),
        emphasis: period.situation.emphasis.clone(),
        safety: period.safety.message.clone(),
        hazards: hazards.map(|h| format!("{}: {}: {}", h.area, h.hazard, h.mitigation)).collect(),
        channels: channels.map(|c| format!("{} ({})", c.name, c.function)).collect(),
        hospitals: hospitals.map(|hospital| hospital.name.clone()).collect(),
    })
}
