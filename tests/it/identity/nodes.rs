//! Two nodes on one PostgreSQL know the same people.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use muster::domain::access_token::{Issue, Revoke};
use muster::domain::{Command, Principal, Reach, RecordRef, Scope};
use muster::hub::{Clock, Hub, Running};
use muster::identity::{Identity, NewSecret, NewSession, NotRecognized, Site, Tokens};
use zeroize::Zeroizing;

use super::PASSWORD;
use crate::support::postgres;

struct Node {
    running: Running,
    identity: Arc<Identity>,
}

impl Node {
    async fn start(database: &str) -> Self {
        let store = muster::log::open(database).await.unwrap();
        let running = Hub::start(store, Clock::system()).await.unwrap();
        let site = Site::of_listener(([127, 0, 0, 1], 8620).into());
        let tokens = Arc::new(Tokens::default());
        let identity = Identity::new(running.hub.clone(), tokens, site, None);
        Self { running, identity }
    }

    async fn submit(&self, command: impl Into<Command>) -> RecordRef {
        let principal = Arc::new(Principal::hub());
        self.running.hub.submit(&principal, command, None, "test".into()).await.unwrap().subject
    }

    /// Waits until what another node did about admission is known here.
    async fn learns(&self, what: impl Fn(&Identity) -> bool) {
        let mut changes = self.identity.changes();
        while !what(&self.identity) {
            let changed = tokio::time::timeout(Duration::from_secs(10), changes.changed());
            changed.await.expect("it is never known here").unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_node_lets_in_or_takes_back_the_other_does_too() {
    let Some(database) = postgres::database().await else { return };
    let (one, two) = (Node::start(&database).await, Node::start(&database).await);
    let home = IpAddr::from([192, 0, 2, 1]);
    let password = || Zeroizing::new(PASSWORD.to_owned());
    let link = one.identity.operators_link(None, "test".into()).await.unwrap();
    let set_up = one.identity.set_up(&link, "dana", "Dana", password(), "test".into()).await;
    let first = set_up.unwrap().secret;
    two.learns(|identity| identity.by_session(&first, None).is_ok()).await;
    let logged_in = two.identity.log_in("dana", password(), home, "test".into()).await;
    let NewSession { secret: second, .. } = logged_in.unwrap();
    one.learns(|identity| identity.by_session(&second, None).is_ok()).await;

    let NewSecret { secret, hash } = NewSecret::token().unwrap();
    let issue = Issue {
        reach: Reach::Hub,
        label: "cad".into(),
        organization: None,
        scopes: vec![Scope::Read],
        stored_queries: None,
        expires: one.running.hub.clock().now() + SignedDuration::from_hours(1),
        hash,
    };
    let RecordRef::AccessToken(token) = one.submit(issue).await else { panic!() };
    two.learns(|identity| identity.by_token(&secret, None).is_ok()).await;
    // What the other node saw of it is known here after the two have told the store.
    two.identity.exchange_uses().await;
    one.identity.exchange_uses().await;
    let used = two.identity.last_use(token.uuid());
    assert!(used.is_some());
    assert_eq!(one.identity.last_use(token.uuid()), used);

    one.submit(Revoke { reach: Reach::Hub, token }).await;
    let revoked = |identity: &Identity| {
        matches!(identity.by_token(&secret, None), Err(NotRecognized::TokenRevoked(_)))
    };
    two.learns(revoked).await;
    let Node { running, identity } = one;
    drop(identity);
    running.stop().await;
    two.running.stop().await;
}
