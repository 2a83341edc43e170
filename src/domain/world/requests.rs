//! Which commands were carried out under which idempotency key.

use aws_lc_rs::digest::{Context, SHA256};
use imbl::{OrdMap, Vector};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::domain::event::Stamp;
use crate::domain::limits::{REQUESTS_REMEMBERED_HOURS, REQUESTS_REMEMBERED_MAX};
use crate::domain::record::{RecordRef, Seq};

/// An idempotency key of a principal, with the digest of the command that it came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    name: Name,
    /// The first 16 bytes of the SHA-256 of the command.
    digest: [u8; 16],
}

/// The first 16 bytes of the SHA-256 of a principal and its key. A million of these are found and
/// kept at less cost than as many pairs of texts.
type Name = [u8; 16];

impl Request {
    /// The key as a principal gave it, and the first 16 bytes of the SHA-256 of the command.
    #[must_use]
    pub fn new(principal: &str, key: &str, digest: [u8; 16]) -> Self {
        let mut context = Context::new(&SHA256);
        // With its length in front, no other principal and key are the same bytes.
        context.update(&principal.len().to_be_bytes());
        context.update(principal.as_bytes());
        context.update(key.as_bytes());
        let mut name = Name::default();
        name.iter_mut().zip(context.finish().as_ref()).for_each(|(to, from)| *to = *from);
        Self { name, digest }
    }
}

/// A command that was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    name: Name,
    digest: [u8; 16],
    /// The record that the command was about.
    pub subject: RecordRef,
    /// The entry of its first event.
    pub seq: Seq,
    at: Timestamp,
}

impl Remembered {
    /// Whether the request is for the same command.
    #[must_use]
    pub fn is_same_command(&self, request: &Request) -> bool {
        self.digest == request.digest
    }
}

/// The newest keys, bounded by age in log time and by number, so that a fold always forgets alike.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    oldest_first: Vector<Remembered>,
    /// Which of all that ever were remembered has a name.
    numbers: OrdMap<Name, usize>,
    /// How many of these are forgotten.
    forgotten: usize,
}

impl Requests {
    pub(super) fn get(&self, request: &Request) -> Option<&Remembered> {
        let number = self.numbers.get(&request.name)?;
        self.oldest_first.get(number - self.forgotten)
    }

    /// Remembers the command behind an event; its later events change nothing.
    pub(super) fn remember(&mut self, stamp: &Stamp<'_>, request: &Request, subject: RecordRef) {
        let Request { name, digest } = *request;
        let earlier =
            self.insert(Remembered { name, digest, subject, seq: stamp.seq, at: stamp.at });
        // Hardly ever, and to look first takes as long as to insert.
        if let Some(earlier) = earlier {
            self.numbers.insert(name, earlier);
            self.oldest_first.pop_back();
            return;
        }
        self.forget_old(stamp.at);
    }

    /// Adds one as the newest; gives the number that its name had, if it had one.
    pub(super) fn insert(&mut self, remembered: Remembered) -> Option<usize> {
        let number = self.forgotten + self.oldest_first.len();
        self.oldest_first.push_back(remembered);
        self.numbers.insert(remembered.name, number)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Remembered> {
        self.oldest_first.iter()
    }

    fn forget_old(&mut self, now: Timestamp) {
        let horizon = now - SignedDuration::from_hours(REQUESTS_REMEMBERED_HOURS);
        while let Some(oldest) = self.oldest_first.front() {
            let too_many = self.oldest_first.len() > REQUESTS_REMEMBERED_MAX;
            if !too_many && oldest.at >= horizon {
                return;
            }
            self.numbers.remove(&oldest.name);
            self.oldest_first.pop_front();
            self.forgotten += 1;
        }
    }
}
