//! Who is shown what and why: explanations, other eyes, dry runs, markings, broken glass, and who
//! looked.

use std::time::Duration;

use muster::hub::Clock;
use serde_json::{Value, json};

use super::agreements::{agreement, organizations, propose, sign};
use crate::support::hub::{AUDITOR, CHIEF, DISPATCH, HOSPITAL, TestHub, WATER};

const EXPLAIN: &str = "query($record: RecordInput!, $to: ID) {
    explain(record: $record, organization: $to) { group shown sentence exactness
        reasons { code values { name value } } } }";
const PICTURE_AS: &str = "query($as: ID!) { pictureAs(organization: $as) {
    records { nodes { ... on Incident { name lead { code } location { point } } } } } }";

/// A hub on which Memorial Hospital is shown Harbor Fire's structure fires, with one of them.
async fn agreed() -> (TestHub, String, Value) {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let incident = hub.open_incident("Mill Street", -71.0642, 42.3601).await;
    let id = propose(&hub, &agreement(&hub).await).await;
    sign(&hub, HOSPITAL, &id).await;
    (hub, incident, id)
}

async fn explained(hub: &TestHub, token: &str, incident: &str, to: Value) -> Value {
    let variables = json!({ "record": { "kind": "INCIDENT", "id": incident }, "to": to });
    hub.ask(token, EXPLAIN, variables).await["data"]["explain"].clone()
}

fn sentences(explained: &Value) -> String {
    let groups = explained.as_array().unwrap().iter();
    groups
        .map(|e| format!("{} {}\n", e["group"].as_str().unwrap(), e["sentence"].as_str().unwrap()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_group_of_fields_is_explained_in_a_sentence() {
    let (hub, incident, _) = agreed().await;
    let ids = organizations(&hub).await;
    let own = explained(&hub, HOSPITAL, &incident, Value::Null).await;
    insta::assert_snapshot!(sentences(&own), @r#"
    IDENTITY shown, because term 1 of the agreement “Burn unit notice” says so
    STATUS shown, because term 1 of the agreement “Burn unit notice” says so
    ASSESSMENT hidden, because no agreement or policy shows it
    PLACE shown to 1 km, because term 1 of the agreement “Burn unit notice” says so
    COMMAND hidden, because no agreement or policy shows it
    LINKS hidden, because no agreement or policy shows it
    CONTENT hidden, because no agreement or policy shows it
    SOURCE hidden, because no agreement or policy shows it
    HISTORY hidden, because no agreement or policy shows it
    "#);
    // For who tells it in another language: the same in pieces, a policy of the hub by its id.
    insta::assert_json_snapshot!(own[3]["reasons"], @r#"
    [
      {
        "code": "AGREEMENT_TERM",
        "values": [
          {
            "name": "term",
            "value": "1"
          },
          {
            "name": "title",
            "value": "Burn unit notice"
          }
        ]
      }
    ]
    "#);
    assert_eq!(own[3]["exactness"], "to 1 km");
    let chiefs = explained(&hub, CHIEF, &incident, Value::Null).await;
    assert_eq!(chiefs[0]["reasons"], json!([{ "code": "own", "values": [] }]));
    // The owner asks for the hospital and reads the same; who may not ask reads nothing.
    assert_eq!(explained(&hub, CHIEF, &incident, ids["MEM"].clone()).await, own);
    assert_eq!(explained(&hub, AUDITOR, &incident, ids["MEM"].clone()).await, own);
    assert_eq!(explained(&hub, HOSPITAL, &incident, ids["WTR"].clone()).await, Value::Null);
    assert_eq!(explained(&hub, WATER, &incident, Value::Null).await, Value::Null);
    let hidden = explained(&hub, CHIEF, &incident, ids["WTR"].clone()).await;
    insta::assert_snapshot!(sentences(&hidden).lines().next().unwrap(), @"IDENTITY hidden, because no agreement or policy shows it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_through_other_eyes_holds_only_what_is_ones_own() {
    let (hub, _, _) = agreed().await;
    let ids = organizations(&hub).await;
    let open = "mutation { openIncident(input: { name: \"Burst main\", kind: \"water-supply\",
        location: { point: [-71.1, 42.3] } }) { incident { id } } }";
    hub.ask(HOSPITAL, open, json!({})).await;
    let through = async |token, code: &str| {
        let answer = hub.ask(token, PICTURE_AS, json!({ "as": ids[code] })).await;
        answer["data"]["pictureAs"]["records"]["nodes"].clone()
    };
    insta::assert_json_snapshot!(through(CHIEF, "MEM").await, @r#"
    [
      {
        "name": "Mill Street",
        "lead": null,
        "location": {
          "point": [
            -71.05842632714824,
            42.359863456701405
          ]
        }
      }
    ]
    "#);
    // Water owns nothing of it, and an auditor is shown all of it.
    assert_eq!(through(WATER, "MEM").await, json!([]));
    assert_eq!(through(AUDITOR, "MEM").await.as_array().unwrap().len(), 2);
    assert_eq!(through(CHIEF, "WTR").await, json!([]));
}

const SIMULATE: &str = "query($propose: AgreementInput, $end: ID, $adopt: String) {
    simulate(propose: $propose, end: $end, adopt: $adopt) {
        gains losses refusal { code }
        sights { organization { code } record { kind name } gained lost placeBefore placeAfter } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_tells_who_would_see_what_and_changes_nothing() {
    let (hub, incident, id) = agreed().await;
    let ids = organizations(&hub).await;
    let mut new = agreement(&hub).await;
    new["parties"] = json!([ids["HFD"], ids["MEM"], ids["WTR"]]);
    new["terms"][0]["receives"] = json!([ids["WTR"], ids["MEM"]]);
    new["terms"][0]["place"] = json!("STREET");
    new["terms"][0]["groups"] = json!(["IDENTITY", "PLACE"]);
    let variables = json!({ "propose": new, "end": id });
    let answer = hub.ask(CHIEF, SIMULATE, variables).await;
    insta::assert_json_snapshot!(answer["data"]["simulate"], @r#"
    {
      "gains": 2,
      "losses": 1,
      "refusal": null,
      "sights": [
        {
          "organization": {
            "code": "MEM"
          },
          "record": {
            "kind": "INCIDENT",
            "name": "Mill Street"
          },
          "gained": [],
          "lost": [
            "STATUS"
          ],
          "placeBefore": "KILOMETRE",
          "placeAfter": "STREET"
        },
        {
          "organization": {
            "code": "WTR"
          },
          "record": {
            "kind": "INCIDENT",
            "name": "Mill Street"
          },
          "gained": [
            "IDENTITY",
            "PLACE"
          ],
          "lost": [],
          "placeBefore": null,
          "placeAfter": "STREET"
        }
      ]
    }
    "#);
    let adopt =
        json!({ "adopt": "forbid (principal, action == Muster::Action::\"seePlace\", resource);" });
    let answer = hub.ask(CHIEF, SIMULATE, adopt).await;
    assert_eq!(answer["data"]["simulate"]["losses"], 2, "{answer}");

    let still = explained(&hub, HOSPITAL, &incident, Value::Null).await;
    assert_eq!(still[1]["shown"], true, "nothing was changed");
    let answer = hub.ask(DISPATCH, SIMULATE, json!({ "end": id })).await;
    insta::assert_json_snapshot!(answer["data"]["simulate"], @r#"
    {
      "gains": 0,
      "losses": 0,
      "refusal": {
        "code": "NOT_PERMITTED"
      },
      "sights": []
    }
    "#);
    let answer = hub.ask(WATER, SIMULATE, json!({ "end": id })).await;
    assert_eq!(answer["data"]["simulate"]["refusal"]["code"], "AGREEMENT_UNKNOWN");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_marking_takes_a_record_back_from_those_it_was_shown_to() {
    let (hub, incident, _) = agreed().await;
    let mark = "mutation($input: MarkRecordInput!) { markRecord(input: $input) {
        record { ... on Incident { name marking } } refusal { code message } } }";
    let input = |marking: &str| {
        json!({ "input": { "record": { "kind": "INCIDENT", "id": incident },
            "marking": marking, "reason": "A suspect is at large" } })
    };
    let answer = hub.ask(CHIEF, mark, input("RED")).await;
    insta::assert_json_snapshot!(answer["data"]["markRecord"], @r#"
    {
      "record": null,
      "refusal": {
        "code": "MARKING_TOO_NARROW",
        "message": "incident HFD-2026-00001 cannot be TLP:RED, because many people work on it; choose AMBER+STRICT or mark notes in it"
      }
    }
    "#);
    let answer = hub.ask(CHIEF, mark, input("AMBER_STRICT")).await;
    insta::assert_json_snapshot!(answer["data"]["markRecord"], @r#"
    {
      "record": {
        "name": "Mill Street",
        "marking": "AMBER_STRICT"
      },
      "refusal": null
    }
    "#);
    assert_eq!(explained(&hub, HOSPITAL, &incident, Value::Null).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_breaks_the_glass_is_seen_by_the_owner() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let incident = hub.open_incident("Mill Street", -71.0642, 42.3601).await;
    let ids = organizations(&hub).await;
    let name = "query($id: ID!) { incident(id: $id) { name } }";
    let sees = async |token| {
        hub.ask(token, name, json!({ "id": incident })).await["data"]["incident"].clone()
    };
    assert_eq!(sees(WATER).await, Value::Null);
    let broken = "mutation($input: BreakGlassInput!) { breakGlass(input: $input) {
        breakGlass { id principal reason owner { code } } refusal { code } } }";
    let input =
        json!({ "input": { "owner": ids["HFD"], "reason": "Hydrants fail", "minutes": 30 } });
    let answer = hub.ask(WATER, broken, input).await;
    let glass = answer["data"]["breakGlass"]["breakGlass"]["id"].clone();
    assert_eq!(sees(WATER).await["name"], "Mill Street");
    let list = "{ breakGlasses { nodes { principal organization { code } reason } } }";
    insta::assert_json_snapshot!(hub.ask(CHIEF, list, json!({})).await["data"], @r#"
    {
      "breakGlasses": {
        "nodes": [
          {
            "principal": "wtr-desk",
            "organization": {
              "code": "WTR"
            },
            "reason": "Hydrants fail"
          }
        ]
      }
    }
    "#);
    let unseen = hub.ask(HOSPITAL, list, json!({})).await;
    assert_eq!(unseen["data"]["breakGlasses"]["nodes"], json!([]));

    let mend = "mutation($id: ID!) { mendGlass(input: { breakGlass: $id }) { refusal { code } } }";
    hub.ask(WATER, mend, json!({ "id": glass })).await;
    assert_eq!(sees(WATER).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_finds_who_looked_and_nobody_else_does() {
    let (hub, incident, _) = agreed().await;
    let ids = organizations(&hub).await;
    let open = "query($id: ID!) { incident(id: $id) { name } }";
    let (mut steps, before) = (hub.hub().steps(), hub.hub().picture().seq());
    for token in [HOSPITAL, HOSPITAL, CHIEF, WATER] {
        hub.ask(token, open, json!({ "id": incident })).await;
    }
    hub.ask(CHIEF, PICTURE_AS, json!({ "as": ids["MEM"] })).await;
    explained(&hub, AUDITOR, &incident, ids["WTR"].clone()).await;
    // All of it comes with one entry of the log, within a second, and touches nothing.
    let touched = tokio::time::timeout(Duration::from_secs(20), steps.recv()).await;
    let touched = touched.expect("the readings are written").unwrap();
    assert_eq!(*touched, []);
    assert_eq!(hub.hub().picture().seq(), before + 1);
    let list =
        "{ reads { totalCount nodes { principal way organization { code } record { name } } } }";
    insta::assert_json_snapshot!(hub.ask(CHIEF, list, json!({})).await["data"]["reads"], @r#"
    {
      "totalCount": 3,
      "nodes": [
        {
          "principal": "auditor",
          "way": "EXPLAINED",
          "organization": null,
          "record": {
            "name": "Mill Street"
          }
        },
        {
          "principal": "hfd-chief",
          "way": "SEEN_AS",
          "organization": {
            "code": "HFD"
          },
          "record": {
            "name": "Memorial Hospital"
          }
        },
        {
          "principal": "mem-desk",
          "way": "OPENED",
          "organization": {
            "code": "MEM"
          },
          "record": {
            "name": "Mill Street"
          }
        }
      ]
    }
    "#);
    for token in [HOSPITAL, WATER] {
        let answer = hub.ask(token, list, json!({})).await;
        assert_eq!(answer["data"]["reads"]["totalCount"], 0, "{answer}");
    }
    assert_eq!(hub.ask(AUDITOR, list, json!({})).await["data"]["reads"]["totalCount"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_area_is_not_taken_for_another_when_an_agreement_before_it_ends() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let ids = organizations(&hub).await;
    let mut first = Value::Null;
    for (west, code, token) in
        [(0.0, "MEM", HOSPITAL), (10.0, "WTR", WATER), (20.0, "MEM", HOSPITAL)]
    {
        let east = west + 5.0;
        let ring = json!([[west, 0], [east, 0], [east, 5], [west, 5], [west, 0]]);
        let mut limited = agreement(&hub).await;
        limited["parties"] = json!([ids["HFD"], ids[code]]);
        limited["terms"][0]["receives"] = json!([ids[code]]);
        limited["terms"][0]["area"] = json!([[ring]]);
        let id = propose(&hub, &limited).await;
        sign(&hub, token, &id).await;
        first = if first.is_null() { id } else { first };
    }
    for (name, lon) in [("In the first", 1.0), ("In the second", 11.0), ("In the third", 21.0)] {
        hub.open_incident(name, lon, 1.0).await;
    }
    let names = async |token| {
        let list = "{ incidents { nodes { name } } }";
        hub.ask(token, list, json!({})).await["data"]["incidents"]["nodes"].to_string()
    };
    assert_eq!(names(WATER).await, r#"[{"name":"In the second"}]"#);
    let end = "mutation($id: ID!) { endAgreement(input: { agreement: $id, reason: \"Over\" }) {
        refusal { code } } }";
    hub.ask(CHIEF, end, json!({ "id": first })).await;
    assert_eq!(names(WATER).await, r#"[{"name":"In the second"}]"#);
    assert_eq!(names(HOSPITAL).await, r#"[{"name":"In the third"}]"#);
}
