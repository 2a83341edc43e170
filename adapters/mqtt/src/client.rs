//! The client: keeps a connection, and publishes over it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use muster_contract::channel::{Channel, Failure, FailureKind, Inbox, Outgoing, Submitted, Task};
use rumqttc::tokio_rustls::rustls::ClientConfig;
use rumqttc::v5::mqttbytes::v5::Publish;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::task::JoinHandle;
use tokio::time::{Duration, Instant, timeout};

use crate::connection::Limits;
use crate::keeper::{Keeper, Link, options};
use crate::line::Line;
use crate::message::{canary, packet};
use crate::places::Places;
use crate::reasons::technical;
use crate::settings::{BadSettings, Settings};

/// Tells what time it is.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A client of one broker.
pub struct Mqtt {
    link: watch::Receiver<Link>,
    reply_topic: String,
    max_packet: usize,
    limits: Limits,
    clock: Clock,
    places: Places,
    dropped: Arc<AtomicU64>,
    closing: watch::Sender<bool>,
    keeper: Mutex<Option<JoinHandle<()>>>,
}

/// How long saying goodbye may take.
const GOODBYE: Duration = Duration::from_secs(1);

impl Mqtt {
    /// Starts to connect, and keeps connecting until [`Mqtt::shutdown`]. Must be called within a
    /// runtime.
    ///
    /// `tls` is needed, and used, when the URL begins with `mqtts`. Replies go to `inbox`, once or
    /// more often.
    ///
    /// # Errors
    ///
    /// [`BadSettings`] when a setting will not do. That the broker is not reached is no error here.
    pub fn start(
        settings: &Settings,
        tls: Option<Arc<ClientConfig>>,
        inbox: Arc<dyn Inbox>,
        clock: Clock,
    ) -> Result<Self, BadSettings> {
        let broker = settings.broker()?;
        let options = options(settings, &broker, tls)?;
        let limits = Limits {
            connect: Duration::from_secs(settings.connect_seconds.into()),
            keep_alive: Duration::from_secs(settings.keep_alive_seconds.into()),
            answer: Duration::from_secs(settings.answer_seconds.into()),
        };
        let (opened, link) = watch::channel(Link::Opening);
        let (closing, closed) = watch::channel(false);
        let dropped = Arc::new(AtomicU64::new(0));
        let keeper = Keeper {
            options,
            link: opened,
            inbox,
            dropped: Arc::clone(&dropped),
            reply_topic: settings.reply_topic(),
            limits,
            in_flight: settings.in_flight,
            closing: closed,
        };
        Ok(Self {
            link,
            reply_topic: settings.reply_topic(),
            max_packet: settings.max_packet_bytes as usize,
            limits,
            clock,
            places: Places::new(settings.in_flight),
            dropped,
            closing,
            keeper: Mutex::new(Some(tokio::spawn(keeper.keep()))),
        })
    }

    /// How many replies were dropped since the start because they were not of the right form.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    /// Takes no more messages, waits up to `within` for the broker to acknowledge those that are
    /// out, and says goodbye. The broker keeps replies for the next start, as long as was set.
    pub async fn shutdown(&self, within: Duration) {
        self.closing.send_replace(true);
        let _ = timeout(within, self.places.all_free()).await;
        let line = match &*self.link.borrow() {
            Link::Open(line) => Some(Arc::clone(line)),
            Link::Opening | Link::Down(_) => None,
        };
        let keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut keeper) = keeper else { return };
        if line.is_some_and(|line| line.client.try_disconnect().is_ok()) {
            let _ = timeout(GOODBYE, &mut keeper).await;
        }
        keeper.abort();
    }

    async fn send(&self, message: &Outgoing) -> Result<(), Failure> {
        let deadline = Instant::now() + self.limits.answer;
        // What will not do is refused without a connection.
        let room = async {
            packet(message, &self.reply_topic, (self.clock)())?;
            self.places.take(message.urgent, deadline).await
        };
        let room = room.await?;
        let line = self.line().await?;
        let packet = packet(message, &self.reply_topic, (self.clock)())?;
        self.publish(&line, packet, room).await
    }

    async fn ask(&self) -> Result<(), Failure> {
        let room = self.places.take(true, Instant::now() + self.limits.answer).await?;
        let line = self.line().await?;
        let sign = match self.publish(&line, canary(&self.reply_topic), room).await {
            // Any answer is a sign of life, also "nobody listens" and "you may not".
            Err(refused)
                if matches!(refused.kind, FailureKind::Permanent | FailureKind::Temporary) =>
            {
                Ok(())
            }
            Err(lost) => Err(Failure { kind: FailureKind::Technical, ..lost }),
            Ok(()) => Ok(()),
        };
        if line.is_deaf() {
            let says = "the broker refuses to send replies from the reply topic";
            return Err(technical("replies-refused", says));
        }
        sign
    }

    async fn publish(
        &self,
        line: &Line,
        packet: Publish,
        room: OwnedSemaphorePermit,
    ) -> Result<(), Failure> {
        // Two bytes more on the wire, for the identifier.
        if packet.size() + 2 > self.max_packet {
            let says = "the message is larger than `max_packet_bytes`";
            return Err(Failure::new(FailureKind::Permanent, "packet-too-large", says));
        }
        let told = line.publish(packet, room, self.limits.answer)?;
        told.await.unwrap_or_else(|_| {
            let says = "the connection fell over before the broker acknowledged the message";
            Err(Failure::new(FailureKind::InDoubt, "connection-lost", says))
        })
    }

    /// The connection; waits for the first one, and not for a next one.
    async fn line(&self) -> Result<Arc<Line>, Failure> {
        let mut link = self.link.clone();
        let opened = link.wait_for(|link| !matches!(link, Link::Opening));
        let link = match timeout(self.limits.connect + self.limits.answer, opened).await {
            Ok(Ok(link)) => link.clone(),
            Ok(Err(_)) | Err(_) => Link::Opening,
        };
        if *self.closing.borrow() {
            return Err(technical("closed", "this hub is shutting down"));
        }
        match link {
            Link::Open(line) => Ok(line),
            Link::Down(why) => Err(why),
            Link::Opening => Err(technical("connect-timeout", "the broker did not answer in time")),
        }
    }
}

impl Channel for Mqtt {
    /// `Ok` when the broker has acknowledged the packet; the reference is the key, by which devices
    /// send receipts and answers.
    fn submit<'a>(&'a self, message: &'a Outgoing) -> Task<'a, Result<Submitted, Failure>> {
        Box::pin(async move {
            self.send(message).await?;
            Ok(Submitted { reference: Some(message.key.clone()), delivered: false })
        })
    }

    /// Publishes an empty message to the reply topic, which reaches nobody, and waits for the
    /// broker's acknowledgement.
    fn probe(&self) -> Task<'_, Result<(), Failure>> {
        Box::pin(self.ask())
    }
}

impl Drop for Mqtt {
    fn drop(&mut self) {
        let keeper = self.keeper.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(keeper) = keeper.take() {
            keeper.abort();
        }
    }
}
