//! What the tests share: messages, a client, and receivers that are driven by hand.

use std::net::Ipv4Addr;
use std::sync::Once;

use muster_contract::Secret;
use muster_contract::channel::{Address, Choice, Content, Outgoing};
use muster_webhook::{Settings, Webhook};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

pub(crate) fn client(settings: &Settings) -> Webhook {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        rustls::crypto::aws_lc_rs::default_provider().install_default().unwrap();
    });
    #[expect(clippy::disallowed_methods, reason = "the receiver has a clock of its own")]
    let clock = || jiff::Timestamp::now();
    Webhook::new(settings, &[Secret::new(SECRET)], clock).unwrap()
}

pub(crate) fn inside() -> Settings {
    Settings { private: true, answer_seconds: Some(1), ..Settings::default() }
}

pub(crate) fn message(url: &str) -> Outgoing {
    Outgoing {
        key: "k-1".to_owned(),
        to: Address::new(url),
        content: Content {
            subject: "Callout".to_owned(),
            text: "Report to Station 4: \"École\".".to_owned(),
            link: Some("https://hub.example.org/a/x".to_owned()),
            choices: vec![Choice { key: "1".to_owned(), label: "I am coming".to_owned() }],
            language: "en".to_owned(),
            exercise: true,
        },
        expires: Some("2026-03-01T07:00:00Z".parse().unwrap()),
        urgent: true,
        repeated: false,
    }
}

/// A receiver that the test drives; gives its URL.
pub(crate) async fn receiver<F, T>(behave: F) -> String
where
    F: Fn(Connection) -> T + Send + 'static,
    T: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(behave(Connection(BufReader::new(stream))));
        }
    });
    format!("http://127.0.0.1:{port}/hook")
}

/// One connection of such a receiver.
pub(crate) struct Connection(pub(crate) BufReader<TcpStream>);

impl Connection {
    pub(crate) async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.0.get_mut().write_all(bytes.as_ref()).await;
    }

    /// Hears one request to its end.
    pub(crate) async fn hear(&mut self) {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).await.unwrap_or(0) == 0 || line == "\r\n" {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap();
            }
        }
        let _ = self.0.read_exact(&mut vec![0; length]).await;
    }

    /// Waits until the client hangs up.
    pub(crate) async fn hear_end(&mut self) {
        let _ = self.0.read_to_end(&mut Vec::new()).await;
    }
}
