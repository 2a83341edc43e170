//! Changing.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::support::hub::{DISPATCH, OPERATOR, READER, TestHub};

const CHANGE_STATUS: &str = "mutation($input: ChangeStatusInput!) { changeStatus(input: $input) {
    incident { status } refusal { code message } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_data_with_a_sentence() {
    let hub = TestHub::start().await;
    let incident = hub.open_incident("Mill Street", -71.06, 42.36).await;
    let input = json!({ "input": { "incident": incident, "to": "CLOSED" } });
    insta::assert_json_snapshot!(hub.ask(DISPATCH, CHANGE_STATUS, input.clone()).await, @r#"
    {
      "data": {
        "changeStatus": {
          "incident": null,
          "refusal": {
            "code": "REASON_NEEDED",
            "message": "going from active to closed needs a reason; say why in a sentence"
          }
        }
      }
    }
    "#);
    // The scope of a reader is not enough, and that too is a refusal.
    insta::assert_json_snapshot!(hub.ask(READER, CHANGE_STATUS, input).await, @r#"
    {
      "data": {
        "changeStatus": {
          "incident": null,
          "refusal": {
            "code": "NOT_PERMITTED",
            "message": "`county-reader` may not do this: no policy permits `changeStatus` on it to this account; an administrator of yours may, or whoever has or leads it: ask them to do it, or for an agreement that allows it"
          }
        }
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_repeats_with_one_key_open_one_incident() {
    let hub = Arc::new(TestHub::start().await);
    let query = "mutation($input: OpenIncidentInput!) {
        openIncident(input: $input) { incident { id number } refusal { code } } }";
    let input = json!({ "input": {
        "idempotencyKey": "call-4711",
        "name": "Mill Street",
        "kind": "structure-fire",
        "location": { "name": "Mill Street 4" },
    } });
    let asks = (0..1_000).map(|_| {
        let (hub, input) = (Arc::clone(&hub), input.clone());
        tokio::spawn(async move { hub.ask(DISPATCH, query, input).await })
    });
    let answers: Vec<Value> = futures_util::future::join_all(asks)
        .await
        .into_iter()
        .map(|answer| answer.unwrap())
        .collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{:?}", answers[0]);
    let count = hub.ask(READER, "{ incidents { totalCount } }", json!({})).await;
    assert_eq!(count["data"]["incidents"]["totalCount"], 1);

    let other = json!({ "input": {
        "idempotencyKey": "call-4711",
        "name": "Another street",
        "kind": "structure-fire",
        "location": { "name": "Another street" },
    } });
    insta::assert_json_snapshot!(hub.ask(DISPATCH, query, other).await, @r#"
    {
      "data": {
        "openIncident": {
          "incident": null,
          "refusal": {
            "code": "IDEMPOTENCY_KEY_REUSED"
          }
        }
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn contact_data_is_sealed_and_a_person_is_forgotten() {
    let hub = TestHub::start().await;
    let register = "mutation { registerPerson(input: { name: \"Rosa\" }) { person { id } } }";
    let answer = hub.ask(DISPATCH, register, json!({})).await;
    let person = answer["data"]["registerPerson"]["person"]["id"].clone();
    let set = "mutation($input: SetContactInput!) { setContact(input: $input) {
        person { name reachable } refusal { code } } }";
    let input = json!({ "input": {
        "idempotencyKey": "contact-1",
        "person": person,
        "contact": { "phones": ["+1 555 0100"] },
    } });
    let first = hub.ask(DISPATCH, set, input.clone()).await;
    insta::assert_json_snapshot!(first, @r#"
    {
      "data": {
        "setContact": {
          "person": {
            "name": "Rosa",
            "reachable": true
          },
          "refusal": null
        }
      }
    }
    "#);
    // Sealing draws a nonce; a repeated request is recognized all the same.
    assert_eq!(hub.ask(DISPATCH, set, input.clone()).await, first);

    let forget = "mutation($person: ID!) { forgetPerson(input: { person: $person }) {
        person { reachable forgotten } refusal { code } } }";
    let may_not = hub.ask(DISPATCH, forget, json!({ "person": person })).await;
    insta::assert_json_snapshot!(may_not, @r#"
    {
      "data": {
        "forgetPerson": {
          "person": null,
          "refusal": {
            "code": "NOT_PERMITTED"
          }
        }
      }
    }
    "#);
    insta::assert_json_snapshot!(hub.ask(OPERATOR, forget, json!({ "person": person })).await, @r#"
    {
      "data": {
        "forgetPerson": {
          "person": {
            "reachable": false,
            "forgotten": true
          },
          "refusal": null
        }
      }
    }
    "#);
    let mut again = input;
    again["input"]["idempotencyKey"] = json!("contact-2");
    insta::assert_json_snapshot!(hub.ask(DISPATCH, set, again).await, @r#"
    {
      "data": {
        "setContact": {
          "person": null,
          "refusal": {
            "code": "PERSON_FORGOTTEN"
          }
        }
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_carried_out_now_is_an_error_that_says_when_to_try_again() {
    let mut hub = TestHub::start().await;
    let incident = hub.open_incident("Mill Street", -71.06, 42.36).await;
    hub.stop_hub().await;
    let input = json!({ "input": { "incident": incident, "to": "CONTAINED" } });
    let reply = hub.send(DISPATCH, CHANGE_STATUS, input).await;
    assert_eq!(reply.status(), 503);
    assert_eq!(reply.headers()["retry-after"], "5");
    let body: Value = serde_json::from_str(&reply.text().await.unwrap()).unwrap();
    assert_eq!(body["data"], json!({ "changeStatus": null }));
    insta::assert_json_snapshot!(body["errors"][0]["extensions"], @r#"
    {
      "code": "STOPPING",
      "retryAfterMs": 5000
    }
    "#);
    // Reading goes on.
    let count = hub.ask(READER, "{ incidents { totalCount } }", json!({})).await;
    assert_eq!(count["data"]["incidents"]["totalCount"], 1);
}
