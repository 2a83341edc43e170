//! What Harbor Fire has on an incident: a command, a plan, an engine and a request. Each text of it
//! holds the secret.

use std::sync::Arc;

use jiff::SignedDuration;
use muster::domain::incident::Incident;
use muster::domain::period::{self, Period, SetObjective};
use muster::domain::person::{self, Person};
use muster::domain::place::Location;
use muster::domain::resource::{AdoptDefinitions, Commit, DefinitionRef, Need, definition};
use muster::domain::resource_request::{Content, Draft, Priority, Submit};
use muster::domain::structure::{AssumeCommand, OpenPost, Post, Structure};
use muster::domain::{Id, Principal, RecordRef};

use super::scene::{SECRET, Scene};
use crate::support::aid::engine;

/// The command of an incident and what it plans.
pub(super) struct Commanded {
    pub(super) structure: Id<Structure>,
    pub(super) post: Id<Post>,
    pub(super) period: Id<Period>,
    pub(super) commander: Id<Person>,
}

fn secret(what: &str) -> String {
    format!("{SECRET} {what}")
}

/// The hub knows kinds of resources.
pub(super) async fn definitions(scene: &Scene) {
    let adopt = AdoptDefinitions { source: definition::BUILT_IN[0].to_owned() };
    let operator = Arc::new(Principal::hub());
    scene.hub.hub().submit(&operator, adopt, None, "test".into()).await.unwrap();
}

/// Somebody commands an incident, with a post under them and a period that is planned.
pub(super) async fn command(scene: &Scene, incident: Id<Incident>) -> Commanded {
    let register = person::Register { name: secret("captain") };
    let (RecordRef::Person(commander), _) = scene.fire(register).await else { panic!("no person") };
    let (person, organization, title) = (commander, scene.fire, secret("captain"));
    scene.fire(person::Join { person, organization, title }).await;
    let (area, waiver) = (false, None);
    let assume = AssumeCommand { incident, person, organization, area, waiver };
    let (RecordRef::Structure(structure), _) = scene.fire(assume).await else {
        panic!("no structure")
    };
    let (position, name) = ("OSC".to_owned(), Some(secret("operations")));
    let open = OpenPost { structure, position, name, reports_to: None };
    let (RecordRef::Post(post), _) = scene.fire(open).await else { panic!("no post") };
    let end = scene.hub.hub().clock().now() + SignedDuration::from_hours(12);
    let plan = period::Plan { incident, start: None, end };
    let (RecordRef::Period(period), _) = scene.fire(plan).await else { panic!("no period") };
    let (text, measure) = (secret("objective"), secret("measure"));
    let (objective, deadline, priority) = (None, None, period::Priority::LifeSafety);
    let set = SetObjective { period, objective, priority, text, measure, deadline };
    scene.fire(set).await;
    Commanded { structure, post, period, commander }
}

/// An engine goes to an incident, and more are asked for.
pub(super) async fn resources(scene: &Scene, incident: Id<Incident>) {
    let (RecordRef::Resource(resource), _) = scene.fire(engine(&secret("engine"))).await else {
        panic!("no resource")
    };
    scene.fire(Commit { resource, incident, quantity: 1 }).await;
    let draft = Draft { incident, content: content() };
    let (RecordRef::ResourceRequest(request), _) = scene.fire(draft).await else {
        panic!("no request")
    };
    scene.fire(Submit { request }).await;
}

/// What a request of Harbor Fire asks for.
pub(super) fn content() -> Content {
    Content {
        need: Need {
            definition: DefinitionRef { id: "fire-engine".to_owned(), version: 1 },
            level: None,
            quantity: 2,
        },
        substitutes: true,
        special_support: Some(secret("support")),
        deliver_to: Location { name: Some(secret("staging")), ..Location::default() },
        wanted_by: None,
        priority: Priority::Urgent,
        purpose: secret("purpose"),
        funding_code: Some(secret("code")),
        contact: secret("contact"),
    }
}
