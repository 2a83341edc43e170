//! The World: everything that is known at one moment, folded from the log.
//!
//! A World is an immutable value made of shared maps. Cloning one costs a few pointers, so each
//! reader keeps the World it began with while the hub goes on to the next; nobody waits.

mod children;
mod cores;
mod fold;
mod requests;
mod snapshot;

use std::borrow::Cow;
use std::sync::Arc;

use imbl::{OrdMap, OrdSet, Vector};
use jiff::Timestamp;
use muster_contract::AlertKey;
use serde::{Deserialize, Serialize};

use super::access_token::AccessToken;
use super::account::{Account, ProviderIdentity};
use super::agreement::Agreement;
use super::break_glass::BreakGlass;
use super::event::{Apply, Event, Stamp};
use super::group::Group;
use super::ids::Id;
use super::incident::{Glance, Incident};
use super::journal::Note;
use super::message::{Channel, Message, Notice};
use super::mutual_aid::Offer;
use super::organization::Organization;
use super::period::{MeetingTemplate, Period};
use super::person::Person;
use super::policies::Policies;
use super::qualification::Qualification;
use super::reading::Read;
use super::record::{RecordRef, Revision, Seq};
use super::resource::{Definition, DefinitionRef, Par, Resource, nearest::Spot};
use super::resource_request::ResourceRequest;
use super::rules::RuleSet;
use super::schedule::Schedule;
use super::secret::SecretHash;
use super::sentence::Sentence;
use super::session::Session;
use super::setup_link::SetupLink;
use super::signal::Signal;
use super::structure::{Post, Structure};
use super::timer::Timer;
use super::watch::Watch;
pub(in crate::domain) use children::under;
pub use fold::Fold;
pub use requests::{Remembered, Request};
pub use snapshot::SnapshotError;

use requests::Requests;

/// Everything that is known at one moment.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// The last entry that was folded in.
    pub(in crate::domain) seq: Seq,
    /// When that entry was recorded.
    pub(in crate::domain) at: Timestamp,
    pub(in crate::domain) organizations: OrdMap<Id<Organization>, Arc<Organization>>,
    pub(in crate::domain) organization_codes: OrdMap<String, Id<Organization>>,
    pub(in crate::domain) persons: OrdMap<Id<Person>, Arc<Person>>,
    pub(in crate::domain) signals: OrdMap<Id<Signal>, Arc<Signal>>,
    /// Which signal a message is, by the organization that handed it in privately, if one did.
    pub(in crate::domain) signal_keys: OrdMap<OwnedKey, Id<Signal>>,
    /// Updates and Cancels by the messages they refer to, those not yet received included.
    pub(in crate::domain) mentions: OrdSet<(Arc<AlertKey>, Id<Signal>)>,
    pub(in crate::domain) incidents: OrdMap<Id<Incident>, Arc<Incident>>,
    /// The parts of each complex, and the duplicates of each that stands for others.
    pub(in crate::domain) incident_parts: OrdSet<(Id<Incident>, Id<Incident>)>,
    pub(in crate::domain) incident_duplicates: OrdSet<(Id<Incident>, Id<Incident>)>,
    /// What rules ask of the incidents that are neither closed nor duplicates.
    pub(in crate::domain) open_incidents: OrdMap<Id<Incident>, Glance>,
    /// How many incidents each organization opened in each year, for their numbers.
    pub(in crate::domain) incident_counts: OrdMap<(Option<Id<Organization>>, i16), u32>,
    pub(in crate::domain) incident_signals: OrdSet<(Id<Incident>, Id<Signal>)>,
    pub(in crate::domain) notes: OrdMap<Id<Note>, Arc<Note>>,
    pub(in crate::domain) incident_notes: OrdSet<(Id<Incident>, Id<Note>)>,
    pub(in crate::domain) timeline: OrdMap<LineKey, Arc<TimelineItem>>,
    pub(in crate::domain) agreements: OrdMap<Id<Agreement>, Arc<Agreement>>,
    pub(in crate::domain) policies: OrdMap<Id<Organization>, Arc<Policies>>,
    pub(in crate::domain) break_glasses: OrdMap<Id<BreakGlass>, Arc<BreakGlass>>,
    /// The principals that may be shown what the rest of their organization is not.
    pub(in crate::domain) personal: OrdSet<String>,
    /// The last entry that changed who is shown what.
    pub(in crate::domain) policies_changed_at: Seq,
    /// Who looked at the records of each owner, the last ones of each, oldest first.
    pub(in crate::domain) reads: OrdMap<Option<Id<Organization>>, Vector<Arc<Read>>>,
    pub(in crate::domain) rules: Arc<RuleSet>,
    pub(in crate::domain) timers: OrdSet<Timer>,
    pub(in crate::domain) accounts: OrdMap<Id<Account>, Arc<Account>>,
    /// Which account has a login, in lower case.
    pub(in crate::domain) logins: OrdMap<String, Id<Account>>,
    pub(in crate::domain) identities: OrdMap<ProviderIdentity, Id<Account>>,
    pub(in crate::domain) access_tokens: OrdMap<Id<AccessToken>, Arc<AccessToken>>,
    pub(in crate::domain) sessions: OrdMap<Id<Session>, Arc<Session>>,
    pub(in crate::domain) account_sessions: OrdSet<(Id<Account>, Id<Session>)>,
    pub(in crate::domain) setup_links: OrdMap<Id<SetupLink>, Arc<SetupLink>>,
    /// Which token, session or set-up link a secret belongs to.
    pub(in crate::domain) secrets: OrdMap<SecretHash, RecordRef>,
    pub(in crate::domain) periods: OrdMap<Id<Period>, Arc<Period>>,
    /// The periods of each incident by their numbers.
    pub(in crate::domain) incident_periods: OrdMap<(Id<Incident>, u32), Id<Period>>,
    pub(in crate::domain) meeting_templates: OrdMap<Id<Organization>, Arc<MeetingTemplate>>,
    pub(in crate::domain) structures: OrdMap<Id<Structure>, Arc<Structure>>,
    pub(in crate::domain) incident_structures: OrdMap<Id<Incident>, Id<Structure>>,
    pub(in crate::domain) posts: OrdMap<Id<Post>, Arc<Post>>,
    pub(in crate::domain) structure_posts: OrdSet<(Id<Structure>, Id<Post>)>,
    /// The posts that each person holds.
    pub(in crate::domain) holdings: OrdSet<(Id<Person>, Id<Post>)>,
    /// What stands out on incidents.
    pub(in crate::domain) watches: OrdMap<Id<Incident>, Watch>,
    pub(in crate::domain) qualifications: OrdMap<Id<Qualification>, Arc<Qualification>>,
    pub(in crate::domain) person_qualifications: OrdSet<(Id<Person>, Id<Qualification>)>,
    pub(in crate::domain) definitions: OrdMap<DefinitionRef, Arc<Definition>>,
    pub(in crate::domain) resources: OrdMap<Id<Resource>, Arc<Resource>>,
    /// The resources with a live commitment to each incident.
    pub(in crate::domain) incident_resources: OrdSet<(Id<Incident>, Id<Resource>)>,
    /// How many resources each organization has there.
    pub(in crate::domain) assisting: OrdMap<(Id<Incident>, Id<Organization>), u32>,
    /// Where the resources of each kind are, those for exercises apart.
    pub(in crate::domain) fleets: OrdMap<(String, bool), OrdMap<Id<Resource>, Spot>>,
    pub(in crate::domain) pars: OrdMap<(Id<Incident>, Id<Par>), Arc<Par>>,
    pub(in crate::domain) resource_requests: OrdMap<Id<ResourceRequest>, Arc<ResourceRequest>>,
    pub(in crate::domain) incident_requests: OrdSet<(Id<Incident>, Id<ResourceRequest>)>,
    /// How many requests each organization wrote in each year, for their numbers.
    pub(in crate::domain) request_counts: OrdMap<(Id<Organization>, i16), u32>,
    pub(in crate::domain) offers: OrdMap<Id<Offer>, Arc<Offer>>,
    pub(in crate::domain) request_offers: OrdSet<(Id<ResourceRequest>, Id<Offer>)>,
    pub(in crate::domain) messages: OrdMap<Id<Message>, Arc<Message>>,
    pub(in crate::domain) incident_messages: OrdSet<(Id<Incident>, Id<Message>)>,
    /// Whom something was tried to tell, by which message, and their numbers in it.
    pub(in crate::domain) person_deliveries: OrdSet<(Id<Person>, Id<Message>, u32)>,
    /// The channels that persons stopped.
    pub(in crate::domain) stopped_streams: OrdSet<(Id<Person>, Channel)>,
    /// Providers that are out for a drill, and until when.
    pub(in crate::domain) drills: OrdMap<String, Timestamp>,
    pub(in crate::domain) notices: OrdMap<Id<Notice>, Arc<Notice>>,
    /// Those of them that have to be handed over.
    pub(in crate::domain) outstanding_notices: OrdSet<Id<Notice>>,
    pub(in crate::domain) groups: OrdMap<Id<Group>, Arc<Group>>,
    pub(in crate::domain) organization_groups: OrdSet<(Id<Organization>, Id<Group>)>,
    pub(in crate::domain) schedules: OrdMap<Id<Schedule>, Arc<Schedule>>,
    pub(in crate::domain) organization_schedules: OrdSet<(Id<Organization>, Id<Schedule>)>,
    requests: Requests,
}

/// What tells messages apart: the organization that handed one in privately, and its key.
type OwnedKey = (Option<Id<Organization>>, Arc<AlertKey>);

/// Where a line of a timeline stands: its incident, the log entry behind it, and its place among
/// those that the same entry wrote there.
type LineKey = (Id<Incident>, Seq, u16);

/// One line of an incident's timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineItem {
    /// The incident.
    pub incident: Id<Incident>,
    /// The log entry behind it.
    pub seq: Seq,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who did it.
    pub principal: String,
    /// What happened, in a sentence.
    pub what: String,
    /// Which sentence it is, for who tells it in another language, as in a [`Sentence`].
    pub code: Cow<'static, str>,
    /// The values that stand in the sentence, with their names.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub values: Box<[(String, String)]>,
    /// The other records that the sentence tells of; who may not see one is not told the sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<RecordRef>,
}

impl World {
    /// Folds one event in.
    pub fn apply(&mut self, event: &Event, stamp: &Stamp<'_>, request: Option<&Request>) {
        let touched = self.apply_alone(event, stamp, request);
        touched.iter().for_each(|record| self.glance_at(*record));
        for incident in self.to_watch(&touched) {
            self.keep_watch(incident, stamp.at);
        }
    }

    /// Folds one event in, and leaves it to the caller to glance at what it touched and to keep
    /// watch on it.
    fn apply_alone(
        &mut self,
        event: &Event,
        stamp: &Stamp<'_>,
        request: Option<&Request>,
    ) -> Vec<RecordRef> {
        event.apply(self, stamp);
        self.seq = stamp.seq;
        self.at = stamp.at;
        let touched = event.touches();
        if let (Some(request), Some(subject)) = (request, touched.first()) {
            self.requests.remember(stamp, request, *subject);
        }
        touched
    }

    /// The last entry that was folded in; 0 for the empty World.
    #[must_use]
    pub const fn seq(&self) -> Seq {
        self.seq
    }

    /// When that entry was recorded; the epoch for the empty World.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// The organization with this id.
    #[must_use]
    pub fn organization(&self, id: Id<Organization>) -> Option<&Arc<Organization>> {
        self.organizations.get(&id)
    }

    /// The organization with this code.
    #[must_use]
    pub fn organization_by_code(&self, code: &str) -> Option<&Arc<Organization>> {
        self.organization_codes.get(code).and_then(|id| self.organizations.get(id))
    }

    /// All organizations, oldest first.
    pub fn organizations(&self) -> impl DoubleEndedIterator<Item = &Arc<Organization>> {
        self.organizations.values()
    }

    /// The person with this id.
    #[must_use]
    pub fn person(&self, id: Id<Person>) -> Option<&Arc<Person>> {
        self.persons.get(&id)
    }

    /// All persons, oldest first.
    pub fn persons(&self) -> impl DoubleEndedIterator<Item = &Arc<Person>> {
        self.persons.values()
    }

    /// The signal with this id.
    #[must_use]
    pub fn signal(&self, id: Id<Signal>) -> Option<&Arc<Signal>> {
        self.signals.get(&id)
    }

    /// The signal that this message is, if it was received: by anybody when it is public, and by
    /// this organization when it is not.
    #[must_use]
    pub fn signal_by_key(
        &self,
        key: &AlertKey,
        owner: Option<Id<Organization>>,
    ) -> Option<&Arc<Signal>> {
        self.signal_keys.get(&(owner, Arc::new(key.clone()))).and_then(|id| self.signals.get(id))
    }

    /// All signals, oldest first.
    pub fn signals(&self) -> impl DoubleEndedIterator<Item = &Arc<Signal>> {
        self.signals.values()
    }

    /// The incident with this id.
    #[must_use]
    pub fn incident(&self, id: Id<Incident>) -> Option<&Arc<Incident>> {
        self.incidents.get(&id)
    }

    /// All incidents, oldest first.
    pub fn incidents(&self) -> impl DoubleEndedIterator<Item = &Arc<Incident>> {
        self.incidents.values()
    }

    /// The signals attached to an incident, oldest first.
    pub fn signals_of(&self, incident: Id<Incident>) -> impl Iterator<Item = &Arc<Signal>> {
        self.incident_signals
            .range(under(incident))
            .filter_map(|(_, signal)| self.signals.get(signal))
    }

    /// The note with this id.
    #[must_use]
    pub fn note(&self, id: Id<Note>) -> Option<&Arc<Note>> {
        self.notes.get(&id)
    }

    /// All notes, oldest first.
    pub fn notes(&self) -> impl DoubleEndedIterator<Item = &Arc<Note>> {
        self.notes.values()
    }

    /// The notes of an incident, oldest first.
    pub fn notes_of(&self, incident: Id<Incident>) -> impl DoubleEndedIterator<Item = &Arc<Note>> {
        self.incident_notes.range(under(incident)).filter_map(|(_, note)| self.notes.get(note))
    }

    /// What happened in an incident, oldest first.
    pub fn timeline_of(
        &self,
        incident: Id<Incident>,
    ) -> impl DoubleEndedIterator<Item = &Arc<TimelineItem>> {
        self.timeline.range((incident, 0, 0)..=(incident, Seq::MAX, u16::MAX)).map(|(_, item)| item)
    }

    /// The agreement with this id.
    #[must_use]
    pub fn agreement(&self, id: Id<Agreement>) -> Option<&Arc<Agreement>> {
        self.agreements.get(&id)
    }

    /// All agreements, oldest first.
    pub fn agreements(&self) -> impl DoubleEndedIterator<Item = &Arc<Agreement>> {
        self.agreements.values()
    }

    /// The policies that an organization wrote for its records.
    #[must_use]
    pub fn policies_of(&self, organization: Id<Organization>) -> Option<&Arc<Policies>> {
        self.policies.get(&organization)
    }

    /// The policies that organizations wrote.
    pub fn policies(&self) -> impl Iterator<Item = &Arc<Policies>> {
        self.policies.values()
    }

    /// That somebody broke the glass.
    #[must_use]
    pub fn break_glass(&self, id: Id<BreakGlass>) -> Option<&Arc<BreakGlass>> {
        self.break_glasses.get(&id)
    }

    /// Every time that the glass was broken, oldest first.
    pub fn break_glasses(&self) -> impl DoubleEndedIterator<Item = &Arc<BreakGlass>> {
        self.break_glasses.values()
    }

    /// The last entry that changed who is shown what.
    #[must_use]
    pub const fn policies_changed_at(&self) -> Seq {
        self.policies_changed_at
    }

    /// The rules from signals to incidents that are in force.
    #[must_use]
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// The deadlines, the next one first.
    pub fn timers(&self) -> impl Iterator<Item = &Timer> {
        self.timers.iter()
    }

    /// What came of an earlier command with this idempotency key.
    #[must_use]
    pub fn remembered(&self, request: &Request) -> Option<&Remembered> {
        self.requests.get(request)
    }

    /// Brings the index of open incidents up to date with one record.
    pub(in crate::domain) fn glance_at(&mut self, record: RecordRef) {
        let RecordRef::Incident(id) = record else { return };
        match self.incidents.get(&id).filter(|incident| incident.is_live()) {
            Some(incident) => {
                let glance = incident.glance(self);
                self.open_incidents.insert(id, glance);
            }
            None => {
                self.open_incidents.remove(&id);
            }
        }
    }

    /// The incident for changing, marked as changed by this event.
    pub(in crate::domain) fn change_incident(
        &mut self,
        id: Id<Incident>,
        stamp: &Stamp<'_>,
    ) -> Option<&mut Incident> {
        let incident = Arc::make_mut(self.incidents.get_mut(&id)?);
        incident.revision.touch(stamp);
        Some(incident)
    }

    /// The signal for changing, marked as changed by this event.
    pub(in crate::domain) fn change_signal(
        &mut self,
        id: Id<Signal>,
        stamp: &Stamp<'_>,
    ) -> Option<&mut Signal> {
        let signal = Arc::make_mut(self.signals.get_mut(&id)?);
        signal.revision.touch(stamp);
        Some(signal)
    }

    /// Adds a line to an incident's timeline.
    pub(in crate::domain) fn chronicle(
        &mut self,
        incident: Id<Incident>,
        stamp: &Stamp<'_>,
        said: Sentence,
        mentions: &[RecordRef],
    ) {
        let item = TimelineItem {
            incident,
            seq: stamp.seq,
            at: stamp.at,
            principal: stamp.by.principal.clone(),
            what: said.text,
            code: said.code,
            values: said.values.into_iter().collect(),
            mentions: mentions.to_vec(),
        };
        self.insert_line(Arc::new(item));
    }

    /// Inserts a line behind those that the same entry wrote.
    ///
    /// An entry hardly ever writes two lines, and to look whether there is one takes as long as to
    /// insert; so a line that was there already changes places with the new one.
    fn insert_line(&mut self, mut line: Arc<TimelineItem>) {
        let mut key = (line.incident, line.seq, 0);
        while let Some(earlier) = self.timeline.insert(key, line)
            && key.2 < u16::MAX
            && let Some(new) = self.timeline.insert(key, earlier)
        {
            line = new;
            key.2 += 1;
        }
    }
}

impl Revision {
    /// The revision of a record that this event makes.
    pub(in crate::domain) fn new(stamp: &Stamp<'_>) -> Self {
        let (seq, at) = (stamp.seq, stamp.at);
        Self { created: seq, created_at: at, changed: seq, changed_at: at }
    }

    /// Marks a change by this event.
    pub(in crate::domain) fn touch(&mut self, stamp: &Stamp<'_>) {
        self.changed = stamp.seq;
        self.changed_at = stamp.at;
    }
}
