//! Access tokens: what they may do, and how that ends.

use jiff::SignedDuration;
use muster::domain::access_token::{Issue, Revoke, StoredQuery};
use muster::domain::{Id, Reach, RecordRef, Scope, access_token::AccessToken};
use muster::identity::NewSecret;
use serde_json::{Value, json};

use super::{HandClock, error, organization, post, submit};
use crate::support::hub::TestHub;
use crate::support::socket::Socket;

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Issues a token for Harbor Fire that works for a day, and gives its secret.
pub(super) async fn issue(
    hub: &TestHub,
    scopes: &[Scope],
    stored: Option<Vec<StoredQuery>>,
) -> (Id<AccessToken>, String) {
    let NewSecret { secret, hash } = NewSecret::token().unwrap();
    let command = Issue {
        reach: Reach::Hub,
        label: "bed-board".into(),
        organization: Some(organization(hub, "HFD")),
        scopes: scopes.to_vec(),
        stored_queries: stored,
        expires: hub.hub().clock().now() + DAY,
        hash,
    };
    let RecordRef::AccessToken(token) = submit(hub, command).await else { panic!() };
    (token, secret)
}

/// What is said to a token that tries every kind of operation.
async fn said_to(hub: &TestHub, secret: &str) -> Vec<String> {
    let send = async |body: Value| {
        let request = post(hub, "/graphql", &body).bearer_auth(secret);
        error(request.send().await.unwrap()).await
    };
    let query = json!({ "query": "{ me { principal } }" });
    let mutation = json!({ "query": "mutation { writeNote(input: {incident: \"x\", text: \"x\"}) { sequence } }" });
    let mut said =
        vec![send(query.clone()).await, send(mutation).await, send(json!([query])).await];
    let get = hub.client().get(hub.url("/graphql?query=%7Bme%7Bprincipal%7D%7D"));
    said.push(error(get.bearer_auth(secret).send().await.unwrap()).await);
    let mut socket = Socket::connect(hub, "graphql-transport-ws").await;
    let payload = json!({ "Authorization": format!("Bearer {secret}") });
    socket.say(json!({ "type": "connection_init", "payload": payload })).await;
    said.push(socket.hear().await.to_string());
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_is_refused_at_once_by_every_kind_of_operation() {
    let clock = HandClock::new();
    let hub = TestHub::start_with(clock.clock()).await;
    let (token, secret) = issue(&hub, &[Scope::Read, Scope::Write], None).await;
    let me = hub.ask(&secret, "{ me { principal organization { code } } }", json!({})).await;
    insta::assert_json_snapshot!(me["data"]["me"], @r#"
    {
      "principal": "HFD/bed-board",
      "organization": {
        "code": "HFD"
      }
    }
    "#);
    submit(&hub, Revoke { reach: Reach::Hub, token }).await;
    insta::assert_snapshot!(said_to(&hub, &secret).await.join("\n"), @r#"
    401 "UNAUTHENTICATED": "the token was revoked at 2026-05-01T12:00:00Z; ask for a new one"
    401 "UNAUTHENTICATED": "the token was revoked at 2026-05-01T12:00:00Z; ask for a new one"
    401 "UNAUTHENTICATED": "the token was revoked at 2026-05-01T12:00:00Z; ask for a new one"
    401 "UNAUTHENTICATED": "the token was revoked at 2026-05-01T12:00:00Z; ask for a new one"
    {"closed":4403,"why":"the token was revoked at 2026-05-01T12:00:00Z; ask for a new one"}
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_token_is_refused_at_once_by_every_kind_of_operation() {
    let clock = HandClock::new();
    let hub = TestHub::start_with(clock.clock()).await;
    let (_, secret) = issue(&hub, &[Scope::Read, Scope::Write], None).await;
    clock.turn(DAY.as_secs() - 1);
    assert_eq!(hub.send(&secret, "{ me { principal } }", json!({})).await.status(), 200);
    clock.turn(1);
    insta::assert_snapshot!(said_to(&hub, &secret).await.join("\n"), @r#"
    401 "UNAUTHENTICATED": "the token expired at 2026-05-02T12:00:00Z; ask for a new one"
    401 "UNAUTHENTICATED": "the token expired at 2026-05-02T12:00:00Z; ask for a new one"
    401 "UNAUTHENTICATED": "the token expired at 2026-05-02T12:00:00Z; ask for a new one"
    401 "UNAUTHENTICATED": "the token expired at 2026-05-02T12:00:00Z; ask for a new one"
    {"closed":4403,"why":"the token expired at 2026-05-02T12:00:00Z; ask for a new one"}
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_bound_to_stored_queries_sends_nothing_else() {
    let hub = TestHub::start().await;
    let document = "query($n: Int) { incidents(first: $n) { totalCount } }";
    let stored = StoredQuery { name: "open-incidents".into(), document: document.into() };
    let (_, secret) = issue(&hub, &[Scope::Read], Some(vec![stored])).await;
    let send = async |body: Value| {
        let reply = post(&hub, "/graphql", &body).bearer_auth(&secret).send().await.unwrap();
        let mut body = super::body(reply).await;
        body.as_object_mut().unwrap().remove("extensions");
        body
    };
    let named = json!({ "extensions": { "storedQuery": "open-incidents" }, "variables": {"n": 1} });
    let count = json!({ "data": { "incidents": { "totalCount": 0 } } });
    assert_eq!(send(named).await, count);
    assert_eq!(send(json!({ "query": document })).await, count);
    let other = send(json!({ "query": "{ persons { totalCount } }" })).await;
    insta::assert_json_snapshot!(other, @r#"
    {
      "errors": [
        {
          "message": "this token may send only its stored queries, by {\"extensions\":{\"storedQuery\":\"…\"}}: `open-incidents`",
          "extensions": {
            "code": "NOT_STORED"
          }
        }
      ]
    }
    "#);
    let unknown = send(json!({ "extensions": { "storedQuery": "persons" } })).await;
    assert_eq!(unknown, other);
    let both = json!({ "query": "{ x }", "extensions": { "storedQuery": "open-incidents" } });
    insta::assert_json_snapshot!(send(both).await, @r#"
    {
      "errors": [
        {
          "message": "`storedQuery` is a name, and stands in the place of `query`",
          "extensions": {
            "code": "BAD_REQUEST"
          }
        }
      ]
    }
    "#);

    // Nor over a socket.
    let mut socket = Socket::begin(&hub, &secret).await;
    socket.subscribe("1", "subscription { copChanges { sequence } }", json!({})).await;
    let heard = socket.hear().await;
    assert_eq!(heard["payload"][0]["extensions"]["code"], "NOT_STORED", "{heard}");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_token_was_used_last_outlives_the_node() {
    let hub = TestHub::start().await;
    let (token, secret) = issue(&hub, &[Scope::Read], None).await;
    assert_eq!(hub.identity().last_use(token.uuid()), None);
    let before = hub.hub().clock().now();
    hub.ask(&secret, "{ me { principal } }", json!({})).await;
    let used = hub.identity().last_use(token.uuid()).unwrap();
    assert!(used >= before);
    let hub = hub.restart().await;
    hub.identity().exchange_uses().await;
    assert_eq!(hub.identity().last_use(token.uuid()), Some(used));
}
