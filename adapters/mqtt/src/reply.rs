//! What devices send back.
//!
//! A reply is published to the reply topic with QoS 1, not retained. Its payload is a JSON object
//! of at most 4,096 bytes. Fields that are not named here are passed over.
//!
//! | field | meaning |
//! | --- | --- |
//! | `key` | the message that it is about; may be left out if the correlation data is the key |
//! | `state` | a receipt: `accepted`, `delivered`, `failed`, `busy` (not now, try again), `expired` |
//! | `code` | the device's own word on that state, up to 64 printable ASCII characters |
//! | `answer` | an answer: the key of a choice, or a text, up to 500 characters |
//! | `id` | names the answer, so that one that comes twice counts once, up to 64 characters |
//! | `from` | who answers: the topic of the device |
//!
//! A reply has `state` or `answer`, not both. Examples: `{"key":"n-17-2","state":"delivered"}`,
//! `{"key":"n-17-2","answer":"1","id":"7","from":"sirens/station-4"}`.

use muster_contract::channel::{Address, FailureKind, Incoming, Receipt, ReceiptState, Reply};
use rumqttc::v5::mqttbytes::v5::Publish;
use serde::Deserialize;

use crate::message::{MAX_TOPIC, is_key};

/// The largest reply, in bytes.
pub const MAX_REPLY: usize = 4_096;

/// The longest answer, in characters.
pub const MAX_ANSWER: usize = 500;

/// The longest code or id, in characters.
pub const MAX_WORD: usize = 64;

/// Why a reply was dropped. It names nothing that the reply said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Garbage {
    #[error("it is not on the reply topic")]
    Topic,
    #[error("it is larger than 4,096 bytes")]
    Large,
    #[error("it is not a JSON object of the right form")]
    Form,
    #[error("it does not name a message, or names two")]
    Key,
    #[error("it has neither a state nor an answer, or both")]
    Kind,
    #[error("a part of it is too long or has characters that it may not have")]
    Part,
}

#[derive(Deserialize)]
struct Document {
    key: Option<String>,
    state: Option<State>,
    code: Option<String>,
    answer: Option<String>,
    id: Option<String>,
    from: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Accepted,
    Delivered,
    Failed,
    Busy,
    Expired,
}

/// What a packet on the reply topic says.
pub(crate) fn read(packet: &Publish, reply_topic: &str) -> Result<Incoming, Garbage> {
    if packet.topic != reply_topic {
        return Err(Garbage::Topic);
    }
    if packet.payload.len() > MAX_REPLY {
        return Err(Garbage::Large);
    }
    let said: Document = serde_json::from_slice(&packet.payload).map_err(|_| Garbage::Form)?;
    let key = key(packet, said.key)?;
    let words = [&said.code, &said.id];
    if !words.into_iter().flatten().all(|word| is_word(word)) {
        return Err(Garbage::Part);
    }
    match (said.state, said.answer) {
        (Some(state), None) => {
            let state = meaning(state);
            Ok(Incoming::Receipt(Receipt { reference: key, state, code: said.code }))
        }
        (None, Some(answer)) => {
            let from = said.from.unwrap_or_default();
            if from.len() > MAX_TOPIC || answer.chars().count() > MAX_ANSWER {
                return Err(Garbage::Part);
            }
            let from = Address::new(from);
            Ok(Incoming::Reply(Reply {
                from,
                text: answer,
                reference: said.id,
                answers: Some(key),
            }))
        }
        _ => Err(Garbage::Kind),
    }
}

/// The message that it is about, by the payload and by the correlation data: they must not differ.
fn key(packet: &Publish, said: Option<String>) -> Result<String, Garbage> {
    let data = packet.properties.as_ref().and_then(|all| all.correlation_data.as_ref());
    let data = data.and_then(|data| std::str::from_utf8(data).ok());
    let key = match (said, data) {
        (Some(said), Some(data)) if said != data => return Err(Garbage::Key),
        (Some(said), _) => said,
        (None, Some(data)) => data.to_owned(),
        (None, None) => return Err(Garbage::Key),
    };
    if is_key(&key) { Ok(key) } else { Err(Garbage::Key) }
}

fn meaning(state: State) -> ReceiptState {
    match state {
        State::Accepted => ReceiptState::Accepted,
        State::Delivered => ReceiptState::Delivered,
        State::Failed => ReceiptState::Failed(FailureKind::Permanent),
        State::Busy => ReceiptState::Failed(FailureKind::Temporary),
        State::Expired => ReceiptState::Expired,
    }
}

fn is_word(text: &str) -> bool {
    (1..=MAX_WORD).contains(&text.len()) && text.bytes().all(|b| (b' '..=b'~').contains(&b))
}

#[cfg(test)]
mod tests {
    use super::read;
    use muster_contract::channel::Incoming;
    use proptest::prelude::*;
    use rumqttc::v5::mqttbytes::QoS;
    use rumqttc::v5::mqttbytes::v5::{Publish, PublishProperties};

    fn said(payload: &[u8], correlation: Option<&'static str>) -> String {
        let properties = correlation.map(|key| PublishProperties {
            correlation_data: Some(key.into()),
            ..PublishProperties::default()
        });
        let packet = Publish::new("r", QoS::AtLeastOnce, payload.to_vec(), properties);
        match read(&packet, "r") {
            Ok(Incoming::Receipt(receipt)) => {
                format!("{} is {:?} {:?}", receipt.reference, receipt.state, receipt.code)
            }
            Ok(Incoming::Reply(reply)) => format!(
                "{:?} answers {:?} to {:?} ({:?})",
                reply.from.reveal(),
                reply.text,
                reply.answers,
                reply.reference
            ),
            Err(garbage) => garbage.to_string(),
        }
    }

    #[test]
    fn a_reply_is_a_receipt_or_an_answer_and_all_else_is_garbage() {
        let long = format!(r#"{{"key":"k","answer":"{}"}}"#, "é".repeat(501));
        let huge = " ".repeat(4_097);
        let all: &[(&str, Option<&'static str>)] = &[
            (r#"{"key":"n-1","state":"delivered"}"#, None),
            (r#"{"state":"failed","code":"battery low"}"#, Some("n-1")),
            (r#"{"key":"n-1","state":"busy"}"#, Some("n-1")),
            (r#"{"key":"n-1","state":"expired","temperature":21}"#, None),
            (r#"{"key":"n-1","answer":"1","id":"7","from":"sirens/4"}"#, None),
            (r#"{"key":"n-1","answer":"¿qué?"}"#, None),
            (r#"{"key":"n-1","state":"delivered"}"#, Some("n-2")),
            (r#"{"state":"delivered"}"#, None),
            (r#"{"key":"N 1","state":"delivered"}"#, None),
            (r#"{"key":"n-1"}"#, None),
            (r#"{"key":"n-1","state":"delivered","answer":"1"}"#, None),
            (r#"{"key":"n-1","state":"exploded"}"#, None),
            (r#"{"key":"n-1","state":"failed","code":"a\nb"}"#, None),
            (r#"{"key":7,"state":"failed"}"#, None),
            (r#"["n-1"]"#, None),
            ("", None),
            (&long, None),
            (&huge, None),
        ];
        let lines: Vec<_> = all.iter().map(|(text, key)| said(text.as_bytes(), *key)).collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        n-1 is Delivered None
        n-1 is Failed(Permanent) Some("battery low")
        n-1 is Failed(Temporary) None
        n-1 is Expired None
        "sirens/4" answers "1" to Some("n-1") (Some("7"))
        "" answers "¿qué?" to Some("n-1") (None)
        it does not name a message, or names two
        it does not name a message, or names two
        it does not name a message, or names two
        it has neither a state nor an answer, or both
        it has neither a state nor an answer, or both
        it is not a JSON object of the right form
        a part of it is too long or has characters that it may not have
        it is not a JSON object of the right form
        it is not a JSON object of the right form
        it is not a JSON object of the right form
        a part of it is too long or has characters that it may not have
        it is larger than 4,096 bytes
        "#);
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_fall_over(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            said(&bytes, None);
        }
    }
}
