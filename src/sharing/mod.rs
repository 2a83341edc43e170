//! The only way by which anybody is shown anything.
//!
//! A [`View`] is the World as one viewer may see it. GraphQL, subscriptions, exports and map layers
//! are handed Views and never a World: no resolver can show what the View does not disclose,
//! because it has nothing else to show. A test on imports holds this.
//!
//! Example: Memorial Hospital asks for the picture. Its View walks the World, and for each record
//! asks [`View::discloses`]. What is not disclosed is not there: not in the list, not in the
//! counts, not in an error message.
//!
//! Until agreements between organizations decide it, whoever may read sees every record; the one
//! place that says so is [`View::discloses`].

mod changes;
mod cop;
pub mod seen;

use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::incident::Incident;
use crate::domain::journal::Note;
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::signal::Signal;
use crate::domain::{Id, RecordRef, Seq, World};
use crate::domain::{Principal, Scope};
use crate::hub::{AsOf, HistoryError, Hub};

pub use crate::domain::world::TimelineItem;
pub use changes::{Change, Changes, ChangesError, CopChange};
pub use cop::{Cop, CopCounts, CopFilter, CopRecord, RecordKind};
pub use seen::Seen;

/// The World as one viewer may see it, at one moment. Clones share everything.
#[derive(Clone)]
pub struct View(Arc<Sight>);

/// What a View shares with its clones: one pointer to follow, since every record shown holds it.
struct Sight {
    world: Arc<World>,
    viewer: Arc<Viewer>,
}

/// Who looks. Equal viewers are shown the same, so what was computed for one serves the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Viewer {
    /// The organization that the viewer looks for.
    organization: Option<Id<Organization>>,
    /// Whether the viewer may read at all.
    may_read: bool,
    /// Whether the viewer runs the hub.
    may_operate: bool,
}

impl Viewer {
    /// What the principal is as a viewer.
    #[must_use]
    pub fn of(principal: &Principal, hub: &Hub) -> Self {
        Self {
            organization: principal.organization_in(&hub.picture().world),
            may_read: principal.may(Scope::Read),
            may_operate: principal.may(Scope::Operate),
        }
    }

    /// The organization that the viewer looks for.
    #[must_use]
    pub const fn organization(&self) -> Option<Id<Organization>> {
        self.organization
    }

    /// Whether the viewer runs the hub, and may see its sources and quarantine.
    #[must_use]
    pub const fn may_operate(&self) -> bool {
        self.may_operate
    }
}

impl View {
    /// What the viewer may see now. Never waits.
    #[must_use]
    pub fn now(hub: &Hub, viewer: Arc<Viewer>) -> Self {
        Self::of_answer(Arc::clone(&hub.picture().world), viewer)
    }

    /// What the viewer may see of a past moment.
    ///
    /// # Errors
    /// [`HistoryError`] when the moment cannot be shown.
    pub async fn at(hub: &Hub, viewer: Arc<Viewer>, as_of: AsOf) -> Result<Self, HistoryError> {
        Ok(Self::of_answer(hub.world_at(as_of).await?, viewer))
    }

    /// What the viewer may see of a World that the hub answered with.
    #[must_use]
    pub fn of_answer(world: Arc<World>, viewer: Arc<Viewer>) -> Self {
        Self(Arc::new(Sight { world, viewer }))
    }

    /// The last log entry in it, which is also its cursor.
    #[must_use]
    pub fn seq(&self) -> Seq {
        self.world().seq()
    }

    /// When that entry was recorded.
    #[must_use]
    pub fn at_time(&self) -> Timestamp {
        self.world().at()
    }

    /// Who looks.
    #[must_use]
    pub fn viewer(&self) -> &Arc<Viewer> {
        &self.0.viewer
    }

    /// The incident, if there is one that the viewer may see.
    #[must_use]
    pub fn incident(&self, id: Id<Incident>) -> Option<Seen<Incident>> {
        self.show(RecordRef::Incident(id), self.world().incident(id))
    }

    /// The incidents that the viewer may see, oldest first.
    pub fn incidents(&self) -> impl DoubleEndedIterator<Item = Seen<Incident>> {
        self.world().incidents().filter_map(|i| self.show(RecordRef::Incident(i.id), Some(i)))
    }

    /// The signal, if there is one that the viewer may see.
    #[must_use]
    pub fn signal(&self, id: Id<Signal>) -> Option<Seen<Signal>> {
        self.show(RecordRef::Signal(id), self.world().signal(id))
    }

    /// The signals that the viewer may see, oldest first.
    pub fn signals(&self) -> impl DoubleEndedIterator<Item = Seen<Signal>> {
        self.world().signals().filter_map(|s| self.show(RecordRef::Signal(s.id), Some(s)))
    }

    /// The organization, if there is one that the viewer may see.
    #[must_use]
    pub fn organization(&self, id: Id<Organization>) -> Option<Seen<Organization>> {
        self.show(RecordRef::Organization(id), self.world().organization(id))
    }

    /// The organizations that the viewer may see, oldest first.
    pub fn organizations(&self) -> impl DoubleEndedIterator<Item = Seen<Organization>> {
        self.world()
            .organizations()
            .filter_map(|o| self.show(RecordRef::Organization(o.id), Some(o)))
    }

    /// The person, if there is one that the viewer may see.
    #[must_use]
    pub fn person(&self, id: Id<Person>) -> Option<Seen<Person>> {
        self.show(RecordRef::Person(id), self.world().person(id))
    }

    /// The persons that the viewer may see, oldest first.
    pub fn persons(&self) -> impl DoubleEndedIterator<Item = Seen<Person>> {
        self.world().persons().filter_map(|p| self.show(RecordRef::Person(p.id), Some(p)))
    }

    /// The note, if there is one that the viewer may see.
    #[must_use]
    pub fn note(&self, id: Id<Note>) -> Option<Seen<Note>> {
        self.show(RecordRef::Note(id), self.world().note(id))
    }

    /// The notes of an incident that the viewer may see, oldest first.
    pub fn notes_of(&self, incident: Id<Incident>) -> impl DoubleEndedIterator<Item = Seen<Note>> {
        let notes = self.world().notes_of(incident);
        notes.filter_map(|note| self.show(RecordRef::Note(note.id), Some(note)))
    }

    /// What happened in an incident, as far as the viewer may see it, oldest first.
    pub fn timeline_of(
        &self,
        incident: Id<Incident>,
    ) -> impl DoubleEndedIterator<Item = Seen<TimelineItem>> {
        let items = self.world().timeline_of(incident);
        items.filter_map(move |item| self.show(RecordRef::Incident(incident), Some(item)))
    }

    /// The rules from signals to incidents that are in force, if the viewer may see them.
    #[must_use]
    pub fn rules_source(&self) -> Option<&str> {
        self.discloses(RecordRef::Rules).then(|| self.world().rules().source())
    }

    /// What there is, seen or not. It does not leave this module.
    fn world(&self) -> &World {
        &self.0.world
    }

    /// Whether the viewer may see a record. This is the one place that decides it.
    fn discloses(&self, _record: RecordRef) -> bool {
        self.0.viewer.may_read
    }

    fn show<T>(&self, record: RecordRef, value: Option<&Arc<T>>) -> Option<Seen<T>> {
        let value = value.filter(|_| self.discloses(record))?;
        Some(Seen::new(Arc::clone(value), self.clone()))
    }
}
