//! The subscription of a browser: where its push service is, and how to encrypt for it.

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use reqwest::Url;
use serde::Deserialize;

/// The largest JSON of a subscription; real ones are under 1 kB.
const JSON_MAX: usize = 4_096;
/// The length of an uncompressed point on P-256.
pub(crate) const POINT: usize = 65;
/// The length of the shared secret (RFC 8291 section 3.2).
const AUTH: usize = 16;

/// Base64 for URLs, as browsers write it: without padding, or with.
pub(crate) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A subscription that has been read. What it holds is a person's, so it has no `Debug`.
pub struct Subscription {
    pub(crate) endpoint: String,
    /// The scheme, host and port of the push service.
    pub(crate) origin: String,
    pub(crate) key: [u8; POINT],
    pub(crate) auth: [u8; AUTH],
}

#[derive(Deserialize)]
struct Json {
    endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

impl Subscription {
    /// Reads what `JSON.stringify(subscription)` gives in a browser. Fields of other names are left
    /// alone.
    #[must_use]
    pub fn read(json: &str) -> Option<Self> {
        if json.len() > JSON_MAX {
            return None;
        }
        let json: Json = serde_json::from_str(json).ok()?;
        let url = Url::parse(&json.endpoint).ok()?;
        let origin = url.origin();
        let key: [u8; POINT] = BASE64.decode(json.keys.p256dh).ok()?.try_into().ok()?;
        let auth = BASE64.decode(json.keys.auth).ok()?.try_into().ok()?;
        let usable = origin.is_tuple() && matches!(url.scheme(), "https" | "http");
        // An uncompressed point begins with 4 (SEC 1 section 2.3.3).
        (usable && key.first() == Some(&4)).then(|| Self {
            origin: origin.ascii_serialization(),
            endpoint: json.endpoint,
            key,
            auth,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Subscription;

    const KEY: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

    fn read(endpoint: &str, key: &str, auth: &str) -> Option<String> {
        let json = format!(
            r#"{{"endpoint":"{endpoint}","expirationTime":null,"keys":{{"p256dh":"{key}","auth":"{auth}"}}}}"#
        );
        Subscription::read(&json).map(|subscription| subscription.origin)
    }

    #[test]
    fn only_what_a_browser_gives_is_a_subscription() {
        let auth = "BTBZMqHH6r4Tts7J_aSIgg";
        let url = "https://push.example.net:8443/s/1?x=y";
        assert_eq!(read(url, KEY, auth).as_deref(), Some("https://push.example.net:8443"));
        assert!(read(url, &format!("{KEY}="), &format!("{auth}==")).is_some());
        assert!(read("data:text/plain,x", KEY, auth).is_none());
        assert!(read("push.example.net", KEY, auth).is_none());
        assert!(read(url, &KEY[..80], auth).is_none());
        assert!(read(url, &KEY.replacen('B', "A", 1), auth).is_none());
        assert!(read(url, KEY, "AAAA").is_none());
        assert!(read(&format!("https://x/{}", "a".repeat(5_000)), KEY, auth).is_none());
        assert!(Subscription::read("[]").is_none());
    }
}
