//! Groups, on-call schedules with calendars in and out, and how people are reached.

use muster::domain::contact::{Channel, PlaceKind};
use serde_json::{Value, json};

use crate::support::hub::{DISPATCH, MEMORIAL, TestHub};

/// Harbor Fire registers somebody.
async fn person(hub: &TestHub, name: &str) -> String {
    let register =
        "mutation($name: String!) { registerPerson(input: { name: $name }) { person { id } } }";
    let answer = hub.ask(DISPATCH, register, json!({ "name": name })).await;
    answer["data"]["registerPerson"]["person"]["id"].as_str().unwrap().to_owned()
}

const MAKE: &str = "mutation($plan: SchedulePlanInput!) { makeSchedule(input: { plan: $plan }) {
    schedule { id name timeZone ended } refusal { code message } } }";

/// A week each, in New York.
fn weeks(members: &[&str]) -> Value {
    json!({
        "name": "Duty officer",
        "timeZone": "America/New_York",
        "rotations": [{
            "name": "First",
            "members": members,
            "firstDay": "2026-10-19",
            "handover": "08:00:00",
            "turnDays": 7,
        }],
        "holidays": [{ "date": "2026-11-26", "name": "Thanksgiving", "members": [members[0]] }],
    })
}

async fn schedule(hub: &TestHub, members: &[&str]) -> String {
    let answer = hub.ask(DISPATCH, MAKE, json!({ "plan": weeks(members) })).await;
    let made = &answer["data"]["makeSchedule"]["schedule"];
    made["id"].as_str().unwrap_or_else(|| panic!("not made: {answer}")).to_owned()
}

const FILE: &str = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:On Call - Sam\r\n\
    DTSTART;TZID=Eastern Standard Time:20261102T200000\r\nDURATION:PT4H\r\n\
    RRULE:FREQ=DAILY;COUNT=2\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Somebody\r\n\
    DTSTART:20261103T100000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn duty_goes_round_is_stood_in_for_and_comes_and_goes_as_a_calendar() {
    let hub = TestHub::shared_by_three(muster::hub::Clock::system()).await;
    let (sam, lee) = (person(&hub, "Sam").await, person(&hub, "Lee").await);
    let id = schedule(&hub, &[&sam, &lee]).await;
    let stand_in = "mutation($input: AddOverrideInput!) { addOverride(input: $input) {
        schedule { overrides { from personOut { name } personIn { name } reason by } }
        refusal { code } } }";
    let input = json!({ "input": {
        "schedule": id, "from": "2026-10-20T12:00:00Z", "to": "2026-10-20T16:00:00Z",
        "personOut": sam, "personIn": lee, "reason": "dentist",
    } });
    insta::assert_json_snapshot!(hub.ask(DISPATCH, stand_in, input).await, @r#"
    {
      "data": {
        "addOverride": {
          "schedule": {
            "overrides": [
              {
                "from": "2026-10-20T12:00:00Z",
                "personOut": {
                  "name": "Sam"
                },
                "personIn": {
                  "name": "Lee"
                },
                "reason": "dentist",
                "by": "hfd-dispatch"
              }
            ]
          },
          "refusal": null
        }
      }
    }
    "#);
    let import = "mutation($input: ImportCalendarInput!) { importCalendar(input: $input) {
        imported unmatched warnings { line says } refusal { code }
        schedule { calendars { name shifts } } } }";
    let input = json!({ "input": {
        "schedule": id, "name": "Network duty", "file": FILE,
        "from": "2026-10-01T00:00:00Z", "to": "2027-01-01T00:00:00Z",
        "people": [{ "text": "on call - sam", "person": sam }],
    } });
    insta::assert_json_snapshot!(hub.ask(DISPATCH, import, input).await, @r#"
    {
      "data": {
        "importCalendar": {
          "imported": 2,
          "unmatched": [
            "Somebody"
          ],
          "warnings": [],
          "refusal": null,
          "schedule": {
            "calendars": [
              {
                "name": "Network duty",
                "shifts": 2
              }
            ]
          }
        }
      }
    }
    "#);
    let look =
        "query($id: ID!, $at: DateTime!, $from: DateTime!, $to: DateTime!) { schedule(id: $id) {
        onCall(at: $at) { person { name } rotation why until }
        shifts(from: $from, to: $to) { person { name } rotation why from until }
        ical(from: $from, to: $to) } }";
    let over_the_change = json!({
        "id": id, "at": "2026-10-20T13:00:00Z",
        "from": "2026-10-30T00:00:00Z", "to": "2026-11-03T12:00:00Z",
    });
    let answer = hub.ask(DISPATCH, look, over_the_change.clone()).await;
    let shown = &answer["data"]["schedule"];
    insta::assert_json_snapshot!(json!([shown["onCall"], shown["shifts"]]), @r#"
    [
      [
        {
          "person": {
            "name": "Lee"
          },
          "rotation": "First",
          "why": "OVERRIDE",
          "until": "2026-10-20T16:00:00Z"
        }
      ],
      [
        {
          "person": {
            "name": "Lee"
          },
          "rotation": "First",
          "why": "ROTATION",
          "from": "2026-10-26T12:00:00Z",
          "until": "2026-11-02T13:00:00Z"
        },
        {
          "person": {
            "name": "Sam"
          },
          "rotation": "First",
          "why": "ROTATION",
          "from": "2026-11-02T13:00:00Z",
          "until": "2026-11-09T13:00:00Z"
        },
        {
          "person": {
            "name": "Sam"
          },
          "rotation": "Network duty",
          "why": "CALENDAR",
          "from": "2026-11-03T01:00:00Z",
          "until": "2026-11-03T05:00:00Z"
        }
      ]
    ]
    "#);
    let ical = shown["ical"].as_str().unwrap().replace("\r\n", "\n");
    let told = ical.lines().filter(|line| line.starts_with("SUMMARY") || line.starts_with("DT"));
    let told: Vec<_> = told.filter(|line| !line.starts_with("DTSTAMP")).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    DTSTART:20261026T120000Z
    DTEND:20261102T130000Z
    SUMMARY:Lee (First)
    DTSTART:20261102T130000Z
    DTEND:20261109T130000Z
    SUMMARY:Sam (First)
    DTSTART:20261103T010000Z
    DTEND:20261103T050000Z
    SUMMARY:Sam (Network duty)
    "#);
    // Another organization knows of nothing.
    let theirs = hub.ask(MEMORIAL, look, over_the_change).await;
    assert_eq!(theirs["data"]["schedule"], Value::Null);
    let list =
        hub.ask(MEMORIAL, "{ schedules { totalCount } groups { totalCount } }", json!({})).await;
    assert_eq!(
        list["data"],
        json!({ "schedules": { "totalCount": 0 }, "groups": { "totalCount": 0 } })
    );
    let refused = hub.ask(MEMORIAL, MAKE, json!({ "plan": weeks(&[&sam]) })).await;
    assert_eq!(refused["data"]["makeSchedule"]["refusal"]["code"], "PERSON_UNKNOWN");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_program_follows_a_schedule_by_its_address_with_a_token_as_password() {
    let hub = TestHub::shared_by_three(muster::hub::Clock::system()).await;
    let sam = person(&hub, "Sam").await;
    let id = schedule(&hub, &[&sam]).await;
    let address = hub.url(&format!("/schedules/{id}.ics"));
    let asked = |token| hub.client().get(&address).basic_auth("whoever", Some(token)).send();

    let reply = asked(DISPATCH).await.unwrap();
    assert_eq!(reply.headers()["content-type"], "text/calendar; charset=utf-8");
    let calendar = reply.text().await.unwrap();
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n"), "{calendar}");
    assert!(calendar.contains("SUMMARY:Sam (First)\r\n"), "{calendar}");
    let by_token = hub.client().get(&address).bearer_auth(DISPATCH).send().await.unwrap();
    assert!(by_token.text().await.unwrap().contains("SUMMARY:Sam (First)\r\n"));

    // Whoever does not see it learns nothing of it.
    let hidden = asked(MEMORIAL).await.unwrap();
    assert_eq!(hidden.status(), 404);
    let other = hub.url("/schedules/0196b000-0000-7000-8000-000000000009.ics");
    let unknown = hub.client().get(other).basic_auth("x", Some(MEMORIAL)).send().await.unwrap();
    assert_eq!(hidden.text().await.unwrap(), unknown.text().await.unwrap());
    let nobody = asked("mstr_of_nobody").await.unwrap();
    assert_eq!(nobody.status(), 401);
    assert!(nobody.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic "));
    // A password opens nothing else.
    let api = hub.client().get(hub.url("/graphql?query={hub{name}}"));
    let api = api.basic_auth("whoever", Some(DISPATCH)).send().await.unwrap();
    assert_eq!(api.status(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_made_filled_and_dissolved() {
    let hub = TestHub::start().await;
    let (sam, lee) = (person(&hub, "Sam").await, person(&hub, "Lee").await);
    let make = "mutation($input: MakeGroupInput!) { makeGroup(input: $input) {
        group { id name size members { name } } refusal { code } } }";
    let input = json!({ "input": { "name": "Swift water", "members": [sam] } });
    let made = hub.ask(DISPATCH, make, input.clone()).await;
    let id = made["data"]["makeGroup"]["group"]["id"].as_str().unwrap().to_owned();
    let twice = hub.ask(DISPATCH, make, input).await;
    assert_eq!(twice["data"]["makeGroup"]["refusal"]["code"], "GROUP_NAME_TAKEN");
    let change = "mutation($input: ChangeGroupMembersInput!) { changeGroupMembers(input: $input) {
        group { name size members { name } dissolved } refusal { code } } }";
    let input = json!({ "input": { "group": id, "add": [lee], "remove": [sam] } });
    insta::assert_json_snapshot!(hub.ask(DISPATCH, change, input).await, @r#"
    {
      "data": {
        "changeGroupMembers": {
          "group": {
            "name": "Swift water",
            "size": 1,
            "members": [
              {
                "name": "Lee"
              }
            ],
            "dissolved": false
          },
          "refusal": null
        }
      }
    }
    "#);
    let dissolve =
        "mutation($id: ID!) { dissolveGroup(input: { group: $id }) { group { dissolved } } }";
    hub.ask(DISPATCH, dissolve, json!({ "id": id })).await;
    let list = hub.ask(DISPATCH, "{ groups { totalCount } }", json!({})).await;
    assert_eq!(list["data"]["groups"]["totalCount"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn how_somebody_is_reached_is_checked_sealed_and_opened_only_within_the_hub() {
    let hub = TestHub::start().await;
    let sam = person(&hub, "Sam").await;
    let set = "mutation($input: SetContactInput!) { setContact(input: $input) {
        person { reachable } refusal { code message } } }";
    let contact = json!({
        "languages": ["es", "en-US"],
        "channels": [
            { "channel": "SMS", "address": "+1 202 555 0143",
              "quiet": { "from": "22:00:00", "to": "07:00:00", "timeZone": "America/New_York" } },
            { "channel": "EMAIL", "address": "sam@harbor.example" },
        ],
        "places": [{ "kind": "HOME", "position": [-71.05, 42.36] }],
    });
    let input = json!({ "input": { "person": sam, "contact": contact } });
    let answer = hub.ask(DISPATCH, set, input).await;
    assert_eq!(answer["data"]["setContact"]["person"]["reachable"], true, "{answer}");
    let wrong = json!({ "channels": [{ "channel": "SMS", "address": "202 555 0199" }] });
    let input = json!({ "input": { "person": sam, "contact": wrong } });
    let refused = hub.ask(DISPATCH, set, input).await;
    assert_eq!(refused["data"]["setContact"]["refusal"]["code"], "CONTACT_NUMBER_UNUSABLE");
    assert!(!refused["data"].to_string().contains("0199"));
    let opened = hub.hub().contact_of(sam.parse().unwrap()).await.unwrap().unwrap();
    let ways: Vec<_> = opened.channels.iter().map(|w| (w.channel, w.address.as_str())).collect();
    assert_eq!(ways, [(Channel::Sms, "+12025550143"), (Channel::Email, "sam@harbor.example")]);
    assert_eq!((opened.languages[0].as_str(), opened.places[0].kind), ("es", PlaceKind::Home));
    let world = &hub.hub().picture().world;
    let kept = String::from_utf8(world.to_snapshot().unwrap()).unwrap();
    assert!(!kept.contains("0143") && !kept.contains("sam@harbor") && !kept.contains("42.36"));
    let nobody = person(&hub, "Lee").await;
    assert!(hub.hub().contact_of(nobody.parse().unwrap()).await.unwrap().is_none());
}
