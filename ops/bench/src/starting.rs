//! Folding a large log, starting from its snapshot, and the memory that its World takes.

use std::process::Command;
use std::time::Instant;

use anyhow::Context as _;
use muster::domain::World;
use muster::hub::refold;
use muster::log::Seq;
use serde::{Deserialize, Serialize};

use super::measure::{Effort, count, median};
use super::places::{Kind, Place};
use super::report::{Goal, Row};
use super::scribe::{self, Until};

/// Seed of the log.
const SEED: u64 = 1;
const MIB: f64 = 1_048_576.0;

/// From where a World is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum From {
    /// From the first entry.
    Genesis,
    /// From the newest snapshot.
    Snapshot,
}

/// What a process of its own saw when it made a World.
#[derive(Serialize, Deserialize)]
struct Start {
    seconds: f64,
    /// Of all cores together.
    cpu_seconds: f64,
    resident_bytes: usize,
    entries: u64,
    /// Organizations, persons, signals, incidents, notes, resources, requests and posts.
    records: usize,
    /// Lines of the incidents' timelines.
    lines: usize,
}

/// Makes the log and its snapshot, then makes the World of both in new processes.
pub(crate) async fn measure(effort: Effort) -> anyhow::Result<Vec<Row>> {
    let place = Place::new(Kind::Sqlite).await?.context("a place for a file")?;
    let store = muster::log::open(&place.url).await?;
    let world = scribe::write(store.as_ref(), SEED, Until::Entries(effort.log_entries)).await?;
    let started = Instant::now();
    let snapshot = world.to_snapshot()?;
    let writing = started.elapsed().as_secs_f64();
    store.save_snapshot(Seq(world.seq()), World::SNAPSHOT_FORMAT, &snapshot).await?;
    drop((world, store));

    let genesis = several(&place, From::Genesis, effort.runs)?;
    let from_snapshot = several(&place, From::Snapshot, effort.runs)?;
    let folded = genesis.first().context("no run")?;
    let rates = genesis.iter().map(|start| count_of(start.entries) / start.seconds);
    let all = folded.records + folded.lines;
    let resident =
        median(&mut from_snapshot.iter().map(|s| count(s.resident_bytes)).collect::<Vec<_>>());
    Ok(vec![
        Row::new(
            format!("refold of {} entries", folded.entries),
            median(&mut rates.collect::<Vec<_>>()),
            "entries/s",
            Goal::AtLeast(300_000.0),
        )
        .remark(format!(
            "reading, checking every hash, decoding and applying; {:.2} µs of one core an entry",
            cpu(&genesis) * 1e6 / count_of(folded.entries)
        )),
        Row::new(
            format!("start from a snapshot at {}", folded.entries),
            median(&mut from_snapshot.iter().map(|s| s.seconds).collect::<Vec<_>>()),
            "s",
            Goal::AtMost(3.0),
        )
        .remark(format!(
            "{:.0} MiB, which took {writing:.2} s to encode; {:.2} s of one core",
            count(snapshot.len()) / MIB,
            cpu(&from_snapshot)
        )),
        Row::new(
            "memory per 100,000 live records",
            resident / count(all) * 100_000.0 / MIB,
            "MiB",
            Goal::Stated,
        )
        .remark(format!(
            "{:.0} MiB for {} records, 10,000 of them signals of 9 KB, and {} lines of timelines",
            resident / MIB,
            folded.records,
            folded.lines
        )),
    ])
}

fn several(place: &Place, from: From, runs: usize) -> anyhow::Result<Vec<Start>> {
    (0..runs).map(|_| in_own_process(place, from)).collect()
}

/// A new process has nothing in memory yet, as at a real start.
fn in_own_process(place: &Place, from: From) -> anyhow::Result<Start> {
    let from = if from == From::Genesis { "genesis" } else { "snapshot" };
    let output = Command::new(std::env::current_exe()?)
        .args(["start", &place.url, from])
        .output()
        .context("this program as a child of itself")?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Makes the World and says what it took, as JSON.
pub(crate) async fn start(url: &str, from: From) -> anyhow::Result<String> {
    let before = resident_bytes()?;
    let started = Instant::now();
    let store = muster::log::open(url).await?;
    let picture = match from {
        From::Genesis => refold::from_genesis(store.as_ref()).await?,
        From::Snapshot => refold::newest(store.as_ref()).await?,
    };
    let (seconds, cpu_seconds) = (started.elapsed().as_secs_f64(), cpu_seconds()?);
    let world = &picture.world;
    let lines = world.incidents().map(|i| world.timeline_of(i.id).count()).sum();
    let records = world.organizations().count()
        + world.persons().count()
        + world.signals().count()
        + world.incidents().count()
        + world.notes().count()
        + world.resources().count()
        + world.resource_requests().count()
        + world.structures().map(|structure| world.posts_of(structure.id).count()).sum::<usize>();
    let resident_bytes = resident_bytes()?.saturating_sub(before);
    let entries = world.seq();
    Ok(serde_json::to_string(&Start {
        seconds,
        cpu_seconds,
        resident_bytes,
        entries,
        records,
        lines,
    })?)
}

/// What the system says that this process and all its threads have computed.
fn cpu_seconds() -> anyhow::Result<f64> {
    const TICKS_PER_SECOND: f64 = 100.0;
    let status = std::fs::read_to_string("/proc/self/stat")?;
    // The name of the program may hold blanks; after it comes the third field.
    let fields = status.rsplit_once(')').context("the fields of /proc/self/stat")?.1;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()? / TICKS_PER_SECOND)
}

/// What the system says that this process holds in memory.
pub(crate) fn resident_bytes() -> anyhow::Result<usize> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()).context("VmRSS")?;
    Ok(kib.parse::<usize>()? * 1024)
}

fn cpu(starts: &[Start]) -> f64 {
    median(&mut starts.iter().map(|start| start.cpu_seconds).collect::<Vec<_>>())
}

fn count_of(entries: u64) -> f64 {
    count(usize::try_from(entries).unwrap_or(usize::MAX))
}
