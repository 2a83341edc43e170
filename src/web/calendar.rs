//! On-call schedules as calendars that other programs follow by their address.
//!
//! Calendar programs send a name and a password (RFC 7617) and cannot be told of bearer tokens, so
//! here a token may be the password, whatever the name. It may not elsewhere: a browser repeats a
//! password by itself, also for pages of others. A calendar says what the same token is told by
//! GraphQL.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::graphql::{Asker, Params, answer};
use super::{AppState, RequestId, auth};
use crate::domain::Principal;
use crate::graphql::limits::SHIFT_DAYS_MAX;
use crate::identity::{Identity, NotRecognized};

/// How much of the past a calendar keeps, so that who was on call last is not gone at once.
const DAYS_BEFORE: i64 = 7;
const QUERY: &str = "query Calendar($id: ID!, $from: DateTime!, $to: DateTime!) { \
    schedule(id: $id) { ical(from: $from, to: $to) } }";

/// The calendar of a schedule from last week on, as far ahead as shifts are told at once.
pub(super) async fn show(
    State(app): State<AppState>,
    Path(file): Path<String>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    let principal = match caller(app.identity(), &headers) {
        Ok(principal) => principal,
        Err(why) => return refusal(&why),
    };
    let id = file.strip_suffix(".ics").unwrap_or_default();
    let from = app.hub().clock().now() - SignedDuration::from_hours(24 * DAYS_BEFORE);
    let to = from + SignedDuration::from_hours(24 * SHIFT_DAYS_MAX);
    let params = Params::of(QUERY, &json!({ "id": id, "from": from, "to": to }));
    let asker = Asker::new(&app, principal, request_id, Method::GET);
    let data = answer(&app, &asker, params).await.data();
    match data.pointer("/schedule/ical").and_then(Value::as_str) {
        Some(calendar) => {
            ([(CONTENT_TYPE, "text/calendar; charset=utf-8")], calendar.to_owned()).into_response()
        }
        None => (StatusCode::NOT_FOUND, "you see no schedule with this id\n").into_response(),
    }
}

/// Who asks: by a token as a password, or as everywhere.
fn caller(identity: &Identity, headers: &HeaderMap) -> Result<Arc<Principal>, NotRecognized> {
    match auth::text(headers, AUTHORIZATION.as_str()).and_then(password) {
        Some(token) => identity.by_token(&token, auth::text(headers, auth::ORGANIZATION)),
        None => auth::by_headers(identity, &Method::GET, headers),
    }
}

/// The password in the value of an `Authorization` header.
fn password(authorization: &str) -> Option<String> {
    let (scheme, coded) = authorization.split_once(' ')?;
    let plain = STANDARD.decode(coded.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"));
    let plain = String::from_utf8(plain?).ok()?;
    plain.split_once(':').map(|(_, password)| password.to_owned())
}

/// The reply to whoever was not recognized. It asks for a password, as calendar programs need.
fn refusal(why: &NotRecognized) -> Response {
    let mut response = auth::refusal(why);
    if response.status() == StatusCode::UNAUTHORIZED {
        let challenge = HeaderValue::from_static("Basic realm=\"muster\", charset=\"UTF-8\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}
