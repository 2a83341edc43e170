//! What devices receive.
//!
//! A message is published with QoS 1, not retained, to the topic of the device or of a group of
//! them. Its properties are: content type `application/json`, payload format 1 (UTF-8), a response
//! topic, the key as correlation data, an expiry interval when the message expires, and the user
//! property `exercise` with `true` or `false`. Its payload is a JSON object:
//!
//! | field | meaning |
//! | --- | --- |
//! | `version` | 1. Fields may be added under this number; none changes its meaning |
//! | `key` | names the message. A device that has seen it before does nothing and answers again |
//! | `repeated` | whether an earlier try may have arrived |
//! | `subject` | one line, may be empty |
//! | `text` | what to show or to say, whole |
//! | `language` | what it is written in, a BCP 47 tag |
//! | `choices` | what can be answered: objects with `key` and `label`, in order; may be empty |
//! | `link` | a page to read and answer on; absent if there is none |
//! | `urgent` | whether it goes before others |
//! | `exercise` | whether it belongs to an exercise: a siren does not sound |
//! | `expires` | RFC 3339 in UTC; after this moment nobody needs it; absent if it does not expire |
//! | `reply_topic` | where to send [replies](crate::reply) |

use jiff::Timestamp;
use muster_contract::channel::{Choice, Failure, FailureKind, Outgoing};
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{Publish, PublishProperties};
use serde::Serialize;

/// The longest topic, in bytes.
pub const MAX_TOPIC: usize = 1_024;

/// The longest key, in characters.
pub const MAX_KEY: usize = 64;

/// The version of the contract.
pub const VERSION: u32 = 1;

/// The payload.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    key: &'a str,
    repeated: bool,
    subject: &'a str,
    text: &'a str,
    language: &'a str,
    choices: &'a [Choice],
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    urgent: bool,
    exercise: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<Timestamp>,
    reply_topic: &'a str,
}

/// The packet for a message at a moment.
pub(crate) fn packet(
    message: &Outgoing,
    reply_topic: &str,
    now: Timestamp,
) -> Result<Publish, Failure> {
    let topic = message.to.reveal();
    if !is_topic(topic) || topic == reply_topic {
        return Err(permanent("topic", "the address is not a topic that can be published to"));
    }
    if !is_key(&message.key) {
        return Err(permanent("key", "the key is not 1 to 64 of `a-z 0-9 -`"));
    }
    let expiry = message.expires.map(|expires| seconds_left(now, expires));
    if expiry == Some(0) {
        return Err(permanent("expired", "the message had expired before it could be published"));
    }
    let content = &message.content;
    let document = Document {
        version: VERSION,
        key: &message.key,
        repeated: message.repeated,
        subject: &content.subject,
        text: &content.text,
        language: &content.language,
        choices: &content.choices,
        link: content.link.as_deref(),
        urgent: message.urgent,
        exercise: content.exercise,
        expires: message.expires,
        reply_topic,
    };
    let payload = serde_json::to_vec(&document)
        .map_err(|_| permanent("json", "the message cannot be written as JSON"))?;
    let properties = PublishProperties {
        payload_format_indicator: Some(1),
        message_expiry_interval: expiry,
        response_topic: Some(reply_topic.to_owned()),
        correlation_data: Some(message.key.clone().into_bytes().into()),
        user_properties: vec![("exercise".to_owned(), content.exercise.to_string())],
        content_type: Some("application/json".to_owned()),
        ..PublishProperties::default()
    };
    Ok(Publish::new(topic, QoS::AtLeastOnce, payload, Some(properties)))
}

/// The packet that asks the broker for a sign of life. Nobody gets it: we are the only one on the
/// reply topic, and have asked not to get what we send ourselves.
pub(crate) fn canary(reply_topic: &str) -> Publish {
    let properties =
        PublishProperties { message_expiry_interval: Some(1), ..PublishProperties::default() };
    Publish::new(reply_topic, QoS::AtLeastOnce, "{}", Some(properties))
}

/// Whether a text can be published to: MQTT 5, section 4.7, without the names that brokers keep for
/// themselves.
pub(crate) fn is_topic(text: &str) -> bool {
    let forbidden = |c: char| matches!(c, '+' | '#') || c.is_control();
    (1..=MAX_TOPIC).contains(&text.len()) && !text.starts_with('$') && !text.contains(forbidden)
}

pub(crate) fn is_key(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=MAX_KEY).contains(&text.len()) && text.bytes().all(plain)
}

/// Whole seconds until it expires, rounded up; 0 when it has.
fn seconds_left(now: Timestamp, expires: Timestamp) -> u32 {
    let left = expires.duration_since(now);
    let up = i64::from(left.subsec_nanos() > 0);
    u32::try_from(left.as_secs().saturating_add(up).max(0)).unwrap_or(u32::MAX)
}

fn permanent(code: &str, says: &str) -> Failure {
    Failure::new(FailureKind::Permanent, code, says)
}

#[cfg(test)]
mod tests {
    use super::{is_topic, packet, seconds_left};
    use muster_contract::channel::{Address, Choice, Content, Outgoing};

    fn message() -> Outgoing {
        Outgoing {
            key: "n-17-2".to_owned(),
            to: Address::new("sirens/station-4"),
            content: Content {
                subject: "Flood".to_owned(),
                text: "EXERCISE Sound \"all clear\" at 18:00".to_owned(),
                link: Some("https://hub.example/n/17".to_owned()),
                choices: vec![Choice { key: "1".to_owned(), label: "Sounded".to_owned() }],
                language: "en".to_owned(),
                exercise: true,
            },
            expires: Some("2026-11-22T18:00:00Z".parse().unwrap()),
            urgent: true,
            repeated: false,
        }
    }

    #[test]
    fn a_device_receives_this_document() {
        let now = "2026-11-22T17:58:59.5Z".parse().unwrap();
        let packet = packet(&message(), "muster/replies/hub", now).unwrap();
        let document: serde_json::Value = serde_json::from_slice(&packet.payload).unwrap();
        insta::with_settings!({ sort_maps => true }, {
            insta::assert_json_snapshot!(document, @r#"
        {
          "choices": [
            {
              "key": "1",
              "label": "Sounded"
            }
          ],
          "exercise": true,
          "expires": "2026-11-22T18:00:00Z",
          "key": "n-17-2",
          "language": "en",
          "link": "https://hub.example/n/17",
          "repeated": false,
          "reply_topic": "muster/replies/hub",
          "subject": "Flood",
          "text": "EXERCISE Sound \"all clear\" at 18:00",
          "urgent": true,
          "version": 1
        }
        "#);
        });
        let properties = packet.properties.unwrap();
        assert_eq!(properties.message_expiry_interval, Some(61));
        assert_eq!(properties.correlation_data.unwrap(), "n-17-2");
        assert_eq!(properties.user_properties, [("exercise".to_owned(), "true".to_owned())]);
        assert_eq!(properties.response_topic.unwrap(), "muster/replies/hub");
    }

    #[test]
    fn what_has_expired_or_has_no_topic_is_not_sent() {
        let code = |message, now: &str| {
            packet(&message, "replies", now.parse().unwrap()).unwrap_err().to_string()
        };
        let with = |topic: &str| Outgoing { to: Address::new(topic), ..message() };
        let early = "2026-11-22T17:00:00Z";
        let all = [
            code(message(), "2026-11-22T18:00:00Z"),
            code(with("sirens/+"), early),
            code(with("replies"), early),
            code(Outgoing { key: "N 1".to_owned(), ..message() }, early),
        ];
        insta::assert_snapshot!(all.join("\n"), @"
        the message had expired before it could be published (`expired`)
        the address is not a topic that can be published to (`topic`)
        the address is not a topic that can be published to (`topic`)
        the key is not 1 to 64 of `a-z 0-9 -` (`key`)
        ");
    }

    #[test]
    fn a_topic_has_no_wildcards_and_is_not_the_brokers_own() {
        for good in ["a", "sirens/4", "/", "straße/4"] {
            assert!(is_topic(good), "{good}");
        }
        let long = "x".repeat(1_025);
        for bad in ["", "$SYS/x", "a/#", "+/b", "a\0b", "a\nb", &long] {
            assert!(!is_topic(bad), "{bad}");
        }
    }

    #[test]
    fn time_left_is_rounded_up_and_never_wraps() {
        let left = |a: &str, b: &str| seconds_left(a.parse().unwrap(), b.parse().unwrap());
        assert_eq!(left("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.001Z"), 1);
        assert_eq!(left("2026-01-01T00:00:01Z", "2026-01-01T00:00:00Z"), 0);
        assert_eq!(left("2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00Z"), 0);
        assert_eq!(left("2026-01-01T00:00:00Z", "9999-01-01T00:00:00Z"), u32::MAX);
    }
}
