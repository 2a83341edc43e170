//! Watchdogs: what somebody should look at on an incident. They never block work.
//!
//! Each watchdog is a pure rule over the World. It says what stands out, since when, who has to do
//! something about it, and it clears itself once that is done: nobody dismisses it. What stands out
//! is recorded when it begins and when it ends, so that the log tells who could have known when.
//!
//! Example: Dana commands the Mill Street fire, which is of Type 3 since noon, and nobody is Safety
//! Officer. From noon on the picture says so. At ten past twelve she assigns one, and the next entry
//! of the log says that it is settled.
//!
//! ```text
//!  an event touches the incident ──> what stands out, or will from a moment on
//!                                       │ differ from what is recorded, or will by the clock
//!                                       v
//!                          a timer ──> Turn ──> `watch.turned`, with all that stands out now
//! ```
//!
//! - [`thresholds`]: from when on something stands out, for each organization
//! - `structure`, `people`, `planning`, `questions`, `resources`: the watchdogs

mod people;
mod planning;
mod questions;
mod resources;
mod structure;
#[cfg(test)]
mod tests;
pub mod thresholds;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::command::{Context, Decide, Decision};
use super::event::{Apply, Stamp};
use super::ids::Id;
use super::incident::Incident;
use super::limits::WATCH_ITEMS_MAX;
use super::organization::Organization;
use super::person::Person;
use super::record::RecordRef;
use super::refusal::Refusal;
use super::sentence::{Sentence, sentence};
use super::timer::{Due, Timer};
use super::world::World;

pub use thresholds::{SetThresholds, Thresholds, ThresholdsSet};

/// Something that stands out on an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The name of the watchdog for programs, stable over releases: `SPAN_OF_CONTROL`.
    pub code: String,
    /// How much it presses.
    pub level: Level,
    /// What it is about.
    pub record: RecordRef,
    /// Whom it is about, where it is about one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Id<Person>>,
    /// The organization that has to do something; none where the incident is everybody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Id<Organization>>,
    /// What is wrong and what to do.
    pub sentence: String,
    /// The values that stand in the sentence, by their names; none in what was recorded before there
    /// were any.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// Since when.
    pub since: Timestamp,
}

/// How much something presses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Somebody may be in danger, or a promise is broken.
    Alarm,
    /// It will be soon.
    Warning,
    /// Worth a look.
    Notice,
}

/// What stands out on an incident, and when that is to be looked at again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Watch {
    /// What stands out, the most pressing first.
    pub items: Vec<Arc<Item>>,
    /// When something will, or when what is recorded is to be brought up to date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
}

/// Looks what stands out on an incident. The hub asks it by itself.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Turn {
    /// The incident.
    pub incident: Id<Incident>,
}

/// What stands out on an incident is something else than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turned {
    /// The incident.
    pub incident: Id<Incident>,
    /// All that stands out now, the most pressing first.
    pub items: Vec<Arc<Item>>,
}

/// What a watchdog found.
struct Found {
    level: Level,
    record: RecordRef,
    person: Option<Id<Person>>,
    /// It names no person, since not everybody who sees the record may know who that is.
    sentence: Sentence,
    /// From when on it stands out, if nobody does anything; from the moment at which it is found
    /// when absent.
    from: Option<Timestamp>,
}

impl Decide for Turn {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let subject = RecordRef::Incident(self.incident);
        world.known_incident(self.incident)?;
        let (items, _) = standing(world, self.incident, context.now);
        let watch = world.watch(self.incident);
        let settled =
            watch.is_none_or(|w| w.items == items && w.due.is_none_or(|d| d > context.now));
        if settled {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Turned { incident: self.incident, items }))
    }
}

impl Apply for Turned {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let before = world.watches.get(&self.incident).map_or(&[][..], |watch| &watch.items);
        let is_new = |item: &&Arc<Item>| !before.iter().any(|other| item.is_told_by(other));
        let is_over = |item: &&Arc<Item>| !self.items.iter().any(|other| item.is(other));
        let new = self.items.iter().filter(is_new).map(|item| (item.said(), item.record));
        let over = before.iter().filter(is_over).map(|item| (item.settled(), item.record));
        let lines: Vec<_> = new.chain(over).collect();
        let own = RecordRef::Incident(self.incident);
        for (sentence, record) in lines {
            let mentions = [record];
            let mentions = if record == own { &[][..] } else { &mentions[..] };
            world.chronicle(self.incident, stamp, sentence, mentions);
        }
        world.watches.entry(self.incident).or_default().items.clone_from(&self.items);
        world.change_incident(self.incident, stamp);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Incident(self.incident)]
    }
}

/// What stands out at a moment, the most pressing first, and when more will.
fn standing(
    world: &World,
    incident: Id<Incident>,
    now: Timestamp,
) -> (Vec<Arc<Item>>, Option<Timestamp>) {
    let is_later = |found: &Found| found.from.is_some_and(|from| from > now);
    let (later, present): (Vec<_>, Vec<_>) = look(world, incident).into_iter().partition(is_later);
    let owner = world.incident(incident).and_then(|incident| incident.owner());
    let recorded = world.watch(incident).map_or(&[][..], |watch| &watch.items);
    let mut items: Vec<_> =
        present.into_iter().map(|found| Arc::new(found.item(owner, recorded, now))).collect();
    items.sort_by(|a, b| {
        let key = |item: &'_ Item| (item.level, item.since, item.record, item.person);
        key(a).cmp(&key(b)).then_with(|| a.code.cmp(&b.code))
    });
    items.truncate(WATCH_ITEMS_MAX);
    (items, later.into_iter().filter_map(|found| found.from).min())
}

/// All that stands out on an incident, or will when nobody does anything.
fn look(world: &World, id: Id<Incident>) -> Vec<Found> {
    let mut found = Vec::new();
    let Some(incident) = world.incident(id).filter(|incident| incident.is_live()) else {
        return found;
    };
    let thresholds = world.thresholds_of(incident.owner());
    if let Some(structure) = world.structure_of(id) {
        structure::look(world, incident, structure, &thresholds, &mut found);
        people::look(world, incident, structure, &thresholds, &mut found);
    }
    found.extend(structure::vacancy(world, incident));
    planning::look(world, incident, &thresholds, &mut found);
    questions::look(world, incident, &thresholds, &mut found);
    resources::look(world, incident, &thresholds, &mut found);
    found
}

impl Item {
    /// Whether it is the same that stands out, however much it presses.
    fn is(&self, other: &Self) -> bool {
        (&self.code, self.record, self.person) == (&other.code, other.record, other.person)
    }

    /// Whether the other said it already: it pressed as much, or more.
    fn is_told_by(&self, other: &Self) -> bool {
        self.is(other) && other.level <= self.level
    }

    /// What it says.
    fn said(&self) -> Sentence {
        let (code, values) = (self.code.clone().into(), self.values.clone());
        Sentence { code, text: self.sentence.clone(), values }
    }

    /// That it stands out no more.
    fn settled(&self) -> Sentence {
        let settled = sentence!("SETTLED", "settled: {item}", item = self.sentence);
        // Who tells it in another language knows by these how to tell what was settled.
        let said = [("code".to_owned(), self.code.clone())].into_iter().chain(self.values.clone());
        Sentence { values: said.chain(settled.values).collect(), ..settled }
    }
}

impl Found {
    /// It as it is recorded: since the moment from which it is recorded already, where no time is
    /// known.
    fn item(self, owner: Option<Id<Organization>>, recorded: &[Arc<Item>], now: Timestamp) -> Item {
        let Self { level, record, person, sentence, from } = self;
        let Sentence { code, text: sentence, values } = sentence;
        let is_it =
            |item: &&Arc<Item>| item.code == code && item.record == record && item.person == person;
        let already = recorded.iter().find(is_it);
        let since = from.or(already.map(|item| item.since)).unwrap_or(now);
        Item { code: code.into_owned(), level, record, person, owner, sentence, values, since }
    }
}

impl World {
    /// What stands out on an incident, as it is recorded.
    #[must_use]
    pub fn watch(&self, incident: Id<Incident>) -> Option<&Watch> {
        self.watches.get(&incident)
    }

    /// The incidents on which something may stand out otherwise once these records changed.
    pub(in crate::domain) fn to_watch(&self, touched: &[RecordRef]) -> Vec<Id<Incident>> {
        let mut incidents: Vec<_> =
            touched.iter().flat_map(|record| self.watched_by(*record)).collect();
        incidents.sort_unstable();
        incidents.dedup();
        incidents
    }

    /// Sees to it that what stands out on an incident that changed is looked at in time.
    pub(in crate::domain) fn keep_watch(&mut self, incident: Id<Incident>, at: Timestamp) {
        let (items, later) = standing(self, incident, at);
        let watch = self.watches.get(&incident);
        let recorded = watch.map_or(&[][..], |watch| &watch.items);
        let due = if items == recorded { later } else { Some(at) };
        let before = watch.and_then(|watch| watch.due);
        if before != due {
            self.watch_again(incident, before, due);
        }
        let over = |watch: &Watch| watch.items.is_empty() && watch.due.is_none();
        if self.watches.get(&incident).is_some_and(over) {
            self.watches.remove(&incident);
        }
    }

    /// The incidents on which something may stand out otherwise once a record changed.
    fn watched_by(&self, record: RecordRef) -> Vec<Id<Incident>> {
        match record {
            RecordRef::Incident(id) if self.incident(id).is_some_and(|i| i.is_live()) => {
                self.with_parts(id)
            }
            // Who holds a post on what is over now may hold another elsewhere.
            RecordRef::Incident(id) => {
                let structure = self.structure_of(id).map(|structure| structure.id);
                let posts = structure.into_iter().flat_map(|structure| self.posts_of(structure));
                let elsewhere = posts.flat_map(|post| people::incidents_of_all(self, post));
                elsewhere.chain(self.with_parts(id)).collect()
            }
            // And so may who was put to a post here, or relieved of it.
            RecordRef::Post(id) => {
                let post = self.post(id).into_iter();
                post.flat_map(|post| people::incidents_of_all(self, post)).collect()
            }
            RecordRef::Organization(id) => {
                let live = self.incidents().filter(|incident| incident.is_live());
                let own = live.filter(|incident| incident.owner() == Some(id));
                own.map(|incident| incident.id).collect()
            }
            // Somebody may have been asked, or may have answered.
            RecordRef::ResourceRequest(id) => {
                let request = self.resource_request(id).into_iter();
                request.map(|request| self.incident_of_request(request)).collect()
            }
            RecordRef::Offer(id) => {
                let request = self.offer(id).map(|offer| RecordRef::ResourceRequest(offer.request));
                request.map_or_else(Vec::new, |request| self.watched_by(request))
            }
            _ => Vec::new(),
        }
    }

    /// An incident and all its parts, which are under its command while they have none of their own.
    fn with_parts(&self, id: Id<Incident>) -> Vec<Id<Incident>> {
        let mut all = vec![id];
        let mut next = 0;
        while let Some(above) = all.get(next).copied() {
            all.extend(self.parts_of(above).map(|part| part.id));
            next += 1;
        }
        all
    }

    fn watch_again(
        &mut self,
        incident: Id<Incident>,
        before: Option<Timestamp>,
        due: Option<Timestamp>,
    ) {
        let timer = |due| Timer { due, what: Due::Watch(incident) };
        if let Some(before) = before {
            self.timers.remove(&timer(before));
        }
        self.timers.extend(due.map(timer));
        self.watches.entry(incident).or_default().due = due;
    }
}
