//! The messages of `graphql-transport-ws`, and the codes of closing.

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes};
use serde::Deserialize;
use serde_json::value::RawValue;

/// The name of the protocol.
pub(super) const NAME: &str = "graphql-transport-ws";

/// A message from a client.
#[derive(Debug)]
pub(super) enum FromClient<'a> {
    /// The first message, with who calls.
    ConnectionInit(Option<&'a RawValue>),
    /// Is the hub there?
    Ping,
    /// The client is there.
    Pong,
    /// An operation is to begin.
    Subscribe {
        /// The client's name for it.
        id: String,
        /// The request.
        payload: &'a RawValue,
    },
    /// An operation is to end.
    Complete {
        /// The client's name for it.
        id: String,
    },
}

#[derive(Deserialize)]
struct Wire<'a> {
    r#type: &'a str,
    #[serde(default)]
    id: Option<String>,
    #[serde(borrow, default)]
    payload: Option<&'a RawValue>,
}

impl<'a> FromClient<'a> {
    /// Reads a message.
    pub(super) fn parse(text: &'a str) -> Result<Self, Close> {
        let wire: Wire<'_> = serde_json::from_str(text)
            .map_err(|error| Close::Invalid(format!("the message cannot be read: {error}")))?;
        let id = wire.id.filter(|id| !id.is_empty());
        match (wire.r#type, id, wire.payload) {
            ("connection_init", _, payload) => Ok(Self::ConnectionInit(payload)),
            ("ping", ..) => Ok(Self::Ping),
            ("pong", ..) => Ok(Self::Pong),
            ("subscribe", Some(id), Some(payload)) => Ok(Self::Subscribe { id, payload }),
            ("complete", Some(id), _) => Ok(Self::Complete { id }),
            ("subscribe", ..) => Err(Close::Invalid("`subscribe` needs id and payload".into())),
            ("complete", ..) => Err(Close::Invalid("`complete` needs an id".into())),
            (other, ..) => Err(Close::Invalid(format!("there is no message type `{other}`"))),
        }
    }
}

/// The answer to the first message.
pub(super) const CONNECTION_ACK: &str = "{\"type\":\"connection_ack\"}";
/// The answer to a ping.
pub(super) const PONG: &str = "{\"type\":\"pong\"}";

/// A result of an operation.
pub(super) fn next(id: &str, payload: &str) -> Utf8Bytes {
    envelope(id, "next", Some(payload))
}

/// An operation ended with errors, of which there is a list.
pub(super) fn error(id: &str, errors: &str) -> Utf8Bytes {
    envelope(id, "error", Some(errors))
}

/// An operation ended.
pub(super) fn complete(id: &str) -> Utf8Bytes {
    envelope(id, "complete", None)
}

fn envelope(id: &str, r#type: &str, payload: Option<&str>) -> Utf8Bytes {
    let payload_len = payload.map_or(0, str::len);
    let mut text = String::with_capacity(payload_len + id.len() + 48);
    text.push_str("{\"id\":");
    text.push_str(&serde_json::Value::from(id).to_string());
    text.push_str(",\"type\":\"");
    text.push_str(r#type);
    text.push('"');
    if let Some(payload) = payload {
        text.push_str(",\"payload\":");
        text.push_str(payload);
    }
    text.push('}');
    text.into()
}

/// Why the hub closes a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Close {
    /// A message cannot be understood.
    Invalid(String),
    /// An operation came before the connection was acknowledged.
    Unauthorized,
    /// The token in the first message is not known.
    Forbidden(String),
    /// The client does not speak the protocol.
    ProtocolMissing,
    /// The first message did not come in time.
    InitTimeout,
    /// An operation with this id goes on.
    SubscriberExists(String),
    /// The first message came twice.
    TooManyInits,
    /// Too many operations go on.
    TooManyOperations,
    /// The hub is stopping.
    GoingAway,
    /// The client says nothing.
    Silent,
}

impl Close {
    /// The closing message.
    pub(super) fn message(&self) -> Message {
        let (code, reason) = match self {
            Self::Invalid(what) => (4400, what.as_str()),
            Self::Unauthorized => (4401, "Unauthorized"),
            Self::Forbidden(why) => (4403, why.as_str()),
            Self::ProtocolMissing => (4406, "Subprotocol not acceptable"),
            Self::InitTimeout => (4408, "Connection initialisation timeout"),
            Self::SubscriberExists(id) => {
                return Self::frame(4409, &format!("Subscriber for {id} already exists"));
            }
            Self::TooManyInits => (4429, "Too many initialisation requests"),
            Self::TooManyOperations => (1008, "Too many operations on one connection"),
            Self::GoingAway => (1001, "The hub is shutting down"),
            Self::Silent => (1008, "No sign of life"),
        };
        Self::frame(code, reason)
    }

    fn frame(code: u16, reason: &str) -> Message {
        // RFC 6455 section 5.5: a control frame has at most 125 bytes, two of them the code.
        let end = (0..=123.min(reason.len())).rev().find(|end| reason.is_char_boundary(*end));
        let reason = reason.get(..end.unwrap_or(0)).unwrap_or_default();
        Message::Close(Some(CloseFrame { code, reason: reason.into() }))
    }
}
