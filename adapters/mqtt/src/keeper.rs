//! The task that keeps a connection: one after the other, each by a task of its own.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use muster_contract::channel::{Failure, Inbox};
use rumqttc::tokio_rustls::rustls::ClientConfig;
use rumqttc::v5::mqttbytes::v5::ConnectProperties;
use rumqttc::v5::{AsyncClient, MqttOptions};
use rumqttc::{NetworkOptions, TlsConfiguration, Transport};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant, timeout};

use crate::backoff;
use crate::connection::{Connection, Limits};
use crate::intake::{self, AT_A_TIME, TAKE_WITHIN, WAITING};
use crate::line::Line;
use crate::reasons::technical;
use crate::settings::{BadSettings, Broker, Settings};

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
pub(crate) struct Keeper {
    pub(crate) options: MqttOptions,
    pub(crate) link: watch::Sender<Link>,
    pub(crate) inbox: Arc<dyn Inbox>,
    pub(crate) dropped: Arc<AtomicU64>,
    pub(crate) reply_topic: String,
    pub(crate) limits: Limits,
    pub(crate) in_flight: u16,
    pub(crate) closing: watch::Receiver<bool>,
}

/// A connection that has lasted so long was a good one: the next failure counts as the first.
const GOOD_AFTER: Duration = Duration::from_secs(30);

/// How many packet identifiers are used in turn. More than may be in flight, so that a broker that
/// acknowledges out of order does not block the next packet.
const IDENTIFIERS: u16 = 2_048;

impl Keeper {
    /// One connection after the other, each by a task of its own so that one that falls over is a
    /// lost connection and no more.
    pub(crate) async fn keep(mut self) {
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

pub(crate) fn options(
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
    let mut network = NetworkOptions::new();
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
