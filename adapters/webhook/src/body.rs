//! What is posted to a receiver. Receivers rely on it: fields are added, never changed.
//!
//! ```json
//! {
//!   "type": "message",
//!   "timestamp": "2026-03-01T06:00:00Z",
//!   "data": {
//!     "key": "0190-callout-7",
//!     "subject": "Callout",
//!     "text": "Report to Station 4.",
//!     "link": "https://hub.example.org/a/x",
//!     "choices": [{ "key": "1", "label": "I am coming" }],
//!     "language": "en",
//!     "exercise": false,
//!     "urgent": true,
//!     "expires": "2026-03-01T07:00:00Z",
//!     "repeated": false
//!   }
//! }
//! ```
//!
//! `key` is also the header `webhook-id`: a message with a key that was seen before is the same
//! message. `repeated` says that it may have been sent before. `link` and `expires` are left out
//! where there is none. `exercise` must not be ignored: the text says it too.

use jiff::Timestamp;
use muster_contract::channel::{Choice, Outgoing};
use serde::Serialize;

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    timestamp: String,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    key: &'a str,
    subject: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    choices: &'a [Choice],
    language: &'a str,
    exercise: bool,
    urgent: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
    repeated: bool,
}

/// The JSON of a message that is sent at this time.
#[must_use]
pub fn write(message: &Outgoing, now: Timestamp) -> Vec<u8> {
    let content = &message.content;
    let body = Body {
        kind: "message",
        timestamp: now.to_string(),
        data: Data {
            key: &message.key,
            subject: &content.subject,
            text: &content.text,
            link: content.link.as_deref(),
            choices: &content.choices,
            language: &content.language,
            exercise: content.exercise,
            urgent: message.urgent,
            expires: message.expires.map(|time| time.to_string()),
            repeated: message.repeated,
        },
    };
    #[expect(clippy::expect_used, reason = "texts and booleans always have a JSON")]
    serde_json::to_vec(&body).expect("a body is JSON")
}
