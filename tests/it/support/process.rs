//! `muster serve` as a process.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use muster::identity::NewSecret;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// A running `muster serve`; killed when it is dropped.
pub(crate) struct Process {
    child: Child,
    address: String,
    secrets: Vec<String>,
    client: reqwest::Client,
    log: Arc<Mutex<String>>,
}

/// What stays the same when the program is started again.
pub(crate) struct Setup {
    pub(crate) store: String,
    tokens: PathBuf,
    secrets: Vec<String>,
    config: Option<PathBuf>,
    listen: String,
}

impl Setup {
    /// A tokens file in the folder, and the address of the store. Who asks is Dana, for nobody.
    pub(crate) fn new(folder: &Path, store: String) -> Self {
        Self::with_tokens(folder, store, "", &[("dana", "scopes = [\"read\", \"write\"]")])
    }

    /// A hub of Harbor Fire with this configuration. Who asks is its dispatch, the second one its
    /// chief, the third one runs the hub.
    pub(crate) fn of_harbor_fire(folder: &Path, config: &str) -> Self {
        let fire = "[[organization]]\ncode = \"HFD\"\nname = \"Harbor Fire\"\nkind = \"fire\"\n";
        let own = "organization = \"HFD\"\nscopes = [\"read\", \"write\", \"administer\"]";
        let runs = "scopes = [\"read\", \"write\", \"operate\"]";
        let tokens = [("dispatch", own), ("chief", own), ("operator", runs)];
        let store = format!("sqlite:{}", folder.join("muster.db").display());
        let path = folder.join("muster.toml");
        std::fs::write(&path, config).unwrap();
        Self { config: Some(path), ..Self::with_tokens(folder, store, fire, &tokens) }
    }

    fn with_tokens(folder: &Path, store: String, before: &str, tokens: &[(&str, &str)]) -> Self {
        let (mut text, mut secrets) = (before.to_owned(), Vec::new());
        for (principal, rest) in tokens {
            let NewSecret { secret, hash } = NewSecret::token().unwrap();
            let entry =
                format!("[[token]]\nprincipal = \"{principal}\"\n{rest}\nsha256 = \"{hash}\"\n");
            text.push_str(&entry);
            secrets.push(secret);
        }
        let tokens = folder.join("tokens.toml");
        std::fs::write(&tokens, text).unwrap();
        Self { store, tokens, secrets, config: None, listen: "127.0.0.1:0".to_owned() }
    }

    /// The same, at a port that others know.
    pub(crate) fn listening_at(self, port: u16) -> Self {
        Self { listen: format!("127.0.0.1:{port}"), ..self }
    }

    /// Starts the program and waits until it serves.
    pub(crate) async fn start(&self) -> Process {
        let mut command = muster();
        command.args(["serve", "--listen", &self.listen, "--store", &self.store, "--tokens"]);
        command.arg(&self.tokens);
        if let Some(config) = &self.config {
            command.arg("--config").arg(config);
        }
        let mut child = command
            .env("RUST_LOG", "info")
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let log = Arc::new(Mutex::new(String::new()));
        let address = loop {
            let line = lines.next_line().await.unwrap();
            let line = line.unwrap_or_else(|| panic!("ended: {}", log.lock().unwrap()));
            log.lock().unwrap().push_str(&format!("{line}\n"));
            if let Some((_, address)) = line.split_once("serving address=") {
                break address.trim().to_owned();
            }
        };
        let heard = Arc::clone(&log);
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                heard.lock().unwrap().push_str(&format!("{line}\n"));
            }
        });
        Process { child, address, secrets: self.secrets.clone(), client: client(), log }
    }
}

impl Process {
    /// Kills the program as a power cut would.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Asks the program to end, as a service manager does, and waits until it has.
    pub(crate) async fn stop(mut self) {
        let tell = format!("kill -TERM {}", self.child.id().unwrap());
        assert!(Command::new("sh").args(["-c", &tell]).status().await.unwrap().success());
        assert!(self.child.wait().await.unwrap().success(), "{}", self.log());
    }

    /// A way to ask it that outlives it.
    pub(crate) fn caller(&self) -> Caller {
        self.caller_with(0)
    }

    /// The same with another of the tokens.
    pub(crate) fn caller_with(&self, token: usize) -> Caller {
        let url = format!("http://{}/graphql", self.address);
        Caller { url, secret: self.secrets[token].clone(), client: self.client.clone() }
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What the program said so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
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
    /// Asks whoever has this address, with a token.
    pub(crate) fn of(url: String, secret: String) -> Self {
        Self { url, secret, client: client() }
    }

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

fn client() -> reqwest::Client {
    // It wants a provider for TLS, although it only speaks to the loopback address.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    reqwest::Client::new()
}

/// The program, as it was built for this test.
pub(crate) fn muster() -> Command {
    Command::new(env!("CARGO_BIN_EXE_muster"))
}
