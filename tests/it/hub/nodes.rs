//! Several hubs on one PostgreSQL, and a PostgreSQL that goes away.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use muster::hub::{Clock, Hub, Running, SubmitError};
use muster::log;

use crate::support::bare::{open, open_incident, open_when_back, submit};
use crate::support::postgres;

async fn node(database: &str) -> Running {
    Hub::start(log::open(database).await.unwrap(), Clock::system()).await.unwrap()
}

/// Waits until a hub has taken in an entry.
async fn reaches(hub: &Hub, seq: u64) {
    let mut steps = hub.steps();
    while hub.picture().seq() < seq {
        tokio::time::timeout(Duration::from_secs(10), steps.recv()).await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_take_commands_at_once_and_agree() {
    let Some(database) = postgres::database().await else { return };
    let (one, two) = (node(&database).await, node(&database).await);

    let opened = join_all((0..400).map(|n| {
        let hub = if n % 2 == 0 { one.hub.clone() } else { two.hub.clone() };
        tokio::spawn(async move { submit(&hub, open(&format!("fire {n}"))).await })
    }));
    let seqs: Vec<_> = opened.await.into_iter().map(|a| a.unwrap().unwrap().seq).collect();
    let last = *seqs.iter().max().unwrap();

    reaches(&one.hub, last).await;
    reaches(&two.hub, last).await;
    let world = one.hub.picture();
    assert_eq!(world.world.incidents().count(), 400);
    assert_eq!(world.head, two.hub.picture().head);
    assert_eq!(world.world.to_snapshot().unwrap(), two.hub.picture().world.to_snapshot().unwrap());
    let mut numbers: Vec<_> = world.world.incidents().map(|i| i.number.clone()).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 400, "two nodes gave the same incident number");
    one.stop().await;
    two.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_shows_what_another_node_wrote_within_a_tenth_of_a_second() {
    let Some(database) = postgres::database().await else { return };
    let (writer, follower) = (node(&database).await, node(&database).await);
    let mut delays = Vec::new();
    for n in 0..20 {
        open_incident(&writer.hub, &format!("fire {n}")).await;
        let acknowledged = Instant::now();
        reaches(&follower.hub, writer.hub.picture().seq()).await;
        delays.push(acknowledged.elapsed());
    }
    delays.sort();
    assert!(delays[10] < Duration::from_millis(100), "{delays:?}");
    writer.stop().await;
    follower.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_store_is_away_reads_go_on_marked_stale_and_writes_are_refused() {
    let Some(mut server) = tokio::task::spawn_blocking(postgres::Server::start_own).await.unwrap()
    else {
        return;
    };
    let database = server.new_database().await;
    let node = node(&database).await;
    open_incident(&node.hub, "before").await;

    server.stop();
    let refused = loop {
        // The first few may be in doubt; as soon as the loss is noticed, the answer is immediate.
        match submit(&node.hub, open("during")).await {
            Err(error @ SubmitError::StoreUnavailable { .. }) => break error,
            other => assert!(other.is_err(), "acknowledged without a store"),
        }
    };
    assert!(refused.retry_after_ms().is_some());
    assert!(node.hub.stale_since().is_some());
    assert_eq!(node.hub.picture().world.incidents().count(), 1);

    server.start();
    open_when_back(&node.hub, "after").await;
    let names: Vec<_> = node.hub.picture().world.incidents().map(|i| i.name.clone()).collect();
    assert_eq!(names, ["before", "after"]);
    node.stop().await;
}
