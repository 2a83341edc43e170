//! Logging in and out.
//!
//! | request | answer |
//! | --- | --- |
//! | `POST /session` | logs in by login and password; sets the cookie |
//! | `GET /session` | who is logged in, for which organizations they may act, what to send back, which map to show |
//! | `DELETE /session` | logs out |
//! | `POST /setup` | uses a set-up link |
//! | `GET /oidc/start`, `GET /oidc/callback` | logs in by the identity provider |
//! | `GET /login`, `GET /setup` | the pages for these |

pub(super) mod cookie;
mod oidc;
mod pages;

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

use super::auth::{self, Peer};
use super::{AppState, RequestId, base_map};
use crate::hub::SubmitError;
use crate::identity::{LoggedIn, NewSession, NotLetIn, NotRecognized, csrf_of};

/// Bytes of a request to log in.
const BODY_BYTES_MAX: usize = 8 * 1024;

/// The routes.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/session", get(show).post(log_in).delete(log_out))
        .route("/setup", post(set_up))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .merge(oidc::routes())
        .merge(pages::routes())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LogIn {
    login: String,
    password: Zeroizing<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetUp {
    /// What stands in the link behind `#`.
    secret: Zeroizing<String>,
    #[serde(default)]
    login: String,
    #[serde(default)]
    name: String,
    /// Absent to ask only whom the link is for.
    #[serde(default)]
    password: Option<Zeroizing<String>>,
}

async fn log_in(
    State(app): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    body: Result<Json<LogIn>, JsonRejection>,
) -> Response {
    // Another site must not log people in either: what they write then would be somebody else's.
    if let Err(why) = auth::check_own_page(app.identity(), &headers) {
        return auth::refusal(&why);
    }
    let Json(LogIn { login, password }) = match body {
        Ok(body) => body,
        Err(error) => return unreadable(&error),
    };
    let address = address(peer, &headers);
    let cause = format!("request:{request_id}");
    let begun = app.identity().log_in(&login, password, address, cause).await;
    reply(&app, begun)
}

async fn set_up(
    State(app): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    headers: HeaderMap,
    body: Result<Json<SetUp>, JsonRejection>,
) -> Response {
    if let Err(why) = auth::check_own_page(app.identity(), &headers) {
        return auth::refusal(&why);
    }
    let Json(SetUp { secret, login, name, password }) = match body {
        Ok(body) => body,
        Err(error) => return unreadable(&error),
    };
    let Some(password) = password else {
        return match app.identity().link_is_for(&secret) {
            Ok(login) => Json(json!({ "login": login })).into_response(),
            Err(refusal) => reply(&app, Err(SubmitError::Refused(refusal).into())),
        };
    };
    let cause = format!("request:{request_id}");
    // Seen through to its end, also when the browser goes: half of it would use the link up.
    let identity = Arc::clone(app.identity());
    let set_up =
        tokio::spawn(async move { identity.set_up(&secret, &login, &name, password, cause).await });
    reply(&app, set_up.await.unwrap_or(Err(SubmitError::Stopping.into())))
}

async fn show(State(app): State<AppState>, headers: HeaderMap) -> Response {
    let identity = app.identity();
    let Some(secret) = cookie::secret(&headers, identity.site()) else {
        return auth::refusal(&NotRecognized::SessionEnded);
    };
    match identity.account_by_session(secret) {
        Err(why) => auth::refusal(&why),
        Ok(LoggedIn { session, account, choices }) => {
            let choices: Vec<_> = choices
                .iter()
                .map(|choice| {
                    let scopes: Vec<_> = choice.scopes.iter().map(|s| s.as_str()).collect();
                    json!({ "code": choice.code, "name": choice.name, "scopes": scopes })
                })
                .collect();
            let map = app.base_map().map(|map| base_map::told(map));
            let body = json!({
                "account": { "id": account.id, "login": account.login, "name": account.name },
                "session": session.id,
                "expires": session.expires,
                "organizations": choices,
                "csrf": csrf_of(secret),
                "map": map,
            });
            Json(body).into_response()
        }
    }
}

async fn log_out(
    State(app): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    let identity = app.identity();
    let gone = [(SET_COOKIE, cookie::clear(identity.site()))];
    let Some(secret) = cookie::secret(&headers, identity.site()) else {
        return (StatusCode::NO_CONTENT, gone).into_response();
    };
    let own = auth::check_own_page(identity, &headers)
        .and_then(|()| auth::check_csrf(secret, auth::text(&headers, auth::CSRF)));
    if let Err(why) = own {
        return auth::refusal(&why);
    }
    if let Ok(LoggedIn { session, .. }) = identity.account_by_session(secret)
        && let Err(error) = identity.log_out(&session, format!("request:{request_id}")).await
    {
        return reply(&app, Err(error.into()));
    }
    (StatusCode::NO_CONTENT, gone).into_response()
}

/// The reply to somebody who wants in.
fn reply(app: &AppState, begun: Result<NewSession, NotLetIn>) -> Response {
    let refusal = match begun {
        Ok(NewSession { secret, expires }) => {
            let cookie = [(SET_COOKIE, cookie::set(&secret, app.identity().site()))];
            let body = Json(json!({ "csrf": csrf_of(&secret), "expires": expires }));
            return (StatusCode::CREATED, cookie, body).into_response();
        }
        Err(refusal) => refusal,
    };
    let (status, code, retry_after_ms) = match &refusal {
        NotLetIn::Wrong => (StatusCode::UNAUTHORIZED, "WRONG", None),
        NotLetIn::TooEarly(wait) => {
            let ms = u64::try_from(wait.as_millis()).unwrap_or_default();
            (StatusCode::TOO_MANY_REQUESTS, "TOO_EARLY", Some(ms))
        }
        NotLetIn::Busy(_) => (StatusCode::SERVICE_UNAVAILABLE, "BUSY", Some(1_000)),
        NotLetIn::Unusable(_) => (StatusCode::UNPROCESSABLE_ENTITY, "PASSWORD_UNUSABLE", None),
        NotLetIn::Submit(error) => match error.retry_after_ms() {
            None => (StatusCode::UNPROCESSABLE_ENTITY, error.code(), None),
            Some(ms) => (StatusCode::SERVICE_UNAVAILABLE, error.code(), Some(ms)),
        },
        NotLetIn::Store(_) => (StatusCode::SERVICE_UNAVAILABLE, "STORE_UNAVAILABLE", Some(2_000)),
        NotLetIn::NoRandomness => (StatusCode::INTERNAL_SERVER_ERROR, "NO_RANDOMNESS", None),
    };
    let mut response = problem(status, code, &refusal.to_string());
    if let Some(ms) = retry_after_ms {
        response.headers_mut().insert(RETRY_AFTER, ms.div_ceil(1_000).into());
    }
    response
}

fn unreadable(error: &JsonRejection) -> Response {
    problem(error.status(), "BAD_REQUEST", &error.body_text())
}

fn problem(status: StatusCode, code: &str, message: &str) -> Response {
    let error = json!({ "message": message, "extensions": { "code": code } });
    (status, Json(json!({ "errors": [error] }))).into_response()
}

/// Where a request comes from, for counting attempts. What a proxy on this machine says of it is
/// believed, and of what it says the last word, which is its own.
fn address(peer: Option<Extension<Peer>>, headers: &HeaderMap) -> IpAddr {
    let peer = peer.map_or(IpAddr::from([0, 0, 0, 0]), |Extension(Peer(address))| address);
    let told = headers.get_all("x-forwarded-for").iter().next_back();
    let told = told.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    told.filter(|_| peer.to_canonical().is_loopback()).unwrap_or(peer)
}
