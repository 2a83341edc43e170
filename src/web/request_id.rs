//! The id of a request, which stands in the reply, in the logs, and as the cause in the log of
//! whatever followed from it.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use super::AppState;

/// The header that holds it.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request, as an extension of the request.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Gives every request an id, and puts it into the reply.
pub(super) async fn assign(
    State(app): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    // Made here and never taken from the client, because it becomes part of the log.
    let id = app.hub().clock().new_id().simple().to_string();
    let value = HeaderValue::from_str(&id);
    request.extensions_mut().insert(RequestId(id));
    let mut response = next.run(request).await;
    if let Ok(value) = value {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
