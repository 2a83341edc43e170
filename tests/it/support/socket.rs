//! A WebSocket client that speaks `graphql-transport-ws` word by word.

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::hub::TestHub;

/// A connection, as yet without a word said.
pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Connects, speaking a protocol.
    pub(crate) async fn connect(hub: &TestHub, protocol: &'static str) -> Self {
        Self::connect_as(hub, protocol, &[]).await
    }

    /// Connects with headers, as a browser does.
    pub(crate) async fn connect_as(
        hub: &TestHub,
        protocol: &'static str,
        headers: &[(&'static str, &str)],
    ) -> Self {
        let url = hub.url("/graphql/ws").replace("http", "ws");
        let mut request = url.into_client_request().unwrap();
        let protocol = HeaderValue::from_static(protocol);
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_str(value).unwrap());
        }
        let (socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        Self(socket)
    }

    /// Connects and is acknowledged.
    pub(crate) async fn begin(hub: &TestHub, token: &str) -> Self {
        let mut socket = Self::connect(hub, "graphql-transport-ws").await;
        let payload = json!({ "Authorization": format!("Bearer {token}") });
        socket.say(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
        socket
    }

    /// Sends a message.
    pub(crate) async fn say(&mut self, message: Value) {
        self.say_text(&message.to_string()).await;
    }

    /// Sends any text.
    pub(crate) async fn say_text(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    /// Begins an operation.
    pub(crate) async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.say(json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    /// Waits until the hub asks whether the client is there; that is answered with the next read.
    pub(crate) async fn hear_ping(&mut self) {
        let message = self.0.next().await.expect("the connection ended").unwrap();
        assert!(message.is_ping(), "{message:?}");
    }

    /// Every byte until the hub hangs up, without a word in answer.
    pub(crate) async fn only_listen(mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.0.get_mut().read_to_end(&mut bytes).await.unwrap();
        bytes
    }

    /// The next message, or how the connection was closed.
    pub(crate) async fn hear(&mut self) -> Value {
        loop {
            let message = self.0.next().await.expect("the connection ended").unwrap();
            match message {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Close(Some(frame)) => {
                    return json!({ "closed": u16::from(frame.code), "why": frame.reason.as_str() });
                }
                _ => {}
            }
        }
    }
}
