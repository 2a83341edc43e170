//! Managing accounts, tokens and sessions by the API.

use muster::domain::account::Disable;
use muster::domain::{Reach, Scope};
use serde_json::{Value, json};

use super::{Browser, add_account, add_hospital, error, grant, organization, submit};
use crate::support::hub::{OPERATOR, READER, TestHub};

const READ_ADMINISTER: [Scope; 2] = [Scope::Read, Scope::Administer];
const ACCOUNTS: &str = "{ accounts { nodes { login grants { organization { code } scopes } } } }";
const ISSUE: &str = "mutation($input: IssueTokenInput!) {
    issueToken(input: $input) {
        secret token { id label scopes account organization { code } } refusal { code message }
    }
}";

fn in_a_day(hub: &TestHub) -> String {
    (hub.hub().clock().now() + jiff::SignedDuration::from_hours(24)).to_string()
}

/// A mutation with one input, and the record's id in its payload.
fn mutation(name: &str, input: &str, fields: &str) -> String {
    format!(
        "mutation($input: {input}!) {{ {name}(input: $input) {{ {fields} refusal {{ code message }} }} }}"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_runs_the_hub_lets_a_colleague_in_and_out_again() {
    let hub = TestHub::start().await;
    let create = mutation("createAccount", "CreateAccountInput", "account { id login enabled }");
    let organization = organization(&hub, "HFD").to_string();
    let input = json!({
        "login": "kim", "name": "Kim Lee", "organization": organization,
        "scopes": ["READ"], "idempotencyKey": "kim",
    });
    let made = hub.ask(OPERATOR, &create, json!({ "input": input })).await;
    let again = hub.ask(OPERATOR, &create, json!({ "input": input })).await;
    assert_eq!(made, again);
    let account = &made["data"]["createAccount"]["account"]["id"];
    let link = mutation("createSetupLink", "AccountInput", "link");
    let link = hub.ask(OPERATOR, &link, json!({ "input": { "account": account } })).await;
    let link = link["data"]["createSetupLink"]["link"].as_str().unwrap().to_owned();
    let (_, secret) = link.split_once('#').unwrap();
    let body = json!({ "secret": secret, "password": super::PASSWORD });
    assert_eq!(super::post(&hub, "/setup", &body).send().await.unwrap().status(), 201);

    let kim = Browser::log_in(&hub, "kim").await;
    insta::assert_json_snapshot!(kim.ask(ACCOUNTS, json!({})).await["data"], @r#"
    {
      "accounts": {
        "nodes": [
          {
            "login": "kim",
            "grants": [
              {
                "organization": {
                  "code": "HFD"
                },
                "scopes": [
                  "READ"
                ]
              }
            ]
          }
        ]
      }
    }
    "#);
    let sessions = "{ sessions { nodes { id account way current } } }";
    let known = hub.ask(OPERATOR, sessions, json!({})).await;
    assert_eq!(known["data"]["sessions"]["nodes"].as_array().unwrap().len(), 2);
    let own = kim.ask(sessions, json!({})).await;
    let current: Vec<_> = own["data"]["sessions"]["nodes"].as_array().unwrap().iter().collect();
    assert_eq!((&current[0]["current"], &current[1]["current"]), (&json!(false), &json!(true)));
    let end = mutation("endSession", "EndSessionInput", "sequence");
    let ended = kim.ask(&end, json!({ "input": { "session": current[0]["id"] } })).await;
    assert_eq!(ended["data"]["endSession"]["refusal"], Value::Null, "{ended}");

    let disable = mutation("disableAccount", "AccountInput", "account { enabled }");
    hub.ask(OPERATOR, &disable, json!({ "input": { "account": account } })).await;
    let me = kim.graphql("{ me { principal } }", &json!({})).send().await.unwrap();
    assert_eq!(me.status(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_manages_the_own_organization_and_sees_no_other() {
    let hub = TestHub::start().await;
    add_hospital(&hub).await;
    add_account(&hub, "lee", Some("HFD"), &READ_ADMINISTER).await;
    add_account(&hub, "mo", Some("MEM"), &READ_ADMINISTER).await;
    let (lee, mo) = (Browser::log_in(&hub, "lee").await, Browser::log_in(&hub, "mo").await);
    let code = |code| json!(organization(&hub, code).to_string());
    let (hfd, mem) = (code("HFD"), code("MEM"));
    let token = |organization: &Value, scopes: Value| {
        json!({ "input": {
            "label": "cad", "organization": organization, "scopes": scopes,
            "expires": in_a_day(&hub),
        }})
    };
    let issued = lee.ask(ISSUE, token(&hfd, json!(["READ"]))).await;
    let issued = &issued["data"]["issueToken"];
    assert_eq!(issued["refusal"], Value::Null, "{issued}");
    let secret = issued["secret"].as_str().unwrap();
    let me = hub.ask(secret, "{ me { principal } }", json!({})).await;
    assert_eq!(me["data"]["me"]["principal"], "HFD/cad");

    for refused in [token(&mem, json!(["READ"])), token(&Value::Null, json!(["OPERATE"]))] {
        let said = lee.ask(ISSUE, refused).await;
        assert_eq!(said["data"]["issueToken"]["refusal"]["code"], "OUT_OF_REACH", "{said}");
    }
    let tokens = "{ tokens { nodes { label lastUsed } } }";
    assert_eq!(mo.ask(tokens, json!({})).await["data"]["tokens"]["nodes"], json!([]));
    let revoke = mutation("revokeToken", "RevokeTokenInput", "token { revoked }");
    let input = json!({ "input": { "token": issued["token"]["id"] } });
    let said = mo.ask(&revoke, input.clone()).await;
    assert_eq!(said["data"]["revokeToken"]["refusal"]["code"], "TOKEN_UNKNOWN", "{said}");
    lee.ask(&revoke, input).await;
    assert_eq!(hub.send(secret, "{ me { principal } }", json!({})).await.status(), 401);
    insta::assert_json_snapshot!(lee.ask(ACCOUNTS, json!({})).await["data"], @r#"
    {
      "accounts": {
        "nodes": [
          {
            "login": "lee",
            "grants": [
              {
                "organization": {
                  "code": "HFD"
                },
                "scopes": [
                  "READ",
                  "ADMINISTER"
                ]
              }
            ]
          }
        ]
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_has_tokens_of_their_own_that_may_do_no_more_than_they() {
    let hub = TestHub::start().await;
    add_account(&hub, "dana", Some("HFD"), &[Scope::Read]).await;
    let dana = Browser::log_in(&hub, "dana").await;
    let organization = json!(organization(&hub, "HFD").to_string());
    let input = |scopes: Value, own: bool| {
        json!({ "input": {
            "label": "script", "organization": organization, "scopes": scopes, "own": own,
            "expires": in_a_day(&hub), "idempotencyKey": format!("{own}"),
        }})
    };
    let foreign = dana.ask(ISSUE, input(json!(["READ"]), false)).await;
    insta::assert_json_snapshot!(foreign["data"]["issueToken"]["refusal"], @r#"
    {
      "code": "OUT_OF_REACH",
      "message": "`dana` may not do this: it needs the scope `operate`"
    }
    "#);
    let more = dana.ask(ISSUE, input(json!(["WRITE"]), true)).await;
    insta::assert_json_snapshot!(more["data"]["issueToken"]["refusal"], @r#"
    {
      "code": "OUT_OF_REACH",
      "message": "`dana` may not do this: it needs the scope `write`"
    }
    "#);
    let read = input(json!(["READ"]), true);
    let issued = dana.ask(ISSUE, read.clone()).await;
    let secret = issued["data"]["issueToken"]["secret"].as_str().unwrap();
    let me = hub.ask(secret, "{ me { principal account { login } } }", json!({})).await;
    assert_eq!(me["data"]["me"], json!({ "principal": "dana:script", "account": null }));
    // A request that is repeated is the same token, whose secret is not known any more.
    let again = dana.ask(ISSUE, read).await;
    let (first, again) = (&issued["data"]["issueToken"], &again["data"]["issueToken"]);
    assert_eq!((&again["token"], &again["secret"]), (&first["token"], &Value::Null));
    // It can do less as soon as its owner can, and nothing when the account lets nobody in.
    let account = hub.hub().picture().world.account_by_login("dana").unwrap().id;
    let ask = async || error(hub.send(secret, "{ me { principal } }", json!({})).await).await;
    grant(&hub, "dana", "HFD", &[Scope::Ingest]).await;
    insta::assert_snapshot!(ask().await, @r#"401 "UNAUTHENTICATED": "the account behind this token no longer has these rights; ask for a new one""#);
    grant(&hub, "dana", "HFD", &[Scope::Read]).await;
    submit(&hub, Disable { reach: Reach::Hub, account }).await;
    insta::assert_snapshot!(ask().await, @r#"401 "UNAUTHENTICATED": "the account is disabled; an administrator can enable it""#);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_manages_nothing_sees_nobody() {
    let hub = TestHub::start().await;
    add_account(&hub, "dana", Some("HFD"), &[Scope::Read]).await;
    let all = "{ accounts { totalCount } tokens { totalCount } sessions { totalCount } }";
    let seen = hub.ask(READER, all, json!({})).await;
    insta::assert_json_snapshot!(seen["data"], @r#"
    {
      "accounts": {
        "totalCount": 0
      },
      "tokens": {
        "totalCount": 0
      },
      "sessions": {
        "totalCount": 0
      }
    }
    "#);
    let create = mutation("createAccount", "CreateAccountInput", "account { id }");
    let input = json!({ "input": { "login": "eve", "name": "Eve", "scopes": ["OPERATE"] } });
    let said = hub.ask(READER, &create, input).await;
    assert_eq!(said["data"]["createAccount"]["refusal"]["code"], "OUT_OF_REACH");
}
