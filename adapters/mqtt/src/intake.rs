//! Replies on their way to the inbox: acknowledged to the broker when they are there for good.

use std::sync::Arc;

use muster_contract::channel::{Inbox, Incoming};
use rumqttc::v5::AsyncClient;
use rumqttc::v5::mqttbytes::v5::Publish;
use tokio::sync::mpsc;
use tokio::time::{Duration, sleep, timeout};

/// How many replies may be unacknowledged at a time, by our word to the broker.
pub(crate) const AT_A_TIME: u16 = 64;

/// How many replies may wait for the inbox: those, and others that were sent with QoS 0.
pub(crate) const WAITING: usize = 1_024;

/// How long the inbox may take for one.
pub(crate) const TAKE_WITHIN: Duration = Duration::from_secs(10);

/// The wait before offering one again that the inbox did not take, and the longest such wait.
const AGAIN: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// A reply, and the packet that it came in if that is to be acknowledged.
pub(crate) struct Job {
    pub(crate) incoming: Incoming,
    pub(crate) packet: Option<Publish>,
}

/// Takes in one after the other, until the connection is over and all has been offered.
pub(crate) async fn run(mut jobs: mpsc::Receiver<Job>, inbox: Arc<dyn Inbox>, client: AsyncClient) {
    while let Some(job) = jobs.recv().await {
        if take(&job.incoming, inbox.as_ref(), &jobs).await
            && let Some(packet) = &job.packet
        {
            // After the connection is lost this goes nowhere, and the broker brings it again.
            let _ = client.try_ack(packet);
        }
    }
}

/// Offers it until it is taken. The broker would bring it again only on a new connection, so as
/// long as this one lives it is offered from here.
async fn take(incoming: &Incoming, inbox: &dyn Inbox, jobs: &mpsc::Receiver<Job>) -> bool {
    let (mut wait, longest) = AGAIN;
    loop {
        if matches!(timeout(TAKE_WITHIN, inbox.take(incoming.clone())).await, Ok(Ok(()))) {
            return true;
        }
        if jobs.is_closed() {
            return false;
        }
        sleep(wait).await;
        wait = (wait * 2).min(longest);
    }
}
