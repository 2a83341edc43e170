//! What a provider says, at the address that it calls.

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};

use super::Told;
use crate::notify::callbacks::Called;

pub(super) async fn take(
    State(told): State<Told>,
    Path(name): Path<String>,
    address: Uri,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = address.path_and_query().map_or("/", |path| path.as_str());
    let called = Called { method: method.as_str(), path, headers: &headers, body: &body };
    let answered = told.notify.called_back(&name, called).await;
    // One that does not exist and one that does not call are the same to a stranger.
    let Some(answered) = answered else { return StatusCode::NOT_FOUND.into_response() };
    let response = Response::builder()
        .status(answered.status)
        .header(CONTENT_TYPE, answered.content_type)
        .body(Body::from(answered.body));
    response.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}
