//! Qualifications, positions of one's own, and what follows when somebody falls short.

use async_graphql::{Context, ID, InputObject, Object, Result};
use jiff::Timestamp;

use super::{carry_out, payloads};
use crate::domain::{qualification, structure, watch};
use crate::graphql::asked::{parse_id, parse_own};
use crate::graphql::types::organization::Organization;
use crate::graphql::types::qualification::{Qualification, QualificationStage, ShortfallPolicy};
use crate::graphql::types::watch::Thresholds;

payloads! {
    RecordQualificationPayload { qualification: Qualification },
    RevokeQualificationPayload { qualification: Qualification },
    SetQualificationPolicyPayload { organization: Organization },
    SetThresholdsPayload { organization: Organization },
    DefinePositionPayload { organization: Organization },
}

/// Who may hold what, by the word of your organization.
#[derive(InputObject)]
pub(crate) struct RecordQualificationInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The person.
    person: ID,
    /// The code of the position.
    position: String,
    /// The type, 5 to 1, 1 the most demanding; for all types when null.
    #[graphql(name = "type")]
    level: Option<u8>,
    /// How far they are.
    status: QualificationStage,
    /// Since when.
    issued: Timestamp,
    /// From when on it does not count; for good when null.
    expires: Option<Timestamp>,
}

/// Which qualification is taken back.
#[derive(InputObject)]
pub(crate) struct RevokeQualificationInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The qualification.
    qualification: ID,
    /// Why.
    reason: String,
}

/// What follows in an organization's incidents when somebody falls short of a post.
#[derive(InputObject)]
pub(crate) struct SetQualificationPolicyInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The organization; your own when null.
    organization: Option<ID>,
    /// What follows.
    on_shortfall: ShortfallPolicy,
}

/// From when on something is to stand out on an organization's incidents.
#[derive(InputObject)]
pub(crate) struct SetThresholdsInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The organization; your own when null.
    organization: Option<ID>,
    /// From when on.
    thresholds: Thresholds,
}

/// A position that an organization has beside those of NIMS.
#[derive(InputObject)]
pub(crate) struct DefinePositionInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The organization; your own when null.
    organization: Option<ID>,
    /// Its mnemonic: capitals and digits, at most 8, that NIMS has not.
    code: String,
    /// What its holder is called.
    title: String,
    /// The codes of the positions of NIMS that may be its supervisor.
    reports_to: Vec<String>,
    /// Whether one structure may have several of it.
    #[graphql(default = false)]
    many: bool,
}

#[derive(Default)]
pub(super) struct QualificationMutations;

#[Object]
impl QualificationMutations {
    /// Records what a person is qualified for, by the word of your organization. The same position
    /// and type again replaces what was recorded. Needs the scope `administer`.
    async fn record_qualification(
        &self,
        context: &Context<'_>,
        input: RecordQualificationInput,
    ) -> Result<Option<RecordQualificationPayload>> {
        let command = qualification::RecordQualification {
            person: parse_id("person", &input.person)?,
            position: input.position,
            level: input.level,
            status: input.status.into(),
            issued: input.issued,
            expires: input.expires,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Takes a qualification back that your organization gave. Needs the scope `administer`.
    async fn revoke_qualification(
        &self,
        context: &Context<'_>,
        input: RevokeQualificationInput,
    ) -> Result<Option<RevokeQualificationPayload>> {
        let qualification = parse_id("qualification", &input.qualification)?;
        let command = qualification::RevokeQualification { qualification, reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Says whether a shortfall in qualification warns or needs a waiver, in the incidents of an
    /// organization. Needs the scope `administer`.
    async fn set_qualification_policy(
        &self,
        context: &Context<'_>,
        input: SetQualificationPolicyInput,
    ) -> Result<Option<SetQualificationPolicyPayload>> {
        let command = qualification::SetQualificationPolicy {
            organization: parse_own(context, "organization", input.organization.as_ref())?,
            on_shortfall: input.on_shortfall.into(),
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Says from when on something stands out on an organization's incidents. Needs the scope
    /// `administer`.
    async fn set_thresholds(
        &self,
        context: &Context<'_>,
        input: SetThresholdsInput,
    ) -> Result<Option<SetThresholdsPayload>> {
        let command = watch::SetThresholds {
            organization: parse_own(context, "organization", input.organization.as_ref())?,
            thresholds: input.thresholds.into(),
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Adds a position to those of NIMS, for the incidents of an organization, or changes it. Needs
    /// the scope `administer`.
    async fn define_position(
        &self,
        context: &Context<'_>,
        input: DefinePositionInput,
    ) -> Result<Option<DefinePositionPayload>> {
        let command = structure::DefinePosition {
            organization: parse_own(context, "organization", input.organization.as_ref())?,
            code: input.code,
            title: input.title,
            reports_to: input.reports_to,
            many: input.many,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}
