//! Which other records look different to a viewer when one changes.
//!
//! Private signals are shown by the incidents that they belong to, and what is connected with a
//! record that comes into sight or goes out of it shows one connection more or less. None of these
//! has changed itself.

use super::View;
use crate::domain::incident::Incident;
use crate::domain::marking::Marking;
use crate::domain::resource::Resource;
use crate::domain::signal::Signal;
use crate::domain::{Id, RecordRef};

impl View {
    /// The records that may look different, now that this one has changed since `before`.
    pub(crate) fn beside(&self, record: RecordRef, before: &Self) -> Vec<RecordRef> {
        match record {
            RecordRef::Incident(id) => self.beside_incident(id, before),
            RecordRef::Signal(id) => self.beside_signal(id, before),
            RecordRef::Note(id) => {
                let note = self.world().note(id);
                note.map(|note| RecordRef::Incident(note.incident)).into_iter().collect()
            }
            RecordRef::Period(id) => {
                let period = self.world().period(id);
                period.map(|period| RecordRef::Incident(period.incident)).into_iter().collect()
            }
            // Each event about these names the incident that they belong to.
            RecordRef::Structure(_) | RecordRef::Post(_) | RecordRef::Qualification(_) => {
                Vec::new()
            }
            RecordRef::Resource(id) => self.beside_resource(id),
            RecordRef::ResourceRequest(id) => {
                let request = self.world().resource_request(id);
                request.map(|request| RecordRef::Incident(request.incident)).into_iter().collect()
            }
            RecordRef::Offer(id) => {
                let offer = self.world().offer(id);
                offer.map(|offer| RecordRef::ResourceRequest(offer.request)).into_iter().collect()
            }
            RecordRef::Message(_)
            | RecordRef::Organization(_)
            | RecordRef::Person(_)
            | RecordRef::Agreement(_)
            | RecordRef::Group(_)
            | RecordRef::Schedule(_)
            | RecordRef::BreakGlass(_)
            | RecordRef::Policies(_)
            | RecordRef::Account(_)
            | RecordRef::AccessToken(_)
            | RecordRef::Session(_)
            | RecordRef::SetupLink(_)
            | RecordRef::ResourceDefinitions
            | RecordRef::Rules => Vec::new(),
        }
    }

    fn beside_incident(&self, id: Id<Incident>, before: &Self) -> Vec<RecordRef> {
        let world = self.world();
        let sight = |view: &Self| view.world().incident(id).map(|i| view.decision(i.as_ref()));
        let sight_changed = sight(self) != sight(before);
        let signals = world.signals_of(id).filter(|s| sight_changed || !s.is_public());
        let mut beside: Vec<_> = signals.map(|signal| RecordRef::Signal(signal.id)).collect();
        if let Some(incident) = world.incident(id).filter(|_| sight_changed) {
            let above = incident.parent.into_iter().chain(incident.merged_into);
            let below = world.parts_of(id).chain(world.duplicates_of(id)).map(|other| other.id);
            beside.extend(above.chain(below).map(RecordRef::Incident));
        }
        // Whoever runs the incident now takes part in what is committed to it, and that is shown by
        // the incident's kind, as far as its marking lets it be known.
        let lends = |view: &Self| {
            let incident = view.world().incident(id);
            incident.map(|i| (i.owner(), i.kind, Marking::reach(i.marking.as_ref())))
        };
        if sight_changed || lends(self) != lends(before) {
            let resources = world.resources_on(id);
            beside.extend(resources.map(|resource| RecordRef::Resource(resource.id)));
        }
        beside
    }

    /// A group and its members are shown by the commitments of the group.
    fn beside_resource(&self, id: Id<Resource>) -> Vec<RecordRef> {
        let Some(resource) = self.world().resource(id) else { return Vec::new() };
        let parts = resource.profile.members.iter().chain(&resource.member_of);
        parts.map(|part| RecordRef::Resource(*part)).collect()
    }

    fn beside_signal(&self, id: Id<Signal>, before: &Self) -> Vec<RecordRef> {
        let sight = |view: &Self| view.world().signal(id).map(|s| view.decision(s.as_ref()));
        let signal = self.world().signal(id).filter(|_| sight(self) != sight(before));
        let attachments = signal.into_iter().flat_map(|signal| &signal.attachments);
        attachments.map(|attachment| RecordRef::Incident(attachment.incident)).collect()
    }
}
