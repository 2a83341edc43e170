//! A hub with everything around it, running: what `serve` and `demo` have in common.

use std::sync::Arc;

use anyhow::Context as _;
use muster::config::{Config, ConfigError};
use muster::domain::Principal;
use muster::domain::organization::Register;
use muster::hub::{Clock, Hub, Running};
use muster::identity::{Identity, Oidc, Site, Tokens};
use muster::intake::Intake;
use muster::intake::feeds::Sources;
use muster::intake::watch::Watch;
use muster::log;
use muster::notify::Notify;
use muster::notify::clients::Clients;
use muster::notify::links::Links;
use muster::notify::sandbox::Shelf;
use muster::web::ingest::{self, IngestState};
use muster::web::{self, AppState, telling};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// A running node.
pub(crate) struct Node {
    running: Running,
    identity: Arc<Identity>,
    server: JoinHandle<()>,
    ways_in: Vec<JoinHandle<()>>,
    stop: CancellationToken,
    address: std::net::SocketAddr,
}

impl Node {
    /// Starts the hub on its store, adopts rules, and opens every way in.
    pub(crate) async fn start(config: &Config, tokens: Tokens) -> anyhow::Result<Self> {
        // The port is taken first: a hub that cannot be asked is not started.
        let listener = web::listen(config.listen)
            .await
            .with_context(|| format!("`listen`: {} cannot be listened on", config.listen))?;
        let address = listener.local_addr()?;
        let geocodes = super::load_geocodes(config.geocodes.as_deref())?;
        let store = log::open(&config.store).await?;
        let running = Hub::start(store, Clock::system()).await?;
        let hub = running.hub.clone();
        prepare(&hub, config, &tokens).await?;

        let tokens = Arc::new(tokens);
        let intake = Intake::new(hub.clone(), geocodes);
        let stop = CancellationToken::new();
        let sources = Arc::new(Sources::new(intake.clone(), config.feeds.clone())?);
        let mut ways_in = vec![tokio::spawn(Arc::clone(&sources).run(stop.clone()))];
        if let Some(folder) = config.watch.clone() {
            let watch = Watch::new(intake.clone(), folder)?;
            ways_in.push(tokio::spawn(watch.run(stop.clone())));
        }
        let site = config.site.clone().unwrap_or_else(|| Site::of_listener(address));
        let oidc = config.oidc.clone().map(Oidc::new).transpose()?;
        let shelf = config.sandbox.then(|| Shelf::new(hub.clock().clone()));
        let links = Links::new(site.page(""), &hub.derived_key("answer pages"));
        let clients = match &shelf {
            Some(shelf) => Clients::sandbox(shelf, hub.clock()),
            None => Clients::build(&config.providers, &site, hub.clock()).map_err(ConfigError)?,
        };
        let notify = Notify::new(hub.clone(), links, clients);
        ways_in.push(tokio::spawn(Arc::clone(&notify).run(stop.clone())));
        let identity = Identity::new(hub.clone(), tokens, site, oidc);
        let state = AppState::with_identity(hub, Arc::clone(&identity));
        state.watch_intake(&intake, Arc::clone(&sources));
        state.show_providers(Arc::clone(&notify));
        if let Some(map) = &config.map {
            state.show_base_map(Arc::clone(map));
        }
        let routes =
            ingest::router(IngestState { intake, identity: Arc::clone(&identity), sources })
                .merge(telling::router(notify, shelf));
        let server = tokio::spawn(web::serve(listener, state, routes, stop.clone()));
        Ok(Self { running, identity, server, ways_in, stop, address })
    }

    /// The hub.
    pub(crate) fn hub(&self) -> &Hub {
        &self.running.hub
    }

    /// What recognizes people and programs.
    pub(crate) fn identity(&self) -> &Arc<Identity> {
        &self.identity
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> std::net::SocketAddr {
        self.address
    }

    /// Waits until the machine asks the program to end, then finishes what was accepted.
    pub(crate) async fn run_until_asked_to_stop(self) -> anyhow::Result<()> {
        asked_to_stop().await?;
        tracing::info!("stopping: finishing what was accepted");
        self.stop.cancel();
        for way_in in self.ways_in {
            way_in.await?;
        }
        self.server.await?;
        self.running.stop().await;
        Ok(())
    }
}

/// Brings rules and organizations to what the configuration says.
async fn prepare(hub: &Hub, config: &Config, tokens: &Tokens) -> anyhow::Result<()> {
    let principal = Arc::new(Principal::hub());
    match &config.rules {
        Some(path) => {
            let source = std::fs::read_to_string(path)?;
            super::adopt_rules(hub, &principal, source).await.with_context(|| {
                format!("`rules`: the file `{}` cannot be adopted", path.display())
            })?;
        }
        None => super::adopt_first_rules(hub, &principal).await?,
    }
    for profile in tokens.organizations() {
        if hub.picture().world.organization_by_code(&profile.code).is_none() {
            let command = Register { profile: profile.clone() };
            hub.submit(&principal, command, None, "tokens file".to_owned()).await?;
        }
    }
    Ok(())
}

/// Waits for an interrupt or a termination signal.
async fn asked_to_stop() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminate.recv() => {}
    }
    Ok(())
}
