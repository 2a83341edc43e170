//! Two who have the same part of a plan open at once, by GraphQL.

use serde_json::{Value, json};

use super::planning::{Turned, division};
use crate::support::hub::{DISPATCH, MEMORIAL};

const READ: &str = "query($id: ID!) { period(id: $id) { assignments { id digest }
    digests { situation communications medical safety needs statusSummary } } }";

async fn read(turned: &Turned, token: &str, period: &str) -> Value {
    turned.hub.ask(token, READ, json!({ "id": period })).await["data"]["period"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_writes_over_what_they_have_not_read_is_refused() {
    let turned = Turned::start().await;
    let incident = turned.hub.open_incident("Mill Street fire", -71.06, 42.36).await;
    let plan = json!({ "incident": incident, "end": "2026-05-02T00:00:00Z" });
    let period = turned.must("planPeriod", plan).await;
    turned.must("assignWork", division(&period)).await;
    let before = read(&turned, DISPATCH, &period).await;

    // Dana and Lee have read the same; each part stands for itself.
    let over = &before["digests"];
    let safety = |message: &str| json!({ "period": period, "message": message, "hazards": [], "over": over["safety"] });
    turned.must("setSafetyPlan", safety("Watch the roof")).await;
    let payload = turned.ask(DISPATCH, "setSafetyPlan", safety("Mind the dam")).await;
    assert_eq!(payload["refusal"]["code"], "PART_OVERTAKEN");
    insta::assert_snapshot!(payload["refusal"]["message"], @r#""the safety plan (ICS 208, 215A) was changed since you read it; read it again and put your changes to that""#);
    let hospitals = json!([{ "name": "Memorial", "contact": "555-0100" }]);
    let medical = json!({ "period": period, "plan": { "hospitals": hospitals },
        "over": over["medical"] });
    turned.must("setMedicalPlan", medical).await;

    // An assignment too.
    let mut change = division(&period);
    change["assignment"] = before["assignments"][0]["id"].clone();
    change["over"] = before["assignments"][0]["digest"].clone();
    change["tasks"] = json!("Primary search of the roof");
    turned.must("assignWork", change.clone()).await;
    change["tasks"] = json!("Primary search of the cellar");
    let payload = turned.ask(DISPATCH, "assignWork", change).await;
    assert_eq!(payload["refusal"]["code"], "PART_OVERTAKEN");

    // Who is not shown the plan is not told either whether it says the same.
    let after = read(&turned, DISPATCH, &period).await;
    let differs = |part| before["digests"][part] != after["digests"][part];
    assert!(differs("safety") && differs("medical") && !differs("needs"));
    assert_eq!(read(&turned, MEMORIAL, &period).await, Value::Null);
}
