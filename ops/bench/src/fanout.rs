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

use super::http::{Client, request};
use super::measure::{Effort, median, median_pair};
use super::places::{Kind, Place};
use super::report::{Goal, Row};
use super::scribe;
use super::server::{Pace, SECRET, Server};

/// Watchers on one connection each.
const WATCHERS: [usize; 2] = [1_000, 5_000];
/// Changes of one run.
const CHANGES: usize = 10;
/// Seed of the world that is watched.
const SEED: u64 = 5;
/// Bytes that a watcher reads at once.
const READ_BYTES: usize = 4 * 1024;
/// Connections that are opened at the same time.
const OPENING: usize = 64;

const FOLLOW: &str = "subscription { copChanges { sequence \
    added { __typename ... on Incident { id name } } \
    updated { __typename ... on Incident { id number name status changedAt lead { code } } } \
    removed { id } } }";

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Measures at each number of watchers.
pub(crate) async fn measure(effort: Effort) -> anyhow::Result<Vec<Row>> {
    let place = Place::new(Kind::Sqlite).await?.context("a place for a file")?;
    let store = muster::log::open(&place.url).await?;
    scribe::write(store.as_ref(), SEED, 2_000).await?;
    drop(store);
    let server = Server::start(&place.url, Pace::Still)?;
    let mut rows = Vec::new();
    for watchers in WATCHERS {
        let hub = Audience::gather(&server.address, "/graphql/ws", watchers).await?;
        let raw = Audience::gather(&server.address, "/raw", watchers).await?;
        let mut pairs = Vec::new();
        for run in 0..effort.runs {
            let (mut through_hub, mut bare) = (Vec::new(), Vec::new());
            for change in 0..CHANGES {
                let name = format!("Change {watchers} {run} {change}");
                let body = change_of(&server.address, &name).await?;
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

/// The request that renames the first incident.
async fn change_of(address: &str, name: &str) -> anyhow::Result<Vec<u8>> {
    let ask = serde_json::json!({ "query": "{ cop { records(first: 1) { nodes { ... on Incident { id } } } } }" });
    let mut client = Client::connect(address).await?;
    let answer = client.ask(&request("POST /graphql", SECRET, ask.to_string().as_bytes())).await?;
    let answer: serde_json::Value = serde_json::from_slice(answer)?;
    let id = answer.pointer("/data/cop/records/nodes/0/id").context("an incident")?;
    let change = serde_json::json!({
        "query": "mutation ($id: ID!, $name: String!) { amendIncident(input: { incident: $id, name: $name }) { incident { id } } }",
        "variables": { "id": id, "name": name },
    });
    Ok(request("POST /graphql", SECRET, change.to_string().as_bytes()))
}

/// Watchers who count what reaches them.
struct Audience {
    watchers: usize,
    reached: Arc<AtomicUsize>,
    all_reached: Arc<Notify>,
    last_length: Arc<AtomicUsize>,
    _watching: JoinSet<()>,
}

impl Audience {
    /// Connects every watcher and waits until each of them watches.
    async fn gather(address: &str, path: &'static str, watchers: usize) -> anyhow::Result<Self> {
        let mut audience = Self {
            watchers,
            reached: Arc::default(),
            all_reached: Arc::default(),
            last_length: Arc::default(),
            _watching: JoinSet::new(),
        };
        let mut opening = futures_util::stream::iter(0..watchers)
            .map(|_| watch(address, path))
            .buffer_unordered(OPENING);
        while let Some(stream) = opening.next().await {
            let counting = count(
                stream?,
                watchers,
                Arc::clone(&audience.reached),
                Arc::clone(&audience.all_reached),
                Arc::clone(&audience.last_length),
            );
            audience._watching.spawn(counting);
        }
        Ok(audience)
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
            last_length.store(text.len(), Ordering::Relaxed);
            if reached.fetch_add(1, Ordering::SeqCst) + 1 == watchers {
                all_reached.notify_one();
            }
        }
    }
}

/// A connection that watches, with everything heard that is said before the first change.
async fn watch(address: &str, path: &str) -> anyhow::Result<SplitStream<Socket>> {
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
        let token = format!("Bearer {SECRET}");
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
