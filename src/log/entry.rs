//! What the log holds: entries, the drafts they are made of, and the head they end in.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The number of an entry, counted from 1 without gaps.
///
/// `Seq(0)` stands before the first entry: it is the head of an empty log and, given to
/// [`Log::read`](super::Log::read), it means "from the beginning".
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl Seq {
    /// The number `count` entries further on.
    #[must_use]
    pub fn plus(self, count: usize) -> Self {
        Self(self.0.saturating_add(u64::try_from(count).unwrap_or(u64::MAX)))
    }

    /// The number of the entry after this one.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A SHA-256 over an entry, written as 64 lowercase hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// A text that should have been a hash is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 hexadecimal digits")]
pub struct NotAHash;

impl FromStr for Hash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        hex::FromHex::from_hex(text).map(Self).map_err(|_| NotAHash)
    }
}

/// Where the log ends: the number and the hash of its last entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of the last entry; `Seq(0)` when there is none.
    pub seq: Seq,
    /// Hash of the last entry; all zeroes when there is none.
    pub hash: Hash,
}

impl Head {
    /// The head of an empty log.
    pub const GENESIS: Self = Self { seq: Seq(0), hash: Hash([0; 32]) };
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.seq, self.hash)
    }
}

/// Who did it, and in whose name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// The person or machine that acted, as the hub names principals.
    pub principal: String,
    /// The organization whose hat the principal wore, where there was one.
    pub organization: Option<String>,
    /// The principal or organization that the actor stood in for, where that was so.
    pub on_behalf_of: Option<String>,
}

/// What a repeated request is recognised by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequestKey {
    /// The idempotency key as the caller gave it.
    pub key: String,
    /// A digest of the command, so that one key used for two different requests is noticed.
    pub digest: [u8; 16],
}

/// An event about to be appended: everything of an entry but its number and its hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The event's own id (UUIDv7), chosen by the caller.
    pub id: Uuid,
    /// When the hub recorded it. Stored to the microsecond; what is finer is cut off.
    /// [`Log::seq_at`](super::Log::seq_at) relies on it never running backwards.
    pub recorded_at: Timestamp,
    /// Who did it. Shared, since the events of one command have one actor.
    pub actor: Arc<Actor>,
    /// The request, signal, playbook run or timer that led to it.
    pub cause: String,
    /// The idempotency key of the request, on the events of requests that had one.
    pub request: Option<Arc<RequestKey>>,
    /// What kind of event the body tells of, such as `incident.opened`.
    pub kind: Cow<'static, str>,
    /// Version of the body's schema for this kind.
    pub version: u16,
    /// The event as JSON text. The log never looks inside.
    pub body: Vec<u8>,
}

/// An event that is durably in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub seq: Seq,
    /// The event's own id.
    pub id: Uuid,
    /// When the hub recorded it, to the microsecond.
    pub recorded_at: Timestamp,
    /// Who did it. Neighbours with an equal actor share one.
    pub actor: Arc<Actor>,
    /// What led to it.
    pub cause: String,
    /// The idempotency key of the request that it answers.
    pub request: Option<Arc<RequestKey>>,
    /// What kind of event the body tells of.
    pub kind: String,
    /// Version of the body's schema for this kind.
    pub version: u16,
    /// The event as JSON text, byte for byte as it was appended.
    pub body: Vec<u8>,
    /// Hash of the entry before this one.
    pub prev: Hash,
    /// Hash of this entry, which covers everything above.
    pub hash: Hash,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_reads_back_from_its_hexadecimal_digits() {
        let hash = Hash(std::array::from_fn(|i| u8::try_from(i * 8).unwrap()));
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!(hash.to_string()[..8], *"00081018");
        assert_eq!("00".repeat(31).parse::<Hash>(), Err(NotAHash));
        assert_eq!("0g".repeat(32).parse::<Hash>(), Err(NotAHash));
    }
}
