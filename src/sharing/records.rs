//! The records of a View, kind by kind: which of them the viewer sees, and what people call them.

use std::sync::Arc;

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
use crate::domain::{Id, RecordRef, World};
use crate::sharing::class::Classified;
use crate::sharing::{Seen, View};

impl View {
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
    pub(super) fn may_tell_of(&self, record: RecordRef) -> bool {
        match record {
            RecordRef::Period(id) => self.period(id).is_some_and(|period| period.tells_all()),
            record => self.sees(record),
        }
    }

    pub(super) fn show<T: Current>(&self, record: Option<&Arc<T>>) -> Option<Seen<T>> {
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
pub(super) trait Current: Classified + Sized {
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
