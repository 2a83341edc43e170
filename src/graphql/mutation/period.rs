//! Operational periods: their times, objectives and meetings.

use async_graphql::{Context, ID, InputObject, Object, Result};
use jiff::Timestamp;

use super::{carry_out, payloads};
use crate::domain::period;
use crate::graphql::asked::{parse_id, parse_id_option};
use crate::graphql::types::organization::Organization;
use crate::graphql::types::period::Period;
use crate::graphql::types::plan::{MeetingKind, ObjectiveOutcome, ObjectivePriority};

payloads! {
    PlanPeriodPayload { period: Period },
    StartPeriodPayload { period: Period },
    AdjustPeriodPayload { period: Period },
    SetObjectivePayload { period: Period },
    RankObjectivesPayload { period: Period },
    CloseObjectivePayload { period: Period },
    HoldMeetingPayload { period: Period },
    SetMeetingTemplatePayload { organization: Organization },
}

/// The next operational period of an incident.
#[derive(InputObject)]
pub(crate) struct PlanPeriodInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident.
    incident: ID,
    /// When it begins; when the current one ends, or now for the first, when null.
    start: Option<Timestamp>,
    /// When it ends: 1 to 72 hours later.
    end: Timestamp,
}

/// Which period is to start now.
#[derive(InputObject)]
pub(crate) struct StartPeriodInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
}

/// The times of a period; what is null stays.
#[derive(InputObject)]
pub(crate) struct AdjustPeriodInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// When it begins; only for one that follows no other. To move the start of one that does,
    /// adjust the end of the one before.
    start: Option<Timestamp>,
    /// When it ends. The next one begins then.
    end: Option<Timestamp>,
}

/// What is to be reached.
#[derive(InputObject)]
pub(crate) struct SetObjectiveInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// The objective to be changed; a new one when null.
    objective: Option<ID>,
    /// What it serves.
    priority: ObjectivePriority,
    /// What is to be reached, in a sentence: specific and within reach.
    text: String,
    /// By what one will know that it is reached.
    measure: String,
    /// Until when; by the end of the period when null.
    deadline: Option<Timestamp>,
}

/// The order of the open objectives.
#[derive(InputObject)]
pub(crate) struct RankObjectivesInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// Every open objective, once. Those of a higher priority stay before those of a lower one.
    order: Vec<ID>,
}

/// What became of an objective.
#[derive(InputObject)]
pub(crate) struct CloseObjectiveInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// The objective.
    objective: ID,
    /// Whether it was met or dropped.
    outcome: ObjectiveOutcome,
    /// Why, or how it was met.
    reason: String,
}

/// Which meeting was held.
#[derive(InputObject)]
pub(crate) struct HoldMeetingInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period that it plans.
    period: ID,
    /// Which meeting; one that was not scheduled is added.
    meeting: MeetingKind,
    /// What came of it.
    outcome: String,
}

/// How long before the start of a period a meeting is held.
#[derive(InputObject)]
pub(crate) struct MeetingSlotInput {
    /// Which meeting.
    meeting: MeetingKind,
    /// How long before, in minutes.
    minutes_before: u32,
}

/// When an organization holds its meetings.
#[derive(InputObject)]
pub(crate) struct SetMeetingTemplateInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The organization.
    organization: ID,
    /// The meetings, each once; the hub's own template when empty.
    meetings: Vec<MeetingSlotInput>,
}

#[derive(Default)]
pub(super) struct PeriodMutations;

#[Object]
impl PeriodMutations {
    /// Plans the next operational period of an incident. It takes over the open objectives, the
    /// communications plan and the medical plan of the one before, and its meetings are scheduled
    /// backward from its start. It starts by itself when its time has come.
    async fn plan_period(
        &self,
        context: &Context<'_>,
        input: PlanPeriodInput,
    ) -> Result<Option<PlanPeriodPayload>> {
        let incident = parse_id("incident", &input.incident)?;
        let command = period::Plan { incident, start: input.start, end: input.end };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Starts an operational period before its time. The one before ends at this moment.
    async fn start_period(
        &self,
        context: &Context<'_>,
        input: StartPeriodInput,
    ) -> Result<Option<StartPeriodPayload>> {
        let command = period::Start { period: parse_id("period", &input.period)? };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Moves the end of an operational period, or the start of the first one.
    async fn adjust_period(
        &self,
        context: &Context<'_>,
        input: AdjustPeriodInput,
    ) -> Result<Option<AdjustPeriodPayload>> {
        let period = parse_id("period", &input.period)?;
        let command = period::Adjust { period, start: input.start, end: input.end };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Sets an objective or changes one that is open (ICS 202). While the next period is drafted
    /// already, it gets the objective too.
    async fn set_objective(
        &self,
        context: &Context<'_>,
        input: SetObjectiveInput,
    ) -> Result<Option<SetObjectivePayload>> {
        let command = period::SetObjective {
            period: parse_id("period", &input.period)?,
            objective: parse_id_option("objective", input.objective.as_ref())?,
            priority: input.priority.into(),
            text: input.text,
            measure: input.measure,
            deadline: input.deadline,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Puts the open objectives of a period into an order.
    async fn rank_objectives(
        &self,
        context: &Context<'_>,
        input: RankObjectivesInput,
    ) -> Result<Option<RankObjectivesPayload>> {
        let order = input.order.iter().map(|objective| parse_id("order", objective));
        let command = period::RankObjectives {
            period: parse_id("period", &input.period)?,
            order: order.collect::<Result<_>>()?,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Records that an objective was met or dropped.
    async fn close_objective(
        &self,
        context: &Context<'_>,
        input: CloseObjectiveInput,
    ) -> Result<Option<CloseObjectivePayload>> {
        let command = period::CloseObjective {
            period: parse_id("period", &input.period)?,
            objective: parse_id("objective", &input.objective)?,
            outcome: input.outcome.into(),
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Records that a meeting of the Planning P was held, and what came of it.
    async fn hold_meeting(
        &self,
        context: &Context<'_>,
        input: HoldMeetingInput,
    ) -> Result<Option<HoldMeetingPayload>> {
        let command = period::HoldMeeting {
            period: parse_id("period", &input.period)?,
            meeting: input.meeting.into(),
            outcome: input.outcome,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Says when your organization holds the meetings of the periods that are planned from now on.
    /// Needs the scope `administer`.
    async fn set_meeting_template(
        &self,
        context: &Context<'_>,
        input: SetMeetingTemplateInput,
    ) -> Result<Option<SetMeetingTemplatePayload>> {
        let slots = input.meetings.into_iter().map(|slot| period::Slot {
            meeting: slot.meeting.into(),
            minutes_before: slot.minutes_before,
        });
        let command = period::SetMeetingTemplate {
            organization: parse_id("organization", &input.organization)?,
            slots: slots.collect(),
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}
