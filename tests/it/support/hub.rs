//! A real hub with a real server, on a free port and an SQLite file of its own.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use muster::domain::organization::{Kind, Profile, Register};
use muster::domain::{Principal, Scope};
use muster::hub::{Clock, Hub, Running};
use muster::identity::{Identity, Oidc, Site, Tokens};
use muster::web::{self, AppState};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The tokens that every test hub knows.
pub(crate) const DISPATCH: &str = "mstr_dispatch";
pub(crate) const MEMORIAL: &str = "mstr_memorial";
pub(crate) const READER: &str = "mstr_reader";
pub(crate) const OPERATOR: &str = "mstr_operator";
pub(crate) const FEED: &str = "mstr_feed";
pub(crate) const PROMETHEUS: &str = "mstr_prometheus";
/// Who signs for Harbor Fire, and who works and signs for Memorial Hospital and County Water.
pub(crate) const CHIEF: &str = "mstr_chief";
pub(crate) const HOSPITAL: &str = "mstr_hospital";
pub(crate) const WATER: &str = "mstr_water";
/// Who checks on the hub.
pub(crate) const AUDITOR: &str = "mstr_auditor";

/// A running hub with its server.
pub(crate) struct TestHub {
    folder: TempDir,
    hub: Hub,
    identity: Arc<Identity>,
    state: AppState,
    running: Option<Running>,
    address: SocketAddr,
    server: JoinHandle<()>,
    shutdown: CancellationToken,
    client: reqwest::Client,
}

impl TestHub {
    /// Starts a hub that knows one organization, Harbor Fire.
    pub(crate) async fn start() -> Self {
        Self::start_with(Clock::system()).await
    }

    /// The same, by another clock.
    pub(crate) async fn start_with(clock: Clock) -> Self {
        let folder = TempDir::new().unwrap();
        Self::start_in(folder, "127.0.0.1:0", clock, || None).await.with_harbor_fire().await
    }

    /// The same, at an address that an identity provider knows.
    pub(crate) async fn start_beside(address: &str, oidc: impl FnOnce() -> Oidc) -> Self {
        let folder = TempDir::new().unwrap();
        let hub = Self::start_in(folder, address, Clock::system(), || Some(oidc())).await;
        hub.with_harbor_fire().await
    }

    /// Starts a hub that three organizations share, with a clock.
    pub(crate) async fn shared_by_three(clock: Clock) -> Self {
        let hub = Self::start_with(clock).await;
        hub.register("MEM", "Memorial Hospital", Kind::Hospital).await;
        hub.register("WTR", "County Water", Kind::Utility).await;
        hub
    }

    async fn with_harbor_fire(self) -> Self {
        self.register("HFD", "Harbor Fire Department", Kind::Fire).await;
        self
    }

    async fn register(&self, code: &str, name: &str, kind: Kind) {
        let profile = Profile {
            code: code.into(),
            name: name.into(),
            kind,
            jurisdiction: None,
            parents: Vec::new(),
        };
        let operator = Arc::new(Principal::hub());
        self.hub().submit(&operator, Register { profile }, None, "test".into()).await.unwrap();
    }

    /// Stops everything and starts it again at the same address, on the same store.
    pub(crate) async fn restart(self) -> Self {
        let address = self.address.to_string();
        let folder = self.stop().await;
        Self::start_in(folder, &address, Clock::system(), || None).await
    }

    /// Stops everything in order; what was acknowledged stays in the folder.
    pub(crate) async fn stop(self) -> TempDir {
        self.shutdown.cancel();
        self.server.await.unwrap();
        if let Some(running) = self.running {
            running.stop().await;
        }
        self.folder
    }

    /// Stops the hub behind the server, which goes on to answer from memory.
    pub(crate) async fn stop_hub(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    async fn start_in(
        folder: TempDir,
        address: &str,
        clock: Clock,
        oidc: impl FnOnce() -> Option<Oidc>,
    ) -> Self {
        let store = muster::log::open(&store_url(folder.path())).await.unwrap();
        let running = Hub::start(store, clock).await.unwrap();
        // The client wants a provider for TLS, although it only speaks to the loopback address.
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let listener = web::listen(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let hub = running.hub.clone();
        let site = Site::of_listener(address);
        let identity = Identity::new(hub.clone(), Arc::new(tokens()), site, oidc());
        let state = AppState::with_identity(hub.clone(), Arc::clone(&identity));
        let shutdown = CancellationToken::new();
        let server = web::serve(listener, state.clone(), axum::Router::new(), shutdown.clone());
        let server = tokio::spawn(server);
        let client = reqwest::Client::new();
        let running = Some(running);
        Self { folder, hub, identity, state, running, address, server, shutdown, client }
    }

    /// The hub behind the server.
    pub(crate) fn hub(&self) -> &Hub {
        &self.hub
    }

    /// The log entry that a sequence of an answer stands for.
    pub(crate) fn entry(&self, sequence: &Value) -> u64 {
        let text = sequence.as_str().unwrap_or_else(|| panic!("not a sequence: {sequence}"));
        self.hub.seq_of(&text.parse().unwrap()).expect("this hub gave it")
    }

    /// A sequence that stands for a log entry.
    pub(crate) fn sequence(&self, entry: u64) -> Value {
        json!(self.hub.position_at(entry).as_str())
    }

    /// Runs SQL behind the store's back.
    pub(crate) async fn sql(&self, sql: &str) {
        let mut store = SqliteConnection::connect(&store_url(self.folder.path())).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut store).await.unwrap();
    }

    /// What recognizes people and programs.
    pub(crate) fn identity(&self) -> &Identity {
        &self.identity
    }

    /// What the routes share.
    pub(crate) fn state(&self) -> &AppState {
        &self.state
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A client for requests of one's own making.
    pub(crate) fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// Sends a document and gives the reply.
    pub(crate) async fn send(
        &self,
        token: &str,
        query: &str,
        variables: Value,
    ) -> reqwest::Response {
        let body = json!({ "query": query, "variables": variables });
        self.send_body(token, body.to_string()).await
    }

    /// Sends a body as it is and gives the reply.
    pub(crate) async fn send_body(&self, token: &str, body: String) -> reqwest::Response {
        self.client
            .post(self.url("/graphql"))
            .bearer_auth(token)
            .header("content-type", "application/json")
            .header("accept", "application/graphql-response+json")
            .body(body)
            .send()
            .await
            .unwrap()
    }

    /// Sends a document and gives the body, without what differs from run to run.
    pub(crate) async fn ask(&self, token: &str, query: &str, variables: Value) -> Value {
        let text = self.send(token, query, variables).await.text().await.unwrap();
        let mut body: Value = serde_json::from_str(&text).unwrap();
        body.as_object_mut().unwrap().remove("extensions");
        body
    }

    /// Opens an incident at a position and gives its id.
    pub(crate) async fn open_incident(&self, name: &str, lon: f64, lat: f64) -> String {
        let input = json!({
            "name": name,
            "kind": "structure-fire",
            "location": { "point": [lon, lat] },
        });
        let query = "mutation($input: OpenIncidentInput!) {
            openIncident(input: $input) { incident { id } refusal { code message } }
        }";
        let answer = self.ask(DISPATCH, query, json!({ "input": input })).await;
        let id = &answer["data"]["openIncident"]["incident"]["id"];
        id.as_str().unwrap_or_else(|| panic!("not opened: {answer}")).to_owned()
    }
}

fn store_url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("muster.db").display())
}

fn tokens() -> Tokens {
    let mut tokens = Tokens::default();
    let mut add = |secret: &str, name: &str, organization: Option<&str>, scopes: &[Scope]| {
        let organization = organization.map(ToOwned::to_owned);
        let principal = Principal::new(name, organization, scopes.to_vec());
        tokens.insert(secret, principal);
    };
    add(DISPATCH, "hfd-dispatch", Some("HFD"), &[Scope::Read, Scope::Write]);
    let hospital = [Scope::Read, Scope::Write, Scope::BreakGlass];
    add(MEMORIAL, "mem-dispatch", Some("MEM"), &hospital);
    add(READER, "county-reader", None, &[Scope::Read, Scope::Audit]);
    add(OPERATOR, "operator", None, &[Scope::Read, Scope::Write, Scope::Operate, Scope::Audit]);
    add(FEED, "feed", None, &[Scope::Ingest]);
    let all = [Scope::Read, Scope::Write, Scope::Administer, Scope::BreakGlass];
    add(CHIEF, "hfd-chief", Some("HFD"), &all);
    add(HOSPITAL, "mem-desk", Some("MEM"), &all);
    add(WATER, "wtr-desk", Some("WTR"), &all);
    add(AUDITOR, "auditor", None, &[Scope::Read, Scope::Audit]);
    add(PROMETHEUS, "prometheus", None, &[Scope::Metrics]);
    tokens
}
