//! What the rules make of a message while much is going on already.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use muster::domain::rules::{Adopt, DEFAULT};
use muster::domain::{Attribution, Command, Decide as _, World};
use muster_cap::sample;

use super::hand;
use super::measure::{Effort, median};
use super::report::{Goal, Row};
use super::world::{Generator, INCIDENTS, receive};

/// Messages that differ, so that no cache answers for the rules.
const MESSAGES: usize = 1_000;
const SEED: u64 = 2;
/// A hub decides one command after the other, so that this is what a message costs the others.
const DECIDED_US_MAX: f64 = 100.0;

/// Measures one decision with 1,000 open incidents, beside the same with none.
pub(crate) fn measure(effort: Effort) -> anyhow::Result<Vec<Row>> {
    let messages: Vec<Command> = sample::alerts(MESSAGES).map(receive).collect();
    let mut busy = Scene::quiet()?;
    let quiet = Scene::quiet()?;
    busy.found()?;
    let (mut ours, mut reference) = (Vec::new(), Vec::new());
    for _ in 0..effort.runs {
        ours.push(busy.decided_us(&messages, effort.run_time)?);
        reference.push(quiet.decided_us(&messages, effort.run_time)?);
    }
    let name = format!("signal decided against {INCIDENTS} open incidents");
    let row = Row::new(name, median(&mut ours), "µs", Goal::AtMost(DECIDED_US_MAX));
    Ok(vec![row.against("with no incident open", median(&mut reference))])
}

/// A World with the default rules, and the moment at which everything in it happens.
struct Scene {
    world: World,
    now: Timestamp,
}

impl Scene {
    fn quiet() -> anyhow::Result<Self> {
        let mut scene = Self { world: World::default(), now: "2026-03-01T00:00:00Z".parse()? };
        let adopt = Adopt { source: DEFAULT.to_owned() }.into();
        hand::carry_out(&mut scene.world, scene.now, None, &adopt)?;
        Ok(scene)
    }

    /// Founds the organizations and incidents of the reference world.
    fn found(&mut self) -> anyhow::Result<()> {
        let mut generator = Generator::of_incidents(SEED);
        while !generator.is_founded() {
            let asked = generator.next();
            let code = asked.organization.as_deref();
            let organization = code.and_then(|code| self.world.organization_by_code(code));
            let organization = organization.map(|organization| organization.id);
            let command = asked.command;
            generator.learn(hand::carry_out(&mut self.world, self.now, organization, &command)?);
        }
        Ok(())
    }

    /// The median of the microseconds that decisions take, none of which is carried out.
    fn decided_us(&self, messages: &[Command], run_time: Duration) -> anyhow::Result<f64> {
        let by = Attribution { principal: "bench".into(), organization: None, on_behalf_of: None };
        let (mut taken, start) = (Vec::new(), Instant::now());
        for message in messages.iter().cycle() {
            if start.elapsed() >= run_time {
                break;
            }
            let asked = Instant::now();
            let decision =
                message.decide(&self.world, &hand::context(&self.world, self.now, &by))?;
            taken.push(asked.elapsed().as_secs_f64() * 1e6);
            std::hint::black_box(decision);
        }
        Ok(median(&mut taken))
    }
}
