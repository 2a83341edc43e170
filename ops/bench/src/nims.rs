//! Command and resources: many commands while many watch, and the nearest resources that fit.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use muster::domain::agreement::Sign;
use muster::domain::resource::DefinitionRef;
use muster::domain::resource::nearest::metres_between;
use muster::domain::{RecordRef, World};
use muster::log::{Entry, Seq};
use muster::sharing::{Sharing, Viewer, Wanted};
use muster_contract::Position;

use super::agreements::{GIVER, show_all};
use super::fanout::Audience;
use super::hand;
use super::http::{Client, request};
use super::measure::{Effort, count, median, percentile};
use super::places::{Kind, Place};
use super::raw::Raw;
use super::report::{Goal, Row};
use super::scribe::{self, Until};
use super::server::{Pace, SECRET, Server, secret_of};
use super::traffic::Answers;
use super::world::{Chance, ORGANIZATIONS, position};

/// Seed of the world.
const SEED: u64 = 9;
/// Commands in a second.
const PACE: usize = 2_000;
/// Who watch meanwhile, of all organizations.
const WATCHERS: usize = 1_000;
/// Times that a run goes on: what comes once in a while has to come.
const RUN_TIMES: u32 = 20;
/// Until the hub does with the pace what it goes on to do: who may see what is found out for each
/// organization as records of each kind change for the first time.
const SETTLE: Duration = Duration::from_secs(60);
/// Raw commits that are timed.
const COMMITS: usize = 500;
/// Between two of them: one that comes by itself is what a command is held against.
const PAUSE: Duration = Duration::from_millis(2);
/// What is searched for: the ten nearest of the type or better.
const FOUND: usize = 10;
const KIND: &str = "fire-engine";
const LEVEL: u8 = 3;
/// Milliseconds that a search may take.
const SEARCH_MS_MAX: f64 = 1.0;

/// Measures the two.
pub(crate) async fn measure(effort: Effort) -> anyhow::Result<Vec<Row>> {
    let place = Place::new(Kind::Sqlite).await?.context("a place for a file")?;
    let store = muster::log::open(&place.url).await?;
    let world = scribe::write(store.as_ref(), SEED, Until::Founded).await?;
    let entries = store.read(Seq(0), u32::try_from(COMMITS)?).await?;
    drop(store);
    Ok(vec![commands(&place, &entries, effort).await?, search(world, effort)?])
}

/// Commands at a steady pace, asked whether the hub keeps up or not, while all watch the picture.
async fn commands(place: &Place, entries: &[Entry], effort: Effort) -> anyhow::Result<Row> {
    let bare = Place::new(Kind::Sqlite).await?.context("a place for a file")?;
    let mut raw = Raw::connect(&bare).await?;
    let mut commits = commit(&mut raw, entries, 0).await?;
    let server = Server::start(&place.url, Pace::Asked)?;
    let of_all = |number| secret_of(number % ORGANIZATIONS);
    let audience = Audience::gather(&server.address, "/graphql/ws", WATCHERS, of_all).await?;

    set_pace(&server, PACE).await?;
    tokio::time::sleep(SETTLE).await;
    answers(&server).await?;
    let (start, heard) = (Instant::now(), audience.heard());
    tokio::time::sleep(effort.run_time * RUN_TIMES).await;
    let Answers { mut took, refused, failed } = answers(&server).await?;
    let (seconds, heard) = (start.elapsed().as_secs_f64(), audience.heard() - heard);
    set_pace(&server, 0).await?;
    let ended = audience.ended();
    anyhow::ensure!(ended == 0, "{ended} of {WATCHERS} watchers were sent away");
    drop((audience, server));

    commits.extend(commit(&mut raw, entries, COMMITS).await?);
    let (p99, raw_p99) = (percentile(&mut took, 99), percentile(&mut commits, 99));
    let name = format!("{PACE} commands/s while {WATCHERS} watch, p99");
    let remark = format!(
        "{:.0}/s answered for {seconds:.0} s, p50 {:.1} ms; {refused} refused by rules and {failed} \
         for want of time; {:.0} messages/s heard by watchers, who share the machine",
        count(took.len()) / seconds,
        median(&mut took),
        count(heard) / seconds,
    );
    let row = Row::new(name, p99, "ms", Goal::RatioAtMost(20.0));
    Ok(row.against("one raw commit on the idle machine, p99", raw_p99).remark(remark))
}

/// Says how many commands a second there are to be from now on.
async fn set_pace(server: &Server, pace: usize) -> anyhow::Result<()> {
    let request = request("PUT /pace", SECRET, pace.to_string().as_bytes());
    // Each on a connection of its own: the hub closes those that say nothing for a while.
    Client::connect(&server.address).await?.ask(&request).await?;
    Ok(())
}

/// What came of the commands since this was asked last.
async fn answers(server: &Server) -> anyhow::Result<Answers> {
    let mut client = Client::connect(&server.address).await?;
    Ok(serde_json::from_slice(client.ask(&request("GET /answers", SECRET, b"")).await?)?)
}

/// The milliseconds of single raw commits.
async fn commit(raw: &mut Raw, entries: &[Entry], after: usize) -> anyhow::Result<Vec<f64>> {
    let mut took = Vec::with_capacity(COMMITS);
    for (seq, entry) in (i64::try_from(after)? + 1..).zip(entries) {
        tokio::time::sleep(PAUSE).await;
        let begun = Instant::now();
        raw.insert(seq, std::slice::from_ref(entry)).await?;
        took.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    Ok(took)
}

/// The nearest free engines of a type or better that one organization is shown of all others'.
fn search(mut world: World, effort: Effort) -> anyhow::Result<Row> {
    let receiver = show(&mut world)?;
    let (viewer, now) = (Arc::new(receiver), world.at());
    let world = Arc::new(world);
    let view = Sharing::default().view(Arc::clone(&world), &viewer, now);
    let reference = DefinitionRef { id: KIND.to_owned(), version: 1 };
    let definition = world.definition(&reference).context("the kind")?;
    let wanted = Wanted { definition, level: Some(LEVEL), free: true, exercise: false };
    let (mut took, mut scanned, mut chance) = (Vec::new(), Vec::new(), Chance(SEED));
    // Who may see what is found out once for each change of agreements.
    anyhow::ensure!(view.nearest(wanted, position(&mut chance), FOUND).len() == FOUND, "too few");
    let start = Instant::now();
    while start.elapsed() < effort.run_time {
        let from = position(&mut chance);
        took.push(timed(|| view.nearest(wanted, from, FOUND).len()));
        scanned.push(timed(|| scan(&world, from).len()));
    }
    let (p50, reference) = (median(&mut took), median(&mut scanned));
    let name = format!("the {FOUND} nearest free engines that fit, by policy");
    let remark = format!("p99 {:.2} ms", percentile(&mut took, 99));
    let row = Row::new(name, p50, "ms", Goal::AtMost(SEARCH_MS_MAX));
    Ok(row.against("of sorting all by their distance, unseen", reference).remark(remark))
}

/// Lets one organization see what all others have, and gives its viewer.
fn show(world: &mut World) -> anyhow::Result<Viewer> {
    let now = world.at();
    let organizations: Vec<_> = world.organizations().map(|organization| organization.id).collect();
    let (parties, propose) = show_all(&organizations);
    let mut parties = parties.into_iter().filter_map(|n| organizations.get(n).copied());
    let proposed = hand::carry_out(world, now, parties.next(), &propose)?;
    let RecordRef::Agreement(agreement) = proposed else { anyhow::bail!("no agreement") };
    for party in parties {
        hand::carry_out(world, now, Some(party), &Sign { agreement }.into())?;
    }
    Ok(Viewer::of_organization(*organizations.get(GIVER).context("the receiver")?))
}

/// The same without an index: every resource's distance, in order.
fn scan(world: &World, from: Position) -> Vec<f64> {
    let resources = world.resources();
    let positions = resources.filter_map(|resource| Some(resource.position.as_ref()?.position));
    let mut all: Vec<_> = positions.map(|position| metres_between(from, position)).collect();
    all.sort_by(f64::total_cmp);
    all.truncate(FOUND);
    all
}

/// Milliseconds that something takes.
fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_secs_f64() * 1e3
}
