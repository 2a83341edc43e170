//! How many messages a second go through the window to a centre on loopback.
//!
//! `node tests/sms-peers/centre.mjs count` says its port; then
//! `cargo run --release -p muster-sms --example sms_throughput -- PORT [MESSAGES] [WINDOW]`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use muster_contract::channel::{
    Address, Channel, Content, Inbox, Incoming, NotTaken, Outgoing, Task,
};
use muster_sms::smpp::{Smpp, SmppSettings};

/// Messages that are handed to the client at once, as the hub's tasks do.
const AT_ONCE: usize = 2_000;

struct Nowhere;

impl Inbox for Nowhere {
    fn take(&self, _: Incoming) -> Task<'_, Result<(), NotTaken>> {
        Box::pin(async { Ok(()) })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let port: u16 = arguments.next().ok_or("the port of the centre is missing")?.parse()?;
    let messages: usize = arguments.next().unwrap_or_else(|| "20000".to_owned()).parse()?;
    let window: usize = arguments.next().unwrap_or_else(|| "100".to_owned()).parse()?;
    let settings: SmppSettings = serde_json::from_str(&format!(
        r#"{{"host": "127.0.0.1", "port": {port}, "system_id": "muster", "password": "secret",
            "source": "+12025550100", "window": {window}, "receipts": false}}"#
    ))?;
    let client = Smpp::start(settings, Arc::new(Nowhere))?;
    client.probe().await?;
    let refused = AtomicUsize::new(0);
    let started = Instant::now();
    let mut under_way = FuturesUnordered::new();
    for number in 0..messages {
        if under_way.len() >= AT_ONCE {
            under_way.next().await;
        }
        let (client, refused) = (&client, &refused);
        under_way.push(async move {
            if client.submit(&message(number)).await.is_err() {
                refused.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    while under_way.next().await.is_some() {}
    drop(under_way);
    let (seconds, refused) = (started.elapsed().as_secs_f64(), refused.into_inner());
    println!(
        "{messages} messages in {seconds:.2} s: {:.0}/s, {refused} refused",
        messages as f64 / seconds
    );
    Ok(())
}

fn message(number: usize) -> Outgoing {
    let text =
        "EXERCISE. Wildfire at Cedar Ridge: report to Station 4 by 14:00. Reply 1 coming, 2 not.";
    Outgoing {
        key: number.to_string(),
        to: Address::new(format!("+1202{number:07}")),
        content: Content {
            subject: String::new(),
            text: text.to_owned(),
            link: None,
            choices: Vec::new(),
            language: "en".to_owned(),
            exercise: true,
        },
        expires: None,
        urgent: false,
        repeated: false,
    }
}
