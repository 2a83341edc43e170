//! The picture over HTTP, against the same bytes as a file of the same server.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::http::{Client, request};
use super::measure::{Effort, count, median_pair, percentile};
use super::places::{Kind, Place};
use super::report::{Goal, Row};
use super::scribe::{self, Until};
use super::server::{Pace, SECRET, Server};

/// Seed of the world that is looked at.
const SEED: u64 = 3;
/// Clients that ask at the same time.
const CLIENTS: [usize; 3] = [1, 8, 64];
/// What a server of Node and PostgreSQL with row-level security answers in a second, as stated.
const NODE_PER_SECOND: f64 = 90.0;

/// A part of the country with some 700 records, about 200 bytes of each.
const PICTURE: &str = "query Picture($box: BoundingBoxInput) { cop(box: $box) { sequence \
    counts { incidents signals } records(first: 1000) { nodes { __typename \
    ... on Incident { id number name status changedAt exercise lead { code } } \
    ... on Signal { id headline severity urgency certainty changedAt } } } } }";

/// How the picture is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// All ask the same.
    Same,
    /// Each asks what nobody has asked before.
    New,
    /// The file.
    File,
}

/// Measures at each number of clients.
pub(crate) async fn measure(effort: Effort) -> anyhow::Result<Vec<Row>> {
    let place = Place::new(Kind::Sqlite).await?.context("a place for a file")?;
    let store = muster::log::open(&place.url).await?;
    scribe::write(store.as_ref(), SEED, Until::Founded).await?;
    drop(store);
    let server = Server::start(&place.url, Pace::Changing)?;

    let mut client = Client::connect(&server.address).await?;
    let picture = client.ask(&ask(Way::Same, 0, SECRET)).await?.to_vec();
    let records = picture.windows(12).filter(|bytes| bytes == b"\"__typename\"").count();
    anyhow::ensure!(records > 0, "{}", String::from_utf8_lossy(&picture));
    client.ask(&request("PUT /file", SECRET, &picture)).await?;

    let mut rows = Vec::new();
    for (way, what, times) in
        [(Way::Same, "one change a second", 20.0), (Way::New, "every answer anew", 5.0)]
    {
        for clients in CLIENTS {
            let row = compare(&server, way, clients, effort).await?;
            let goal = Goal::AtLeast(times * NODE_PER_SECOND);
            let name = format!("picture, {clients} clients, {what}");
            let (mut took, (rate, file)) = row;
            rows.push(
                Row::new(name, rate, "/s", goal).against("of the same as a file", file).remark(
                    format!(
                        "p50 {:.2} ms, p99 {:.2} ms; {records} records, {} bytes",
                        percentile(&mut took, 50),
                        percentile(&mut took, 99),
                        picture.len()
                    ),
                ),
            );
        }
    }
    Ok(rows)
}

/// Milliseconds that answers took, and answers a second beside those of the file.
type Compared = (Vec<f64>, (f64, f64));

async fn compare(
    server: &Server,
    way: Way,
    clients: usize,
    effort: Effort,
) -> anyhow::Result<Compared> {
    let (mut took, mut pairs) = (Vec::new(), Vec::new());
    for _ in 0..effort.runs {
        let (rate, all) = load(&server.address, way, clients, effort.run_time).await?;
        let (file, _) = load(&server.address, Way::File, clients, effort.run_time).await?;
        took.extend(all);
        pairs.push((rate, file));
    }
    Ok((took, median_pair(pairs)))
}

/// Answers a second, and the milliseconds of each.
async fn load(
    address: &str,
    way: Way,
    clients: usize,
    run_time: Duration,
) -> anyhow::Result<(f64, Vec<f64>)> {
    static ASKED: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
    let address: Arc<str> = address.into();
    let start = Instant::now();
    let clients: Vec<_> = (0..clients)
        .map(|_| {
            let address = Arc::clone(&address);
            tokio::spawn(async move {
                let mut client = Client::connect(&address).await?;
                let mut took = Vec::new();
                let same = ask(way, 0, SECRET);
                while start.elapsed() < run_time {
                    let number = ASKED.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let new = (way == Way::New).then(|| ask(way, number, SECRET));
                    let asked = Instant::now();
                    let answer = client.ask(new.as_ref().unwrap_or(&same)).await?;
                    anyhow::ensure!(answer.starts_with(b"{\"data\":{"), "not a picture");
                    took.push(asked.elapsed().as_secs_f64() * 1e3);
                }
                Ok(took)
            })
        })
        .collect();
    let mut took = Vec::new();
    for client in clients {
        took.extend(client.await??);
    }
    Ok((count(took.len()) / start.elapsed().as_secs_f64(), took))
}

/// The request; those of different numbers differ by less than a millimetre.
fn ask(way: Way, number: u64, secret: &str) -> Vec<u8> {
    if way == Way::File {
        return request("GET /file", secret, b"");
    }
    let west = format!("4.{number:012}");
    let body = format!(
        r#"{{"query":{query},"variables":{{"box":{{"west":{west},"south":46,"east":6.3,"north":48.3}}}}}}"#,
        query = serde_json::Value::from(PICTURE),
    );
    request("POST /graphql", secret, body.as_bytes())
}

/// Asks for the picture as nobody has asked for it before, with the secret of whoever asks.
pub(crate) fn ask_anew(number: u64, secret: &str) -> Vec<u8> {
    ask(Way::New, number, secret)
}
