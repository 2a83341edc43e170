//! Messages: what is told, where that stands, and with each of those whom it is for.

use async_graphql::{Enum, ID, Object, Result, SimpleObject};
use jiff::Timestamp;
use muster_contract::channel::FailureKind;

use super::codes::FieldGroup;
use super::incident::Incident;
use super::message_plan::{Meaning, MessagePlan, MessageResponse, MessageWording};
use super::organization::Organization;
use super::person::Person;
use crate::domain::message::{self as domain, content, delivery};
use crate::graphql::asked::id;
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::page::{Cursor, Page, Paging};
use crate::graphql::rows::Row;
use crate::sharing::Seen;
use crate::sharing::seen::SeenRecipient;

/// Something that people are told, from its draft to what came of it. “Sent” is not “told”: it says
/// of each person who was reached, who has seen it, who is coming, and who is silent.
pub(crate) struct Message(pub(in crate::graphql) Seen<domain::Message>);

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum MessageStage {
    /// It is being written.
    Draft,
    /// It is kept to begin others with.
    Template,
    /// It will not be sent.
    Discarded,
    /// People are being told.
    Running,
    /// Nobody is told any more: what was wanted came about, or nothing is left to try.
    Ended,
    /// Somebody stopped it.
    Stopped,
}

/// Why a message ended by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Why")]
pub(crate) enum MessageEnd {
    /// Enough people accepted.
    Enough,
    /// Each person was told, or everything was tried.
    Everybody,
    /// Its time was over.
    Deadline,
}

/// What a message does to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Following")]
pub(crate) enum MessageFollows {
    /// It says something else instead.
    Correction,
    /// It says that it is over.
    Closing,
}

/// How urgent a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "content::Priority")]
pub(crate) enum MessagePriority {
    /// Quiet hours and limits are kept.
    Routine,
    /// It overtakes what is routine. Limits are kept, quiet hours are not.
    Urgent,
    /// Lives are at stake: neither quiet hours, limits nor a stopped channel hold it, and each time
    /// that one of them is overridden is recorded.
    LifeSafety,
}

/// A way to reach people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Enum)]
#[graphql(remote = "domain::Channel")]
pub(crate) enum MessageChannel {
    /// A short message to a telephone.
    Sms,
    /// A call that reads the message aloud.
    Voice,
    /// An e-mail.
    Email,
    /// A notification in a browser.
    WebPush,
    /// A device or siren that listens to a broker.
    Mqtt,
    /// Another system, by HTTP.
    Webhook,
}

/// Where a person stands with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Standing")]
pub(crate) enum DeliveryStanding {
    /// Nothing was tried yet.
    Waiting,
    /// Something holds the next try back.
    Held,
    /// It is being tried.
    Trying,
    /// A provider took it, or may have, and whether it arrived is not known.
    Sent,
    /// It reached a device.
    Reached,
    /// They have seen it.
    Acknowledged,
    /// They have understood it.
    Understood,
    /// They are coming, or do what was asked.
    Accepted,
    /// They cannot.
    Declined,
    /// They need help.
    NeedsHelp,
    /// They are there, or have done it.
    Done,
    /// They answered something else.
    Answered,
    /// It reached a device and nobody answered, whatever was tried.
    Silent,
    /// It reached nothing, whatever was tried.
    Unreachable,
}

/// How far an attempt to tell somebody came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum AttemptState {
    /// It is to be made.
    Intended,
    /// It was handed over and the provider gave no answer.
    Submitted,
    /// The provider took it.
    Accepted,
    /// It reached a device.
    Delivered,
    /// It will not arrive.
    Failed,
    /// It did not arrive in time.
    Expired,
    /// Nobody knows what became of it.
    Unknown,
    /// It was not made, because nobody needed it any more.
    Canceled,
}

/// What a failure means for what is done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "FailureKind")]
pub(crate) enum AttemptFailure {
    /// This address or message will not do: another channel is tried.
    Permanent,
    /// It was not taken now and may be later: the same is tried again.
    Temporary,
    /// The provider cannot be used, whatever the message.
    Technical,
    /// It was handed over and no answer came: it may arrive or not.
    InDoubt,
}

/// What an attempt is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "delivery::Purpose")]
pub(crate) enum AttemptPurpose {
    /// To tell the message.
    Tell,
    /// To ask somebody who accepted whether they are still coming.
    AskAgain,
}

/// A reason to hold something back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "delivery::HoldReason")]
pub(crate) enum HoldReason {
    /// They are not to be disturbed now.
    QuietHours,
    /// They were told much on this channel in the last hour.
    Limit,
    /// They stopped the channel.
    Stopped,
}

/// How many stand where.
#[derive(SimpleObject)]
pub(crate) struct StandingCount {
    /// Where they stand.
    standing: DeliveryStanding,
    /// How many.
    count: usize,
}

/// That somebody else agreed to exactly what was previewed.
#[derive(SimpleObject)]
pub(crate) struct MessageRelease {
    /// Who.
    by: String,
    /// When.
    at: Timestamp,
    /// The digest of what they looked at.
    digest: String,
}

/// How a message was over.
#[derive(SimpleObject)]
pub(crate) struct MessageOver {
    /// Why it ended by itself; null when somebody stopped it.
    why: Option<MessageEnd>,
    /// Who stopped it.
    by: Option<String>,
    /// Why they did.
    reason: Option<String>,
    /// When.
    at: Option<Timestamp>,
}

/// One try to tell somebody by one channel.
#[derive(SimpleObject)]
pub(crate) struct DeliveryAttempt {
    /// The channel.
    channel: MessageChannel,
    /// What it is for.
    purpose: AttemptPurpose,
    /// When it was intended.
    at: Timestamp,
    /// How far it came.
    state: AttemptState,
    /// What kind of failure it met.
    failure: Option<AttemptFailure>,
    /// The provider's code for what came of it.
    code: Option<String>,
    /// When that became known.
    settled_at: Option<Timestamp>,
    /// The provider that it was handed to.
    provider: Option<String>,
    /// Whether it was handed over more than once, so that it may have arrived more than once.
    repeated: bool,
    /// What the priority of the message overrode.
    overrode: Vec<HoldReason>,
}

/// What somebody answered.
#[derive(SimpleObject)]
pub(crate) struct DeliveryAnswer {
    /// What it means.
    meaning: Meaning,
    /// Which of the responses it was, counted from 1.
    response: Option<u8>,
    /// When they will be there.
    arrival: Option<Timestamp>,
    /// When they answered.
    at: Timestamp,
    /// By which channel; null when somebody recorded it for them.
    channel: Option<MessageChannel>,
    /// Whether the message was over by then.
    late: bool,
}

/// One of those whom a message is for, and how far telling them has come.
pub(crate) struct MessageDelivery(pub(in crate::graphql) SeenRecipient);

impl Row for Message {}
impl Row for MessageDelivery {}

#[Object]
impl Message {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// Its first words.
    async fn subject(&self) -> &str {
        self.0.subject()
    }

    /// How urgent it is.
    async fn priority(&self) -> MessagePriority {
        self.0.priority().into()
    }

    /// Whether it belongs to an exercise. This never changes.
    async fn exercise(&self) -> bool {
        self.0.exercise()
    }

    /// Where it stands.
    async fn stage(&self) -> MessageStage {
        self.0.stage().into()
    }

    /// What its organization calls it, if it is a template.
    async fn template_name(&self) -> Option<&str> {
        self.0.template_name()
    }

    /// How it was over; null before that.
    async fn over(&self) -> Option<MessageOver> {
        let over = self.0.over()?;
        Some(MessageOver {
            why: over.why.map(Into::into),
            by: over.by.map(str::to_owned),
            reason: over.reason.map(str::to_owned),
            at: over.at,
        })
    }

    /// The organization that tells.
    async fn organization(&self) -> Option<Organization> {
        self.0.organization().map(Organization)
    }

    /// The incident that it is about.
    async fn incident(&self) -> Option<Incident> {
        self.0.incident().map(Incident)
    }

    /// Who wrote it.
    async fn author(&self) -> Option<&str> {
        self.0.author()
    }

    /// That somebody else agreed to it.
    async fn release(&self) -> Option<MessageRelease> {
        let domain::Signature { by, at, digest, .. } = self.0.release()?.clone();
        Some(MessageRelease { by, at, digest: digest.to_string() })
    }

    /// The earlier message that it puts right or closes.
    async fn about(&self) -> Option<Self> {
        self.0.about().map(|(message, _)| Self(message))
    }

    /// Which of these it does to that one.
    async fn follows(&self) -> Option<MessageFollows> {
        self.0.about().map(|(_, how)| how.into())
    }

    /// What it says, the first language first.
    async fn wordings(&self) -> Vec<MessageWording> {
        let wordings = self.0.content().map_or(&[][..], |content| &content.wordings);
        wordings.iter().map(Into::into).collect()
    }

    /// What can be answered, in the order of its digits: the first is `1`.
    async fn responses(&self) -> Vec<MessageResponse> {
        let responses = self.0.content().map_or(&[][..], |content| &content.responses);
        responses.iter().map(Into::into).collect()
    }

    /// Whether it is for the public.
    async fn public(&self) -> Option<bool> {
        self.0.content().map(|content| content.public)
    }

    /// Who is told, in which order, and when it is enough.
    async fn plan(&self) -> Option<MessagePlan> {
        self.0.plan().map(|plan| MessagePlan::of(self.0.view(), plan))
    }

    /// The digest of what was previewed and launched; null before the launch.
    async fn digest(&self) -> Option<String> {
        self.0.digest().map(|digest| digest.to_string())
    }

    /// When it was drafted.
    async fn drafted_at(&self) -> Option<Timestamp> {
        self.0.drafted_at()
    }

    /// Who launched it; null before that.
    async fn launched_by(&self) -> Option<&str> {
        self.0.launched_by()
    }

    /// When it was launched; null before that.
    async fn launched_at(&self) -> Option<Timestamp> {
        self.0.launched_at()
    }

    /// When each wave was opened, as far as they were.
    async fn waves_opened(&self) -> Vec<Timestamp> {
        self.0.waves_opened()
    }

    /// How many it is for; null before the launch.
    async fn recipient_count(&self) -> Option<usize> {
        self.0.recipient_count()
    }

    /// How many stand where, those with nobody left out.
    async fn counts(&self) -> Vec<StandingCount> {
        let counts = self.0.counts().into_iter();
        counts.map(|(standing, count)| StandingCount { standing: standing.into(), count }).collect()
    }

    /// Those whom it is for, in the order of telling.
    async fn deliveries(
        &self,
        #[graphql(desc = "Only those who stand here.")] standings: Option<Vec<DeliveryStanding>>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<MessageDelivery>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let list = self.0.recipients().filter(|(_, _, delivery)| {
            let standing = delivery.map_or(domain::Standing::Waiting, |d| d.standing());
            standings.as_ref().is_none_or(|wanted| wanted.contains(&standing.into()))
        });
        let cursor = |number: u32| Cursor::of_number(u64::from(number));
        Ok(paging.page(list, |r| cursor(r.0), |r| MessageDelivery(self.0.recipient(r))))
    }

    /// When it changed last.
    async fn changed_at(&self) -> Option<Timestamp> {
        self.0.changed_at()
    }

    /// The groups of fields that are withheld from you, as far as you may know of them.
    async fn withheld(&self) -> Vec<FieldGroup> {
        self.0.decision().withheld().into_iter().map(Into::into).collect()
    }
}

#[Object]
impl MessageDelivery {
    /// The person; null when you do not see them.
    async fn person(&self) -> Option<Person> {
        self.0.person.clone().map(Person)
    }

    /// The organization by which they are told; null when that is not shown.
    async fn organization(&self) -> Option<Organization> {
        self.0.organization.clone().map(Organization)
    }

    /// In which wave they are told, counted from 1.
    async fn wave(&self) -> u32 {
        u32::from(self.0.wave) + 1
    }

    /// Where they stand.
    async fn standing(&self) -> DeliveryStanding {
        self.0.standing().into()
    }

    /// What was tried, oldest first; the oldest ones go when there are many.
    async fn attempts(&self) -> Vec<DeliveryAttempt> {
        let attempts = self.delivery().map_or(&[][..], |delivery| &delivery.attempts);
        attempts.iter().map(Into::into).collect()
    }

    /// What they answered last.
    async fn answer(&self) -> Option<DeliveryAnswer> {
        let answer = self.delivery()?.answer.as_ref()?;
        Some(DeliveryAnswer {
            meaning: answer.meaning.into(),
            response: answer.response,
            arrival: answer.arrival,
            at: answer.at,
            channel: answer.channel.map(Into::into),
            late: answer.late,
        })
    }

    /// When it reached a device of theirs; null before that.
    async fn reached_at(&self) -> Option<Timestamp> {
        Some(self.delivery()?.reached?.at)
    }

    /// The channel by which it did.
    async fn reached_by(&self) -> Option<MessageChannel> {
        Some(self.delivery()?.reached?.channel.into())
    }

    /// When they gave the first sign of having seen it; null before that.
    async fn acknowledged_at(&self) -> Option<Timestamp> {
        self.delivery()?.acknowledged
    }

    /// What holds the next try back; null when nothing does.
    async fn held(&self) -> Option<HoldReason> {
        Some(self.delivery()?.held?.why.into())
    }

    /// Until when.
    async fn held_until(&self) -> Option<Timestamp> {
        Some(self.delivery()?.held?.until)
    }

    /// When something is done next; null when nothing is.
    async fn next_at(&self) -> Option<Timestamp> {
        self.delivery()?.next
    }

    /// Since when everything was tried; null when not everything was.
    async fn given_up_at(&self) -> Option<Timestamp> {
        self.delivery()?.given_up
    }
}

impl MessageDelivery {
    fn delivery(&self) -> Option<&domain::Delivery> {
        self.0.delivery.as_deref()
    }
}

impl AttemptState {
    /// The state, and what kind of failure it is.
    pub(super) fn of(state: domain::AttemptState) -> (Self, Option<AttemptFailure>) {
        let plain = match state {
            domain::AttemptState::Intended => Self::Intended,
            domain::AttemptState::Submitted => Self::Submitted,
            domain::AttemptState::Accepted => Self::Accepted,
            domain::AttemptState::Delivered => Self::Delivered,
            domain::AttemptState::Failed(kind) => return (Self::Failed, Some(kind.into())),
            domain::AttemptState::Expired => Self::Expired,
            domain::AttemptState::Unknown => Self::Unknown,
            domain::AttemptState::Canceled => Self::Canceled,
        };
        (plain, None)
    }
}

impl From<&domain::Attempt> for DeliveryAttempt {
    fn from(attempt: &domain::Attempt) -> Self {
        let (state, failure) = AttemptState::of(attempt.state);
        Self {
            channel: attempt.channel.into(),
            purpose: attempt.purpose.into(),
            at: attempt.at,
            state,
            failure,
            code: attempt.code.clone(),
            settled_at: attempt.settled,
            provider: attempt.provider.clone(),
            repeated: attempt.repeated,
            overrode: attempt.overrode.iter().map(|why| (*why).into()).collect(),
        }
    }
}

impl From<&domain::Stage> for MessageStage {
    fn from(stage: &domain::Stage) -> Self {
        match stage {
            domain::Stage::Draft => Self::Draft,
            domain::Stage::Template { .. } => Self::Template,
            domain::Stage::Discarded => Self::Discarded,
            domain::Stage::Running => Self::Running,
            domain::Stage::Ended { .. } => Self::Ended,
            domain::Stage::Stopped { .. } => Self::Stopped,
        }
    }
}
