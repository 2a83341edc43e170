//! Messages: drafted, released, launched, answered, stopped, put right, closed.

use async_graphql::{Context, ID, InputObject, Object, Result};
use jiff::Timestamp;

use super::{carry_out, payloads};
use crate::domain::message as domain;
use crate::graphql::asked::{Asked, parse_id, parse_id_option};
use crate::graphql::fault::fault;
use crate::graphql::located::located_of;
use crate::graphql::types::message::{Message, MessageChannel};
use crate::graphql::types::message_plan::{
    Expects, Meaning, MessageContentInput, MessagePlanInput,
};

payloads! {
    DraftMessagePayload { message: Message },
    AmendMessagePayload { message: Message },
    DiscardMessagePayload { message: Message },
    KeepMessageTemplatePayload { message: Message },
    ReleaseMessagePayload { message: Message },
    LaunchMessagePayload { message: Message },
    RecordAnswerPayload { message: Message },
    StopMessagePayload { message: Message },
    CorrectMessagePayload { message: Message },
    CloseMessagePayload { message: Message },
}

/// What is to be told, and to whom.
#[derive(InputObject)]
pub(crate) struct DraftMessageInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident that it is about.
    incident: Option<ID>,
    /// Whether it belongs to an exercise; as the incident does where it is about one.
    #[graphql(default)]
    exercise: bool,
    /// What is said, and what can be answered.
    content: MessageContentInput,
    /// Who is told, in which order, and when it is enough.
    plan: MessagePlanInput,
}

/// What a draft is to say instead. Whoever released it has to do so again.
#[derive(InputObject)]
pub(crate) struct AmendMessageInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The message.
    message: ID,
    /// What is said, and what can be answered.
    content: MessageContentInput,
    /// Who is told, in which order, and when it is enough.
    plan: MessagePlanInput,
}

/// What is to be kept to begin messages with.
#[derive(InputObject)]
pub(crate) struct KeepMessageTemplateInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The template that is changed; null for a new one.
    template: Option<ID>,
    /// What your organization calls it.
    name: String,
    /// What is said, and what can be answered.
    content: MessageContentInput,
    /// Who is told, in which order, and when it is enough. It may leave open who, names nobody by a
    /// post on one incident, and has no deadline.
    plan: MessagePlanInput,
}

/// Which draft or template is to be thrown away.
#[derive(InputObject)]
pub(crate) struct DiscardMessageInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The message.
    message: ID,
}

/// Which message somebody other than its author agrees to.
#[derive(InputObject)]
pub(crate) struct ReleaseMessageInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The message.
    message: ID,
    /// The digest of the preview that you looked at.
    digest: String,
}

/// Which message is to be launched.
#[derive(InputObject)]
pub(crate) struct LaunchMessageInput {
    /// Repeating the request with the same key has the effect of one. A launch has to have one, so
    /// that a repeated request never tells anybody twice.
    idempotency_key: String,
    /// The message.
    message: ID,
    /// The digest of the preview that you looked at.
    digest: String,
}

/// What somebody answered otherwise, such as on the radio.
#[derive(InputObject)]
pub(crate) struct RecordAnswerInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The message.
    message: ID,
    /// Who answered.
    person: ID,
    /// What they mean.
    meaning: Meaning,
    /// Which of the responses it is, counted from 1; it says then what they mean.
    response: Option<u8>,
    /// When they will be there.
    arrival: Option<Timestamp>,
    /// By which channel; null when they told you.
    channel: Option<MessageChannel>,
}

/// Which message is to be stopped.
#[derive(InputObject)]
pub(crate) struct StopMessageInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The message.
    message: ID,
    /// Why.
    reason: String,
}

/// What is to be said instead, to those whom a message reached and by the channel that reached each.
#[derive(InputObject)]
pub(crate) struct CorrectMessageInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The message that is wrong. It is stopped if it runs.
    message: ID,
    /// What is said instead.
    content: MessageContentInput,
    /// What each of them is to do before the hub leaves them alone.
    #[graphql(default_with = "Expects::Acknowledgement")]
    expects: Expects,
}

/// What is to be said at the end, to those whom a message reached and by the channel that reached
/// each.
#[derive(InputObject)]
pub(crate) struct CloseMessageInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The message that is over. It is stopped if it runs.
    message: ID,
    /// What is said.
    content: MessageContentInput,
}

#[derive(Default)]
pub(super) struct MessageMutations;

#[Object]
impl MessageMutations {
    /// Drafts a message for your organization. Nobody is told anything before it is launched.
    async fn draft_message(
        &self,
        context: &Context<'_>,
        input: DraftMessageInput,
    ) -> Result<DraftMessagePayload> {
        let incident = parse_id_option("incident", input.incident.as_ref())?;
        let (content, plan) = (input.content.read(), input.plan.read()?);
        let command = domain::Draft { incident, exercise: input.exercise, content, plan };
        Ok(carry_out(context, command, input.idempotency_key).await?.into())
    }

    /// Changes a draft.
    async fn amend_message(
        &self,
        context: &Context<'_>,
        input: AmendMessageInput,
    ) -> Result<AmendMessagePayload> {
        let message = parse_id("message", &input.message)?;
        let (content, plan) = (input.content.read(), input.plan.read()?);
        let command = domain::Amend { message, content, plan };
        Ok(carry_out(context, command, input.idempotency_key).await?.into())
    }

    /// Keeps a message to begin others with: draft them with what its `wordings`, `responses` and
    /// `plan` say. A template is never launched itself.
    async fn keep_message_template(
        &self,
        context: &Context<'_>,
        input: KeepMessageTemplateInput,
    ) -> Result<KeepMessageTemplatePayload> {
        let template = parse_id_option("template", input.template.as_ref())?;
        let (content, plan) = (input.content.read(), input.plan.read()?);
        let command = domain::KeepTemplate { template, name: input.name, content, plan };
        Ok(carry_out(context, command, input.idempotency_key).await?.into())
    }

    /// Throws a draft or a template away.
    async fn discard_message(
        &self,
        context: &Context<'_>,
        input: DiscardMessageInput,
    ) -> Result<DiscardMessagePayload> {
        let command = domain::Discard { message: parse_id("message", &input.message)? };
        Ok(carry_out(context, command, input.idempotency_key).await?.into())
    }

    /// Agrees to a message for many, or for the public, exactly as it was previewed. Somebody other
    /// than its author has to.
    async fn release_message(
        &self,
        context: &Context<'_>,
        input: ReleaseMessageInput,
    ) -> Result<ReleaseMessagePayload> {
        let message = parse_id("message", &input.message)?;
        let digest = digest(&input.digest)?;
        let located = located_of(Asked::from(context), message).await?;
        let command = domain::Release { message, digest, located };
        Ok(carry_out(context, command, input.idempotency_key).await?.into())
    }

    /// Launches a message exactly as it was previewed. The answer comes at once; follow
    /// `messageProgress` to see what comes of it.
    async fn launch_message(
        &self,
        context: &Context<'_>,
        input: LaunchMessageInput,
    ) -> Result<LaunchMessagePayload> {
        let message = parse_id("message", &input.message)?;
        let digest = digest(&input.digest)?;
        let located = located_of(Asked::from(context), message).await?;
        let command = domain::Launch { message, digest, located };
        Ok(carry_out(context, command, Some(input.idempotency_key)).await?.into())
    }

    /// Records what somebody answered otherwise, such as on the radio.
    async fn record_answer(
        &self,
        context: &Context<'_>,
        input: RecordAnswerInput,
    ) -> Result<RecordAnswerPayload> {
        let command = domain::RecordAnswer {
            message: parse_id("message", &input.message)?,
            person: parse_id("person", &input.person)?,
            meaning: input.meaning.into(),
            response: input.response,
            arrival: input.arrival,
            channel: input.channel.map(Into::into),
        };
        Ok(carry_out(context, command, input.idempotency_key).await?.into())
    }

    /// Stops a message: what was not handed over is not handed over any more.
    async fn stop_message(
        &self,
        context: &Context<'_>,
        input: StopMessageInput,
    ) -> Result<StopMessagePayload> {
        let message = parse_id("message", &input.message)?;
        let command = domain::Stop { message, reason: input.reason };
        Ok(carry_out(context, command, input.idempotency_key).await?.into())
    }

    /// Stops a message and says something else instead to those whom it reached. The payload has the
    /// correction, or the message itself where it reached nobody.
    async fn correct_message(
        &self,
        context: &Context<'_>,
        input: CorrectMessageInput,
    ) -> Result<CorrectMessagePayload> {
        let message = parse_id("message", &input.message)?;
        let (content, expects) = (input.content.read(), input.expects.into());
        let command = domain::Correct { message, content, expects };
        Ok(carry_out(context, command, input.idempotency_key).await?.into())
    }

    /// Stops a message and says to those whom it reached that it is over. The payload has the closing
    /// message, or the message itself where it reached nobody.
    async fn close_message(
        &self,
        context: &Context<'_>,
        input: CloseMessageInput,
    ) -> Result<CloseMessagePayload> {
        let message = parse_id("message", &input.message)?;
        let command = domain::Close { message, content: input.content.read() };
        Ok(carry_out(context, command, input.idempotency_key).await?.into())
    }
}

fn digest(text: &str) -> Result<domain::Digest> {
    let bad = "`digest` is not the digest of a preview: 64 hexadecimal digits";
    text.parse().map_err(|_| fault("BAD_DIGEST", bad))
}
