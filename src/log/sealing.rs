//! Sealing of personal data with AES-256-GCM under one key for each person.
//!
//! A sealed text is one byte of format (1), 12 bytes of random nonce, the ciphertext and its
//! 16-byte tag. The person's id is authenticated with it, so that a sealed text moved to another
//! person's record does not open.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};

use super::error::LogError;

const FORMAT: u8 = 1;
const DOMAIN: &[u8] = b"muster person 1\0";

/// A key that seals one person's data. Wiped from memory when dropped; never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct SealingKey([u8; 32]);

impl SealingKey {
    /// A new random key.
    ///
    /// # Errors
    /// [`SealingError::NoRandomness`] when the operating system gives no random bytes.
    pub fn generate() -> Result<Self, SealingError> {
        let mut bytes = [0; 32];
        SystemRandom::new().fill(&mut bytes).map_err(|_| SealingError::NoRandomness)?;
        Ok(Self(bytes))
    }

    /// A key from the bytes that a vault kept.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A key from a vault's column, which has 32 bytes or, of a person forgotten, none.
    pub(super) fn from_column(key: Option<Vec<u8>>) -> Result<Option<Self>, LogError> {
        let Some(bytes) = key.map(Zeroizing::new) else { return Ok(None) };
        match bytes.as_slice().try_into() {
            Ok(bytes) => Ok(Some(Self(bytes))),
            Err(_) => Err(LogError::BrokenKey),
        }
    }

    /// The bytes, for a vault to keep.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Drop for SealingKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(hidden)")
    }
}

/// Why a text could not be sealed or opened. Says nothing of the text itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealingError {
    /// The operating system gave no random bytes.
    #[error("the operating system gives no random bytes: nothing can be sealed")]
    NoRandomness,
    /// The key is not the one it was sealed with, it belongs to another person, or it was changed.
    #[error("the sealed text does not open: it was changed, or belongs to another person or key")]
    DoesNotOpen,
}

/// Seals a text of a person under their key.
///
/// # Errors
/// [`SealingError::NoRandomness`] when there is no nonce to be had.
pub fn seal(key: &SealingKey, person: Uuid, plain: &[u8]) -> Result<Vec<u8>, SealingError> {
    let mut nonce = [0; NONCE_LEN];
    SystemRandom::new().fill(&mut nonce).map_err(|_| SealingError::NoRandomness)?;
    let mut text = plain.to_vec();
    cipher(key)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad(person), &mut text)
        .map_err(|_| SealingError::NoRandomness)?;
    Ok([&[FORMAT], nonce.as_slice(), &text].concat())
}

/// Opens a text that [`seal`] made for this person under this key.
///
/// # Errors
/// [`SealingError::DoesNotOpen`] when anything at all is different.
pub fn open(
    key: &SealingKey,
    person: Uuid,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealingError> {
    let (format, rest) = sealed.split_first().ok_or(SealingError::DoesNotOpen)?;
    let (nonce, text) = rest.split_first_chunk::<NONCE_LEN>().ok_or(SealingError::DoesNotOpen)?;
    if *format != FORMAT {
        return Err(SealingError::DoesNotOpen);
    }
    let mut text = Zeroizing::new(text.to_vec());
    let plain = cipher(key)?
        .open_in_place(Nonce::assume_unique_for_key(*nonce), aad(person), &mut text)
        .map_err(|_| SealingError::DoesNotOpen)?
        .len();
    text.truncate(plain);
    Ok(text)
}

fn cipher(key: &SealingKey) -> Result<LessSafeKey, SealingError> {
    UnboundKey::new(&AES_256_GCM, &key.0)
        .map(LessSafeKey::new)
        .map_err(|_| SealingError::DoesNotOpen)
}

fn aad(person: Uuid) -> Aad<Vec<u8>> {
    Aad::from([DOMAIN, person.as_bytes()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_for_one_person_opens_for_nobody_else() {
        let (rosa, jon) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let key = SealingKey::generate().unwrap();
        let sealed = seal(&key, rosa, b"+1 555 0100").unwrap();

        assert_eq!(*open(&key, rosa, &sealed).unwrap(), b"+1 555 0100");
        assert_eq!(open(&key, jon, &sealed), Err(SealingError::DoesNotOpen));
        let other = SealingKey::generate().unwrap();
        assert_eq!(open(&other, rosa, &sealed), Err(SealingError::DoesNotOpen));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(open(&key, rosa, &changed), Err(SealingError::DoesNotOpen), "byte {at}");
        }
        for length in 0..sealed.len() {
            assert_eq!(open(&key, rosa, &sealed[..length]), Err(SealingError::DoesNotOpen));
        }
    }

    #[test]
    fn the_same_text_sealed_twice_looks_different() {
        let key = SealingKey::generate().unwrap();
        let seal = || seal(&key, Uuid::nil(), b"same").unwrap();
        assert_ne!(seal(), seal());
        assert_eq!(format!("{key:?}"), "SealingKey(hidden)");
    }
}
