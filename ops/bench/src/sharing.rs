//! What it costs that each organization sees a picture of its own, by 200 agreements.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use jiff::Timestamp;
use muster::domain::agreement::{Agreement, End};
use muster::domain::{Id, RecordRef, World};
use muster::sharing::{CopFilter, RecordKind, Sharing, Viewer};

use super::http::Client;
use super::measure::{Effort, count, median, median_pair};
use super::places::{Kind, Place};
use super::report::{Goal, Row};
use super::scribe::{self, Until};
use super::server::{Pace, SECRET, Server, secret_of};
use super::world::ORGANIZATIONS;
use super::{cop, fanout, hand};

/// Seed of the world that is shared.
const SEED: u64 = 6;
/// The organization whose picture is held against the whole one.
const RECEIVER: usize = 2;
/// Milliseconds in which what everybody may see is found out again.
const REBUILT_MS_MAX: f64 = 50.0;
/// Times that everybody's picture is taken in a steady state, of which the median counts.
const STEADY: usize = 5;

/// Measures pictures, tables and the fan-out.
pub(crate) async fn measure(effort: Effort) -> anyhow::Result<Vec<Row>> {
    let place = Place::new(Kind::Sqlite).await?.context("a place for a file")?;
    let store = muster::log::open(&place.url).await?;
    let world = scribe::write(store.as_ref(), SEED, Until::Founded).await?;
    drop(store);
    let mut rows = vec![pictures(&place, effort).await?];
    let mut scene = Scene::new(world)?;
    rows.push(scene.checks(effort)?);
    rows.push(scene.rebuilding(effort)?);
    rows.push(fanout::measure_organizations(effort).await?);
    Ok(rows)
}

/// The picture of one organization beside the whole, both computed anew each time.
async fn pictures(place: &Place, effort: Effort) -> anyhow::Result<Row> {
    let server = Server::start(&place.url, Pace::Still)?;
    let mut client = Client::connect(&server.address).await?;
    let (own, mut number) = (secret_of(RECEIVER), 1);
    let (mut pairs, mut sizes) = (Vec::new(), (0, 0));
    for _ in 0..effort.runs {
        let (mut shared, mut whole, start) = (Vec::new(), Vec::new(), Instant::now());
        while start.elapsed() < effort.run_time {
            sizes.0 = timed(&mut client, number, &own, &mut shared).await?;
            sizes.1 = timed(&mut client, number + 1, SECRET, &mut whole).await?;
            number += 2;
        }
        pairs.push((median(&mut shared), median(&mut whole)));
    }
    let (shared, whole) = median_pair(pairs);
    let row = Row::new("picture of one organization", shared, "ms", Goal::RatioAtMost(1.3));
    let (own, all) = sizes;
    let remark = format!("{own} records of one organization, {all} of all; every answer anew");
    Ok(row.against("of all organizations", whole).remark(remark))
}

/// Asks for a picture, notes the milliseconds, and counts its records.
async fn timed(
    client: &mut Client,
    number: u64,
    secret: &str,
    taken: &mut Vec<f64>,
) -> anyhow::Result<usize> {
    let request = cop::ask_anew(number, secret);
    let asked = Instant::now();
    let answer = client.ask(&request).await?;
    taken.push(asked.elapsed().as_secs_f64() * 1e3);
    anyhow::ensure!(answer.starts_with(b"{\"data\":{"), "not a picture");
    Ok(answer.windows(12).filter(|bytes| bytes == b"\"__typename\"").count())
}

/// A World in memory with those who look at it.
struct Scene {
    world: Arc<World>,
    sharing: Sharing,
    viewers: Vec<Arc<Viewer>>,
    now: Timestamp,
}

impl Scene {
    fn new(world: World) -> anyhow::Result<Self> {
        let viewers = world.organizations().map(|o| Arc::new(Viewer::of_organization(o.id)));
        let (viewers, now) = (viewers.collect(), world.at());
        Ok(Self { world: Arc::new(world), sharing: Sharing::default(), viewers, now })
    }

    /// A look at an incident, which is answered from the table, beside one question to Cedar. An
    /// explanation asks Cedar once for each group of fields.
    fn checks(&self, effort: Effort) -> anyhow::Result<Row> {
        let viewer = self.viewers.get(RECEIVER).context("a viewer")?;
        let view = self.sharing.view(Arc::clone(&self.world), viewer, self.now);
        let incidents: Vec<_> =
            self.world.incidents().map(|incident| RecordRef::Incident(incident.id)).collect();
        let (mut looks, mut questions) = (Vec::new(), Vec::new());
        for incident in &incidents {
            black_box(view.sees(*incident));
        }
        for _ in 0..effort.runs {
            let (mut seen, start) = (0, Instant::now());
            while start.elapsed() < effort.run_time {
                seen += incidents.len();
                for incident in &incidents {
                    black_box(view.sees(*incident));
                }
            }
            looks.push(start.elapsed().as_secs_f64() * 1e9 / count(seen));
            let (mut asked, start) = (0, Instant::now());
            for incident in incidents.iter().cycle() {
                if start.elapsed() >= effort.run_time {
                    break;
                }
                asked += black_box(view.explain(*incident)).len();
            }
            questions.push(start.elapsed().as_secs_f64() * 1e9 / count(asked));
        }
        let row = Row::new("one check from the table", median(&mut looks), "ns", Goal::Stated);
        let remark =
            "finding the incident and its class included, and the words of the explanation";
        Ok(row.against("of one asked of Cedar", median(&mut questions)).remark(remark))
    }

    /// What everybody's first picture costs more than the ones before, after one agreement ended.
    fn rebuilding(&mut self, effort: Effort) -> anyhow::Result<Row> {
        self.everybody_looks();
        let first: Vec<Id<Agreement>> = self.world.agreements().skip(1).map(|a| a.id).collect();
        let (mut more, mut steady, mut worst) = (Vec::new(), Vec::new(), 0.0_f64);
        for agreement in first.into_iter().step_by(7).take(effort.runs * 4) {
            let mut before: Vec<_> = (0..STEADY).map(|_| self.everybody_looks()).collect();
            let usual = median(&mut before);
            self.end(agreement)?;
            let rebuilt = self.everybody_looks() - usual;
            worst = worst.max(rebuilt);
            more.push(rebuilt);
            steady.push(usual);
        }
        let name = format!("what {ORGANIZATIONS} organizations see, after an agreement ended");
        let usual = median(&mut steady);
        let remark = format!(
            "{usual:.1} ms to look at all incidents as each when nothing changed; worst {worst:.1} ms more"
        );
        Ok(Row::new(name, median(&mut more), "ms", Goal::AtMost(REBUILT_MS_MAX)).remark(remark))
    }

    /// Milliseconds in which every organization's incidents are taken.
    fn everybody_looks(&self) -> f64 {
        let filter = CopFilter { records: Some(vec![RecordKind::Incident]), ..Default::default() };
        let start = Instant::now();
        for viewer in &self.viewers {
            let view = self.sharing.view(Arc::clone(&self.world), viewer, self.now);
            black_box(view.cop(&filter).counts);
        }
        start.elapsed().as_secs_f64() * 1e3
    }

    fn end(&mut self, agreement: Id<Agreement>) -> anyhow::Result<()> {
        let text = &self.world.agreement(agreement).context("the agreement")?.text;
        let organization = text.parties.first().copied();
        let end = End { agreement, reason: "the season is over".into() }.into();
        let mut world = World::clone(&self.world);
        hand::carry_out(&mut world, self.now, organization, &end)?;
        self.world = Arc::new(world);
        Ok(())
    }
}
