//! The first account, and the first password.

use muster::domain::Scope;
use serde_json::{Value, json};

use super::{PASSWORD, body, error, post};
use crate::support::hub::TestHub;

#[tokio::test(flavor = "multi_thread")]
async fn a_set_up_link_makes_the_first_account_and_works_once() {
    let hub = TestHub::start().await;
    assert!(!hub.identity().has_accounts());
    let link = hub.identity().operators_link(None, "test".into()).await.unwrap();
    let address = hub.identity().link_address(&link);
    assert!(address.ends_with(&format!("/setup#{link}")), "{address}");

    let send = async |body: Value| post(&hub, "/setup", &body).send().await.unwrap();
    let asked = send(json!({ "secret": link })).await;
    assert_eq!(body(asked).await, json!({ "login": null }));
    let dana = |password: &str| json!({ "secret": link, "login": "dana", "name": "Dana Reyes", "password": password });
    insta::assert_snapshot!(error(send(dana("short")).await).await, @r#"422 "PASSWORD_UNUSABLE": "the password has fewer than 12 characters; use a longer one""#);
    insta::assert_snapshot!(error(send(json!({ "secret": "guess", "password": PASSWORD })).await).await, @r#"422 "SETUP_LINK_UNUSABLE": "this link does not work: it was used, replaced or is too old; ask for a new one""#);

    let set = send(dana(PASSWORD)).await;
    assert_eq!(set.status(), 201);
    let cookie = set.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("muster=") && cookie.contains("; HttpOnly; SameSite=Lax"));
    insta::assert_snapshot!(error(send(dana(PASSWORD)).await).await, @r#"422 "SETUP_LINK_UNUSABLE": "this link does not work: it was used, replaced or is too old; ask for a new one""#);

    let world = &hub.hub().picture().world;
    let account = world.account_by_login("dana").unwrap();
    assert!(account.grant(None).unwrap().scopes.contains(&Scope::Operate));
    // What is in the log could be read by an auditor: neither the secret nor the password.
    let log = hub.hub().store().read(muster::log::Seq(0), 100).await.unwrap();
    let bodies = log.iter().map(|entry| String::from_utf8_lossy(&entry.body).into_owned());
    let bodies: String = bodies.collect();
    assert!(!bodies.contains(&link) && !bodies.contains("argon2"), "{bodies}");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_use_one_link_at_once_make_one_account() {
    let hub = TestHub::start().await;
    let link = hub.identity().operators_link(None, "test".into()).await.unwrap();
    let tries = (0..20).map(|n| {
        let body = json!({
            "secret": link, "login": format!("dana{n}"), "name": "Dana", "password": PASSWORD,
        });
        post(&hub, "/setup", &body).send()
    });
    let replies = futures_util::future::join_all(tries).await;
    let made = replies.iter().filter(|reply| reply.as_ref().unwrap().status() == 201).count();
    assert_eq!(made, 1);
    assert_eq!(hub.hub().picture().world.accounts().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_need_no_other_host_and_let_nothing_else_in() {
    let hub = TestHub::start().await;
    for path in ["/login", "/setup", "/session/page.js", "/session/page.css"] {
        let reply = hub.client().get(hub.url(path)).send().await.unwrap();
        assert_eq!(reply.status(), 200, "{path}");
        if !path.contains('.') {
            let policy = reply.headers()["content-security-policy"].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'; script-src 'self'"), "{policy}");
            assert!(!policy.contains("unsafe"), "{policy}");
        }
        let text = reply.text().await.unwrap();
        for foreign in ["http://", "https://", "src=\"//", "url(//", "@import", "onclick", "<style"]
        {
            assert!(!text.contains(foreign), "{path}: {foreign}");
        }
    }
}
