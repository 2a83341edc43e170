//! Sends mails to a relay over a number of connections and says how many a second: the figure to
//! compare with `smtp-source -d -s CONNECTIONS -m MAILS`.
//!
//!     cargo run --release -p muster-email --example rate -- PORT CONNECTIONS MAILS

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use muster_contract::channel::{Address, Channel, Content, Outgoing};
use muster_email::{Email, Settings};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let numbers: Vec<u32> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let [port, connections, mails] = numbers[..] else {
        return Err("rate PORT CONNECTIONS MAILS".into());
    };
    let settings: Settings = serde_json::from_value(serde_json::json!({
        "host": "127.0.0.1",
        "port": port,
        "tls": "none",
        "from": "Muster <alerts@example.org>",
        "connections": connections,
    }))?;
    let email = Arc::new(Email::new(settings, None, || jiff::Timestamp::UNIX_EPOCH)?);
    let start = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|task| {
            let email = Arc::clone(&email);
            tokio::spawn(async move {
                for number in (task..mails).step_by(connections as usize) {
                    email.submit(&message(number)).await?;
                }
                Ok::<_, muster_contract::channel::Failure>(())
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{mails} mails in {seconds:.2} s: {:.0} a second", f64::from(mails) / seconds);
    Ok(())
}

fn message(number: u32) -> Outgoing {
    Outgoing {
        key: format!("key-{number}"),
        to: Address::new(format!("person{number}@example.org")),
        content: Content {
            subject: "Flood warning".to_owned(),
            text: "Leave the area south of the river now. Do not drive through water.".to_owned(),
            link: Some("https://hub.example.org/a/x".to_owned()),
            choices: Vec::new(),
            language: "en".to_owned(),
            exercise: true,
        },
        expires: None,
        urgent: true,
        repeated: false,
    }
}
