//! One operation of a client, as a stream of messages.

use std::sync::Arc;

use async_graphql::Request;
use async_graphql::parser::types::OperationType;
use axum::extract::ws::Utf8Bytes;
use futures_util::stream::{self, BoxStream, StreamExt as _};
use tokio::sync::{broadcast, watch};
use tokio_util::task::AbortOnDropHandle;

use super::protocol;
use super::streams::{Event, Followed, SharedStream};
use crate::domain::Seq;
use crate::graphql::Part;
use crate::hub::{Hub, Told};
use crate::web::AppState;
use crate::web::graphql::{
    Answered, Asker, Outcome, Params, Prepared, answer, digest_of, prepare, request_of, stored,
};

/// What is told when answering failed by a fault of the hub; other operations go on.
const FAILED: &str =
    r#"[{"message":"the hub failed at this; tell who runs it","extensions":{"code":"FAILED"}}]"#;

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
            let answering = app.0.sockets.answering.clone();
            let message_id = id.clone();
            let messages = async move {
                let answer = answering.spawn(async move {
                    let answered = answer(&app, &asker, params).await;
                    of_answer(&id, &answered, &asker)
                });
                let messages = AbortOnDropHandle::new(answer).await;
                let failed = |_| vec![protocol::error(&message_id, FAILED)];
                stream::iter(messages.unwrap_or_else(failed))
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

fn subscription(
    app: AppState,
    asker: Asker,
    id: &str,
    params: Params,
    prepared: Prepared,
) -> BoxStream<'static, Utf8Bytes> {
    let message_id = id.to_owned();
    let subscriber = Subscriber {
        personal: app.hub().personal(),
        counted: Counted::new(app.clone()),
        following: None,
        resume: None,
        ended: false,
        app,
        asker,
        params,
        prepared,
    };
    stream::unfold(subscriber, Subscriber::next)
        .map(move |event| match event.failed {
            true => protocol::error(&message_id, &event.payload),
            false => protocol::next(&message_id, &event.payload),
        })
        .boxed()
}

/// Catches up alone, then takes from the stream that is shared with all who follow the same. Whoever
/// breaks the glass meanwhile is another viewer from then on, and catches up once more.
struct Subscriber {
    app: AppState,
    asker: Asker,
    params: Params,
    prepared: Prepared,
    /// Wakes when somebody may be shown what the rest of their organization is not.
    personal: watch::Receiver<usize>,
    /// None while it has to catch up.
    following: Option<Following>,
    /// From where on it has to catch up, if it has before.
    resume: Option<Seq>,
    ended: bool,
    #[expect(dead_code, reason = "counted until it is dropped")]
    counted: Counted,
}

/// A place in a shared stream, which lives as long as somebody holds it.
struct Following {
    #[expect(dead_code, reason = "it goes on until nobody holds it")]
    shared: Arc<SharedStream>,
    live: broadcast::Receiver<Event>,
    seen: Told,
}

impl Subscriber {
    /// The next event, up to and including the one that ends the subscription.
    async fn next(mut self) -> Option<(Event, Self)> {
        loop {
            if self.ended {
                return None;
            }
            let Some(following) = &mut self.following else {
                let event = self.catch_up().await;
                return Some((event, self));
            };
            tokio::select! {
                // Before any event that was made for other eyes.
                biased;
                Ok(()) = self.personal.changed() => {
                    let viewer = self.app.hub().viewer(&self.asker.principal);
                    if viewer != self.asker.viewer {
                        self.resume = Some(following.seen.seq);
                        self.asker.viewer = viewer;
                        self.following = None;
                    }
                }
                event = following.next(self.app.hub()) => {
                    let event = event?;
                    self.ended = event.failed;
                    return Some((event, self));
                }
            }
        }
    }

    /// The subscriber's own event, after which it follows.
    async fn catch_up(&mut self) -> Event {
        // The place in the shared stream is taken before the catch-up is computed.
        let shared = self.join();
        let live = shared.subscribe();
        shared.started().await;
        let (progress, seen) = watch::channel(None);
        let part = Part::CatchUp { progress, resume: self.resume };
        let first = self.app.0.schema.execute_stream(self.request(part)).boxed().next().await;
        let told = *seen.borrow();
        let Some(response) = first else {
            self.ended = true;
            return Event::not_started(&self.app);
        };
        let event = Event::of(&response, told);
        let seen = told.filter(|_| !event.failed);
        self.following = seen.map(|seen| Following { shared, live, seen });
        self.ended = self.following.is_none();
        event
    }

    fn join(&self) -> Arc<SharedStream> {
        let operation = &self.prepared.operation;
        let followed = Followed {
            viewer: Arc::clone(&self.asker.viewer),
            principal: operation.personal.then(|| Arc::clone(&self.asker.principal)),
            digest: digest_of(&self.params, operation.cursor_variable.as_deref()),
        };
        let execute = |progress| {
            let request = self.request(Part::Live(progress));
            self.app.0.schema.execute_stream(request).boxed()
        };
        self.app.0.sockets.streams.join(followed, execute)
    }

    fn request(&self, part: Part) -> Request {
        let (params, prepared) = (self.params.clone(), self.prepared.clone());
        let view = self.app.hub().view(&self.asker.viewer);
        request_of(&self.app, &self.asker, params, prepared, view).data(part)
    }
}

impl Following {
    /// The next event after what was told.
    async fn next(&mut self, hub: &Hub) -> Option<Event> {
        loop {
            match self.live.recv().await {
                // What failed ends the subscription, whatever it goes up to.
                Ok(event) if event.failed => return Some(event),
                Ok(event) => match event.is_after(self.seen) {
                    Some(false) => {}
                    Some(true) => {
                        self.seen = event.told.unwrap_or(self.seen);
                        return Some(event);
                    }
                    None => return Some(too_slow(hub, self.seen)),
                },
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    return Some(too_slow(hub, self.seen));
                }
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

fn too_slow(hub: &Hub, seen: Told) -> Event {
    Event::too_slow(&hub.position_at(seen.seq))
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
