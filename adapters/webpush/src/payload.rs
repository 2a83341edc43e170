//! What the service worker of the page gets, as JSON. Pages rely on it: fields are added, never
//! changed.
//!
//! ```json
//! {
//!   "key": "0190-callout-7",
//!   "title": "Callout",
//!   "body": "Report to Station 4.",
//!   "link": "https://hub.example.org/a/x",
//!   "choices": [{ "key": "1", "label": "I am coming" }],
//!   "language": "en",
//!   "exercise": false,
//!   "urgent": true,
//!   "repeated": false,
//!   "cut": false
//! }
//! ```
//!
//! Push services take 4,096 bytes. A longer text is cut at the end of a word and says so by an
//! ellipsis and `cut`; the whole is behind the link, which is never cut.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use muster_contract::channel::{Choice, Outgoing};
use serde::Serialize;

use crate::encrypt::PLAIN_MAX;
use crate::subscription::BASE64;

/// The longest title that is sent, in characters; no system shows more.
const TITLE_MAX: usize = 120;

#[derive(Serialize)]
struct Payload<'a> {
    key: &'a str,
    title: String,
    body: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    choices: &'a [Choice],
    language: &'a str,
    exercise: bool,
    urgent: bool,
    repeated: bool,
    cut: bool,
}

/// The JSON of a message, as much of it as fits; nothing if not even its link does.
#[must_use]
pub fn write(message: &Outgoing) -> Option<Vec<u8>> {
    let content = &message.content;
    let mut payload = Payload {
        key: &message.key,
        title: content.subject.clone(),
        body: content.text.clone(),
        link: content.link.as_deref(),
        choices: &content.choices,
        language: &content.language,
        exercise: content.exercise,
        urgent: message.urgent,
        repeated: message.repeated,
        cut: false,
    };
    if let Some((end, _)) = payload.title.char_indices().nth(TITLE_MAX) {
        payload.title = cut(&payload.title, end);
        payload.cut = true;
    }
    loop {
        let json = serde_json::to_vec(&payload).ok()?;
        let Some(over) = json.len().checked_sub(PLAIN_MAX).filter(|over| *over > 0) else {
            return Some(json);
        };
        payload.cut = true;
        if !payload.body.is_empty() {
            // Each byte that goes is one less at least, and the ellipsis is three more.
            payload.body = cut(&payload.body, payload.body.len().saturating_sub(over + 3));
        } else if !payload.choices.is_empty() {
            // The page behind the link has them.
            payload.choices = &[];
        } else {
            return None;
        }
    }
}

/// The name under which a push service replaces a message that waits by its repetition: 32
/// characters of Base64 (RFC 8030 section 5.4).
pub(crate) fn topic(key: &str) -> String {
    let hash = digest(&SHA256, key.as_bytes());
    BASE64.encode(hash.as_ref().get(..24).unwrap_or_default())
}

/// A text up to some byte, without the word that is cut, and an ellipsis; nothing if nothing is left.
fn cut(text: &str, end: usize) -> String {
    let kept = text.get(..text.floor_char_boundary(end)).unwrap_or_default();
    // A text without spaces is cut anywhere.
    let kept = kept.rfind(char::is_whitespace).and_then(|end| kept.get(..end)).unwrap_or(kept);
    let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || c == '…');
    if kept.is_empty() { String::new() } else { format!("{kept}…") }
}

#[cfg(test)]
mod tests {
    use muster_contract::channel::{Address, Choice, Content, Outgoing};
    use proptest::prelude::*;

    use super::{PLAIN_MAX, cut, write};

    fn message(subject: &str, text: &str, link: &str, label: &str) -> Outgoing {
        Outgoing {
            key: "k-1".to_owned(),
            to: Address::new(""),
            content: Content {
                subject: subject.to_owned(),
                text: text.to_owned(),
                link: Some(link.to_owned()),
                choices: vec![Choice { key: "1".to_owned(), label: label.to_owned() }],
                language: "en".to_owned(),
                exercise: true,
            },
            expires: None,
            urgent: true,
            repeated: false,
        }
    }

    #[test]
    fn a_text_is_cut_at_a_word() {
        assert_eq!(cut("Leave the area now", 12), "Leave the…");
        assert_eq!(cut("Überschwemmung", 5), "Übers".get(..5).unwrap().to_owned() + "…");
        assert_eq!(cut("漢字漢字", 4), "漢…");
        assert_eq!(cut("word", 0), "");
    }

    #[test]
    fn a_link_that_fills_the_message_leaves_none() {
        assert!(write(&message("s", "t", &"x".repeat(5_000), "label")).is_none());
        assert!(write(&message("s", "t", "x", &"label ".repeat(2_000))).is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn every_message_fits_and_keeps_its_link_and_its_exercise_mark(
            subject in "[a-z \"\u{1}é漢]{0,300}",
            text in "([a-z \"\n\u{1}é漢]{0,3000}){0,3}",
            label in "[a-z\"é]{0,500}",
        ) {
            let json = write(&message(&subject, &text, "https://hub.example.org/a/x", &label)).unwrap();
            prop_assert!(json.len() <= PLAIN_MAX);
            let read: serde_json::Value = serde_json::from_slice(&json).unwrap();
            prop_assert_eq!(&read["link"], "https://hub.example.org/a/x");
            prop_assert_eq!(&read["exercise"], true);
            let body = read["body"].as_str().unwrap();
            let whole = body == text && read["title"] == subject.as_str();
            prop_assert_eq!(&read["cut"], !whole);
            prop_assert!(text.starts_with(body.trim_end_matches('…')));
        }
    }
}
