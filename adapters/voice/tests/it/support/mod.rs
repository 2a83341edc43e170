//! The stand-in of the provider, and what the tests share.

use std::sync::{Arc, Once};
use std::time::Duration;

use jiff::Timestamp;
use muster_contract::channel::{Address, Choice, Content, Failure, Outgoing, Submitted};
use muster_voice::{Settings, Voice};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server that answers as the test says.
pub(crate) struct Provider(TcpListener);

impl Provider {
    pub(crate) async fn listen() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }

    /// The next request, whole, and the connection that it came over.
    pub(crate) async fn hears(&self) -> (String, TcpStream) {
        let (mut stream, _) = soon(self.0.accept()).await.unwrap();
        let mut read = Vec::new();
        while !is_whole(&read) {
            let some = soon(stream.read_buf(&mut read)).await.unwrap();
            assert!(some > 0, "the client closed the connection");
        }
        (String::from_utf8(read).unwrap(), stream)
    }

    /// Answers the next request with these bytes, and hangs up.
    pub(crate) async fn answers(&self, bytes: &[u8]) -> String {
        let (request, mut stream) = self.hears().await;
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
        request
    }
}

fn is_whole(read: &[u8]) -> bool {
    let text = String::from_utf8_lossy(read);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().unwrap())
    });
    body.len() >= length.unwrap_or(0)
}

/// An answer in HTTP.
pub(crate) fn http(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n{body}").into_bytes()
}

pub(crate) fn settings(port: u16) -> Settings {
    let json = format!(
        r#"{{"base_url":"http://127.0.0.1:{port}","account_sid":"AC1","auth_token":"12345",
            "from":"+12025550100","callback_url":"https://hub.example/voice",
            "connect_seconds":1,"answer_seconds":1}}"#
    );
    serde_json::from_str(&json).unwrap()
}

pub(crate) fn voice(settings: Settings) -> Voice {
    static CRYPTOGRAPHY: Once = Once::new();
    CRYPTOGRAPHY.call_once(|| {
        rustls::crypto::aws_lc_rs::default_provider().install_default().unwrap();
    });
    let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
    Voice::new(settings, Arc::new(move || now)).unwrap()
}

pub(crate) fn message() -> Outgoing {
    Outgoing {
        key: "n-17-2".to_owned(),
        to: Address::new("+12025550143"),
        content: Content {
            subject: String::new(),
            text: "Report to Station 4 & bring <PPE>".to_owned(),
            link: None,
            choices: vec![Choice { key: "1".to_owned(), label: "I am coming".to_owned() }],
            language: "en".to_owned(),
            exercise: false,
        },
        expires: Some("2026-11-22T12:05:00Z".parse().unwrap()),
        urgent: false,
        repeated: false,
    }
}

pub(crate) fn shown(outcome: Result<Submitted, Failure>) -> String {
    match outcome {
        Ok(submitted) => format!("taken as {}", submitted.reference.unwrap()),
        Err(failure) => match failure.retry_after {
            Some(wait) => format!("{:?}: {failure}, again after {wait:?}", failure.kind),
            None => format!("{:?}: {failure}", failure.kind),
        },
    }
}

/// What is to happen at once must happen within the patience of a loaded machine.
pub(crate) async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(15), what).await.expect("it took too long")
}
