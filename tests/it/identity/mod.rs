//! Who gets in, and how that ends.

mod administration;
mod log_in;
mod nodes;
mod oidc;
mod set_up;
mod sockets;
mod tokens;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use muster::domain::account::{Create, Grant};
use muster::domain::organization::{Kind, Organization, Profile, Register};
use muster::domain::{Command, Id, Principal, Reach, RecordRef, Scope};
use muster::hub::Clock;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::support::hub::TestHub;

const PASSWORD: &str = "correct horse battery";

/// A clock that stands still until it is turned.
#[derive(Clone)]
struct HandClock(Arc<AtomicI64>);

impl HandClock {
    fn new() -> Self {
        let now: Timestamp = "2026-05-01T12:00:00Z".parse().unwrap();
        Self(Arc::new(AtomicI64::new(now.as_second())))
    }

    fn clock(&self) -> Clock {
        let seconds = Arc::clone(&self.0);
        Clock::by(move || Timestamp::from_second(seconds.load(Ordering::Relaxed)).unwrap())
    }

    fn turn(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

async fn submit(hub: &TestHub, command: impl Into<Command>) -> RecordRef {
    let principal = Arc::new(Principal::hub());
    hub.hub().submit(&principal, command, None, "test".into()).await.unwrap().subject
}

fn organization(hub: &TestHub, code: &str) -> Id<Organization> {
    hub.hub().picture().world.organization_by_code(code).unwrap().id
}

/// Adds Memorial Hospital beside Harbor Fire.
async fn add_hospital(hub: &TestHub) {
    let profile = Profile {
        code: "MEM".into(),
        name: "Memorial Hospital".into(),
        kind: Kind::Hospital,
        jurisdiction: None,
        parents: Vec::new(),
    };
    submit(hub, Register { profile }).await;
}

/// Makes an account for an organization, or for the hub, and sets its password by a link.
async fn add_account(hub: &TestHub, login: &str, code: Option<&str>, scopes: &[Scope]) {
    let organization = code.map(|code| organization(hub, code));
    let (login, name) = (login.to_owned(), "Somebody".to_owned());
    let scopes = scopes.to_vec();
    let reach = Reach::Hub;
    let command = Create { reach, login, name, person: None, organization, scopes };
    let RecordRef::Account(account) = submit(hub, command).await else { panic!() };
    let link = hub.identity().operators_link(Some(account), "test".into()).await.unwrap();
    let body = json!({ "secret": link, "password": PASSWORD });
    assert_eq!(post(hub, "/setup", &body).send().await.unwrap().status(), 201);
}

async fn grant(hub: &TestHub, login: &str, code: &str, scopes: &[Scope]) {
    let account = hub.hub().picture().world.account_by_login(login).unwrap().id;
    let organization = Some(organization(hub, code));
    submit(hub, Grant { reach: Reach::Hub, account, organization, scopes: scopes.to_vec() }).await;
}

fn post(hub: &TestHub, path: &str, body: &Value) -> RequestBuilder {
    let request = hub.client().post(hub.url(path)).header("content-type", "application/json");
    request.body(body.to_string())
}

async fn body(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap_or(Value::Null)
}

/// The sentence and the code of the first error.
async fn error(response: Response) -> String {
    let status = response.status().as_u16();
    let body = body(response).await;
    let error = &body["errors"][0];
    format!("{status} {}: {}", error["extensions"]["code"], error["message"])
}

/// A browser in which somebody has logged in.
struct Browser<'h> {
    hub: &'h TestHub,
    cookie: String,
    csrf: String,
}

impl<'h> Browser<'h> {
    async fn log_in(hub: &'h TestHub, login: &str) -> Self {
        let body_of = json!({ "login": login, "password": PASSWORD });
        let response = post(hub, "/session", &body_of).send().await.unwrap();
        assert_eq!(response.status(), 201);
        let cookie = response.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let csrf = body(response).await["csrf"].as_str().unwrap().to_owned();
        Self { hub, cookie, csrf }
    }

    /// A request as the hub's own pages make it.
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.hub.client().request(method, self.hub.url(path));
        request.header("cookie", &self.cookie).header("x-muster-csrf", &self.csrf)
    }

    fn graphql(&self, query: &str, variables: &Value) -> RequestBuilder {
        let request = self.request(Method::POST, "/graphql");
        let body = json!({ "query": query, "variables": variables }).to_string();
        request
            .header("content-type", "application/json")
            .header("accept", "application/graphql-response+json")
            .body(body)
    }

    async fn ask(&self, query: &str, variables: Value) -> Value {
        let mut body = body(self.graphql(query, &variables).send().await.unwrap()).await;
        body.as_object_mut().unwrap().remove("extensions");
        body
    }
}
