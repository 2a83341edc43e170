//! Logging in by a real OpenID provider, run by Node on loopback.

use std::collections::BTreeMap;
use std::process::Stdio;

use muster::domain::Scope;
use muster::domain::account::{LinkIdentity, ProviderIdentity};
use muster::domain::session::Way;
use muster::domain::{Reach, RecordRef};
use muster::identity::{LoginClaim, Oidc, OidcSettings};
use reqwest::header::{LOCATION, SET_COOKIE};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::net::TcpListener;
use tokio::process::{Child, ChildStdout, Command};

use super::{add_account, submit};
use crate::support::hub::TestHub;

const SECRET: &str = "a secret between the hub and its provider";

/// A hub beside a provider.
struct Pair {
    hub: TestHub,
    issuer: String,
    _provider: Child,
    /// Kept open: a provider that cannot write its notices ends.
    _notices: Lines<BufReader<ChildStdout>>,
}

impl Pair {
    async fn start(login_claim: Option<LoginClaim>) -> Self {
        // The provider has to know the hub's address before, and the hub the provider's.
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = free.local_addr().unwrap().to_string();
        drop(free);
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oidc-provider");
        assert!(
            std::path::Path::new(folder).join("node_modules").exists(),
            "the identity provider is not installed: run `ops/setup --test`"
        );
        let mut provider = Command::new("node")
            .args(["provider.mjs", &format!("http://{address}/oidc/callback"), SECRET])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(provider.stdout.take().unwrap()).lines();
        let issuer = loop {
            let line = lines.next_line().await.unwrap().expect("the provider ended");
            if line.starts_with("http") {
                break line;
            }
        };
        let settings = OidcSettings {
            issuer: issuer.parse().unwrap(),
            client_id: "muster".into(),
            client_secret: SECRET.into(),
            login_claim,
        };
        let hub = TestHub::start_beside(&address, move || Oidc::new(settings).unwrap()).await;
        Self { hub, issuer, _provider: provider, _notices: lines }
    }

    /// Leaves for the provider in a new browser, is `who` there, and comes back: where that ends,
    /// and whether somebody is logged in.
    async fn log_in_as(&self, who: &str) -> (String, bool) {
        let mut browser = Browser::default();
        browser.client.get(format!("{}/be/{who}", self.issuer)).send().await.unwrap();
        let end = browser.go(self.hub.url("/oidc/start")).await;
        let path = end.split_once("127.0.0.1:").unwrap().1.split_once('/').unwrap().1.to_owned();
        (path, browser.cookies.contains_key("muster"))
    }
}

/// Follows redirects and keeps cookies. Those of one host go to all its ports.
struct Browser {
    client: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

impl Default for Browser {
    fn default() -> Self {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        Self { client: client.build().unwrap(), cookies: BTreeMap::new() }
    }
}

impl Browser {
    /// Goes where it is led until it is led to a page, and gives its address.
    async fn go(&mut self, mut url: String) -> String {
        for _ in 0..12 {
            let reply = self.step(&url).await;
            let Some(next) = reply.headers().get(LOCATION) else { return url };
            url = reply.url().join(next.to_str().unwrap()).unwrap().to_string();
            let path = reply.url().join(&url).unwrap().path().to_owned();
            if path == "/" || path == "/login" {
                return url;
            }
        }
        panic!("led in a circle, to {url}");
    }

    async fn step(&mut self, url: &str) -> reqwest::Response {
        let cookies: Vec<_> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let request = self.client.get(url).header("cookie", cookies.join("; "));
        let reply = request.send().await.unwrap();
        for cookie in reply.headers().get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            match cookie.contains("Max-Age=0") || value.is_empty() {
                true => drop(self.cookies.remove(name)),
                false => drop(self.cookies.insert(name.to_owned(), value.to_owned())),
            }
        }
        reply
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_linked_is_let_in_and_nobody_else() {
    let pair = Pair::start(None).await;
    let hub = &pair.hub;
    add_account(hub, "dana", Some("HFD"), &[Scope::Read]).await;
    let account = hub.hub().picture().world.account_by_login("dana").unwrap().id;
    let refused = ("login#unlinked".to_owned(), false);
    assert_eq!(pair.log_in_as("dana").await, refused);

    let identity = ProviderIdentity { issuer: pair.issuer.clone(), subject: "d-17".into() };
    let link = LinkIdentity { reach: Reach::Hub, account, identity: Some(identity) };
    assert_eq!(submit(hub, link).await, RecordRef::Account(account));
    assert_eq!(pair.log_in_as("d-17").await, (String::new(), true));
    // A name that is a login here is nobody there, as long as the operator does not say so.
    assert_eq!(pair.log_in_as("dana").await, refused);
    let world = &hub.hub().picture().world;
    let ways: Vec<Way> = world.sessions_of(account).map(|session| session.way).collect();
    assert_eq!(ways, [Way::SetUp, Way::Oidc]);
    assert_eq!(world.account(account).unwrap().grants.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_operator_allows_it_a_verified_address_links_an_account_that_is_free() {
    let pair = Pair::start(Some(LoginClaim::Email)).await;
    let hub = &pair.hub;
    add_account(hub, "sam@county.example", Some("HFD"), &[Scope::Read]).await;
    add_account(hub, "unverified-kim@county.example", Some("HFD"), &[Scope::Read]).await;
    let refused = ("login#unlinked".to_owned(), false);
    assert_eq!(pair.log_in_as("sam").await, (String::new(), true));
    assert_eq!(pair.log_in_as("sam").await, (String::new(), true));
    assert_eq!(pair.log_in_as("unverified-kim").await, refused);
    // No account, no way in: the provider gives nobody any right here.
    assert_eq!(pair.log_in_as("eve").await, refused);
    assert_eq!(hub.hub().picture().world.accounts().count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_signs_with_another_key_lets_people_in_at_once() {
    let pair = Pair::start(Some(LoginClaim::Email)).await;
    add_account(&pair.hub, "sam@county.example", Some("HFD"), &[Scope::Read]).await;
    assert_eq!(pair.log_in_as("sam").await, (String::new(), true));
    let rotate = reqwest::Client::new().post(format!("{}/rotate", pair.issuer));
    rotate.send().await.unwrap().error_for_status().unwrap();
    assert_eq!(pair.log_in_as("sam").await, (String::new(), true));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_browser_that_left_comes_in() {
    let pair = Pair::start(Some(LoginClaim::Email)).await;
    add_account(&pair.hub, "sam@county.example", Some("HFD"), &[Scope::Read]).await;
    let mut victim = Browser::default();
    let mut attacker = Browser::default();
    attacker.client.get(format!("{}/be/sam", pair.issuer)).send().await.unwrap();
    // The attacker stops at the last step and hands the address to somebody else.
    let mut url = pair.hub.url("/oidc/start");
    while !url.contains("/oidc/callback") {
        let reply = attacker.step(&url).await;
        let next = reply.headers()[LOCATION].to_str().unwrap();
        url = reply.url().join(next).unwrap().to_string();
    }
    assert!(victim.go(url.clone()).await.ends_with("/login#again"));
    victim.step(&pair.hub.url("/oidc/start")).await;
    assert!(victim.go(url.clone()).await.ends_with("/login#again"));
    assert!(!victim.cookies.contains_key("muster"));
    // A code works once.
    let kept = attacker.cookies.clone();
    assert!(attacker.go(url.clone()).await.ends_with('/'));
    attacker.cookies = kept;
    assert!(attacker.go(url).await.ends_with("/login#provider"));
}
