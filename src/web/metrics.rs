//! What is counted, for Prometheus. The registry is a value: each server has its own.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use jiff::Timestamp;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::AppState;
use super::auth::Caller;
use super::ways_in::WaysIn;
use crate::domain::Scope;
use crate::graphql::Outcomes;

/// Bounds of the duration histogram, in seconds.
const DURATIONS: [f64; 12] =
    [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// Everything that the server counts.
pub struct Metrics {
    registry: Registry,
    /// Requests by route and status.
    pub(super) requests: Family<RequestLabels, Counter>,
    /// How long requests took, by route.
    pub(super) durations: Family<RouteLabels, Histogram, fn() -> Histogram>,
    /// GraphQL operations by kind and outcome.
    pub(super) operations: Family<OperationLabels, Counter>,
    /// Commands by outcome.
    commands: Family<OutcomeLabels, Counter>,
    /// Answers that were given from memory.
    pub(super) answers_shared: Counter,
    /// WebSocket connections that are open.
    pub(super) sockets: Gauge,
    /// Subscriptions that go on.
    pub(super) subscriptions: Gauge,
    /// What came in, and how feeds do.
    pub(super) ways_in: WaysIn,
    sequence: Gauge<u64, AtomicU64>,
    queue: Gauge,
    stale_seconds: Gauge,
    read_only_seconds: Gauge,
}

/// The labels of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct RequestLabels {
    /// The route, with its parameters unfilled.
    pub(super) route: String,
    /// The status code.
    pub(super) status: u16,
}

/// The label of a route.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct RouteLabels {
    /// The route, with its parameters unfilled.
    pub(super) route: String,
}

/// The labels of a GraphQL operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct OperationLabels {
    /// `query`, `mutation` or `subscription`.
    pub(super) kind: &'static str,
    /// `ok`, `error` or `refused`.
    pub(super) outcome: &'static str,
}

/// The label of a command.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OutcomeLabels {
    /// `DONE`, or the code of the refusal or error.
    outcome: &'static str,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let histogram: fn() -> Histogram = || Histogram::new(DURATIONS);
        let mut metrics = Self {
            registry: Registry::with_prefix("muster"),
            requests: Family::default(),
            durations: Family::new_with_constructor(histogram),
            operations: Family::default(),
            commands: Family::default(),
            answers_shared: Counter::default(),
            sockets: Gauge::default(),
            subscriptions: Gauge::default(),
            ways_in: WaysIn::default(),
            sequence: Gauge::default(),
            queue: Gauge::default(),
            stale_seconds: Gauge::default(),
            read_only_seconds: Gauge::default(),
        };
        metrics.register();
        metrics
    }

    fn register(&mut self) {
        let Self { registry, .. } = self;
        registry.register("http_requests", "Requests by route and status", self.requests.clone());
        registry.register(
            "http_request_duration_seconds",
            "How long requests took",
            self.durations.clone(),
        );
        registry.register(
            "graphql_operations",
            "GraphQL operations by kind and outcome",
            self.operations.clone(),
        );
        registry.register("commands", "Commands by outcome", self.commands.clone());
        registry.register(
            "answers_shared",
            "Answers given without executing the query again",
            self.answers_shared.clone(),
        );
        registry.register("sockets", "WebSocket connections that are open", self.sockets.clone());
        registry.register("subscriptions", "Subscriptions that go on", self.subscriptions.clone());
        self.ways_in.register(registry);
        registry.register("log_sequence", "The last log entry known", self.sequence.clone());
        registry.register("queue_length", "Commands that wait", self.queue.clone());
        registry.register(
            "stale_seconds",
            "How long the store has not answered; 0 while it does",
            self.stale_seconds.clone(),
        );
        registry.register(
            "read_only_seconds",
            "How long nothing could be written, as on a full disk; 0 while it can",
            self.read_only_seconds.clone(),
        );
    }

    /// What counts the outcomes of commands.
    pub(super) fn outcomes(&self) -> Outcomes {
        let commands = self.commands.clone();
        Arc::new(move |outcome| {
            commands.get_or_create(&OutcomeLabels { outcome }).inc();
        })
    }

    /// Everything in the text format of OpenMetrics.
    fn encode(&self, app: &AppState) -> Result<String, std::fmt::Error> {
        let hub = app.hub();
        self.sequence.set(hub.picture().seq());
        self.queue.set(i64::try_from(hub.queue_length()).unwrap_or(i64::MAX));
        let now = hub.clock().now();
        let seconds =
            |since: Option<Timestamp>| since.map_or(0, |s| now.duration_since(s).as_secs());
        self.stale_seconds.set(seconds(hub.stale_since()));
        self.read_only_seconds.set(seconds(hub.unwritable().map(|unwritable| unwritable.since)));
        self.ways_in.update(now);
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// The metrics: nothing of people, organizations or incidents, but the names of feeds and how busy
/// the hub is. Strangers need not know on whom it relies and when it is weak, so whoever scrapes
/// has a token, which may be good for nothing else.
pub(super) async fn scrape(
    State(app): State<AppState>,
    Caller(principal): Caller,
) -> impl IntoResponse {
    if ![Scope::Metrics, Scope::Operate].into_iter().any(|scope| principal.may(scope)) {
        let why = "this needs a token with the scope `metrics` or `operate`\n";
        return (StatusCode::FORBIDDEN, why).into_response();
    }
    let text = app.metrics().encode(&app).unwrap_or_default();
    let media = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, media)], text).into_response()
}
