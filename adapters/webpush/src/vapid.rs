//! Who pushes: a key pair of the hub, to whose public half browsers subscribe (RFC 8292).

use aws_lc_rs::agreement::{self, ECDH_P256};
use aws_lc_rs::encoding::{AsBigEndian, EcPrivateKeyBin};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine;
use jiff::Timestamp;
use muster_contract::Secret;
use serde::Serialize;

use crate::subscription::BASE64;

/// How long a token is good, in seconds. RFC 8292 section 2 allows a day, and clocks differ.
const GOOD: i64 = 12 * 3_600;
/// The longest contact.
const CONTACT_MAX: usize = 200;

/// A key to push under, and whom to write to about it.
pub struct Vapid {
    pair: EcdsaKeyPair,
    public: String,
    contact: String,
}

/// What is wrong with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VapidError {
    /// The key is none.
    #[error("the key is not 32 bytes of a P-256 private key in unpadded URL-safe Base64")]
    Key,
    /// The contact is none.
    #[error("the contact must begin with `mailto:` or `https:`")]
    Contact,
}

#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    exp: i64,
    sub: &'a str,
}

impl Vapid {
    /// A key as other makers' tools write it (32 bytes in URL-safe Base64), and a contact for push
    /// services (`mailto:` or `https:`).
    ///
    /// # Errors
    ///
    /// [`VapidError`] when one of them cannot be used.
    pub fn new(key: &Secret, contact: &str) -> Result<Self, VapidError> {
        let contact_form = contact.starts_with("mailto:") || contact.starts_with("https:");
        if !contact_form || contact.len() > CONTACT_MAX {
            return Err(VapidError::Contact);
        }
        let bytes = BASE64.decode(key.reveal()).map_err(|_| VapidError::Key)?;
        let public = agreement::PrivateKey::from_private_key(&ECDH_P256, &bytes)
            .and_then(|key| key.compute_public_key().map_err(|_| unusable()))
            .map_err(|_| VapidError::Key)?;
        let pair = EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            &bytes,
            public.as_ref(),
        )
        .map_err(|_| VapidError::Key)?;
        Ok(Self { pair, public: BASE64.encode(public.as_ref()), contact: contact.to_owned() })
    }

    /// The public half, which pages pass to `pushManager.subscribe` as `applicationServerKey`.
    #[must_use]
    pub fn public_key(&self) -> &str {
        &self.public
    }

    /// The header `Authorization` for a push service.
    pub(crate) fn authorize(&self, origin: &str, now: Timestamp) -> String {
        let claims =
            Claims { aud: origin, exp: now.as_second().saturating_add(GOOD), sub: &self.contact };
        #[expect(clippy::expect_used, reason = "texts and numbers always have a JSON")]
        let claims = serde_json::to_vec(&claims).expect("claims are JSON");
        let header = BASE64.encode(br#"{"typ":"JWT","alg":"ES256"}"#);
        let signed = format!("{header}.{}", BASE64.encode(claims));
        #[expect(clippy::expect_used, reason = "fails only if the machine has no randomness")]
        let signature =
            self.pair.sign(&SystemRandom::new(), signed.as_bytes()).expect("a signature is made");
        format!("vapid t={signed}.{}, k={}", BASE64.encode(signature.as_ref()), self.public)
    }
}

/// A new key, for the hub to keep: with another one, all subscriptions are lost.
///
/// # Panics
///
/// If the machine has no randomness.
#[must_use]
pub fn new_key() -> Secret {
    let bytes = agreement::PrivateKey::generate(&ECDH_P256).ok().and_then(|key| {
        let bytes: EcPrivateKeyBin<'static> = key.as_be_bytes().ok()?;
        Some(BASE64.encode(bytes.as_ref()))
    });
    #[expect(clippy::expect_used, reason = "fails only if the machine has no randomness")]
    Secret::new(bytes.expect("a key is made"))
}

fn unusable() -> aws_lc_rs::error::KeyRejected {
    aws_lc_rs::error::KeyRejected::from(aws_lc_rs::error::Unspecified)
}

#[cfg(test)]
mod tests {
    use muster_contract::Secret;

    use super::{Vapid, VapidError, new_key};

    #[test]
    fn a_key_that_is_none_is_refused() {
        let contact = "mailto:it@example.org";
        assert!(Vapid::new(&new_key(), contact).is_ok());
        assert_eq!(Vapid::new(&new_key(), "it@example.org").err(), Some(VapidError::Contact));
        // Too short, zero, and larger than the order of the curve.
        for key in ["", "AAAA", &"A".repeat(43), &format!("{}8", "_".repeat(42)), "*"] {
            assert_eq!(
                Vapid::new(&Secret::new(key), contact).err(),
                Some(VapidError::Key),
                "{key}"
            );
        }
    }

    /// RFC 8291 appendix A names the public half of this key.
    #[test]
    fn the_public_key_is_the_private_ones() {
        let key = Secret::new("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        assert_eq!(
            Vapid::new(&key, "mailto:it@example.org").unwrap().public_key(),
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
        );
    }
}
