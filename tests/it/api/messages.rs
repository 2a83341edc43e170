//! A message over the API alone: drafted, previewed, released, launched, followed, put right,
//! stopped; and what others see of it, which is nothing.

use std::sync::Arc;

use muster::domain::message::{AttemptState, Message, Outcome, Settle};
use muster::domain::{Id, Principal};
use muster::hub::Clock;
use serde_json::{Value, json};

use super::agreements::organizations;
use crate::support::hub::{CHIEF, DISPATCH, MEMORIAL, TestHub};
use crate::support::socket::Socket;

/// The telephone numbers, which no answer may hold.
const PHONES: [&str; 2] = ["+15550100", "+15550101"];

const PREVIEW: &str = "query($id: ID!) { messagePreview(message: $id) {
    waves count quiet needsRelease digest
    channels { channel count } languages { language count } unreachable { why count }
    prospects { nodes { wave channel unreachable person { name } organization { code } } } } }";

const SHOWS: &str = "query($id: ID!) { message(id: $id) {
    subject stage priority author launchedBy recipientCount counts { standing count }
    over { why by reason } release { by } about { subject } follows
    wordings { language what where } responses { meaning labels }
    plan { expects intervalSeconds waves { anyOf { membersOf { code } persons { name } } } }
    deliveries { totalCount nodes { wave standing reachedBy held person { name }
        organization { code } answer { meaning late channel }
        attempts { channel purpose state failure provider repeated } } } } }";

/// Carries out a mutation and gives its payload.
async fn mutate(hub: &TestHub, token: &str, name: &str, input: Value) -> Value {
    let of = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let query = format!(
        "mutation($input: {of}!) {{ {name}(input: $input) {{
            message {{ id stage }} refusal {{ code message }} }} }}"
    );
    let answer = hub.ask(token, &query, json!({ "input": input })).await;
    assert!(answer["errors"].is_null(), "{name}: {answer}");
    answer["data"][name].clone()
}

async fn show(hub: &TestHub, token: &str, id: &Value) -> Value {
    let answer = hub.ask(token, SHOWS, json!({ "id": id })).await;
    for phone in PHONES {
        assert!(!answer.to_string().contains(phone), "{answer}");
    }
    answer["data"]["message"].clone()
}

/// A member of Harbor Fire with a telephone.
async fn fire_fighter(hub: &TestHub, name: &str, phone: &str, organization: &Value) -> Value {
    let query = "mutation($input: RegisterPersonInput!) { registerPerson(input: $input) {
        person { id } } }";
    let answer = hub.ask(CHIEF, query, json!({ "input": { "name": name } })).await;
    let person = answer["data"]["registerPerson"]["person"]["id"].clone();
    let query = "mutation($join: JoinOrganizationInput!, $contact: SetContactInput!) {
        joinOrganization(input: $join) { refusal { message } }
        setContact(input: $contact) { refusal { message } } }";
    let join = json!({ "person": person, "organization": organization, "title": "fire fighter" });
    let contact = json!({ "person": person, "contact": { "phones": [phone] } });
    let both = json!({ "join": join, "contact": contact });
    let answer = hub.ask(CHIEF, query, both).await;
    assert_eq!(answer["data"]["setContact"]["refusal"], Value::Null, "{answer}");
    assert_eq!(answer["data"]["joinOrganization"]["refusal"], Value::Null, "{answer}");
    person
}

fn content(what: &str) -> Value {
    json!({
        "wordings": [{ "language": "en", "what": what, "where": "Mill Street" }],
        "responses": [{ "meaning": "ACCEPT" }, { "meaning": "DECLINE" }],
        "public": true,
    })
}

/// Harbor Fire's two people and a draft to all of its members.
async fn drafted(hub: &TestHub) -> (Value, [Value; 2]) {
    let incident = hub.open_incident("Mill Street", -71.06, 42.36).await;
    let fire = organizations(hub).await["HFD"].clone();
    let ana = fire_fighter(hub, "Ana Silva", PHONES[0], &fire).await;
    let lee = fire_fighter(hub, "Lee Chan", PHONES[1], &fire).await;
    let input = json!({
        "incident": incident,
        "content": content("Ten are needed"),
        "plan": { "expects": "ANSWER", "waves": [{ "anyOf": { "membersOf": [fire] } }] },
    });
    let drafted = mutate(hub, DISPATCH, "draftMessage", input).await;
    assert_eq!(drafted["message"]["stage"], "DRAFT", "{drafted}");
    (drafted["message"]["id"].clone(), [ana, lee])
}

async fn preview(hub: &TestHub, token: &str, id: &Value) -> Value {
    hub.ask(token, PREVIEW, json!({ "id": id })).await
}

/// Says for the hub that an attempt reached a telephone.
async fn delivered(hub: &TestHub, message: &Value, recipient: u32) {
    let message: Id<Message> = message.as_str().unwrap().parse().unwrap();
    let outcome = Outcome {
        recipient,
        attempt: 0,
        state: AttemptState::Delivered,
        repeated: false,
        provider: Some("sandbox".to_owned()),
        reference: Some(PHONES[0].to_owned()),
        code: None,
        retry_after: None,
    };
    let settle = Settle { message, outcomes: vec![outcome] };
    let by_hub = Arc::new(Principal::hub());
    hub.hub().submit(&by_hub, settle, None, "test".into()).await.unwrap();
}

/// Hears how a message goes until so many stand somewhere.
async fn hear_until(socket: &mut Socket, standing: &str, count: u64) -> Value {
    loop {
        let heard = socket.hear().await;
        let message = &heard["payload"]["data"]["messageProgress"]["message"];
        assert!(message.is_object(), "{heard}");
        let counts = message["counts"].as_array().unwrap();
        if counts.iter().any(|c| c["standing"] == standing && c["count"] == count) {
            return message.clone();
        }
    }
}

const FOLLOW: &str = "subscription($id: ID!) { messageProgress(message: $id) {
    sequence message { stage counts { standing count } } } }";

async fn amend(hub: &TestHub, id: &Value) {
    let fire = organizations(hub).await["HFD"].clone();
    let input = json!({
        "message": id,
        "content": content("Twelve are needed"),
        "plan": { "expects": "ANSWER", "waves": [{ "anyOf": { "membersOf": [fire] } }] },
    });
    mutate(hub, DISPATCH, "amendMessage", input).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_previewed_released_launched_followed_and_put_right() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let (id, [ana, _]) = drafted(&hub).await;
    let seen = preview(&hub, DISPATCH, &id).await;
    let digest = seen["data"]["messagePreview"]["digest"].clone();
    insta::assert_json_snapshot!(seen["data"], { ".**.digest" => "[digest]" }, @r#"
    {
      "messagePreview": {
        "waves": [
          2
        ],
        "count": 2,
        "quiet": 0,
        "needsRelease": true,
        "digest": "[digest]",
        "channels": [
          {
            "channel": "SMS",
            "count": 2
          }
        ],
        "languages": [
          {
            "language": "en",
            "count": 2
          }
        ],
        "unreachable": [],
        "prospects": {
          "nodes": [
            {
              "wave": 1,
              "channel": "SMS",
              "unreachable": null,
              "person": {
                "name": "Ana Silva"
              },
              "organization": {
                "code": "HFD"
              }
            },
            {
              "wave": 1,
              "channel": "SMS",
              "unreachable": null,
              "person": {
                "name": "Lee Chan"
              },
              "organization": {
                "code": "HFD"
              }
            }
          ]
        }
      }
    }
    "#);

    // The text changes: what was looked at before is not what would be launched now.
    amend(&hub, &id).await;
    let stale = json!({ "message": id, "digest": digest });
    let refused = mutate(&hub, CHIEF, "releaseMessage", stale).await;
    assert_eq!(refused["refusal"]["code"], "PREVIEW_STALE");

    let digest = preview(&hub, CHIEF, &id).await["data"]["messagePreview"]["digest"].clone();
    let as_seen = json!({ "message": id, "digest": digest });
    let launch = json!({ "message": id, "digest": digest, "idempotencyKey": "launch-1" });
    let refused = mutate(&hub, DISPATCH, "launchMessage", launch.clone()).await;
    assert_eq!(refused["refusal"]["code"], "RELEASE_NEEDED");
    let refused = mutate(&hub, DISPATCH, "releaseMessage", as_seen.clone()).await;
    assert_eq!(refused["refusal"]["code"], "RELEASED_BY_AUTHOR");
    mutate(&hub, CHIEF, "releaseMessage", as_seen).await;

    let mut socket = Socket::begin(&hub, DISPATCH).await;
    socket.subscribe("1", FOLLOW, json!({ "id": id })).await;
    let first = socket.hear().await;
    let stage = &first["payload"]["data"]["messageProgress"]["message"]["stage"];
    assert_eq!(stage, "DRAFT", "{first}");
    let launched = mutate(&hub, DISPATCH, "launchMessage", launch.clone()).await;
    assert_eq!(launched["message"]["stage"], "RUNNING", "{launched}");
    // The same request again is the same launch.
    let again = mutate(&hub, DISPATCH, "launchMessage", launch).await;
    assert_eq!(again["refusal"], Value::Null, "{again}");
    hear_until(&mut socket, "TRYING", 2).await;
    let outbox = "{ outbox { totalCount nodes { state held delivery { person { name } }
        message { subject } } } }";
    let waiting = hub.ask(DISPATCH, outbox, json!({})).await;
    insta::assert_json_snapshot!(waiting["data"], @r#"
    {
      "outbox": {
        "totalCount": 2,
        "nodes": [
          {
            "state": "INTENDED",
            "held": null,
            "delivery": {
              "person": {
                "name": "Ana Silva"
              }
            },
            "message": {
              "subject": "Twelve are needed"
            }
          },
          {
            "state": "INTENDED",
            "held": null,
            "delivery": {
              "person": {
                "name": "Lee Chan"
              }
            },
            "message": {
              "subject": "Twelve are needed"
            }
          }
        ]
      }
    }
    "#);
    delivered(&hub, &id, 0).await;
    hear_until(&mut socket, "REACHED", 1).await;
    let answer = json!({ "message": id, "person": ana, "meaning": "ACCEPT", "response": 1 });
    let recorded = mutate(&hub, DISPATCH, "recordAnswer", answer).await;
    assert_eq!(recorded["refusal"], Value::Null, "{recorded}");
    hear_until(&mut socket, "ACCEPTED", 1).await;
    insta::assert_json_snapshot!(show(&hub, DISPATCH, &id).await, @r#"
    {
      "subject": "Twelve are needed",
      "stage": "RUNNING",
      "priority": "ROUTINE",
      "author": "hfd-dispatch",
      "launchedBy": "hfd-dispatch",
      "recipientCount": 2,
      "counts": [
        {
          "standing": "TRYING",
          "count": 1
        },
        {
          "standing": "ACCEPTED",
          "count": 1
        }
      ],
      "over": null,
      "release": {
        "by": "hfd-chief"
      },
      "about": null,
      "follows": null,
      "wordings": [
        {
          "language": "en",
          "what": "Twelve are needed",
          "where": "Mill Street"
        }
      ],
      "responses": [
        {
          "meaning": "ACCEPT",
          "labels": []
        },
        {
          "meaning": "DECLINE",
          "labels": []
        }
      ],
      "plan": {
        "expects": "ANSWER",
        "intervalSeconds": 180,
        "waves": [
          {
            "anyOf": {
              "membersOf": [
                {
                  "code": "HFD"
                }
              ],
              "persons": []
            }
          }
        ]
      },
      "deliveries": {
        "totalCount": 2,
        "nodes": [
          {
            "wave": 1,
            "standing": "ACCEPTED",
            "reachedBy": "SMS",
            "held": null,
            "person": {
              "name": "Ana Silva"
            },
            "organization": {
              "code": "HFD"
            },
            "answer": {
              "meaning": "ACCEPT",
              "late": false,
              "channel": null
            },
            "attempts": [
              {
                "channel": "SMS",
                "purpose": "TELL",
                "state": "DELIVERED",
                "failure": null,
                "provider": "sandbox",
                "repeated": false
              }
            ]
          },
          {
            "wave": 1,
            "standing": "TRYING",
            "reachedBy": null,
            "held": null,
            "person": {
              "name": "Lee Chan"
            },
            "organization": {
              "code": "HFD"
            },
            "answer": null,
            "attempts": [
              {
                "channel": "SMS",
                "purpose": "TELL",
                "state": "INTENDED",
                "failure": null,
                "provider": null,
                "repeated": false
              }
            ]
          }
        ]
      }
    }
    "#);

    let input = json!({ "message": id, "content": content("Nine, at Elm Street") });
    let corrected = mutate(&hub, DISPATCH, "correctMessage", input).await;
    let correction = corrected["message"]["id"].clone();
    assert_ne!(correction, id, "{corrected}");
    let stopped = show(&hub, DISPATCH, &id).await;
    insta::assert_json_snapshot!(stopped["over"], @r#"
    {
      "why": null,
      "by": "hfd-dispatch",
      "reason": "corrected"
    }
    "#);
    let seen = show(&hub, DISPATCH, &correction).await;
    let told = &seen["deliveries"]["nodes"];
    assert_eq!(
        (seen["follows"].as_str(), told.as_array().map(Vec::len)),
        (Some("CORRECTION"), Some(1))
    );
    assert_eq!(told[0]["person"]["name"], "Ana Silva", "Lee was not reached");

    let input = json!({ "message": correction, "reason": "it was right after all" });
    let stopped = mutate(&hub, CHIEF, "stopMessage", input.clone()).await;
    assert_eq!(stopped["message"]["stage"], "STOPPED", "{stopped}");
    let refused = mutate(&hub, CHIEF, "stopMessage", input).await;
    assert_eq!(refused["refusal"]["code"], "MESSAGE_STAGE");
    let input = json!({ "message": id, "content": content("It is over") });
    let closing = mutate(&hub, CHIEF, "closeMessage", input).await;
    assert_eq!(closing["message"]["stage"], "RUNNING", "{closing}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organization_sees_nothing_of_a_message() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let (id, [ana, _]) = drafted(&hub).await;
    assert_eq!(show(&hub, MEMORIAL, &id).await, Value::Null);
    let nothing = hub.ask(MEMORIAL, "{ messages { totalCount } outbox { totalCount } }", json!({}));
    let nothing = nothing.await;
    assert_eq!(nothing["data"]["messages"]["totalCount"], 0);
    assert_eq!(nothing["data"]["outbox"]["totalCount"], 0);
    let hidden = preview(&hub, MEMORIAL, &id).await;
    let unknown = json!("0196b000-0000-7000-8000-000000000009");
    let none = preview(&hub, MEMORIAL, &unknown).await;
    let said = |answer: &Value, id: &Value| {
        answer["errors"].to_string().replace(id.as_str().unwrap(), "ID")
    };
    assert_eq!(said(&hidden, &id), said(&none, &unknown));
    let refused = mutate(&hub, MEMORIAL, "discardMessage", json!({ "message": id })).await;
    assert_eq!(refused["refusal"]["code"], "MESSAGE_UNKNOWN");

    // Following it tells that there is nothing, and not when it changes.
    let mut socket = Socket::begin(&hub, MEMORIAL).await;
    socket.subscribe("1", FOLLOW, json!({ "id": id })).await;
    let first = socket.hear().await;
    assert_eq!(first["payload"]["data"]["messageProgress"]["message"], Value::Null, "{first}");
    socket.subscribe("2", FOLLOW, json!({ "id": unknown })).await;
    socket.hear().await;
    mutate(&hub, DISPATCH, "discardMessage", json!({ "message": id })).await;
    socket.subscribe("3", FOLLOW, json!({ "id": unknown })).await;
    assert_eq!(socket.hear().await["id"], "3", "nothing was told of the draft in between");

    // Nor may it tell people whom it does not see, or who are not its own to tell.
    let to = |any_of: Value| {
        let plan = json!({ "waves": [{ "anyOf": any_of }] });
        json!({ "content": content("Come"), "plan": plan })
    };
    let by_name = mutate(&hub, MEMORIAL, "draftMessage", to(json!({ "persons": [ana] }))).await;
    assert_eq!(by_name["refusal"]["code"], "PERSON_UNKNOWN");
    let fire = organizations(&hub).await["HFD"].clone();
    let drafted = mutate(&hub, MEMORIAL, "draftMessage", to(json!({ "membersOf": [fire] }))).await;
    let own = drafted["message"]["id"].clone();
    let seen = preview(&hub, MEMORIAL, &own).await;
    assert_eq!(seen["errors"][0]["extensions"]["code"], "MAY_NOT_TELL", "not even how many");
    let digest = "5e".repeat(32);
    let launch = json!({ "message": own, "digest": digest, "idempotencyKey": "launch-1" });
    let refused = mutate(&hub, MEMORIAL, "launchMessage", launch).await;
    assert_eq!(refused["refusal"]["code"], "MAY_NOT_TELL");
}

#[tokio::test]
async fn what_is_often_told_is_kept_as_a_template_that_its_organization_alone_sees() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let (_, [ana, _]) = drafted(&hub).await;
    let keep = |template: Option<&Value>, what: &str| {
        json!({ "template": template, "name": "Structure fire", "content": content(what),
            "plan": { "waves": [{ "anyOf": { "persons": [ana] } }] } })
    };
    let kept = mutate(&hub, DISPATCH, "keepMessageTemplate", keep(None, "Fire")).await;
    let id = kept["message"]["id"].clone();
    assert_eq!(kept["message"]["stage"], "TEMPLATE", "{kept}");
    let twice = mutate(&hub, DISPATCH, "keepMessageTemplate", keep(None, "Fire")).await;
    assert_eq!(twice["refusal"]["code"], "TEMPLATE_NAME_TAKEN");
    mutate(&hub, CHIEF, "keepMessageTemplate", keep(Some(&id), "Fire, all come")).await;

    const LIST: &str = "{ all: messages { totalCount }
        templates: messages(stages: [TEMPLATE]) { nodes { id subject templateName } } }";
    let own = hub.ask(DISPATCH, LIST, json!({})).await;
    let template =
        json!({ "id": id, "subject": "Fire, all come", "templateName": "Structure fire" });
    assert_eq!(own["data"]["templates"]["nodes"], json!([template]));
    assert_eq!(own["data"]["all"]["totalCount"], 1, "templates are apart");
    let other = hub.ask(MEMORIAL, LIST, json!({})).await;
    assert_eq!(other["data"]["templates"]["nodes"], json!([]));

    let launched = preview(&hub, CHIEF, &id).await;
    assert!(launched["errors"][0]["message"].as_str().unwrap().contains("a template"));
    mutate(&hub, DISPATCH, "discardMessage", json!({ "message": id })).await;
    let gone = hub.ask(DISPATCH, LIST, json!({})).await;
    assert_eq!(gone["data"]["templates"]["nodes"], json!([]));
}
