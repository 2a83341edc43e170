//! What the tests share: messages, clients, and relays that are started or driven by hand.

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener as StdListener};
use std::process::{Child, Command};
use std::time::Duration;

use muster_contract::Secret;
use muster_contract::channel::{Address, Choice, Content, Outgoing};
use muster_email::{Email, Settings};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

pub(crate) fn settings(port: u16, more: &Value) -> Settings {
    let mut settings = json!({
        "host": "localhost",
        "port": port,
        "tls": "none",
        "from": "Muster <alerts@example.org>",
        "connections": 4,
        "connect_seconds": 5,
        "answer_seconds": 5,
        "taken_seconds": 5,
    });
    for (name, value) in more.as_object().unwrap() {
        settings[name] = value.clone();
    }
    serde_json::from_value(settings).unwrap()
}

pub(crate) fn client(port: u16, more: &Value) -> Email {
    let password = more.get("user").map(|_| Secret::new("s3cret"));
    let clock = || "2026-03-01T06:00:00Z".parse().unwrap();
    Email::new(settings(port, more), password.as_ref(), clock).unwrap()
}

pub(crate) fn message(key: &str, to: &str) -> Outgoing {
    Outgoing {
        key: key.to_owned(),
        to: Address::new(to),
        content: Content {
            subject: "Callout".to_owned(),
            text: "Report to Station 4.\n.\nBring boots.".to_owned(),
            link: Some("https://hub.example.org/a/x".to_owned()),
            choices: vec![Choice { key: "1".to_owned(), label: "I am coming".to_owned() }],
            language: "en".to_owned(),
            exercise: false,
        },
        expires: None,
        urgent: true,
        repeated: false,
    }
}

/// A process that is stopped when the test ends.
pub(crate) struct Process(pub(crate) Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> u16 {
    StdListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// Waits until something listens there.
pub(crate) async fn listening(port: u16) {
    for _ in 0..500 {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("nothing listens on port {port}");
}

/// Whether a program is there; says that the test is skipped if not.
pub(crate) fn has(program: &str) -> bool {
    let there = std::path::Path::new(program).exists();
    if !there {
        let _ = writeln!(std::io::stderr(), "skipped: {program} (postfix) is not installed");
    }
    there
}

/// Runs a command and hears whether it went well.
pub(crate) fn run(program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A relay that the test drives: it does with each connection what it is told.
pub(crate) async fn relay<F, T>(behave: F) -> u16
where
    F: Fn(Line, usize) -> T + Send + 'static,
    T: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let mut number = 0;
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(behave(Line(BufReader::new(stream)), number));
            number += 1;
        }
    });
    port
}

/// One connection of such a relay.
pub(crate) struct Line(pub(crate) BufReader<TcpStream>);

impl Line {
    pub(crate) async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.0.get_mut().write_all(bytes.as_ref()).await;
    }

    /// The next line that the client says; empty at the end.
    pub(crate) async fn hear(&mut self) -> String {
        let mut line = String::new();
        let _ = self.0.read_line(&mut line).await;
        line
    }

    /// Hears a command and answers it.
    pub(crate) async fn answer(&mut self, answer: &str) -> String {
        let heard = self.hear().await;
        self.say(answer).await;
        heard
    }

    /// Greets and says yes to everything until the message is to come.
    pub(crate) async fn until_data(&mut self) {
        self.say("220 relay\r\n").await;
        self.until_data_again().await;
    }

    /// The same after a greeting.
    pub(crate) async fn until_data_again(&mut self) {
        loop {
            let heard = self.hear().await;
            match heard.get(..4) {
                None => return,
                Some("EHLO") => self.say("250-relay\r\n250 8BITMIME\r\n").await,
                Some("DATA") => return self.say("354 go on\r\n").await,
                Some(_) => self.say("250 ok\r\n").await,
            }
        }
    }

    /// Hears a message to its end.
    pub(crate) async fn hear_message(&mut self) -> String {
        let mut message = String::new();
        loop {
            let line = self.hear().await;
            if line == ".\r\n" || line.is_empty() {
                return message;
            }
            message.push_str(&line);
        }
    }

    /// Waits until the client hangs up.
    pub(crate) async fn hear_end(&mut self) {
        while !self.hear().await.is_empty() {}
    }
}
