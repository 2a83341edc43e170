//! A story of generated commands, and everything there is to compare about it.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::super::{START, seed};
use super::asks::TOPICS;
use super::dice::Dice;
use crate::domain::command::{Command, Context, Decide as _, Decision};
use crate::domain::event::{Event, Stamp};
use crate::domain::ids::Ids;
use crate::domain::record::{Attribution, RecordRef};
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Adopt, DEFAULT};
use crate::domain::world::{Fold, Request, World};

const COMMANDS_MAX: usize = 80;

/// The topics of a story, and the bytes behind each of its commands.
pub(super) type Script = (Vec<usize>, Vec<[u8; 32]>);

/// Stories about some of the topics.
pub(super) fn scripts() -> impl Strategy<Value = Script> {
    let topics: Vec<usize> = (0..TOPICS.len()).collect();
    let topics = proptest::sample::subsequence(topics, 1..=TOPICS.len());
    (topics, proptest::collection::vec(any::<[u8; 32]>(), 0..COMMANDS_MAX))
}

/// An event with what the log adds to it.
#[derive(Clone, Debug)]
pub(super) struct Logged {
    pub(super) event: Event,
    at: Timestamp,
    by: Attribution,
    request: Option<Request>,
}

impl Logged {
    pub(super) fn apply(&self, world: &mut World) {
        let stamp = Stamp { seq: world.seq() + 1, at: self.at, by: &self.by };
        world.apply(&self.event, &stamp, self.request.as_ref());
    }

    /// The same as one of many, as the entry that it is in the log.
    pub(super) fn fold(&self, seq: u64, fold: &mut Fold) {
        let stamp = Stamp { seq, at: self.at, by: &self.by };
        fold.apply(&self.event, &stamp, self.request.as_ref());
    }

    /// The same as it is stored and read again.
    pub(super) fn stored(&self) -> Self {
        let body = self.event.body().unwrap();
        let event = Event::decode(self.event.kind(), self.event.version(), &body).unwrap();
        Self { event, ..self.clone() }
    }
}

/// One command, before it is decided.
pub(super) struct Asked {
    pub(super) command: Command,
    now: Timestamp,
    number: u64,
    by: Attribution,
    request: Option<Request>,
}

impl Asked {
    pub(super) fn decide(&self, world: &World) -> Result<(RecordRef, Vec<Event>), Refusal> {
        let ids = Ids::from_seed(seed(self.number));
        let decided = self.command.decide(world, &Context { now: self.now, ids, by: &self.by });
        decided.map(|Decision { subject, events }| (subject, events))
    }

    pub(super) fn log(&self, event: Event) -> Logged {
        Logged { event, at: self.now, by: self.by.clone(), request: self.request }
    }
}

/// Plays a script. Shows `look` each command with the World before and what was logged for it.
pub(super) fn play(script: &Script, mut look: impl FnMut(&World, &Asked, &[Logged])) -> World {
    let (topics, steps) = script;
    let mut world = World::default();
    let mut now: Timestamp = START.parse().unwrap();
    for number in 0..=steps.len() {
        let bytes = number.checked_sub(1).map_or(&[0; 32], |step| &steps[step]);
        let mut dice = Dice::new(bytes);
        // Some stories go over the end of a year, where the numbers of incidents begin again.
        let minutes = if dice.one_in(256) { 60 * 24 * 300 } else { [1, 0, 20, 45][dice.roll(4)] };
        now += SignedDuration::from_mins(minutes);
        let by = attribution(&mut dice, &world);
        let key = dice.maybe(|dice| dice.roll(8));
        let topic = TOPICS[dice.pick(topics)];
        let command = match number {
            0 => Adopt { source: DEFAULT.to_owned() }.into(),
            _ => topic(&mut dice, &world, now),
        };
        // What only one organization can do is mostly asked by that one.
        let actor = super::aid::actor(&command, &world).filter(|_| !dice.one_in(8));
        let by = Attribution { organization: actor.or(by.organization), ..by };
        let request = key.map(|key| Request::new(&by.principal, &key.to_string(), [7; 16]));
        let asked = Asked { command, now, number: number as u64, by, request };
        let events = asked.decide(&world).map_or_else(|_| Vec::new(), |(_, events)| events);
        let logged: Vec<_> = events.into_iter().map(|event| asked.log(event)).collect();
        look(&world, &asked, &logged);
        logged.iter().for_each(|entry| entry.apply(&mut world));
    }
    world
}

fn attribution(dice: &mut Dice<'_>, world: &World) -> Attribution {
    let newest = world.organizations().next_back().map(|organization| organization.id);
    // The first two are those that make agreements.
    let first = world.organizations().nth(dice.roll(4)).map(|organization| organization.id);
    let organization = first.or(newest);
    Attribution {
        principal: dice.pick(&["dana", "lee"]).to_owned(),
        organization: organization.filter(|_| dice.roll(2) == 1),
        on_behalf_of: dice.one_in(4).then(|| "partner".to_owned()),
    }
}

/// The records that differ between two Worlds, and the incidents whose timelines do.
pub(super) fn differences(before: &World, after: &World) -> Vec<RecordRef> {
    use imbl::ordmap::DiffItem;
    fn keys<'k, K: Copy + 'k, V: 'k>(
        items: impl Iterator<Item = DiffItem<'k, 'k, K, V>>,
    ) -> impl Iterator<Item = K> {
        items.map(|item| match item {
            DiffItem::Add(key, _) | DiffItem::Remove(key, _) => *key,
            DiffItem::Update { new: (key, _), .. } => *key,
        })
    }
    let mut found: Vec<RecordRef> = Vec::new();
    let organizations = before.organizations.diff(&after.organizations);
    found.extend(keys(organizations).map(RecordRef::Organization));
    found.extend(keys(before.persons.diff(&after.persons)).map(RecordRef::Person));
    found.extend(keys(before.signals.diff(&after.signals)).map(RecordRef::Signal));
    found.extend(keys(before.incidents.diff(&after.incidents)).map(RecordRef::Incident));
    found.extend(keys(before.notes.diff(&after.notes)).map(RecordRef::Note));
    let timelines = keys(before.timeline.diff(&after.timeline));
    found.extend(timelines.map(|(incident, ..)| RecordRef::Incident(incident)));
    found.extend(keys(before.accounts.diff(&after.accounts)).map(RecordRef::Account));
    let tokens = before.access_tokens.diff(&after.access_tokens);
    found.extend(keys(tokens).map(RecordRef::AccessToken));
    found.extend(keys(before.sessions.diff(&after.sessions)).map(RecordRef::Session));
    found.extend(keys(before.setup_links.diff(&after.setup_links)).map(RecordRef::SetupLink));
    found.extend(keys(before.periods.diff(&after.periods)).map(RecordRef::Period));
    let templates = before.meeting_templates.diff(&after.meeting_templates);
    found.extend(keys(templates).map(RecordRef::Organization));
    found.extend(keys(before.structures.diff(&after.structures)).map(RecordRef::Structure));
    found.extend(keys(before.posts.diff(&after.posts)).map(RecordRef::Post));
    let qualifications = before.qualifications.diff(&after.qualifications);
    found.extend(keys(qualifications).map(RecordRef::Qualification));
    let resources = before.resources.diff(&after.resources);
    found.extend(keys(resources).map(RecordRef::Resource));
    let pars = keys(before.pars.diff(&after.pars)).map(|(incident, _)| incident);
    found.extend(pars.map(RecordRef::Incident));
    found.extend(
        (before.definitions != after.definitions).then_some(RecordRef::ResourceDefinitions),
    );
    let requests = before.resource_requests.diff(&after.resource_requests);
    found.extend(keys(requests).map(RecordRef::ResourceRequest));
    found.extend(keys(before.offers.diff(&after.offers)).map(RecordRef::Offer));
    found.extend(keys(before.groups.diff(&after.groups)).map(RecordRef::Group));
    found.extend(keys(before.schedules.diff(&after.schedules)).map(RecordRef::Schedule));
    found.extend(keys(before.messages.diff(&after.messages)).map(RecordRef::Message));
    let streams = before.stopped_streams.diff(&after.stopped_streams);
    found.extend(streams.map(|item| match item {
        imbl::ordset::DiffItem::Add((person, _)) | imbl::ordset::DiffItem::Remove((person, _)) => {
            RecordRef::Person(*person)
        }
    }));
    found.extend((before.rules().source() != after.rules().source()).then_some(RecordRef::Rules));
    found
}
