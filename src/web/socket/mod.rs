//! GraphQL over WebSockets, by the protocol `graphql-transport-ws`
//! (<https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>).
//!
//! - [`protocol`]: the messages and the codes of closing
//! - [`connection`]: one client, from its first message to its end
//! - [`operation`]: one query, mutation or subscription of a client
//! - [`streams`]: subscribers that ask the same share one execution and one serialization

mod connection;
mod operation;
mod protocol;
mod streams;

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use tokio_util::task::TaskTracker;

use super::limits::{CLOSING_TIME_MAX, SOCKET_MESSAGE_BYTES_MAX, SOCKETS_MAX};
use super::{AppState, auth};

/// The connections that are open, and what their subscriptions share.
#[derive(Default)]
pub(super) struct Sockets {
    tasks: TaskTracker,
    open: AtomicUsize,
    streams: streams::Streams,
}

impl Sockets {
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
    socket: WebSocketUpgrade,
) -> Response {
    let principal = auth::by_headers(app.tokens(), &headers).ok();
    if app.0.sockets.open.fetch_add(1, Ordering::Relaxed) >= SOCKETS_MAX {
        app.0.sockets.open.fetch_sub(1, Ordering::Relaxed);
        let message = format!("the hub has {SOCKETS_MAX} connections and takes no more");
        return (StatusCode::SERVICE_UNAVAILABLE, message).into_response();
    }
    let place = Place(app.clone());
    app.metrics().sockets.inc();
    let task = app.0.sockets.tasks.token();
    socket
        .protocols([protocol::NAME])
        .max_message_size(SOCKET_MESSAGE_BYTES_MAX)
        .max_frame_size(SOCKET_MESSAGE_BYTES_MAX)
        .on_upgrade(move |socket| async move {
            connection::run(&place.0, socket, principal).await;
            drop(task);
        })
}

/// The place of one connection among those that may be open; given back when dropped.
struct Place(AppState);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.0.sockets.open.fetch_sub(1, Ordering::Relaxed);
        self.0.metrics().sockets.dec();
    }
}
