//! Connections that are open when a right ends.

use std::time::Duration;

use jiff::SignedDuration;
use muster::domain::access_token::{Issue, Revoke};
use muster::domain::account::{Disable, RevokeGrant};
use muster::domain::{Reach, Scope};
use muster::identity::NewSecret;
use reqwest::Method;
use serde_json::{Value, json};

use super::tokens::issue;
use super::{Browser, add_account, add_hospital, grant, organization, submit};
use crate::support::hub::TestHub;
use crate::support::socket::Socket;

const FOLLOW: &str = "subscription { copChanges { sequence } }";

/// Begins to follow the picture, and waits for the first event.
async fn follow(socket: &mut Socket) {
    socket.subscribe("1", FOLLOW, json!({})).await;
    assert_eq!(socket.hear().await["type"], "next");
}

/// How a connection is closed, without anything else being said before.
async fn closed(socket: &mut Socket) -> Value {
    tokio::time::timeout(Duration::from_secs(5), socket.hear()).await.expect("it stays open")
}

async fn begin<'h>(browser: &Browser<'h>, payload: Value) -> Socket {
    let cookie = [("cookie", browser.cookie.as_str())];
    let mut socket = Socket::connect_as(browser.hub, "graphql-transport-ws", &cookie).await;
    socket.say(json!({ "type": "connection_init", "payload": payload })).await;
    socket
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_ends_when_its_token_is_revoked() {
    let hub = TestHub::start().await;
    let (token, secret) = issue(&hub, &[Scope::Read], None).await;
    let (_, other) = issue(&hub, &[Scope::Read], None).await;
    let mut socket = Socket::begin(&hub, &secret).await;
    let mut unharmed = Socket::begin(&hub, &other).await;
    follow(&mut socket).await;
    submit(&hub, Revoke { reach: Reach::Hub, token }).await;
    let end = closed(&mut socket).await;
    assert_eq!(end["closed"], 4403, "{end}");
    assert!(end["why"].as_str().unwrap().starts_with("the token was revoked at "), "{end}");
    follow(&mut unharmed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_ends_when_its_token_expires() {
    let hub = TestHub::start().await;
    let NewSecret { secret, hash } = NewSecret::token().unwrap();
    let expires = hub.hub().clock().now() + SignedDuration::from_millis(1_500);
    let (label, scopes) = ("short".to_owned(), vec![Scope::Read]);
    let organization = Some(organization(&hub, "HFD"));
    let stored_queries = None;
    let reach = Reach::Hub;
    let command = Issue { reach, label, organization, scopes, stored_queries, expires, hash };
    submit(&hub, command).await;
    let mut socket = Socket::begin(&hub, &secret).await;
    follow(&mut socket).await;
    let end = closed(&mut socket).await;
    assert!(end["why"].as_str().unwrap().starts_with("the token expired at "), "{end}");
    assert!(hub.hub().clock().now() >= expires);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_by_cookie_ends_with_the_session_the_account_or_the_grant() {
    let hub = TestHub::start().await;
    add_hospital(&hub).await;
    add_account(&hub, "dana", Some("HFD"), &[Scope::Read]).await;
    grant(&hub, "dana", "MEM", &[Scope::Read]).await;
    let account = hub.hub().picture().world.account_by_login("dana").unwrap().id;
    let open = async |browser: &Browser<'_>, code: &str| {
        let payload = json!({ "X-Muster-CSRF": browser.csrf, "Muster-Organization": code });
        let mut socket = begin(browser, payload).await;
        assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
        follow(&mut socket).await;
        socket
    };
    let (here, there) = (Browser::log_in(&hub, "dana").await, Browser::log_in(&hub, "dana").await);
    let mut leaving = open(&here, "HFD").await;
    let (mut hfd, mut mem) = (open(&there, "HFD").await, open(&there, "MEM").await);

    assert_eq!(here.request(Method::DELETE, "/session").send().await.unwrap().status(), 204);
    let why = "this log-in has ended; log in again";
    assert_eq!(closed(&mut leaving).await, json!({ "closed": 4403, "why": why }));

    let organization = Some(organization(&hub, "MEM"));
    submit(&hub, RevokeGrant { reach: Reach::Hub, account, organization }).await;
    let why = "you may not act for `MEM`; the header `Muster-Organization` may be: HFD";
    assert_eq!(closed(&mut mem).await, json!({ "closed": 4403, "why": why }));

    grant(&hub, "dana", "HFD", &[Scope::Read, Scope::Write]).await;
    let why = "your rights have changed; connect again";
    assert_eq!(closed(&mut hfd).await, json!({ "closed": 4403, "why": why }));

    let mut again = open(&there, "HFD").await;
    submit(&hub, Disable { reach: Reach::Hub, account }).await;
    let why = "this log-in has ended; log in again";
    assert_eq!(closed(&mut again).await, json!({ "closed": 4403, "why": why }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_site_cannot_follow_by_the_cookie() {
    let hub = TestHub::start().await;
    add_account(&hub, "dana", Some("HFD"), &[Scope::Read]).await;
    let dana = Browser::log_in(&hub, "dana").await;
    let mut bare = begin(&dana, json!({})).await;
    assert_eq!(closed(&mut bare).await["closed"], 4403);
    let headers = [("cookie", dana.cookie.as_str()), ("origin", "https://evil.example")];
    let mut foreign = Socket::connect_as(&hub, "graphql-transport-ws", &headers).await;
    let payload = json!({ "X-Muster-CSRF": dana.csrf });
    foreign.say(json!({ "type": "connection_init", "payload": payload })).await;
    assert_eq!(closed(&mut foreign).await["closed"], 4403);
}
