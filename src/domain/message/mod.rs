//! Messages: who is told what, and what came of it.
//!
//! “Sent” is not “told”. Dana needs ten fire fighters at Mill Street. She drafts a message, looks at
//! whom it would reach and how, and launches it. Lee's telephone is off: after three minutes the hub
//! calls him instead. Kim replies `1` and is coming in twenty minutes; Ana declines. When ten have
//! accepted, nobody else is asked, and those who were are told that it is over.
//!
//! ```text
//!            amend            release (somebody else)
//!             ┌─┐                 ┌─┐
//!             v │                 v │
//! draft ──> draft ── preview ── draft ── launch ──> running ──> ended   enough, everybody, its time
//!   └─ discard ─> discarded                             └─────> stopped  by somebody, or corrected
//! ```
//!
//! Who is in the audience is settled at the launch and never changes; who has to be told next is
//! settled by turns, which the hub clock asks for ([`turn`]). A turn intends attempts, and only what
//! was intended is tried; what came of it is recorded ([`settle`]). What people answer is recorded
//! for them ([`answer`]), by whichever way they answered.
//!
//! - [`audience`], [`reach`]: who, and how each of them can be reached
//! - [`content`], [`plan`]: what is said, and in which order people are told
//! - `draft`, [`launch`]: from the first word to the launch; [`preview`]: what a launch would do
//! - [`run`], [`delivery`]: where a launched message stands, with each of those it is for
//! - `template`: what is kept to begin others with
//! - [`stop`]: stopping, correcting and closing
//! - [`stream`]: that somebody wants no more on a channel; [`notice`]: short answers to one person

pub mod answer;
pub mod audience;
pub mod content;
pub mod delivery;
mod draft;
pub mod launch;
pub mod lost;
pub mod notice;
pub mod plan;
pub mod preview;
pub mod reach;
mod refused;
pub mod run;
pub mod settle;
pub mod stop;
pub mod stream;
mod template;
#[cfg(test)]
mod tests;
pub mod turn;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::Id;
use super::incident::Incident;
use super::organization::Organization;
use super::person::Person;
use super::record::{RecordRef, Revision};
use super::refusal::Refusal;
use super::timer::{Due, Timer};
use super::world::{World, under};
use content::Content;
use plan::Plan;
use run::Run;

pub use super::contact::Channel;
pub use answer::{Answered, RecordAnswer};
pub use audience::{Audience, Selector};
pub use delivery::{Attempt, AttemptState, Delivery, Standing};
pub use draft::{Amend, Amended, Discard, Discarded, Draft, Drafted};
pub use launch::{Launch, Launched, Release, Released};
pub use lost::{LoseWay, LostWay, WayLost};
pub use notice::{IntendNotice, Notice, NoticeIntended, NoticeSettled, SettleNotice};
pub use preview::{Digest, Preview};
pub use reach::Reachability;
pub use refused::Refused;
pub use settle::{Outcome, Settle, Settled};
pub use stop::{Close, Correct, Stop, Stopped};
pub use stream::{ResumeStream, StopStream, StreamResumed, StreamStopped};
pub use template::{KeepTemplate, TemplateKept};
pub use turn::{Attempted, Ended, GaveUp, Held, Turn, WaveOpened};

/// Something that people are to be told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Its id.
    pub id: Id<Message>,
    /// The organization that tells.
    pub organization: Id<Organization>,
    /// The incident that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<Id<Incident>>,
    /// Whether it belongs to an exercise. This never changes.
    pub exercise: bool,
    /// The principal who wrote it.
    pub author: String,
    /// What is said.
    pub content: Arc<Content>,
    /// Who is told, in which order.
    pub plan: Arc<Plan>,
    /// The earlier message that it puts right or closes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// That somebody else agreed to what was previewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<Signature>,
    /// Where it stands.
    pub stage: Stage,
    /// What came of it, from the launch on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<Run>,
    /// When it was drafted and last changed.
    pub revision: Revision,
}

/// What a message has to do with an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The earlier message.
    pub message: Id<Message>,
    /// What it does to it.
    pub how: Following,
}

/// What a message does to an earlier one. It goes to those whom that one reached, by the channel
/// that reached each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Following {
    /// It says something else instead.
    Correction,
    /// It says that it is over.
    Closing,
}

/// That somebody agreed to exactly what was previewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The principal.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// To what.
    pub digest: Digest,
    /// Who is told, wave by wave, until the launch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waves: Option<Arc<[Vec<Id<Person>>]>>,
}

/// Where a message stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "stage")]
pub enum Stage {
    /// It is being written.
    Draft,
    /// It is kept to begin others with.
    Template {
        /// What its organization calls it.
        name: String,
    },
    /// It will not be sent.
    Discarded,
    /// People are being told.
    Running,
    /// Nobody is told any more, because what was wanted came about or nothing is left to try.
    Ended {
        /// Which of these.
        why: Why,
        /// When.
        at: Timestamp,
    },
    /// Somebody stopped it.
    Stopped {
        /// The principal.
        by: String,
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
}

/// Why a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Enough people accepted.
    Enough,
    /// Each person was told, or everything was tried.
    Everybody,
    /// Its time was over.
    Deadline,
}

impl Stage {
    /// The name for people.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Draft => "a draft",
            Self::Template { .. } => "a template",
            Self::Discarded => "discarded",
            Self::Running => "running",
            Self::Ended { .. } => "ended",
            Self::Stopped { .. } => "stopped",
        }
    }
}

impl Message {
    /// Whether people are being told.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        matches!(self.stage, Stage::Running)
    }

    /// Whether it was launched, however long ago.
    #[must_use]
    pub const fn is_launched(&self) -> bool {
        self.run.is_some()
    }

    /// The timer of its next turn.
    #[must_use]
    pub fn timer(&self) -> Option<Timer> {
        let due = self.run.as_ref()?.due.filter(|_| self.is_running())?;
        Some(Timer { due, what: Due::MessageTurn(self.id) })
    }

    /// Its record.
    #[must_use]
    pub const fn record(&self) -> RecordRef {
        RecordRef::Message(self.id)
    }
}

impl World {
    /// The message with this id.
    #[must_use]
    pub fn message(&self, id: Id<Message>) -> Option<&Arc<Message>> {
        self.messages.get(&id)
    }

    /// All messages, oldest first.
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = &Arc<Message>> {
        self.messages.values()
    }

    /// The messages about an incident, oldest first.
    pub fn messages_about(
        &self,
        incident: Id<Incident>,
    ) -> impl DoubleEndedIterator<Item = &Arc<Message>> {
        self.incident_messages
            .range(under(incident))
            .filter_map(|(_, message)| self.messages.get(message))
    }

    /// The message, or the refusal that there is none.
    pub(in crate::domain) fn known_message(
        &self,
        id: Id<Message>,
    ) -> Result<&Arc<Message>, Refusal> {
        self.message(id).ok_or_else(|| Refused::MessageUnknown(id).into())
    }

    /// The message in a draft, or the refusal that it is something else.
    pub(in crate::domain) fn drafted_message(
        &self,
        id: Id<Message>,
    ) -> Result<&Arc<Message>, Refusal> {
        let message = self.known_message(id)?;
        match message.stage {
            Stage::Draft => Ok(message),
            Stage::Template { .. }
            | Stage::Discarded
            | Stage::Running
            | Stage::Ended { .. }
            | Stage::Stopped { .. } => Err(message.stage_unfit("a draft")),
        }
    }
}

impl Message {
    /// The refusal that it is not at a stage.
    pub(in crate::domain) fn stage_unfit(&self, allowed: &'static str) -> Refusal {
        Refused::StageUnfit { stage: self.stage.as_str(), allowed }.into()
    }
}
