//! Providers of other makers on this machine, and the programs by which their makers measure them.

use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use muster::notify::clients::Entry;
use serde_json::json;
use tempfile::TempDir;

use crate::measure::count;

const SINK: &str = "/usr/sbin/smtp-sink";
const SOURCE: &str = "/usr/sbin/smtp-source";
/// Connections to the sink, of the hub and of the other program.
const SESSIONS: usize = 20;
/// Octets of a mail of the other program: about as many as ours have.
const MAIL_BYTES: usize = 2_500;
/// Short messages under way, of the hub and of the other program.
const WINDOW: usize = 100;
/// How long a provider may take to listen.
const START_TIME_MAX: Duration = Duration::from_secs(10);

/// Postfix's sink, which takes every mail and forgets it.
pub(super) struct Sink {
    port: u16,
    _process: Process,
}

/// The message centre of npm's `smpp`, which takes every message and sends no receipt.
pub(super) struct Centre {
    port: u16,
    password: TempDir,
    _process: Process,
}

/// A process that ends with this.
struct Process(Child);

impl Sink {
    /// Starts it; none where it is not installed.
    pub(super) async fn start() -> anyhow::Result<Option<Self>> {
        if !(Path::new(SINK).exists() && Path::new(SOURCE).exists()) {
            return Ok(None);
        }
        let port = free_port()?;
        let mut command = Command::new(SINK);
        // As root it would become somebody else, who is not known here.
        command.args(["-u", &user()?, &format!("127.0.0.1:{port}"), "1000"]);
        let process = Process(command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?);
        listening(port).await?;
        Ok(Some(Self { port, _process: process }))
    }

    /// Where it listens.
    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    /// It as a provider of the hub.
    pub(super) fn entry(&self) -> anyhow::Result<Entry> {
        Self::entry_at(self.port)
    }

    /// The one at a port as a provider of the hub.
    pub(super) fn entry_at(port: u16) -> anyhow::Result<Entry> {
        Ok(serde_json::from_value(json!({ "name": "sink", "channel": "email", "settings": {
            "host": "localhost", "port": port, "tls": "none", "connections": SESSIONS,
            "from": "Harbor Fire <alerts@harbor.example>" } }))?)
    }

    /// Mails a second that it takes from Postfix's own source.
    pub(super) async fn rate(&self, mails: usize) -> anyhow::Result<f64> {
        let (sessions, mails_text) = (SESSIONS.to_string(), mails.to_string());
        let (octets, address) = (MAIL_BYTES.to_string(), format!("127.0.0.1:{}", self.port));
        let started = Instant::now();
        let status = tokio::process::Command::new(SOURCE)
            .args(["-d", "-s", &sessions, "-m", &mails_text, "-l", &octets])
            .args(["-f", "alerts@harbor.example", "-t", "sam@harbor.example", &address])
            .status()
            .await?;
        anyhow::ensure!(status.success(), "smtp-source failed");
        Ok(count(mails) / started.elapsed().as_secs_f64())
    }
}

impl Centre {
    /// Starts it; none where it is not installed.
    pub(super) async fn start() -> anyhow::Result<Option<Self>> {
        if !folder().join("node_modules/smpp").exists() {
            return Ok(None);
        }
        let mut command = Command::new("node");
        command.arg(folder().join("centre.mjs")).arg("count");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().context("its output")?;
        let process = Process(child);
        let port = tokio::task::spawn_blocking(move || first_line(output)).await??.parse()?;
        let password = tempfile::tempdir()?;
        std::fs::File::create(password.path().join("password"))?.write_all(b"secret")?;
        Ok(Some(Self { port, password, _process: process }))
    }

    /// It as a provider of the hub.
    pub(super) fn entry(&self) -> anyhow::Result<Entry> {
        let password = self.password.path().join("password");
        Ok(serde_json::from_value(json!({ "name": "centre", "channel": "sms", "kind": "smpp",
            "settings": { "host": "127.0.0.1", "port": self.port, "system_id": "muster",
                "password_file": password, "source": "+12025550100", "window": WINDOW,
                "receipts": false } }))?)
    }

    /// Short messages a second that it takes from the client of its own maker.
    pub(super) async fn rate(&self, messages: usize) -> anyhow::Result<f64> {
        let (port, window) = (self.port.to_string(), WINDOW.to_string());
        let output = tokio::process::Command::new("node")
            .arg(folder().join("flood.mjs"))
            .args([&port, &messages.to_string(), &window])
            .output()
            .await?;
        // `10000 messages in 1.23 s: 8130/s`
        let said = String::from_utf8(output.stdout)?;
        let rate = said.trim().rsplit(' ').next().and_then(|rate| rate.strip_suffix("/s"));
        Ok(rate.with_context(|| format!("the other client said `{said}`"))?.parse()?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that has ended needs no end.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/sms-peers")
}

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn user() -> anyhow::Result<String> {
    let output = Command::new("id").arg("-un").output()?.stdout;
    Ok(String::from_utf8(output)?.trim().to_owned())
}

fn first_line(output: std::process::ChildStdout) -> anyhow::Result<String> {
    use std::io::BufRead as _;
    let mut lines = std::io::BufReader::new(output).lines();
    let line = lines.next().context("the centre did not start")??;
    // It goes on counting, and somebody has to hear it.
    std::thread::spawn(move || lines.for_each(drop));
    Ok(line)
}

async fn listening(port: u16) -> anyhow::Result<()> {
    let asked = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        anyhow::ensure!(asked.elapsed() < START_TIME_MAX, "nobody listens at port {port}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}
