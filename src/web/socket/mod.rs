//! GraphQL over WebSockets, by the protocol `graphql-transport-ws`
//! (<https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>).
//!
//! - [`protocol`]: the messages and the codes of closing
//! - [`init`]: who holds a connection
//! - [`connection`]: one client, from its first message to its end
//! - [`operation`]: one query, mutation or subscription of a client
//! - [`streams`]: subscribers that ask the same share one execution and one serialization

mod connection;
mod init;
mod operation;
mod protocol;
mod streams;

use std::sync::Arc;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::task::TaskTracker;

use super::AppState;
use super::limits::{CLOSING_TIME_MAX, SOCKET_MESSAGE_BYTES_MAX, SOCKET_READ_BYTES, SOCKETS_MAX};

/// The connections that are open, and what their subscriptions share.
pub(super) struct Sockets {
    tasks: TaskTracker,
    places: Arc<Semaphore>,
    streams: streams::Streams,
    /// Where questions and commands are answered. The sockets themselves give way to those.
    answering: Handle,
}

impl Sockets {
    /// Answers on the threads of whoever calls this.
    pub(super) fn new() -> Self {
        Self {
            tasks: TaskTracker::new(),
            places: Arc::new(Semaphore::new(SOCKETS_MAX)),
            streams: streams::Streams::default(),
            answering: Handle::current(),
        }
    }

    /// Waits until all connections are closed, or for as long as that may take.
    pub(super) async fn all_closed(&self) {
        self.tasks.close();
        if tokio::time::timeout(CLOSING_TIME_MAX, self.tasks.wait()).await.is_err() {
            tracing::warn!("some WebSocket clients did not close in time");
        }
    }
}

/// Makes a WebSocket of a request. Who calls is told by the header, or by the first message.
pub(super) async fn upgrade(
    State(app): State<AppState>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    socket: WebSocketUpgrade,
) -> Response {
    let by_headers = init::ByHeaders::new(headers, query.as_deref());
    let Ok(place) = Arc::clone(&app.0.sockets.places).try_acquire_owned() else {
        let message = format!("the hub has {SOCKETS_MAX} connections and takes no more");
        return (StatusCode::SERVICE_UNAVAILABLE, message).into_response();
    };
    let place = Place::taken(app.clone(), place);
    let task = app.0.sockets.tasks.token();
    let aside = app.hub().aside().clone();
    socket
        .protocols([protocol::NAME])
        .max_message_size(SOCKET_MESSAGE_BYTES_MAX)
        .max_frame_size(SOCKET_MESSAGE_BYTES_MAX)
        .read_buffer_size(SOCKET_READ_BYTES)
        .on_upgrade(move |socket| async move {
            aside.spawn(async move {
                connection::run(&place.app, socket, by_headers).await;
                drop(task);
            });
        })
}

/// The place of one connection among those that may be open; given back when dropped.
struct Place {
    app: AppState,
    _permit: OwnedSemaphorePermit,
}

impl Place {
    fn taken(app: AppState, permit: OwnedSemaphorePermit) -> Self {
        app.metrics().sockets.inc();
        Self { app, _permit: permit }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.app.metrics().sockets.dec();
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;
    use tokio_tungstenite::connect_async;
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::hub::{Clock, Hub};
    use crate::identity::Tokens;

    #[tokio::test(flavor = "multi_thread")]
    async fn one_connection_above_the_bound_is_told_so_and_may_come_when_another_has_gone() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("muster.db").display());
        let store = crate::log::open(&url).await.unwrap();
        let running = Hub::start(store, Clock::system()).await.unwrap();
        let app = AppState::new(running.hub.clone(), Arc::new(Tokens::default()));
        let places = Arc::clone(&app.0.sockets.places);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}/graphql/ws", listener.local_addr().unwrap());
        tokio::spawn(super::super::serve(
            listener,
            app,
            axum::Router::new(),
            CancellationToken::new(),
        ));
        let all = u32::try_from(SOCKETS_MAX).unwrap();
        let others = places.acquire_many(all).await.unwrap();
        let refused = connect_async(&url).await.unwrap_err();
        assert_eq!(refused.to_string(), "HTTP error: 503 Service Unavailable");
        drop(others);
        connect_async(&url).await.unwrap();
    }
}
