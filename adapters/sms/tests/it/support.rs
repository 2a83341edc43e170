//! An inbox to look into, messages to send, and peers as processes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use muster_contract::channel::{Address, Content, Inbox, Incoming, NotTaken, Outgoing, Task};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Longer than anything that is waited for on a loaded machine.
pub(crate) const LONG: Duration = Duration::from_secs(15);

/// An inbox whose content the test waits for, and that can be told to take nothing.
pub(crate) struct Looked {
    into: mpsc::UnboundedSender<Incoming>,
    pub(crate) refusing: AtomicBool,
}

/// What came into an inbox, in order.
pub(crate) struct Came(mpsc::UnboundedReceiver<Incoming>);

pub(crate) fn inbox() -> (Arc<Looked>, Came) {
    let (into, came) = mpsc::unbounded_channel();
    (Arc::new(Looked { into, refusing: AtomicBool::new(false) }), Came(came))
}

impl Inbox for Looked {
    fn take(&self, incoming: Incoming) -> Task<'_, Result<(), NotTaken>> {
        Box::pin(async move {
            if self.refusing.load(Ordering::SeqCst) {
                return Err(NotTaken);
            }
            self.into.send(incoming).map_err(|_| NotTaken)
        })
    }
}

impl Came {
    /// The next that comes in, in one line.
    pub(crate) async fn next(&mut self) -> String {
        let came = timeout(LONG, self.0.recv()).await.expect("something comes in").unwrap();
        shown(&came)
    }
}

/// Something incoming in one line, with what is not printed outside tests.
pub(crate) fn shown(incoming: &Incoming) -> String {
    match incoming {
        Incoming::Receipt(r) => format!("receipt {} {:?} {:?}", r.reference, r.state, r.code),
        Incoming::Reply(r) => {
            format!("reply {} {:?} {:?}", r.from.reveal(), r.text, r.reference)
        }
    }
}

/// A message with a text.
pub(crate) fn message(text: &str) -> Outgoing {
    let content = Content {
        subject: String::new(),
        text: text.to_owned(),
        link: None,
        choices: Vec::new(),
        language: "en".to_owned(),
        exercise: false,
    };
    Outgoing {
        key: "attempt-1".to_owned(),
        to: Address::new("+12025550143"),
        content,
        expires: None,
        urgent: false,
        repeated: false,
    }
}

/// A peer as a process whose lines are read. It goes with this value.
pub(crate) struct Peer {
    pub(crate) child: Child,
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Peer {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { input: child.stdin.take().unwrap(), child, lines }
    }

    /// The npm centre, and its port; `None` if it is not installed.
    pub(crate) async fn centre(how: &str) -> Option<(Self, u16)> {
        let folder = folder();
        if !folder.join("node_modules/smpp").exists() {
            skipped("the npm package `smpp` is not installed; run ops/setup --test");
            return None;
        }
        let mut centre = Self::start(Command::new("node").arg(folder.join("centre.mjs")).arg(how));
        let port = centre.line().await.parse().unwrap();
        Some((centre, port))
    }

    /// The next line that it says.
    pub(crate) async fn line(&mut self) -> String {
        timeout(LONG, self.lines.next_line()).await.expect("it says something").unwrap().unwrap()
    }

    /// The lines up to one that contains a text, and that line.
    pub(crate) async fn line_with(&mut self, text: &str) -> String {
        loop {
            let line = self.line().await;
            if line.contains(text) {
                return line;
            }
        }
    }

    pub(crate) async fn tell(&mut self, line: &str) {
        self.input.write_all(format!("{line}\n").as_bytes()).await.unwrap();
    }
}

/// What `main` does in the program: choose one implementation of cryptography for all of TLS.
pub(crate) fn use_cryptography() {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
}

/// Where the npm peers are.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/sms-peers")
}

/// Says that a test did not run, past the capture of the test's output.
pub(crate) fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}
