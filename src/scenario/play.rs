//! A scenario against the clock: which command falls due when, and for whom.
//!
//! Pure: the time comes in, commands go out, and what became of them comes back in. The caller
//! submits each command, waits for its answer, and gives that back before it asks for the next.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use muster_contract::{Alert, MultiPolygon};

use super::cap::{self, MARK, Span};
use super::file::{Action, AlertText, Opening, Place, Scenario, Step};
use crate::domain::ids::Id;
use crate::domain::incident::{self, Incident};
use crate::domain::organization::{self, Organization, Profile};
use crate::domain::place::Location;
use crate::domain::signal::{self, Signal};
use crate::domain::{Command, RecordRef, journal};

/// How many times faster than in reality a scenario plays.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Speed(f64);

impl Speed {
    /// The slowest.
    pub const MIN: f64 = 0.1;
    /// The fastest: an hour a second.
    pub const MAX: f64 = 3_600.0;

    /// The stretch of real time that a stretch of the scenario takes.
    fn real(self, scenario: SignedDuration) -> SignedDuration {
        SignedDuration::from_secs_f64(scenario.as_secs_f64() / self.0)
    }
}

impl Default for Speed {
    fn default() -> Self {
        Self(1.0)
    }
}

impl FromStr for Speed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let speed = text.parse().ok().filter(|speed| (Self::MIN..=Self::MAX).contains(speed));
        speed.map(Self).ok_or_else(|| {
            format!("`{text}` is not a speed; write a number from {} to {}", Self::MIN, Self::MAX)
        })
    }
}

/// Who acts in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The log-in.
    pub principal: String,
    /// The organization that it acts for.
    pub organization: Id<Organization>,
}

/// A step that has fallen due.
#[derive(Clone, Debug)]
pub struct Due {
    /// Its place in the timeline, which also makes a good idempotency key.
    pub step: usize,
    /// Who acts.
    pub actor: Actor,
    /// What is asked of the hub.
    pub command: Command,
}

/// A scenario that is being played.
#[derive(Clone, Debug)]
pub struct Player {
    scenario: Arc<Scenario>,
    organizations: BTreeMap<String, Id<Organization>>,
    began: Timestamp,
    speed: Speed,
    next: usize,
    records: BTreeMap<String, RecordRef>,
}

impl Scenario {
    /// What to register before the play begins, in the order of the file.
    pub fn registrations(&self) -> impl Iterator<Item = organization::Register> {
        self.organizations.iter().map(|spanned| {
            let participant = &spanned.value;
            let jurisdiction = participant.jurisdiction.as_ref();
            organization::Register {
                profile: Profile {
                    code: participant.code.clone(),
                    name: participant.name.clone(),
                    kind: participant.kind,
                    jurisdiction: jurisdiction.map(|outline| area(outline)),
                    parents: Vec::new(),
                },
            }
        })
    }
}

impl Player {
    /// Begins to play at the given time. `organizations` are the registered ones by code; a step of
    /// one that is not among them is left out.
    #[must_use]
    pub fn new(
        scenario: Arc<Scenario>,
        organizations: BTreeMap<String, Id<Organization>>,
        began: Timestamp,
        speed: Speed,
    ) -> Self {
        Self { scenario, organizations, began, speed, next: 0, records: BTreeMap::new() }
    }

    /// When the next step falls due; none when the scenario is over.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        let step = self.scenario.timeline.get(self.next)?;
        Some(self.time_of(step.value.at.0))
    }

    /// The next step, if its time has come. A step that refers to one that the hub refused, and that
    /// therefore made nothing, is passed over.
    pub fn next(&mut self, now: Timestamp) -> Option<Due> {
        while self.due().is_some_and(|due| due <= now) {
            let index = self.next;
            self.next += 1;
            let scenario = Arc::clone(&self.scenario);
            let step = &scenario.timeline.get(index)?.value;
            let actor = self.actor(&step.by);
            if let (Some(actor), Some(command)) = (actor, self.command(step)) {
                return Some(Due { step: index, actor, command });
            }
        }
        None
    }

    /// Takes the record that a step made or changed. A refused step has none and is not told here.
    pub fn answered(&mut self, step: usize, subject: RecordRef) {
        let step = self.scenario.timeline.get(step);
        if let Some(id) = step.and_then(|step| step.value.id.clone()) {
            self.records.insert(id, subject);
        }
    }

    fn actor(&self, code: &str) -> Option<Actor> {
        let principal = self.scenario.participant(code)?.login.clone();
        Some(Actor { principal, organization: *self.organizations.get(code)? })
    }

    /// The command of a step; none when something that it refers to does not exist.
    fn command(&self, step: &Step) -> Option<Command> {
        Some(match step.action.clone() {
            Action::Alert(text) => self.receive(step, &text)?.into(),
            Action::OpenIncident(opening) => self.open(&opening)?.into(),
            Action::ChangeStatus { incident, to, reason } => {
                incident::ChangeStatus { incident: self.incident(&incident)?, to, reason }.into()
            }
            Action::Reopen { incident, reason } => {
                incident::Reopen { incident: self.incident(&incident)?, reason }.into()
            }
            Action::AssessComplexity { incident, level, reason } => {
                let incident = self.incident(&incident)?;
                incident::AssessComplexity { incident, level, reason }.into()
            }
            Action::Locate { incident, place } => {
                let incident = self.incident(&incident)?;
                incident::Locate { incident, location: location(&place) }.into()
            }
            Action::ChangeLead { incident, lead, reason } => {
                let lead = *self.organizations.get(&lead)?;
                incident::ChangeLead { incident: self.incident(&incident)?, lead, reason }.into()
            }
            Action::Note { incident, text } => {
                journal::Write { incident: self.incident(&incident)?, text, corrects: None }.into()
            }
            Action::Merge { incident, into, reason } => {
                let (incident, into) = (self.incident(&incident)?, self.incident(&into)?);
                incident::Merge { incident, into, reason }.into()
            }
            Action::SetParent { incident, parent } => {
                let parent = self.optional(parent.as_ref(), Self::incident)?;
                incident::SetParent { incident: self.incident(&incident)?, parent }.into()
            }
            Action::Attach { alert, incident, reason } => {
                let (signal, incident) = (self.signal(&alert)?, self.incident(&incident)?);
                signal::Attach { signal, incident, reason }.into()
            }
            Action::Detach { alert, incident, reason } => {
                let (signal, incident) = (self.signal(&alert)?, self.incident(&incident)?);
                signal::Detach { signal, incident, reason }.into()
            }
        })
    }

    fn receive(&self, step: &Step, text: &AlertText) -> Option<signal::Receive> {
        let alert = Arc::new(self.alert(step, text)?);
        Some(signal::Receive {
            alert,
            via: "scenario".to_owned(),
            // There is no document: the message was never on a wire.
            digest: String::new(),
            resolved: None,
            warnings: Vec::new(),
        })
    }

    fn alert(&self, step: &Step, text: &AlertText) -> Option<Alert> {
        let references = text.references.iter().map(|id| {
            let earlier = self.scenario.timeline.iter().map(|spanned| &spanned.value);
            self.key(earlier.into_iter().find(|step| step.id.as_ref() == Some(id))?)
        });
        let references = references.collect::<Option<Vec<_>>>()?;
        let key = self.key(step)?;
        let expires = key.sent.saturating_add(self.speed.real(text.expires_in)).ok()?;
        let span = Span { sent: key.sent, expires };
        let from = self.scenario.participant(&step.by)?;
        Some(cap::message(text, key, references, from, &self.scenario.title, span))
    }

    fn key(&self, step: &Step) -> Option<muster_contract::AlertKey> {
        let from = self.scenario.participant(&step.by)?;
        // CAP has no fractions of a second, and a key must survive being written and read.
        let sent = Timestamp::from_second(self.time_of(step.at.0).as_second()).ok()?;
        Some(cap::key(from, step.id.as_deref()?, self.began, sent))
    }

    fn open(&self, opening: &Opening) -> Option<incident::Open> {
        Some(incident::Open {
            name: format!("{MARK}{}", opening.name),
            kind: opening.kind,
            confirmed: opening.confirmed,
            location: location(&opening.place),
            complexity: None,
            lead: None,
            parent: self.optional(opening.parent.as_ref(), Self::incident)?,
            signal: self.optional(opening.alert.as_ref(), Self::signal)?,
            exercise: true,
        })
    }

    fn time_of(&self, offset: SignedDuration) -> Timestamp {
        self.began.saturating_add(self.speed.real(offset)).unwrap_or(Timestamp::MAX)
    }

    /// Nothing asked for is found; something asked for may be missing.
    #[expect(clippy::option_option, reason = "the outer says whether the step can be played")]
    fn optional<T>(&self, id: Option<&String>, find: fn(&Self, &str) -> Option<T>) -> Option<Option<T>> {
        id.map_or(Some(None), |id| find(self, id).map(Some))
    }

    fn incident(&self, id: &str) -> Option<Id<Incident>> {
        match self.records.get(id) {
            Some(RecordRef::Incident(id)) => Some(*id),
            _ => None,
        }
    }

    fn signal(&self, id: &str) -> Option<Id<Signal>> {
        match self.records.get(id) {
            Some(RecordRef::Signal(id)) => Some(*id),
            _ => None,
        }
    }
}

fn location(place: &Place) -> Location {
    Location {
        point: place.point,
        perimeter: place.outline.as_ref().map(area),
        name: place.name.clone(),
    }
}

fn area(outline: &super::file::Outline) -> MultiPolygon {
    MultiPolygon { polygons: vec![outline.to_polygon()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Stamp;
    use crate::domain::ids::Ids;
    use crate::domain::record::Attribution;
    use crate::domain::{Context, Decide as _, World};

    const SHIPPED: [(&str, &str); 3] = [
        ("river-flood", include_str!("../../ops/scenarios/river-flood.yaml")),
        ("wildfire", include_str!("../../ops/scenarios/wildfire.yaml")),
        ("water-cyber", include_str!("../../ops/scenarios/water-cyber.yaml")),
    ];

    /// A hub of one: decides and applies at once.
    struct Table {
        world: World,
        seed: u128,
    }

    impl Table {
        fn submit(&mut self, command: &Command, by: &Attribution, now: Timestamp) -> RecordRef {
            // UUIDv7 seeds far enough apart that the ids of two commands never meet.
            self.seed += 1 << 70;
            let ids = Ids::from_seed(uuid::Uuid::from_u128(self.seed));
            let context = Context { now, ids, by };
            let decision = command
                .decide(&self.world, &context)
                .unwrap_or_else(|refusal| panic!("{refusal}: {command:?}"));
            for event in &decision.events {
                let stamp = Stamp { seq: self.world.seq() + 1, at: now, by };
                self.world.apply(event, &stamp, None);
            }
            decision.subject
        }
    }

    fn play(scenario: Scenario, speed: Speed) -> (World, usize) {
        let began: Timestamp = "2026-04-18T13:00:00Z".parse().unwrap();
        let seed = 0x0196_0000_0000_7000_8000_0000_0000_0000;
        let mut table = Table { world: World::default(), seed };
        let hub =
            Attribution { principal: "muster".to_owned(), organization: None, on_behalf_of: None };
        for register in scenario.registrations() {
            table.submit(&register.into(), &hub, began);
        }
        let organizations = table.world.organizations();
        let organizations = organizations.map(|o| (o.profile.code.clone(), o.id)).collect();

        let mut player = Player::new(Arc::new(scenario), organizations, began, speed);
        let mut played = 0;
        while let Some(now) = player.due() {
            let due = player.next(now).expect("no step of a shipped scenario is passed over");
            let by = Attribution {
                principal: due.actor.principal,
                organization: Some(due.actor.organization),
                on_behalf_of: None,
            };
            let subject = table.submit(&due.command, &by, now);
            player.answered(due.step, subject);
            played += 1;
        }
        (table.world, played)
    }

    #[test]
    fn every_step_of_the_shipped_scenarios_is_accepted() {
        for (name, text) in SHIPPED {
            let scenario = Scenario::parse(text).unwrap_or_else(|m| panic!("{name}:\n{m}"));
            let steps = scenario.timeline.len();
            let (world, played) = play(scenario, Speed(60.0));
            assert_eq!(played, steps, "{name}");
            assert!(steps >= 60, "{name} has only {steps} steps");
            assert!(world.incidents().all(|i| i.exercise && i.name.starts_with(MARK)), "{name}");
            assert!(world.signals().all(|s| s.exercise && s.headline().starts_with(MARK)), "{name}");
        }
    }

    #[test]
    fn the_shipped_scenarios_merge_a_duplicate_and_withdraw_an_alert() {
        for (name, text) in SHIPPED {
            let (world, _) = play(Scenario::parse(text).unwrap(), Speed::default());
            assert!(world.incidents().any(|i| i.merged_into.is_some()), "{name}");
            let ended = |s: &Arc<Signal>| matches!(s.state, signal::State::Ended(end) if end.as_str() == "cancelled");
            assert!(world.signals().any(ended), "{name}");
        }
    }

    #[test]
    fn nothing_falls_due_before_its_time_and_speed_shortens_the_wait() {
        let text = "\
title: Test
description: Two steps
center: [-93.1, 44.3]
organizations:
  - { code: A, name: Alpha, kind: fire, login: ann }
timeline:
  - at: T+00:10:00
    id: mill
    by: A
    do: { open-incident: { name: Mill Street, kind: fire, place: { name: Mill St } } }
  - at: T+00:20:00
    by: A
    do: { note: { incident: mill, text: Smoke } }
";
        let began: Timestamp = "2026-04-18T13:00:00Z".parse().unwrap();
        let organizations = BTreeMap::from([("A".to_owned(), Id::new(uuid::Uuid::max()))]);
        let scenario = Arc::new(Scenario::parse(text).unwrap());
        let mut player = Player::new(scenario, organizations, began, "10".parse().unwrap());
        assert_eq!(player.due().unwrap(), began + SignedDuration::from_secs(60));
        assert!(player.next(began + SignedDuration::from_secs(59)).is_none());
        assert!(player.next(began + SignedDuration::from_secs(60)).is_some());
        // The hub refused the first step, so the second has nothing to be a note of.
        assert!(player.next(began + SignedDuration::from_secs(999)).is_none());
        assert_eq!(player.due(), None);
    }

    #[test]
    fn a_speed_is_a_number_within_bounds() {
        assert_eq!("60".parse(), Ok(Speed(60.0)));
        for text in ["0", "-1", "NaN", "1e9", "fast"] {
            assert!(text.parse::<Speed>().is_err(), "{text}");
        }
    }
}
