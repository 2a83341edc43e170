//! The disclosure class of a record: the small set of its attributes that policies ask about.
//!
//! Records of one class are shown alike, so a policy is evaluated once for a class and a viewer,
//! and remembered. Attributes that no policy speaks of (this one incident, this area) are left out
//! of the class, so that there are few classes whatever the number of records.

use std::sync::Arc;

use super::clearance::Clearance;
use super::policies::Policies;
use super::viewer::Viewer;
use crate::domain::agreement::{Agreement, Shareable};
use crate::domain::break_glass::BreakGlass;
use crate::domain::group::Group;
use crate::domain::hazard;
use crate::domain::incident::Incident;
use crate::domain::journal::Note;
use crate::domain::marking::{Marking, Tlp};
use crate::domain::message::Message;
use crate::domain::mutual_aid::Offer;
use crate::domain::organization::Organization;
use crate::domain::period::Period;
use crate::domain::person::Person;
use crate::domain::place::Location;
use crate::domain::qualification::Qualification;
use crate::domain::resource::Resource;
use crate::domain::resource_request::ResourceRequest;
use crate::domain::schedule::Schedule;
use crate::domain::signal::Signal;
use crate::domain::structure::{Post, Structure};
use crate::domain::{Id, World, policies, rules};

/// What policies can know of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Class {
    pub(super) kind: Kind,
    pub(super) owner: Option<Id<Organization>>,
    pub(super) participants: [Option<Id<Organization>>; 2],
    pub(super) marking: Tlp,
    /// Whether whoever looks marked it; only asked of what is marked RED.
    pub(super) mine: bool,
    pub(super) public: bool,
    /// Whether the organization of whoever looks has resources committed to it.
    pub(super) assisting: bool,
    pub(super) exercise: bool,
    pub(super) hazard: Option<hazard::Kind>,
    /// The incident that it is or belongs to, if a policy names that one.
    pub(super) incident: Option<Id<Incident>>,
    /// The owner's areas that it reaches into, a bit each, in the order of [`Policies::area_names`].
    pub(super) areas: u64,
    /// Whether whoever looks holds a post on the incident that it is or belongs to.
    pub(super) serving: bool,
    /// Whether the organization for which they look is in command of it.
    pub(super) commanding: bool,
    /// The same, or it was when the incident was closed, or it is asked to be.
    pub(super) briefed: bool,
    /// Whether they ask for what those in command delegated to their organization. It is a question
    /// of the moment, so it is answered for who asks to do something, and for nobody who only looks.
    pub(super) delegated: bool,
}

/// The kinds of record that policies tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Organization,
    Incident,
    Signal,
    Note,
    Person,
    Agreement,
    BreakGlass,
    Policies,
    Rules,
    Period,
    Structure,
    Post,
    Qualification,
    Resource,
    ResourceRequest,
    Offer,
    Message,
    Group,
    Schedule,
}

impl Kind {
    /// The entity type of the policy schema.
    pub(super) const fn entity_type(self) -> &'static str {
        match self {
            Self::Organization => "Muster::Organization",
            Self::Incident => "Muster::Incident",
            Self::Signal => "Muster::Signal",
            Self::Note => "Muster::Note",
            Self::Person => "Muster::Person",
            Self::Agreement => "Muster::Agreement",
            Self::BreakGlass => "Muster::BreakGlass",
            Self::Policies => "Muster::Policies",
            Self::Rules => "Muster::Rules",
            Self::Period => "Muster::Period",
            Self::Structure => "Muster::Structure",
            Self::Post => "Muster::Post",
            Self::Qualification => "Muster::Qualification",
            Self::Resource => "Muster::Resource",
            Self::ResourceRequest => "Muster::ResourceRequest",
            Self::Offer => "Muster::Offer",
            Self::Message => "Muster::Message",
            Self::Group => "Muster::Group",
            Self::Schedule => "Muster::Schedule",
        }
    }
}

impl From<Shareable> for Kind {
    fn from(kind: Shareable) -> Self {
        match kind {
            Shareable::Incident => Self::Incident,
            Shareable::Signal => Self::Signal,
            Shareable::Note => Self::Note,
            Shareable::Person => Self::Person,
            Shareable::Plan => Self::Period,
            Shareable::Structure => Self::Structure,
            Shareable::Post => Self::Post,
            Shareable::Qualification => Self::Qualification,
            Shareable::Resource => Self::Resource,
            Shareable::Request => Self::ResourceRequest,
        }
    }
}

/// Who looks, as far as a class depends on it.
#[derive(Clone, Copy)]
pub(super) struct Glass<'a> {
    pub(super) world: &'a World,
    pub(super) policies: &'a Policies,
    pub(super) viewer: &'a Viewer,
    /// What they are shown of other records, where it matters for this one.
    pub(super) clearance: &'a Clearance,
}

/// A record that policies decide about.
pub(super) trait Classified {
    /// Its classes: one for each organization that decides about it, at least one. Whoever is
    /// shown it by any of them is shown it.
    fn classes(&self, glass: Glass<'_>, each: impl FnMut(Class));
}

impl Class {
    /// A signal that its sender meant for everybody.
    pub(super) const PUBLIC_SIGNAL: Self = Self { public: true, ..Self::bare(Kind::Signal) };

    /// A record of which policies know nothing but its kind.
    pub(super) const fn bare(kind: Kind) -> Self {
        Self {
            kind,
            owner: None,
            participants: [None; 2],
            marking: Tlp::Green,
            mine: false,
            public: false,
            assisting: false,
            exercise: false,
            hazard: None,
            incident: None,
            areas: 0,
            serving: false,
            commanding: false,
            briefed: false,
            delegated: false,
        }
    }

    fn marked(self, marking: Option<&Marking>, glass: Glass<'_>) -> Self {
        let by_me = |marking: &Marking| glass.viewer.personal() == Some(marking.by.as_str());
        let mine = marking.is_some_and(|m| m.tlp == Tlp::Red && by_me(m));
        Self { marking: Marking::reach(marking), mine, ..self }
    }

    /// The same with whether whoever looks works on an incident. People of the owner are shown it
    /// anyway, so nothing is looked up for them.
    fn worked_on(self, incident: Id<Incident>, glass: Glass<'_>) -> Self {
        let Some(own) = glass.viewer.organization().filter(|own| Some(*own) != self.owner) else {
            return self;
        };
        let person = glass.viewer.person(glass.world);
        let serving = person.is_some_and(|person| glass.world.serves(person, own, incident));
        let commanding = glass.world.commands(own, incident);
        Self { serving, commanding, briefed: glass.world.is_briefed(own, incident), ..self }
    }
}

impl Classified for Organization {
    fn classes(&self, _: Glass<'_>, mut each: impl FnMut(Class)) {
        each(Class { owner: Some(self.id), ..Class::bare(Kind::Organization) });
    }
}

impl Classified for Incident {
    fn classes(&self, glass: Glass<'_>, mut each: impl FnMut(Class)) {
        let owner = self.owner();
        let opened_for = self.opened_for.filter(|by| Some(*by) != owner);
        let class = Class {
            owner,
            participants: [opened_for, None],
            assisting: is_assisting(self.id, glass),
            exercise: self.exercise,
            hazard: glass.policies.asks_hazard(owner).then_some(self.kind),
            incident: Some(self.id).filter(|id| glass.policies.names(*id)),
            areas: areas_of_incident(glass.policies, owner, self),
            ..Class::bare(Kind::Incident)
        };
        each(class.marked(self.marking.as_ref(), glass).worked_on(self.id, glass));
    }
}

/// Whether the organization of whoever looks has resources committed to an incident.
fn is_assisting(incident: Id<Incident>, glass: Glass<'_>) -> bool {
    glass.viewer.organization().is_some_and(|own| glass.world.assists(incident, own))
}

/// The kind of the incident that a record of this owner belongs to, where policies ask for it. An
/// incident that is hidden from whoever looks lends its kind to nothing, or they would learn of it
/// by what they are shown for it; unless it is the owner's, who decides what shows of both.
fn lent(
    incident: &Incident,
    owner: Option<Id<Organization>>,
    glass: Glass<'_>,
) -> Option<hazard::Kind> {
    let decides =
        incident.owner() == owner && Marking::reach(incident.marking.as_ref()) < Tlp::AmberStrict;
    let lends = || decides || glass.clearance.decision(incident, glass.world).is_shown();
    (glass.policies.asks_hazard(owner) && lends()).then_some(incident.kind)
}

/// The owner's areas that an incident reaches into.
fn areas_of_incident(
    policies: &Policies,
    owner: Option<Id<Organization>>,
    incident: &Incident,
) -> u64 {
    policies.areas_reached(owner, incident.bounding_box, || shape(&incident.location))
}

fn shape(place: &Location) -> geo::Geometry<f64> {
    let Location { point, perimeter, .. } = place;
    let point = point.map(|p| geo::Geometry::Point(geo::Point::new(p.lon, p.lat)));
    let perimeter = perimeter.as_ref().map(|p| geo::Geometry::MultiPolygon(p.to_geo()));
    geo::Geometry::GeometryCollection(point.into_iter().chain(perimeter).collect())
}

impl Classified for Signal {
    fn classes(&self, glass: Glass<'_>, mut each: impl FnMut(Class)) {
        // What everybody is shown needs no closer look; most signals are that.
        if self.is_public() {
            return each(Class::PUBLIC_SIGNAL);
        }
        let incidents = self.attachments.iter().map(|attachment| attachment.incident);
        let named = incidents.clone().find(|id| glass.policies.names(*id));
        let mut incidents = named.into_iter().chain(incidents);
        let class = Class {
            owner: self.owner,
            exercise: self.exercise,
            hazard: incidents.find_map(|id| {
                glass.world.incident(id).and_then(|incident| lent(incident, self.owner, glass))
            }),
            incident: named,
            areas: glass
                .policies
                .areas_reached(self.owner, self.bounding_box, || self.area().into()),
            ..Class::bare(Kind::Signal)
        };
        each(class.marked(self.marking.as_ref(), glass));
    }
}

impl Classified for Note {
    fn classes(&self, glass: Glass<'_>, mut each: impl FnMut(Class)) {
        let incident = glass.world.incident(self.incident);
        let leader = incident.and_then(|incident| incident.owner());
        let by_another = leader.filter(|leader| Some(*leader) != self.organization);
        let (own, strictest) = (self.marking.as_ref(), strictest_marking(self, incident));
        let inside = Marking::reach(own) >= Tlp::AmberStrict;
        let class = Class {
            owner: self.organization,
            participants: [by_another.filter(|_| !inside), None],
            exercise: incident.is_some_and(|incident| incident.exercise),
            hazard: incident.map(|incident| incident.kind),
            incident: Some(self.incident).filter(|id| glass.policies.names(*id)),
            areas: incident.map_or(0, |incident| {
                areas_of_incident(glass.policies, self.organization, incident)
            }),
            ..Class::bare(Kind::Note)
        };
        let mut class = class.marked(strictest, glass).worked_on(self.incident, glass);
        if by_another.is_some() && !inside {
            // Whoever wrote it keeps it, whatever the others do with their incident.
            class.marking = class.marking.min(Tlp::AmberStrict);
        }
        each(class);
    }
}

/// The marking of a note or of its incident, whichever keeps it closer: what is written about an
/// incident goes no further than the incident itself.
fn strictest_marking<'a>(
    note: &'a Note,
    incident: Option<&'a Arc<Incident>>,
) -> Option<&'a Marking> {
    let of_incident = incident.and_then(|incident| incident.marking.as_ref());
    let own = note.marking.as_ref();
    if Marking::reach(of_incident) > Marking::reach(own) { of_incident } else { own }
}

impl Classified for Period {
    fn classes(&self, glass: Glass<'_>, mut each: impl FnMut(Class)) {
        let incident = glass.world.incident(self.incident);
        each(incident.map_or(Class::bare(Kind::Period), |incident| {
            class_beside(Kind::Period, incident, glass)
        }));
    }
}

impl Classified for Resource {
    /// One class for each incident that it is committed to: who runs that one takes part in it.
    fn classes(&self, glass: Glass<'_>, mut each: impl FnMut(Class)) {
        let owner = Some(self.owner);
        let class = Class {
            owner,
            exercise: self.exercise,
            areas: glass.policies.areas_reached(owner, self.bounding_box(), || {
                let place = self.whereabouts().map(|p| geo::Point::new(p.lon, p.lat));
                geo::Geometry::GeometryCollection(
                    place.into_iter().map(geo::Geometry::Point).collect(),
                )
            }),
            ..Class::bare(Kind::Resource)
        };
        let committed = glass.world.as_committed(self);
        let mut live = committed.live_commitments().peekable();
        if live.peek().is_none() {
            return each(class);
        }
        let incidents = live.filter_map(|commitment| glass.world.incident(commitment.incident));
        incidents.for_each(|incident| each(at_work(class, incident, glass)));
    }
}

/// The class of a resource that is committed to an incident.
fn at_work(class: Class, incident: &Incident, glass: Glass<'_>) -> Class {
    let leader = incident.owner().filter(|leader| Some(*leader) != class.owner);
    let committed = Class {
        participants: [leader, None],
        hazard: lent(incident, class.owner, glass),
        incident: Some(incident.id).filter(|id| glass.policies.names(*id)),
        ..class
    };
    committed.worked_on(incident.id, glass)
}

/// A resource as it was while it worked on an incident, whether or not it still does: who was shown
/// then what it did there keeps that.
pub(super) struct AtWork<'a> {
    pub(super) resource: &'a Resource,
    pub(super) incident: &'a Incident,
    /// The owner's areas that it counts to be in.
    pub(super) areas: u64,
}

impl Classified for AtWork<'_> {
    fn classes(&self, glass: Glass<'_>, mut each: impl FnMut(Class)) {
        let Self { resource, incident, areas } = *self;
        let class = Class {
            owner: Some(resource.owner),
            exercise: resource.exercise,
            areas,
            ..Class::bare(Kind::Resource)
        };
        each(at_work(class, incident, glass));
    }
}

impl Classified for Person {
    fn classes(&self, _: Glass<'_>, mut each: impl FnMut(Class)) {
        let bare = Class::bare(Kind::Person);
        let current = self.memberships.iter().filter(|membership| membership.until.is_none());
        let mut owners = current.map(|membership| membership.organization).peekable();
        if owners.peek().is_none() {
            return each(Class { owner: self.registered_for, ..bare });
        }
        owners.for_each(|owner| each(Class { owner: Some(owner), ..bare }));
    }
}

/// What belongs to an incident and has the same class otherwise: its structure and posts.
fn class_beside(kind: Kind, incident: &Incident, glass: Glass<'_>) -> Class {
    let mut class = Class::bare(kind);
    incident.classes(glass, |of_incident| class = Class { kind, ..of_incident });
    class
}

impl Classified for Structure {
    fn classes(&self, glass: Glass<'_>, mut each: impl FnMut(Class)) {
        each(class_of_structure(Kind::Structure, self, glass));
    }
}

impl Classified for Post {
    fn classes(&self, glass: Glass<'_>, mut each: impl FnMut(Class)) {
        if let Some(structure) = glass.world.structure(self.structure) {
            each(class_of_structure(Kind::Post, structure, glass));
        }
    }
}

fn class_of_structure(kind: Kind, structure: &Structure, glass: Glass<'_>) -> Class {
    let incident = structure.incident().and_then(|id| glass.world.incident(id));
    if let Some(incident) = incident {
        return class_beside(kind, incident, glass);
    }
    let owner = structure.eoc().map(|eoc| eoc.organization);
    let person = glass.viewer.person(glass.world).zip(glass.viewer.organization());
    let serving =
        person.is_some_and(|(person, own)| glass.world.serves_in(person, own, structure.id));
    Class { owner, exercise: structure.exercise, serving, ..Class::bare(kind) }
}

impl Classified for Qualification {
    fn classes(&self, glass: Glass<'_>, mut each: impl FnMut(Class)) {
        // The authority that gave it, and the organizations that the person belongs to.
        let bare = Class { owner: Some(self.authority), ..Class::bare(Kind::Qualification) };
        let person = glass.world.person(self.person);
        let member = |own: &Id<Organization>| person.is_some_and(|p| p.membership(*own).is_some());
        let participants = [glass.viewer.organization().filter(member), None];
        each(Class { participants, ..bare });
    }
}

impl Classified for Agreement {
    fn classes(&self, _: Glass<'_>, mut each: impl FnMut(Class)) {
        for party in &self.text.parties {
            each(Class { owner: Some(*party), ..Class::bare(Kind::Agreement) });
        }
    }
}

impl Classified for BreakGlass {
    fn classes(&self, _: Glass<'_>, mut each: impl FnMut(Class)) {
        let participants = [Some(self.organization), None];
        each(Class { owner: Some(self.owner), participants, ..Class::bare(Kind::BreakGlass) });
    }
}

impl Classified for policies::Policies {
    fn classes(&self, _: Glass<'_>, mut each: impl FnMut(Class)) {
        each(Class { owner: Some(self.organization), ..Class::bare(Kind::Policies) });
    }
}

impl Classified for rules::RuleSet {
    fn classes(&self, _: Glass<'_>, mut each: impl FnMut(Class)) {
        each(Class::bare(Kind::Rules));
    }
}

impl Classified for ResourceRequest {
    fn classes(&self, glass: Glass<'_>, mut each: impl FnMut(Class)) {
        let owner = Some(self.asked_by);
        let incident = glass.world.incident(self.incident);
        // Only whether the one who looks was asked: who else was is not for policies to tell.
        let asked = glass.viewer.organization().filter(|id| self.receiver(*id).is_some());
        let of_incident = Marking::reach(incident.and_then(|incident| incident.marking.as_ref()));
        let place = &self.content.deliver_to;
        each(Class {
            owner,
            participants: [asked, None],
            // What has not gone out stays inside.
            marking: if self.receivers.is_empty() { Tlp::AmberStrict } else { of_incident },
            exercise: self.exercise,
            hazard: incident.map(|incident| incident.kind),
            incident: Some(self.incident).filter(|id| glass.policies.names(*id)),
            areas: glass.policies.areas_reached(owner, place.bounding_box(), || shape(place)),
            ..Class::bare(Kind::ResourceRequest)
        });
    }
}

impl Classified for Offer {
    fn classes(&self, _: Glass<'_>, mut each: impl FnMut(Class)) {
        let participants = [Some(self.to), None];
        let (owner, exercise) = (Some(self.by), self.exercise);
        each(Class { owner, participants, exercise, ..Class::bare(Kind::Offer) });
    }
}

impl Classified for Message {
    fn classes(&self, glass: Glass<'_>, mut each: impl FnMut(Class)) {
        let owner = Some(self.organization);
        let incident = self.incident.and_then(|id| glass.world.incident(id));
        let class = Class {
            owner,
            exercise: self.exercise,
            hazard: incident.map(|incident| incident.kind),
            incident: self.incident.filter(|id| glass.policies.names(*id)),
            ..Class::bare(Kind::Message)
        };
        match incident {
            None => each(class),
            Some(incident) => {
                let marked = class.marked(incident.marking.as_ref(), glass);
                each(marked.worked_on(incident.id, glass));
            }
        }
    }
}

impl Classified for Group {
    fn classes(&self, _: Glass<'_>, mut each: impl FnMut(Class)) {
        each(Class { owner: Some(self.organization), ..Class::bare(Kind::Group) });
    }
}

impl Classified for Schedule {
    fn classes(&self, _: Glass<'_>, mut each: impl FnMut(Class)) {
        each(Class { owner: Some(self.organization), ..Class::bare(Kind::Schedule) });
    }
}
