//! What an address of each channel has to look like. Each gives it as it is kept, or nothing.

use serde::Deserialize;
use url::Url;

const TOPIC_BYTES_MAX: usize = 256;
const URL_CHARS_MAX: usize = 1_000;
const MAILBOX_CHARS_MAX: usize = 254;
const LOCAL_PART_CHARS_MAX: usize = 64;
const LANGUAGE_CHARS_MAX: usize = 35;
const SUBSCRIPTION_BYTES_MAX: usize = 2_000;

/// A telephone number in international form (ITU-T E.164): `+` and 7 to 15 digits. What people
/// write between the digits is left out.
pub(super) fn number(text: &str) -> Option<String> {
    let digits = text.strip_prefix('+')?;
    let between = |char: &char| !matches!(char, ' ' | '\u{a0}' | '-' | '.' | '(' | ')' | '/');
    let digits: String = digits.chars().filter(between).collect();
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    (is_number && (7..=15).contains(&digits.len())).then(|| format!("+{digits}"))
}

/// A mailbox (RFC 5321 section 4.1.2, without quoted local parts and address literals).
pub(super) fn mailbox(text: &str) -> Option<String> {
    let (local, domain) = text.rsplit_once('@')?;
    let atom = |part: &str| {
        let allowed =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
        !part.is_empty() && part.bytes().all(allowed)
    };
    let label = |part: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let edges = part.starts_with('-') || part.ends_with('-');
        (1..=63).contains(&part.len()) && !edges && part.bytes().all(allowed)
    };
    let fits = text.len() <= MAILBOX_CHARS_MAX && local.len() <= LOCAL_PART_CHARS_MAX;
    (fits && local.split('.').all(atom) && domain.split('.').all(label)).then(|| text.to_owned())
}

/// A topic that can be published to (MQTT 5 section 4.7).
pub(super) fn topic(text: &str) -> Option<String> {
    let fits = (1..=TOPIC_BYTES_MAX).contains(&text.len()) && !text.starts_with('$');
    let allowed = |char: char| !matches!(char, '+' | '#') && !char.is_control();
    (fits && text.chars().all(allowed)).then(|| text.to_owned())
}

/// Where a system can be posted to. A password in it would be a secret in a place for addresses.
pub(super) fn url(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (is_plain && is_web && text.len() <= URL_CHARS_MAX).then(|| url.into())
}

/// The subscription of a browser (W3C Push API, `PushSubscription.toJSON`).
pub(super) fn subscription(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Subscription {
        endpoint: Url,
        keys: Keys,
    }
    #[derive(Deserialize)]
    struct Keys {
        p256dh: String,
        auth: String,
    }
    if text.len() > SUBSCRIPTION_BYTES_MAX {
        return None;
    }
    let Subscription { endpoint, keys } = serde_json::from_str(text).ok()?;
    let is_base64 = |key: &str| {
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_=+/".contains(&b))
    };
    let is_whole = is_base64(&keys.p256dh) && is_base64(&keys.auth);
    (is_whole && matches!(endpoint.scheme(), "http" | "https")).then(|| text.to_owned())
}

/// A language tag (BCP 47), by its shape.
pub(super) fn language(text: &str) -> Option<String> {
    let text = text.trim();
    let (first, rest) =
        text.split_once('-').map_or((text, None), |(first, rest)| (first, Some(rest)));
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let is_first = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let is_tag = is_first && rest.is_none_or(|rest| rest.split('-').all(part));
    (is_tag && text.len() <= LANGUAGE_CHARS_MAX).then(|| text.to_owned())
}
