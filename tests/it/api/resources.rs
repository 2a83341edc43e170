//! Resources from the engine house to the release, by two agencies through the API alone.

use std::sync::Arc;

use muster::domain::Principal;
use muster::domain::resource::{AdoptDefinitions, definition};
use muster::hub::Clock;
use serde_json::{Value, json};

use crate::support::hub::{DISPATCH, HOSPITAL, TestHub};

pub(super) async fn hub() -> TestHub {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let operator = Arc::new(Principal::hub());
    for source in definition::BUILT_IN {
        let adopt = AdoptDefinitions { source: source.to_owned() };
        hub.hub().submit(&operator, adopt, None, "test".into()).await.unwrap();
    }
    hub
}

/// Asks for a mutation and gives the payload: the record's fields that were asked for, or why not.
pub(super) async fn mutate(
    hub: &TestHub,
    token: &str,
    name: &str,
    of: &str,
    input: Value,
) -> Value {
    let ty = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let query = format!(
        "mutation($input: {ty}!) {{ {name}(input: $input) {{ {of} refusal {{ code }} }} }}"
    );
    let answer = hub.ask(token, &query, json!({ "input": input })).await;
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"][name].clone()
}

pub(super) async fn register(hub: &TestHub, token: &str, name: &str, people: f64) -> String {
    let profile = json!({
        "name": name, "kind": { "id": "fire-engine", "version": 1 }, "type": 1,
        "home": { "point": [-71.06, 42.36] }, "people": 4,
        "capabilities": [
            { "metric": "pump-lpm", "amount": 4000.0 }, { "metric": "tank-litres", "amount": 2000.0 },
            { "metric": "people", "amount": people }, { "metric": "hose-65mm-m", "amount": 400.0 }],
        "rates": [{ "cents": 18000, "currency": "USD", "per": "HOUR" }],
    });
    let input = json!({ "profile": profile });
    let done = mutate(hub, token, "registerResource", "resource { id }", input).await;
    done["resource"]["id"].as_str().unwrap_or_else(|| panic!("not registered: {done}")).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_is_found_committed_checked_in_assigned_signed_off_and_released() {
    let hub = hub().await;
    let incident = hub.open_incident("Mill Street", -71.05, 42.36).await;
    let engine = register(&hub, DISPATCH, "Engine 7", 4.0).await;
    register(&hub, DISPATCH, "Engine 8", 2.0).await;
    let nearest = "query($input: NearestResourcesInput!) { nearestResources(input: $input) {
        metres resource { name } fit { type sentence } } }";
    let input = json!({ "kind": "fire-engine", "type": 2, "from": [-71.05, 42.36] });
    let found = hub.ask(DISPATCH, nearest, json!({ "input": input })).await;
    insta::assert_json_snapshot!(found, @r#"
    {
      "data": {
        "nearestResources": [
          {
            "metres": 822.0,
            "resource": {
              "name": "Engine 7"
            },
            "fit": {
              "type": 1,
              "sentence": "it is Type 1 of “Engine, fire”, and Type 2 or better is wanted"
            }
          }
        ]
      }
    }
    "#);
    // Another agency sees none of it.
    let none = hub.ask(HOSPITAL, nearest, json!({ "input": input })).await;
    assert_eq!(none["data"]["nearestResources"], json!([]));

    let at = json!({ "resource": engine, "incident": incident });
    let with = |more: Value| {
        let mut all = at.clone();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    let steps = [
        ("commitResource", json!({})),
        ("commitResource", json!({})),
        ("departResource", json!({})),
        ("assignResource", json!({ "to": { "name": "Division A" } })),
        ("checkInResource", json!({ "place": "Staging", "people": 4, "leader": "Ito" })),
        ("assignResource", json!({ "to": { "name": "Division A" } })),
        ("callPar", json!({})),
        ("reportPar", json!({ "present": 3 })),
        ("startDemobilization", json!({ "boxes": ["TIME", "SUPPLY"] })),
        ("signDemobilization", json!({ "box": "TIME" })),
        ("releaseResource", json!({})),
        ("signDemobilization", json!({ "box": "SUPPLY" })),
        ("releaseResource", json!({})),
    ];
    let mut told = String::new();
    for (name, more) in steps {
        let mut input = with(more);
        if name == "callPar" {
            input.as_object_mut().unwrap().remove("resource");
        }
        let of = match name {
            "callPar" | "reportPar" => "incident { pars { complete lines { present missing } } }",
            _ => "resource { status commitments { stage assignedTo { name } } }",
        };
        let payload = mutate(&hub, DISPATCH, name, of, input).await;
        told += &format!("{name}: {payload}\n");
    }
    insta::assert_snapshot!(told, @r#"
    commitResource: {"resource":{"status":"AVAILABLE","commitments":[{"stage":"COMMITTED","assignedTo":null}]},"refusal":null}
    commitResource: {"resource":null,"refusal":{"code":"RESOURCE_NOT_FREE"}}
    departResource: {"resource":{"status":"AVAILABLE","commitments":[{"stage":"EN_ROUTE","assignedTo":null}]},"refusal":null}
    assignResource: {"resource":null,"refusal":{"code":"RESOURCE_NOT_CHECKED_IN"}}
    checkInResource: {"resource":{"status":"AVAILABLE","commitments":[{"stage":"CHECKED_IN","assignedTo":null}]},"refusal":null}
    assignResource: {"resource":{"status":"ASSIGNED","commitments":[{"stage":"CHECKED_IN","assignedTo":{"name":"Division A"}}]},"refusal":null}
    callPar: {"incident":{"pars":[{"complete":false,"lines":[{"present":null,"missing":true}]}]},"refusal":null}
    reportPar: {"incident":{"pars":[{"complete":false,"lines":[{"present":3,"missing":true}]}]},"refusal":null}
    startDemobilization: {"resource":{"status":"AVAILABLE","commitments":[{"stage":"DEMOBILIZING","assignedTo":null}]},"refusal":null}
    signDemobilization: {"resource":{"status":"AVAILABLE","commitments":[{"stage":"DEMOBILIZING","assignedTo":null}]},"refusal":null}
    releaseResource: {"resource":null,"refusal":{"code":"SIGNATURES_MISSING"}}
    signDemobilization: {"resource":{"status":"AVAILABLE","commitments":[{"stage":"DEMOBILIZING","assignedTo":null}]},"refusal":null}
    releaseResource: {"resource":{"status":"AVAILABLE","commitments":[{"stage":"RELEASED","assignedTo":null}]},"refusal":null}
    "#);

    let look = "query($id: ID!) { incident(id: $id) { resources { totalCount }
        timeline { nodes { what } } } }";
    let mut seen = hub.ask(DISPATCH, look, json!({ "id": incident })).await;
    // The alarm of the short count is the hub's own: it comes with whichever batch is next.
    let lines = &mut seen["data"]["incident"]["timeline"]["nodes"];
    let said = |line: &Value| line["what"].as_str().is_some_and(|what| !what.contains("Mayday"));
    lines.as_array_mut().unwrap().retain(said);
    insta::assert_json_snapshot!(seen, @r#"
    {
      "data": {
        "incident": {
          "resources": {
            "totalCount": 0
          },
          "timeline": {
            "nodes": [
              {
                "what": "opened as active"
              },
              {
                "what": "Engine 7 is committed"
              },
              {
                "what": "Engine 7 is en route"
              },
              {
                "what": "Engine 7 checked in at Staging with 4 people"
              },
              {
                "what": "Engine 7 is assigned to Division A"
              },
              {
                "what": "accountability report called for everybody"
              },
              {
                "what": "Engine 7 has 3 of 4 people: PEOPLE ARE MISSING"
              },
              {
                "what": "Engine 7 is being demobilized"
              },
              {
                "what": "Engine 7 is released"
              }
            ]
          }
        }
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_carries_what_is_committed_and_the_fleet_for_who_asks_for_it() {
    let hub = hub().await;
    let incident = hub.open_incident("Mill Street", -71.05, 42.36).await;
    let engine = register(&hub, DISPATCH, "Engine 7", 4.0).await;
    let parked = register(&hub, DISPATCH, "Engine 8", 4.0).await;
    for resource in [&engine, &parked] {
        let input = json!({ "resource": resource, "position": [-71.0, 42.0], "source": "AVL" });
        mutate(&hub, DISPATCH, "reportPosition", "resource { positionSource }", input).await;
    }
    let commit = json!({ "resource": engine, "incident": incident });
    mutate(&hub, DISPATCH, "commitResource", "resource { id }", commit).await;
    let ask = async |filter: Value| {
        let query = "query($filter: CopFilterInput) { cop(filter: $filter) {
            counts { incidents resources resourcesByStatus { status count } }
            records { nodes { __typename ... on Resource { name type position free } } } } }";
        hub.ask(DISPATCH, query, json!({ "filter": filter })).await["data"]["cop"].to_string()
    };
    let told = [
        ask(Value::Null).await,
        ask(json!({ "records": ["RESOURCE"] })).await,
        ask(json!({ "records": ["RESOURCE"], "resourceKinds": ["bulldozer"] })).await,
        ask(json!({ "records": ["RESOURCE"], "resourceStatuses": ["OUT_OF_SERVICE"] })).await,
    ];
    insta::assert_snapshot!(told.join("\n"), @r#"
    {"counts":{"incidents":1,"resources":1,"resourcesByStatus":[{"status":"AVAILABLE","count":1}]},"records":{"nodes":[{"__typename":"Incident"},{"__typename":"Resource","name":"Engine 7","type":1,"position":[-71.0,42.0],"free":false}]}}
    {"counts":{"incidents":0,"resources":2,"resourcesByStatus":[{"status":"AVAILABLE","count":2}]},"records":{"nodes":[{"__typename":"Resource","name":"Engine 7","type":1,"position":[-71.0,42.0],"free":false},{"__typename":"Resource","name":"Engine 8","type":1,"position":[-71.0,42.0],"free":true}]}}
    {"counts":{"incidents":0,"resources":0,"resourcesByStatus":[]},"records":{"nodes":[]}}
    {"counts":{"incidents":0,"resources":0,"resourcesByStatus":[]},"records":{"nodes":[]}}
    "#);
}
