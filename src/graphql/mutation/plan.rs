//! The incident action plan: its assignments and sections, its revisions and signatures.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{carry_out, payloads};
use crate::domain::Id;
use crate::domain::period::assignments::Work;
use crate::domain::period::{self, Assignment, Period as Planned, Section};
use crate::graphql::asked::{Asked, parse_id, parse_id_option};
use crate::graphql::types::communications::Channel;
use crate::graphql::types::medical::MedicalInput;
use crate::graphql::types::need::NeedInput;
use crate::graphql::types::period::Period;
use crate::graphql::types::plan::Hazard;
use crate::graphql::types::status_summary::StatusSummaryInput;
use crate::sharing::View;

payloads! {
    AssignWorkPayload { period: Period },
    DropWorkPayload { period: Period },
    SetSituationPayload { period: Period },
    SetCommunicationsPlanPayload { period: Period },
    SetMedicalPlanPayload { period: Period },
    SetSafetyPlanPayload { period: Period },
    SetNeedsPayload { period: Period },
    SetStatusSummaryPayload { period: Period },
    DraftPlanPayload { period: Period },
    ApprovePlanPayload { period: Period },
}

/// What is to be done in a division, group or staging area, and by whom.
#[derive(InputObject)]
pub(crate) struct AssignWorkInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// The assignment to be changed, as a whole; a new one when null.
    assignment: Option<ID>,
    /// The `digest` of the assignment as you read it; refused when it was changed since. Written
    /// over whatever is there when null.
    over: Option<String>,
    /// What people call the place, such as `Division A`.
    place: String,
    /// Its post in the command structure.
    post: Option<ID>,
    /// Who supervises it, and how they are reached.
    supervisor: Option<String>,
    /// The resources that do it, all of them committed to the incident. Those that you do not see
    /// stay.
    #[graphql(default)]
    resources: Vec<ID>,
    /// Where resources report, with what equipment.
    reporting: Option<String>,
    /// What is to be done.
    tasks: String,
    /// What to look out for.
    special_instructions: Option<String>,
    /// The channels, by their names in the communications plan.
    #[graphql(default)]
    channels: Vec<String>,
}

/// Which assignment is to be taken out of the plan.
#[derive(InputObject)]
pub(crate) struct DropWorkInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// The assignment.
    assignment: ID,
    /// The `digest` of the assignment as you read it; refused when it was changed since. Taken out
    /// whatever it says when null.
    over: Option<String>,
}

/// What command stresses, and what everybody should know.
#[derive(InputObject)]
pub(crate) struct SetSituationInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// The digest of this part as you read it, from `digests`; refused when it was changed since.
    /// Written over whatever is there when null.
    over: Option<String>,
    /// What command stresses.
    emphasis: Option<String>,
    /// General situational awareness: weather, public mood, what changed.
    awareness: Option<String>,
    /// Where the site safety plan is; null when none is required.
    site_safety_plan: Option<String>,
}

/// The radio channels.
#[derive(InputObject)]
pub(crate) struct SetCommunicationsPlanInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// The digest of this part as you read it, from `digests`; refused when it was changed since.
    /// Written over whatever is there when null.
    over: Option<String>,
    /// All channels, each name once.
    channels: Vec<Channel>,
    /// What all who use them do: repeaters, cross-patches, who relays.
    instructions: Option<String>,
}

/// Where responders are cared for.
#[derive(InputObject)]
pub(crate) struct SetMedicalPlanInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// The digest of this part as you read it, from `digests`; refused when it was changed since.
    /// Written over whatever is there when null.
    over: Option<String>,
    /// The whole plan, confirmed by this.
    plan: MedicalInput,
}

/// What keeps people safe.
#[derive(InputObject)]
pub(crate) struct SetSafetyPlanInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// The digest of this part as you read it, from `digests`; refused when it was changed since.
    /// Written over whatever is there when null.
    over: Option<String>,
    /// The message to everybody (ICS 208).
    message: Option<String>,
    /// All hazards with what is done against them (ICS 215A).
    #[graphql(default)]
    hazards: Vec<Hazard>,
}

/// What the assignments need.
#[derive(InputObject)]
pub(crate) struct SetNeedsInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// The digest of this part as you read it, from `digests`; refused when it was changed since.
    /// Written over whatever is there when null.
    over: Option<String>,
    /// All rows of the worksheet.
    needs: Vec<NeedInput>,
}

/// What is reported of an incident.
#[derive(InputObject)]
pub(crate) struct SetStatusSummaryInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// The digest of this part as you read it, from `digests`; refused when it was changed since.
    /// Written over whatever is there when null.
    over: Option<String>,
    /// The summary, as a whole.
    summary: StatusSummaryInput,
}

/// Which plan is to be drafted.
#[derive(InputObject)]
pub(crate) struct DraftPlanInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// Whether it is given by word of mouth, which does for Type 5 and 4 incidents.
    #[graphql(default = false)]
    oral: bool,
}

/// Which revision is to be signed.
#[derive(InputObject)]
pub(crate) struct ApprovePlanInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The period.
    period: ID,
    /// The number of the revision that was read.
    revision: u32,
}

#[derive(Default)]
pub(super) struct PlanMutations;

#[Object]
impl PlanMutations {
    /// Writes a work assignment, one for each division, group or staging area (ICS 204).
    async fn assign_work(
        &self,
        context: &Context<'_>,
        input: AssignWorkInput,
    ) -> Result<Option<AssignWorkPayload>> {
        let resources = input.resources.iter().map(|id| parse_id("resources", id));
        let mut work = Work {
            place: period::Place {
                post: parse_id_option("post", input.post.as_ref())?,
                name: input.place,
            },
            supervisor: input.supervisor,
            resources: resources.collect::<Result<_>>()?,
            reporting: input.reporting,
            tasks: input.tasks,
            special_instructions: input.special_instructions,
            channels: input.channels,
        };
        let period = parse_id("period", &input.period)?;
        let assignment = parse_id_option("assignment", input.assignment.as_ref())?;
        if let Some(assignment) = assignment {
            keep_unseen(&Asked::from(context).view, period, assignment, &mut work);
        }
        let command = period::AssignWork { period, assignment, over: input.over, work };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Takes a work assignment out of the plan.
    async fn drop_work(
        &self,
        context: &Context<'_>,
        input: DropWorkInput,
    ) -> Result<Option<DropWorkPayload>> {
        let command = period::DropWork {
            period: parse_id("period", &input.period)?,
            assignment: parse_id("assignment", &input.assignment)?,
            over: input.over,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Writes command emphasis and general situational awareness (ICS 202).
    async fn set_situation(
        &self,
        context: &Context<'_>,
        input: SetSituationInput,
    ) -> Result<Option<SetSituationPayload>> {
        let SetSituationInput { emphasis, awareness, site_safety_plan, .. } = input;
        let section =
            Section::Situation(period::Situation { emphasis, awareness, site_safety_plan });
        let command = write(&input.period, input.over, section)?;
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Writes the radio communications plan (ICS 205).
    async fn set_communications_plan(
        &self,
        context: &Context<'_>,
        input: SetCommunicationsPlanInput,
    ) -> Result<Option<SetCommunicationsPlanPayload>> {
        let channels = input.channels.into_iter().map(Into::into).collect();
        let plan = period::Communications { channels, instructions: input.instructions };
        let command = write(&input.period, input.over, Section::Communications(plan))?;
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Writes the medical plan (ICS 206), which confirms it: call the hospitals first.
    async fn set_medical_plan(
        &self,
        context: &Context<'_>,
        input: SetMedicalPlanInput,
    ) -> Result<Option<SetMedicalPlanPayload>> {
        let command = write(&input.period, input.over, Section::Medical(input.plan.into()))?;
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Writes the safety message (ICS 208) and the hazards (ICS 215A).
    async fn set_safety_plan(
        &self,
        context: &Context<'_>,
        input: SetSafetyPlanInput,
    ) -> Result<Option<SetSafetyPlanPayload>> {
        let hazards = input.hazards.into_iter().map(Into::into).collect();
        let section = Section::Safety(period::Safety { message: input.message, hazards });
        let command = write(&input.period, input.over, section)?;
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Writes the worksheet of needs (ICS 215).
    async fn set_needs(
        &self,
        context: &Context<'_>,
        input: SetNeedsInput,
    ) -> Result<Option<SetNeedsPayload>> {
        let needs = input.needs.into_iter().map(Into::into).collect();
        let command = write(&input.period, input.over, Section::Needs(needs))?;
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Writes the status summary (ICS 209). Numbers that count from the beginning of the incident only
    /// grow, unless `correction` says why; fatalities name the authority that confirmed them.
    async fn set_status_summary(
        &self,
        context: &Context<'_>,
        input: SetStatusSummaryInput,
    ) -> Result<Option<SetStatusSummaryPayload>> {
        let command = write(&input.period, input.over, Section::Summary(input.summary.read()?))?;
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Drafts the next revision of the plan from what is planned now, to be signed.
    async fn draft_plan(
        &self,
        context: &Context<'_>,
        input: DraftPlanInput,
    ) -> Result<Option<DraftPlanPayload>> {
        let period = parse_id("period", &input.period)?;
        let command = period::DraftPlan { period, oral: input.oral };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Signs the newest revision of the plan. When all who hold command have signed it, it is in
    /// force (ICS 202 block 8).
    async fn approve_plan(
        &self,
        context: &Context<'_>,
        input: ApprovePlanInput,
    ) -> Result<Option<ApprovePlanPayload>> {
        let period = parse_id("period", &input.period)?;
        let command = period::ApprovePlan { period, revision: input.revision };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}

fn write(period: &ID, over: Option<String>, section: Section) -> Result<period::WriteSection> {
    Ok(period::WriteSection { period: parse_id("period", period)?, over, section })
}

/// Adds what an assignment has and its writer does not see, for they cannot mean to take it away.
fn keep_unseen(view: &View, period: Id<Planned>, assignment: Id<Assignment>, work: &mut Work) {
    let Some(period) = view.period(period) else { return };
    let Some(before) = period.assignments().iter().find(|one| one.id == assignment) else { return };
    let unseen = before.work.resources.iter().filter(|id| view.resource(**id).is_none());
    work.resources.extend(unseen);
    let unseen = before.work.place.post.filter(|post| view.post(*post).is_none());
    work.place.post = work.place.post.or(unseen);
}
