//! The task that runs one connection, from the first byte to the last.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use muster_contract::channel::Failure;
use rumqttc::Outgoing;
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{
    ConnAck, Filter, Packet, Publish, RetainForwardRule, SubAck, SubscribeReasonCode,
};
use rumqttc::v5::{Event, EventLoop};
use tokio::sync::{mpsc, watch};
use tokio::time::{Duration, Instant, Interval, interval};

use crate::intake::Job;
use crate::keeper::Link;
use crate::line::Line;
use crate::reasons::{disconnected, technical};
use crate::reply;

/// What the task needs.
pub(crate) struct Connection {
    pub(crate) line: Arc<Line>,
    pub(crate) link: watch::Sender<Link>,
    pub(crate) jobs: mpsc::Sender<Job>,
    pub(crate) dropped: Arc<AtomicU64>,
    pub(crate) reply_topic: String,
    pub(crate) limits: Limits,
}

/// How long things may take.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// From nothing to being subscribed; the library holds to it up to the log-in.
    pub(crate) connect: Duration,
    /// Between sending our keep-alive questions.
    pub(crate) keep_alive: Duration,
    /// From a packet to its acknowledgement.
    pub(crate) answer: Duration,
}

/// How far the connection has come.
struct Progress {
    since: Instant,
    heard: Instant,
    /// The identifier of our subscription, once it is sent.
    asked: Option<u16>,
    open: bool,
}

impl Connection {
    /// Runs it to its end, and says why it ended.
    ///
    /// What the library still holds then is read to the end: an acknowledgement that came in the
    /// last packet before the end counts.
    pub(crate) async fn run(&self, mut events: EventLoop) -> Failure {
        let now = Instant::now();
        let mut progress = Progress { since: now, heard: now, asked: None, open: false };
        let mut tick = interval((self.limits.answer / 8).min(Duration::from_millis(500)));
        let why = loop {
            let event = match self.next(&mut events, &progress, &mut tick).await {
                Ok(event) => event,
                Err(why) => break why,
            };
            progress.heard = Instant::now();
            if let Event::Incoming(Packet::ConnAck(connack)) = &event {
                keep_our_pace(&mut events, connack, self.limits.keep_alive);
            }
            if let Err(why) = self.handle(event, &mut progress) {
                break why;
            }
        };
        while let Some(event) = events.state.events.pop_front() {
            let _ = self.handle(event, &mut progress);
        }
        why
    }

    /// The next event. The library must not be interrupted while it works, so the watch is kept
    /// beside it, and interrupts it only for good.
    async fn next(
        &self,
        events: &mut EventLoop,
        progress: &Progress,
        tick: &mut Interval,
    ) -> Result<Event, Failure> {
        let mut polled = pin!(events.poll());
        loop {
            tokio::select! {
                // First the watch: a broker that never stops talking must not keep it from looking.
                biased;
                now = tick.tick() => self.watch(progress, now)?,
                polled = &mut polled => return polled.map_err(|error| disconnected(&error)),
            }
        }
    }

    /// Whether it has hung up without saying so. The library waits for ever when the broker stops
    /// reading, and does not count how long an acknowledgement takes.
    fn watch(&self, progress: &Progress, now: Instant) -> Result<(), Failure> {
        let limits = self.limits;
        if !progress.open && now > progress.since + limits.connect * 2 {
            return Err(technical(
                "connect-timeout",
                "the broker did not let us subscribe in time",
            ));
        }
        if progress.open && now > progress.heard + limits.keep_alive * 2 + limits.answer {
            return Err(technical("silent", "the broker does not answer any more"));
        }
        if self.line.is_overdue(now) {
            return Err(technical("puback-timeout", "the broker did not acknowledge in time"));
        }
        Ok(())
    }

    fn handle(&self, event: Event, progress: &mut Progress) -> Result<(), Failure> {
        match event {
            Event::Incoming(Packet::ConnAck(connack)) => self.connected(&connack),
            Event::Outgoing(Outgoing::Subscribe(id)) => {
                progress.asked = Some(id);
                Ok(())
            }
            Event::Incoming(Packet::SubAck(suback)) => {
                if !progress.open && progress.asked == Some(suback.pkid) {
                    progress.open = true;
                    self.subscribed(&suback);
                }
                Ok(())
            }
            Event::Outgoing(Outgoing::Publish(id)) => {
                self.line.sent(id);
                Ok(())
            }
            Event::Incoming(Packet::PubAck(ack)) => {
                self.line.answered(ack.pkid, ack.reason);
                Ok(())
            }
            Event::Incoming(Packet::Publish(packet)) => self.replied(packet),
            Event::Outgoing(Outgoing::Disconnect) => {
                Err(technical("closed", "the connection was closed by this hub"))
            }
            _ => Ok(()),
        }
    }

    fn connected(&self, connack: &ConnAck) -> Result<(), Failure> {
        if let Some(told) = &connack.properties {
            if told.max_qos == Some(0) {
                let says = "the broker does not acknowledge messages: it offers QoS 0 alone";
                return Err(technical("qos-not-supported", says));
            }
            if let Some(largest) = told.max_packet_size {
                self.line.learn(largest);
            }
        }
        let filter = Filter {
            path: self.reply_topic.clone(),
            qos: QoS::AtLeastOnce,
            // Our own canaries, and what somebody let stand there, are no replies.
            nolocal: true,
            retain_forward_rule: RetainForwardRule::Never,
            ..Filter::default()
        };
        let asked = self.line.client.try_subscribe_many([filter]);
        asked.map_err(|_| technical("queue", "the queue to the broker is full"))
    }

    /// Only now may packets be published: before, one could get the identifier of the subscription.
    fn subscribed(&self, suback: &SubAck) {
        let granted = |code: &SubscribeReasonCode| {
            matches!(code, SubscribeReasonCode::Success(QoS::AtLeastOnce | QoS::ExactlyOnce))
        };
        if suback.return_codes.is_empty() || !suback.return_codes.iter().all(granted) {
            tracing::warn!(
                "the broker refuses to send replies: receipts and answers will not come"
            );
            self.line.set_deaf();
        }
        self.link.send_replace(Link::Open(Arc::clone(&self.line)));
    }

    fn replied(&self, packet: Publish) -> Result<(), Failure> {
        // We have allowed none; the library would remember them without limit.
        if packet.properties.as_ref().is_some_and(|all| all.topic_alias.is_some()) {
            return Err(technical(
                "protocol",
                "the broker used a topic alias, which we do not allow",
            ));
        }
        let acknowledged = packet.qos != QoS::AtMostOnce;
        let incoming = match reply::read(&packet, &self.reply_topic) {
            Ok(incoming) => incoming,
            Err(garbage) => {
                self.drop_reply(&garbage.to_string());
                let full = |_| technical("queue", "the queue to the broker is full");
                return self.line.client.try_ack(&packet).map_err(full);
            }
        };
        let job = Job { incoming, packet: acknowledged.then_some(packet) };
        match self.jobs.try_send(job) {
            Err(_) if acknowledged => {
                let says = "the broker sent more replies at once than we allow";
                Err(technical("receive-maximum", says))
            }
            Err(_) => {
                self.drop_reply("too many came at once, and it was sent with QoS 0");
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// Counts a reply that is dropped. The log is told ever more rarely: a device that sends
    /// garbage may do so for days.
    fn drop_reply(&self, why: &str) {
        let dropped = self.dropped.fetch_add(1, Ordering::Relaxed) + 1;
        if dropped.is_power_of_two() {
            tracing::warn!(dropped, "a reply was dropped: {why}");
        }
    }
}

/// The library takes the broker's word for how often to ask for a sign of life, even "never" or
/// "once a day". Ours holds when it is the shorter one.
fn keep_our_pace(events: &mut EventLoop, connack: &ConnAck, ours: Duration) {
    let told = connack.properties.as_ref().and_then(|told| told.server_keep_alive);
    let shorter = |told: u16| told == 0 || Duration::from_secs(told.into()) > ours;
    if told.is_some_and(shorter) {
        events.options.set_keep_alive(ours);
    }
}
