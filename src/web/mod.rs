//! The HTTP server: routes, who may call them, limits, health and metrics.
//!
//! - `/` and every address that nothing else has: the dashboard ([`dashboard`])
//! - `/graphql`: the API ([`graphql`]); `/graphql/ws`: the same over WebSockets ([`socket`])
//! - `/login`, `/setup`, `/session`: logging in and out ([`session`])
//! - `/a/…`: pages on which messages are answered; `/provider/…`: what providers say; `/sandbox`: the
//!   telephone of the demo ([`telling`])
//! - `/map/…`: parts of the operator's own base map ([`base_map`])
//! - `/graphiql`: a page to try the API in a browser
//! - `/healthz`, `/readyz`, `/metrics`: for those who run the hub

mod asset;
mod auth;
mod base_map;
mod calendar;
mod dashboard;
mod graphiql;
mod graphql;
mod health;
mod http_metrics;
pub mod ingest;
pub mod limits;
mod listen;
pub mod metrics;
mod request_id;
mod routes;
mod session;
mod socket;
pub mod telling;
mod ways_in;

use std::sync::{Arc, OnceLock};

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::base_map::BaseMap;
use crate::graphql::{HubSchema, Outcomes, schema};
use crate::hub::Hub;
use crate::identity::{Identity, Site, Tokens};
use crate::intake::Intake;
use crate::intake::feeds::Sources;
use crate::notify::Notify;
use metrics::Metrics;

pub use auth::Caller;
pub use listen::listen;
pub use request_id::RequestId;

/// What all routes share; clones share it.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

struct Shared {
    hub: Hub,
    identity: Arc<Identity>,
    metrics: Metrics,
    schema: HubSchema,
    outcomes: Outcomes,
    documents: graphql::Documents,
    answers: graphql::Answers,
    sockets: socket::Sockets,
    notify: OnceLock<Arc<Notify>>,
    base_map: OnceLock<Arc<BaseMap>>,
    stopping: CancellationToken,
}

impl AppState {
    /// Makes what the routes share, for a hub that is reached from this machine alone.
    #[must_use]
    pub fn new(hub: Hub, tokens: Arc<Tokens>) -> Self {
        let site = Site::of_listener(([127, 0, 0, 1], 80).into());
        Self::with_identity(hub.clone(), Identity::new(hub, tokens, site, None))
    }

    /// Makes what the routes share.
    #[must_use]
    pub fn with_identity(hub: Hub, identity: Arc<Identity>) -> Self {
        let metrics = Metrics::new();
        Self(Arc::new(Shared {
            outcomes: metrics.outcomes(),
            metrics,
            hub,
            identity,
            schema: schema(),
            documents: graphql::Documents::default(),
            answers: graphql::Answers::default(),
            sockets: socket::Sockets::new(),
            notify: OnceLock::new(),
            base_map: OnceLock::new(),
            stopping: CancellationToken::new(),
        }))
    }

    /// The hub.
    #[must_use]
    pub fn hub(&self) -> &Hub {
        &self.0.hub
    }

    /// Who is recognized.
    #[must_use]
    pub fn identity(&self) -> &Arc<Identity> {
        &self.0.identity
    }

    /// Makes the metrics tell what comes into this pipeline and how its feeds do.
    pub fn watch_intake(&self, intake: &Intake, sources: Arc<Sources>) {
        self.metrics().ways_in.take_from(Arc::clone(intake.tally()), sources);
    }

    /// Makes the API tell operators how the providers do.
    pub fn show_providers(&self, notify: Arc<Notify>) {
        // Once, at the start.
        drop(self.0.notify.set(notify));
    }

    /// What tells people, where this process does.
    pub(crate) fn notify(&self) -> Option<&Arc<Notify>> {
        self.0.notify.get()
    }

    /// Makes the dashboard show this map below its own.
    pub fn show_base_map(&self, map: Arc<BaseMap>) {
        // Once, at the start.
        drop(self.0.base_map.set(map));
    }

    /// The operator's own base map.
    pub(crate) fn base_map(&self) -> Option<&Arc<BaseMap>> {
        self.0.base_map.get()
    }

    /// What is counted.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }
}

/// Serves until `shutdown` is cancelled, then finishes what is being answered and returns.
///
/// `extra` holds the routes of other modules; they get the same layers as ours.
/// A listener that fails for a while, as when there are too many files, is tried again.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    extra: axum::Router,
    shutdown: CancellationToken,
) {
    let stopping = state.0.stopping.clone();
    let app = routes::router(state.clone(), extra);
    let stopped = async {
        shutdown.cancelled().await;
        stopping.cancel();
    };
    let identity = Arc::clone(state.identity()).run(stopping.clone());
    let served = listen::serve(listener, app, listen::Bounds::HUB, stopping.clone());
    tokio::join!(served, stopped, identity);
    // The server no longer counts a connection that became a WebSocket.
    state.0.sockets.all_closed().await;
}
