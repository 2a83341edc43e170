//! A scenario played at once, in memory, by the rules of the hub: what the hub will refuse is found
//! before the first spectator looks.
//!
//! It plays as `muster demo` does, under the built-in rules and resource definitions, at the same
//! speed, since what the hub counts in hours may be refused at one speed and not at another. The
//! hub's own deadlines fall due between the steps as they will.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::check::{Mistake, Mistakes};
use super::file::Scenario;
use super::play::{Player, Speed};
use crate::domain::agreement::Sign;
use crate::domain::event::Stamp;
use crate::domain::ids::Ids;
use crate::domain::resource::definition;
use crate::domain::rules::{self, Adopt};
use crate::domain::timer::Timer;
use crate::domain::{
    Command, Context, Decide as _, Principal, RecordRef, Refusal, World, resource,
};
use crate::sharing::Sharing;

/// The time bits of the first id; the ids of two commands never meet.
const SEED: u128 = 0x0196_0000_0000_7000_8000_0000_0000_0000;

/// What came of a rehearsal.
pub struct Rehearsal {
    /// Everything as it is after the last step.
    pub world: World,
    /// What the hub refused, by the line of the step.
    pub refusals: Vec<(u64, Refusal)>,
    /// What the file calls the ids of the play.
    names: BTreeMap<String, String>,
}

impl Scenario {
    /// Plays the scenario as if it began at that time.
    ///
    /// # Errors
    /// [`Mistakes`]: the steps that the hub would refuse, unless a rule does the same by itself.
    pub fn rehearse(self: &Arc<Self>, began: Timestamp, speed: Speed) -> Result<World, Mistakes> {
        let Rehearsal { world, refusals, names } = self.play_at_once(began, speed, rules::DEFAULT);
        let refused = refusals
            .into_iter()
            // A rule was faster than the person in the scenario.
            .filter(|(_, refusal)| !matches!(refusal, Refusal::SignalAttached { .. }));
        let mistakes: Vec<_> = refused
            .map(|(line, refusal)| {
                let said = names.iter().fold(refusal.to_string(), |said, (id, name)| {
                    said.replace(id, &format!("`${name}`"))
                });
                Mistake { line, message: format!("the hub refuses: {said}") }
            })
            .collect();
        if mistakes.is_empty() { Ok(world) } else { Err(Mistakes(mistakes)) }
    }

    /// Plays the scenario under these rules from signals to incidents.
    #[must_use]
    pub fn play_at_once(
        self: &Arc<Self>,
        began: Timestamp,
        speed: Speed,
        rules: &str,
    ) -> Rehearsal {
        let sharing = Sharing::default();
        let mut stage =
            Stage { world: World::default(), sharing, seed: SEED, refusals: Vec::new() };
        stage.set(rules, began);
        let cast: BTreeMap<_, _> =
            self.principals().into_iter().map(|p| (p.name.clone(), p)).collect();
        let by_hub = Principal::hub();
        for register in self.registrations() {
            stage.submit(0, register, &by_hub, began);
        }
        let organizations = stage.world.organizations();
        let organizations = organizations.map(|o| (o.profile.code.clone(), o.id)).collect();
        for proposal in self.proposals(&organizations) {
            let mut command = Command::from(proposal.propose);
            for signer in proposal.signers.iter().filter_map(|signer| cast.get(&signer.principal)) {
                let Some(RecordRef::Agreement(agreement)) = stage.submit(0, command, signer, began)
                else {
                    break;
                };
                command = Sign { agreement }.into();
            }
        }

        let mut player = Player::new(Arc::clone(self), organizations, began, speed);
        while let Some(now) = player.due() {
            stage.keep_deadlines(now);
            let Some(due) = player.next(now) else { break };
            let Some(principal) = cast.get(&due.actor.principal) else { continue };
            if let Some(subject) = stage.submit(due.line, due.command, principal, now) {
                player.answered(due.step, subject, &stage.world);
            }
        }
        Rehearsal { world: stage.world, refusals: stage.refusals, names: player.names() }
    }
}

/// A hub of one: asks whether they may, decides and applies at once.
struct Stage {
    world: World,
    sharing: Sharing,
    seed: u128,
    refusals: Vec<(u64, Refusal)>,
}

impl Stage {
    /// What a hub knows when it starts.
    fn set(&mut self, rules: &str, now: Timestamp) {
        let hub = Principal::hub();
        self.submit(0, Adopt { source: rules.to_owned() }, &hub, now);
        for source in definition::BUILT_IN {
            let adopt = resource::AdoptDefinitions { source: (*source).to_owned() };
            self.submit(0, adopt, &hub, now);
        }
    }

    /// Does what falls due by itself until then, at its time.
    fn keep_deadlines(&mut self, until: Timestamp) {
        let hub = Principal::hub();
        let mut before = None;
        while let Some(timer) = self.deadline(until) {
            // One that stays is not met by asking again.
            if before == Some(timer) {
                break;
            }
            let due = timer.due.max(self.world.at());
            self.submit(0, timer.command(), &hub, due);
            before = Some(timer);
        }
    }

    fn deadline(&self, until: Timestamp) -> Option<Timer> {
        self.world.timers().next().copied().filter(|timer| timer.due <= until)
    }

    fn submit(
        &mut self,
        line: u64,
        command: impl Into<Command>,
        principal: &Principal,
        now: Timestamp,
    ) -> Option<RecordRef> {
        match self.decide(&command.into(), principal, now) {
            Ok(subject) => Some(subject),
            Err(refusal) => {
                self.refusals.push((line, refusal));
                None
            }
        }
    }

    fn decide(
        &mut self,
        command: &Command,
        principal: &Principal,
        now: Timestamp,
    ) -> Result<RecordRef, Refusal> {
        self.sharing.authorise(principal, command, &self.world, now)?;
        let by = &principal.attribution(&self.world);
        self.seed += 1 << 70;
        let context = Context { now, ids: Ids::from_seed(Uuid::from_u128(self.seed)), by };
        let decision = command.decide(&self.world, &context)?;
        for event in &decision.events {
            let stamp = Stamp { seq: self.world.seq() + 1, at: now, by };
            self.world.apply(event, &stamp, None);
        }
        Ok(decision.subject)
    }
}

#[cfg(test)]
mod tests;
