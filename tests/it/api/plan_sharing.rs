//! Whom the plan of an incident is for.

use serde_json::{Value, json};

use super::agreements::{organizations, propose, sign};
use super::planning::{Turned, division, pretty};
use crate::support::hub::{CHIEF, DISPATCH, HOSPITAL, MEMORIAL};

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_for_its_owner_and_for_whom_an_agreement_names_plans() {
    let turned = Turned::start().await;
    let incident = turned.hub.open_incident("Mill Street fire", -71.06, 42.36).await;
    let plan = json!({ "incident": incident, "end": "2026-05-02T00:00:00Z" });
    let period = turned.must("planPeriod", plan.clone()).await;
    turned.must("startPeriod", json!({ "period": period })).await;
    turned.write_plan(&period).await;

    // Who may not see it is answered as if there were none.
    assert_eq!(turned.period(MEMORIAL, &period).await, Value::Null);
    for (mutation, input) in [
        ("startPeriod", json!({ "period": period })),
        ("assignWork", division(&period)),
        ("draftPlan", json!({ "period": period })),
        ("approvePlan", json!({ "period": period, "revision": 1 })),
    ] {
        let payload = turned.ask(MEMORIAL, mutation, input).await;
        assert_eq!(payload["refusal"]["code"], "PERIOD_UNKNOWN", "{mutation}");
    }
    let payload = turned.ask(MEMORIAL, "planPeriod", plan).await;
    assert_eq!(payload["refusal"]["code"], "INCIDENT_UNKNOWN");

    let ids = organizations(&turned.hub).await;
    let term = json!({ "gives": [ids["HFD"]], "receives": [ids["MEM"]],
        "records": ["INCIDENT", "PLAN"], "groups": ["IDENTITY", "STATUS", "ASSESSMENT", "HISTORY"],
        "tellsWithheld": true });
    let agreement = json!({ "title": "Aims", "purpose": "Getting ready",
        "parties": [ids["HFD"], ids["MEM"]], "terms": [term] });
    let agreement = propose(&turned.hub, &agreement).await;
    sign(&turned.hub, HOSPITAL, &agreement).await;
    insta::assert_snapshot!(pretty(&turned.period(MEMORIAL, &period).await), @r#"
    {
      "number": 1,
      "state": "CURRENT",
      "start": "2026-05-01T12:00:00Z",
      "end": "2026-05-02T00:00:00Z",
      "objectives": [
        {
          "priority": "LIFE_SAFETY",
          "text": "Search it",
          "measure": "no extension past the wall; all floors searched twice",
          "closed": null
        },
        {
          "priority": "INCIDENT_STABILIZATION",
          "text": "Hold the fire at the wall",
          "measure": "no extension past the wall; all floors searched twice",
          "closed": null
        }
      ],
      "situation": null,
      "meetings": [],
      "assignments": [],
      "communications": [],
      "communicationsInstructions": null,
      "medical": null,
      "safetyMessage": null,
      "hazards": [],
      "needs": [],
      "commanders": [],
      "plan": [],
      "planInForce": null,
      "planChanged": null,
      "withheld": [
        "PLACE",
        "COMMAND",
        "LINKS",
        "CONTENT",
        "SOURCE"
      ]
    }
    "#);
    // What one sees and may not change is refused as that.
    let payload = turned.ask(MEMORIAL, "assignWork", division(&period)).await;
    assert_eq!(payload["refusal"]["code"], "NOT_PERMITTED");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organization_says_when_it_meets_and_others_are_not_told() {
    let turned = Turned::start().await;
    let ids = organizations(&turned.hub).await;
    let meetings = json!([{ "meeting": "OPERATIONS_BRIEFING", "minutesBefore": 45 }]);
    let input = json!({ "organization": ids["HFD"], "meetings": meetings });
    let payload = turned.ask(DISPATCH, "setMeetingTemplate", input.clone()).await;
    assert_eq!(payload["refusal"]["code"], "NOT_PERMITTED");
    let payload = turned.ask(HOSPITAL, "setMeetingTemplate", input.clone()).await;
    assert_eq!(payload["refusal"]["code"], "NOT_PERMITTED");
    let payload = turned.ask(CHIEF, "setMeetingTemplate", input).await;
    assert_eq!(payload["refusal"], Value::Null);
    let query = "query($id: ID!) { organization(id: $id) { meetingTemplate {
        meeting minutesBefore } } }";
    let told = async |token| {
        let answer = turned.hub.ask(token, query, json!({ "id": ids["HFD"] })).await;
        answer["data"]["organization"]["meetingTemplate"].clone()
    };
    assert_eq!(told(DISPATCH).await, meetings);
    assert_eq!(told(MEMORIAL).await, json!([]));
}
