//! Who calls: bearer tokens (RFC 6750), or the cookie of a log-in.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, HOST, ORIGIN, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::AppState;
use super::session::cookie;
use crate::domain::Principal;
use crate::identity::{Identity, NotRecognized, csrf_of};

/// The header by which one says for which organization one acts.
pub(super) const ORGANIZATION: &str = "muster-organization";
/// The header by which a page shows that it belongs to the session.
pub(super) const CSRF: &str = "x-muster-csrf";

/// A caller that was recognized. As an extractor it refuses all others.
#[derive(Clone, Debug)]
pub struct Caller(pub Arc<Principal>);

/// The address that a request came from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) IpAddr);

/// Recognizes the value of an `Authorization` header.
pub(super) fn by_authorization(
    identity: &Identity,
    authorization: &str,
    organization: Option<&str>,
) -> Result<Arc<Principal>, NotRecognized> {
    let (scheme, token) = authorization.split_once(' ').ok_or(NotRecognized::Malformed)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(NotRecognized::Malformed);
    }
    identity.by_token(token.trim(), organization)
}

/// Recognizes the caller of a request by its headers. A token goes before a cookie, because a
/// browser sends the cookie whether its user wants or not.
pub(super) fn by_headers(
    identity: &Identity,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Arc<Principal>, NotRecognized> {
    let organization = text(headers, ORGANIZATION);
    if let Some(value) = headers.get(AUTHORIZATION) {
        let value = value.to_str().map_err(|_| NotRecognized::Malformed)?;
        return by_authorization(identity, value, organization);
    }
    let secret = cookie::secret(headers, identity.site()).ok_or(NotRecognized::Missing)?;
    let principal = identity.by_session(secret, organization)?;
    if !method.is_safe() {
        check_own_page(identity, headers)?;
        check_csrf(secret, text(headers, CSRF))?;
    }
    Ok(principal)
}

/// Checks that the request does not come from a page of another site. Browsers say so in these
/// headers; programs without a browser send neither.
pub(super) fn check_own_page(
    identity: &Identity,
    headers: &HeaderMap,
) -> Result<(), NotRecognized> {
    let fetched = text(headers, "sec-fetch-site");
    let foreign_fetch = fetched.is_some_and(|site| !matches!(site, "same-origin" | "none"));
    let host = text(headers, HOST.as_str());
    let is_ours = |origin: &str| identity.site().is_origin(origin, host);
    let foreign_origin = match headers.get(ORIGIN) {
        None => false,
        Some(origin) => !origin.to_str().is_ok_and(is_ours),
    };
    if foreign_fetch || foreign_origin { Err(NotRecognized::CrossSite) } else { Ok(()) }
}

/// Checks what only a page of this hub can know of a session.
pub(super) fn check_csrf(secret: &str, sent: Option<&str>) -> Result<(), NotRecognized> {
    // Compared by their hashes, so that the time this takes tells nothing.
    let right = sent.is_some_and(|sent| csrf_of(sent) == csrf_of(&csrf_of(secret)));
    if right { Ok(()) } else { Err(NotRecognized::CrossSite) }
}

/// A header as text.
pub(super) fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Response> {
        let caller = by_headers(app.identity(), &parts.method, &parts.headers);
        caller.map(Self).map_err(|why| refusal(&why))
    }
}

/// The name of the reason for programs, stable over releases.
pub(super) const fn code(why: &NotRecognized) -> &'static str {
    match why {
        NotRecognized::OrganizationNeeded(_) => "ORGANIZATION_NEEDED",
        NotRecognized::OrganizationNotYours { .. } => "ORGANIZATION_NOT_YOURS",
        NotRecognized::GrantMissing => "GRANT_MISSING",
        NotRecognized::CrossSite => "CROSS_SITE",
        _ => "UNAUTHENTICATED",
    }
}

/// The status of the reply that tells it.
pub(super) const fn status(why: &NotRecognized) -> StatusCode {
    match why {
        NotRecognized::OrganizationNeeded(_) => StatusCode::BAD_REQUEST,
        NotRecognized::OrganizationNotYours { .. }
        | NotRecognized::GrantMissing
        | NotRecognized::CrossSite => StatusCode::FORBIDDEN,
        _ => StatusCode::UNAUTHORIZED,
    }
}

/// The reply to a caller who was not recognized.
pub(super) fn refusal(why: &NotRecognized) -> Response {
    // The shape of a GraphQL error, which other clients can read as well.
    let body = serde_json::json!({
        "errors": [{
            "message": why.to_string(),
            "extensions": { "code": code(why) },
        }],
    });
    let mut response = (status(why), Json(body)).into_response();
    if response.status() == StatusCode::UNAUTHORIZED {
        let challenge = axum::http::HeaderValue::from_static("Bearer realm=\"muster\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}
