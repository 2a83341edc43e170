//! ICS forms as queries over what is recorded, by the API alone.

use serde_json::{Value, json};

use super::resources::{hub, mutate, register};
use crate::support::hub::DISPATCH;

/// A query for a form, and what it gives, on one line.
const CHECK_IN_LIST: &str = "query($id: ID!) { incident(id: $id) { resources { nodes { name
    commitments { checkInPlace people leader
        checkInDetails { contact departedFrom departedAt travel qualifications } } } } } }";
const LOG: &str = "query($id: ID!, $of: ID) { incident(id: $id) { journal(resource: $of) {
    nodes { text resource { name } post { name } } } } }";
const CHECK_OUT: &str = "query($id: ID!) { incident(id: $id) { resources { nodes {
    commitments { departure { releaseAt destination leavesAt arrivesAt overnight travel contact
        notified reassignedTo } demobilization { boxes { box by } } } } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn the_forms_of_one_engine_are_queries_from_its_check_in_to_its_check_out() {
    let hub = hub().await;
    let incident = hub.open_incident("Mill Street", -71.05, 42.36).await;
    let engine = register(&hub, DISPATCH, "Engine 7", 4.0).await;
    let of = json!({ "resource": engine, "incident": incident });
    let with = |more: Value| {
        let mut all = of.clone();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    let details = json!({ "contact": "Tac 21", "departedFrom": "Station 7",
        "departedAt": "2026-05-01T11:30:00Z", "travel": "by road", "qualifications": "1 paramedic" });
    let planned = json!({ "releaseAt": "2099-05-01T18:00:00Z", "destination": "Pine Flat" });
    let leaves = json!({ "destination": "Pine Flat", "leavesAt": "2099-05-01T18:30:00Z",
        "arrivesAt": "2099-05-01T20:30:00Z", "overnight": true, "travel": "by road",
        "contact": "Command 7", "notified": "North dispatch", "reassignedTo": "Bell Hill fire" });
    let log = json!({ "text": "Line out to the wall" });
    let everybodys = json!({ "incident": incident, "text": "The wind turned" });
    let both = with(json!({ "text": "x", "post": engine }));
    let steps = [
        ("commitResource", with(json!({}))),
        ("checkInResource", with(json!({ "place": "Staging", "people": 4, "details": details }))),
        ("planDeparture", with(json!({ "departure": planned }))),
        ("startDemobilization", with(json!({ "boxes": ["TIME"] }))),
        ("planDeparture", with(json!({ "departure": leaves }))),
    ];
    for (name, input) in steps {
        let done = mutate(&hub, DISPATCH, name, "resource { id }", input).await;
        assert_eq!(done["refusal"], Value::Null, "{name}: {done}");
    }
    for input in [with(log), everybodys] {
        mutate(&hub, DISPATCH, "writeNote", "note { id }", input).await;
    }
    let write = "mutation($input: WriteNoteInput!) { writeNote(input: $input) { note { id } } }";
    let refused = hub.ask(DISPATCH, write, json!({ "input": both })).await;
    insta::assert_snapshot!(refused["errors"][0]["message"].as_str().unwrap(), @"`post` and `resource` were given; a note stands in one log at the most, so leave one out");

    let mut told = String::new();
    for (form, query, log_of) in [
        ("211", CHECK_IN_LIST, None),
        ("214 of the engine", LOG, Some(&engine)),
        ("214 of all", LOG, None),
        ("221", CHECK_OUT, None),
    ] {
        let answer = hub.ask(DISPATCH, query, json!({ "id": incident, "of": log_of })).await;
        assert_eq!(answer["errors"], Value::Null, "{form}: {answer}");
        told += &format!("{form}: {}\n", answer["data"]["incident"]);
    }
    insta::assert_snapshot!(told, @r#"
    211: {"resources":{"nodes":[{"name":"Engine 7","commitments":[{"checkInPlace":"Staging","people":4,"leader":null,"checkInDetails":{"contact":"Tac 21","departedFrom":"Station 7","departedAt":"2026-05-01T11:30:00Z","travel":"by road","qualifications":"1 paramedic"}}]}]}}
    214 of the engine: {"journal":{"nodes":[{"text":"Line out to the wall","resource":{"name":"Engine 7"},"post":null}]}}
    214 of all: {"journal":{"nodes":[{"text":"Line out to the wall","resource":{"name":"Engine 7"},"post":null},{"text":"The wind turned","resource":null,"post":null}]}}
    221: {"resources":{"nodes":[{"commitments":[{"departure":{"releaseAt":null,"destination":"Pine Flat","leavesAt":"2099-05-01T18:30:00Z","arrivesAt":"2099-05-01T20:30:00Z","overnight":true,"travel":"by road","contact":"Command 7","notified":"North dispatch","reassignedTo":"Bell Hill fire"},"demobilization":{"boxes":[{"box":"TIME","by":null}]}}]}]}}
    "#);
}
