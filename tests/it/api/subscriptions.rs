//! Following the picture.

use serde_json::{Value, json};

use crate::support::hub::{DISPATCH, FEED, READER, TestHub};
use crate::support::socket::Socket;

const FOLLOW: &str = "subscription($box: BoundingBoxInput, $after: Sequence) {
    copChanges(box: $box, after: $after) {
        sequence added { ... on Incident { name } } updated { ... on Incident { name status } }
        removed { kind id } } }";

/// The event in a `next` message.
fn event(message: &Value) -> &Value {
    let event = &message["payload"]["data"]["copChanges"];
    assert!(event.is_object(), "{message}");
    event
}

async fn locate(hub: &TestHub, incident: &str, lon: f64, lat: f64) {
    let query = "mutation($input: LocateIncidentInput!) {
        locateIncident(input: $input) { refusal { message } } }";
    let input = json!({ "incident": incident, "location": { "point": [lon, lat] } });
    let answer = hub.ask(DISPATCH, query, json!({ "input": input })).await;
    assert_eq!(answer["data"]["locateIncident"]["refusal"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_added_updated_and_removed_as_they_enter_and_leave_the_box() {
    let hub = TestHub::start().await;
    let mut socket = Socket::begin(&hub, READER).await;
    let boston = json!({ "west": -72.0, "south": 41.0, "east": -70.0, "north": 43.0 });
    socket.subscribe("1", FOLLOW, json!({ "box": boston })).await;
    let first = socket.hear().await;
    assert_eq!(hub.entry(&event(&first)["sequence"]), 1);
    insta::assert_json_snapshot!(first, { ".**.sequence" => "[sequence]" }, @r#"
    {
      "id": "1",
      "type": "next",
      "payload": {
        "data": {
          "copChanges": {
            "sequence": "[sequence]",
            "added": [],
            "updated": [],
            "removed": []
          }
        }
      }
    }
    "#);

    let incident = hub.open_incident("Mill Street", -71.0, 42.0).await;
    let added = socket.hear().await;
    insta::assert_json_snapshot!(event(&added), { ".sequence" => "[sequence]" }, @r#"
    {
      "sequence": "[sequence]",
      "added": [
        {
          "name": "Mill Street"
        }
      ],
      "updated": [],
      "removed": []
    }
    "#);
    hub.open_incident("Far away", 10.0, 50.0).await;
    locate(&hub, &incident, -71.1, 42.1).await;
    // What lies outside of the box leaves no trace.
    let updated = socket.hear().await;
    assert_eq!(hub.entry(&event(&updated)["sequence"]), 4);
    insta::assert_json_snapshot!(event(&updated), { ".sequence" => "[sequence]" }, @r#"
    {
      "sequence": "[sequence]",
      "added": [],
      "updated": [
        {
          "name": "Mill Street",
          "status": "ACTIVE"
        }
      ],
      "removed": []
    }
    "#);
    locate(&hub, &incident, 10.0, 50.0).await;
    let removed = socket.hear().await;
    assert_eq!(event(&removed)["removed"], json!([{ "kind": "INCIDENT", "id": incident }]));
    locate(&hub, &incident, -71.0, 42.0).await;
    assert_eq!(event(&socket.hear().await)["added"], json!([{ "name": "Mill Street" }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_shows_its_incident_as_updated_live_and_to_one_who_resumes() {
    let hub = TestHub::start().await;
    let incident = hub.open_incident("Mill Street", -71.0, 42.0).await;
    let before = hub.sequence(hub.hub().picture().seq());
    let mut socket = Socket::begin(&hub, READER).await;
    socket.subscribe("1", FOLLOW, json!({})).await;
    socket.hear().await;
    let query = "mutation($input: WriteNoteInput!) {
        writeNote(input: $input) { refusal { message } } }";
    let input = json!({ "incident": incident, "text": "The roof is down." });
    let answer = hub.ask(DISPATCH, query, json!({ "input": input })).await;
    assert_eq!(answer, json!({ "data": { "writeNote": { "refusal": null } } }));
    let updated = json!([{ "name": "Mill Street", "status": "ACTIVE" }]);
    assert_eq!(event(&socket.hear().await)["updated"], updated);
    socket.subscribe("2", FOLLOW, json!({ "after": before })).await;
    assert_eq!(event(&socket.hear().await)["updated"], updated);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_resumes_misses_nothing_and_gets_nothing_twice() {
    let hub = TestHub::start().await;
    let after = hub.sequence(hub.hub().picture().seq());
    for n in 1..=3 {
        hub.open_incident(&format!("Missed {n}"), -71.0, 42.0).await;
    }
    // One who follows already, so that the other joins a stream that goes on.
    let mut other = Socket::begin(&hub, READER).await;
    other.subscribe("1", FOLLOW, json!({})).await;
    other.hear().await;
    let mut socket = Socket::begin(&hub, READER).await;
    socket.subscribe("1", FOLLOW, json!({ "after": after })).await;
    let opening = async {
        for n in 1..=50 {
            hub.open_incident(&format!("Live {n}"), -71.0, 42.0).await;
        }
    };
    let hearing = async {
        let mut names = Vec::new();
        while names.len() < 53 {
            let message = socket.hear().await;
            let added = event(&message)["added"].as_array().unwrap();
            names.extend(added.iter().map(|record| record["name"].as_str().unwrap().to_owned()));
        }
        names
    };
    let ((), names) = tokio::join!(opening, hearing);
    let missed = (1..=3).map(|n| format!("Missed {n}"));
    let expected: Vec<_> = missed.chain((1..=50).map(|n| format!("Live {n}"))).collect();
    assert_eq!(names, expected);
}

/// Events that are more than fill the buffers of the operating system, and that the hub keeps.
const EVENTS: usize = 350;

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_does_not_take_its_events_is_told_where_to_resume() {
    let hub = TestHub::start().await;
    let mut socket = Socket::begin(&hub, READER).await;
    // Large events, so that the buffers of the operating system are full soon.
    let text = "x".repeat(150);
    let many: String = (0..40).map(|n| format!("a{n}: location {{ name }} ")).collect();
    let query = format!(
        "subscription {{ copChanges {{ sequence added {{ ... on Incident {{ {many} }} }} }} }}"
    );
    socket.subscribe("1", &query, json!({})).await;
    let first = hub.entry(&event(&socket.hear().await)["sequence"]);
    let open = "mutation($input: OpenIncidentInput!) {
        openIncident(input: $input) { refusal { message } } }";
    let input = json!({ "name": "n", "kind": "fire", "location": { "name": text } });
    // Another one takes them as they come, and tells when there are more than are kept.
    let mut quick = Socket::begin(&hub, READER).await;
    quick.subscribe("1", &query, json!({})).await;
    let (mut count, enough) = (0, std::sync::atomic::AtomicBool::new(false));
    let opening = async {
        while !enough.load(std::sync::atomic::Ordering::Relaxed) {
            hub.ask(DISPATCH, open, json!({ "input": input })).await;
            count += 1;
        }
    };
    let hearing = async {
        for _ in 0..EVENTS {
            quick.hear().await;
        }
        enough.store(true, std::sync::atomic::Ordering::Relaxed);
    };
    tokio::join!(opening, hearing);
    // Only now it takes what there is, and that ends with the error.
    let mut last = first;
    let error = loop {
        let message = socket.hear().await;
        if message["type"] != "next" {
            break message;
        }
        last = hub.entry(&event(&message)["sequence"]);
    };
    assert_eq!(error["type"], "error", "{error}");
    assert_eq!(error["payload"][0]["extensions"]["code"], "TOO_SLOW");
    assert_eq!(hub.entry(&error["payload"][0]["extensions"]["resumeAfter"]), last);
    // The connection lives, and by the cursor nothing is lost.
    socket.subscribe("2", FOLLOW, json!({ "after": hub.sequence(last) })).await;
    let message = socket.hear().await;
    let missed = event(&message)["added"].as_array().unwrap().len();
    assert_eq!(u64::try_from(missed).unwrap(), first + count - last);
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_and_mutations_go_over_the_socket_too() {
    let hub = TestHub::start().await;
    let mut socket = Socket::begin(&hub, DISPATCH).await;
    socket.subscribe("q", "{ incidents { totalCount } }", json!({})).await;
    assert_eq!(socket.hear().await["payload"]["data"]["incidents"]["totalCount"], 0);
    assert_eq!(socket.hear().await, json!({ "id": "q", "type": "complete" }));
    socket.subscribe("q", "{ nothing }", json!({})).await;
    let error = socket.hear().await;
    assert_eq!(error["type"], "error");
    insta::assert_snapshot!(error["payload"][0]["message"].as_str().unwrap(), @r#"Unknown field "nothing" on type "Query"."#);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_connection_is_closed_with_the_codes_of_the_protocol() {
    let hub = TestHub::start().await;
    let connect = async || Socket::connect(&hub, "graphql-transport-ws").await;

    let mut garbage = connect().await;
    garbage.say_text("not JSON").await;
    assert_eq!(garbage.hear().await["closed"], 4400);

    let mut hasty = connect().await;
    hasty.subscribe("1", FOLLOW, json!({})).await;
    assert_eq!(hasty.hear().await["closed"], 4401);

    let mut stranger = connect().await;
    stranger.say(json!({ "type": "connection_init", "payload": {} })).await;
    insta::assert_json_snapshot!(stranger.hear().await, @r#"
    {
      "closed": 4403,
      "why": "log in, or send a token in the header `Authorization: Bearer mstr_…`; who runs the hub gives it"
    }
    "#);

    let mut twice = Socket::begin(&hub, READER).await;
    twice.say(json!({ "type": "connection_init" })).await;
    assert_eq!(twice.hear().await["closed"], 4429);

    let mut same = Socket::begin(&hub, READER).await;
    same.subscribe("1", FOLLOW, json!({})).await;
    same.hear().await;
    same.subscribe("1", FOLLOW, json!({})).await;
    insta::assert_json_snapshot!(same.hear().await, @r#"
    {
      "closed": 4409,
      "why": "Subscriber for 1 already exists"
    }
    "#);

    let mut feed = Socket::begin(&hub, FEED).await;
    feed.subscribe("1", FOLLOW, json!({})).await;
    assert_eq!(feed.hear().await["payload"][0]["extensions"]["code"], "NOT_PERMITTED");

    let mut open = Socket::begin(&hub, READER).await;
    let stopping = tokio::spawn(hub.stop());
    assert_eq!(open.hear().await["closed"], 1001);
    drop((open, same, twice, stranger, hasty, garbage, feed));
    stopping.await.unwrap();
}
