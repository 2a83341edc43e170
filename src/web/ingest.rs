//! Handing in documents over HTTP, and looking after the quarantine.
//!
//! | request | scope | answer |
//! | --- | --- | --- |
//! | `POST /ingest/cap` | ingest | what became of each message |
//! | `GET /ingest/quarantine` | operate | what was refused, newest first |
//! | `GET /ingest/quarantine/{id}` | operate | one document with its text |
//! | `POST /ingest/quarantine/{id}/replay` | operate | as for `POST /ingest/cap` |
//! | `DELETE /ingest/quarantine/{id}` | operate | nothing |
//! | `GET /ingest/sources` | operate | how each polled feed does |
//!
//! The status of a hand-in tells the sender's program what to do: 200 all is recorded, 422 mend
//! the message (it is in quarantine), 413 split the document (nothing of it is kept), 503 nothing is
//! lost on our side, send it again later.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, RETRY_AFTER, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::StreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::auth;
use crate::domain::{Credential, Principal, Scope};
use crate::identity::{Identity, NotRecognized};
use crate::intake::feeds::Sources;
use crate::intake::replay::ReplayError;
use crate::intake::report::{MessageReport, Word, worst};
use crate::intake::{DOCUMENT_BYTES_MAX, Document, Intake, Outcome};
use crate::log::limits::QUARANTINE_PAGE_MAX;
use crate::log::{LogError, QuarantinedSummary};

/// Bytes of a document that are read when it is larger than any that is taken. A client that still
/// sends when the connection ends sees a reset, and not the answer that says what is wrong.
const SENT_BYTES_MAX: usize = 64 * 1024 * 1024;
/// How long a document may take to arrive.
const BODY_WITHIN: Duration = Duration::from_secs(60);
/// What a document may be declared as. JSON is for envelopes with CAP documents as strings.
const MEDIA_TYPES: [&str; 7] = [
    "application/cap+xml",
    "application/xml",
    "text/xml",
    "application/atom+xml",
    "application/rss+xml",
    "application/json",
    "application/octet-stream",
];
/// Quarantined documents on one page unless another number is asked for.
const PAGE_DEFAULT: u32 = 50;
/// Seconds after which a request that the store could not answer may be repeated.
const STORE_RETRY_SECONDS: u64 = 2;

/// What the routes work on.
#[derive(Clone)]
pub struct IngestState {
    /// The pipeline.
    pub intake: Intake,
    /// Who may use it.
    pub identity: Arc<Identity>,
    /// The feeds that are polled.
    pub sources: Arc<Sources>,
}

/// The routes.
pub fn router(state: IngestState) -> Router {
    Router::new()
        .route("/ingest/cap", post(hand_in))
        .route("/ingest/quarantine", get(list))
        .route("/ingest/quarantine/{id}", get(show).delete(drop_one))
        .route("/ingest/quarantine/{id}/replay", post(replay))
        .route("/ingest/sources", get(sources))
        .with_state(state)
}

async fn hand_in(State(state): State<IngestState>, request: Request) -> Result<Response, Problem> {
    let (head, body) = request.into_parts();
    // Who asks is checked before a byte of the document is read.
    let principal = state.principal(&head.method, &head.headers, Scope::Ingest)?;
    check_media(&head.headers)?;
    check_length(&head.headers)?;
    let bytes = read(body).await?;
    let source = format!("http:{}", principal.name);
    let document = Document { bytes, name: "/ingest/cap".to_owned(), source };
    Ok(told(&state.intake.take(&principal, document).await))
}

async fn sources(
    State(state): State<IngestState>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    state.principal(&Method::GET, &headers, Scope::Operate)?;
    Ok(Json(json!({ "sources": state.sources.health() })).into_response())
}

async fn list(
    State(state): State<IngestState>,
    Query(page): Query<Page>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    state.principal(&Method::GET, &headers, Scope::Operate)?;
    let limit = page.limit.unwrap_or(PAGE_DEFAULT).clamp(1, QUARANTINE_PAGE_MAX);
    let items = state.intake.quarantined(page.before, limit).await?;
    let items: Vec<_> = items.into_iter().map(Item::from).collect();
    Ok(Json(json!({ "items": items })).into_response())
}

async fn show(
    State(state): State<IngestState>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    state.principal(&Method::GET, &headers, Scope::Operate)?;
    let item = state.intake.quarantined_item(id).await?.ok_or(ReplayError::Unknown(id))?;
    let text = String::from_utf8_lossy(&item.bytes);
    Ok(Json(json!({
        "id": id,
        "receivedAt": item.received_at,
        "source": item.source,
        "format": item.format,
        "error": item.error,
        "document": text,
    }))
    .into_response())
}

async fn replay(
    State(state): State<IngestState>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let principal = state.principal(&Method::POST, &headers, Scope::Operate)?;
    Ok(told(&state.intake.replay(&principal, id).await?))
}

async fn drop_one(
    State(state): State<IngestState>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    state.principal(&Method::DELETE, &headers, Scope::Operate)?;
    match state.intake.drop_quarantined(id).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(ReplayError::Unknown(id).into()),
    }
}

/// Which part of the quarantine is asked for.
#[derive(Deserialize)]
struct Page {
    /// The last document of the page before.
    before: Option<Uuid>,
    limit: Option<u32>,
}

/// A quarantined document in the list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: Uuid,
    received_at: jiff::Timestamp,
    source: String,
    format: String,
    error: String,
    size_bytes: u64,
}

impl From<QuarantinedSummary> for Item {
    fn from(item: QuarantinedSummary) -> Self {
        let QuarantinedSummary { id, received_at, source, format, error, size_bytes } = item;
        Self { id, received_at, source, format, error, size_bytes }
    }
}

impl IngestState {
    /// Whoever asks, if they may.
    fn principal(
        &self,
        method: &Method,
        headers: &HeaderMap,
        scope: Scope,
    ) -> Result<Arc<Principal>, Problem> {
        let principal = auth::by_headers(&self.identity, method, headers)
            .map_err(|why| Problem::unknown(&why))?;
        // What a token is bound to are documents of GraphQL.
        let bound =
            matches!(&principal.credential, Credential::Token { stored_queries: Some(_), .. });
        if principal.may(scope) && !bound { Ok(principal) } else { Err(Problem::forbidden(scope)) }
    }
}

/// Checks that the document is declared as something that may hold CAP, and is not compressed.
fn check_media(headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("(not ASCII)"));
    if let Some(encoding) = text(CONTENT_ENCODING).filter(|e| !e.eq_ignore_ascii_case("identity")) {
        let sentence = format!("the document is encoded as `{encoding}`; send it as it is");
        return Err(Problem::media(sentence));
    }
    let Some(declared) = text(CONTENT_TYPE) else { return Ok(()) };
    let media = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if MEDIA_TYPES.contains(&media.as_str()) {
        return Ok(());
    }
    let sentence =
        format!("`{media}` is no type of document that is read here; send application/cap+xml");
    Err(Problem::media(sentence))
}

/// Refuses a document by its declared length, where the client waits to be asked for it or it is too
/// large to be read to its end.
fn check_length(headers: &HeaderMap) -> Result<(), Problem> {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let limit = if headers.contains_key(EXPECT) { DOCUMENT_BYTES_MAX } else { SENT_BYTES_MAX };
    if length.is_some_and(|length: usize| length > limit) {
        return Err(Problem::too_large());
    }
    Ok(())
}

async fn read(body: Body) -> Result<Vec<u8>, Problem> {
    let (mut bytes, mut size) = (Vec::new(), 0);
    let mut pieces = body.into_data_stream();
    let all = async {
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|error| Problem::broken_off(&error))?;
            size += piece.len();
            if size <= DOCUMENT_BYTES_MAX {
                bytes.extend_from_slice(&piece);
            } else if size <= SENT_BYTES_MAX {
                bytes.clear();
            } else {
                break;
            }
        }
        if size > DOCUMENT_BYTES_MAX { Err(Problem::too_large()) } else { Ok(bytes) }
    };
    tokio::time::timeout(BODY_WITHIN, all).await.unwrap_or_else(|_| Err(Problem::slow()))
}

/// What became of the messages, as an answer.
fn told(outcomes: &[Outcome]) -> Response {
    let word = worst(outcomes);
    let messages: Vec<_> = outcomes.iter().map(MessageReport::from).collect();
    let body = Json(json!({ "outcome": word, "messages": messages }));
    match word {
        Word::Accepted | Word::Duplicate => body.into_response(),
        Word::Refused | Word::Quarantined => {
            (StatusCode::UNPROCESSABLE_ENTITY, body).into_response()
        }
        Word::NotTaken => {
            let wait = outcomes.iter().filter_map(retry_after_ms).max().unwrap_or_default();
            let seconds = wait.div_ceil(1_000).max(1).to_string();
            (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, seconds)], body).into_response()
        }
    }
}

fn retry_after_ms(outcome: &Outcome) -> Option<u64> {
    match outcome {
        Outcome::NotTaken { error } => error.retry_after_ms(),
        _ => None,
    }
}

/// Why a request got no other answer.
struct Problem {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Problem {
    fn unknown(why: &NotRecognized) -> Self {
        Self { status: auth::status(why), code: auth::code(why), message: why.to_string() }
    }

    fn forbidden(scope: Scope) -> Self {
        let message = format!("the token lacks the scope `{}`", scope.as_str());
        Self { status: StatusCode::FORBIDDEN, code: "NOT_PERMITTED", message }
    }

    fn media(message: String) -> Self {
        Self { status: StatusCode::UNSUPPORTED_MEDIA_TYPE, code: "MEDIA_TYPE", message }
    }

    fn slow() -> Self {
        let message = format!("the document did not arrive within {} s", BODY_WITHIN.as_secs());
        Self { status: StatusCode::REQUEST_TIMEOUT, code: "TIMEOUT", message }
    }

    fn too_large() -> Self {
        let message = crate::intake::files::too_large().message;
        Self { status: StatusCode::PAYLOAD_TOO_LARGE, code: "TOO_LARGE", message }
    }

    fn broken_off(error: &axum::Error) -> Self {
        let message = format!("the document broke off: {error}");
        Self { status: StatusCode::BAD_REQUEST, code: "BROKEN_OFF", message }
    }
}

impl From<ReplayError> for Problem {
    fn from(error: ReplayError) -> Self {
        let message = error.to_string();
        match error {
            ReplayError::Unknown(_) => {
                Self { status: StatusCode::NOT_FOUND, code: "NOT_FOUND", message }
            }
            ReplayError::Cut(_) => Self { status: StatusCode::CONFLICT, code: "CUT", message },
            ReplayError::Store(error) => error.into(),
        }
    }
}

impl From<LogError> for Problem {
    fn from(error: LogError) -> Self {
        // What the store said is for the operator's log, not for whoever asks.
        tracing::error!(%error, "the quarantine could not be read");
        let message = "the store does not answer; try again later".to_owned();
        Self { status: StatusCode::SERVICE_UNAVAILABLE, code: "STORE_UNAVAILABLE", message }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self { status, code, message } = self;
        let mut response =
            (status, Json(json!({ "code": code, "error": message }))).into_response();
        let header = match status {
            StatusCode::UNAUTHORIZED => {
                Some((WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")))
            }
            StatusCode::SERVICE_UNAVAILABLE => Some((RETRY_AFTER, STORE_RETRY_SECONDS.into())),
            _ => None,
        };
        response.headers_mut().extend(header);
        response
    }
}
