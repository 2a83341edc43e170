//! Given, when, then: decisions told as short stories, with ids and a clock that count up.
//!
//! ```ignore
//! given([open_fire()]).when(close(incident(1), None)).refused(|refusal| ...);
//! ```

mod admission;
pub(in crate::domain) mod aid;
mod laws;
mod messages;
mod nouns;
mod sharing;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::command::{Command, Context, Decide, Decision};
use super::contact::{Channel, QuietHours};
use super::event::{Event, Stamp};
use super::hazard;
use super::ids::{Id, Ids};
use super::incident::Open;
use super::message::reach::{Reach, Reachability};
use super::place::Location;
use super::record::Attribution;
use super::refusal::Refusal;
use super::structure::{AcceptTransfer, JoinCommand};
use super::timer::{Due, Timer};
use super::world::World;
pub(in crate::domain) use messages::{Message, message};

/// When every story begins.
pub(in crate::domain) const START: &str = "2026-05-01T12:00:00Z";

/// A World in the making: what happened so far, and what time it is.
#[derive(Clone)]
pub(in crate::domain) struct Story {
    pub(in crate::domain) world: World,
    pub(in crate::domain) events: Vec<(Event, Timestamp, Attribution)>,
    pub(in crate::domain) now: Timestamp,
    pub(in crate::domain) by: Attribution,
    commands: u64,
}

/// A story whose commands were all carried out; the n-th command makes the ids `id(n)`, counted
/// from 1.
pub(in crate::domain) fn given<C: Into<Command>>(commands: impl IntoIterator<Item = C>) -> Story {
    let by = Attribution { principal: "dana".to_owned(), organization: None, on_behalf_of: None };
    let now = START.parse().unwrap();
    let world = World::default();
    let mut story = Story { world, events: Vec::new(), now, by, commands: 0 };
    for command in commands {
        story.must(command);
    }
    story
}

/// What opens a confirmed incident on Mill Street.
pub(in crate::domain) fn incident(name: &str) -> Open {
    Open {
        name: name.to_owned(),
        kind: hazard::Kind::OTHER,
        confirmed: true,
        location: Location { name: Some("Mill Street".to_owned()), ..Location::default() },
        complexity: None,
        lead: None,
        parent: None,
        signal: None,
        exercise: false,
    }
}

/// That somebody can be reached by these channels, with the same quiet hours on each.
pub(in crate::domain) fn reach(channels: &[Channel], quiet: Option<&QuietHours>) -> Reachability {
    let way = |channel: &Channel| Reach { channel: *channel, quiet: quiet.cloned() };
    Reachability { ways: channels.iter().map(way).collect(), language: None }
}

/// What is said to each of the commands, none of which may be carried out.
pub(in crate::domain) fn refusals(
    story: &Story,
    commands: impl IntoIterator<Item = Command>,
) -> String {
    let mut said = String::new();
    for command in commands {
        story.clone().when(command).refused(|r| said += &format!("{}: {r}\n", r.code()));
    }
    said
}

/// The first id that the n-th command of a story makes, counted from 1.
pub(in crate::domain) fn id<T>(n: u64) -> Id<T> {
    nth(n, 0)
}

/// The id that the n-th command makes after `before` others.
pub(in crate::domain) fn nth<T>(n: u64, before: u64) -> Id<T> {
    let ids = Ids::from_seed(seed(n));
    (0..before).for_each(|_| {
        let _ = ids.next::<()>();
    });
    ids.next()
}

fn seed(n: u64) -> Uuid {
    Uuid::from_u128(
        0x0196_8f00_0000_7000_8000_0000_0000_0000 | u128::from(n) << 80 | u128::from(n) << 16,
    )
}

/// How a command ended.
pub(in crate::domain) struct Outcome {
    /// The story afterwards.
    pub(in crate::domain) story: Story,
    /// What was decided.
    pub(in crate::domain) result: Result<Decision, Refusal>,
}

impl Story {
    /// Asks for one thing. Deciding twice has to give the same, and a refusal to change nothing.
    pub(in crate::domain) fn when(mut self, command: impl Into<Command>) -> Outcome {
        let command = command.into();
        self.commands += 1;
        let result = self.decide(&command);
        let again = self.decide(&command);
        match (&result, &again) {
            (Ok(a), Ok(b)) => assert_eq!((a.subject, &a.events), (b.subject, &b.events)),
            (Err(a), Err(b)) => assert_eq!(a, b),
            _ => panic!("deciding twice gave two outcomes"),
        }
        if let Ok(decision) = &result {
            self.fold(&decision.events);
        }
        Outcome { story: self, result }
    }

    /// Asks for one thing that has to be carried out.
    pub(in crate::domain) fn must(&mut self, command: impl Into<Command>) -> Vec<Event> {
        let outcome = self.clone().when(command);
        *self = outcome.story;
        outcome.result.unwrap_or_else(|refusal| panic!("refused: {refusal}")).events
    }

    /// Lets an agency be asked to join command, and say yes.
    pub(in crate::domain) fn joined_by(&mut self, asked: JoinCommand) {
        let (structure, agency) = (asked.structure, asked.organization);
        self.must(asked);
        let transfer = self.world.structure(structure).unwrap().transfers.last().unwrap().id;
        let asking = self.by.organization.replace(agency);
        self.must(AcceptTransfer { structure, transfer, effective: None });
        self.by.organization = asking;
    }

    /// Lets time pass.
    pub(in crate::domain) fn after(mut self, minutes: i64) -> Self {
        self.now += SignedDuration::from_mins(minutes);
        self
    }

    /// Lets time pass and carries out what falls due.
    pub(in crate::domain) fn until_due(mut self, minutes: i64) -> Self {
        self = self.after(minutes);
        let due: Vec<_> = self.world.timers().filter(|t| t.due <= self.now).copied().collect();
        for timer in due {
            self.must(timer.command());
        }
        self
    }

    fn decide(&self, command: &Command) -> Result<Decision, Refusal> {
        let ids = Ids::from_seed(seed(self.commands));
        command.decide(&self.world, &Context { now: self.now, ids, by: &self.by })
    }

    fn fold(&mut self, events: &[Event]) {
        for event in events {
            let stamp = Stamp { seq: self.world.seq() + 1, at: self.now, by: &self.by };
            self.world.apply(event, &stamp, None);
            self.events.push((event.clone(), self.now, self.by.clone()));
        }
    }

    /// The World folded once more from the events as they are stored.
    pub(in crate::domain) fn refolded(&self) -> World {
        let mut world = World::default();
        for (event, at, by) in &self.events {
            let stored = event.body().unwrap();
            let read = Event::decode(event.kind(), event.version(), &stored).unwrap();
            assert_eq!(&read, event, "an event survives its storage");
            world.apply(&read, &Stamp { seq: world.seq() + 1, at: *at, by }, None);
        }
        world
    }
}

impl Outcome {
    /// Looks at what was decided, one line an event.
    pub(in crate::domain) fn then(self, look: impl FnOnce(&Story, &[Event])) -> Story {
        let decision = self.result.unwrap_or_else(|refusal| panic!("refused: {refusal}"));
        look(&self.story, &decision.events);
        self.story
    }

    /// Checks that nothing happened.
    pub(in crate::domain) fn unchanged(self) -> Story {
        self.then(|_, events| assert_eq!(events, []))
    }

    /// Looks at why it was refused.
    pub(in crate::domain) fn refused(self, look: impl FnOnce(&Refusal)) -> Story {
        look(&self.result.expect_err("this should be refused"));
        self.story
    }
}

/// Checks that two Worlds are equal, their indexes included.
pub(in crate::domain) fn assert_same(a: &World, b: &World) {
    let text = |w: &World| String::from_utf8(w.to_snapshot().unwrap()).unwrap();
    assert_eq!(text(a), text(b));
    assert_eq!(a.organization_codes, b.organization_codes);
    assert_eq!(a.signal_keys, b.signal_keys);
    assert_eq!(a.mentions, b.mentions);
    assert_eq!(a.open_incidents, b.open_incidents);
    assert_eq!(a.incident_signals, b.incident_signals);
    assert_eq!(a.incident_notes, b.incident_notes);
    assert_eq!(a.logins, b.logins);
    assert_eq!(a.identities, b.identities);
    assert_eq!(a.account_sessions, b.account_sessions);
    assert_eq!(a.secrets, b.secrets);
    assert_eq!(a.incident_periods, b.incident_periods);
    assert_eq!(a.incident_structures, b.incident_structures);
    assert_eq!(a.structure_posts, b.structure_posts);
    assert_eq!(a.holdings, b.holdings);
    assert_eq!(a.person_qualifications, b.person_qualifications);
    assert_eq!(a.definitions, b.definitions);
    assert_eq!(a.incident_resources, b.incident_resources);
    assert_eq!(a.assisting, b.assisting);
    assert_eq!(a.fleets, b.fleets);
    assert_eq!(a.incident_requests, b.incident_requests);
    assert_eq!(a.request_offers, b.request_offers);
    assert_eq!(a.organization_groups, b.organization_groups);
    assert_eq!(a.organization_schedules, b.organization_schedules);
    assert_eq!(a.messages, b.messages, "with the indexes of their runs");
    assert_eq!(a.incident_messages, b.incident_messages);
    assert_eq!(a.person_deliveries, b.person_deliveries);
}

/// Checks what holds of every World.
pub(in crate::domain) fn assert_lawful(story: &Story) {
    assert_same(&story.world, &story.refolded());
    let snapshot = story.world.to_snapshot().unwrap();
    assert_same(&story.world, &World::from_snapshot(&snapshot).unwrap());
    let transfers = story.world.structures().flat_map(|structure| {
        structure.transfers.iter().filter_map(|transfer| transfer.timer(structure.id))
    });
    let signals = story.world.signals().filter(|s| s.is_live()).map(|s| s.expiry_timer());
    let periods = story.world.periods().filter_map(|period| period.timer());
    let watches = story
        .world
        .watches
        .iter()
        .filter_map(|(of, watch)| Some(Timer { due: watch.due?, what: Due::Watch(*of) }));
    let offers = story.world.offers().filter(|o| o.is_open()).map(|o| o.expiry_timer());
    let messages = story.world.messages().filter_map(|message| message.timer());
    let of_command = transfers.chain(periods).chain(watches);
    let deadlines: Vec<_> = signals.chain(of_command).chain(offers).chain(messages).collect();
    assert_eq!(story.world.timers().count(), deadlines.len());
    assert!(deadlines.iter().all(|timer| story.world.timers.contains(timer)));
    for signal in story.world.signals() {
        for attachment in &signal.attachments {
            let incident = story.world.incident(attachment.incident).unwrap();
            assert_eq!(incident.exercise, signal.exercise, "exercise and reality stay apart");
        }
    }
}
