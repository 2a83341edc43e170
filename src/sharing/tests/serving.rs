//! Rights by position: who holds a post on an incident sees it and works on it, as long as that.

use std::sync::Arc;

use jiff::SignedDuration;

use super::resources::engine;
use super::story::{Story, chief, open};
use crate::domain::account::{Account, Create, LinkPerson};
use crate::domain::agreement::{Group, Shareable, Term};
use crate::domain::incident::{ChangeLead, ChangeStatus, Incident, Reopen, Status};
use crate::domain::journal::Write;
use crate::domain::organization::Organization;
use crate::domain::person::{self, Person};
use crate::domain::reach::Reach;
use crate::domain::resource::{
    AdoptDefinitions, Assign, CheckIn, CheckInDetails, Commit, Tactical, definition,
};
use crate::domain::structure::{
    AcceptTransfer, ActivateEoc, AssignPost, AssumeCommand, Capacity, DeactivateEoc, Delegate,
    Model, OpenPost, Post, Power, ProposeJointly, ProposeTransfer, RelievePost, SignJointly,
    Structure, WithdrawTransfer,
};
use crate::domain::{Credential, Id, Principal, RecordRef, Refusal, Scope};
use crate::sharing::{CopRecord, View, Viewer};

/// An incident of the fire department, and Lee of the police, who has an account and no post yet.
struct Scene {
    story: Story,
    incident: Id<Incident>,
    structure: Id<Structure>,
    post: Id<Post>,
    police: Id<Organization>,
    dana: Id<Person>,
    lee: Id<Person>,
    account: Id<Account>,
    login: Principal,
}

fn member(story: &mut Story, code: &str, name: &str) -> Id<Person> {
    let register = person::Register { name: name.to_owned() };
    let RecordRef::Person(person) = story.must(&chief(code), register) else { panic!() };
    let (organization, title) = (story.id(code), "captain".to_owned());
    story.must(&chief(code), person::Join { person, organization, title });
    person
}

fn scene() -> Scene {
    let mut story = Story::new();
    story.organization("HFD", &[]);
    let police = story.organization("CPD", &[]);
    let (dana, lee) = (member(&mut story, "HFD", "Dana"), member(&mut story, "CPD", "Lee"));
    let incident = story.incident(&chief("HFD"), open("Mill Street", "fire"));
    let organization = story.id("HFD");
    let assume = AssumeCommand { incident, person: dana, organization, area: false, waiver: None };
    let subject = story.must(&chief("HFD"), assume);
    let RecordRef::Structure(structure) = subject else { panic!() };
    let (position, name) = ("SOFR".to_owned(), None);
    let opening = OpenPost { structure, position, name, reports_to: None };
    let RecordRef::Post(post) = story.must(&chief("HFD"), opening) else { panic!() };
    let create = Create {
        reach: Reach::Hub,
        login: "lee".to_owned(),
        name: "Lee".to_owned(),
        person: Some(lee),
        organization: Some(police),
        scopes: vec![Scope::Read, Scope::Write],
    };
    let RecordRef::Account(account) = story.must(&Principal::hub(), create) else { panic!() };
    let expires = story.now + SignedDuration::from_hours(24);
    let session = Id::new(uuid::Uuid::nil());
    let login = Principal {
        name: "lee".to_owned(),
        organization: Some("CPD".to_owned()),
        scopes: vec![Scope::Read, Scope::Write],
        credential: Credential::Session { session, account, expires },
    };
    Scene { story, incident, structure, post, police, dana, lee, account, login }
}

impl Scene {
    /// The police show their people to the fire department.
    fn show_people(&mut self) {
        let term = self.story.term("CPD", "HFD");
        let records = vec![Shareable::Person];
        self.story.agree(None, vec![Term { records, ..term }]);
    }

    fn assign(&mut self) {
        self.show_people();
        let (post, person, organization) = (self.post, self.lee, self.police);
        let capacity = Capacity::Primary;
        let (reason, waiver) = (None, None);
        let assign = AssignPost { post, person, organization, capacity, reason, waiver };
        self.story.must(&chief("HFD"), assign);
    }

    fn relieve(&mut self) {
        let assignment = self.story.world.post(self.post).unwrap().held().next().unwrap().id;
        let relieve = RelievePost { post: self.post, assignment, reason: None };
        self.story.must(&chief("HFD"), relieve);
    }

    fn sees(&self, view: &View) -> bool {
        let all = [
            view.incident(self.incident).is_some(),
            view.structure(self.structure).is_some(),
            view.post(self.post).is_some(),
        ];
        assert!(all.iter().all(|sees| *sees == all[0]), "all or nothing: {all:?}");
        all[0]
    }

    fn write(&mut self) -> Result<RecordRef, Refusal> {
        let (incident, text) = (self.incident, "the bank gives way".to_owned());
        self.story.ask(
            &self.login.clone(),
            7,
            Write { incident, text, log_of: None, corrects: None, tlp: None },
        )
    }
}

#[test]
fn who_holds_a_post_sees_the_incident_and_works_on_it_until_the_post_ends() {
    let mut scene = scene();
    // The viewer of an open subscription is made once.
    let viewer = Arc::new(Viewer::of(&scene.login, &scene.story.world));
    let mut seen = vec![scene.sees(&scene.story.view_of(&viewer))];
    assert_eq!(scene.write(), Err(Refusal::IncidentUnknown(scene.incident)));
    scene.assign();
    let view = scene.story.view_of(&viewer);
    seen.push(scene.sees(&view));
    assert!(scene.write().is_ok());
    let (incident, lead, reason) = (scene.incident, scene.police, "ours now".to_owned());
    let taken = scene.story.ask(&scene.login.clone(), 8, ChangeLead { incident, lead, reason });
    assert_eq!(taken.unwrap_err().code(), "NOT_PERMITTED");
    // A colleague who holds no post sees nothing.
    let colleague = Arc::new(Viewer::of(&chief("CPD"), &scene.story.world));
    assert!(!scene.sees(&scene.story.view_of(&colleague)));
    scene.relieve();
    seen.push(scene.sees(&scene.story.view_of(&viewer)));
    assert_eq!(scene.write(), Err(Refusal::IncidentUnknown(scene.incident)));
    assert_eq!(seen, [false, true, false]);
}

#[test]
fn rights_end_with_the_link_and_with_the_membership() {
    let mut scene = scene();
    let viewer = Arc::new(Viewer::of(&scene.login, &scene.story.world));
    scene.assign();
    let before = scene.story.view_of(&viewer);
    assert!(scene.sees(&before));
    let link = |person| LinkPerson { reach: Reach::Hub, account: scene.account, person };
    let (unlink, link) = (link(None), link(Some(scene.lee)));
    scene.story.must(&Principal::hub(), unlink);
    let after = scene.story.view_of(&viewer);
    assert!(!scene.sees(&after) && !after.is_judged_like(&before), "whoever follows is told");
    scene.story.must(&Principal::hub(), link);
    assert!(scene.sees(&scene.story.view_of(&viewer)));
    let (person, organization) = (scene.lee, scene.police);
    scene.story.must(&chief("CPD"), person::Leave { person, organization });
    assert!(!scene.sees(&scene.story.view_of(&viewer)));
}

#[test]
fn an_organization_links_its_own_members_only() {
    let mut scene = scene();
    let reach = Reach::Organization(scene.police);
    let link = LinkPerson { reach, account: scene.account, person: Some(scene.dana) };
    let refusal = scene.story.ask(&chief("CPD"), 9, link).unwrap_err();
    assert_eq!(refusal, Refusal::PersonUnknown(scene.dana));
}

#[test]
fn whoever_is_asked_to_take_command_sees_what_of_until_that_is_taken_back() {
    let mut scene = scene();
    let viewer = Arc::new(Viewer::of(&chief("CPD"), &scene.story.world));
    assert!(!scene.sees(&scene.story.view_of(&viewer)));
    scene.show_people();
    let (structure, from) = (scene.structure, scene.story.id("HFD"));
    let reason = "the fire is out".to_owned();
    let (to, organization) = (scene.lee, scene.police);
    let propose =
        ProposeTransfer { structure, from, to, organization, reason, remarks: None, waiver: None };
    scene.story.must(&chief("HFD"), propose);
    assert!(scene.sees(&scene.story.view_of(&viewer)));
    let transfer = scene.story.world.structure(structure).unwrap().transfers[0].id;
    let reason = "not yet".to_owned();
    scene.story.must(&chief("HFD"), WithdrawTransfer { structure, transfer, reason });
    assert!(!scene.sees(&scene.story.view_of(&viewer)));
}

#[test]
fn who_is_shown_the_structure_and_no_history_is_told_when_command_changes() {
    let mut scene = scene();
    scene.show_people();
    let hospital = scene.story.organization("MEM", &[]);
    let records = vec![Shareable::Incident, Shareable::Structure];
    let groups = vec![Group::Identity, Group::Status, Group::Command];
    let term = scene.story.term("HFD", "MEM");
    scene.story.agree(None, vec![Term { records, groups, ..term }]);
    let viewer = Arc::new(Viewer::of_organization(hospital));
    let shown = |scene: &Scene| {
        let incident = scene.story.view_of(&viewer).incident(scene.incident);
        CopRecord::Incident(incident.unwrap())
    };
    let before = shown(&scene);
    let (structure, from) = (scene.structure, scene.story.id("HFD"));
    let (to, organization, reason) = (scene.lee, scene.police, "the next shift".to_owned());
    let propose =
        ProposeTransfer { structure, from, to, organization, reason, remarks: None, waiver: None };
    scene.story.must(&chief("HFD"), propose);
    let proposed = shown(&scene);
    assert!(!before.looks_like(&proposed));
    let transfer = scene.story.world.structure(structure).unwrap().transfers[0].id;
    let accept = AcceptTransfer { structure, transfer, effective: None };
    scene.story.must(&chief("CPD"), accept);
    assert!(!proposed.looks_like(&shown(&scene)));
    assert!(shown(&scene).looks_like(&shown(&scene)));
}

#[test]
fn to_whom_a_power_is_delegated_may_use_it_while_that_is_in_force() {
    // NIMS checks 16 and 17.
    let mut scene = scene();
    let (incident, structure) = (scene.incident, scene.structure);
    let source = definition::BUILT_IN[0].to_owned();
    scene.story.must(&Principal::hub(), AdoptDefinitions { source });
    let resource = engine(&mut scene.story, "HFD", "Engine 7", -71.0);
    scene.story.must(&chief("HFD"), Commit { resource, incident, quantity: 1 });
    let (place, commitment, leader) = ("Staging".to_owned(), None, None);
    let arrived = CheckIn {
        resource,
        incident,
        commitment,
        place,
        people: 4,
        leader,
        details: CheckInDetails::default(),
    };
    scene.story.must(&chief("HFD"), arrived);
    let records = vec![Shareable::Incident, Shareable::Resource, Shareable::Structure];
    let term = scene.story.term("HFD", "CPD");
    scene.story.agree(None, vec![Term { records, ..term }]);
    let to = |name: &str| {
        let to = Tactical { post: None, name: name.to_owned() };
        Assign { resource, incident, commitment: None, to, reason: None }
    };
    let propose = ProposeJointly { structure, what: "evacuate".to_owned() };
    scene.story.must(&chief("HFD"), propose);
    let decision = scene.story.world.structure(structure).unwrap().decisions[0].id;
    let mut told = Vec::new();
    let mut ask = |story: &mut Story, number, name| {
        let may = |command: Result<RecordRef, Refusal>| {
            command.map_or_else(|refusal| refusal.code(), |_| "may")
        };
        let police = chief("CPD");
        let assigned = may(story.ask(&police, number, to(name)));
        told.push((
            assigned,
            may(story.ask(&police, number + 1, SignJointly { structure, decision })),
        ));
    };
    ask(&mut scene.story, 20, "Division A");
    let (police, until) = (scene.police, Some(scene.story.hours_from_now(1)));
    for power in [Power::Tactics, Power::Signature] {
        let reason = "their center follows it".to_owned();
        scene.story.must(&chief("HFD"), Delegate { structure, power, to: police, reason, until });
    }
    ask(&mut scene.story, 30, "Division B");
    scene.story.now += SignedDuration::from_hours(1);
    ask(&mut scene.story, 40, "Division C");
    let refused = ("NOT_PERMITTED", "NOT_PERMITTED");
    assert_eq!(told, [refused, ("may", "may"), refused]);
}

#[test]
fn nobody_is_in_command_of_what_is_closed_until_it_is_reopened() {
    // NIMS check 2: the history of a role says from when to when.
    let mut scene = scene();
    let fire = chief("HFD");
    let organization = scene.story.id("HFD");
    let activate = ActivateEoc {
        organization,
        name: "Harbor EOC".to_owned(),
        model: Model::EocIncidentSupport,
        level: 2,
        director: scene.dana,
        supports: vec![scene.incident],
        exercise: false,
        waiver: Some("nobody else is there".to_owned()),
    };
    let RecordRef::Structure(center) = scene.story.must(&fire, activate) else { panic!() };
    let seen = |story: &Story, structure| {
        let post = story.view(&chief("HFD")).structure(structure).unwrap().command().unwrap();
        let held = post.assignments().next().unwrap();
        let reason = held.ended_reason().map(str::to_owned);
        (post.is_live(), held.is_current(), held.until(), reason)
    };
    let goes_on = (true, true, None, None);
    scene.story.now += SignedDuration::from_hours(1);
    for structure in [scene.structure, center] {
        assert_eq!(seen(&scene.story, structure), goes_on);
    }
    let (incident, reason) = (scene.incident, "the fire is out".to_owned());
    let close = ChangeStatus { incident, to: Status::Closed, reason: Some(reason.clone()) };
    scene.story.must(&fire, close);
    scene.story.must(&fire, DeactivateEoc { structure: center, reason: reason.clone() });
    let over = (false, false, Some(scene.story.now), Some(reason));
    for structure in [scene.structure, center] {
        assert_eq!(seen(&scene.story, structure), over);
    }
    scene.story.must(&fire, Reopen { incident, reason: "it burns again".to_owned() });
    assert_eq!(seen(&scene.story, scene.structure), goes_on);
}
