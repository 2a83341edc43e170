//! Passwords, sessions, and requests from pages that are not the hub's own.

use std::time::Duration;

use muster::domain::Scope;
use muster::identity::{SESSION_IDLE_MAX, SESSION_LIFE};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::{Browser, HandClock, PASSWORD, add_account, add_hospital, body, error, grant, post};
use crate::support::hub::{READER, TestHub};
use crate::support::maps::{archive, open};

const ME: &str = "{ me { principal organization { code } scopes account { login } } }";

async fn try_log_in(hub: &TestHub, login: &str, password: &str) -> Response {
    let body = json!({ "login": login, "password": password });
    post(hub, "/session", &body).send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn dana_logs_in_works_for_her_organization_and_logs_out() {
    let hub = TestHub::start().await;
    add_account(&hub, "dana", Some("HFD"), &[Scope::Read, Scope::Write]).await;
    let dana = Browser::log_in(&hub, "DANA").await;
    insta::assert_json_snapshot!(dana.ask(ME, json!({})).await, @r#"
    {
      "data": {
        "me": {
          "principal": "dana",
          "organization": {
            "code": "HFD"
          },
          "scopes": [
            "READ",
            "WRITE"
          ],
          "account": {
            "login": "dana"
          }
        }
      }
    }
    "#);
    let session = body(dana.request(Method::GET, "/session").send().await.unwrap()).await;
    assert_eq!(session["csrf"], json!(dana.csrf));
    assert_eq!(session["account"]["login"], "dana");
    insta::assert_json_snapshot!(session["organizations"], @r#"
    [
      {
        "code": "HFD",
        "name": "Harbor Fire Department",
        "scopes": [
          "read",
          "write"
        ]
      }
    ]
    "#);

    let gone = dana.request(Method::DELETE, "/session").send().await.unwrap();
    assert_eq!(gone.status(), 204);
    assert!(gone.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    let refused = dana.graphql(ME, &json!({})).send().await.unwrap();
    insta::assert_snapshot!(error(refused).await, @r#"401 "UNAUTHENTICATED": "this log-in has ended; log in again""#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_login_are_told_alike() {
    let hub = TestHub::start().await;
    add_account(&hub, "dana", Some("HFD"), &[Scope::Read]).await;
    let wrong = error(try_log_in(&hub, "dana", "wrong horse battery").await).await;
    let unknown = error(try_log_in(&hub, "nobody", "wrong horse battery").await).await;
    assert_eq!(wrong, unknown);
    insta::assert_snapshot!(wrong, @r#"401 "WRONG": "login or password is wrong""#);
    assert_eq!(try_log_in(&hub, &"x".repeat(5_000), "wrong").await.status(), 401);
    assert_eq!(try_log_in(&hub, &"x".repeat(50_000), "wrong").await.status(), 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_acts_for_two_organizations_says_for_which() {
    let hub = TestHub::start().await;
    add_hospital(&hub).await;
    add_account(&hub, "dana", Some("HFD"), &[Scope::Read, Scope::Write]).await;
    grant(&hub, "dana", "MEM", &[Scope::Read]).await;
    let dana = Browser::log_in(&hub, "dana").await;
    let acting = async |code: &str| {
        let request = dana.graphql(ME, &json!({})).header("muster-organization", code);
        request.send().await.unwrap()
    };
    let unsaid = dana.graphql(ME, &json!({})).send().await.unwrap();
    insta::assert_snapshot!(error(unsaid).await, @r#"400 "ORGANIZATION_NEEDED": "say for which organization you act in the header `Muster-Organization`: HFD, MEM""#);
    // Whether an organization exists is not told to those who may not act for it.
    insta::assert_snapshot!(error(acting("CMD").await).await, @r#"403 "ORGANIZATION_NOT_YOURS": "you may not act for `CMD`; the header `Muster-Organization` may be: HFD, MEM""#);
    let me = body(acting("MEM").await).await;
    assert_eq!(me["data"]["me"]["organization"]["code"], "MEM");
    assert_eq!(me["data"]["me"]["scopes"], json!(["READ"]));
    let hfd = body(acting("HFD").await).await;
    assert_eq!(hfd["data"]["me"]["scopes"], json!(["READ", "WRITE"]));
    // A token acts for one organization, and is told when something else is meant.
    let reply = hub.client().get(hub.url("/graphql?query=%7Bme%7Bprincipal%7D%7D"));
    let reply = reply.bearer_auth(READER).header("muster-organization", "HFD").send().await;
    insta::assert_snapshot!(error(reply.unwrap()).await, @r#"403 "ORGANIZATION_NOT_YOURS": "you may not act for `HFD`; the header `Muster-Organization` may be: -""#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_alone_changes_nothing() {
    let hub = TestHub::start().await;
    add_account(&hub, "dana", Some("HFD"), &[Scope::Read, Scope::Write]).await;
    let dana = Browser::log_in(&hub, "dana").await;
    let forged = async |headers: &[(&'static str, String)]| {
        let body = json!({ "query": ME });
        let mut request = post(&hub, "/graphql", &body).header("cookie", &dana.cookie);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        request.send().await.unwrap()
    };
    let csrf = || ("x-muster-csrf", dana.csrf.clone());
    insta::assert_snapshot!(error(forged(&[]).await).await, @r#"403 "CROSS_SITE": "a change by a log-in needs the header `X-Muster-CSRF` from `GET /session` and must come from a page of this hub""#);
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let reply = forged(&[csrf(), (name, value.to_owned())]).await;
        assert_eq!(reply.status(), 403, "{name}: {value}");
    }
    assert_eq!(forged(&[("x-muster-csrf", "guess".to_owned())]).await.status(), 403);
    let own = [csrf(), ("origin", hub.url("")), ("sec-fetch-site", "same-origin".to_owned())];
    assert_eq!(forged(&own).await.status(), 200);

    // Looking needs no proof, for another site cannot read the answer.
    let look = hub.client().get(hub.url("/graphql?query=%7Bme%7Bprincipal%7D%7D"));
    assert_eq!(look.header("cookie", &dana.cookie).send().await.unwrap().status(), 200);
    // Nor may another site log people in or out.
    let body = json!({ "login": "dana", "password": PASSWORD });
    let planted = post(&hub, "/session", &body).header("origin", "https://evil.example");
    assert_eq!(planted.send().await.unwrap().status(), 403);
    let out = hub.client().delete(hub.url("/session")).header("cookie", &dana.cookie);
    assert_eq!(out.send().await.unwrap().status(), 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_when_nothing_is_done_and_at_the_end_of_a_long_shift() {
    let clock = HandClock::new();
    let hub = TestHub::start_with(clock.clock()).await;
    add_account(&hub, "dana", Some("HFD"), &[Scope::Read]).await;
    let idle = SESSION_IDLE_MAX.as_secs();
    let dana = Browser::log_in(&hub, "dana").await;
    let ask = async |browser: &Browser<'_>| {
        error(browser.graphql(ME, &json!({})).send().await.unwrap()).await
    };
    clock.turn(idle - 1);
    assert_eq!(ask(&dana).await, "200 null: null");
    clock.turn(idle - 1);
    assert_eq!(ask(&dana).await, "200 null: null");
    clock.turn(idle);
    insta::assert_snapshot!(ask(&dana).await, @r#"401 "UNAUTHENTICATED": "nothing was done for 60 minutes, so this log-in has ended; log in again""#);

    let dana = Browser::log_in(&hub, "dana").await;
    for _ in 0..SESSION_LIFE.as_secs() / (idle - 60) {
        clock.turn(idle - 60);
        assert_eq!(ask(&dana).await, "200 null: null");
    }
    clock.turn(idle - 60);
    insta::assert_snapshot!(ask(&dana).await, @r#"401 "UNAUTHENTICATED": "this log-in has ended; log in again""#);
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_a_password_is_slowed_down() {
    let clock = HandClock::new();
    let hub = TestHub::start_with(clock.clock()).await;
    add_account(&hub, "dana", Some("HFD"), &[Scope::Read]).await;
    for _ in 0..5 {
        assert_eq!(try_log_in(&hub, "dana", "wrong horse battery").await.status(), 401);
    }
    let early = try_log_in(&hub, "Dana", PASSWORD).await;
    assert_eq!(early.headers()["retry-after"], "1");
    insta::assert_snapshot!(error(early).await, @r#"429 "TOO_EARLY": "too many attempts; try again in 1 s""#);
    clock.turn(1);
    assert_eq!(try_log_in(&hub, "dana", PASSWORD).await.status(), 201);
    // Those at once count one by one, before any of them is answered.
    let guesses = (0..50).map(|_| try_log_in(&hub, "dana", "wrong horse battery"));
    let replies = futures_util::future::join_all(guesses).await;
    let looked_at = replies.iter().filter(|reply| reply.status() == 401).count();
    assert_eq!(looked_at, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_log_ins_does_not_starve_those_who_look() {
    let hub = TestHub::start().await;
    add_account(&hub, "dana", Some("HFD"), &[Scope::Read]).await;
    let storm = (0..400).map(|n| {
        let body = json!({ "login": format!("guess{n}"), "password": "wrong horse battery" });
        // Each from an address of its own, as a proxy on this machine tells it.
        let address = format!("203.0.113.{}, 198.51.100.{}", n % 7, n % 200);
        post(&hub, "/session", &body).header("x-forwarded-for", address).send()
    });
    let looks = async {
        for _ in 0..100 {
            let look = hub.ask(READER, "{ cop { counts { incidents } } }", json!({}));
            let look = tokio::time::timeout(Duration::from_secs(2), look).await.unwrap();
            assert_eq!(look["errors"], Value::Null);
        }
    };
    let (replies, ()) = tokio::join!(futures_util::future::join_all(storm), looks);
    let told: Vec<u16> = replies.into_iter().map(|r| r.unwrap().status().as_u16()).collect();
    assert!(told.iter().all(|status| [401, 503].contains(status)), "{told:?}");
    assert!(told.contains(&401) && told.contains(&503), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_the_password_ends_the_other_sessions_and_no_other_password_works() {
    let hub = TestHub::start().await;
    add_account(&hub, "dana", Some("HFD"), &[Scope::Read]).await;
    let here = Browser::log_in(&hub, "dana").await;
    let there = Browser::log_in(&hub, "dana").await;
    let set = "mutation($input: SetPasswordInput!) {
        setPassword(input: $input) { refusal { code message } }
    }";
    let input = |present: &str, new: &str| json!({ "input": { "present": present, "new": new } });
    let wrong = here.ask(set, input("wrong horse battery", "another horse battery")).await;
    insta::assert_json_snapshot!(wrong["data"]["setPassword"], @r#"
    {
      "refusal": {
        "code": "WRONG",
        "message": "login or password is wrong"
      }
    }
    "#);
    let done = here.ask(set, input(PASSWORD, "another horse battery")).await;
    assert_eq!(done["data"]["setPassword"]["refusal"], Value::Null, "{done}");
    assert_eq!(here.graphql(ME, &json!({})).send().await.unwrap().status(), 200);
    assert_eq!(there.graphql(ME, &json!({})).send().await.unwrap().status(), 401);
    assert_eq!(try_log_in(&hub, "dana", PASSWORD).await.status(), 401);
    assert_eq!(try_log_in(&hub, "dana", "another horse battery").await.status(), 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_logged_in_is_told_which_map_the_operator_added() {
    let hub = TestHub::start().await;
    add_account(&hub, "dana", Some("HFD"), &[Scope::Read]).await;
    let dana = Browser::log_in(&hub, "dana").await;
    let map = async || {
        let reply = dana.request(Method::GET, "/session").send().await.unwrap();
        body(reply).await["map"].clone()
    };
    assert_eq!(map().await, Value::Null);
    let folder = tempfile::tempdir().unwrap();
    hub.state().show_base_map(open(folder.path(), &archive(1_000)));
    let told = map().await;
    assert_eq!(told["attribution"], Value::Null);
    let path = told["pmtiles"].as_str().unwrap();
    let part = hub.client().get(hub.url(path)).header("range", "bytes=0-6").send().await.unwrap();
    assert_eq!(part.bytes().await.unwrap(), "PMTiles");
}
