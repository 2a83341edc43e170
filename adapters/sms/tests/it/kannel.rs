//! Against Debian's Kannel: its HTTP gateway in front of its fake centre, and its own reading of
//! SMPP in the centre that it is tested with.

use std::net::TcpListener as StdListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use muster_contract::channel::{Channel, FailureKind};
use muster_sms::http::{CallbackRequest, Gateway, GatewaySettings, KANNEL, Mapping, Refusal};
use muster_sms::smpp::{Smpp, SmppSettings};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;
use tokio::time::{sleep, timeout};

use crate::support::{LONG, Peer, inbox, message, shown, skipped};

/// Kannel's boxes and its fake centre. They go with this value.
struct Kannel {
    _boxes: [Peer; 2],
    centre: Peer,
    base: String,
    gateway: Arc<Gateway>,
    callbacks: TcpListener,
    _folder: TempDir,
}

/// Where Debian's kannel-extras puts what Kannel is tested with.
fn extra(name: &str) -> Option<PathBuf> {
    let program = Path::new("/usr/lib/kannel/test").join(name);
    let boxes = Path::new("/usr/sbin/bearerbox").exists();
    if boxes && program.exists() {
        return Some(program);
    }
    skipped("Debian's kannel and kannel-extras are not installed; run ops/setup --test");
    None
}

/// A port that was free a moment ago.
fn port() -> u16 {
    StdListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits until somebody listens on a port.
async fn listening(port: u16) {
    let found = async {
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(LONG, found).await.expect("the port is listened on");
}

impl Kannel {
    async fn start() -> Option<Self> {
        let fakesmsc = extra("fakesmsc")?;
        let callbacks = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let callback = format!("http://{}/callback", callbacks.local_addr().unwrap());
        let [admin, smsbox, smsc, http] = [port(), port(), port(), port()];
        let folder = tempfile::tempdir().unwrap();
        let configuration = folder.path().join("kannel.conf");
        let text = format!(
            r#"
group = core
admin-port = {admin}
admin-password = admin
smsbox-port = {smsbox}
box-allow-ip = "127.0.0.1"

group = smsc
smsc = fake
smsc-id = fake
host = 127.0.0.1
port = {smsc}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {http}

group = sendsms-user
username = muster
password = secret
max-messages = 10
concatenation = true

group = sms-service
keyword = default
catch-all = true
get-url = "{callback}?secret=s%%26s&id=%I&from=%p&text=%b"
max-messages = 0
"#
        );
        std::fs::write(&configuration, text).unwrap();
        let quiet = |program: &str| {
            let line = format!("exec {program} -v 4 '{}' 2>/dev/null", configuration.display());
            Peer::start(Command::new("sh").args(["-c", &line]))
        };
        let bearerbox = quiet("bearerbox");
        listening(smsc).await;
        listening(smsbox).await;
        let smsboxes = quiet("smsbox");
        let line = format!("exec {} -H 127.0.0.1 -r {smsc} 2>&1", fakesmsc.display());
        let centre = Peer::start(Command::new("sh").args(["-c", &line]));
        listening(http).await;
        let base = format!("http://127.0.0.1:{http}");
        let gateway = gateway(&base, &callback, "secret");
        let _boxes = [bearerbox, smsboxes];
        Some(Self { _boxes, centre, base, gateway, callbacks, _folder: folder })
    }

    /// The next callback, as it is read, and answered as the mapping says.
    async fn callback(&self) -> Result<String, Refusal> {
        let (mut stream, _) = timeout(LONG, self.callbacks.accept()).await.unwrap().unwrap();
        let mut received = Vec::new();
        while !received.windows(4).any(|end| end == b"\r\n\r\n") {
            assert!(stream.read_buf(&mut received).await.unwrap() > 0);
        }
        let head = String::from_utf8(received).unwrap();
        let mut words = head.split(' ');
        let (method, path) = (words.next().unwrap(), words.next().unwrap());
        let url = format!("http://{}{path}", self.callbacks.local_addr().unwrap());
        let request = CallbackRequest { method, url: &url, headers: &[], body: b"" };
        let incoming = self.gateway.read_callback(&request)?;
        let answer = self.gateway.callback_answer().unwrap();
        let (status, media) = (answer.status, &answer.content_type);
        let head = format!(
            "HTTP/1.1 {status} OK\r\nContent-Type: {media}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        Ok(incoming.iter().map(shown).collect())
    }
}

fn gateway(base: &str, callback: &str, password: &str) -> Arc<Gateway> {
    let json = format!(
        r#"{{"from": "100", "callback": "{callback}", "values": {{"base": "{base}", "user": "muster"}},
            "secrets": {{"password": "{password}", "secret": "s&s"}}}}"#
    );
    let settings: GatewaySettings = serde_json::from_str(&json).unwrap();
    let now = || Timestamp::UNIX_EPOCH;
    crate::support::use_cryptography();
    Arc::new(Gateway::new(Mapping::parse(KANNEL).unwrap(), settings, now).unwrap())
}

#[tokio::test]
async fn a_message_goes_through_kannel_and_its_receipts_come_back() {
    let Some(mut kannel) = Kannel::start().await else { return };
    kannel.gateway.probe().await.unwrap();
    let submitted = kannel.gateway.submit(&message("Report to Station 4 [now] €")).await.unwrap();
    assert_eq!(submitted.reference, None);
    let line = kannel.centre.line_with("Got message").await;
    assert!(line.ends_with("<100 +12025550143 text Report to Station 4 [now] €>"), "{line}");
    let mut receipts = [kannel.callback().await.unwrap(), kannel.callback().await.unwrap()];
    receipts.sort();
    insta::assert_snapshot!(receipts.join("\n"), @r#"
    receipt attempt-1 Accepted Some("ACK/")
    receipt attempt-1 Delivered None
    "#);
    kannel.centre.tell("+12025550143 100 text 1 in 20 min € & more").await;
    let reply = kannel.callback().await.unwrap();
    assert!(reply.starts_with(r#"reply +12025550143 "1 in 20 min € & more" Some("#), "{reply}");
}

#[tokio::test]
async fn a_password_that_kannel_refuses_is_technical() {
    let Some(kannel) = Kannel::start().await else { return };
    let stranger = gateway(&kannel.base, "http://hub.example", "wrong");
    assert_eq!(stranger.probe().await.unwrap_err().kind, FailureKind::Technical);
    assert_eq!(stranger.submit(&message("hi")).await.unwrap_err().kind, FailureKind::Technical);
}

#[tokio::test]
async fn kannels_own_smpp_is_understood() {
    let Some(drive_smpp) = extra("drive_smpp") else { return };
    // It also plays a box of Kannel's, at the one port that is written into it.
    let Ok(_bearerbox) = TcpListener::bind("127.0.0.1:13001").await else {
        return skipped("port 13001 is taken, which Kannel's centre for tests connects to");
    };
    let port = port();
    let line = format!("exec {} -p {port} -m 3 2>/dev/null", drive_smpp.display());
    let folder = tempfile::tempdir().unwrap();
    let _centre = Peer::start(Command::new("sh").args(["-c", &line]).current_dir(folder.path()));
    let json = format!(
        r#"{{"host": "127.0.0.1", "port": {port}, "system_id": "foo", "password": "bar",
            "source": "123", "bind": "pair"}}"#
    );
    let settings: SmppSettings = serde_json::from_str(&json).unwrap();
    let (inbox, mut came) = inbox();
    let client = Smpp::start(settings, inbox).unwrap();
    for _ in 0..3 {
        assert!(came.next().await.starts_with("reply "));
    }
    // It is bound by now, as it has brought messages; its other half may not be yet.
    while client.probe().await.is_err() {}
    client.submit(&message("hello")).await.unwrap();
}
