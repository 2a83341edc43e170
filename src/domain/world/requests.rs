//! Which commands were carried out under which idempotency key.

use std::sync::Arc;

use imbl::{OrdMap, Vector};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::domain::event::Stamp;
use crate::domain::limits::{REQUESTS_REMEMBERED_HOURS, REQUESTS_REMEMBERED_MAX};
use crate::domain::record::{RecordRef, Seq};

/// An idempotency key as a principal gave it, with the digest of the command that it came with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The key.
    pub key: String,
    /// The first 16 bytes of the SHA-256 of the command.
    pub digest: [u8; 16],
}

/// A command that was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    principal: String,
    request: Request,
    /// The record that the command was about.
    pub subject: RecordRef,
    /// The entry of its first event.
    pub seq: Seq,
    at: Timestamp,
}

impl Remembered {
    /// Whether this command came with the same digest.
    #[must_use]
    pub fn is_same_command(&self, digest: &[u8; 16]) -> bool {
        self.request.digest == *digest
    }
}

/// The newest keys, bounded by age in log time and by number, so that a fold always forgets alike.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    /// By principal, then by key, so that a search needs no text of its own.
    by_key: OrdMap<String, OrdMap<String, Arc<Remembered>>>,
    oldest_first: Vector<Arc<Remembered>>,
}

impl Requests {
    pub(super) fn get(&self, principal: &str, key: &str) -> Option<&Remembered> {
        self.by_key.get(principal)?.get(key).map(Arc::as_ref)
    }

    /// Remembers the command behind an event; its later events change nothing.
    pub(super) fn remember(&mut self, stamp: &Stamp<'_>, request: &Request, subject: RecordRef) {
        if self.get(&stamp.by.principal, &request.key).is_some() {
            return;
        }
        self.insert(Arc::new(Remembered {
            principal: stamp.by.principal.clone(),
            request: request.clone(),
            subject,
            seq: stamp.seq,
            at: stamp.at,
        }));
        self.forget_old(stamp.at);
    }

    pub(super) fn insert(&mut self, remembered: Arc<Remembered>) {
        let (key, by_key) = (remembered.request.key.clone(), &mut self.by_key);
        match by_key.get_mut(&remembered.principal) {
            Some(keys) => drop(keys.insert(key, Arc::clone(&remembered))),
            None => {
                let keys = OrdMap::unit(key, Arc::clone(&remembered));
                by_key.insert(remembered.principal.clone(), keys);
            }
        }
        self.oldest_first.push_back(remembered);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<Remembered>> {
        self.oldest_first.iter()
    }

    fn forget_old(&mut self, now: Timestamp) {
        let horizon = now - SignedDuration::from_hours(REQUESTS_REMEMBERED_HOURS);
        while let Some(oldest) = self.oldest_first.front() {
            let too_many = self.oldest_first.len() > REQUESTS_REMEMBERED_MAX;
            if !too_many && oldest.at >= horizon {
                return;
            }
            if let Some(keys) = self.by_key.get_mut(&oldest.principal) {
                keys.remove(&oldest.request.key);
                if keys.is_empty() {
                    self.by_key.remove(&oldest.principal);
                }
            }
            self.oldest_first.pop_front();
        }
    }
}
