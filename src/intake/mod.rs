//! From a document that came in, by whichever way, to signals.
//!
//! ```text
//!  POST /ingest/cap ┐
//!  polled feed      ├─> Document ─> decode ─> resolve geocodes ─> hub ─> one Outcome a message
//!  watched folder   │                  └─> quarantine (what cannot be understood)
//!  muster ingest    ┘
//! ```
//!
//! Each message of a document stands or falls alone. The way in learns what became of each and
//! keeps the document until that is durable. The county's flood warning is dropped into the
//! watched folder and polled from the state's feed a second later: the second one is found to be
//! the same message and answers [`Outcome::Duplicate`] with the signal that the first one made.
//!
//! - [`geocodes`]: areas for messages that only name codes of places.
//! - [`feeds`]: feeds that are polled.
//! - [`files`]: files and folders that a person names.
//! - [`replay`]: the quarantine: looking at what was refused, and taking it again.
//! - [`watch`]: a folder into which files are put.
//! - [`report`]: what became of a document, as text and JSON.
//! - [`tally`]: how many messages came in, for the metrics.

pub mod feeds;
pub mod files;
pub mod geocodes;
pub mod replay;
pub mod report;
pub mod tally;
pub mod watch;

use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use futures_util::{StreamExt as _, stream};
use muster_cap::Cap;
use muster_contract::{Alert, Decoded, Decoder as _, Rejection};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use uuid::{Builder, Uuid};

use crate::domain::Principal;
use crate::domain::signal::{Receive, Signal};
use crate::domain::{Id, RecordRef, Refusal};
use crate::hub::{Answer, Hub, SubmitError};
use crate::log::limits::QUARANTINE_BYTES_MAX;
use crate::log::{Hash, LogError, QuarantinedItem};

pub use geocodes::Geocodes;
use tally::Tally;

/// Bytes of one document that are read.
pub const DOCUMENT_BYTES_MAX: usize = Cap::MAX_BYTES;
// Else a document that was read could not be kept whole, and not be replayed.
const _: () = assert!(DOCUMENT_BYTES_MAX < QUARANTINE_BYTES_MAX);
/// Messages of one document that are with the hub at once; they share its group commits.
const MESSAGES_IN_FLIGHT: usize = 256;
/// Documents that are decoded at once; the tree of a large one takes many times its bytes.
const DECODERS_MAX: usize = 4;
/// Rejections of one document that are told in the quarantine; the rest are counted.
const REJECTIONS_TOLD: usize = 3;
/// Characters of a document's name that stand in the log.
const NAME_CHARS_MAX: usize = 200;
/// The format of what the quarantine keeps.
const FORMAT: &str = "cap";

/// The pipeline; clones share it.
#[derive(Clone)]
pub struct Intake {
    hub: Hub,
    geocodes: Arc<Geocodes>,
    decoders: Arc<Semaphore>,
    tally: Arc<Tally>,
}

/// A document that came in.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Its file name or address, without credentials.
    pub name: String,
    /// The way it came in, such as `feed:nws`; it stands in the log.
    pub source: String,
}

/// What became of one message.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It is a new signal, and durable.
    Accepted {
        /// The signal.
        signal: Id<Signal>,
    },
    /// The hub knows it already.
    Duplicate {
        /// The signal that it is.
        signal: Id<Signal>,
        /// Whether it says something else than the one that is known, which stays as it is.
        differs: bool,
    },
    /// It cannot be understood and is kept for a person to look at.
    Quarantined {
        /// The id of its document in the quarantine.
        id: Uuid,
        /// Where and why.
        rejection: Rejection,
    },
    /// It was understood and is not to be recorded, as a draft is not.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// The hub could not take it now. Whoever has the document keeps it and tries again.
    NotTaken {
        /// Why, and when to try again.
        error: SubmitError,
    },
}

impl Intake {
    /// A pipeline into a hub.
    #[must_use]
    pub fn new(hub: Hub, geocodes: Geocodes) -> Self {
        let decoders = Arc::new(Semaphore::new(DECODERS_MAX));
        Self { hub, geocodes: Arc::new(geocodes), decoders, tally: Arc::default() }
    }

    /// The hub that it leads to.
    #[must_use]
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// What came in so far.
    #[must_use]
    pub fn tally(&self) -> &Arc<Tally> {
        &self.tally
    }

    /// Takes a document: an outcome for each of its messages, in their order, once it is durable.
    pub async fn take(&self, principal: &Arc<Principal>, document: Document) -> Vec<Outcome> {
        self.take_within(principal, document, Duration::ZERO).await
    }

    /// The same, and goes on trying for some time what the hub could not take at once.
    pub async fn take_within(
        &self,
        principal: &Arc<Principal>,
        document: Document,
        patience: Duration,
    ) -> Vec<Outcome> {
        self.hand_over(principal, self.open(document).await, patience).await
    }

    /// Decodes a document and resolves its geocodes, on a thread that may block.
    async fn open(&self, document: Document) -> Opened {
        let document = Arc::new(document);
        let (to_decode, geocodes) = (Arc::clone(&document), Arc::clone(&self.geocodes));
        let permit = Arc::clone(&self.decoders).acquire_owned().await;
        let decoded = tokio::task::spawn_blocking(move || {
            let messages = to_decode.messages(&geocodes);
            drop(permit);
            messages
        });
        // The task does not panic; it can only be lost when the program is about to end.
        let messages = decoded.await.map_err(|_| SubmitError::Stopping);
        Opened { document, messages }
    }

    /// Hands the messages of a document to the hub, and counts what becomes of them.
    async fn hand_over(
        &self,
        principal: &Arc<Principal>,
        opened: Opened,
        patience: Duration,
    ) -> Vec<Outcome> {
        let Opened { document, messages } = opened;
        let outcomes = match messages {
            Ok(messages) => self.deliver_all(principal, &document, messages, patience).await,
            Err(error) => vec![Outcome::NotTaken { error }],
        };
        self.tally.count(&document, &outcomes);
        outcomes
    }

    /// Delivers the messages of a document, in their order and many at once.
    async fn deliver_all(
        &self,
        principal: &Arc<Principal>,
        document: &Document,
        messages: Vec<Message>,
        patience: Duration,
    ) -> Vec<Outcome> {
        let kept = self.quarantine_rejected(document, &messages).await;
        let delivery = Delivery {
            principal,
            document,
            cause: document.cause(),
            give_up: Instant::now() + patience,
            kept: &kept,
        };
        stream::iter(messages)
            .map(|message| self.deliver(message, &delivery))
            .buffered(MESSAGES_IN_FLIGHT)
            .collect()
            .await
    }

    /// Quarantines a document that is not even decoded, such as one that is too large.
    pub async fn reject(&self, document: &Document, rejection: Rejection) -> Outcome {
        let outcome = self.quarantine_whole(document, rejection).await;
        self.tally.count(document, std::slice::from_ref(&outcome));
        outcome
    }

    async fn quarantine_whole(&self, document: &Document, rejection: Rejection) -> Outcome {
        let kept = self.quarantine_rejected(document, &[Err(rejection.clone())]).await;
        quarantined(&kept, rejection)
    }

    /// Keeps a document of which a message was rejected: once, however many of them were.
    async fn quarantine_rejected(&self, document: &Document, messages: &[Message]) -> Kept {
        let rejections: Vec<_> = messages.iter().filter_map(|m| m.as_ref().err()).collect();
        if rejections.is_empty() {
            return Ok(Uuid::nil());
        }
        let item = QuarantinedItem {
            id: document.quarantine_id(),
            received_at: self.hub.clock().now(),
            source: document.cause(),
            format: FORMAT.to_owned(),
            error: told(&rejections),
            bytes: document.bytes.clone(),
        };
        let kept = self.hub.store().quarantine(&item).await;
        let dropped = kept.map_err(|error| self.not_kept(&error))?;
        if dropped > 0 {
            self.tally.dropped(dropped);
            tracing::warn!(
                dropped,
                "the quarantine is full: the oldest of whoever has most in it went"
            );
        }
        tracing::warn!(source = document.source, quarantine = %item.id, error = item.error,
            "a document was quarantined");
        Ok(item.id)
    }

    fn not_kept(&self, error: &LogError) -> SubmitError {
        tracing::error!(%error, "a document could not be put into quarantine");
        self.hub.not_kept(error)
    }

    async fn deliver(&self, message: Message, delivery: &Delivery<'_>) -> Outcome {
        match message {
            Ok(receive) => self.submit(receive, delivery).await,
            Err(rejection) => quarantined(delivery.kept, rejection),
        }
    }

    /// Submits one message until the hub has it, or patience is at its end.
    async fn submit(&self, receive: Receive, delivery: &Delivery<'_>) -> Outcome {
        loop {
            let command = receive.clone();
            let cause = delivery.cause.clone();
            let error = match self.hub.submit(delivery.principal, command, None, cause).await {
                Ok(answer) => return self.answered(&answer, &receive.alert),
                Err(error) => error,
            };
            // A hub that is stopping does not come back in this process.
            let ends = matches!(error, SubmitError::Stopping);
            let wait = error.retry_after_ms().map(Duration::from_millis);
            match wait {
                Some(wait) if !ends && Instant::now() + wait <= delivery.give_up => {
                    tokio::time::sleep(wait).await;
                }
                _ => return self.not_submitted(error, delivery.document).await,
            }
        }
    }

    fn answered(&self, answer: &Answer, alert: &Alert) -> Outcome {
        let RecordRef::Signal(signal) = answer.subject else {
            unreachable!("a message becomes a signal and nothing else")
        };
        if !answer.unchanged {
            return Outcome::Accepted { signal };
        }
        let picture = self.hub.picture();
        let known = picture.world.signal(signal);
        let differs = known.is_some_and(|known| !says_the_same(&known.alert, alert));
        if differs {
            tracing::warn!(%signal, "a message with the key of this signal says something else");
        }
        Outcome::Duplicate { signal, differs }
    }

    async fn not_submitted(&self, error: SubmitError, document: &Document) -> Outcome {
        match error {
            SubmitError::Refused(refusal) => Outcome::Refused { refusal },
            // Trying again would not make it smaller.
            SubmitError::TooLarge(message) => {
                let rejection = Rejection { place: "alert".to_owned(), line: None, message };
                self.quarantine_whole(document, rejection).await
            }
            error => Outcome::NotTaken { error },
        }
    }
}

/// A document that was decoded.
struct Opened {
    document: Arc<Document>,
    messages: Result<Vec<Message>, SubmitError>,
}

impl Opened {
    /// Whether any message of it cannot be read.
    fn has_rejections(&self) -> bool {
        self.messages.as_ref().is_ok_and(|messages| messages.iter().any(Result::is_err))
    }
}

/// A message of a document, ready for the hub, or why it is not.
type Message = Result<Receive, Rejection>;

/// Under which id a document is in the quarantine, or why it could not be put there.
type Kept = Result<Uuid, SubmitError>;

/// What the messages of one document have in common on their way to the hub.
struct Delivery<'a> {
    principal: &'a Arc<Principal>,
    document: &'a Document,
    cause: String,
    give_up: Instant,
    kept: &'a Kept,
}

impl Document {
    /// Every message, decoded and with its geocodes resolved.
    fn messages(&self, geocodes: &Geocodes) -> Vec<Message> {
        let digest = self.digest().to_string();
        let message = |decoded: Decoded| Receive {
            resolved: geocodes.resolve(&decoded.alert),
            alert: Arc::new(decoded.alert),
            via: self.source.clone(),
            digest: digest.clone(),
            warnings: decoded.warnings,
        };
        Cap.decode(&self.bytes).into_iter().map(|decoded| decoded.map(message)).collect()
    }

    /// What the log says led to its signals.
    fn cause(&self) -> String {
        let name: String = self.name.chars().take(NAME_CHARS_MAX).collect();
        format!("{} {name}", self.source)
    }

    fn digest(&self) -> Hash {
        Hash(sha256(&self.bytes))
    }

    /// The same bytes have the same id, so that a feed that repeats its mistake every minute fills
    /// one place of the quarantine and not all of it.
    fn quarantine_id(&self) -> Uuid {
        let mut first = [0; 16];
        first.iter_mut().zip(self.digest().0).for_each(|(to, from)| *to = from);
        Builder::from_custom_bytes(first).into_uuid()
    }
}

fn quarantined(kept: &Kept, rejection: Rejection) -> Outcome {
    match kept {
        Ok(id) => Outcome::Quarantined { id: *id, rejection },
        Err(error) => Outcome::NotTaken { error: error.clone() },
    }
}

/// Whether two messages with one key are one. What a way of delivery adds to a message, such as a
/// note or an element of its own, makes no other of it.
fn says_the_same(a: &Alert, b: &Alert) -> bool {
    (a.status, a.msg_type, a.scope) == (b.status, b.msg_type, b.scope)
        && a.references == b.references
        && a.infos == b.infos
}

/// The first rejections in one text.
fn told(rejections: &[&Rejection]) -> String {
    let first = rejections.iter().take(REJECTIONS_TOLD).map(ToString::to_string);
    let more = rejections.len().saturating_sub(REJECTIONS_TOLD);
    let rest = (more > 0).then(|| format!("and {more} more"));
    first.chain(rest).collect::<Vec<_>>().join("; ")
}

/// By what two documents are known for the same.
fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    hash
}
