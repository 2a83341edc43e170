//! The channel that posts signed messages to another system, by the Standard Webhooks conventions.
//!
//! [`Webhook`] posts each message as JSON to the URL that is its address. The receiver's answer is
//! the delivery: `2xx` means that it has it. Example: a hospital's paging system gave its URL to the
//! hub and was given a secret for it; by that it knows that a message is the hub's, and by its id
//! whether it has it already.
//!
//! - [`body`]: what is posted, which receivers rely on.
//! - [`signature`]: how it is signed, and checked on the other side.
//! - [`post`]: a request to a URL that a stranger named, and what came of it. Web push uses it too.

pub mod body;
pub mod post;
pub mod signature;

use std::time::Duration;

use jiff::Timestamp;
use muster_contract::Secret;
use muster_contract::channel::{Address, Channel, Failure, FailureKind, Outgoing, Submitted, Task};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

pub use post::Settings;
use post::{Answer, Poster};
use signature::{Key, SecretError};

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A secret that is none.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// What is wrong with how requests are made.
    #[error(transparent)]
    Requests(#[from] post::SettingsError),
}

/// The client of everybody's webhooks.
pub struct Webhook {
    poster: Poster,
    keys: Vec<Key>,
    clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

impl Webhook {
    /// A client that signs with these secrets (`whsec_` and Base64), newest first. While a secret is
    /// being replaced there are two, and each message has a signature by both.
    ///
    /// # Errors
    ///
    /// [`SettingsError`] when a setting or secret cannot be used, or there is no secret.
    pub fn new(
        settings: &Settings,
        secrets: &[Secret],
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Result<Self, SettingsError> {
        if secrets.is_empty() {
            return Err(SecretError.into());
        }
        Ok(Self {
            poster: Poster::new(settings)?,
            keys: secrets.iter().map(Key::read).collect::<Result<_, _>>()?,
            clock: Box::new(clock),
        })
    }

    /// The secret that belongs to a receiver, to be given to its owner. Each has its own, made from
    /// the newest of ours and the URL: one receiver cannot sign what another believes.
    #[must_use]
    pub fn secret_for(&self, receiver: &Address) -> Secret {
        // There is at least one key.
        self.keys.first().map_or_else(|| Secret::new(""), |key| key.of(receiver).write())
    }

    async fn post(&self, message: &Outgoing) -> Result<Submitted, Failure> {
        let now = (self.clock)();
        let body = body::write(message, now);
        let keys: Vec<_> = self.keys.iter().map(|key| key.of(&message.to)).collect();
        let signature = signature::sign(&keys, &message.key, now.as_second(), &body);
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in [
            (signature::ID, message.key.clone()),
            (signature::TIMESTAMP, now.as_second().to_string()),
            (signature::SIGNATURE, signature),
        ] {
            let value = HeaderValue::try_from(value).map_err(|_| {
                Failure::new(FailureKind::Permanent, "message", "the message's key is none")
            })?;
            headers.insert(HeaderName::from_static(name), value);
        }
        let answer = self.poster.post(message.to.reveal(), headers, body).await?;
        judge(&answer)
    }
}

impl Channel for Webhook {
    fn submit<'a>(&'a self, message: &'a Outgoing) -> Task<'a, Result<Submitted, Failure>> {
        Box::pin(self.post(message))
    }

    /// There is no provider between us and the receivers, so there is nobody to ask.
    fn probe(&self) -> Task<'_, Result<(), Failure>> {
        Box::pin(async { Ok(()) })
    }
}

/// What a receiver's answer means. A receiver that is out of order says nothing about others, so
/// none of this is technical.
fn judge(answer: &Answer) -> Result<Submitted, Failure> {
    let (kind, says) = match answer.status {
        200..=299 => return Ok(Submitted { reference: None, delivered: true }),
        300..=399 => (FailureKind::Permanent, "the receiver is elsewhere; change its URL"),
        410 => (FailureKind::Permanent, "the receiver wants no more messages"),
        408 | 421 | 425 | 429 => (FailureKind::Temporary, "the receiver wants it later"),
        400..=499 => (FailureKind::Permanent, "the receiver refuses the message"),
        _ => (FailureKind::Temporary, "the receiver is out of order"),
    };
    let failure = Failure::new(kind, answer.status.to_string(), says);
    Err(match answer.retry_after.filter(|_| kind == FailureKind::Temporary) {
        Some(wait) => failure.after(wait),
        None => failure,
    })
}

/// How long a receiver may take unless the settings say otherwise.
pub(crate) const ANSWER: Duration = Duration::from_secs(20);
