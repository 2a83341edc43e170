//! The client: keeps a connection, and publishes over it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use muster_contract::channel::{Channel, Failure, FailureKind, Inbox, Outgoing, Submitted, Task};
use rumqttc::tokio_rustls::rustls::ClientConfig;
use rumqttc::v5::mqttbytes::v5::{ConnectProperties, Publish};
use rumqttc::v5::{AsyncClient, MqttOptions};
use rumqttc::{TlsConfiguration, Transport};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Duration, Instant, timeout, timeout_at};

use crate::backoff;
use crate::connection::{Connection, Limits};
use crate::intake::{self, AT_A_TIME, TAKE_WITHIN, WAITING};
use crate::line::Line;
use crate::message::{canary, packet};
use crate::reasons::technical;
use crate::settings::{BadSettings, Broker, Settings};

/// Tells what time it is.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A client of one broker.
pub struct Mqtt {
    link: watch::Receiver<Link>,
    reply_topic: String,
    max_packet: usize,
    limits: Limits,
    clock: Clock,
    /// The places of messages that wait for the broker, urgent ones having some of their own.
    places: Places,
    dropped: Arc<AtomicU64>,
    closing: watch::Sender<bool>,
    keeper: Mutex<Option<JoinHandle<()>>>,
}

struct Places {
    urgent: Arc<Semaphore>,
    ordinary: Arc<Semaphore>,
    /// How many of each there are.
    many: (u32, u32),
}

/// What there is to publish over.
#[derive(Clone)]
pub(crate) enum Link {
    /// The first connection is being made.
    Opening,
    Open(Arc<Line>),
    /// There is none, and this is why.
    Down(Failure),
}

/// What the keeper of the connection needs.
struct Keeper {
    options: MqttOptions,
    link: watch::Sender<Link>,
    inbox: Arc<dyn Inbox>,
    dropped: Arc<AtomicU64>,
    reply_topic: String,
    limits: Limits,
    in_flight: u16,
    closing: watch::Receiver<bool>,
}

/// A connection that has lasted so long was a good one: the next failure counts as the first.
const GOOD_AFTER: Duration = Duration::from_secs(30);

/// How long saying goodbye may take.
const GOODBYE: Duration = Duration::from_secs(1);

/// How many packet identifiers are used in turn. More than may be in flight, so that a broker that
/// acknowledges out of order does not block the next packet.
const IDENTIFIERS: u16 = 2_048;

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
        let broker = settings.check()?;
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

impl Places {
    fn new(in_flight: u16) -> Self {
        let urgent = (in_flight / 4).max(1);
        let ordinary = in_flight - urgent;
        Self {
            urgent: Arc::new(Semaphore::new(urgent.into())),
            ordinary: Arc::new(Semaphore::new(ordinary.into())),
            many: (urgent.into(), ordinary.into()),
        }
    }

    async fn take(&self, urgent: bool, deadline: Instant) -> Result<OwnedSemaphorePermit, Failure> {
        let ordinary = Arc::clone(&self.ordinary).acquire_owned();
        let place = async {
            if !urgent {
                return ordinary.await;
            }
            tokio::select! {
                place = Arc::clone(&self.urgent).acquire_owned() => place,
                place = ordinary => place,
            }
        };
        match timeout_at(deadline, place).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => {
                let says = "too many messages wait for the broker";
                Err(Failure::new(FailureKind::Temporary, "busy", says))
            }
        }
    }

    /// Waits until all are free.
    async fn all_free(&self) {
        let (urgent, ordinary) = self.many;
        let _ =
            tokio::join!(self.urgent.acquire_many(urgent), self.ordinary.acquire_many(ordinary));
    }
}

impl Keeper {
    /// One connection after the other, each by a task of its own so that one that falls over is a
    /// lost connection and no more.
    async fn keep(mut self) {
        let mut failures = 0;
        while !*self.closing.borrow() {
            let since = Instant::now();
            let why = self.connect().await;
            if *self.closing.borrow() {
                return;
            }
            failures = if since.elapsed() > GOOD_AFTER { 1 } else { failures + 1 };
            tracing::warn!(code = why.code, failures, "no connection to the broker: {}", why.says);
            let wait = backoff::wait(&self.options.client_id(), failures);
            let _ = timeout(wait, self.closing.wait_for(|closing| *closing)).await;
        }
    }

    async fn connect(&self) -> Failure {
        // Room for all that may be published and acknowledged at a time, and for the goodbye.
        let room = usize::from(self.in_flight) + 3 * usize::from(AT_A_TIME);
        let (client, events) = AsyncClient::new(self.options.clone(), room);
        let line = Arc::new(Line::new(client.clone()));
        let (jobs, taken) = mpsc::channel(WAITING);
        let mut tasks = JoinSet::new();
        let intake = intake::run(taken, Arc::clone(&self.inbox), client);
        tasks.spawn(intake);
        let connection = Connection {
            line: Arc::clone(&line),
            link: self.link.clone(),
            jobs,
            dropped: Arc::clone(&self.dropped),
            reply_topic: self.reply_topic.clone(),
            limits: self.limits,
        };
        let mut running = JoinSet::new();
        running.spawn(async move { connection.run(events).await });
        let (why, fell_over) = match running.join_next().await {
            Some(Ok(why)) => (why, false),
            Some(Err(_)) | None => {
                (technical("protocol", "the broker sent what the client fell over"), true)
            }
        };
        self.link.send_replace(Link::Down(why.clone()));
        line.end(&why, fell_over);
        // The next connection would bring again what this one has not yet taken in.
        let _ = timeout(TAKE_WITHIN, tasks.join_next()).await;
        why
    }
}

fn options(
    settings: &Settings,
    broker: &Broker,
    tls: Option<Arc<ClientConfig>>,
) -> Result<MqttOptions, BadSettings> {
    let mut options = MqttOptions::new(&settings.client_id, &broker.host, broker.port);
    if broker.tls {
        let tls = tls.ok_or(BadSettings::NoTls)?;
        // Never the library's own way of reading certificates, which is by an abandoned crate.
        options.set_transport(Transport::tls_with_config(TlsConfiguration::Rustls(tls)));
    }
    if let Some(username) = &settings.username {
        let password = settings.password.as_ref().map_or("", |password| password.reveal());
        options.set_credentials(username, password);
    }
    let mut network = rumqttc::NetworkOptions::new();
    network.set_tcp_nodelay(true);
    network.set_connection_timeout(settings.connect_seconds.into());
    options
        .set_network_options(network)
        .set_connection_timeout(settings.connect_seconds.into())
        .set_keep_alive(Duration::from_secs(settings.keep_alive_seconds.into()))
        .set_clean_start(false)
        .set_manual_acks(true)
        .set_outgoing_inflight_upper_limit(IDENTIFIERS)
        .set_connect_properties(ConnectProperties {
            session_expiry_interval: Some(settings.session_expiry_seconds),
            receive_maximum: Some(AT_A_TIME),
            max_packet_size: Some(settings.max_packet_bytes),
            ..ConnectProperties::new()
        });
    Ok(options)
}
