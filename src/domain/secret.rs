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
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
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
        if text.len() != 64 || !text.is_ascii() {
            return Err(NotASecretHash);
        }
        let mut hash = [0; 32];
        for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
            let digits = text.get(at..at + 2).ok_or(NotASecretHash)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| NotASecretHash)?;
        }
        Ok(Self(hash))
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
