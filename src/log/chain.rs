//! What is hashed, once and for all.
//!
//! The hash of an entry is the SHA-256 of these bytes, in this order:
//!
//! 1. [`DOMAIN`], so that no other program's hash can be taken for ours;
//! 2. the hash of the entry before it, 32 bytes;
//! 3. each stored column. Integers are 8 bytes, little-endian. Bytes and texts are their length
//!    as such an integer, then themselves. A column that may be null is one byte, 0 or 1, and
//!    then, if 1, its value.
//!
//! Since every part has a fixed width or states its own, no two different entries give the same
//! bytes. The body is hashed as stored, never re-serialized. A verifier in another language needs
//! nothing but this page; the test at its end has values to check it against.

use aws_lc_rs::digest::{Context, SHA256};

use super::entry::{Actor, Draft, Entry, Hash, Head, RequestKey, Seq};
use super::error::Broken;

/// First bytes of everything that is hashed here. A new layout would get a new number.
pub const DOMAIN: &[u8] = b"muster log entry 1\0";

/// The columns of an entry, as they are stored.
pub(super) struct Columns<'a> {
    pub(super) seq: Seq,
    pub(super) id: [u8; 16],
    pub(super) recorded_at_us: i64,
    pub(super) actor: &'a Actor,
    pub(super) cause: &'a str,
    pub(super) request: Option<&'a RequestKey>,
    pub(super) kind: &'a str,
    pub(super) version: u16,
    pub(super) body: &'a [u8],
}

impl<'a> Columns<'a> {
    /// The columns that a draft will have as entry `seq`.
    pub(super) fn of_draft(seq: Seq, draft: &'a Draft) -> Self {
        Self {
            seq,
            id: draft.id.into_bytes(),
            recorded_at_us: draft.recorded_at.as_microsecond(),
            actor: &draft.actor,
            cause: &draft.cause,
            request: draft.request.as_deref(),
            kind: &draft.kind,
            version: draft.version,
            body: &draft.body,
        }
    }

    fn of_entry(entry: &'a Entry) -> Self {
        Self {
            seq: entry.seq,
            id: entry.id.into_bytes(),
            recorded_at_us: entry.recorded_at.as_microsecond(),
            actor: &entry.actor,
            cause: &entry.cause,
            request: entry.request.as_deref(),
            kind: &entry.kind,
            version: entry.version,
            body: &entry.body,
        }
    }

    /// The hash of an entry with these columns that follows one with the hash `prev`.
    pub(super) fn hash(&self, prev: Hash) -> Hash {
        // Gathered first, because a call into the hash function for each field costs more.
        let mut bytes = Gather(Vec::with_capacity(512));
        bytes.0.extend_from_slice(DOMAIN);
        bytes.0.extend_from_slice(&prev.0);
        bytes.integer(self.seq.0);
        bytes.bytes(&self.id);
        bytes.0.extend_from_slice(&self.recorded_at_us.to_le_bytes());
        bytes.bytes(self.actor.principal.as_bytes());
        bytes.nullable(self.actor.organization.as_deref().map(str::as_bytes));
        bytes.nullable(self.actor.on_behalf_of.as_deref().map(str::as_bytes));
        bytes.bytes(self.cause.as_bytes());
        bytes.nullable(self.request.map(|request| request.key.as_bytes()));
        bytes.nullable(self.request.map(|request| request.digest.as_slice()));
        bytes.bytes(self.kind.as_bytes());
        bytes.integer(u64::from(self.version));
        bytes.length(self.body);
        let mut context = Context::new(&SHA256);
        context.update(&bytes.0);
        context.update(self.body);
        let mut hash = Hash([0; 32]);
        hash.0.copy_from_slice(context.finish().as_ref());
        hash
    }
}

/// The bytes to hash, in the making.
struct Gather(Vec<u8>);

impl Gather {
    fn integer(&mut self, value: u64) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    fn length(&mut self, bytes: &[u8]) {
        self.integer(bytes.len() as u64);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.length(bytes);
        self.0.extend_from_slice(bytes);
    }

    fn nullable(&mut self, bytes: Option<&[u8]>) {
        self.0.push(u8::from(bytes.is_some()));
        if let Some(bytes) = bytes {
            self.bytes(bytes);
        }
    }
}

/// The hashes that `drafts` get when they follow `head`, one for each, and the head after them.
pub(super) fn link(head: Head, drafts: &[Draft]) -> (Vec<Hash>, Head) {
    let mut last = head;
    let hashes = drafts
        .iter()
        .map(|draft| {
            let seq = last.seq.next();
            last = Head { seq, hash: Columns::of_draft(seq, draft).hash(last.hash) };
            last.hash
        })
        .collect();
    (hashes, last)
}

/// Checks that `entry` is whole and follows the entry whose number and hash are given.
///
/// Without `prev_hash` only the number is compared, and the entry's own word is taken for the
/// hash before it.
pub(super) fn check(entry: &Entry, prev: Seq, prev_hash: Option<Hash>) -> Result<(), Broken> {
    let broken = |what: String| Err(Broken { seq: entry.seq, what });
    if entry.seq != prev.next() {
        return broken(match prev {
            Seq(0) => "it comes first, so entries before it are missing".into(),
            prev => format!("it comes right after entry {prev}, so entries between are missing"),
        });
    }
    if prev_hash.is_some_and(|hash| hash != entry.prev) {
        return broken(format!(
            "its `prev_hash` is not the hash of entry {prev}: one of the two was changed or replaced"
        ));
    }
    if Columns::of_entry(entry).hash(entry.prev) != entry.hash {
        return broken(
            "its content does not give its `hash`: a column was changed after it was written"
                .into(),
        );
    }
    Ok(())
}

/// Checks entries as they are read in order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Checker {
    seq: Seq,
    hash: Option<Hash>,
}

impl Checker {
    /// Expects the entry after `seq`, whose hash is only known when it is the beginning.
    pub(super) fn after(seq: Seq) -> Self {
        Self { seq, hash: (seq == Seq(0)).then_some(Head::GENESIS.hash) }
    }

    /// Expects the entry after `head`.
    pub(super) fn after_head(head: Head) -> Self {
        Self { seq: head.seq, hash: Some(head.hash) }
    }

    /// Takes the next entry, or says what is wrong with it.
    pub(super) fn take(&mut self, entry: &Entry) -> Result<(), Broken> {
        check(entry, self.seq, self.hash)?;
        *self = Self { seq: entry.seq, hash: Some(entry.hash) };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use uuid::Uuid;

    use super::*;

    fn drafts() -> Vec<Draft> {
        let plain = Draft {
            id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001),
            recorded_at: "2026-03-01T12:00:00.123456Z".parse().unwrap(),
            actor: Arc::new(Actor {
                principal: "person:rosa".into(),
                organization: None,
                on_behalf_of: None,
            }),
            cause: "request:1".into(),
            request: None,
            kind: "incident.opened".into(),
            version: 1,
            body: br#"{"name":"R\u00edo"}"#.to_vec(),
        };
        let full = Draft {
            actor: Arc::new(Actor {
                principal: "person:jon".into(),
                organization: Some("org:fire".into()),
                on_behalf_of: Some("org:county".into()),
            }),
            request: Some(Arc::new(RequestKey { key: "k1".into(), digest: [7; 16] })),
            ..plain.clone()
        };
        vec![plain, full]
    }

    #[test]
    fn the_hashes_of_known_entries_never_change() {
        let (hashes, head) = link(Head::GENESIS, &drafts());
        insta::assert_debug_snapshot!(hashes, @r"
        [
            Hash(fd98fc0bf0019ae82a1382f498664e0d3c8b8138b9416b4234eb7509a23a6953),
            Hash(c63a1bcf5deddd4107930c34653b2001ba1f0bcbf283a72b90606a93481a3787),
        ]
        ");
        assert_eq!(head, Head { seq: Seq(2), hash: hashes[1] });
    }

    #[test]
    fn moving_a_character_to_the_next_column_gives_another_hash() {
        let mut draft = drafts().remove(1);
        let hash = |draft: &Draft| Columns::of_draft(Seq(1), draft).hash(Head::GENESIS.hash);
        let before = hash(&draft);
        draft.cause = "request:1i".into();
        draft.kind = "ncident.opened".into();
        assert_ne!(hash(&draft), before);
    }
}
