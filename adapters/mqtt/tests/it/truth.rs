//! The law of the channel: what it says of a message is what happened at the broker.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use muster_contract::channel::{Channel, FailureKind};
use rumqttc::v5::mqttbytes::v5::{Packet, PubAckReason};

use crate::support::raw::{Raw, puback, written};
use crate::support::{channel, message, soon};

/// What the broker did with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Heard,
    Taken,
    Refused,
}

/// A broker that takes, refuses, answers late and out of order, and hangs up, by a fixed sequence
/// of chance.
async fn serve(broker: Raw, book: Arc<Mutex<BTreeMap<String, Done>>>) {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut chance = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % 100
    };
    loop {
        let mut peer = broker.welcome().await;
        let mut late = Vec::new();
        while let Some(packet) = peer.hears_or_ends().await {
            let Packet::Publish(publish) = packet else { continue };
            let key = publish.properties.unwrap().correlation_data.unwrap();
            let key = String::from_utf8(key.to_vec()).unwrap();
            let done = |key: &str, what| {
                let _ = book.lock().unwrap().insert(key.to_owned(), what);
            };
            done(&key, Done::Heard);
            match chance() {
                0..60 => {
                    done(&key, Done::Taken);
                    peer.say(&puback(publish.pkid, PubAckReason::Success)).await;
                }
                60..70 => {
                    done(&key, Done::Refused);
                    peer.say(&puback(publish.pkid, PubAckReason::QuotaExceeded)).await;
                }
                70..95 => late.push((key, publish.pkid)),
                // The rest is answered, last first, and then there is silence.
                _ => {
                    let mut bytes = Vec::new();
                    for (key, id) in late.drain(..).rev() {
                        done(&key, Done::Taken);
                        bytes.extend(written(&[&puback(id, PubAckReason::Success)]));
                    }
                    peer.say_bytes(&bytes).await;
                    break;
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_of_a_message_is_what_the_broker_did() {
    let broker = Raw::listen().await;
    let hub = Arc::new(channel(broker.port(), ""));
    let book = Arc::new(Mutex::new(BTreeMap::new()));
    let broker = tokio::spawn(serve(broker, Arc::clone(&book)));
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..8 {
        let hub = Arc::clone(&hub);
        tasks.spawn(async move {
            let mut said = Vec::new();
            for number in 0..60 {
                let key = format!("n-{task}-{number}");
                let outcome = hub.submit(&message(&key, "sirens/4")).await;
                let kind = outcome.err().map(|failure| failure.kind);
                if kind == Some(FailureKind::Technical) {
                    // Between two connections.
                    tokio::time::sleep(Duration::from_millis(30)).await;
                }
                said.push((key, kind));
            }
            said
        });
    }
    let said: Vec<_> = soon(tasks.join_all()).await.into_iter().flatten().collect();
    broker.abort();
    let book = book.lock().unwrap();
    let mut counts = BTreeMap::new();
    for (key, kind) in said {
        *counts.entry(format!("{kind:?}")).or_insert(0) += 1;
        let done = book.get(&key).copied();
        let holds = match kind {
            None => done == Some(Done::Taken),
            Some(FailureKind::Temporary) => done == Some(Done::Refused),
            Some(FailureKind::Technical) => done.is_none(),
            // It may have been read, and it may have been lost on the way to or fro.
            Some(FailureKind::InDoubt) => true,
            Some(FailureKind::Permanent) => false,
        };
        assert!(holds, "{key}: said {kind:?}, and the broker: {done:?}");
    }
    assert!(counts.len() >= 3, "all kinds were met: {counts:?}");
}
