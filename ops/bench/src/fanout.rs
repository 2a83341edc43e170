//! One change to thousands of watchers, against a bare WebSocket broadcast of the same bytes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::Context as _;
use futures_util::stream::SplitStream;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use super::agreements::GIVER;
use super::http::{Client, request};
use super::measure::{Effort, median, median_pair};
use super::places::{Kind, Place};
use super::report::{Goal, Row};
use super::scribe::{self, Until};
use super::server::{Pace, SECRET, Server, secret_of};
use super::world::ORGANIZATIONS;

/// Watchers on one connection each.
const WATCHERS: [usize; 2] = [1_000, 5_000];
/// Changes of one run.
const CHANGES: usize = 10;
/// Seed of the world that is watched.
const SEED: u64 = 5;
/// The organization all of whose watchers are compared with those of all organizations.
const RECEIVER: usize = 2;
/// Bytes that a watcher reads at once.
const READ_BYTES: usize = 4 * 1024;
/// Connections that are opened at the same time.
const OPENING: usize = 64;

const FOLLOW: &str = "subscription { copChanges { sequence \
    added { __typename ... on Incident { id name } } \
    updated { __typename ... on Incident { id number name status changedAt lead { code } } } \
    removed { id } } }";

/// How the message begins that ends a subscription.
const SENT_AWAY: &str = r#"{"id":"1","type":"error""#;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Measures at each number of watchers.
pub(crate) async fn measure(effort: Effort) -> anyhow::Result<Vec<Row>> {
    let (_place, server) = serve().await?;
    let incident = open_watched(&server.address).await?;
    let mut rows = Vec::new();
    for watchers in WATCHERS {
        let everything = |_| SECRET.to_owned();
        let hub = Audience::gather(&server.address, "/graphql/ws", watchers, everything).await?;
        let raw = Audience::gather(&server.address, "/raw", watchers, everything).await?;
        let mut pairs = Vec::new();
        for run in 0..effort.runs {
            let (mut through_hub, mut bare) = (Vec::new(), Vec::new());
            for change in 0..CHANGES {
                let name = format!("Change {watchers} {run} {change}");
                let body = rename(&incident, &name);
                through_hub.push(hub.reached_by(&server.address, &body).await?);
                // The same number of bytes as a watcher of the hub gets.
                let bytes = vec![b'x'; hub.last_length.load(Ordering::Relaxed)];
                bare.push(
                    raw.reached_by(&server.address, &request("POST /raw", SECRET, &bytes)).await?,
                );
            }
            pairs.push((median(&mut through_hub), median(&mut bare)));
        }
        let (through_hub, bare) = median_pair(pairs);
        let name = format!("one change to {watchers} watchers, last delivery");
        rows.push(
            Row::new(name, through_hub, "ms", Goal::RatioAtMost(1.2))
                .against("of a bare broadcast of the same bytes", bare)
                .remark("from the acknowledgement; senders and watchers share the machine"),
        );
    }
    Ok(rows)
}

/// One change to watchers of 50 organizations, who are shown it by agreement and each in a picture
/// of its own, against as many watchers of one organization.
pub(crate) async fn measure_organizations(effort: Effort) -> anyhow::Result<Row> {
    let (_place, server) = serve().await?;
    let incident = open_watched(&server.address).await?;
    let watchers = WATCHERS.into_iter().max().unwrap_or(0);
    let mut pairs = Vec::new();
    for run in 0..effort.runs {
        let of_one =
            Audience::gather(&server.address, "/graphql/ws", watchers, |_| secret_of(RECEIVER));
        let one = of_one.await?.reached(&server.address, &incident, run * 2).await?;
        let of_all = |number| secret_of(number % ORGANIZATIONS);
        let of_all = Audience::gather(&server.address, "/graphql/ws", watchers, of_all).await?;
        pairs.push((of_all.reached(&server.address, &incident, run * 2 + 1).await?, one));
    }
    let (many, one) = median_pair(pairs);
    let name = format!("one change to {watchers} watchers of {ORGANIZATIONS} organizations");
    let remark = "from the acknowledgement to the last delivery; watchers share the machine";
    let row = Row::new(name, many, "ms", Goal::RatioAtMost(2.0));
    Ok(row.against("of as many of one organization", one).remark(remark))
}

/// A hub with a part of the reference world, and the place of its log.
async fn serve() -> anyhow::Result<(Place, Server)> {
    let place = Place::new(Kind::Sqlite).await?.context("a place for a file")?;
    let store = muster::log::open(&place.url).await?;
    scribe::write(store.as_ref(), SEED, Until::Entries(2_000)).await?;
    drop(store);
    let server = Server::start(&place.url, Pace::Still)?;
    Ok((place, server))
}

/// Opens the incident that is watched, of the organization that shows its own to all others.
async fn open_watched(address: &str) -> anyhow::Result<serde_json::Value> {
    let open = serde_json::json!({
        "query": "mutation ($input: OpenIncidentInput!) { openIncident(input: $input) { incident { id } } }",
        "variables": { "input": { "name": "Watched", "kind": "flood", "location": { "name": "Quay" } } },
    });
    let open = request("POST /graphql", &secret_of(GIVER), open.to_string().as_bytes());
    let mut client = Client::connect(address).await?;
    let answer: serde_json::Value = serde_json::from_slice(client.ask(&open).await?)?;
    let id = answer.pointer("/data/openIncident/incident/id").cloned();
    id.with_context(|| format!("an incident, but the hub said {answer}"))
}

/// The request that renames the incident.
fn rename(incident: &serde_json::Value, name: &str) -> Vec<u8> {
    let change = serde_json::json!({
        "query": "mutation ($id: ID!, $name: String!) { amendIncident(input: { incident: $id, name: $name }) { incident { id } } }",
        "variables": { "id": incident, "name": name },
    });
    request("POST /graphql", &secret_of(GIVER), change.to_string().as_bytes())
}

/// Watchers who count what reaches them.
pub(crate) struct Audience {
    watchers: usize,
    reached: Arc<AtomicUsize>,
    all_reached: Arc<Notify>,
    last_length: Arc<AtomicUsize>,
    ended: Arc<AtomicUsize>,
    _watching: JoinSet<()>,
}

impl Audience {
    /// Connects every watcher and waits until each of them watches.
    pub(crate) async fn gather(
        address: &str,
        path: &'static str,
        watchers: usize,
        secret: impl Fn(usize) -> String,
    ) -> anyhow::Result<Self> {
        let mut audience = Self {
            watchers,
            reached: Arc::default(),
            all_reached: Arc::default(),
            last_length: Arc::default(),
            ended: Arc::default(),
            _watching: JoinSet::new(),
        };
        let mut opening = futures_util::stream::iter(0..watchers)
            .map(|number| watch(address, path, secret(number)))
            .buffer_unordered(OPENING);
        while let Some(stream) = opening.next().await {
            let counting = count(
                stream?,
                watchers,
                Arc::clone(&audience.reached),
                Arc::clone(&audience.all_reached),
                Arc::clone(&audience.last_length),
            );
            let ended = Arc::clone(&audience.ended);
            audience._watching.spawn(async move {
                counting.await;
                ended.fetch_add(1, Ordering::SeqCst);
            });
        }
        Ok(audience)
    }

    /// How many messages have reached watchers.
    pub(crate) fn heard(&self) -> usize {
        self.reached.load(Ordering::SeqCst)
    }

    /// How many watchers were sent away.
    pub(crate) fn ended(&self) -> usize {
        self.ended.load(Ordering::SeqCst)
    }

    /// The median of the milliseconds that changes take to the last of the watchers. Names that a
    /// round gives differ from those of others.
    async fn reached(
        &self,
        address: &str,
        incident: &serde_json::Value,
        round: usize,
    ) -> anyhow::Result<f64> {
        let mut taken = Vec::new();
        for change in 0..CHANGES {
            let body = rename(incident, &format!("Change {round} {change}"));
            taken.push(self.reached_by(address, &body).await?);
        }
        Ok(median(&mut taken))
    }

    /// Milliseconds from the acknowledgement of a request until the last watcher has it.
    async fn reached_by(&self, address: &str, request: &[u8]) -> anyhow::Result<f64> {
        let mut client = Client::connect(address).await?;
        self.reached.store(0, Ordering::SeqCst);
        client.ask(request).await?;
        let acknowledged = Instant::now();
        while self.reached.load(Ordering::SeqCst) < self.watchers {
            self.all_reached.notified().await;
        }
        Ok(acknowledged.elapsed().as_secs_f64() * 1_000.0)
    }
}

async fn count(
    mut stream: SplitStream<Socket>,
    watchers: usize,
    reached: Arc<AtomicUsize>,
    all_reached: Arc<Notify>,
    last_length: Arc<AtomicUsize>,
) {
    while let Some(Ok(message)) = stream.next().await {
        if let Message::Text(text) = message {
            if text.starts_with(SENT_AWAY) {
                return;
            }
            last_length.store(text.len(), Ordering::Relaxed);
            if reached.fetch_add(1, Ordering::SeqCst) + 1 == watchers {
                all_reached.notify_one();
            }
        }
    }
}

/// A connection that watches, with everything heard that is said before the first change.
async fn watch(address: &str, path: &str, secret: String) -> anyhow::Result<SplitStream<Socket>> {
    let mut request = format!("ws://{address}{path}").into_client_request()?;
    let of_hub = path != "/raw";
    if of_hub {
        let protocol = HeaderValue::from_static("graphql-transport-ws");
        request.headers_mut().insert("sec-websocket-protocol", protocol);
    }
    // Thousands of clients clearing 128 KiB before each read would be most of what is measured.
    let config = WebSocketConfig::default().read_buffer_size(READ_BYTES);
    let (socket, _) = connect_async_with_config(request, Some(config), false).await?;
    let (mut say, mut hear) = socket.split();
    if of_hub {
        let token = format!("Bearer {secret}");
        let init =
            serde_json::json!({ "type": "connection_init", "payload": { "Authorization": token } });
        say.send(Message::text(init.to_string())).await?;
        hear.next().await.context("an acknowledgement")??;
        let follow =
            serde_json::json!({ "id": "1", "type": "subscribe", "payload": { "query": FOLLOW } });
        say.send(Message::text(follow.to_string())).await?;
        hear.next().await.context("the first event")??;
    }
    // The half that speaks has said everything; the socket stays open with the other.
    Ok(hear)
}
