//! One client, from its first message to its end.
//!
//! One task owns the socket: it reads, writes and polls the operations. While a slow client does
//! not take what is written nothing more is taken from the shared streams for it, so a connection
//! buffers no more than the socket does; a subscription that falls too far behind ends with an
//! error, and the connection lives on.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use axum::http::Method;
use futures_util::SinkExt as _;
use futures_util::future::poll_immediate;
use futures_util::stream::BoxStream;
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, sleep_until, timeout};
use tokio_stream::{StreamExt as _, StreamMap};

use super::operation;
use super::protocol::{self, Close, FromClient};
use crate::domain::Principal;
use crate::web::graphql::{Asker, Params};
use crate::web::limits::{
    CLOSING_TIME_MAX, OPERATIONS_PER_SOCKET_MAX, SOCKET_INIT_TIME_MAX, SOCKET_PING_EVERY,
    SOCKET_SILENCE_MAX, SOCKET_WRITE_TIME_MAX,
};
use crate::web::{AppState, auth};

/// Messages that are written before the socket is flushed.
const WRITES_AT_ONCE: usize = 32;

struct Connection<'a> {
    app: &'a AppState,
    socket: WebSocket,
    /// Who calls, by the header.
    by_header: Option<Arc<Principal>>,
    /// Who calls, once the connection is acknowledged.
    principal: Option<Arc<Principal>>,
    operations: StreamMap<String, BoxStream<'static, Utf8Bytes>>,
    /// Which of them are subscriptions; some may have ended.
    following: Vec<String>,
    heard: Instant,
}

/// Why a connection ends.
enum End {
    /// The hub closes it.
    Close(Close),
    /// The client is gone.
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

/// Serves one client until it or the hub ends the connection.
pub(super) async fn run(app: &AppState, socket: WebSocket, by_header: Option<Arc<Principal>>) {
    let speaks = socket.protocol().is_some_and(|name| name == protocol::NAME);
    let mut connection = Connection {
        app,
        socket,
        by_header,
        principal: None,
        operations: StreamMap::new(),
        following: Vec::new(),
        heard: Instant::now(),
    };
    let end = if speaks { connection.serve().await } else { End::Close(Close::ProtocolMissing) };
    if let End::Close(close) = end {
        if close == Close::GoingAway {
            connection.finish_operations().await;
        }
        connection.close(&close).await;
    }
}

impl Connection<'_> {
    async fn serve(&mut self) -> End {
        let stopping = self.app.0.stopping.clone();
        // Waiting is set up once, and not again for each message.
        let mut stopped = pin!(stopping.cancelled());
        let mut init_late = pin!(sleep_until(self.heard + SOCKET_INIT_TIME_MAX));
        let mut ticks = ticks();
        loop {
            let step = tokio::select! {
                biased;
                () = &mut stopped => Err(Close::GoingAway.into()),
                message = self.socket.recv() => match message {
                    Some(Ok(message)) => self.take(message).await,
                    Some(Err(_)) | None => Err(End::Gone),
                },
                Some((_, message)) = self.operations.next() => self.give(message).await,
                () = &mut init_late, if self.principal.is_none() => {
                    Err(Close::InitTimeout.into())
                }
                _ = ticks.tick() => self.look_for_life().await,
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    /// Takes a message of the client.
    async fn take(&mut self, message: Message) -> Result<(), End> {
        self.heard = Instant::now();
        match message {
            Message::Text(text) => match FromClient::parse(&text)? {
                FromClient::ConnectionInit(payload) => self.begin(payload).await,
                FromClient::Ping => self.write(Message::Text(protocol::PONG.into())).await,
                FromClient::Pong => Ok(()),
                FromClient::Subscribe { id, payload } => self.subscribe(id, payload).await,
                FromClient::Complete { id } => {
                    drop(self.operations.remove(&id));
                    Ok(())
                }
            },
            Message::Binary(_) => Err(Close::Invalid("messages are text".into()).into()),
            Message::Ping(_) | Message::Pong(_) => Ok(()),
            Message::Close(_) => Err(End::Gone),
        }
    }

    /// Recognizes the client and acknowledges the connection.
    async fn begin(&mut self, payload: Option<&RawValue>) -> Result<(), End> {
        if self.principal.is_some() {
            return Err(Close::TooManyInits.into());
        }
        let authorization = payload.and_then(authorization_in);
        let principal = match (authorization, &self.by_header) {
            (Some(value), _) => auth::recognize(self.app.tokens(), Some(&value)),
            (None, Some(principal)) => Ok(Arc::clone(principal)),
            (None, None) => auth::recognize(self.app.tokens(), None),
        };
        self.principal = Some(principal.map_err(|why| Close::Forbidden(why.to_string()))?);
        self.write(Message::Text(protocol::CONNECTION_ACK.into())).await
    }

    /// Begins an operation.
    async fn subscribe(&mut self, id: String, payload: &RawValue) -> Result<(), End> {
        let Some(principal) = &self.principal else { return Err(Close::Unauthorized.into()) };
        if self.operations.contains_key(&id) {
            return Err(Close::SubscriberExists(id).into());
        }
        if self.operations.len() >= OPERATIONS_PER_SOCKET_MAX {
            return Err(Close::TooManyOperations.into());
        }
        let params = match Params::from_payload(payload) {
            Ok(params) => params,
            Err(problem) => {
                let errors = serde_json::json!([{ "message": problem.to_string() }]).to_string();
                return self.write(Message::Text(protocol::error(&id, &errors))).await;
            }
        };
        let request_id = self.app.hub().clock().new_id().simple().to_string();
        let asker = Asker::new(self.app, Arc::clone(principal), request_id, Method::POST);
        let begun = operation::begin(self.app.clone(), asker, id.clone(), params);
        if begun.follows {
            self.following.retain(|id| self.operations.contains_key(id));
            self.following.push(id.clone());
        }
        self.operations.insert(id, begun.messages);
        Ok(())
    }

    /// Gives the client a message of an operation, with those that are there already.
    async fn give(&mut self, message: Utf8Bytes) -> Result<(), End> {
        let Self { socket, operations, .. } = self;
        let write = async {
            socket.feed(Message::Text(message)).await?;
            for _ in 1..WRITES_AT_ONCE {
                let there = poll_immediate(operations.next()).await;
                let Some(Some((_, message))) = there else { break };
                socket.feed(Message::Text(message)).await?;
            }
            socket.flush().await
        };
        in_time(SOCKET_WRITE_TIME_MAX, write).await
    }

    /// Asks a silent client whether it is there, and gives it up after a while.
    async fn look_for_life(&mut self) -> Result<(), End> {
        if self.heard.elapsed() > SOCKET_SILENCE_MAX {
            return Err(Close::Silent.into());
        }
        self.write(Message::Ping(Vec::new().into())).await
    }

    /// Answers what can still be answered: queries and mutations end, subscriptions do not.
    async fn finish_operations(&mut self) {
        for id in std::mem::take(&mut self.following) {
            drop(self.operations.remove(&id));
        }
        let answers = async {
            while let Some((_, message)) = self.operations.next().await {
                if self.give(message).await.is_err() {
                    return;
                }
            }
        };
        drop(timeout(CLOSING_TIME_MAX, answers).await);
    }

    async fn write(&mut self, message: Message) -> Result<(), End> {
        in_time(SOCKET_WRITE_TIME_MAX, self.socket.send(message)).await
    }

    async fn close(&mut self, close: &Close) {
        let close = async {
            if self.socket.send(close.message()).await.is_ok() {
                // The client's own closing frame ends the connection in order.
                while let Some(Ok(_)) = self.socket.recv().await {}
            }
        };
        drop(timeout(CLOSING_TIME_MAX, close).await);
    }
}

fn ticks() -> Interval {
    let mut ticks = interval(SOCKET_PING_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks.reset();
    ticks
}

async fn in_time(
    time_max: Duration,
    write: impl Future<Output = Result<(), axum::Error>>,
) -> Result<(), End> {
    match timeout(time_max, write).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(End::Gone),
    }
}

/// The token in the first message, under the name of the HTTP header.
fn authorization_in(payload: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct Payload {
        #[serde(alias = "Authorization")]
        authorization: Option<String>,
    }
    serde_json::from_str::<Payload>(payload.get()).ok()?.authorization
}
