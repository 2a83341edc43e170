//! A hundred thousand people, in a process of its own so that its memory is that of nothing else.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use muster::domain::message::Channel;
use serde::{Deserialize, Serialize};

use super::LAUNCH_MILLIS_MAX;
use super::peers::Sink;
use super::scene::Scene;
use crate::measure::{Effort, count};
use crate::places::{Kind, Place};
use crate::report::{Goal, Row};
use crate::starting::resident_bytes;

const MIB: f64 = 1024.0 * 1024.0;
/// How many times as many people as the figures before.
const TIMES: usize = 10;
/// How often the memory is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// What telling all of them took.
#[derive(Debug, Serialize, Deserialize)]
struct Crowd {
    answered_millis: f64,
    seconds: f64,
    /// The most that the process held while it told them.
    peak_bytes: usize,
    /// What it holds with all of it on record.
    after_bytes: usize,
}

/// Tells ten times as many as the other figures.
pub(super) async fn measure(sink: &Sink, effort: Effort) -> anyhow::Result<Vec<Row>> {
    let people = effort.people * TIMES;
    let Some(place) = Place::new(Kind::Sqlite).await? else { return Ok(Vec::new()) };
    let output = Command::new(std::env::current_exe()?)
        .args(["crowd", &place.url, &sink.port().to_string(), &people.to_string()])
        .output()
        .context("this program as a child of itself")?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let crowd: Crowd = serde_json::from_slice(&output.stdout)?;
    let (peak, after) = (count(crowd.peak_bytes) / MIB, count(crowd.after_bytes) / MIB);
    Ok(vec![
        Row::new(
            format!("a launch to {people}, answered after"),
            crowd.answered_millis,
            "ms",
            Goal::AtMost(LAUNCH_MILLIS_MAX),
        ),
        Row::new(
            format!("e-mail to {people}, launch to last"),
            count(people) / crowd.seconds,
            "/s",
            Goal::Stated,
        ),
        Row::new(
            format!("memory at most while {people} are told"),
            peak,
            "MiB",
            Goal::RatioAtMost(1.2),
        )
        .against("MiB with all of it on record", after),
    ])
}

/// Tells a crowd and says what that took, as JSON.
pub(crate) async fn tell(url: &str, port: u16, people: usize) -> anyhow::Result<String> {
    let scene = Scene::start(url, &[Sink::entry_at(port)?]).await?;
    let all = scene.hire("ALL", people).await?;
    let (peak, told) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let looking = {
        let (peak, told) = (Arc::clone(&peak), Arc::clone(&told));
        tokio::spawn(async move {
            while !told.load(Ordering::Relaxed) {
                peak.fetch_max(resident_bytes()?, Ordering::Relaxed);
                tokio::time::sleep(LOOK_EVERY).await;
            }
            anyhow::Ok(())
        })
    };
    let what = scene.tell(&all, Channel::Email).await?;
    told.store(true, Ordering::Relaxed);
    looking.await??;
    let after_bytes = resident_bytes()?;
    let peak_bytes = peak.load(Ordering::Relaxed).max(after_bytes);
    scene.stop().await?;
    let (answered_millis, seconds) = (what.answered_millis, what.seconds);
    Ok(serde_json::to_string(&Crowd { answered_millis, seconds, peak_bytes, after_bytes })?)
}
