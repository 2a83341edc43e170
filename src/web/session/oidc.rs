//! Leaving for the identity provider, and coming back.

use axum::extract::{Query, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Router};
use serde::Deserialize;

use super::cookie;
use crate::identity::{NewSecret, OidcError};
use crate::web::{AppState, RequestId};

/// The routes.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/oidc", get(there_is))
        .route("/oidc/start", get(start))
        .route("/oidc/callback", get(callback))
}

/// What the provider sends back by the browser (RFC 6749 section 4.1.2).
#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    state: String,
    /// Absent when the log-in failed there.
    code: Option<String>,
}

/// Tells the page for logging in whether there is a provider.
async fn there_is(State(app): State<AppState>) -> StatusCode {
    if app.identity().has_provider() { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}

async fn start(State(app): State<AppState>) -> Response {
    let identity = app.identity();
    let Ok(NewSecret { secret, .. }) = NewSecret::bare() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match identity.oidc_start(&secret).await {
        Ok(url) => to(url.as_str(), vec![cookie::leave(&secret, identity.site())]),
        Err(error) => back_to_login(&app, &error),
    }
}

async fn callback(
    State(app): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    headers: HeaderMap,
    Query(Back { state, code }): Query<Back>,
) -> Response {
    let identity = app.identity();
    let secret = cookie::left(&headers, identity.site()).unwrap_or_default();
    let Some(code) = code.filter(|_| !secret.is_empty()) else {
        return back_to_login(&app, &OidcError::NotBegunHere);
    };
    let cause = format!("request:{request_id}");
    match identity.oidc_callback(secret, &state, code, cause).await {
        Ok(begun) => {
            let site = identity.site();
            let cookies = vec![cookie::set(&begun.secret, site), cookie::arrive(site)];
            to(site.page("").as_str(), cookies)
        }
        Err(error) => back_to_login(&app, &error),
    }
}

/// Leads the browser to the page for logging in, which says what went wrong.
fn back_to_login(app: &AppState, error: &OidcError) -> Response {
    tracing::info!(%error, "a log-in by the identity provider failed");
    let code = match error {
        OidcError::None | OidcError::Provider(_) => "provider",
        OidcError::NotBegunHere => "again",
        OidcError::NotVerified(_) => "unverified",
        OidcError::Unlinked => "unlinked",
        OidcError::NotLetIn(_) => "refused",
    };
    let site = app.identity().site();
    let mut page = site.page("login");
    page.set_fragment(Some(code));
    to(page.as_str(), vec![cookie::arrive(site)])
}

fn to(address: &str, cookies: Vec<HeaderValue>) -> Response {
    let Ok(address) = HeaderValue::from_str(address) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let cookies: Vec<_> = cookies.into_iter().map(|cookie| (SET_COOKIE, cookie)).collect();
    (StatusCode::SEE_OTHER, [(LOCATION, address)], AppendHeaders(cookies)).into_response()
}
