//! What a channel is: a client that hands one message to one address, and hears what became of it.
//!
//! A channel knows nothing of who is told what, of retries, or of other providers; the hub decides
//! those. It is handed one [`Outgoing`] at a time, by many tasks at once, and answers when its
//! provider has taken the message, or says what kind of [`Failure`] it met. What the provider says
//! later (receipts, replies) goes to an [`Inbox`]. Addresses are personal data: they are never
//! printed, and neither are texts.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What an asynchronous method of a channel gives back.
pub type Task<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where a message goes: a telephone number (E.164, with `+`), a mailbox, an MQTT topic, a URL, or
/// the subscription of a browser as JSON.
///
/// It is personal data, so `Debug` does not show it and it has no `Display`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(String);

/// One message to one address.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Names this attempt, the same each time it is tried: up to 64 characters of `a-z 0-9 -`. Where
    /// the provider has an idempotency key, it is this one.
    pub key: String,
    /// Where it goes.
    pub to: Address,
    /// What it says, in the form that the channel carries.
    pub content: Content,
    /// After this moment nobody needs it any more; the provider is told so where it can be.
    pub expires: Option<Timestamp>,
    /// Whether it is to overtake others.
    pub urgent: bool,
    /// Whether an earlier try under this key may have arrived already.
    pub repeated: bool,
}

/// What a message says. The hub has written it in the recipient's language and marked exercises in
/// the text itself.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// One line: the subject of an e-mail, the title of a notification. Short texts go without.
    pub subject: String,
    /// The message as plain text, whole.
    pub text: String,
    /// The page where it can be read and answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// What can be answered, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// The language that it is written in, a BCP 47 tag such as `es` or `en-US`.
    pub language: String,
    /// Whether it belongs to an exercise. The text says so already; machines read this.
    pub exercise: bool,
}

/// One answer that a recipient can give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The digit or word to reply with, such as `1`.
    pub key: String,
    /// What it means, in the recipient's language: `I am coming`.
    pub label: String,
}

/// That the provider took a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// The provider's own name for the message, by which receipts come back; absent where the
    /// provider gives none.
    pub reference: Option<String>,
    /// Whether taking it was already the delivery, as when a webhook's receiver answered.
    pub delivered: bool,
}

/// That the provider did not take a message, or may not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{says} (`{code}`)")]
pub struct Failure {
    /// What it means for what to do next.
    pub kind: FailureKind,
    /// The provider's own code: `550 5.1.1`, `ESME_RTHROTTLED`, `21211`, `timeout`.
    pub code: String,
    /// What went wrong, in a sentence for an operator. Names no address and no text.
    pub says: String,
    /// How long the provider asked to wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<Duration>,
}

/// What a failure means for what to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// This address or message will not do, with whichever provider: try another channel.
    Permanent,
    /// It was not taken now and may be later: busy, greylisted, over the rate.
    Temporary,
    /// The provider cannot be used, whatever the message: not reached, credentials refused,
    /// misconfigured. Nothing was taken; another provider may take it.
    Technical,
    /// It was handed over and no answer came: it may arrive or not.
    InDoubt,
}

/// What a provider says later.
#[derive(Clone, Debug)]
pub enum Incoming {
    /// What became of a message.
    Receipt(Receipt),
    /// Somebody wrote back.
    Reply(Reply),
}

/// What became of a message that a provider took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The provider's name for it, as in [`Submitted::reference`], or our own key where the channel
    /// carries that back.
    pub reference: String,
    /// What became of it.
    pub state: ReceiptState,
    /// The provider's code for that, if it gave one.
    pub code: Option<String>,
}

/// What became of a message, by its provider's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReceiptState {
    /// On its way.
    Accepted,
    /// It reached the device or the mailbox.
    Delivered,
    /// It will not arrive.
    Failed(FailureKind),
    /// It was not delivered in time.
    Expired,
    /// The provider does not know.
    Unknown,
}

/// What somebody wrote back.
#[derive(Clone)]
pub struct Reply {
    /// Who wrote.
    pub from: Address,
    /// What they wrote, or the key that they pressed.
    pub text: String,
    /// The provider's own name for this reply: the same when it is delivered twice.
    pub reference: Option<String>,
    /// The message that it answers ([`Submitted::reference`] or our key), where the channel knows.
    pub answers: Option<String>,
}

/// A client of one provider.
pub trait Channel: Send + Sync {
    /// Hands a message to the provider and waits, within the channel's own time limit, until it was
    /// taken.
    ///
    /// # Errors
    ///
    /// [`Failure`] says whether it may be tried again, elsewhere, or may have arrived. Dropping the
    /// future leaves the message in doubt.
    fn submit<'a>(&'a self, message: &'a Outgoing) -> Task<'a, Result<Submitted, Failure>>;

    /// Asks the provider for a sign of life without telling anybody anything.
    ///
    /// # Errors
    ///
    /// [`Failure`] when it cannot be used now.
    fn probe(&self) -> Task<'_, Result<(), Failure>>;
}

/// Where channels put what providers say later.
pub trait Inbox: Send + Sync {
    /// Takes it in for good.
    ///
    /// # Errors
    ///
    /// [`NotTaken`] when it could not be recorded now: the channel does not acknowledge it, so that
    /// the provider brings it again.
    fn take(&self, incoming: Incoming) -> Task<'_, Result<(), NotTaken>>;
}

/// That something incoming could not be recorded now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it could not be recorded now; bring it again")]
pub struct NotTaken;

impl Address {
    /// The address that a text stands for.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the provider alone: not for logs, errors or traces.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl Failure {
    /// A failure of a kind, with the provider's code and what it means.
    #[must_use]
    pub fn new(kind: FailureKind, code: impl Into<String>, says: impl Into<String>) -> Self {
        Self { kind, code: code.into(), says: says.into(), retry_after: None }
    }

    /// The same, with the time that the provider asked to wait.
    #[must_use]
    pub fn after(self, wait: Duration) -> Self {
        Self { retry_after: Some(wait), ..self }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(..)")
    }
}

/// What is said to a person is theirs: only its size shows.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Content({} characters, {} choices)",
            self.text.chars().count(),
            self.choices.len()
        )
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").field("reference", &self.reference).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, Choice, Content, Reply};

    #[test]
    fn who_is_written_to_and_what_is_said_is_never_printed() {
        let to = Address::new("+12025550143");
        let choice = Choice { key: "1".to_owned(), label: "I am coming".to_owned() };
        let content = Content {
            subject: "Callout".to_owned(),
            text: "Report to Station 4".to_owned(),
            link: None,
            choices: vec![choice],
            language: "en".to_owned(),
            exercise: false,
        };
        let reply =
            Reply { from: to.clone(), text: "1".to_owned(), reference: None, answers: None };
        insta::assert_snapshot!(
            format!("{to:?}\n{content:?}\n{reply:?}"),
            @r"
        Address(..)
        Content(19 characters, 1 choices)
        Reply { reference: None, .. }
        "
        );
    }
}
