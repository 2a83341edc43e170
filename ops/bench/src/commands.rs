//! Commands through the whole loop, against the bare database.

use std::sync::Arc;
use std::time::{Duration, Instant};

use muster::domain::{Principal, Scope};
use muster::hub::{Clock, Hub, Running};
use muster::log::{Entry, Seq, Store};

use super::measure::{Effort, count, median, median_pair, percentile};
use super::places::{Kind, Place};
use super::raw::Raw;
use super::report::{Goal, Row};
use super::world::{Asked, Chance, Generator, Known, ORGANIZATIONS};

/// Callers that each have one command under way.
const CALLERS: usize = 256;
/// Seed of everything here.
const SEED: u64 = 2;

/// Measures on one kind of store; nothing where it is not installed.
pub(crate) async fn measure(kind: Kind, effort: Effort) -> anyhow::Result<Vec<Row>> {
    let (mut pairs, mut latencies) = (Vec::new(), Latencies::default());
    for _ in 0..effort.runs {
        let (Some(ours), Some(raw)) = (Place::new(kind).await?, Place::new(kind).await?) else {
            return Ok(Vec::new());
        };
        let store = muster::log::open(&ours.url).await?;
        let running = Hub::start(Arc::clone(&store), Clock::system()).await?;
        let known = found(&running.hub).await?;
        let mut raw = Raw::connect(&raw).await?;

        let before = running.hub.picture().seq();
        let commands = rush(&running, &known, effort.run_time).await?;
        let entries = sample(store.as_ref(), Seq(before)).await?;
        pairs.push((commands, raw.rate(&entries, effort.run_time).await?));
        latencies.take(&running.hub, &known, &mut raw, &entries, effort.run_time).await?;
        running.stop().await;
    }
    let (commands, rows) = median_pair(pairs);
    let name = kind.name();
    let (p99, raw_p99) = (percentile(&mut latencies.ours, 99), percentile(&mut latencies.raw, 99));
    let (p50, raw_p50) = (median(&mut latencies.ours), median(&mut latencies.raw));
    Ok(vec![
        Row::new(
            format!("{name}: durable commands, {CALLERS} callers"),
            commands,
            "/s",
            Goal::RatioAtLeast(0.5),
        )
        .against("rows in groups of 256", rows),
        Row::new(format!("{name}: one command, p99"), p99, "ms", Goal::RatioAtMost(3.0))
            .against("one raw commit, p99", raw_p99),
        Row::new(format!("{name}: one command, median"), p50, "ms", Goal::RatioAtMost(3.0))
            .against("one raw commit, median", raw_p50),
    ])
}

/// Makes the organizations and incidents of the reference world in a hub.
pub(crate) async fn found(hub: &Hub) -> anyhow::Result<Known> {
    let mut generator = Generator::of_incidents(SEED);
    while !generator.is_founded() {
        let asked = generator.next();
        let principal = asking(&asked);
        let answer = hub.submit(&principal, asked.command, None, "bench".to_owned()).await?;
        generator.learn(answer.subject);
    }
    Ok(generator.known().clone())
}

/// Commands a second that 256 callers get answered, each asking the next when it has its answer.
async fn rush(running: &Running, known: &Known, run_time: Duration) -> anyhow::Result<f64> {
    let known = Arc::new(known.clone());
    let start = Instant::now();
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (hub, known) = (running.hub.clone(), Arc::clone(&known));
            let mut chance = Chance(u64::try_from(caller).unwrap_or(0) << 32);
            tokio::spawn(async move {
                let mut done = 0;
                while start.elapsed() < run_time {
                    let asked = known.rush(caller % ORGANIZATIONS, &mut chance);
                    let principal = asking(&asked);
                    let key = Some(format!("{:032x}", chance.next()));
                    let cause = format!("request:{:016x}", chance.next());
                    let answer = hub.submit(&principal, asked.command, key, cause).await?;
                    done += usize::from(!answer.unchanged);
                }
                anyhow::Ok(done)
            })
        })
        .collect();
    let mut done = 0;
    for caller in callers {
        done += caller.await??;
    }
    Ok(count(done) / start.elapsed().as_secs_f64())
}

/// Milliseconds that single commands and single raw commits took.
#[derive(Default)]
struct Latencies {
    ours: Vec<f64>,
    raw: Vec<f64>,
}

impl Latencies {
    /// Takes turns between the two, with pauses, so that both meet the same weather.
    async fn take(
        &mut self,
        hub: &Hub,
        known: &Known,
        raw: &mut Raw,
        entries: &[Entry],
        run_time: Duration,
    ) -> anyhow::Result<()> {
        const PAUSE: Duration = Duration::from_millis(2);
        let mut chance = Chance(SEED);
        let start = Instant::now();
        for (seq, entry) in (1_000_000_000..).zip(entries.iter().cycle()) {
            if start.elapsed() > run_time * 2 {
                break;
            }
            let asked = known.rush(1, &mut chance);
            let principal = asking(&asked);
            tokio::time::sleep(PAUSE).await;
            let command = asked.command;
            let asked = Instant::now();
            let answer = hub.submit(&principal, command, None, "bench".to_owned()).await?;
            if !answer.unchanged {
                self.ours.push(asked.elapsed().as_secs_f64() * 1e3);
            }
            tokio::time::sleep(PAUSE).await;
            let asked = Instant::now();
            raw.insert(seq, std::slice::from_ref(entry)).await?;
            self.raw.push(asked.elapsed().as_secs_f64() * 1e3);
        }
        Ok(())
    }
}

/// Rows as the hub has just written them, for the raw database to write again.
async fn sample(store: &dyn Store, after: Seq) -> anyhow::Result<Vec<Entry>> {
    let entries = store.read(after, 8_192).await?;
    anyhow::ensure!(entries.len() >= super::raw::GROUP, "the hub wrote next to nothing");
    Ok(entries)
}

/// Whoever asks for a command of the reference world.
pub(crate) fn asking(asked: &Asked) -> Arc<Principal> {
    asked.organization.as_deref().map_or_else(|| Arc::new(Principal::hub()), principal)
}

/// Somebody of an organization who works on what it has and sees what others share with it.
pub(crate) fn principal(organization: &str) -> Arc<Principal> {
    Arc::new(Principal::new(
        format!("person:{}", organization.to_lowercase()),
        Some(organization.to_owned()),
        vec![Scope::Read, Scope::Write, Scope::Ingest, Scope::Operate, Scope::Administer],
    ))
}

/// Somebody who sees everything that anybody has, as a full picture is measured.
pub(crate) fn auditor() -> Principal {
    let scopes = vec![Scope::Read, Scope::Audit];
    Principal::new("person:auditor", None, scopes)
}
