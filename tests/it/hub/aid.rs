//! Several agencies race for the same engine, on several hubs over one PostgreSQL.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use muster::domain::mutual_aid::{Accept, Cost, Make, Offer, Sign, Wish};
use muster::domain::organization::{self, Kind};
use muster::domain::place::Location;
use muster::domain::resource::{AdoptDefinitions, DefinitionRef, Need, Resource, definition};
use muster::domain::resource_request::{Content, Draft, Priority, Send, Submit};
use muster::domain::{Command, Id, Principal, RecordRef, Scope};
use muster::hub::{Clock, Hub, Running, SubmitError};
use muster::log;

use crate::support::aid::engine;
use crate::support::bare::open;
use crate::support::postgres;

/// How often the agencies race.
const RACES: usize = 12;

fn chief(code: &str) -> Arc<Principal> {
    let scopes = vec![Scope::Read, Scope::Write, Scope::Administer];
    Arc::new(Principal::new(format!("{code}-chief"), Some(code.to_owned()), scopes))
}

async fn must(hub: &Hub, by: &Arc<Principal>, command: impl Into<Command>) -> RecordRef {
    hub.submit(by, command, None, "test".into()).await.unwrap().subject
}

async fn node(database: &str) -> Running {
    Hub::start(log::open(database).await.unwrap(), Clock::system()).await.unwrap()
}

async fn registered(hub: &Hub, owner: &str, n: usize) -> Id<Resource> {
    let answer = must(hub, &chief(owner), engine(&format!("Engine {n}"))).await;
    let RecordRef::Resource(id) = answer else { panic!("no resource") };
    id
}

/// An organization asks County Fire for engines, is offered this one, accepts and signs.
async fn accepted(hub: &Hub, asks: &str, engine: Id<Resource>) -> Id<Offer> {
    let by = chief(asks);
    let RecordRef::Incident(incident) = must(hub, &by, open("fire")).await else {
        panic!("no incident")
    };
    let need = Need {
        definition: DefinitionRef { id: "fire-engine".to_owned(), version: 1 },
        level: Some(3),
        quantity: 1,
    };
    let content = Content {
        need,
        substitutes: false,
        special_support: None,
        deliver_to: Location { name: Some("Staging".to_owned()), ..Location::default() },
        wanted_by: None,
        priority: Priority::Urgent,
        purpose: "Protect the warehouses".to_owned(),
        funding_code: None,
        contact: "Ordering Manager, ICP".to_owned(),
    };
    let RecordRef::ResourceRequest(request) = must(hub, &by, Draft { incident, content }).await
    else {
        panic!("no request")
    };
    must(hub, &by, Submit { request }).await;
    let county = hub.picture().world.organization_by_code("CTY").unwrap().id;
    must(hub, &by, Send { request, to: vec![county] }).await;
    let now = hub.clock().now();
    let make = Make {
        request,
        items: vec![Wish { resource: engine, quantity: 1 }],
        conditions: None,
        cost: Cost { currency: "USD".to_owned(), ..Cost::default() },
        available_from: now,
        available_until: now + SignedDuration::from_hours(48),
        expires: now + SignedDuration::from_hours(1),
    };
    let RecordRef::Offer(offer) = must(hub, &chief("CTY"), make).await else { panic!("no offer") };
    must(hub, &by, Accept { offer, items: Vec::new() }).await;
    must(hub, &by, Sign { offer, version: 1 }).await;
    offer
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_agreements_on_one_engine_on_two_nodes_exactly_one_is_binding() {
    let Some(database) = postgres::database().await else { return };
    let (one, two) = (node(&database).await, node(&database).await);
    let operator = Arc::new(Principal::hub());
    for code in ["HFD", "LAK", "CTY"] {
        let profile = organization::Profile {
            code: code.to_owned(),
            name: code.to_owned(),
            kind: Kind::Fire,
            jurisdiction: None,
            parents: Vec::new(),
        };
        must(&one.hub, &operator, organization::Register { profile }).await;
    }
    let source = definition::BUILT_IN[0].to_owned();
    must(&one.hub, &operator, AdoptDefinitions { source }).await;

    let county = chief("CTY");
    for n in 0..RACES {
        let engine = registered(&one.hub, "CTY", n).await;
        let first = accepted(&one.hub, "HFD", engine).await;
        let second = accepted(&one.hub, "LAK", engine).await;
        reaches(&two.hub, one.hub.picture().seq()).await;
        // County Fire signs both at the same time, each on a node of its own.
        let sign = |hub: &Hub, offer| {
            let (hub, county) = (hub.clone(), Arc::clone(&county));
            tokio::spawn(async move {
                hub.submit(&county, Sign { offer, version: 1 }, None, "test".into())
                    .await
                    .map(|a| a.seq)
            })
        };
        let (here, there) = (sign(&one.hub, first), sign(&two.hub, second));
        let outcomes = [here.await.unwrap(), there.await.unwrap()];
        let signed = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(signed, 1, "{outcomes:?}");
        for outcome in &outcomes {
            if let Err(error) = outcome {
                let SubmitError::Refused(refusal) = error else { panic!("{error}") };
                assert_eq!(refusal.code(), "ITEM_GONE");
            }
        }
        let last = outcomes.into_iter().find_map(Result::ok).unwrap();
        for hub in [&one.hub, &two.hub] {
            reaches(hub, last).await;
            let world = &hub.picture().world;
            let committed = world.resource(engine).unwrap().live_commitments().count();
            let binding =
                [first, second].into_iter().filter(|id| world.offer(*id).unwrap().is_binding());
            assert_eq!((committed, binding.count()), (1, 1));
        }
    }
    let last = one.hub.picture().seq().max(two.hub.picture().seq());
    reaches(&one.hub, last).await;
    reaches(&two.hub, last).await;
    let snapshots = [&one.hub, &two.hub].map(|hub| hub.picture().world.to_snapshot().unwrap());
    assert_eq!(snapshots[0], snapshots[1]);
    one.stop().await;
    two.stop().await;
}

/// Waits until a hub has taken in an entry.
async fn reaches(hub: &Hub, seq: u64) {
    let mut steps = hub.steps();
    while hub.picture().seq() < seq {
        tokio::time::timeout(Duration::from_secs(10), steps.recv()).await.unwrap().unwrap();
    }
}
