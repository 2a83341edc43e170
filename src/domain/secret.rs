//! Hashes that stand for secrets: the log and the World never hold a secret itself.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The SHA-256 of a secret of 256 random bits, hexadecimal in the log.
///
/// Such a secret cannot be guessed, so its plain hash may stand in the log. A password can be
/// guessed and its hash may not; those are kept beside the log.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct SecretHash(pub [u8; 32]);

/// A text is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a SHA-256 has 64 hexadecimal digits")]
pub struct NotASecretHash;

impl fmt::Display for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for SecretHash {
    type Err = NotASecretHash;

    fn from_str(text: &str) -> Result<Self, NotASecretHash> {
        hex::FromHex::from_hex(text).map(Self).map_err(|_| NotASecretHash)
    }
}

impl From<SecretHash> for String {
    fn from(hash: SecretHash) -> Self {
        hash.to_string()
    }
}

impl TryFrom<String> for SecretHash {
    type Error = NotASecretHash;

    fn try_from(text: String) -> Result<Self, NotASecretHash> {
        text.parse()
    }
}
