//! Whether the hub lives, and whether it is ready.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use super::AppState;

/// What a probe is told.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Health {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stale_since: Option<jiff::Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_only_since: Option<jiff::Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cannot_write: Option<&'static str>,
}

/// The process runs and answers. Restarting it would not help with a store that is away.
pub(super) async fn live(State(app): State<AppState>) -> Json<Health> {
    Json(Health { status: "live", ..state(&app) })
}

/// Commands and fresh reads are possible: the store answers and can be written, and the hub is
/// not stopping.
pub(super) async fn ready(State(app): State<AppState>) -> (StatusCode, Json<Health>) {
    let health = state(&app);
    let code = match health.status {
        "ready" => StatusCode::OK,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    };
    (code, Json(health))
}

fn state(app: &AppState) -> Health {
    let stale_since = app.hub().stale_since();
    let unwritable = app.hub().unwritable();
    let status = match stale_since {
        _ if app.0.stopping.is_cancelled() => "stopping",
        Some(_) => "stale",
        None if unwritable.is_some() => "read-only",
        None => "ready",
    };
    let read_only_since = unwritable.map(|unwritable| unwritable.since);
    let cannot_write = unwritable.map(|unwritable| unwritable.why);
    Health { status, stale_since, read_only_since, cannot_write }
}
