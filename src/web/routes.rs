//! The routes and the layers around them.

use axum::Router;
use axum::http::header::{CACHE_CONTROL, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use super::limits::REQUEST_TIME_MAX;
use super::{
    AppState, base_map, calendar, dashboard, graphiql, graphql, health, http_metrics, metrics,
    request_id, session, socket,
};

/// Headers that keep browsers from doing more with a reply than was meant.
const SECURITY_HEADERS: [(HeaderName, HeaderValue); 4] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// All routes.
pub(super) fn router(app: AppState, extra: Router) -> Router {
    let routes = Router::new()
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/graphql/ws", get(socket::upgrade))
        .merge(dashboard::routes())
        .merge(base_map::routes())
        .merge(graphiql::routes())
        .route("/schedules/{file}", get(calendar::show))
        .merge(session::routes())
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::scrape))
        .fallback(dashboard::page)
        .with_state(app.clone())
        .merge(extra);
    let routes = SECURITY_HEADERS.into_iter().fold(routes, |routes, (name, value)| {
        routes.layer(SetResponseHeaderLayer::if_not_present(name, value))
    });
    routes
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_TIME_MAX))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), http_metrics::count))
        .layer(from_fn_with_state(app, request_id::assign))
}
