//! The dashboard in a real browser: how soon it shows something, what it loads, whether it stays
//! smooth while the picture changes, and whether it keeps what it should forget.
//!
//! The hub serves its own dashboard in a process of its own; a program for Node moves the browser
//! by its debugging protocol and says what it saw.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context as _;
use serde::Deserialize;

use super::measure::{Effort, count, median, median_pair};
use super::places::{Kind, Place};
use super::report::{Goal, Row};
use super::scribe::{self, Until};
use super::server::{Pace, Server};
use super::traffic::{ITEMS, ITEMS_MIN, LOGIN, PASSWORD};

/// Seed of the world that is looked at.
const SEED: u64 = 8;
/// Commands in a second; nine of ten change the picture, the others are notes and teams that move.
const CHANGES_PER_SECOND: usize = 1_100;
/// Times that a run goes on for the browser: what comes once in a while has to come.
const SECONDS_PER_RUN_TIME: u32 = 10;
/// Milliseconds until there is something to read: of the five seconds in which a tired person sees
/// what is wrong, the smallest part.
const FIRST_PAINT_MS_MAX: f64 = 1_000.0;
/// What the page may load, compressed, with the map.
const LOADED_GOAL: Goal = Goal::AtMost(700.0);
/// Milliseconds in which a frame has to be done.
const FRAME_MS_MAX: f64 = 50.0;
/// How much may be kept after hours of changes of what was kept before them.
const KEPT_RATIO_MAX: f64 = 1.1;
const BROWSER: &str = "/usr/bin/chromium";
const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/dashboard/main.mjs");

/// Measures with a hub and a browser of their own; nothing where there is no browser.
pub(crate) async fn measure(effort: Effort) -> anyhow::Result<Vec<Row>> {
    if !Path::new(BROWSER).exists() {
        return Ok(Vec::new());
    }
    let place = Place::new(Kind::Sqlite).await?.context("a place for a file")?;
    let store = muster::log::open(&place.url).await?;
    scribe::write(store.as_ref(), SEED, Until::Founded).await?;
    drop(store);
    let server = Server::start(&place.url, Pace::Asked)?;
    let seen = look(&server.address, effort)?;
    Ok(vec![
        seen.first_paint(),
        seen.bytes(),
        seen.longest_task(),
        seen.frames(),
        seen.busy(),
        seen.memory()?,
    ])
}

/// Lets the browser look at the dashboard, and says what it saw.
fn look(address: &str, effort: Effort) -> anyhow::Result<Seen> {
    let seconds = (effort.run_time * SECONDS_PER_RUN_TIME).as_secs();
    let output = Command::new("node")
        .arg(PROGRAM)
        .args(["--browser", BROWSER])
        .args(["--hub", &format!("http://{address}")])
        .args(["--login", LOGIN, "--password", PASSWORD])
        .args(["--items", &ITEMS_MIN.to_string()])
        .args(["--rate", &CHANGES_PER_SECOND.to_string()])
        .args(["--runs", &effort.runs.to_string()])
        .args(["--seconds", &seconds.to_string()])
        .args(["--minutes", &effort.watch_minutes.to_string()])
        .stderr(Stdio::inherit())
        .output()
        .context("node, which moves the browser")?;
    anyhow::ensure!(output.status.success(), "the browser saw no dashboard that works");
    let seen = String::from_utf8(output.stdout)?;
    serde_json::from_str(&seen)
        .with_context(|| format!("what the browser saw is not whole: {seen}"))
}

/// What the browser saw.
#[derive(Deserialize)]
struct Seen {
    paints: Vec<Paint>,
    loaded: Loaded,
    smooth: Smooth,
    kept: Kept,
}

/// Milliseconds until the first records stand on the screen.
#[derive(Deserialize)]
struct Paint {
    /// With nothing kept.
    cold: f64,
    /// With what the browser keeps.
    warm: f64,
    /// Of the same screen as plain HTML.
    reference: f64,
    /// Until all records are listed.
    whole: f64,
}

/// What crossed the wire until the map was drawn.
#[derive(Deserialize)]
struct Loaded {
    files: usize,
    bytes: f64,
    largest: Largest,
    /// Bytes of what the API answered.
    answers: f64,
}

#[derive(Deserialize)]
struct Largest {
    name: String,
    bytes: f64,
}

#[derive(Deserialize)]
struct Smooth {
    /// The dashboard while nothing changes.
    idle: Watched,
    /// The dashboard while the picture changes.
    changing: Watched,
    /// A page that reads the same changes, and does nothing with them.
    reading: Watched,
}

/// What a page did for some seconds.
#[derive(Deserialize)]
struct Watched {
    changes_per_second: f64,
    messages_per_second: f64,
    /// Times that the changes had to be followed anew.
    subscriptions: usize,
    frames: Frames,
    longest_ms: f64,
    longest_thread_ms: f64,
    long_tasks: usize,
    /// Of the time.
    long_share: f64,
    /// Of the time, by the clock of the thread.
    busy_share: f64,
}

/// Milliseconds from frame to frame.
#[derive(Deserialize)]
struct Frames {
    p50: f64,
    p99: f64,
    longest: f64,
}

/// What a page keeps while the picture changes.
#[derive(Deserialize)]
struct Kept {
    minutes: f64,
    changes_per_second: f64,
    subscriptions: usize,
    looks: Vec<Look>,
}

#[derive(Deserialize)]
struct Look {
    hours: f64,
    heap_mb: f64,
    nodes: usize,
    listeners: usize,
}

impl Seen {
    fn first_paint(&self) -> Row {
        let pairs = self.paints.iter().map(|paint| (paint.cold, paint.reference)).collect();
        let (cold, reference) = median_pair(pairs);
        let middle =
            |of: fn(&Paint) -> f64| median(&mut self.paints.iter().map(of).collect::<Vec<_>>());
        let name = "dashboard: first incidents on the screen, cold cache";
        Row::new(name, cold, "ms", Goal::AtMost(FIRST_PAINT_MS_MAX))
            .against("of the same screen as plain HTML", reference)
            .remark(format!(
                "{:.0} ms with what the browser keeps; {ITEMS} items are listed after {:.0} ms",
                middle(|paint| paint.warm),
                middle(|paint| paint.whole)
            ))
    }

    fn bytes(&self) -> Row {
        let Loaded { files, bytes, largest, answers } = &self.loaded;
        let Largest { name, bytes: most } = largest;
        let row = Row::new("dashboard: loaded, map included", bytes / 1e3, "kB", LOADED_GOAL);
        row.remark(format!(
            "as it crosses the wire: {files} files, the largest {name} with {:.0} kB; what the API \
             answers until all {ITEMS} items are there is {:.0} kB more",
            most / 1e3,
            answers / 1e3
        ))
    }

    fn longest_task(&self) -> Row {
        let Smooth { idle, changing, .. } = &self.smooth;
        let name = "dashboard: longest task of the main thread";
        Row::new(name, changing.longest_thread_ms, "ms", Goal::AtMost(FRAME_MS_MAX))
            .against("while nothing changes", idle.longest_thread_ms)
            .remark(format!(
                "by the clock of the thread, {}; by that on the wall {:.0} ms, and {} of more than \
                 {FRAME_MS_MAX} ms are {:.1} % of the time",
                changing.what_came(),
                changing.longest_ms,
                changing.long_tasks,
                changing.long_share * 100.0
            ))
    }

    fn frames(&self) -> Row {
        let Smooth { idle, changing, .. } = &self.smooth;
        Row::new("dashboard: frames, p99", changing.frames.p99, "ms", Goal::AtMost(FRAME_MS_MAX))
            .against("while nothing changes", idle.frames.p99)
            .remark(format!(
                "by the clock on the wall; p50 {:.0} ms, longest {:.0} ms; the map is drawn without \
                 a graphics card, and hub and browser share the machine",
                changing.frames.p50, changing.frames.longest
            ))
    }

    fn busy(&self) -> Row {
        let Smooth { idle, changing, reading } = &self.smooth;
        let name = "dashboard: main thread, each second of changes";
        Row::new(name, changing.busy_share * 1e3, "ms", Goal::Stated)
            .against("of reading the same and no more", reading.busy_share * 1e3)
            .remark(format!("by the clock of the thread; {:.0} ms idle", idle.busy_share * 1e3))
    }

    fn memory(&self) -> anyhow::Result<Row> {
        let Kept { minutes, changes_per_second, subscriptions, looks } = &self.kept;
        let (first, last) = looks.first().zip(looks.last()).context("a look")?;
        let name = format!("dashboard: heap after {minutes} min of changes");
        let row = Row::new(name, last.heap_mb, "MB", Goal::RatioAtMost(KEPT_RATIO_MAX));
        Ok(row.against("at their beginning", first.heap_mb).remark(format!(
            "after collections of garbage; {:+.1} MB an hour by all looks; {changes_per_second:.0} \
             changes/s, followed anew {} times; {} nodes after {}, {} listeners after {}",
            growth(looks),
            subscriptions.saturating_sub(1),
            last.nodes,
            first.nodes,
            last.listeners,
            first.listeners
        )))
    }
}

impl Watched {
    fn what_came(&self) -> String {
        let Self { changes_per_second, messages_per_second, subscriptions, .. } = self;
        format!(
            "{changes_per_second:.0} changes/s of {ITEMS} items in {messages_per_second:.0} \
             messages/s, followed anew {subscriptions} times"
        )
    }
}

/// Megabytes an hour, by the line that lies nearest to all looks.
fn growth(looks: &[Look]) -> f64 {
    let mean = |of: fn(&Look) -> f64| looks.iter().map(of).sum::<f64>() / count(looks.len());
    let (hour, heap) = (mean(|look| look.hours), mean(|look| look.heap_mb));
    let rise = |look: &Look| (look.hours - hour) * (look.heap_mb - heap);
    let run = |look: &Look| (look.hours - hour).powi(2);
    looks.iter().map(rise).sum::<f64>() / looks.iter().map(run).sum::<f64>()
}
