//! A Type 3 incident over two operational periods, by GraphQL alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use muster::hub::Clock;
use serde_json::{Value, json};

use super::agreements::{organizations, propose, sign};
use super::command::joined_by;
use crate::support::hub::{CHIEF, DISPATCH, HOSPITAL, TestHub};

const PERIOD: &str = "query($id: ID!) { period(id: $id) { number state start end
    objectives { priority text measure closed { outcome reason by } }
    situation { emphasis } meetings { name leads due held { by outcome } }
    assignments { place supervisor tasks channels } communications { name function zone number receive receiveTone mode } communicationsInstructions
    medical { hospitals { name groundMinutes } aviationRescue confirmed } safetyMessage hazards { mitigation }
    needs { place kind type required have need overhead equipment riskAccepted riskAcceptedBy }
    commanders { code } plan { number oral signatures { agency { code } by at } unsigned { code } approvedAt }
    planInForce { number assignments { place } } planChanged withheld } }";

/// A hub whose clock a test turns.
pub(super) struct Turned {
    pub(super) hub: TestHub,
    now: Arc<AtomicI64>,
}

impl Turned {
    pub(super) async fn start() -> Self {
        let noon: Timestamp = "2026-05-01T12:00:00Z".parse().unwrap();
        let now = Arc::new(AtomicI64::new(noon.as_microsecond()));
        let read = Arc::clone(&now);
        let by = move || Timestamp::from_microsecond(read.load(Ordering::Relaxed)).unwrap();
        Self { hub: TestHub::shared_by_three(Clock::by(by)).await, now }
    }

    fn pass(&self, hours: i64) {
        let time = i64::try_from(SignedDuration::from_hours(hours).as_micros()).unwrap();
        self.now.fetch_add(time, Ordering::Relaxed);
    }

    /// Asks for one thing and gives its payload.
    pub(super) async fn ask(&self, token: &str, mutation: &str, input: Value) -> Value {
        let of = match mutation {
            "setMeetingTemplate" => "organization",
            "registerPerson" | "joinOrganization" => "person",
            "assumeCommand" => "structure",
            _ => "period",
        };
        let input_type = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation($input: {input_type}!) {{ {mutation}(input: $input) {{
                {of} {{ id }} refusal {{ code message }} }} }}"
        );
        let answer = self.hub.ask(token, &query, json!({ "input": input })).await;
        let payload = answer["data"][mutation].clone();
        assert!(payload.is_object(), "{mutation}: {answer}");
        payload
    }

    /// The same for something that has to be carried out; gives the id of the period.
    pub(super) async fn must(&self, mutation: &str, input: Value) -> String {
        let payload = self.ask(DISPATCH, mutation, input).await;
        assert_eq!(payload["refusal"], Value::Null, "{mutation}");
        payload["period"]["id"].as_str().unwrap().to_owned()
    }

    pub(super) async fn period(&self, token: &str, id: &str) -> Value {
        self.hub.ask(token, PERIOD, json!({ "id": id })).await["data"]["period"].clone()
    }

    /// What is planned for the first period: all that a plan has.
    pub(super) async fn write_plan(&self, period: &str) {
        for (priority, text) in
            [("INCIDENT_STABILIZATION", "Hold the fire at the wall"), ("LIFE_SAFETY", "Search it")]
        {
            let measure = "no extension past the wall; all floors searched twice";
            let objective =
                json!({ "period": period, "priority": priority, "text": text, "measure": measure });
            self.must("setObjective", objective).await;
        }
        let emphasis = "Nobody goes in alone";
        self.must("setSituation", json!({ "period": period, "emphasis": emphasis })).await;
        let tac = json!({ "name": "TAC 1", "function": "tactical", "zone": "3", "number": "12",
            "receive": "155.340 N", "receiveTone": "156.7", "mode": "ANALOG" });
        let instructions = "Relay over Bell Hill";
        let channels = json!({ "period": period, "channels": [tac], "instructions": instructions });
        self.must("setCommunicationsPlan", channels).await;
        let hospital = json!({ "name": "Memorial", "contact": "555-0100", "groundMinutes": 12 });
        let medical = json!({ "period": period, "plan": { "hospitals": [hospital], "aviationRescue": true } });
        self.must("setMedicalPlan", medical).await;
        let hazard = json!({ "area": "East wing", "hazard": "Collapse", "mitigation": "Spotters" });
        let safety = json!({ "period": period, "message": "Watch the roof", "hazards": [hazard] });
        self.must("setSafetyPlan", safety).await;
        self.must("assignWork", division(period)).await;
        let need = json!({ "place": "Division A", "kind": "engine", "type": 3, "required": 3,
            "have": 2, "overhead": "1 strike team leader", "equipment": "Foam",
            "riskAccepted": "one line less" });
        self.must("setNeeds", json!({ "period": period, "needs": [need] })).await;
    }
}

pub(super) fn division(period: &str) -> Value {
    json!({ "period": period, "place": "Division A", "supervisor": "Captain Lee",
        "tasks": "Primary search of the east wing", "channels": ["TAC 1"] })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_runs_over_two_operational_periods_by_their_plans() {
    let turned = Turned::start().await;
    let incident = turned.hub.open_incident("Mill Street fire", -71.06, 42.36).await;
    let plan = |end| json!({ "incident": incident, "end": end });
    let first = turned.must("planPeriod", plan("2026-05-02T00:00:00Z")).await;
    turned.must("startPeriod", json!({ "period": first })).await;
    turned.write_plan(&first).await;
    turned.must("draftPlan", json!({ "period": first })).await;
    turned.must("approvePlan", json!({ "period": first, "revision": 1 })).await;
    insta::assert_snapshot!(pretty(&turned.period(DISPATCH, &first).await), @r#"
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
      "situation": {
        "emphasis": "Nobody goes in alone"
      },
      "meetings": [],
      "assignments": [
        {
          "place": "Division A",
          "supervisor": "Captain Lee",
          "tasks": "Primary search of the east wing",
          "channels": [
            "TAC 1"
          ]
        }
      ],
      "communications": [
        {
          "name": "TAC 1",
          "function": "tactical",
          "zone": "3",
          "number": "12",
          "receive": "155.340 N",
          "receiveTone": "156.7",
          "mode": "ANALOG"
        }
      ],
      "communicationsInstructions": "Relay over Bell Hill",
      "medical": {
        "hospitals": [
          {
            "name": "Memorial",
            "groundMinutes": 12
          }
        ],
        "aviationRescue": true,
        "confirmed": "2026-05-01T12:00:00Z"
      },
      "safetyMessage": "Watch the roof",
      "hazards": [
        {
          "mitigation": "Spotters"
        }
      ],
      "needs": [
        {
          "place": "Division A",
          "kind": "engine",
          "type": 3,
          "required": 3,
          "have": 2,
          "need": 1,
          "overhead": "1 strike team leader",
          "equipment": "Foam",
          "riskAccepted": "one line less",
          "riskAcceptedBy": "hfd-dispatch"
        }
      ],
      "commanders": [
        {
          "code": "HFD"
        }
      ],
      "plan": [
        {
          "number": 1,
          "oral": false,
          "signatures": [
            {
              "agency": {
                "code": "HFD"
              },
              "by": "hfd-dispatch",
              "at": "2026-05-01T12:00:00Z"
            }
          ],
          "unsigned": [],
          "approvedAt": "2026-05-01T12:00:00Z"
        }
      ],
      "planInForce": {
        "number": 1,
        "assignments": [
          {
            "place": "Division A"
          }
        ]
      },
      "planChanged": false,
      "withheld": []
    }
    "#);

    // The next one is planned while it runs. Its meetings are scheduled backward from midnight.
    turned.pass(2);
    let second = turned.must("planPeriod", plan("2026-05-02T12:00:00Z")).await;
    let held = json!({ "period": second, "meeting": "OBJECTIVES", "outcome": "as before" });
    turned.must("holdMeeting", held).await;
    turned.must("assignWork", division(&second)).await;
    turned.must("draftPlan", json!({ "period": second })).await;
    turned.must("approvePlan", json!({ "period": second, "revision": 1 })).await;

    // At midnight it begins, and whatever is asked next finds it so.
    turned.pass(10);
    let situation = json!({ "period": second, "emphasis": "Two in, two out" });
    turned.must("setSituation", situation).await;
    let old = turned.ask(DISPATCH, "approvePlan", json!({ "period": second, "revision": 1 })).await;
    assert_eq!(old["refusal"]["code"], "PLAN_CHANGED");
    insta::assert_snapshot!(pretty(&turned.period(DISPATCH, &second).await), @r#"
    {
      "number": 2,
      "state": "CURRENT",
      "start": "2026-05-02T00:00:00Z",
      "end": "2026-05-02T12:00:00Z",
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
      "situation": {
        "emphasis": "Two in, two out"
      },
      "meetings": [
        {
          "name": "objectives meeting",
          "leads": "Incident Commander",
          "due": "2026-05-01T16:00:00Z",
          "held": {
            "by": "hfd-dispatch",
            "outcome": "as before"
          }
        },
        {
          "name": "command and general staff meeting",
          "leads": "Incident Commander",
          "due": "2026-05-01T16:30:00Z",
          "held": null
        },
        {
          "name": "preparation of the tactics meeting",
          "leads": "Operations Section Chief",
          "due": "2026-05-01T17:00:00Z",
          "held": null
        },
        {
          "name": "tactics meeting",
          "leads": "Operations Section Chief",
          "due": "2026-05-01T17:30:00Z",
          "held": null
        },
        {
          "name": "preparation of the planning meeting",
          "leads": "Planning Section Chief",
          "due": "2026-05-01T18:30:00Z",
          "held": null
        },
        {
          "name": "planning meeting",
          "leads": "Planning Section Chief",
          "due": "2026-05-01T19:30:00Z",
          "held": null
        },
        {
          "name": "preparation and approval of the plan",
          "leads": "Planning Section Chief",
          "due": "2026-05-01T22:00:00Z",
          "held": null
        },
        {
          "name": "operational period briefing",
          "leads": "Planning Section Chief",
          "due": "2026-05-01T23:00:00Z",
          "held": null
        }
      ],
      "assignments": [
        {
          "place": "Division A",
          "supervisor": "Captain Lee",
          "tasks": "Primary search of the east wing",
          "channels": [
            "TAC 1"
          ]
        }
      ],
      "communications": [
        {
          "name": "TAC 1",
          "function": "tactical",
          "zone": "3",
          "number": "12",
          "receive": "155.340 N",
          "receiveTone": "156.7",
          "mode": "ANALOG"
        }
      ],
      "communicationsInstructions": "Relay over Bell Hill",
      "medical": {
        "hospitals": [
          {
            "name": "Memorial",
            "groundMinutes": 12
          }
        ],
        "aviationRescue": true,
        "confirmed": "2026-05-01T12:00:00Z"
      },
      "safetyMessage": null,
      "hazards": [],
      "needs": [],
      "commanders": [
        {
          "code": "HFD"
        }
      ],
      "plan": [
        {
          "number": 1,
          "oral": false,
          "signatures": [
            {
              "agency": {
                "code": "HFD"
              },
              "by": "hfd-dispatch",
              "at": "2026-05-01T14:00:00Z"
            }
          ],
          "unsigned": [],
          "approvedAt": "2026-05-01T14:00:00Z"
        }
      ],
      "planInForce": {
        "number": 1,
        "assignments": [
          {
            "place": "Division A"
          }
        ]
      },
      "planChanged": true,
      "withheld": []
    }
    "#);
    turned.must("draftPlan", json!({ "period": second })).await;
    turned.must("approvePlan", json!({ "period": second, "revision": 2 })).await;
    let of_incident = "query($id: ID!) { incident(id: $id) { currentPeriod { number planChanged
        planInForce { number } } periods { nodes { number state } }
        timeline { nodes { what } } } }";
    let mut answer = turned.hub.ask(DISPATCH, of_incident, json!({ "id": incident })).await;
    // A watchdog may have been quicker than the new revision, or not.
    let lines = &mut answer["data"]["incident"]["timeline"]["nodes"];
    let barks = ["sign the next revision", "the hospitals in the medical plan"];
    let barked = |line: &Value| barks.iter().any(|b| line["what"].as_str().unwrap().contains(b));
    lines.as_array_mut().unwrap().retain(|line| !barked(line));
    insta::assert_snapshot!(pretty(&answer["data"]["incident"]), @r#"
    {
      "currentPeriod": {
        "number": 2,
        "planChanged": false,
        "planInForce": {
          "number": 2
        }
      },
      "periods": {
        "nodes": [
          {
            "number": 1,
            "state": "OVER"
          },
          {
            "number": 2,
            "state": "CURRENT"
          }
        ]
      },
      "timeline": {
        "nodes": [
          {
            "what": "opened as active"
          },
          {
            "what": "operational period 1 planned, from 2026-05-01 12:00 UTC to 2026-05-02 00:00 UTC"
          },
          {
            "what": "operational period 1 began"
          },
          {
            "what": "plan of period 1 drafted, revision 1"
          },
          {
            "what": "plan of period 1 approved, revision 1"
          },
          {
            "what": "operational period 2 planned, from 2026-05-02 00:00 UTC to 2026-05-02 12:00 UTC"
          },
          {
            "what": "objectives meeting of period 2 held"
          },
          {
            "what": "plan of period 2 drafted, revision 1"
          },
          {
            "what": "plan of period 2 approved, revision 1"
          },
          {
            "what": "operational period 2 began"
          },
          {
            "what": "plan of period 2 drafted, revision 2"
          },
          {
            "what": "plan of period 2 approved, revision 2"
          }
        ]
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn under_unified_command_a_plan_is_in_force_when_every_agency_has_signed() {
    let turned = Turned::start().await;
    let ids = organizations(&turned.hub).await;
    let incident = turned.hub.open_incident("Mill Street fire", -71.06, 42.36).await;
    let done = async |token, mutation: &str, input| {
        let payload = turned.ask(token, mutation, input).await;
        assert_eq!(payload["refusal"], Value::Null, "{mutation}");
        payload
    };
    let member = async |token, code: &str| {
        let payload = done(token, "registerPerson", json!({ "name": "Chief" })).await;
        let person = payload["person"]["id"].clone();
        let joins = json!({ "person": person, "organization": ids[code], "title": "Chief" });
        done(token, "joinOrganization", joins).await;
        person
    };
    let (dana, sam) = (member(CHIEF, "HFD").await, member(HOSPITAL, "MEM").await);
    let assumes = json!({ "incident": incident, "person": dana });
    let payload = done(CHIEF, "assumeCommand", assumes).await;

    // The two show each other who they are, and nothing else.
    let both = json!([ids["HFD"], ids["MEM"]]);
    let term = json!({ "gives": both, "receives": both, "records": ["PERSON"],
        "groups": ["IDENTITY"] });
    let agreement = json!({ "title": "Chiefs", "purpose": "Command", "parties": both,
        "terms": [term] });
    let agreement = propose(&turned.hub, &agreement).await;
    sign(&turned.hub, HOSPITAL, &agreement).await;
    let plan = json!({ "incident": incident, "end": "2026-05-02T00:00:00Z" });
    let period = turned.must("planPeriod", plan).await;
    turned.write_plan(&period).await;
    assert_eq!(turned.period(HOSPITAL, &period).await, Value::Null, "it is not in command yet");
    let joins = json!({ "structure": payload["structure"]["id"], "person": sam,
        "organization": ids["MEM"], "reason": "patients inside" });
    joined_by(&turned.hub, HOSPITAL, joins).await;

    turned.must("draftPlan", json!({ "period": period })).await;
    let revision = json!({ "period": period, "revision": 1 });
    turned.must("approvePlan", revision.clone()).await;
    let standing = async || {
        let period = turned.period(HOSPITAL, &period).await;
        let unsigned = period["plan"][0]["unsigned"].clone();
        (unsigned, period["planInForce"]["number"].clone())
    };
    assert_eq!(standing().await, (json!([{ "code": "MEM" }]), Value::Null));
    done(HOSPITAL, "approvePlan", revision).await;
    assert_eq!(standing().await, (json!([]), json!(1)));
}

pub(super) fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}
