//! The hub's HTTP server in a process of its own, so that who asks does not compute on its behalf.

use std::process::{Child, Command, Stdio};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::body::Bytes;
use axum::extract::WebSocketUpgrade;
use axum::extract::ws::{Message, Utf8Bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use muster::domain::incident::{Amend, Incident};
use muster::domain::{Principal, World};
use muster::hub::{Clock, Hub};
use muster::identity::Tokens;
use muster::web::{AppState, serve};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::commands::{auditor, principal};
use super::traffic::{self, Traffic};
use super::world::{ORGANIZATIONS, code};

/// The secret of the one who sees everything. It opens nothing but this server, for as long as it
/// runs.
pub(crate) const SECRET: &str = "bench";
/// How often a record changes.
const CHANGE_EVERY: Duration = Duration::from_secs(1);
/// Bytes of the file that is served for comparison.
const FILE_BYTES_MAX: usize = 16 << 20;

/// Messages that a watcher of the bare broadcast may lag behind.
const BROADCASTS_KEPT: usize = 64;

/// Whether records change by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Pace {
    /// One a second.
    Changing,
    /// None.
    Still,
    /// As many as are asked for, of a picture that somebody with a browser looks at.
    Asked,
}

impl Pace {
    /// What it is called as an argument.
    const fn name(self) -> &'static str {
        match self {
            Self::Changing => "changing",
            Self::Still => "still",
            Self::Asked => "asked",
        }
    }
}

/// The secret of an organization, which sees its own and what others share with it.
pub(crate) fn secret_of(organization: usize) -> String {
    format!("{SECRET}-{}", code(organization))
}

/// A server in its process, which ends with this.
pub(crate) struct Server {
    process: Child,
    /// Where it listens.
    pub(crate) address: String,
}

impl Server {
    /// Starts one on a store.
    pub(crate) fn start(url: &str, pace: Pace) -> anyhow::Result<Self> {
        use std::io::BufRead as _;
        let mut process = Command::new(std::env::current_exe()?)
            .args(["serve", url, pace.name()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        let output = process.stdout.take().context("its output")?;
        std::io::BufReader::new(output).read_line(&mut address)?;
        anyhow::ensure!(!address.is_empty(), "the server did not start");
        Ok(Self { process, address: address.trim().to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends when its input does.
        drop(self.process.stdin.take());
        drop(self.process.wait());
    }
}

/// Serves a hub until the input ends, and what it is compared with.
pub(crate) async fn run(url: &str, pace: Pace) -> anyhow::Result<()> {
    let running = Hub::start(muster::log::open(url).await?, Clock::system()).await?;
    let mut tokens = Tokens::default();
    tokens.insert(SECRET, auditor());
    for number in 0..ORGANIZATIONS {
        tokens.insert(&secret_of(number), principal(&code(number)).as_ref().clone());
    }
    let state = AppState::new(running.hub.clone(), Arc::new(tokens));
    let traffic = Arc::<Traffic>::default();
    let changing = match pace {
        Pace::Still => None,
        Pace::Changing => Some(tokio::spawn(change(running.hub.clone()))),
        Pace::Asked => {
            traffic::let_in(&running.hub, state.identity()).await?;
            Some(tokio::spawn(Arc::clone(&traffic).run(running.hub.clone())))
        }
    };
    let stop = CancellationToken::new();
    let extra = file().merge(broadcast()).merge(traffic.routes());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    super::print(&listener.local_addr()?.to_string());
    let serving = tokio::spawn(serve(listener, state, extra, stop.clone()));
    tokio::io::stdin().read_to_end(&mut Vec::new()).await?;
    changing.inspect(tokio::task::JoinHandle::abort);
    stop.cancel();
    serving.await?;
    running.stop().await;
    Ok(())
}

/// A file that is put once and then served as it is, of the type it came with.
fn file() -> Router {
    let kept: Arc<RwLock<(HeaderMap, Bytes)>> = Arc::default();
    let read = Arc::clone(&kept);
    let get_file =
        move || async move { read.read().unwrap_or_else(PoisonError::into_inner).clone() };
    let put_file = move |asked: HeaderMap, bytes: Bytes| async move {
        let kind = asked.get(CONTENT_TYPE).map(|kind| (CONTENT_TYPE, kind.clone()));
        let file = (kind.into_iter().collect(), bytes);
        *kept.write().unwrap_or_else(PoisonError::into_inner) = file;
    };
    Router::new()
        .route("/file", get(get_file).put(put_file))
        .layer(axum::extract::DefaultBodyLimit::max(FILE_BYTES_MAX))
}

/// Sends what is posted to all who watch, and does nothing else.
fn broadcast() -> Router {
    let (sender, _) = tokio::sync::broadcast::channel::<Utf8Bytes>(BROADCASTS_KEPT);
    let watched = sender.clone();
    let watch = move |upgrade: WebSocketUpgrade| async move {
        upgrade.on_upgrade(async move |mut socket| {
            let mut messages = watched.subscribe();
            while let Ok(message) = messages.recv().await {
                if socket.send(Message::Text(message)).await.is_err() {
                    return;
                }
            }
        })
    };
    let post = move |text: String| async move {
        // Nobody watching is not an error.
        drop(sender.send(text.into()));
    };
    Router::new().route("/raw", get(watch).post(post))
}

/// Gives one incident after the other a new name.
async fn change(hub: Hub) {
    let mut every = tokio::time::interval(CHANGE_EVERY);
    for number in 0_usize.. {
        every.tick().await;
        let world = Arc::clone(&hub.picture().world);
        let live: Vec<_> = world.incidents().filter(|incident| incident.is_live()).collect();
        let Some(incident) = live.get(number % live.len().max(1)) else { continue };
        let Some(by) = owner(incident, &world) else { continue };
        let name = Some(format!("Change {number}"));
        let command = Amend { incident: incident.id, name, kind: None };
        // A refusal would only mean one change less.
        drop(hub.submit(&by, command, None, "bench".to_owned()).await);
    }
}

/// Somebody of the organization that an incident belongs to.
pub(crate) fn owner(incident: &Incident, world: &World) -> Option<Arc<Principal>> {
    let owner = world.organization(incident.owner()?)?;
    Some(principal(&owner.profile.code))
}
