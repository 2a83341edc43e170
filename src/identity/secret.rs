//! Secrets of 256 random bits, and the hashes that stand for them.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand;

use crate::domain::SecretHash;

/// How a token begins, so that scanners of leaked secrets can find it.
const TOKEN_PREFIX: &str = "mstr_";

/// A fresh secret and the hash that stands for it.
#[derive(Debug)]
pub struct NewSecret {
    /// What its owner keeps; shown once.
    pub secret: String,
    /// What the hub keeps.
    pub hash: SecretHash,
}

impl NewSecret {
    /// Draws the secret of a token.
    ///
    /// # Errors
    /// Only when the machine has no randomness to give.
    pub fn token() -> Result<Self, Unspecified> {
        Self::with_prefix(TOKEN_PREFIX)
    }

    /// Draws the secret of a session or of a set-up link.
    ///
    /// # Errors
    /// Only when the machine has no randomness to give.
    pub fn bare() -> Result<Self, Unspecified> {
        Self::with_prefix("")
    }

    fn with_prefix(prefix: &str) -> Result<Self, Unspecified> {
        let mut bytes = [0; 32];
        rand::fill(&mut bytes)?;
        let secret = format!("{prefix}{}", SecretHash(bytes));
        Ok(Self { hash: hash_of(&secret), secret })
    }
}

/// The hash that stands for a secret.
#[must_use]
pub(super) fn hash_of(secret: &str) -> SecretHash {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, secret.as_bytes()).as_ref());
    SecretHash(hash)
}

/// What a page of the hub sends back to show that it is one: derived from the secret of the
/// session, so that it needs no place of its own and tells nothing of that secret.
#[must_use]
pub fn csrf_of(session_secret: &str) -> String {
    hash_of(&format!("csrf:{session_secret}")).to_string()
}
