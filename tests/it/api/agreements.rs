//! Agreements, from the proposal to the end: who is shown what, and from when until when.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};

use jiff::{SignedDuration, Timestamp};
use muster::hub::Clock;
use serde_json::{Value, json};

use crate::support::hub::{CHIEF, HOSPITAL, TestHub, WATER};

const INCIDENT: &str = "query($id: ID!) { incident(id: $id) {
    name status location { point } lead { code } withheld } }";

/// What is proposed in these stories: Harbor Fire shows Memorial Hospital its structure fires.
pub(super) async fn agreement(hub: &TestHub) -> Value {
    let ids = organizations(hub).await;
    json!({
        "title": "Burn unit notice",
        "purpose": "Getting the burn unit ready",
        "parties": [ids["HFD"], ids["MEM"]],
        "terms": [{
            "gives": [ids["HFD"]],
            "receives": [ids["MEM"]],
            "records": ["INCIDENT"],
            "kinds": ["structure-fire"],
            "exercise": false,
            "groups": ["IDENTITY", "STATUS", "PLACE"],
            "place": "KILOMETRE",
            "tellsWithheld": true,
        }],
    })
}

/// The ids of the organizations by code.
pub(super) async fn organizations(hub: &TestHub) -> Value {
    let answer = hub.ask(CHIEF, "{ organizations { nodes { id code } } }", json!({})).await;
    let nodes = answer["data"]["organizations"]["nodes"].as_array().unwrap().clone();
    nodes.iter().map(|o| (o["code"].as_str().unwrap().to_owned(), o["id"].clone())).collect()
}

/// Proposes an agreement for Harbor Fire and gives its id.
pub(super) async fn propose(hub: &TestHub, agreement: &Value) -> Value {
    let query = "mutation($input: ProposeAgreementInput!) { proposeAgreement(input: $input) {
        agreement { id } refusal { message } } }";
    let input = json!({ "input": { "agreement": agreement } });
    let answer = hub.ask(CHIEF, query, input).await;
    let id = &answer["data"]["proposeAgreement"]["agreement"]["id"];
    assert!(id.is_string(), "{answer}");
    id.clone()
}

/// Signs it and gives where it stands.
pub(super) async fn sign(hub: &TestHub, token: &str, agreement: &Value) -> Value {
    let query = "mutation($id: ID!) { signAgreement(input: { agreement: $id }) {
        agreement { standing } refusal { code } } }";
    hub.ask(token, query, json!({ "id": agreement })).await["data"]["signAgreement"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_is_shown_what_was_signed_and_nothing_before_or_after() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let incident = hub.open_incident("Mill Street", -71.0642, 42.3601).await;
    let sees = async |token| {
        hub.ask(token, INCIDENT, json!({ "id": incident })).await["data"]["incident"].clone()
    };
    let agreement = propose(&hub, &agreement(&hub).await).await;
    assert_eq!(sees(HOSPITAL).await, Value::Null, "it is not signed by all");

    insta::assert_json_snapshot!(sign(&hub, WATER, &agreement).await, @r#"
    {
      "agreement": null,
      "refusal": {
        "code": "AGREEMENT_UNKNOWN"
      }
    }
    "#);
    insta::assert_json_snapshot!(sign(&hub, HOSPITAL, &agreement).await, @r#"
    {
      "agreement": {
        "standing": "IN_FORCE"
      },
      "refusal": null
    }
    "#);
    insta::assert_json_snapshot!(sees(HOSPITAL).await, @r#"
    {
      "name": "Mill Street",
      "status": "ACTIVE",
      "location": {
        "point": [
          -71.05842632714824,
          42.359863456701405
        ]
      },
      "lead": null,
      "withheld": [
        "ASSESSMENT",
        "COMMAND",
        "LINKS",
        "CONTENT",
        "SOURCE",
        "HISTORY"
      ]
    }
    "#);
    assert_eq!(sees(WATER).await, Value::Null, "who is no party is shown nothing");

    let end = "mutation($id: ID!) { endAgreement(input: { agreement: $id, reason: \"Moved\" }) {
        agreement { standing ended { by reason } } refusal { code } } }";
    insta::assert_json_snapshot!(hub.ask(HOSPITAL, end, json!({ "id": agreement })).await, @r#"
    {
      "data": {
        "endAgreement": {
          "agreement": {
            "standing": "ENDED",
            "ended": {
              "by": "mem-desk",
              "reason": "Moved"
            }
          },
          "refusal": null
        }
      }
    }
    "#);
    assert_eq!(sees(HOSPITAL).await, Value::Null, "any party ends it at once");
    assert_eq!(sees(CHIEF).await["name"], "Mill Street");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agreement_reads_as_sentences_and_as_cedar() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let mut two = agreement(&hub).await;
    let ids = organizations(&hub).await;
    let back = json!({
        "gives": [ids["HFD"], ids["MEM"]], "receives": [ids["HFD"], ids["MEM"]],
        "records": ["NOTE", "PERSON"], "upTo": "AMBER", "groups": ["IDENTITY", "CONTENT", "HISTORY"],
        "time": "HOUR", "onward": true,
    });
    two["terms"].as_array_mut().unwrap().push(back);
    let id = propose(&hub, &two).await;
    let query = "query($id: ID!) { agreement(id: $id) { title standing parties { code }
        proposedBy { code } signatures { organization { code } by } inWords cedar } }";
    let answer = hub.ask(HOSPITAL, query, json!({ "id": id })).await;
    let mut told = answer["data"]["agreement"].clone();
    let cedar = told["cedar"].as_str().unwrap().to_owned();
    told.as_object_mut().unwrap().remove("cedar");
    insta::assert_json_snapshot!(told, @r#"
    {
      "title": "Burn unit notice",
      "standing": "PROPOSED",
      "parties": [
        {
          "code": "HFD"
        },
        {
          "code": "MEM"
        }
      ],
      "proposedBy": {
        "code": "HFD"
      },
      "signatures": [
        {
          "organization": {
            "code": "HFD"
          },
          "by": "hfd-chief"
        }
      ],
      "inWords": [
        "Harbor Fire Department shows Memorial Hospital its real incidents of the kind structure fire, marked TLP:GREEN at the most: what it is, where it stands and the place to 1 km; what is withheld is named as withheld; not passed on.",
        "Harbor Fire Department and Memorial Hospital show Harbor Fire Department and Memorial Hospital their real and exercise journal notes and persons, marked TLP:AMBER at the most: what it is, the words and the times to the hour; it may be passed on."
      ]
    }
    "#);
    assert!(cedar.contains("context.place >= 2"), "{cedar}");
    let answer = hub.ask(WATER, query, json!({ "id": id })).await;
    assert_eq!(answer["data"]["agreement"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_parties_could_not_mean_is_refused() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let good = agreement(&hub).await;
    let ids = organizations(&hub).await;
    let query = "mutation($input: ProposeAgreementInput!) { proposeAgreement(input: $input) {
        agreement { id } refusal { code message } } }";
    let mut said = String::new();
    for (token, at, value) in [
        (WATER, "/title", json!("Not ours")),
        (CHIEF, "/title", json!(" ")),
        (CHIEF, "/parties", json!([ids["HFD"]])),
        (CHIEF, "/terms/0/receives", json!([ids["WTR"]])),
        (CHIEF, "/terms/0/receives", json!([ids["HFD"]])),
        (CHIEF, "/terms/0/groups", json!(["STATUS"])),
        (CHIEF, "/terms/0/upTo", json!("RED")),
        (CHIEF, "/ends", json!("2020-01-01T00:00:00Z")),
    ] {
        let mut bad = good.clone();
        bad["terms"][0]["upTo"] = json!("GREEN");
        bad["ends"] = Value::Null;
        *bad.pointer_mut(at).unwrap() = value;
        let answer = hub.ask(token, query, json!({ "input": { "agreement": bad } })).await;
        let refusal = &answer["data"]["proposeAgreement"]["refusal"];
        said += &format!("{}: {}\n", refusal["code"], refusal["message"]);
    }
    insta::assert_snapshot!(said, @r#"
    "AGREEMENT_NOT_PARTY": "only an organization that is a party may do this; act for one of the parties"
    "TEXT_EMPTY": "`title` is empty; write at least one word"
    "COUNT_OUT_OF_RANGE": "`parties` has 1 entries and takes 2 to 200"
    "AGREEMENT_UNUSABLE": "the agreement cannot be proposed: a term names an organization that is not a party; add it to the parties"
    "AGREEMENT_UNUSABLE": "the agreement cannot be proposed: a term gives from an organization to itself; name another receiver"
    "AGREEMENT_UNUSABLE": "the agreement cannot be proposed: a term shows fields without `identity`; a record cannot be shown without"
    "AGREEMENT_UNUSABLE": "the agreement cannot be proposed: AMBER+STRICT and RED do not leave the organization; choose AMBER or freer"
    "AGREEMENT_UNUSABLE": "the agreement cannot be proposed: it would be over before it begins; choose a later end"
    "#);
}

/// A clock that the test turns.
static NOW: LazyLock<AtomicI64> = LazyLock::new(|| {
    AtomicI64::new("2026-05-01T12:00:00Z".parse::<Timestamp>().unwrap().as_second())
});

#[tokio::test(flavor = "multi_thread")]
async fn an_agreement_begins_and_expires_by_the_clock_alone() {
    let now = || Timestamp::from_second(NOW.load(Ordering::SeqCst)).unwrap();
    let hub = Arc::new(TestHub::shared_by_three(Clock::by(now)).await);
    let incident = hub.open_incident("Mill Street", -71.0642, 42.3601).await;
    let mut timed = agreement(&hub).await;
    timed["starts"] = json!(now() + SignedDuration::from_hours(1));
    timed["ends"] = json!(now() + SignedDuration::from_hours(2));
    let id = propose(&hub, &timed).await;
    sign(&hub, HOSPITAL, &id).await;
    let look = "query($agreement: ID!, $incident: ID!) {
        agreement(id: $agreement) { standing } incident(id: $incident) { name }
    }";
    // Asked twice each time, and of the shared answers: they are not given past a boundary.
    let mut seen = Vec::new();
    for _ in 0..3 {
        for query in [look, "{ cop { records { totalCount } } }"] {
            let variables = json!({ "agreement": id, "incident": incident });
            let first = hub.ask(HOSPITAL, query, variables.clone()).await;
            assert_eq!(hub.ask(HOSPITAL, query, variables).await, first);
            seen.push(first["data"].to_string());
        }
        NOW.fetch_add(3_600, Ordering::SeqCst);
    }
    insta::assert_snapshot!(seen.join("\n"), @r#"
    {"agreement":{"standing":"SIGNED"},"incident":null}
    {"cop":{"records":{"totalCount":0}}}
    {"agreement":{"standing":"IN_FORCE"},"incident":{"name":"Mill Street"}}
    {"cop":{"records":{"totalCount":1}}}
    {"agreement":{"standing":"EXPIRED"},"incident":null}
    {"cop":{"records":{"totalCount":0}}}
    "#);
}
