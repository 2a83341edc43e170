//! `muster serve` as a process.

use std::path::Path;
use std::process::Stdio;

use muster::identity::NewSecret;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStderr, Command};

/// A running `muster serve`; killed when it is dropped.
pub(crate) struct Process {
    child: Child,
    address: String,
    secret: String,
    client: reqwest::Client,
    /// Kept open and unread past the first lines: the pipe is large enough for a test.
    _log: Lines<BufReader<ChildStderr>>,
}

/// What stays the same when the program is started again.
pub(crate) struct Setup {
    pub(crate) store: String,
    tokens: std::path::PathBuf,
    secret: String,
}

impl Setup {
    /// A tokens file in the folder, and the address of the store.
    pub(crate) fn new(folder: &Path, store: String) -> Self {
        let NewSecret { secret, hash } = NewSecret::token().unwrap();
        let tokens = folder.join("tokens.toml");
        let text = format!(
            "[[token]]\nprincipal = \"dana\"\nscopes = [\"read\", \"write\"]\nsha256 = \"{hash}\"\n"
        );
        std::fs::write(&tokens, text).unwrap();
        Self { store, tokens, secret }
    }

    /// Starts the program and waits until it serves.
    pub(crate) async fn start(&self) -> Process {
        let mut child = muster()
            .args(["serve", "--listen", "127.0.0.1:0", "--store", &self.store, "--tokens"])
            .arg(&self.tokens)
            .env("RUST_LOG", "info")
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut said = String::new();
        let address = loop {
            let line = log.next_line().await.unwrap().unwrap_or_else(|| panic!("ended: {said}"));
            said.push_str(&line);
            if let Some((_, address)) = line.split_once("serving address=") {
                break address.trim().to_owned();
            }
        };
        // The client wants a provider for TLS, although it only speaks to the loopback address.
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let (client, secret) = (reqwest::Client::new(), self.secret.clone());
        Process { child, address, secret, client, _log: log }
    }
}

impl Process {
    /// Kills the program as a power cut would.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// A way to ask it that outlives it.
    pub(crate) fn caller(&self) -> Caller {
        let url = format!("http://{}/graphql", self.address);
        Caller { url, secret: self.secret.clone(), client: self.client.clone() }
    }
}

/// Asks a program, dead or alive.
#[derive(Clone)]
pub(crate) struct Caller {
    url: String,
    secret: String,
    client: reqwest::Client,
}

impl Caller {
    /// The answer, if one came.
    pub(crate) async fn ask(&self, query: &str, variables: Value) -> Option<Value> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = self
            .client
            .post(&self.url)
            .bearer_auth(&self.secret)
            .header("content-type", "application/json")
            .body(body);
        let bytes = request.send().await.ok()?.bytes().await.ok()?;
        serde_json::from_slice(&bytes).ok()
    }
}

/// The program, as it was built for this test.
pub(crate) fn muster() -> Command {
    Command::new(env!("CARGO_BIN_EXE_muster"))
}
