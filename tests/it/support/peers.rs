//! Other makers' servers as processes on this machine: a mail sink, a message centre.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

/// Longer than anything that is waited for on a loaded machine.
const LONG: Duration = Duration::from_secs(60);
const SINK: &str = "/usr/sbin/smtp-sink";

/// Postfix's `smtp-sink`: it counts, refuses and hangs up as it is told.
pub(crate) struct Sink {
    pub(crate) port: u16,
    folder: TempDir,
    _child: Child,
}

/// The message centre of npm's `smpp`.
pub(crate) struct Centre {
    pub(crate) port: u16,
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    _child: Child,
}

/// Debian's Kannel with its fake message centre behind it.
pub(crate) struct Kannel {
    /// Where its gateway is asked.
    pub(crate) base: String,
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    _children: [Child; 3],
    _folder: TempDir,
}

/// A short message as the centre took it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Taken {
    pub(crate) to: String,
    pub(crate) text: String,
}

impl Sink {
    /// One with these options; `None` if it is not installed.
    pub(crate) async fn start(options: &[&str]) -> Option<Self> {
        Self::start_at(free_port(), options).await
    }

    /// The same at a port that others know.
    pub(crate) async fn start_at(port: u16, options: &[&str]) -> Option<Self> {
        if !Path::new(SINK).exists() {
            skipped("Debian's postfix with smtp-sink is not installed; run ops/setup --test");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        // As root it would become `nobody`, who cannot write here.
        let user = std::process::Command::new("id").arg("-un").output().unwrap().stdout;
        let child = Command::new(SINK)
            .args(["-u", String::from_utf8(user).unwrap().trim(), "-d", "mail."])
            .args(options)
            .args([&format!("127.0.0.1:{port}"), "1000"])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        listening(port).await;
        Some(Self { port, folder, _child: child })
    }

    /// The mails that it took whole.
    pub(crate) fn mails(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        let mails = files.filter_map(|file| std::fs::read_to_string(file.unwrap().path()).ok());
        // The last line of the last part.
        mails.filter(|mail| mail.trim_end().ends_with("--")).collect()
    }

    /// How many came to each mailbox.
    pub(crate) fn by_mailbox(&self) -> BTreeMap<String, usize> {
        let mut count = BTreeMap::new();
        for mail in self.mails() {
            let to = mail.lines().find_map(|line| line.strip_prefix("X-Rcpt-Args: "));
            let to = to.unwrap_or_else(|| panic!("nobody's mail: {mail}"));
            let to = to.split(['<', '>']).nth(1).unwrap_or(to).to_owned();
            *count.entry(to).or_default() += 1;
        }
        count
    }
}

impl Centre {
    /// Starts one; `None` if it is not installed.
    pub(crate) async fn start() -> Option<Self> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sms-peers");
        if !folder.join("node_modules/smpp").exists() {
            skipped("the npm package `smpp` is not installed; run ops/setup --test");
            return None;
        }
        let mut child = Command::new("node")
            .arg(folder.join("centre.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let input = child.stdin.take().unwrap();
        let mut centre = Self { port: 0, input, lines, _child: child };
        centre.port = centre.line().await.parse().unwrap();
        Some(centre)
    }

    /// The next message that it takes.
    pub(crate) async fn next(&mut self) -> Taken {
        loop {
            let line: Value = serde_json::from_str(&self.line().await).unwrap();
            if let Some(text) = line["submit"].as_str() {
                let to = format!("+{}", line["to"].as_str().unwrap());
                return Taken { to, text: text.to_owned() };
            }
        }
    }

    /// Brings the hub a message from a telephone.
    pub(crate) async fn write_back(&mut self, from: &str, text: &str) {
        let from = from.trim_start_matches('+');
        let line =
            format!(r#"{{"source_addr":"{from}","source_addr_ton":1,"short_message":"{text}"}}"#);
        self.input.write_all(format!("{line}\n").as_bytes()).await.unwrap();
    }

    async fn line(&mut self) -> String {
        timeout(LONG, self.lines.next_line()).await.expect("it says something").unwrap().unwrap()
    }
}

impl Kannel {
    /// Starts one whose replies go to an address with a secret; `None` if it is not installed.
    pub(crate) async fn start(callback: &str, secret: &str) -> Option<Self> {
        let centre = Path::new("/usr/lib/kannel/test/fakesmsc");
        if !Path::new("/usr/sbin/bearerbox").exists() || !centre.exists() {
            skipped("Debian's kannel and kannel-extras are not installed; run ops/setup --test");
            return None;
        }
        let [admin, smsbox, smsc, http] = [free_port(), free_port(), free_port(), free_port()];
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kannel.conf");
        let text = format!(
            "\ngroup = core\nadmin-port = {admin}\nadmin-password = admin\n\
             smsbox-port = {smsbox}\nbox-allow-ip = \"127.0.0.1\"\n\n\
             group = smsc\nsmsc = fake\nsmsc-id = fake\nhost = 127.0.0.1\nport = {smsc}\n\
             connect-allow-ip = 127.0.0.1\n\n\
             group = smsbox\nbearerbox-host = 127.0.0.1\nsendsms-port = {http}\n\n\
             group = sendsms-user\nusername = muster\npassword = secret\nmax-messages = 10\n\
             concatenation = true\n\n\
             group = sms-service\nkeyword = default\ncatch-all = true\nmax-messages = 0\n\
             get-url = \"{callback}?secret={secret}&id=%I&from=%p&text=%b\"\n"
        );
        std::fs::write(&file, text).unwrap();
        let start = |line: String| {
            let mut command = Command::new("sh");
            command.args(["-c", &line]).stdin(Stdio::piped()).stdout(Stdio::piped());
            command.kill_on_drop(true).spawn().unwrap()
        };
        let of_box = |name| start(format!("exec {name} -v 4 '{}' 2>/dev/null", file.display()));
        let bearerbox = of_box("bearerbox");
        listening(smsc).await;
        listening(smsbox).await;
        let smsboxes = of_box("smsbox");
        let mut centre = start(format!("exec {} -H 127.0.0.1 -r {smsc} 2>&1", centre.display()));
        listening(http).await;
        let lines = BufReader::new(centre.stdout.take().unwrap()).lines();
        let input = centre.stdin.take().unwrap();
        let base = format!("http://127.0.0.1:{http}");
        let _children = [bearerbox, smsboxes, centre];
        Some(Self { base, input, lines, _children, _folder: folder })
    }

    /// The next message that its centre takes.
    pub(crate) async fn next(&mut self) -> Taken {
        loop {
            let line = timeout(LONG, self.lines.next_line()).await.expect("it says something");
            let line = line.unwrap().unwrap();
            // `Got message N: <sender receiver text what it says>`
            if let Some((_, message)) = line.split_once("Got message ") {
                let inside = message.split_once('<').unwrap().1.trim_end_matches('>');
                let mut words = inside.splitn(4, ' ');
                let (_, to, _, text) =
                    (words.next(), words.next().unwrap(), words.next(), words.next().unwrap());
                return Taken { to: to.to_owned(), text: text.to_owned() };
            }
        }
    }

    /// Somebody writes back from a telephone.
    pub(crate) async fn write_back(&mut self, from: &str, text: &str) {
        self.input.write_all(format!("{from} 100 text {text}\n").as_bytes()).await.unwrap();
    }
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits until something listens there.
pub(crate) async fn listening(port: u16) {
    let found = async {
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(LONG, found).await.expect("the port is listened on");
}

/// Says that a test did not run, past the capture of the test's output.
pub(crate) fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}
