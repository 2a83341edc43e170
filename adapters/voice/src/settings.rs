//! What is to be set for a provider, and what is refused.

use std::collections::BTreeMap;

use muster_contract::Secret;
use reqwest::Url;
use serde::Deserialize;

use crate::speech::{Phrases, Speech};

/// How to reach one provider, as whom, and how calls are made.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where its API is; `https`, or `http` on this machine. Default: `https://api.twilio.com`.
    #[serde(default = "base_url")]
    pub base_url: String,
    /// The account, `AC` and so on.
    pub account_sid: String,
    /// The account's token: it opens the API, and signs what the provider tells us.
    pub auth_token: Secret,
    /// The number that calls, E.164 with `+`.
    pub from: String,
    /// Where this hub takes what the provider tells, as the provider reaches it: without a query.
    pub callback_url: String,
    /// How long it may ring, in seconds: 5 to 600.
    #[serde(default = "ring_seconds")]
    pub ring_seconds: u16,
    /// How long to wait for a key after the message was read, in seconds: 1 to 60.
    #[serde(default = "key_seconds")]
    pub key_seconds: u16,
    /// Whether the provider is to find out if a person or a machine has answered. Without it, a
    /// mailbox that picks up counts as delivered.
    #[serde(default = "machine_detection")]
    pub machine_detection: bool,
    /// How long connecting may take, in seconds: 1 to 60.
    #[serde(default = "connect_seconds")]
    pub connect_seconds: u16,
    /// How long the provider may take to answer, in seconds: 1 to 120.
    #[serde(default = "answer_seconds")]
    pub answer_seconds: u16,
    /// How languages are spoken, by BCP 47 tag, before what is built in.
    #[serde(default)]
    pub speech: BTreeMap<String, Speech>,
    /// The sentences of a call, by language, before what is built in.
    #[serde(default)]
    pub phrases: BTreeMap<String, Phrases>,
}

/// That settings will not do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSettings {
    /// An address is not of the right form.
    #[error("`{0}` must be an `https` URL (or `http` on this machine) without query or password")]
    Url(&'static str),
    /// The account is not of the right form.
    #[error("`account_sid` must be 1 to 64 letters and digits")]
    Account,
    /// The number that calls is not of the right form.
    #[error("`from` must be a telephone number with `+` and its country")]
    From,
    /// A number is out of its range.
    #[error("`{name}` must be from {least} to {most}")]
    Range {
        /// The setting.
        name: &'static str,
        /// The smallest value.
        least: u16,
        /// The largest value.
        most: u16,
    },
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be set up: {0}")]
    Client(String),
}

impl Settings {
    /// Finds everything right, or says what is not.
    pub(crate) fn check(&self) -> Result<(), BadSettings> {
        for (name, url) in [("base_url", &self.base_url), ("callback_url", &self.callback_url)] {
            if !is_address(url) {
                return Err(BadSettings::Url(name));
            }
        }
        if !is_id(&self.account_sid) {
            return Err(BadSettings::Account);
        }
        if !is_number(&self.from) {
            return Err(BadSettings::From);
        }
        within("ring_seconds", self.ring_seconds, 5, 600)?;
        within("key_seconds", self.key_seconds, 1, 60)?;
        within("connect_seconds", self.connect_seconds, 1, 60)?;
        within("answer_seconds", self.answer_seconds, 1, 120)
    }
}

/// Whether a text is a telephone number by E.164, with `+`.
pub(crate) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text can be a name that the provider gives to a thing.
pub(crate) fn is_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    (1..=MAX_ID).contains(&text.len()) && text.bytes().all(plain)
}

/// The token must not be sent in the clear to another machine.
fn is_address(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let safe = url.scheme() == "https" || (url.scheme() == "http" && here);
    let bare = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    safe && bare && url.password().is_none() && text.len() <= MAX_URL
}

fn within(name: &'static str, value: u16, least: u16, most: u16) -> Result<(), BadSettings> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(BadSettings::Range { name, least, most })
}

const MAX_ID: usize = 64;
const MAX_URL: usize = 1_000;

fn base_url() -> String {
    "https://api.twilio.com".to_owned()
}

fn ring_seconds() -> u16 {
    30
}

fn key_seconds() -> u16 {
    8
}

fn machine_detection() -> bool {
    true
}

fn connect_seconds() -> u16 {
    5
}

fn answer_seconds() -> u16 {
    15
}

#[cfg(test)]
mod tests {
    use super::{Settings, is_address, is_number};

    #[test]
    fn a_token_does_not_print_and_goes_in_the_clear_nowhere_else() {
        let json = r#"{"account_sid":"AC1","auth_token":"hunter2","from":"+12025550143",
            "callback_url":"https://hub.example/voice"}"#;
        let settings: Settings = serde_json::from_str(json).unwrap();
        settings.check().unwrap();
        assert!(!format!("{settings:?}").contains("hunter2"));
        let good =
            ["https://api.example", "https://api.example/x", "http://127.0.0.1:80", "http://[::1]"];
        let bad = ["http://api.example", "ftp://x", "https://u:p@x", "https://x/?a=1", "x", ""];
        assert!(good.iter().all(|url| is_address(url)) && !bad.iter().any(|url| is_address(url)));
    }

    #[test]
    fn a_number_has_its_country_and_digits_alone() {
        assert!(["+12025550143", "+4930123456"].iter().all(|number| is_number(number)));
        let bad =
            ["12025550143", "+1 202", "+0123456789", "+123", "+1234567890123456", "sip:x", ""];
        assert!(!bad.iter().any(|number| is_number(number)));
    }
}
