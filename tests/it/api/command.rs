//! Command over the API alone: handed over with a briefing, shared by agencies, helped by a center.

use std::sync::Arc;

use muster::domain::resource::{AdoptDefinitions, definition};
use muster::domain::{Principal, RecordRef, Scope};
use muster::hub::Clock;
use serde_json::{Value, json};

use super::agreements::{organizations, propose, sign};
use super::mutual_aid::{content, mutate};
use crate::support::aid::engine;
use crate::support::hub::{CHIEF, DISPATCH, HOSPITAL, TestHub};

const STRUCTURE: &str = "structure { id commanders { person { name } organization { code } } }";

/// Somebody who is a member of an organization.
async fn member(hub: &TestHub, token: &str, name: &str, organization: &Value) -> Value {
    let person = mutate(hub, token, "registerPerson", json!({ "name": name }), "person { id }");
    let person = person.await["person"]["id"].clone();
    let joins = json!({ "person": person, "organization": organization, "title": "captain" });
    mutate(hub, token, "joinOrganization", joins, "person { id }").await;
    person
}

/// Dana of Harbor Fire and Lee of the hospital, which show each other their people and incidents.
async fn chiefs(hub: &TestHub, ids: &Value) -> (Value, Value) {
    let dana = member(hub, CHIEF, "Dana Reyes", &ids["HFD"]).await;
    let lee = member(hub, HOSPITAL, "Lee Chan", &ids["MEM"]).await;
    let both = json!([ids["HFD"], ids["MEM"]]);
    let term = json!({ "gives": both, "receives": both, "records": ["PERSON", "INCIDENT"],
        "groups": ["IDENTITY"] });
    let agreement = json!({ "title": "Chiefs", "purpose": "Command", "parties": both,
        "terms": [term] });
    let agreement = propose(hub, &agreement).await;
    sign(hub, HOSPITAL, &agreement).await;
    (dana, lee)
}

/// The chief asks another agency to join command, and it does.
pub(super) async fn joined_by(hub: &TestHub, token: &str, joins: Value) {
    let structure = joins["structure"].clone();
    let shows = "structure { transfers(open: true) { id } }";
    let asked = mutate(hub, CHIEF, "joinCommand", joins, shows).await;
    let transfer = asked["structure"]["transfers"][0]["id"].clone();
    let accepts = json!({ "structure": structure, "transfer": transfer });
    let joined = mutate(hub, token, "acceptTransfer", accepts, "structure { kind }").await;
    assert_eq!(joined["refusal"], Value::Null, "{joined}");
}

/// Why a mutation was refused, in a line.
async fn refusal(hub: &TestHub, token: &str, name: &str, input: Value) -> String {
    let of = match name {
        "assignResource" => "resource { id }",
        "changeStatus" => "incident { id }",
        "openPost" => "post { id }",
        _ => "structure { id }",
    };
    let refusal = mutate(hub, token, name, input, of).await["refusal"].clone();
    let text = |field: &str| refusal[field].as_str().unwrap_or("carried out").to_owned();
    format!("{}: {}\n", text("code"), text("message"))
}

/// An engine of Harbor Fire that is checked in at an incident; gives its id.
async fn engine_at(hub: &TestHub, incident: &str) -> Value {
    let operator = Arc::new(Principal::hub());
    let source = definition::BUILT_IN[0].to_owned();
    hub.hub().submit(&operator, AdoptDefinitions { source }, None, "t".into()).await.unwrap();
    let scopes = vec![Scope::Read, Scope::Write];
    let fire = Arc::new(Principal::new("hfd-desk", Some("HFD".to_owned()), scopes));
    let answer = hub.hub().submit(&fire, engine("Engine 7"), None, "t".into()).await.unwrap();
    let RecordRef::Resource(engine) = answer.subject else { panic!("no resource") };
    let engine = json!(engine.to_string());
    let there = json!({ "resource": engine, "incident": incident });
    mutate(hub, DISPATCH, "commitResource", there.clone(), "resource { id }").await;
    let arrives = json!({ "resource": engine, "incident": incident, "people": 4, "place": "ICP" });
    mutate(hub, DISPATCH, "checkInResource", arrives, "resource { id }").await;
    engine
}

#[tokio::test(flavor = "multi_thread")]
async fn command_is_handed_over_with_a_briefing_and_never_lapses() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let ids = organizations(&hub).await;
    let dana = member(&hub, CHIEF, "Dana Reyes", &ids["HFD"]).await;
    let sam = member(&hub, CHIEF, "Sam Ortiz", &ids["HFD"]).await;
    let incident = hub.open_incident("Mill Street", -71.06, 42.36).await;
    engine_at(&hub, &incident).await;
    let assumes = json!({ "incident": incident, "person": dana });
    let assumed = mutate(&hub, CHIEF, "assumeCommand", assumes.clone(), STRUCTURE).await;
    let structure = assumed["structure"]["id"].clone();
    let draft = json!({ "incident": incident, "content": content() });
    mutate(&hub, DISPATCH, "draftRequest", draft, "request { id }").await;

    let proposes = |to: &Value| json!({ "structure": structure, "to": to, "reason": "shift ends" });
    let leaves = json!({ "structure": structure, "reason": "done" });
    let mut said = refusal(&hub, CHIEF, "assumeCommand", assumes).await;
    said += &refusal(&hub, CHIEF, "leaveCommand", leaves).await;
    said += &refusal(&hub, CHIEF, "proposeTransfer", proposes(&dana)).await;
    let shows = "structure { transfers { id stage briefing { vacancies
        posts { name holders } resources { stage resource { name } }
        requests { status outstanding } deadlines { what } } } }";
    let proposed = mutate(&hub, CHIEF, "proposeTransfer", proposes(&sam), shows).await;
    let transfer = &proposed["structure"]["transfers"][0];
    insta::assert_json_snapshot!(transfer["briefing"], @r#"
    {
      "vacancies": [],
      "posts": [
        {
          "name": "Incident Commander",
          "holders": [
            "Dana Reyes"
          ]
        }
      ],
      "resources": [
        {
          "stage": "CHECKED_IN",
          "resource": {
            "name": "Engine 7"
          }
        }
      ],
      "requests": [
        {
          "status": "a draft",
          "outstanding": 2
        }
      ],
      "deadlines": []
    }
    "#);
    said += &refusal(&hub, CHIEF, "proposeTransfer", proposes(&sam)).await;
    let accepts = json!({ "structure": structure, "transfer": transfer["id"] });
    let accepted = mutate(&hub, CHIEF, "acceptTransfer", accepts.clone(), STRUCTURE).await;
    assert_eq!(
        accepted["structure"]["commanders"],
        json!([{ "person": { "name": "Sam Ortiz" }, "organization": { "code": "HFD" } }])
    );
    said += &refusal(&hub, CHIEF, "acceptTransfer", accepts).await;
    insta::assert_snapshot!(said, @r#"
    COMMAND_HELD: incident HFD-2026-00001 has a commander; take command over by a transfer, or join
    COMMAND_WOULD_LAPSE: command never lapses: a commander is not relieved; transfer command, or leave Unified Command (`leaveCommand`) while another commander stays
    TRANSFER_TO_HOLDER: command cannot be transferred to whoever holds it
    TRANSFER_OPEN: a transfer from this commander is open; wait for the answer, or withdraw it
    TRANSFER_STAGE: this transfer is carried out and cannot be accepted
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_agencies_command_and_decide_together_and_a_center_supports_them() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let ids = organizations(&hub).await;
    let (dana, lee) = chiefs(&hub, &ids).await;
    let incident = hub.open_incident("Mill Street", -71.06, 42.36).await;
    let engine = engine_at(&hub, &incident).await;
    let assumes = json!({ "incident": incident, "person": dana });
    let assumed = mutate(&hub, CHIEF, "assumeCommand", assumes, STRUCTURE).await;
    let structure = assumed["structure"]["id"].clone();
    let joins = json!({ "structure": structure, "person": lee, "organization": ids["MEM"],
        "reason": "patients inside" });
    // Nobody is put into command by others: the hospital is asked, and says yes.
    let shows = "structure { kind transfers { id joins stage from { name } to { name } } }";
    let asked = mutate(&hub, CHIEF, "joinCommand", joins.clone(), shows).await;
    insta::assert_json_snapshot!(asked["structure"], { ".transfers[0].id" => "[id]" }, @r#"
    {
      "kind": "INCIDENT_COMMAND",
      "transfers": [
        {
          "id": "[id]",
          "joins": true,
          "stage": "PROPOSED",
          "from": {
            "name": "Dana Reyes"
          },
          "to": {
            "name": "Lee Chan"
          }
        }
      ]
    }
    "#);
    let mut said = refusal(&hub, CHIEF, "joinCommand", joins.clone()).await;
    let accepts = json!({ "structure": structure,
        "transfer": asked["structure"]["transfers"][0]["id"] });
    said += &refusal(&hub, CHIEF, "acceptTransfer", accepts.clone()).await;
    // Until then it reads, and does nothing that is for those in command.
    let closes = json!({ "incident": incident, "to": "CLOSED", "reason": "we say so" });
    let opens = json!({ "structure": structure, "position": "OSC" });
    said += &refusal(&hub, HOSPITAL, "changeStatus", closes).await;
    said += &refusal(&hub, HOSPITAL, "openPost", opens).await;
    let joined = mutate(&hub, HOSPITAL, "acceptTransfer", accepts, shows).await;
    assert_eq!(joined["structure"]["kind"], "UNIFIED_COMMAND", "{joined}");
    said += &refusal(&hub, CHIEF, "joinCommand", joins).await;

    // Check 16: what all have to sign is agreed when all have.
    let shows = "structure { jointDecisions { id agreedAt missing { code } } }";
    let what = json!({ "structure": structure, "what": "evacuate the east bank" });
    let proposed = mutate(&hub, CHIEF, "proposeJointly", what, shows).await;
    let decision = &proposed["structure"]["jointDecisions"][0];
    assert_eq!(decision["missing"], json!([{ "code": "MEM" }]));
    let signs = json!({ "structure": structure, "decision": decision["id"] });
    said += &refusal(&hub, CHIEF, "signJointly", signs.clone()).await;
    let signed = mutate(&hub, HOSPITAL, "signJointly", signs, shows).await;
    assert!(signed["structure"]["jointDecisions"][0]["agreedAt"].is_string(), "{signed}");

    // Check 17: the hospital's center directs no tactics once the hospital commands no more.
    let center = json!({ "name": "Hospital EOC", "model": "EOC_DEPARTMENTAL", "level": 2,
        "director": lee, "supports": [incident], "waiver": "directs from afar" });
    let level = json!({ "level": 4 });
    let unusual: serde_json::Map<_, _> = { center.as_object().unwrap().clone().into_iter() }
        .chain(level.as_object().unwrap().clone())
        .collect();
    said += &refusal(&hub, HOSPITAL, "activateEoc", Value::Object(unusual)).await;
    let shows = "structure { live eoc { name level } }";
    let active = mutate(&hub, HOSPITAL, "activateEoc", center, shows).await;
    assert_eq!(active["structure"]["live"], true, "{active}");
    let assign =
        json!({ "resource": engine, "incident": incident, "to": { "name": "Division A" } });
    said += &refusal(&hub, HOSPITAL, "assignResource", assign.clone()).await;
    said += &refusal(&hub, DISPATCH, "assignResource", assign).await;
    insta::assert_snapshot!(said, @r#"
    AGENCY_ASKED: this agency was asked to join command already; wait for its answer, or withdraw the question
    NOT_THE_SIDE: only the incoming commander or their organization may do this
    NOT_PERMITTED: `mem-desk` may not do this: no policy permits `changeStatus` on it to this account; an administrator of yours may, or whoever has or leads it: ask them to do it, or for an agreement that allows it
    NOT_PERMITTED: `mem-desk` may not do this: no policy permits `openPost` on it to this account; an administrator of yours may, or whoever has or leads it: ask them to do it, or for an agreement that allows it
    AGENCY_COMMANDS: this agency has a commander already; Unified Command has one each agency
    NOTHING_TO_SIGN: this organization has nothing to sign: it holds no command here, or signed already
    EOC_LEVEL_UNKNOWN: activation level 4 does not exist; 3 is normal operations, 1 full activation
    carried out: carried out
    carried out: carried out
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_brings_its_incident_under_an_area_command_in_which_it_sits() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let ids = organizations(&hub).await;
    let (dana, lee) = chiefs(&hub, &ids).await;
    let area = hub.open_incident("River fires", -71.06, 42.36).await;
    let opens = json!({ "name": "Ward evacuation", "kind": "other",
        "location": { "point": [-71.06, 42.36] } });
    let own = mutate(&hub, HOSPITAL, "openIncident", opens, "incident { id }").await;
    let own = own["incident"]["id"].clone();
    let north = json!({ "name": "North bank", "kind": "other", "parent": area,
        "location": { "point": [-71.07, 42.37] } });
    mutate(&hub, CHIEF, "openIncident", north, "incident { id }").await;
    let assumes = json!({ "incident": area, "person": dana, "area": true });
    let assumed = mutate(&hub, CHIEF, "assumeCommand", assumes, STRUCTURE).await;
    let part = json!({ "incident": own, "parent": area });
    let shows = "incident { parent { name } }";
    let refused = mutate(&hub, HOSPITAL, "setParent", part.clone(), shows).await;
    assert_eq!(refused["refusal"]["code"], "NOT_PERMITTED", "{refused}");
    // By giving the agency a seat the area command takes its incidents in.
    let joins = json!({ "structure": assumed["structure"]["id"], "person": lee,
        "organization": ids["MEM"], "reason": "patients on both banks" });
    joined_by(&hub, HOSPITAL, joins).await;
    let joined = mutate(&hub, HOSPITAL, "setParent", part, shows).await;
    assert_eq!(joined["incident"]["parent"]["name"], "River fires", "{joined}");
}
