//! GraphQL over WebSockets.

use axum::http::StatusCode;
use tokio_util::task::TaskTracker;

/// The connections that are open.
#[derive(Default)]
pub(super) struct Sockets {
    tasks: TaskTracker,
}

impl Sockets {
    /// Waits until all connections are closed.
    pub(super) async fn all_closed(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }
}

pub(super) async fn upgrade() -> StatusCode {
    StatusCode::NOT_IMPLEMENTED
}
