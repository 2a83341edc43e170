//! On-call schedules: made, amended, stood in for, and ended.

use async_graphql::{Context, ID, InputObject, Object, Result};
use jiff::Timestamp;

use super::{carry_out, payloads};
use crate::domain::schedule;
use crate::graphql::asked::{parse_id, parse_id_option};
use crate::graphql::types::schedule::{Schedule, SchedulePlanInput};

payloads! {
    MakeSchedulePayload { schedule: Schedule },
    AmendSchedulePayload { schedule: Schedule },
    EndSchedulePayload { schedule: Schedule },
    AddOverridePayload { schedule: Schedule },
    RemoveOverridePayload { schedule: Schedule },
    SwapShiftsPayload { schedule: Schedule },
}

/// Which schedule is made.
#[derive(InputObject)]
pub(crate) struct MakeScheduleInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// How duty goes round.
    plan: SchedulePlanInput,
}

/// How duty is to go round.
#[derive(InputObject)]
pub(crate) struct AmendScheduleInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The schedule.
    schedule: ID,
    /// All of it as it should be.
    plan: SchedulePlanInput,
}

/// Which schedule ends.
#[derive(InputObject)]
pub(crate) struct EndScheduleInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The schedule.
    schedule: ID,
}

/// Who stands in for whom.
#[derive(InputObject)]
pub(crate) struct AddOverrideInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The schedule.
    schedule: ID,
    /// Since when.
    from: Timestamp,
    /// Until when.
    to: Timestamp,
    /// The rotation or calendar that it is for; all of them when null.
    rotation: Option<String>,
    /// Who is not on call in that time, and would be; when null, who comes in comes in addition.
    person_out: Option<ID>,
    /// Who is on call instead, or in addition; nobody when null.
    person_in: Option<ID>,
    /// Why.
    reason: String,
}

/// Which override is taken back.
#[derive(InputObject)]
pub(crate) struct RemoveOverrideInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The schedule.
    schedule: ID,
    /// The override.
    id: ID,
}

/// Who swaps what with whom.
#[derive(InputObject)]
pub(crate) struct SwapShiftsInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The schedule.
    schedule: ID,
    /// What one gives.
    first: SwapSideInput,
    /// What the other gives for it.
    second: SwapSideInput,
    /// Why.
    reason: String,
}

/// One side of a swap.
#[derive(InputObject)]
pub(crate) struct SwapSideInput {
    /// Who gives it.
    person: ID,
    /// Since when.
    from: Timestamp,
    /// Until when.
    to: Timestamp,
    /// In which rotation or calendar; wherever they are on call when null.
    rotation: Option<String>,
}

#[derive(Default)]
pub(super) struct ScheduleMutations;

#[Object]
impl ScheduleMutations {
    /// Makes an on-call schedule of your organization, of persons whom you may see.
    async fn make_schedule(
        &self,
        context: &Context<'_>,
        input: MakeScheduleInput,
    ) -> Result<Option<MakeSchedulePayload>> {
        let command = schedule::Make { plan: input.plan.plan()? };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Replaces how duty goes round. Overrides and imported calendars stay.
    async fn amend_schedule(
        &self,
        context: &Context<'_>,
        input: AmendScheduleInput,
    ) -> Result<Option<AmendSchedulePayload>> {
        let schedule = parse_id("schedule", &input.schedule)?;
        let command = schedule::Amend { schedule, plan: input.plan.plan()? };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Ends a schedule, for good: nobody is on call by it any more.
    async fn end_schedule(
        &self,
        context: &Context<'_>,
        input: EndScheduleInput,
    ) -> Result<Option<EndSchedulePayload>> {
        let command = schedule::End { schedule: parse_id("schedule", &input.schedule)? };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Lets somebody stand in for somebody, come in addition, or not be on call for a while.
    async fn add_override(
        &self,
        context: &Context<'_>,
        input: AddOverrideInput,
    ) -> Result<Option<AddOverridePayload>> {
        let command = schedule::AddOverride {
            schedule: parse_id("schedule", &input.schedule)?,
            from: input.from,
            to: input.to,
            rotation: input.rotation,
            person_out: parse_id_option("personOut", input.person_out.as_ref())?,
            person_in: parse_id_option("personIn", input.person_in.as_ref())?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Takes an override back.
    async fn remove_override(
        &self,
        context: &Context<'_>,
        input: RemoveOverrideInput,
    ) -> Result<Option<RemoveOverridePayload>> {
        let command = schedule::RemoveOverride {
            schedule: parse_id("schedule", &input.schedule)?,
            id: parse_id("id", &input.id)?,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Lets two persons swap: each stands in for the other.
    async fn swap_shifts(
        &self,
        context: &Context<'_>,
        input: SwapShiftsInput,
    ) -> Result<Option<SwapShiftsPayload>> {
        let command = schedule::Swap {
            schedule: parse_id("schedule", &input.schedule)?,
            first: input.first.leg("first.person")?,
            second: input.second.leg("second.person")?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}

impl SwapSideInput {
    fn leg(self, field: &str) -> Result<schedule::Leg> {
        let person = parse_id(field, &self.person)?;
        Ok(schedule::Leg { person, from: self.from, to: self.to, rotation: self.rotation })
    }
}
