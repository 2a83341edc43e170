//! From when on something stands out: each organization says so for its incidents.

use serde::{Deserialize, Serialize};

use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits;
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Minutes in two weeks, the longest that a watchdog waits.
const MINUTES_MAX: u32 = 14 * 24 * 60;

/// From when on something stands out. The defaults are those that NIMS suggests, where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Direct reports of one supervisor from which on the span of control is a notice (section 4.3
    /// of the facts on NIMS: about five is best).
    pub span_notice: u32,
    /// The same for a warning.
    pub span_warning: u32,
    /// The least complex type of incident that has to have a Safety Officer: 3 means types 3, 2
    /// and 1. Hazardous materials and technical rescue have to at any type.
    pub safety_officer_from_type: u8,
    /// Minutes without a word from a commander.
    pub commander_silent_minutes: u32,
    /// Hours that somebody holds posts without a break.
    pub on_duty_hours: u32,
    /// Minutes before the end of a period at which the next plan has to be approved.
    pub plan_due_minutes: u32,
    /// Minutes that an urgent question may wait for its answer.
    pub answer_urgent_minutes: u32,
    /// Minutes that any other question may.
    pub answer_minutes: u32,
    /// Minutes that a personnel accountability report may take.
    pub par_minutes: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            span_notice: 6,
            span_warning: 8,
            safety_officer_from_type: 3,
            commander_silent_minutes: 120,
            on_duty_hours: 16,
            plan_due_minutes: 120,
            answer_urgent_minutes: 15,
            answer_minutes: 60,
            par_minutes: 10,
        }
    }
}

/// Says from when on something stands out on the incidents of the acting organization.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SetThresholds {
    /// The organization.
    pub organization: Id<Organization>,
    /// From when on.
    pub thresholds: Thresholds,
}

/// An organization said from when on something stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThresholdsSet {
    /// The organization.
    pub organization: Id<Organization>,
    /// From when on.
    pub thresholds: Thresholds,
}

impl Thresholds {
    /// Checks that each is a number that makes sense.
    fn check(&self) -> Result<(), Refusal> {
        limits::number("spanNotice", self.span_notice, 2, 100)?;
        limits::number("spanWarning", self.span_warning, self.span_notice, 100)?;
        limits::number("safetyOfficerFromType", self.safety_officer_from_type.into(), 1, 5)?;
        limits::number("commanderSilentMinutes", self.commander_silent_minutes, 1, MINUTES_MAX)?;
        limits::number("onDutyHours", self.on_duty_hours, 1, MINUTES_MAX / 60)?;
        limits::number("planDueMinutes", self.plan_due_minutes, 1, MINUTES_MAX)?;
        limits::number("answerUrgentMinutes", self.answer_urgent_minutes, 1, MINUTES_MAX)?;
        limits::number("answerMinutes", self.answer_minutes, 1, MINUTES_MAX)?;
        limits::number("parMinutes", self.par_minutes, 1, MINUTES_MAX).map(drop)
    }
}

impl Decide for SetThresholds {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { organization, thresholds } = *self;
        let subject = RecordRef::Organization(organization);
        let known = world.known_organization(organization)?;
        thresholds.check()?;
        if known.thresholds == thresholds {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, ThresholdsSet { organization, thresholds }))
    }
}

impl Apply for ThresholdsSet {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_organization(self.organization, stamp, |o| o.thresholds = self.thresholds);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Organization(self.organization)]
    }
}

impl World {
    /// From when on something stands out on the incidents of an organization.
    pub(in crate::domain) fn thresholds_of(&self, owner: Option<Id<Organization>>) -> Thresholds {
        let organization = owner.and_then(|id| self.organization(id));
        organization.map_or_else(Thresholds::default, |organization| organization.thresholds)
    }
}
