//! One operation of a client, as a stream of messages.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use axum::extract::ws::Utf8Bytes;
use futures_util::stream::{self, BoxStream, Stream, StreamExt as _};
use tokio::sync::{broadcast, watch};

use super::protocol;
use super::streams::{Event, Followed};
use crate::graphql::Part;
use crate::hub::Told;
use crate::web::AppState;
use crate::web::graphql::{
    Answered, Asker, Outcome, Params, Prepared, answer, coded, digest_of, failure, prepare,
    request_of, stored,
};

/// An operation that goes on.
pub(super) struct Operation {
    /// Its messages, the one that ends it included.
    pub(super) messages: BoxStream<'static, Utf8Bytes>,
    /// Whether it is a subscription, which does not end by itself.
    pub(super) follows: bool,
}

/// Begins an operation.
pub(super) fn begin(app: AppState, asker: Asker, id: String, params: Params) -> Operation {
    let found = stored(&app, &asker, params)
        .and_then(|params| prepare(&app, &asker, &params).map(|prepared| (params, prepared)));
    match found {
        Err(refused) => {
            let messages = stream::iter([of_failure(&id, &refused)]).boxed();
            Operation { messages, follows: false }
        }
        Ok((params, prepared)) if prepared.operation.kind == OperationType::Subscription => {
            let messages = subscription(app, asker, &id, params, prepared);
            Operation { messages, follows: true }
        }
        Ok((params, _)) => {
            let messages = async move {
                let answered = answer(&app, &asker, params).await;
                stream::iter(of_answer(&id, &answered, &asker))
            };
            let messages = stream::once(messages).flatten().boxed();
            Operation { messages, follows: false }
        }
    }
}

fn of_answer(id: &str, answered: &Answered, asker: &Asker) -> Vec<Utf8Bytes> {
    if !matches!(answered.outcome, Outcome::Executed | Outcome::Unavailable { .. }) {
        return vec![of_failure(id, answered)];
    }
    let members = String::from_utf8_lossy(&answered.members);
    let payload = format!("{{{members},{}}}", answered.extensions(&asker.request_id));
    vec![protocol::next(id, &payload), protocol::complete(id)]
}

fn of_failure(id: &str, answered: &Answered) -> Utf8Bytes {
    protocol::error(id, &String::from_utf8_lossy(answered.errors()))
}

/// Catches up alone, then takes from the stream that is shared with all who follow the same.
fn subscription(
    app: AppState,
    asker: Asker,
    id: &str,
    params: Params,
    prepared: Prepared,
) -> BoxStream<'static, Utf8Bytes> {
    let operation = &prepared.operation;
    let followed = Followed {
        viewer: Arc::clone(&asker.viewer),
        principal: operation.personal.then(|| Arc::clone(&asker.principal)),
        digest: digest_of(&params, operation.cursor_variable.as_deref()),
    };
    let execute = {
        let (app, asker, params, prepared) = (&app, &asker, params.clone(), prepared.clone());
        move |progress| {
            let view = app.hub().view(&asker.viewer);
            let request = request_of(app, asker, params, prepared, view);
            app.0.schema.execute_stream(request.data(Part::Live(progress))).boxed()
        }
    };
    // The place in the shared stream is taken before the catch-up is computed.
    let shared = app.0.sockets.streams.join(followed, execute);
    let live = shared.subscribe();
    let counted = Counted::new(app.clone());
    let message_id = id.to_owned();
    stream::once(async move {
        shared.started().await;
        let first = catch_up(&app, &asker, params, prepared).await;
        let rest = first.told.filter(|_| !first.failed).map(|told| after(live, told));
        let rest = stream::iter(rest).flatten();
        // What is shared lives as long as somebody holds it.
        stream::iter([first]).chain(rest).map(move |event| {
            let _held = (&shared, &counted);
            event
        })
    })
    .flatten()
    .map(move |event| match event.failed {
        true => protocol::error(&message_id, &event.payload),
        false => protocol::next(&message_id, &event.payload),
    })
    .boxed()
}

/// The subscriber's own first event.
async fn catch_up(app: &AppState, asker: &Asker, params: Params, prepared: Prepared) -> Event {
    let (progress, seen) = watch::channel(None);
    let view = app.hub().view(&asker.viewer);
    let request = request_of(app, asker, params, prepared, view).data(Part::CatchUp(progress));
    let first = app.0.schema.execute_stream(request).boxed().next().await;
    let told = *seen.borrow();
    match first {
        Some(response) => Event::of(&response, told),
        None => {
            let error = coded("NOT_STARTED", "the subscription gave nothing".to_owned());
            let failed = failure(app, Outcome::Invalid, error);
            let payload = String::from_utf8_lossy(failed.errors()).as_ref().into();
            Event { told, payload, failed: true }
        }
    }
}

/// The events after what was told, up to and including the one that ends the subscription.
fn after(live: broadcast::Receiver<Event>, seen: Told) -> impl Stream<Item = Event> {
    stream::unfold(Some((live, seen)), |following| async move {
        let (mut live, seen) = following?;
        loop {
            match live.recv().await {
                // What failed ends the subscription, whatever it goes up to.
                Ok(event) if event.failed => return Some((event, None)),
                Ok(event) => match event.is_after(seen) {
                    Ok(false) => {}
                    Ok(true) => {
                        let seen = event.told.unwrap_or(seen);
                        return Some((event, Some((live, seen))));
                    }
                    Err(last) => return Some((last, None)),
                },
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    return Some((Event::too_slow(seen.seq), None));
                }
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    })
}

/// A subscription in the metrics, from its beginning to its end.
struct Counted(AppState);

impl Counted {
    fn new(app: AppState) -> Self {
        app.metrics().subscriptions.inc();
        Self(app)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.metrics().subscriptions.dec();
    }
}
