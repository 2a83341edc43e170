//! What the tests share: settings, a message, and an inbox that shows what it was given.

pub(crate) mod broker;
pub(crate) mod raw;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use muster_contract::channel::{
    Address, Channel, Choice, Content, Failure, Inbox, Incoming, NotTaken, Outgoing, Submitted,
    Task,
};
use muster_mqtt::{Mqtt, Settings};
use tokio::sync::mpsc;

/// An inbox that refuses the first few, and hands on the others.
pub(crate) struct Tray {
    refuse: AtomicU32,
    to: mpsc::UnboundedSender<Incoming>,
}

impl Tray {
    pub(crate) fn new(refuse: u32) -> (Arc<Self>, mpsc::UnboundedReceiver<Incoming>) {
        let (to, given) = mpsc::unbounded_channel();
        (Arc::new(Self { refuse: AtomicU32::new(refuse), to }), given)
    }
}

impl Inbox for Tray {
    fn take(&self, incoming: Incoming) -> Task<'_, Result<(), NotTaken>> {
        let less = |left: u32| left.checked_sub(1);
        let refused = self.refuse.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less).is_ok();
        let taken = if refused { Err(NotTaken) } else { Ok(()) };
        if taken.is_ok() {
            let _ = self.to.send(incoming);
        }
        Box::pin(async move { taken })
    }
}

pub(crate) fn settings(port: u16, more: &str) -> Settings {
    let json = format!(
        r#"{{"url":"mqtt://127.0.0.1:{port}","client_id":"hub","reply_topic":"replies",
            "connect_seconds":2,"answer_seconds":2{more}}}"#
    );
    serde_json::from_str(&json).unwrap()
}

/// The channel, with an inbox that nobody looks into.
pub(crate) fn channel(port: u16, more: &str) -> Mqtt {
    start(&settings(port, more), Tray::new(0).0)
}

pub(crate) fn start(settings: &Settings, inbox: Arc<Tray>) -> Mqtt {
    Mqtt::start(settings, None, inbox, Arc::new(now)).unwrap()
}

pub(crate) fn now() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

pub(crate) fn message(key: &str, topic: &str) -> Outgoing {
    Outgoing {
        key: key.to_owned(),
        to: Address::new(topic),
        content: Content {
            subject: String::new(),
            text: "Report to Station 4".to_owned(),
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

/// The outcome of a submission in a line.
pub(crate) async fn outcome(channel: &Mqtt, message: &Outgoing) -> String {
    shown(soon(channel.submit(message)).await)
}

pub(crate) fn shown(outcome: Result<Submitted, Failure>) -> String {
    match outcome {
        Ok(submitted) => format!("taken as {}", submitted.reference.unwrap()),
        Err(failure) => format!("{:?}: {failure}", failure.kind),
    }
}

/// What is to happen at once must happen within the patience of a loaded machine.
pub(crate) async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(15), what).await.expect("it took too long")
}

/// Submits until a broker that has just come takes it.
pub(crate) async fn until_taken(channel: &Mqtt, message: &Outgoing) {
    let taken = async {
        while channel.submit(message).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    soon(taken).await;
}

/// Asks until it fails, and says with which code.
pub(crate) async fn until_down(channel: &Mqtt) -> String {
    let down = async {
        loop {
            if let Err(failure) = channel.probe().await {
                return failure.code;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    soon(down).await
}
