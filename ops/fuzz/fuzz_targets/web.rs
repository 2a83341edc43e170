//! Requests as the server reads them.

mod graphql;
#[path = "../../../src/web/socket/protocol.rs"]
mod protocol;

use async_graphql::Variables;
use axum::extract::ws::Message;
use graphql::Params;
use protocol::FromClient;

/// Bytes that the reason of a closing frame may have (RFC 6455 section 5.5).
const REASON_BYTES_MAX: usize = 123;

/// What a request asks.
pub struct Request {
    pub query: String,
    pub operation_name: Option<String>,
    pub variables: Variables,
}

/// The requests that the bytes are, in whichever way they come.
pub fn requests(bytes: &[u8]) -> impl Iterator<Item = Request> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let found = graphql::from_body(bytes).into_iter();
    let found = found.chain(graphql::from_query(text)).chain(from_message(text));
    found.map(|params| Request {
        variables: params.variables(),
        query: params.query,
        operation_name: params.operation_name,
    })
}

/// The request in a message of a client; one that is not understood closes with a frame.
fn from_message(text: &str) -> Option<Params> {
    match FromClient::parse(text) {
        Ok(FromClient::Subscribe { id, payload }) => {
            let echo = protocol::next(&id, "{}");
            let echo: serde_json::Value = serde_json::from_str(&echo).expect("it is JSON");
            assert_eq!(echo["id"], *id);
            Params::from_payload(payload).ok()
        }
        Ok(_) => None,
        Err(close) => {
            let Message::Close(Some(frame)) = close.message() else { panic!("{close:?}") };
            assert!(frame.reason.len() <= REASON_BYTES_MAX);
            None
        }
    }
}
