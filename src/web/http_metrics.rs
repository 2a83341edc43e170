//! Counts and times every request by its route.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::AppState;
use super::metrics::{RequestLabels, RouteLabels};

/// Counts a request and takes its time.
pub(super) async fn count(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    // The route and not the path, so that there are few labels whatever is asked.
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.unwrap_or_else(|| "(none)".to_owned());
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let metrics = app.metrics();
    metrics.requests.get_or_create(&RequestLabels { route: route.clone(), status }).inc();
    let seconds = begun.elapsed().as_secs_f64();
    metrics.durations.get_or_create(&RouteLabels { route }).observe(seconds);
    response
}
