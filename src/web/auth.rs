//! Who calls: bearer tokens (RFC 6750).

use std::sync::Arc;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::AppState;
use crate::domain::Principal;
use crate::identity::Tokens;

/// A caller that was recognized. As an extractor it refuses all others with 401.
#[derive(Clone, Debug)]
pub struct Caller(pub Arc<Principal>);

/// Why a caller was not recognized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotRecognized {
    /// There is no token.
    #[error("send a token in the header `Authorization: Bearer mstr_…`; who runs the hub gives it")]
    Missing,
    /// The header is not of the form wanted.
    #[error("the header `Authorization` is not of the form `Bearer mstr_…`")]
    Malformed,
    /// The token is not known.
    #[error("the token is not known to this hub; ask who runs it for a new one")]
    Unknown,
}

/// Recognizes the value of an `Authorization` header.
pub(super) fn recognize(
    tokens: &Tokens,
    authorization: Option<&str>,
) -> Result<Arc<Principal>, NotRecognized> {
    let value = authorization.ok_or(NotRecognized::Missing)?;
    let (scheme, token) = value.split_once(' ').ok_or(NotRecognized::Malformed)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(NotRecognized::Malformed);
    }
    tokens.authenticate(token.trim()).ok_or(NotRecognized::Unknown)
}

/// Recognizes the caller of a request by its headers.
pub(super) fn by_headers(
    tokens: &Tokens,
    headers: &HeaderMap,
) -> Result<Arc<Principal>, NotRecognized> {
    let value = headers.get(AUTHORIZATION).map(|value| value.to_str());
    match value {
        None => recognize(tokens, None),
        Some(Ok(value)) => recognize(tokens, Some(value)),
        Some(Err(_)) => Err(NotRecognized::Malformed),
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Response> {
        by_headers(app.tokens(), &parts.headers).map(Self).map_err(IntoResponse::into_response)
    }
}

impl IntoResponse for NotRecognized {
    fn into_response(self) -> Response {
        // The shape of a GraphQL error, which other clients can read as well.
        let body = serde_json::json!({
            "errors": [{
                "message": self.to_string(),
                "extensions": { "code": "UNAUTHENTICATED" },
            }],
        });
        let challenge = [(WWW_AUTHENTICATE, "Bearer realm=\"muster\"")];
        (StatusCode::UNAUTHORIZED, challenge, Json(body)).into_response()
    }
}
