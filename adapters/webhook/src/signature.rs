//! Signatures by the Standard Webhooks specification 1.0: HMAC-SHA256 over id, time and body.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use muster_contract::Secret;
use muster_contract::channel::Address;

/// The header that names the message.
pub const ID: &str = "webhook-id";
/// The header with the time of sending, in seconds since 1970.
pub const TIMESTAMP: &str = "webhook-timestamp";
/// The header with the signatures.
pub const SIGNATURE: &str = "webhook-signature";

/// What a secret begins with.
const PREFIX: &str = "whsec_";
/// The shortest and longest secret, in bytes, by the specification.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// How far the clocks of sender and receiver may be apart, in seconds.
const TOLERANCE: i64 = 5 * 60;
/// The most signatures that are tried on one message.
const SIGNATURES_MAX: usize = 16;

/// A key to sign with.
pub struct Key(Vec<u8>);

/// That a secret is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret of webhooks is `whsec_` and the Base64 of 24 to 64 random bytes")]
pub struct SecretError;

/// Why a message is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unbelievable {
    /// It was sent too long ago, in the future, or at no time at all.
    #[error("the message's time is not within five minutes of now")]
    Time,
    /// No signature is by a key that is ours.
    #[error("no signature of the message is by a known key")]
    Signature,
}

impl Key {
    /// Reads a secret.
    ///
    /// # Errors
    ///
    /// [`SecretError`] when it has not the form of one.
    pub fn read(secret: &Secret) -> Result<Self, SecretError> {
        let text = secret.reveal().strip_prefix(PREFIX).ok_or(SecretError)?;
        let bytes = STANDARD.decode(text).map_err(|_| SecretError)?;
        BYTES.contains(&bytes.len()).then_some(Self(bytes)).ok_or(SecretError)
    }

    /// The secret for this key.
    #[must_use]
    pub fn write(&self) -> Secret {
        Secret::new(format!("{PREFIX}{}", STANDARD.encode(&self.0)))
    }

    /// The key that one receiver knows.
    pub(crate) fn of(&self, receiver: &Address) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        Self(hmac::sign(&key, receiver.reveal().as_bytes()).as_ref().to_vec())
    }
}

/// The header with a signature by each key.
#[must_use]
pub fn sign(keys: &[Key], id: &str, timestamp: i64, body: &[u8]) -> String {
    let signed = signed(id, timestamp, body);
    let signatures = keys.iter().map(|Key(key)| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, key);
        format!("v1,{}", STANDARD.encode(hmac::sign(&key, &signed)))
    });
    signatures.collect::<Vec<_>>().join(" ")
}

/// Checks a message that came in, by its three headers and its body as it came.
///
/// # Errors
///
/// [`Unbelievable`] when it was not signed by one of the keys, or not now.
pub fn verify(
    keys: &[Key],
    id: &str,
    timestamp: &str,
    signatures: &str,
    body: &[u8],
    now: Timestamp,
) -> Result<(), Unbelievable> {
    let timestamp: i64 = timestamp.parse().map_err(|_| Unbelievable::Time)?;
    if now.as_second().abs_diff(timestamp) > TOLERANCE.unsigned_abs() {
        return Err(Unbelievable::Time);
    }
    let signed = signed(id, timestamp, body);
    let believed = signatures
        .split(' ')
        .take(SIGNATURES_MAX)
        .filter_map(|signature| STANDARD.decode(signature.strip_prefix("v1,")?).ok())
        .any(|signature| {
            keys.iter().any(|Key(key)| {
                let key = hmac::Key::new(hmac::HMAC_SHA256, key);
                hmac::verify(&key, &signed, &signature).is_ok()
            })
        });
    if believed { Ok(()) } else { Err(Unbelievable::Signature) }
}

fn signed(id: &str, timestamp: i64, body: &[u8]) -> Vec<u8> {
    let mut signed = format!("{id}.{timestamp}.").into_bytes();
    signed.extend_from_slice(body);
    signed
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use muster_contract::Secret;

    use super::{Key, SecretError, Unbelievable, sign, verify};

    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;

    fn key() -> Key {
        Key::read(&Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).unwrap()
    }

    /// The example that the libraries of the specification share.
    #[test]
    fn signatures_are_those_of_the_specification() {
        let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(sign(&[key()], ID, 1_614_265_330, BODY), signature);
    }

    #[test]
    fn a_message_is_believed_by_any_of_its_signatures_and_near_its_time_only() {
        let old = Key(vec![7; 32]);
        let signatures = sign(&[Key(vec![7; 32]), key()], ID, 1_614_265_330, BODY);
        let check = |keys: &[Key], time: &str, signatures: &str, body: &[u8], now: i64| {
            verify(keys, ID, time, signatures, body, Timestamp::from_second(now).unwrap())
        };
        let at = 1_614_265_330;
        assert_eq!(check(&[key()], "1614265330", &signatures, BODY, at), Ok(()));
        assert_eq!(check(&[old], "1614265330", &signatures, BODY, at - 300), Ok(()));
        let refused = Err(Unbelievable::Signature);
        assert_eq!(check(&[Key(vec![8; 32])], "1614265330", &signatures, BODY, at), refused);
        assert_eq!(check(&[key()], "1614265330", &signatures, b"{}", at), refused);
        assert_eq!(check(&[key()], "1614265331", &signatures, BODY, at), refused);
        assert_eq!(check(&[key()], "1614265330", "v1, v1a,AAAA , v1,=", BODY, at), refused);
        let late = Err(Unbelievable::Time);
        assert_eq!(check(&[key()], "1614265330", &signatures, BODY, at + 301), late);
        assert_eq!(check(&[key()], "-9223372036854775808", &signatures, BODY, at), late);
        assert_eq!(check(&[key()], "now", &signatures, BODY, at), late);
    }

    #[test]
    fn a_secret_that_is_too_short_or_of_another_kind_is_refused() {
        for secret in
            ["", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_*"]
        {
            assert_eq!(Key::read(&Secret::new(secret)).err(), Some(SecretError), "{secret}");
        }
    }
}
