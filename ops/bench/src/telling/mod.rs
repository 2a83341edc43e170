//! From a launch to the last message that a provider took, against how fast the same provider takes
//! messages from the program that its makers wrote for that.
//!
//! - `peers`: the providers and those programs
//! - `scene`: a hub that tells people
//! - `crowd`: a hundred thousand of them

pub(crate) mod crowd;
mod peers;
mod scene;

use muster::domain::message::Channel;

use super::measure::{Effort, count, median, median_pair, percentile};
use super::places::{Kind, Place};
use super::report::{Goal, Row};
use peers::{Centre, Sink};
use scene::{Audience, Scene};

/// Milliseconds in which a launch is answered, whatever the audience.
const LAUNCH_MILLIS_MAX: f64 = 50.0;
/// Milliseconds from a launch until a provider has its first message.
const FIRST_MILLIS_MAX: f64 = 100.0;
/// Launches of which the slowest hundredth is told.
const FIRSTS: usize = 200;

/// Measures e-mail, short messages and launches; nothing where the providers are not installed.
pub(crate) async fn measure(effort: Effort) -> anyhow::Result<Vec<Row>> {
    let (Some(sink), Some(centre)) = (Sink::start().await?, Centre::start().await?) else {
        return Ok(Vec::new());
    };
    let Some(place) = Place::new(Kind::Sqlite).await? else { return Ok(Vec::new()) };
    let scene = Scene::start(&place.url, &[sink.entry()?, centre.entry()?]).await?;
    let all = scene.hire("ALL", effort.people).await?;
    let one = scene.hire("ONE", 1).await?;
    let (mut mails, mut texts, mut launches) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..effort.runs {
        let told = scene.tell(&all, Channel::Email).await?;
        mails.push((count(effort.people) / told.seconds, sink.rate(effort.people).await?));
        launches.push(told.answered_millis);
        let told = scene.tell(&all, Channel::Sms).await?;
        texts.push((count(effort.people) / told.seconds, centre.rate(effort.people).await?));
        launches.push(told.answered_millis);
    }
    let mut firsts = firsts(&scene, &one, FIRSTS.min(effort.people)).await?;
    scene.stop().await?;
    let mut rows = Vec::from(rates(mails, texts));
    rows.push(launching(&mut launches, effort.people));
    rows.push(Row::new(
        "launch of one message until its provider has it, p99",
        percentile(&mut firsts, 99),
        "ms",
        Goal::AtMost(FIRST_MILLIS_MAX),
    ));
    rows.extend(crowd::measure(&sink, effort).await?);
    Ok(rows)
}

fn rates(mails: Vec<(f64, f64)>, texts: Vec<(f64, f64)>) -> [Row; 2] {
    let (ours, source) = median_pair(mails);
    let mails = Row::new("e-mail, launch to last", ours, "/s", Goal::RatioAtLeast(0.7))
        .against("smtp-source with as many sessions", source)
        .remark("the reference sends one text again and again and keeps no record of it");
    let (ours, flood) = median_pair(texts);
    let texts = Row::new("SMS by SMPP, launch to last", ours, "/s", Goal::RatioAtLeast(0.7))
        .against("the centre's maker's client, same window", flood);
    [mails, texts]
}

fn launching(millis: &mut [f64], people: usize) -> Row {
    let name = format!("a launch to {people}, answered after");
    Row::new(name, median(millis), "ms", Goal::AtMost(LAUNCH_MILLIS_MAX))
}

/// How many milliseconds it took each time from a launch until it was on record that the provider has
/// the only message of it, which is a little longer than until it had it.
async fn firsts(scene: &Scene, one: &Audience, times: usize) -> anyhow::Result<Vec<f64>> {
    let mut millis = Vec::new();
    for _ in 0..times {
        millis.push(scene.tell(one, Channel::Sms).await?.seconds * 1e3);
    }
    Ok(millis)
}
