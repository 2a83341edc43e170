//! The only way by which anybody is shown anything.
//!
//! A [`View`] is the World as one viewer may see it. GraphQL, subscriptions, exports and map layers
//! are handed Views and never a World: no resolver can show what the View does not disclose,
//! because it has nothing else to show. A test on imports holds this.
//!
//! Example: Memorial Hospital asks for the picture. Its View walks the World, and for each record
//! looks up the [`Decision`] on the record's disclosure class: which groups of fields, how exactly.
//! What is not shown is not there: not in the list, not in the counts, not in an error message.
//!
//! ```text
//!  record ──> class ──┐
//!                     ├──> table of (viewer, class) ──> decision ──> Seen, field by field
//!  agreements ──> Cedar ─┘  filled by asking Cedar once
//! ```
//!
//! - [`class`](self): what policies can know of a record; `policies`: what is in force, as Cedar
//! - `clearance`: the table; `by_default`: what stands in it where nothing was agreed, once for all;
//!   [`decision`](Decision); `precision`: places and times made coarse
//! - [`seen`]: records field by field; `in_words`: agreements in plain language
//! - `explain`: why something is shown or not; `eyes`: the picture as somebody else sees it;
//!   `simulate`: who would see what if something were agreed or ended
//! - `cop`: the picture; `atlas`: where its records lie; `nearest`: what is near that fits
//! - `attention`: what wants a viewer's attention, over all incidents
//! - `authority`: who may do what, by the same policies

mod atlas;
mod attention;
pub mod authority;
mod beside;
mod by_default;
mod class;
mod clearance;
mod cop;
mod decision;
mod explain;
mod eyes;
mod in_words;
mod nearest;
mod of_record;
mod policies;
mod precision;
mod reads;
mod same;
pub mod seen;
mod simulate;
mod telling;
#[cfg(test)]
pub(crate) mod tests;
mod viewer;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use jiff::Timestamp;

use crate::domain::agreement::Agreement;
use crate::domain::break_glass::BreakGlass;
use crate::domain::group::Group;
use crate::domain::incident::Incident;
use crate::domain::journal::Note;
use crate::domain::message::Message;
use crate::domain::mutual_aid::Offer;
use crate::domain::organization::Organization;
use crate::domain::period::Period;
use crate::domain::person::Person;
use crate::domain::qualification::Qualification;
use crate::domain::resource::Resource;
use crate::domain::resource_request::{OpenQuestion, ResourceRequest, questions};
use crate::domain::schedule::Schedule;
use crate::domain::signal::Signal;
use crate::domain::structure::{Post, Structure};
use crate::domain::{Id, RecordRef, Seq, World};
use atlas::Atlas;
use class::Classified;
use clearance::Clearance;
use explain::Because;
use policies::Policies;

pub use crate::domain::world::TimelineItem;
pub use attention::Concern;
pub use clearance::Judged;
pub use cop::{Cop, CopCounts, CopFilter, CopRecord, RecordKind};
pub use decision::Decision;
pub use explain::{Explanation, Source};
pub use nearest::Wanted;
pub use seen::{Seen, SeenCommitment, SeenPar};
pub use simulate::{Change, SIGHTS_MAX, Sight as SimulatedSight, Simulation, Totals};
pub use telling::{Prospect, SeenPreview};
pub use viewer::Viewer;

/// Viewers whose clearances are remembered; when there are more, all are found out again.
const CLEARANCES_MAX: usize = 10_000;

/// The policies in force with what was found out by them. One for a hub; it can be dropped at any
/// time, since all of it follows from the World.
#[derive(Default)]
pub struct Sharing {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    policies: Option<Arc<Policies>>,
    /// By viewer, each with the number of boundaries in time that had passed when it was made.
    clearances: HashMap<Arc<Viewer>, (usize, Arc<Clearance>)>,
    /// Of the World that was looked at last.
    atlas: Option<(Weak<World>, Arc<OnceLock<Atlas>>)>,
}

/// The World as one viewer may see it, at one moment. Clones share everything.
#[derive(Clone)]
pub struct View(Arc<Sight>);

/// What a View shares with its clones: one pointer to follow, since every record shown holds it.
struct Sight {
    world: Arc<World>,
    /// The World of today, where the View is of the past: what is hidden today is hidden in the
    /// past too.
    today: Option<Arc<World>>,
    clearance: Arc<Clearance>,
    /// Where the records of the World lie, for all who look at it.
    atlas: Arc<OnceLock<Atlas>>,
    /// Who looks through the viewer's eyes, and is not shown more than they may see themselves.
    through: Option<View>,
}

impl Sharing {
    /// What the viewer may see of a World now.
    #[must_use]
    pub fn view(&self, world: Arc<World>, viewer: &Arc<Viewer>, now: Timestamp) -> View {
        let clearance = self.clearance(&world, viewer, now);
        let atlas = self.atlas(&world);
        View(Arc::new(Sight { world, today: None, clearance, atlas, through: None }))
    }

    /// What the viewer may see of a past World, by the policies of today.
    #[must_use]
    pub fn view_of_past(
        &self,
        past: Arc<World>,
        today: Arc<World>,
        viewer: &Arc<Viewer>,
        now: Timestamp,
    ) -> View {
        let clearance = self.clearance(&today, viewer, now);
        let (today, atlas) = (Some(today), Arc::default());
        View(Arc::new(Sight { world: past, today, clearance, atlas, through: None }))
    }

    /// The same moment of the log, judged by a later time.
    pub(crate) fn judged_again(&self, view: &View, now: Timestamp) -> View {
        self.view(Arc::clone(&view.0.world), view.viewer(), now)
    }

    /// The viewer under the policies of a World. They are read again when they changed, and judged
    /// again when a term began or ended since.
    fn clearance(&self, world: &World, viewer: &Arc<Viewer>, now: Timestamp) -> Arc<Clearance> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let current = kept.policies.as_ref();
        // Somebody who still holds an older World is judged by the newest policies that are known.
        let known = current.filter(|known| known.changed_at() >= world.policies_changed_at());
        let policies = known
            .cloned()
            .unwrap_or_else(|| Arc::new(Policies::of(world, current.map(AsRef::as_ref))));
        kept.policies = Some(Arc::clone(&policies));
        let passed = policies.boundaries_passed(now);
        let before = kept.clearances.get(viewer);
        if let Some((then, clearance)) = before
            && *then == passed
            && Arc::ptr_eq(&clearance.policies, &policies)
        {
            return Arc::clone(clearance);
        }
        let before = before.map(|(_, clearance)| clearance.as_ref());
        let clearance = Arc::new(Clearance::new(Arc::clone(viewer), policies, now, before));
        if kept.clearances.len() >= CLEARANCES_MAX {
            kept.clearances.clear();
        }
        kept.clearances.insert(Arc::clone(viewer), (passed, Arc::clone(&clearance)));
        clearance
    }
}

impl View {
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
        &self.0.clearance.viewer
    }

    /// Whether both are judged by the same policies, with the same terms in force.
    #[must_use]
    pub fn is_judged_like(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0.clearance, &other.0.clearance)
    }

    /// How many terms have begun or ended so far. Together with the log entry it tells by what the
    /// View is judged.
    #[must_use]
    pub fn boundaries_passed(&self) -> usize {
        self.0.clearance.boundaries_passed()
    }

    /// By what it is judged.
    #[must_use]
    pub fn judged(&self) -> Judged {
        self.0.clearance.judged()
    }

    /// The next moment, after the one for which this View was judged, at which a term begins or
    /// ends, whoever it is for.
    #[must_use]
    pub fn next_boundary(&self) -> Option<Timestamp> {
        self.0.clearance.next_boundary()
    }

    /// A past World as the viewer was shown it, by its own policies: when it came to be, and from
    /// each moment up to now at which a term began or ended.
    pub(crate) fn alone(past: &Arc<World>, viewer: &Arc<Viewer>, now: Timestamp) -> Vec<Self> {
        let policies = Arc::new(Policies::of(past, None));
        let later = policies.boundaries_between(past.at(), now).iter().copied();
        let moments = std::iter::once(past.at()).chain(later);
        let judged_at = |moment| {
            let (viewer, policies) = (Arc::clone(viewer), Arc::clone(&policies));
            let clearance = Arc::new(Clearance::new(viewer, policies, moment, None));
            let (world, atlas) = (Arc::clone(past), Arc::default());
            Self(Arc::new(Sight { world, today: None, clearance, atlas, through: None }))
        };
        moments.map(judged_at).collect()
    }

    /// The incident, if there is one that the viewer may see.
    #[must_use]
    pub fn incident(&self, id: Id<Incident>) -> Option<Seen<Incident>> {
        self.show(self.world().incident(id))
    }

    /// The incidents that the viewer may see, oldest first.
    pub fn incidents(&self) -> impl DoubleEndedIterator<Item = Seen<Incident>> {
        self.world().incidents().filter_map(|i| self.show(Some(i)))
    }

    /// The signal, if there is one that the viewer may see.
    #[must_use]
    pub fn signal(&self, id: Id<Signal>) -> Option<Seen<Signal>> {
        self.show(self.world().signal(id))
    }

    /// The signals that the viewer may see, oldest first.
    pub fn signals(&self) -> impl DoubleEndedIterator<Item = Seen<Signal>> {
        self.world().signals().filter_map(|s| self.show(Some(s)))
    }

    /// The organization, if there is one that the viewer may see.
    #[must_use]
    pub fn organization(&self, id: Id<Organization>) -> Option<Seen<Organization>> {
        self.show(self.world().organization(id))
    }

    /// The organizations that the viewer may see, oldest first.
    pub fn organizations(&self) -> impl DoubleEndedIterator<Item = Seen<Organization>> {
        self.world().organizations().filter_map(|o| self.show(Some(o)))
    }

    /// The person, if there is one that the viewer may see.
    #[must_use]
    pub fn person(&self, id: Id<Person>) -> Option<Seen<Person>> {
        self.show(self.world().person(id))
    }

    /// The persons that the viewer may see, oldest first.
    pub fn persons(&self) -> impl DoubleEndedIterator<Item = Seen<Person>> {
        self.world().persons().filter_map(|p| self.show(Some(p)))
    }

    /// The note, if there is one that the viewer may see.
    #[must_use]
    pub fn note(&self, id: Id<Note>) -> Option<Seen<Note>> {
        self.show(self.world().note(id))
    }

    /// The notes of an incident that the viewer may see, oldest first.
    pub fn notes_of(&self, incident: Id<Incident>) -> impl DoubleEndedIterator<Item = Seen<Note>> {
        let notes = self.world().notes_of(incident);
        notes.filter_map(|note| self.show(Some(note)))
    }

    /// The operational period, if there is one that the viewer may see.
    #[must_use]
    pub fn period(&self, id: Id<Period>) -> Option<Seen<Period>> {
        self.show(self.world().period(id))
    }

    /// The operational periods of an incident that the viewer may see, in their order.
    pub fn periods_of(
        &self,
        incident: Id<Incident>,
    ) -> impl DoubleEndedIterator<Item = Seen<Period>> {
        let periods = self.world().periods_of(incident);
        periods.filter_map(|period| self.show(Some(period)))
    }

    /// The command structure of an incident, if there is one that the viewer may see.
    #[must_use]
    pub fn structure_of(&self, incident: Id<Incident>) -> Option<Seen<Structure>> {
        self.show(self.world().structure_of(incident))
    }

    /// The structure, if there is one that the viewer may see.
    #[must_use]
    pub fn structure(&self, id: Id<Structure>) -> Option<Seen<Structure>> {
        self.show(self.world().structure(id))
    }

    /// The structures that the viewer may see, oldest first.
    pub fn structures(&self) -> impl DoubleEndedIterator<Item = Seen<Structure>> {
        self.world().structures().filter_map(|s| self.show(Some(s)))
    }

    /// The post, if there is one that the viewer may see.
    #[must_use]
    pub fn post(&self, id: Id<Post>) -> Option<Seen<Post>> {
        self.show(self.world().post(id))
    }

    /// The qualification, if there is one that the viewer may see.
    #[must_use]
    pub fn qualification(&self, id: Id<Qualification>) -> Option<Seen<Qualification>> {
        self.show(self.world().qualification(id))
    }

    /// The resource, if there is one that the viewer may see.
    #[must_use]
    pub fn resource(&self, id: Id<Resource>) -> Option<Seen<Resource>> {
        self.show(self.world().resource(id))
    }

    /// The resources that the viewer may see, oldest first.
    pub fn resources(&self) -> impl DoubleEndedIterator<Item = Seen<Resource>> {
        self.world().resources().filter_map(|r| self.show(Some(r)))
    }

    /// The rules from signals to incidents that are in force, if the viewer may see them.
    #[must_use]
    pub fn rules_source(&self) -> Option<&str> {
        self.decision(self.world().rules()).is_shown().then(|| self.world().rules().source())
    }

    /// The agreement, if there is one that the viewer may see.
    #[must_use]
    pub fn agreement(&self, id: Id<Agreement>) -> Option<Seen<Agreement>> {
        self.show(self.world().agreement(id))
    }

    /// The agreements that the viewer may see, oldest first.
    pub fn agreements(&self) -> impl DoubleEndedIterator<Item = Seen<Agreement>> {
        self.world().agreements().filter_map(|a| self.show(Some(a)))
    }

    /// Every time that the glass was broken, as far as the viewer may see it, oldest first.
    pub fn break_glasses(&self) -> impl DoubleEndedIterator<Item = Seen<BreakGlass>> {
        self.world().break_glasses().filter_map(|b| self.show(Some(b)))
    }

    /// That somebody broke the glass, if the viewer may see it.
    #[must_use]
    pub fn break_glass(&self, id: Id<BreakGlass>) -> Option<Seen<BreakGlass>> {
        self.show(self.world().break_glass(id))
    }

    /// The resource request, if there is one that the viewer may see.
    #[must_use]
    pub fn resource_request(&self, id: Id<ResourceRequest>) -> Option<Seen<ResourceRequest>> {
        self.show(self.world().resource_request(id))
    }

    /// The resource requests that the viewer may see, oldest first.
    pub fn resource_requests(&self) -> impl DoubleEndedIterator<Item = Seen<ResourceRequest>> {
        self.world().resource_requests().filter_map(|r| self.show(Some(r)))
    }

    /// The requests of an incident that the viewer may see, oldest first.
    pub fn requests_of(
        &self,
        incident: Id<Incident>,
    ) -> impl DoubleEndedIterator<Item = Seen<ResourceRequest>> {
        self.world().requests_of(incident).filter_map(|r| self.show(Some(r)))
    }

    /// The offer, if there is one that the viewer may see.
    #[must_use]
    pub fn offer(&self, id: Id<Offer>) -> Option<Seen<Offer>> {
        self.show(self.world().offer(id))
    }

    /// The offers that the viewer may see, oldest first.
    pub fn offers(&self) -> impl DoubleEndedIterator<Item = Seen<Offer>> {
        self.world().offers().filter_map(|o| self.show(Some(o)))
    }

    /// The message, if there is one that the viewer may see.
    #[must_use]
    pub fn message(&self, id: Id<Message>) -> Option<Seen<Message>> {
        self.show(self.world().message(id))
    }

    /// The messages that the viewer may see, oldest first.
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = Seen<Message>> {
        self.world().messages().filter_map(|m| self.show(Some(m)))
    }

    /// The messages about an incident that the viewer may see, oldest first.
    pub fn messages_about(
        &self,
        incident: Id<Incident>,
    ) -> impl DoubleEndedIterator<Item = Seen<Message>> {
        self.world().messages_about(incident).filter_map(|m| self.show(Some(m)))
    }

    /// The questions that the viewer's organization has to answer or waits for, oldest first.
    #[must_use]
    pub fn open_questions(&self) -> Vec<OpenQuestion> {
        let own = self.viewer().organization();
        let all = own.map(|own| questions::open_questions(self.world(), own)).unwrap_or_default();
        all.into_iter().filter(|question| self.sees(question.record)).collect()
    }

    /// The policies that an organization wrote for its records, if the viewer may see them.
    #[must_use]
    pub fn policies_of(&self, organization: Id<Organization>) -> Option<&str> {
        let policies = self.world().policies_of(organization)?;
        self.decision(policies.as_ref()).is_shown().then_some(policies.source.as_str())
    }

    /// What people call a record; none when it has no name or the viewer may not see it.
    #[must_use]
    pub fn name_of(&self, record: RecordRef) -> Option<String> {
        match record {
            RecordRef::Organization(id) => Some(self.organization(id)?.name().to_owned()),
            RecordRef::Person(id) => Some(self.person(id)?.name().to_owned()),
            RecordRef::Signal(id) => Some(self.signal(id)?.headline().to_owned()),
            RecordRef::Incident(id) => Some(self.incident(id)?.name().to_owned()),
            RecordRef::Agreement(id) => Some(self.agreement(id)?.text().title.clone()),
            RecordRef::Period(id) => Some(format!("period {}", self.period(id)?.number())),
            RecordRef::Post(id) => Some(self.post(id)?.name().to_owned()),
            RecordRef::Resource(id) => Some(self.resource(id)?.name().to_owned()),
            RecordRef::ResourceRequest(id) => Some(self.resource_request(id)?.number().to_owned()),
            RecordRef::Message(id) => Some(self.message(id)?.subject().to_owned()),
            RecordRef::Group(id) => Some(self.group(id)?.name().to_owned()),
            RecordRef::Schedule(id) => Some(self.schedule(id)?.name().to_owned()),
            RecordRef::Note(_)
            | RecordRef::Offer(_)
            | RecordRef::BreakGlass(_)
            | RecordRef::Policies(_)
            | RecordRef::Account(_)
            | RecordRef::AccessToken(_)
            | RecordRef::Session(_)
            | RecordRef::SetupLink(_)
            | RecordRef::Rules
            | RecordRef::Structure(_)
            | RecordRef::ResourceDefinitions
            | RecordRef::Qualification(_) => None,
        }
    }

    /// Whether the viewer may see that there is such a record.
    #[must_use]
    pub fn sees(&self, record: RecordRef) -> bool {
        match record {
            RecordRef::Organization(id) => self.organization(id).is_some(),
            RecordRef::Person(id) => self.person(id).is_some(),
            RecordRef::Signal(id) => self.signal(id).is_some(),
            RecordRef::Incident(id) => self.incident(id).is_some(),
            RecordRef::Note(id) => self.note(id).is_some(),
            RecordRef::Agreement(id) => self.agreement(id).is_some(),
            RecordRef::BreakGlass(id) => self.break_glass(id).is_some(),
            RecordRef::Period(id) => self.period(id).is_some(),
            RecordRef::Policies(id) => self.policies_of(id).is_some(),
            RecordRef::Rules | RecordRef::ResourceDefinitions => self.rules_source().is_some(),
            RecordRef::Structure(id) => self.structure(id).is_some(),
            RecordRef::Post(id) => self.post(id).is_some(),
            RecordRef::Qualification(id) => self.qualification(id).is_some(),
            RecordRef::Resource(id) => self.resource(id).is_some(),
            RecordRef::ResourceRequest(id) => self.resource_request(id).is_some(),
            RecordRef::Offer(id) => self.offer(id).is_some(),
            RecordRef::Message(id) => self.message(id).is_some(),
            RecordRef::Group(id) => self.group(id).is_some(),
            RecordRef::Schedule(id) => self.schedule(id).is_some(),
            // No agreement shares who gets in.
            RecordRef::Account(_)
            | RecordRef::AccessToken(_)
            | RecordRef::Session(_)
            | RecordRef::SetupLink(_) => false,
        }
    }

    /// Whether a sentence that tells of a record may be told to the viewer. What is said of an
    /// operational period speaks of its plan, so all of that has to be shown.
    fn may_tell_of(&self, record: RecordRef) -> bool {
        match record {
            RecordRef::Period(id) => self.period(id).is_some_and(|period| period.tells_all()),
            record => self.sees(record),
        }
    }

    /// What there is, seen or not. It does not leave this module.
    fn world(&self) -> &World {
        &self.0.world
    }

    fn atlas(&self) -> &Atlas {
        self.0.atlas.get_or_init(|| Atlas::of(self.world()))
    }

    /// What the viewer is shown of a record of this View's World.
    fn decision<T: Classified + ?Sized>(&self, record: &T) -> Decision {
        self.decision_in(record, self.world())
    }

    fn decision_in<T: Classified + ?Sized>(&self, record: &T, world: &World) -> Decision {
        match &self.0.through {
            None => self.0.clearance.decision(record, world),
            Some(asker) => asker.narrow(&self.0.clearance, record, world),
        }
    }

    fn show<T: Current>(&self, record: Option<&Arc<T>>) -> Option<Seen<T>> {
        let record = record?;
        let mut decision = self.decision(record.as_ref());
        // A record that was open to the viewer once and is closed today is closed.
        if let Some(today) = &self.0.today
            && let Some(current) = record.current(today)
        {
            decision = decision.and(self.decision_in(current.as_ref(), today));
        }
        decision.is_shown().then(|| Seen::new(Arc::clone(record), decision, self.clone()))
    }
}

/// A record that has a state of today.
trait Current: Classified + Sized {
    /// The record as it is in a later World.
    fn current<'a>(&self, today: &'a World) -> Option<&'a Arc<Self>>;
}

/// Says where each kind of record stands in the World.
macro_rules! current {
    ($($noun:ty => $find:ident),+ $(,)?) => {
        $(impl Current for $noun {
            fn current<'a>(&self, today: &'a World) -> Option<&'a Arc<Self>> {
                today.$find(self.id)
            }
        })+
    };
}

current! {
    Organization => organization,
    Person => person,
    Signal => signal,
    Incident => incident,
    Note => note,
    Resource => resource,
    Agreement => agreement,
    BreakGlass => break_glass,
    Period => period,
    Structure => structure,
    Post => post,
    Qualification => qualification,
    ResourceRequest => resource_request,
    Offer => offer,
    Message => message,
    Group => group,
    Schedule => schedule,
}
