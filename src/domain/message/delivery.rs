//! One person in a launched message: how far telling them has come.
//!
//! ```text
//!  attempt: intended ──> submitted (in doubt: tried again under the same key) ──> unknown
//!               ├──────> accepted ──> delivered
//!               │            └──────> failed | expired | unknown
//!               ├──────> failed (permanent: another channel; temporary: the same again, later;
//!               │                technical: another channel at once)
//!               └──────> canceled (nobody needs it any more)
//! ```

use jiff::{SignedDuration, Timestamp};
use muster_contract::channel::FailureKind;
use serde::{Deserialize, Serialize};

use super::content::Meaning;
use super::plan::{Expects, Plan};
use crate::domain::contact::Channel;
use crate::domain::ids::Id;
use crate::domain::limits::{ATTEMPTS_KEPT_MAX, RETRIES_MAX};
use crate::domain::person::Person;

/// Seconds until an attempt that failed for now is made again the first time; each later time it is
/// twice as long.
const RETRY_SECONDS: i64 = 15;

/// How far telling one person has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// Who.
    pub person: Id<Person>,
    /// The letter that their answer begins with when several messages wait for one.
    pub code: char,
    /// How many steps of the plan were taken: one for each channel in each cycle.
    pub steps: u16,
    /// How often the last step was repeated because it failed for now.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub retries: u8,
    /// What was tried, oldest first; the oldest ones go when there are many.
    pub attempts: Vec<Attempt>,
    /// How many attempts there were before those.
    #[serde(default, skip_serializing_if = "is_none_before")]
    pub attempts_before: u16,
    /// When something is to be done next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Timestamp>,
    /// What holds the next step back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Hold>,
    /// When the message reached a device of theirs, and how.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Reached>,
    /// When they gave the first sign of having seen it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<Timestamp>,
    /// What they answered last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// That everything was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_up: Option<Timestamp>,
}

/// One try to tell somebody by one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The channel.
    pub channel: Channel,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Purpose::is_tell")]
    pub purpose: Purpose,
    /// When it was intended.
    pub at: Timestamp,
    /// How far it came.
    pub state: AttemptState,
    /// Whether it was handed over more than once, so that it may have arrived more than once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repeated: bool,
    /// The provider that it was handed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The provider's name for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The provider's code for what came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// When that became known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Timestamp>,
    /// What the priority of the message overrode.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrode: Vec<HoldReason>,
}

/// What an attempt is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To tell the message.
    #[default]
    Tell,
    /// To ask somebody who accepted whether they are still coming.
    AskAgain,
}

/// How far an attempt came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttemptState {
    /// It is to be made.
    Intended,
    /// It was handed over and the provider gave no answer.
    Submitted,
    /// The provider took it.
    Accepted,
    /// It reached a device.
    Delivered,
    /// It will not arrive.
    Failed(FailureKind),
    /// It did not arrive in time.
    Expired,
    /// Nobody knows what became of it.
    Unknown,
    /// It was not made, because nobody needed it any more.
    Canceled,
}

/// What holds a step back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Until when.
    pub until: Timestamp,
    /// What.
    pub why: HoldReason,
}

/// A reason to hold a step back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HoldReason {
    /// They are not to be disturbed now.
    QuietHours,
    /// They were told much on this channel in the last hour.
    Limit,
    /// They stopped the channel.
    Stopped,
}

/// That a message reached a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// When.
    pub at: Timestamp,
    /// By which channel.
    pub channel: Channel,
}

/// What somebody answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What it means.
    pub meaning: Meaning,
    /// Which of the responses it was, counted from 1; none for words of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<u8>,
    /// When they will be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Timestamp>,
    /// When they answered.
    pub at: Timestamp,
    /// By which channel; none where somebody recorded it for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Whether the message was over by then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
}

/// Where a person stands, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
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

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 14] = [
        Self::Waiting,
        Self::Held,
        Self::Trying,
        Self::Sent,
        Self::Reached,
        Self::Acknowledged,
        Self::Understood,
        Self::Accepted,
        Self::Declined,
        Self::NeedsHelp,
        Self::Done,
        Self::Answered,
        Self::Silent,
        Self::Unreachable,
    ];
}

impl Purpose {
    const fn is_tell(&self) -> bool {
        matches!(self, Self::Tell)
    }
}

impl AttemptState {
    /// Whether the attempt still has to be handed over.
    #[must_use]
    pub const fn is_outstanding(self) -> bool {
        matches!(self, Self::Intended | Self::Submitted)
    }

    /// Whether nothing can change any more but by a late receipt.
    const fn is_final(self) -> bool {
        !matches!(self, Self::Intended | Self::Submitted | Self::Accepted | Self::Unknown)
    }
}

impl Attempt {
    /// Whether a provider has it, or may have, and said no more.
    #[must_use]
    pub const fn may_arrive(&self) -> bool {
        matches!(self.state, AttemptState::Accepted | AttemptState::Unknown)
    }

    /// Whether it came to nothing, so that another one follows.
    #[must_use]
    pub const fn has_failed(&self) -> bool {
        matches!(self.state, AttemptState::Failed(_) | AttemptState::Expired)
    }

    /// Whether they may have been told by it. What no provider took disturbs nobody.
    pub(super) const fn may_disturb(&self) -> bool {
        !matches!(self.state, AttemptState::Canceled | AttemptState::Failed(FailureKind::Technical))
    }

    /// Whether an outcome is news. A receipt may come before the answer to the submission, and twice;
    /// of what was settled, only that it arrived after all counts.
    pub(super) fn takes(&self, outcome: &super::settle::Outcome) -> bool {
        let differs = self.state != outcome.state
            || (outcome.repeated && !self.repeated)
            || (outcome.reference.is_some() && outcome.reference != self.reference);
        differs && (!self.state.is_final() || outcome.state == AttemptState::Delivered)
    }
}

impl Delivery {
    /// Somebody for whom nothing was tried yet.
    pub(super) const fn new(person: Id<Person>, code: char) -> Self {
        Self {
            person,
            code,
            steps: 0,
            retries: 0,
            attempts: Vec::new(),
            attempts_before: 0,
            next: None,
            held: None,
            reached: None,
            acknowledged: None,
            answer: None,
            given_up: None,
        }
    }

    /// Where they stand.
    #[must_use]
    pub fn standing(&self) -> Standing {
        if let Some(answer) = &self.answer {
            return match answer.meaning {
                Meaning::Acknowledge => Standing::Acknowledged,
                Meaning::Understood => Standing::Understood,
                Meaning::Accept => Standing::Accepted,
                Meaning::Decline => Standing::Declined,
                Meaning::NeedHelp => Standing::NeedsHelp,
                Meaning::Done => Standing::Done,
                Meaning::Other => Standing::Answered,
            };
        }
        match (self.acknowledged, self.given_up, self.reached, self.held) {
            (Some(_), ..) => Standing::Acknowledged,
            (None, Some(_), Some(_), _) => Standing::Silent,
            (None, None, Some(_), _) => Standing::Reached,
            (None, _, None, _) if self.attempts.iter().any(Attempt::may_arrive) => Standing::Sent,
            (None, Some(_), None, _) => Standing::Unreachable,
            (None, None, None, Some(_)) => Standing::Held,
            (None, None, None, None) if self.attempts.is_empty() => Standing::Waiting,
            (None, None, None, None) => Standing::Trying,
        }
    }

    /// The channel by which it reached them, or may have: the newest that a provider took.
    #[must_use]
    pub fn told_by(&self) -> Option<Channel> {
        let sent = self.attempts.iter().rev().find(|attempt| attempt.may_arrive());
        let reached = self.reached.map(|reached| reached.channel);
        reached.or_else(|| sent.map(|attempt| attempt.channel))
    }

    /// Whether no provider could be used for any of so many channels in the last round, so that
    /// nothing was tried in truth.
    #[must_use]
    pub fn is_cut_off(&self, channels: usize) -> bool {
        let of_us = |a: &&Attempt| a.state == AttemptState::Failed(FailureKind::Technical);
        let last = self.attempts.iter().rev().take(channels);
        channels > 0 && last.take_while(of_us).count() == channels
    }

    /// Whether they did what is expected of them.
    #[must_use]
    pub fn is_satisfied(&self, expects: Expects) -> bool {
        let is_taken = |attempt: &Attempt| {
            matches!(attempt.state, AttemptState::Accepted | AttemptState::Delivered)
        };
        match expects {
            Expects::Nothing => self.reached.is_some() || self.attempts.iter().any(is_taken),
            Expects::Acknowledgement => self.acknowledged.is_some() || self.answer.is_some(),
            Expects::Answer => {
                self.answer.as_ref().is_some_and(|a| a.meaning != Meaning::Acknowledge)
            }
        }
    }

    /// Whether they answered the same before, and were not asked again since.
    pub(super) fn has_answered(&self, answer: &Answer) -> bool {
        let says = |a: &Answer| (a.meaning, a.response, a.arrival);
        let asked =
            |since| self.attempts.iter().any(|a| a.purpose == Purpose::AskAgain && a.at >= since);
        self.answer.as_ref().is_some_and(|old| says(old) == says(answer) && !asked(old.at))
    }

    /// The attempt with this number, counted from 0 over all there ever were.
    #[must_use]
    pub fn attempt(&self, number: u16) -> Option<&Attempt> {
        self.attempts.get(usize::from(number.checked_sub(self.attempts_before)?))
    }

    /// The attempts with their numbers.
    pub fn numbered(&self) -> impl DoubleEndedIterator<Item = (u16, &Attempt)> {
        (self.attempts_before..).zip(&self.attempts).collect::<Vec<_>>().into_iter()
    }

    /// The number that the next attempt gets.
    #[must_use]
    pub fn next_number(&self) -> u16 {
        let kept = u16::try_from(self.attempts.len()).unwrap_or(u16::MAX);
        self.attempts_before.saturating_add(kept)
    }

    /// Takes the next step: an attempt is intended.
    pub(super) fn intend(&mut self, attempt: Attempt, plan: &Plan) {
        if attempt.purpose == Purpose::Tell {
            self.steps = self.steps.saturating_add(1);
        }
        self.next = Some(attempt.at + plan.interval());
        self.held = None;
        self.attempts.push(attempt);
        if self.attempts.len() > ATTEMPTS_KEPT_MAX {
            self.attempts.remove(0);
            self.attempts_before = self.attempts_before.saturating_add(1);
        }
    }

    /// Notes what came of an attempt, and when there is something to do next.
    pub(super) fn settle(
        &mut self,
        number: u16,
        outcome: &super::settle::Outcome,
        at: Timestamp,
        plan: &Plan,
        channels: usize,
    ) {
        let Some(index) = number.checked_sub(self.attempts_before) else { return };
        let Some(attempt) = self.attempts.get_mut(usize::from(index)) else { return };
        if !attempt.takes(outcome) {
            return;
        }
        attempt.state = outcome.state;
        attempt.repeated |= outcome.repeated;
        attempt.settled = Some(at);
        attempt.provider = outcome.provider.clone().or(attempt.provider.take());
        attempt.reference = outcome.reference.clone().or(attempt.reference.take());
        attempt.code = outcome.code.clone().or(attempt.code.take());
        let (channel, intended, purpose) = (attempt.channel, attempt.at, attempt.purpose);
        if outcome.state == AttemptState::Delivered && self.reached.is_none() {
            self.reached = Some(Reached { at, channel });
        }
        // Who did what is expected is not told again, only asked again.
        if self.is_satisfied(plan.expects) && purpose == Purpose::Tell {
            self.next = self.next.filter(|_| self.answer.is_some());
            return;
        }
        // Only what came of the last attempt says what to do next.
        if number + 1 != self.next_number() || (self.next.is_none() && self.given_up.is_none()) {
            return;
        }
        self.next = match outcome.state {
            AttemptState::Failed(FailureKind::Temporary) if self.retries < RETRIES_MAX => {
                let doubled = RETRY_SECONDS << self.retries.min(10);
                self.retries += 1;
                self.steps -= u16::from(purpose == Purpose::Tell && self.steps > 0);
                Some(at + outcome.retry_after.unwrap_or(SignedDuration::from_secs(doubled)))
            }
            // No provider of any channel could be used: one may be back soon.
            AttemptState::Failed(FailureKind::Technical) if self.is_cut_off(channels) => {
                let doubled = RETRY_SECONDS << self.retries.min(10);
                self.retries = self.retries.saturating_add(1).min(RETRIES_MAX);
                Some(at + SignedDuration::from_secs(doubled).min(plan.interval()))
            }
            AttemptState::Failed(_) | AttemptState::Expired => {
                self.retries = 0;
                // Another channel at once; before all are gone through again there is a pause.
                let again = purpose == Purpose::AskAgain
                    || usize::from(self.steps).is_multiple_of(channels.max(1));
                Some(if again { at.max(intended + plan.interval()) } else { at })
            }
            AttemptState::Canceled => None,
            _ => self.next,
        };
        // They were given up while it still waited for its turn: they were not tried in truth.
        if self.next.is_some() {
            self.given_up = None;
        }
    }

    /// Notes an answer.
    pub(super) fn note(&mut self, answer: Answer, plan: &Plan) {
        self.acknowledged.get_or_insert(answer.at);
        // Where somebody recorded it for them, the last that was tried has most likely reached them.
        let channel = answer.channel.or_else(|| self.attempts.last().map(|last| last.channel));
        if let (None, Some(channel)) = (self.reached, channel) {
            self.reached = Some(Reached { at: answer.at, channel });
        }
        let asks_again = answer.meaning == Meaning::Accept;
        let again = plan.ask_again_minutes.filter(|_| asks_again);
        let at = answer.at;
        // A later sign of having seen it takes nothing back.
        if answer.meaning != Meaning::Acknowledge || self.answer.is_none() {
            self.answer = Some(answer);
        }
        if self.is_satisfied(plan.expects) || plan.expects == Expects::Nothing {
            self.held = None;
            self.given_up = None;
            self.next = again.map(|minutes| at + SignedDuration::from_mins(i64::from(minutes)));
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands in a reference")]
const fn is_zero(count: &u8) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands in a reference")]
const fn is_none_before(count: &u16) -> bool {
    *count == 0
}
