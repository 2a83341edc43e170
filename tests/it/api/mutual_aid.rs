//! A request over the API alone: drafted, approved, sent, declined, offered, signed, ordered.

use std::sync::Arc;

use jiff::SignedDuration;
use muster::domain::resource::{AdoptDefinitions, definition};
use muster::domain::{Principal, RecordRef, Scope};
use muster::hub::Clock;
use serde_json::{Value, json};

use super::agreements::organizations;
use crate::support::aid::engine;
use crate::support::hub::{CHIEF, DISPATCH, HOSPITAL, MEMORIAL, TestHub, WATER};

const REQUEST: &str = "query($id: ID!) { resourceRequest(id: $id) {
    need { definition version type } quantity priority purpose contact fundingCode status
    filled outstanding askedBy { code } incident { name } deliverTo { name }
    approvalsNeeded approvals { approver by } receivers { organization { code } declined offers }
    offers { nodes { stage by { code } } } question { state reason } } }";

/// Carries out a mutation and gives its payload.
pub(super) async fn mutate(
    hub: &TestHub,
    token: &str,
    name: &str,
    input: Value,
    shows: &str,
) -> Value {
    let of = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let query = format!(
        "mutation($input: {of}!) {{ {name}(input: $input) {{ {shows} refusal {{ code message }} }} }}"
    );
    let answer = hub.ask(token, &query, json!({ "input": input })).await;
    assert!(answer["errors"].is_null(), "{name}: {answer}");
    answer["data"][name].clone()
}

pub(super) fn content() -> Value {
    json!({
        "need": { "definition": "fire-engine", "version": 1, "type": 3 },
        "quantity": 2,
        "deliverTo": { "name": "Staging, Mill Street", "point": [-71.06, 42.36] },
        "priority": "URGENT",
        "purpose": "Protect the warehouses",
        "fundingCode": "H-42",
        "contact": "Ordering Manager, ICP",
    })
}

/// The request of two engines, drafted, and an engine of County Water.
pub(super) async fn begin(hub: &TestHub) -> (Value, String) {
    let operator = Arc::new(Principal::hub());
    let source = definition::BUILT_IN[0].to_owned();
    hub.hub().submit(&operator, AdoptDefinitions { source }, None, "t".into()).await.unwrap();
    let scopes = vec![Scope::Read, Scope::Write];
    let water = Arc::new(Principal::new("wtr-desk", Some("WTR".to_owned()), scopes));
    let answer = hub.hub().submit(&water, engine("Engine 4"), None, "t".into()).await.unwrap();
    let RecordRef::Resource(engine) = answer.subject else { panic!("no resource") };
    let incident = hub.open_incident("Mill Street", -71.06, 42.36).await;
    let input = json!({ "incident": incident, "content": content() });
    let drafted = mutate(hub, DISPATCH, "draftRequest", input, "request { id }").await;
    (drafted["request"]["id"].clone(), engine.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_approved_sent_declined_offered_signed_and_ordered() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let (request, engine) = begin(&hub).await;
    let ids = organizations(&hub).await;
    let shows = "request { status } ";
    // The chief wants logistics to approve what is urgent.
    let input = json!({ "urgent": ["LOGISTICS"], "routine": [], "low": [] });
    mutate(&hub, CHIEF, "setApprovalPolicy", input, "organization { code }").await;
    let one = json!({ "request": request });
    let submitted = mutate(&hub, DISPATCH, "submitRequest", one.clone(), shows).await;
    assert_eq!(submitted["request"]["status"], "AWAITING_APPROVALS");
    let input = json!({ "request": request, "approver": "LOGISTICS" });
    mutate(&hub, DISPATCH, "approveRequest", input, shows).await;
    let input = json!({ "request": request, "to": [ids["MEM"], ids["WTR"]] });
    let sent = mutate(&hub, DISPATCH, "sendRequest", input, shows).await;
    assert_eq!(sent["request"]["status"], "SENT");

    // Whoever was asked sees what is needed.
    let asked = hub.ask(WATER, REQUEST, json!({ "id": request })).await;
    insta::assert_json_snapshot!(asked["data"]["resourceRequest"], @r#"
    {
      "need": {
        "definition": "fire-engine",
        "version": 1,
        "type": 3
      },
      "quantity": 2,
      "priority": "URGENT",
      "purpose": "Protect the warehouses",
      "contact": "Ordering Manager, ICP",
      "fundingCode": null,
      "status": null,
      "filled": null,
      "outstanding": null,
      "askedBy": {
        "code": "HFD"
      },
      "incident": null,
      "deliverTo": {
        "name": "Staging, Mill Street"
      },
      "approvalsNeeded": null,
      "approvals": [],
      "receivers": [],
      "offers": {
        "nodes": []
      },
      "question": {
        "state": "AWAITED",
        "reason": null
      }
    }
    "#);
    let input = json!({ "request": request, "reason": "We have no engines" });
    mutate(&hub, HOSPITAL, "declineRequest", input, "request { question { state } }").await;

    let hours = |hours| (hub.hub().clock().now() + SignedDuration::from_hours(hours)).to_string();
    let input = json!({
        "request": request,
        "items": [{ "resource": engine }],
        "cost": { "currency": "USD", "personnel": 120_000 },
        "availableFrom": hours(0),
        "availableUntil": hours(48),
        "expires": hours(2),
    });
    let made = mutate(&hub, WATER, "makeOffer", input, "offer { id stage }").await;
    let offer = made["offer"]["id"].clone();
    assert!(offer.is_string(), "{made}");

    // The other one that was asked finds no offer; who asked finds it with its question.
    let by_id = "query($id: ID!) { offer(id: $id) { stage terms { items { name kind quantity }
        cost { currency personnel } } } openQuestions { what owner { code } waits { code } } }";
    let seen = hub.ask(MEMORIAL, by_id, json!({ "id": offer })).await;
    insta::assert_json_snapshot!(seen["data"], @r#"
    {
      "offer": null,
      "openQuestions": []
    }
    "#);
    let seen = hub.ask(DISPATCH, by_id, json!({ "id": offer })).await;
    insta::assert_json_snapshot!(seen["data"], @r#"
    {
      "offer": {
        "stage": "OFFERED",
        "terms": {
          "items": [
            {
              "name": "Engine 4",
              "kind": "Engine, fire, Type 3",
              "quantity": 1
            }
          ],
          "cost": {
            "currency": "USD",
            "personnel": 120000
          }
        }
      },
      "openQuestions": [
        {
          "what": "DECISION",
          "owner": {
            "code": "HFD"
          },
          "waits": {
            "code": "WTR"
          }
        }
      ]
    }
    "#);

    let signs = json!({ "offer": offer, "version": 1 });
    let stage = "offer { stage }";
    mutate(&hub, DISPATCH, "acceptOffer", json!({ "offer": offer }), stage).await;
    let refused = mutate(&hub, DISPATCH, "signAid", signs.clone(), stage).await;
    assert_eq!(refused["refusal"]["code"], "NOT_PERMITTED", "a dispatcher does not sign");
    mutate(&hub, CHIEF, "signAid", signs.clone(), stage).await;
    let signed = mutate(&hub, WATER, "signAid", signs.clone(), stage).await;
    assert_eq!(signed["offer"]["stage"], "BINDING", "{signed}");
    let input = json!({
        "offer": offer,
        "reportTo": "Staging Area Manager",
        "assignment": "Structure protection",
        "departs": hours(0),
        "arrives": hours(1),
    });
    let shows =
        "offer { stage missionOrder { number reportTo } signatures { organization { code } } }";
    let ordered = mutate(&hub, WATER, "issueMissionOrder", input, shows).await;
    let number = ordered["offer"]["missionOrder"]["number"].as_str().unwrap();
    assert!(number.ends_with("-0001/WTR-1"), "{number}");
    assert_eq!(ordered["offer"]["stage"], "ORDERED");

    let own = hub.ask(DISPATCH, REQUEST, json!({ "id": request })).await;
    let own = &own["data"]["resourceRequest"];
    insta::assert_json_snapshot!(own, @r#"
    {
      "need": {
        "definition": "fire-engine",
        "version": 1,
        "type": 3
      },
      "quantity": 2,
      "priority": "URGENT",
      "purpose": "Protect the warehouses",
      "contact": "Ordering Manager, ICP",
      "fundingCode": "H-42",
      "status": "PARTLY_FILLED",
      "filled": 1,
      "outstanding": 1,
      "askedBy": {
        "code": "HFD"
      },
      "incident": {
        "name": "Mill Street"
      },
      "deliverTo": {
        "name": "Staging, Mill Street"
      },
      "approvalsNeeded": [
        "LOGISTICS"
      ],
      "approvals": [
        {
          "approver": "LOGISTICS",
          "by": "hfd-dispatch"
        }
      ],
      "receivers": [
        {
          "organization": {
            "code": "MEM"
          },
          "declined": "We have no engines",
          "offers": 0
        },
        {
          "organization": {
            "code": "WTR"
          },
          "declined": null,
          "offers": 1
        }
      ],
      "offers": {
        "nodes": [
          {
            "stage": "ORDERED",
            "by": {
              "code": "WTR"
            }
          }
        ]
      },
      "question": null
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_carries_requests_and_counts_them() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let (request, _) = begin(&hub).await;
    let picture = "{ cop(filter: { records: [REQUEST] }) {
        counts { requests requestsByPriority { priority count } incidents }
        records { nodes { ... on ResourceRequest { quantity priority askedBy { code } } } } } }";
    let seen = async |token| hub.ask(token, picture, json!({})).await["data"]["cop"].clone();
    assert_eq!(seen(DISPATCH).await["counts"]["requests"], 0, "a draft is no part of the picture");
    mutate(&hub, DISPATCH, "submitRequest", json!({ "request": request }), "request { id }").await;
    let nothing = seen(MEMORIAL).await;
    assert_eq!(nothing["counts"]["requests"], 0);
    let input = json!({ "request": request, "toAll": true });
    mutate(&hub, DISPATCH, "sendRequest", input, "request { id }").await;
    insta::assert_json_snapshot!(seen(MEMORIAL).await, @r#"
    {
      "counts": {
        "requests": 1,
        "requestsByPriority": [
          {
            "priority": "URGENT",
            "count": 1
          }
        ],
        "incidents": 0
      },
      "records": {
        "nodes": [
          {
            "quantity": 2,
            "priority": "URGENT",
            "askedBy": {
              "code": "HFD"
            }
          }
        ]
      }
    }
    "#);
}
