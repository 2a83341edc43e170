//! GraphQL over HTTP, as the draft specification of the GraphQL foundation has it
//! (<https://graphql.github.io/graphql-over-http/draft/>).
//!
//! - [`params`]: a request out of a body or a query string; [`negotiate`]: the type of the reply
//! - [`documents`]: documents are parsed once; [`answers`]: equal queries are executed once
//! - [`execute`]: from a request to an answer; [`response`]: in the shape that clients want;
//!   [`reply`]: from an answer to HTTP

mod answers;
mod documents;
mod execute;
mod negotiate;
mod params;
mod reply;
mod response;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use axum::{Extension, body};

use super::{AppState, Caller, RequestId, socket};
use crate::graphql::limits::{BATCH_MAX, BODY_BYTES_MAX};
use negotiate::MediaType;
use params::Asked;

pub(super) use answers::Answers;
pub(super) use documents::Documents;
pub(super) use execute::{
    Answered, Asker, Outcome, Prepared, answer, digest_of, failure, prepare, request_of, stored,
};
pub(super) use params::Params;
pub(super) use reply::Problem;
pub(super) use response::{coded, members, put_codes};

/// A request in the query string, which can only ask; or the beginning of a WebSocket.
pub(super) async fn get(
    State(app): State<AppState>,
    socket: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    caller: Result<Caller, Response>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    if let Ok(socket) = socket {
        return socket::upgrade(State(app), headers, RawQuery(query), socket).await;
    }
    let principal = match caller {
        Ok(Caller(principal)) => principal,
        Err(unauthorized) => return unauthorized,
    };
    let media_type = match MediaType::accepted(&headers) {
        Ok(media_type) => media_type,
        Err(problem) => return problem.into_reply(&request_id),
    };
    let params = match Params::from_query(query.as_deref().unwrap_or_default()) {
        Ok(params) => params,
        Err(problem) => return problem.into_reply(&request_id),
    };
    let asker = Asker::new(&app, principal, request_id, Method::GET);
    let answered = answer(&app, &asker, params).await;
    reply::one(&answered, &asker, media_type)
}

/// A request in the body, or several.
pub(super) async fn post(
    State(app): State<AppState>,
    Caller(principal): Caller,
    Extension(RequestId(request_id)): Extension<RequestId>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let read = async {
        let media_type = MediaType::accepted(&headers)?;
        negotiate::check_content_type(&headers)?;
        let body = body::to_bytes(body, BODY_BYTES_MAX).await;
        let body = body.map_err(|_| Problem::BodyTooLarge)?;
        Ok((media_type, Asked::from_body(&body, BATCH_MAX)?))
    };
    let (media_type, asked) = match read.await {
        Ok(read) => read,
        Err::<_, Problem>(problem) => return problem.into_reply(&request_id),
    };
    let asker = Asker::new(&app, principal, request_id, Method::POST);
    match asked {
        Asked::One(params) => {
            let answered = answer(&app, &asker, params).await;
            reply::one(&answered, &asker, media_type)
        }
        Asked::Batch(batch) => {
            let mut answers: Vec<Arc<Answered>> = Vec::with_capacity(batch.len());
            // One after the other, so that a batch is no way to get more than one's share.
            for params in batch {
                answers.push(answer(&app, &asker, params).await);
            }
            reply::batch(&answers, &asker, media_type)
        }
    }
}
