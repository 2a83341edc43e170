//! From an answer to HTTP.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::execute::{Answered, Asker, Outcome};
use super::negotiate::MediaType;
use crate::graphql::limits::BODY_BYTES_MAX;

/// What is wrong with a request before its document is looked at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::web) enum Problem {
    /// It cannot be understood.
    #[error("{0}")]
    BadRequest(String),
    /// The body is over its bound.
    #[error("the body has more than {BODY_BYTES_MAX} bytes, or broke off; send less")]
    BodyTooLarge,
    /// The client wants a media type that there is not.
    #[error("accept `application/graphql-response+json` or `application/json`")]
    NotAcceptable,
    /// The body is not JSON.
    #[error("send `Content-Type: application/json`")]
    UnsupportedMediaType,
}

impl Problem {
    /// The reply that tells it.
    pub(super) fn into_reply(self, request_id: &str) -> Response {
        let (status, code) = match self {
            Self::BadRequest(_) => (StatusCode::BAD_REQUEST, "BAD_REQUEST"),
            Self::BodyTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "LIMIT_EXCEEDED"),
            Self::NotAcceptable => (StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE"),
            Self::UnsupportedMediaType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE")
            }
        };
        let body = serde_json::json!({
            "errors": [{ "message": self.to_string(), "extensions": { "code": code } }],
            "extensions": { "requestId": request_id },
        });
        (status, axum::Json(body)).into_response()
    }
}

/// The reply to one request.
pub(super) fn one(answered: &Answered, asker: &Asker, media_type: MediaType) -> Response {
    let mut body = Vec::with_capacity(answered.members.len() + 256);
    write(&mut body, answered, asker);
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status(answered.outcome, media_type);
    response.headers_mut().insert(CONTENT_TYPE, media_type.header());
    match answered.outcome {
        Outcome::Unavailable { retry_after_ms } => {
            let seconds = retry_after_ms.div_ceil(1_000);
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        Outcome::WrongMethod => {
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        }
        _ => {}
    }
    response
}

/// The reply to a batch: always 200, each answer says for itself how it went.
pub(super) fn batch(answers: &[Arc<Answered>], asker: &Asker, media_type: MediaType) -> Response {
    let mut body = vec![b'['];
    for (n, answered) in answers.iter().enumerate() {
        if n > 0 {
            body.push(b',');
        }
        write(&mut body, answered, asker);
    }
    body.push(b']');
    ([(CONTENT_TYPE, media_type.header())], body).into_response()
}

fn write(body: &mut Vec<u8>, answered: &Answered, asker: &Asker) {
    body.push(b'{');
    body.extend_from_slice(&answered.members);
    body.push(b',');
    body.extend_from_slice(answered.extensions(&asker.request_id).as_bytes());
    body.push(b'}');
}

const fn status(outcome: Outcome, media_type: MediaType) -> StatusCode {
    match (outcome, media_type) {
        (Outcome::Executed, _) | (Outcome::Invalid, MediaType::Json) => StatusCode::OK,
        (Outcome::Invalid, MediaType::GraphqlResponse) => StatusCode::BAD_REQUEST,
        (Outcome::WrongMethod, _) => StatusCode::METHOD_NOT_ALLOWED,
        (Outcome::NotPermitted, _) => StatusCode::FORBIDDEN,
        (Outcome::Unavailable { .. }, _) => StatusCode::SERVICE_UNAVAILABLE,
        (Outcome::TimedOut, _) => StatusCode::GATEWAY_TIMEOUT,
    }
}
