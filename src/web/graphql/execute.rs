//! From a request to an answer: parse, measure, execute, serialize; or take what is there.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Request, Response, ServerError};
use aws_lc_rs::digest::{Context as Digest, SHA256};
use axum::http::Method;

use super::answers::Question;
use super::params::Params;
use super::response::{coded, members, outcome_of, put_codes, put_nulls};
use crate::domain::{Credential, Principal, Scope};
use crate::graphql::document::{self, Cost, Operation};
use crate::graphql::limits::{MUTATION_TIME_MAX, QUERY_TIME_MAX};
use crate::graphql::{Asked, limits};
use crate::hub::Position;
use crate::sharing::{View, Viewer};
use crate::web::AppState;
use crate::web::metrics::OperationLabels;

/// Who asks, by which request.
pub(in crate::web) struct Asker {
    pub(in crate::web) principal: Arc<Principal>,
    pub(in crate::web) viewer: Arc<Viewer>,
    pub(in crate::web) request_id: String,
    /// By which HTTP method; a WebSocket counts as POST.
    method: Method,
}

impl Asker {
    pub(in crate::web) fn new(
        app: &AppState,
        principal: Arc<Principal>,
        request_id: String,
        method: Method,
    ) -> Self {
        let viewer = app.hub().viewer(&principal);
        Self { principal, viewer, request_id, method }
    }
}

/// An answer, serialized but for what differs from one request to the next.
#[derive(Debug)]
pub(in crate::web) struct Answered {
    /// The members `errors` and `data` of the response, without the braces around them.
    pub(in crate::web) members: Vec<u8>,
    /// How it went.
    pub(in crate::web) outcome: Outcome,
    /// Where the picture of whoever asked stood; none where nothing was executed.
    pub(in crate::web) position: Option<Position>,
    /// Since when the store has not answered.
    pub(in crate::web) stale_since: Option<jiff::Timestamp>,
    /// What it cost.
    pub(in crate::web) cost: Cost,
}

impl Answered {
    /// What was told; nothing where the request could not be executed.
    pub(in crate::web) fn data(&self) -> serde_json::Value {
        let whole = [b"{".as_slice(), &self.members, b"}"].concat();
        let mut told: serde_json::Value = serde_json::from_slice(&whole).unwrap_or_default();
        told.get_mut("data").map(serde_json::Value::take).unwrap_or_default()
    }
}

/// How a request went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Outcome {
    /// It was executed, perhaps with errors in some fields.
    Executed,
    /// The document or its variables cannot be executed.
    Invalid,
    /// A mutation came by GET.
    WrongMethod,
    /// Whoever asks may not.
    NotPermitted,
    /// Nothing of it could be carried out now.
    Unavailable {
        /// When to try again.
        retry_after_ms: u64,
    },
    /// It took too long.
    TimedOut,
}

/// A request that may be executed.
#[derive(Clone)]
pub(in crate::web) struct Prepared {
    pub(in crate::web) document: Arc<ExecutableDocument>,
    pub(in crate::web) operation: Operation,
    pub(in crate::web) variables: async_graphql::Variables,
}

/// Puts the stored query in the place of its name, and holds a token to those it is bound to.
pub(in crate::web) fn stored(
    app: &AppState,
    asker: &Asker,
    mut params: Params,
) -> Result<Params, Answered> {
    let name = params.stored_query.take();
    let Credential::Token { stored_queries: Some(bound), .. } = &asker.principal.credential else {
        return match name {
            None => Ok(params),
            Some(_) => {
                let message = "`storedQuery` is for tokens that are bound to stored queries; \
                               send the document in `query`";
                let error = coded("NOT_STORED", message.to_owned());
                Err(failure(app, Outcome::Invalid, error))
            }
        };
    };
    let asked = bound.iter().find(|stored| match &name {
        Some(name) => stored.name == *name,
        None => stored.document == params.query,
    });
    let Some(stored) = asked else {
        let names: Vec<_> = bound.iter().map(|stored| format!("`{}`", stored.name)).collect();
        let message = format!(
            "this token may send only its stored queries, by \
             {{\"extensions\":{{\"storedQuery\":\"…\"}}}}: {}",
            names.join(", ")
        );
        return Err(failure(app, Outcome::NotPermitted, coded("NOT_STORED", message)));
    };
    params.query.clone_from(&stored.document);
    Ok(params)
}

/// Parses and measures a request, and checks that it may be asked.
pub(in crate::web) fn prepare(
    app: &AppState,
    asker: &Asker,
    params: &Params,
) -> Result<Prepared, Answered> {
    let invalid = |error: ServerError| failure(app, Outcome::Invalid, error);
    let document = app.0.documents.parse(&params.query).map_err(|error| invalid(error.into()))?;
    let variables = params.values.clone();
    let measured = document::measure(&document, params.operation_name.as_deref(), &variables)
        .map_err(|error| invalid(coded("LIMIT_EXCEEDED", error.to_string())))?;
    let Some(operation) = measured else {
        let name = params.operation_name.as_deref().unwrap_or_default();
        let message = format!("the document has no operation named `{name}`");
        return Err(invalid(coded("OPERATION_UNKNOWN", message)));
    };
    if operation.kind != OperationType::Query && asker.method == Method::GET {
        let message = "only queries can be asked by GET; use POST".to_owned();
        let error = coded("METHOD_NOT_ALLOWED", message);
        return Err(failure(app, Outcome::WrongMethod, error));
    }
    if operation.kind != OperationType::Mutation && !asker.principal.may(Scope::Read) {
        let message =
            format!("`{}` may not do this: it needs the scope `read`", asker.principal.name);
        return Err(failure(app, Outcome::NotPermitted, coded("NOT_PERMITTED", message)));
    }
    if operation.kind == OperationType::Subscription && operation.roots != 1 {
        let message = "a subscription has exactly one field at its root".to_owned();
        return Err(invalid(coded("ONE_ROOT_FIELD", message)));
    }
    Ok(Prepared { document, operation, variables })
}

/// Answers a request.
pub(in crate::web) async fn answer(app: &AppState, asker: &Asker, params: Params) -> Arc<Answered> {
    let found = stored(app, asker, params)
        .and_then(|params| prepare(app, asker, &params).map(|prepared| (params, prepared)));
    let (params, prepared) = match found {
        Ok(found) => found,
        Err(refused) => return counted(app, None, Arc::new(refused)),
    };
    let kind = prepared.operation.kind;
    let answered = match kind {
        OperationType::Query => query(app, asker, params, prepared).await,
        OperationType::Mutation => {
            // What was handed to the hub is seen through to its end, also when the client goes.
            let view = app.hub().view(&asker.viewer);
            Arc::new(execute(app, asker, params, prepared, view, MUTATION_TIME_MAX).await)
        }
        OperationType::Subscription => {
            let message = "a subscription needs a WebSocket: connect to `/graphql/ws` with the \
                           protocol `graphql-transport-ws`";
            let error = coded("NEEDS_WEBSOCKET", message.to_owned());
            Arc::new(failure(app, Outcome::Invalid, error))
        }
    };
    counted(app, Some(kind), answered)
}

/// Answers a query, from memory where that is as good.
async fn query(app: &AppState, asker: &Asker, params: Params, prepared: Prepared) -> Arc<Answered> {
    let view = app.hub().view(&asker.viewer);
    let seq = view.seq();
    let Operation { volatile, personal, .. } = prepared.operation;
    let shared = !volatile && app.hub().stale_since().is_none();
    let question = shared.then(|| Question {
        viewer: Arc::clone(&asker.viewer),
        judged: view.boundaries_passed(),
        principal: personal.then(|| Arc::clone(&asker.principal)),
        digest: digest_of(&params, None),
    });
    let place = question.and_then(|q| Some((app.0.answers.place(seq, q.clone())?, q)));
    let Some((place, question)) = place else {
        return Arc::new(execute(app, asker, params, prepared, view, QUERY_TIME_MAX).await);
    };
    if place.initialized() {
        app.metrics().answers_shared.inc();
    }
    let answered = place.get_or_init(|| async {
        let answered = execute(app, asker, params, prepared, view, QUERY_TIME_MAX).await;
        if answered.outcome == Outcome::Executed && answered.is_whole() {
            app.0.answers.count(seq, answered.members.len());
        } else {
            app.0.answers.forget(&question);
        }
        Arc::new(answered)
    });
    Arc::clone(answered.await)
}

/// Executes a request on a view, and serializes what comes of it.
async fn execute(
    app: &AppState,
    asker: &Asker,
    params: Params,
    prepared: Prepared,
    view: View,
    time_max: Duration,
) -> Answered {
    let (cost, kind) = (prepared.operation.cost, prepared.operation.kind);
    let position = Some(app.hub().position(&view));
    let request = request_of(app, asker, params, prepared, view);
    let executed = tokio::time::timeout(time_max, app.0.schema.execute(request)).await;
    let Ok(mut response) = executed else {
        let message = format!("it took more than {} s; ask for less", time_max.as_secs());
        return failure(app, Outcome::TimedOut, coded("TIMED_OUT", message));
    };
    if kind == OperationType::Mutation {
        put_nulls(&mut response);
    }
    put_codes(&mut response);
    let outcome = outcome_of(&response);
    let stale_since = app.hub().stale_since();
    Answered { members: members(&response, outcome), outcome, position, stale_since, cost }
}

/// The request as the executor takes it.
pub(in crate::web) fn request_of(
    app: &AppState,
    asker: &Asker,
    params: Params,
    prepared: Prepared,
    view: View,
) -> Request {
    let mut request = Request::new(params.query).variables(prepared.variables).data(Asked {
        hub: app.hub().clone(),
        identity: Arc::clone(app.identity()),
        principal: Arc::clone(&asker.principal),
        view,
        request_id: asker.request_id.clone(),
        notify: app.notify().cloned(),
        outcomes: Arc::clone(&app.0.outcomes),
    });
    request.operation_name = params.operation_name;
    request.set_parsed_query(ExecutableDocument::clone(&prepared.document));
    request
}

/// What makes two requests of a viewer the same. The variable left out is the cursor by which
/// subscribers differ although they follow the same.
pub(in crate::web) fn digest_of(params: &Params, without: Option<&str>) -> [u8; 32] {
    let mut digest = Digest::new(&SHA256);
    let mut add = |part: &[u8]| {
        digest.update(&part.len().to_be_bytes());
        digest.update(part);
    };
    add(params.query.as_bytes());
    add(params.operation_name.as_deref().unwrap_or_default().as_bytes());
    let variables = params.variables.as_ref().map_or("", |variables| variables.get());
    match without {
        None => add(variables.as_bytes()),
        Some(name) => {
            let mut variables: serde_json::Map<_, _> =
                serde_json::from_str(variables).unwrap_or_default();
            variables.remove(name);
            add(&serde_json::to_vec(&variables).unwrap_or_default());
        }
    }
    let mut bytes = [0; 32];
    bytes.iter_mut().zip(digest.finish().as_ref()).for_each(|(to, from)| *to = *from);
    bytes
}

/// The answer to a request that was not executed.
pub(in crate::web) fn failure(app: &AppState, outcome: Outcome, error: ServerError) -> Answered {
    let mut response = Response::from_errors(vec![error]);
    put_codes(&mut response);
    Answered {
        members: members(&response, outcome),
        outcome,
        position: None,
        stale_since: app.hub().stale_since(),
        cost: Cost::default(),
    }
}

impl Answered {
    /// Whether it has no errors.
    fn is_whole(&self) -> bool {
        self.members.starts_with(b"\"data\"")
    }

    /// The errors of an answer that has nothing else.
    pub(in crate::web) fn errors(&self) -> &[u8] {
        self.members.strip_prefix(b"\"errors\":").unwrap_or(&self.members)
    }

    /// What a reply tells beside the answer.
    pub(in crate::web) fn extensions(&self, request_id: &str) -> String {
        let Self { position, stale_since, cost, .. } = self;
        let stands = position.as_ref().map(|position| format!(",\"sequence\":\"{position}\""));
        let stands = stands.unwrap_or_default();
        let stale = stale_since.map_or_else(String::new, |s| format!(",\"staleSince\":\"{s}\""));
        format!(
            "\"extensions\":{{\"requestId\":\"{request_id}\"{stands}{stale},\
             \"limits\":{{\"complexity\":{},\"complexityMax\":{},\"depth\":{},\"depthMax\":{}}}}}",
            cost.complexity,
            limits::COMPLEXITY_MAX,
            cost.depth,
            limits::DEPTH_MAX,
        )
    }
}

fn counted(app: &AppState, kind: Option<OperationType>, answered: Arc<Answered>) -> Arc<Answered> {
    let kind = match kind {
        Some(OperationType::Query) => "query",
        Some(OperationType::Mutation) => "mutation",
        Some(OperationType::Subscription) => "subscription",
        None => "none",
    };
    let outcome = match answered.outcome {
        Outcome::Executed if answered.is_whole() => "ok",
        Outcome::Executed => "error",
        _ => "refused",
    };
    app.metrics().operations.get_or_create(&OperationLabels { kind, outcome }).inc();
    answered
}
