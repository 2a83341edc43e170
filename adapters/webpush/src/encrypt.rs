//! The encryption of a message for one browser: RFC 8291, which is RFC 8188 with keys agreed by ECDH.

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use aws_lc_rs::rand;

use crate::subscription::{POINT, Subscription};

/// The largest message that every push service takes (RFC 8030 section 7.2), encrypted.
const BODY_MAX: usize = 4_096;
/// What stands before the encrypted bytes: salt, record size, length of the key, key.
const HEADER: usize = 16 + 4 + 1 + POINT;
/// What encryption adds: the mark of the last record, and the tag.
const ADDED: usize = 1 + 16;
/// The largest message before it is encrypted.
pub(crate) const PLAIN_MAX: usize = BODY_MAX - HEADER - ADDED;

/// The body of the request; nothing if the browser's key is none or the message is too large.
pub(crate) fn encrypt(subscription: &Subscription, plain: &[u8]) -> Option<Vec<u8>> {
    let mut salt = [0; 16];
    rand::fill(&mut salt).ok()?;
    encrypt_with(subscription, plain, &PrivateKey::generate(&ECDH_P256).ok()?, salt)
}

fn encrypt_with(
    subscription: &Subscription,
    plain: &[u8],
    key: &PrivateKey,
    salt: [u8; 16],
) -> Option<Vec<u8>> {
    if plain.len() > PLAIN_MAX {
        return None;
    }
    let own = key.compute_public_key().ok()?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, &subscription.key);
    // RFC 8291 section 3.4: the input keying material, then the key and nonce of RFC 8188.
    let material = agree(key, theirs, (), |shared| {
        let info = [b"WebPush: info\0".as_slice(), &subscription.key, own.as_ref()].concat();
        derive::<32>(&subscription.auth, shared, &info).ok_or(())
    })
    .ok()?;
    let content_key = derive::<16>(&salt, &material, b"Content-Encoding: aes128gcm\0")?;
    let nonce = derive::<12>(&salt, &material, b"Content-Encoding: nonce\0")?;

    // One record, which is the last.
    let mut record = plain.to_vec();
    record.push(2);
    LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &content_key).ok()?)
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record)
        .ok()?;

    let mut body = Vec::with_capacity(HEADER + record.len());
    body.extend_from_slice(&salt);
    body.extend_from_slice(&u32::try_from(BODY_MAX).ok()?.to_be_bytes());
    body.push(u8::try_from(own.as_ref().len()).ok()?);
    body.extend_from_slice(own.as_ref());
    body.extend_from_slice(&record);
    Some(body)
}

/// HKDF with SHA-256 (RFC 5869), both steps.
fn derive<const N: usize>(salt: &[u8], material: &[u8], info: &[u8]) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    Salt::new(HKDF_SHA256, salt)
        .extract(material)
        .expand(&[info], Length(N))
        .and_then(|okm| okm.fill(&mut bytes))
        .ok()?;
    Some(bytes)
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
    use base64::Engine;

    use super::{PLAIN_MAX, encrypt, encrypt_with};
    use crate::subscription::{BASE64, Subscription};

    fn subscription() -> Subscription {
        Subscription::read(
            r#"{"endpoint":"https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV","keys":{
                "p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                "auth":"BTBZMqHH6r4Tts7J_aSIgg"}}"#,
        )
        .unwrap()
    }

    /// RFC 8291 appendix A.
    #[test]
    fn the_encryption_is_that_of_the_rfc() {
        let decode = |text: &str| BASE64.decode(text).unwrap();
        let key = decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        let key = PrivateKey::from_private_key(&ECDH_P256, &key).unwrap();
        let salt = decode("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let plain = b"When I grow up, I want to be a watermelon";
        let body = encrypt_with(&subscription(), plain, &key, salt).unwrap();
        assert_eq!(
            BASE64.encode(body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAm\
             S6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_\
             Qulcy4a-fN"
        );
    }

    #[test]
    fn the_largest_body_is_what_every_push_service_takes() {
        assert_eq!(encrypt(&subscription(), &[b'x'; PLAIN_MAX]).unwrap().len(), 4_096);
        assert!(encrypt(&subscription(), &[b'x'; PLAIN_MAX + 1]).is_none());
    }

    #[test]
    fn a_key_that_is_not_on_the_curve_is_refused() {
        let mut subscription = subscription();
        subscription.key[64] ^= 1;
        assert!(encrypt(&subscription, b"x").is_none());
    }
}
