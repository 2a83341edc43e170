//! One connection as those who publish see it: what is waiting to go out, what is out and not yet
//! acknowledged, and who wants to know.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use muster_contract::channel::{Failure, FailureKind};
use rumqttc::v5::AsyncClient;
use rumqttc::v5::mqttbytes::v5::{PubAckReason, Publish};
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::time::{Duration, Instant};

use crate::reasons::{acknowledged, in_doubt, technical};

/// What becomes of a packet: taken by the broker, or not.
pub(crate) type Verdict = Result<(), Failure>;

/// A connection, from before it is made until after it is lost. Its packet identifiers are its own.
pub(crate) struct Line {
    pub(crate) client: AsyncClient,
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    /// Handed to the library, which sends them in this order.
    queued: VecDeque<Waiting>,
    /// Sent, by packet identifier.
    sent: HashMap<u16, Waiting>,
    /// The largest packet that the broker accepts.
    largest: Option<u32>,
    /// Whether the broker refused to send us replies.
    deaf: bool,
    /// Why it is over.
    over: Option<Failure>,
}

struct Waiting {
    tell: oneshot::Sender<Verdict>,
    until: Instant,
    /// Its place among those in flight, held until the broker has answered, whether or not somebody
    /// still waits for that.
    _room: OwnedSemaphorePermit,
}

impl Line {
    pub(crate) fn new(client: AsyncClient) -> Self {
        Self { client, book: Mutex::default() }
    }

    /// Hands a packet over; the receiver learns what became of it.
    pub(crate) fn publish(
        &self,
        packet: Publish,
        room: OwnedSemaphorePermit,
        within: Duration,
    ) -> Result<oneshot::Receiver<Verdict>, Failure> {
        let mut book = self.book();
        if let Some(why) = &book.over {
            return Err(why.clone());
        }
        if book.largest.is_some_and(|largest| on_the_wire(&packet) > largest as usize) {
            let says = "the message is larger than the broker accepts";
            return Err(Failure::new(FailureKind::Permanent, "packet-too-large", says));
        }
        let topic = String::from_utf8_lossy(&packet.topic).into_owned();
        let properties = packet.properties.unwrap_or_default();
        // In one step with the queue below: the order of both is the same.
        self.client
            .try_publish_with_properties(topic, packet.qos, false, packet.payload, properties)
            .map_err(|_| technical("queue", "the queue to the broker is full"))?;
        let (tell, told) = oneshot::channel();
        book.queued.push_back(Waiting { tell, until: Instant::now() + within, _room: room });
        Ok(told)
    }

    /// The library has put the next packet on the wire, under this identifier.
    pub(crate) fn sent(&self, id: u16) {
        let mut book = self.book();
        if let Some(waiting) = book.queued.pop_front() {
            book.sent.insert(id, waiting);
        }
    }

    /// The broker has answered the packet of this identifier. An answer to what was never sent
    /// changes nothing.
    pub(crate) fn answered(&self, id: u16, reason: PubAckReason) {
        let waiting = self.book().sent.remove(&id);
        if let Some(waiting) = waiting {
            let _ = waiting.tell.send(acknowledged(reason));
        }
    }

    /// Whether the broker has left a packet without an answer for too long.
    pub(crate) fn is_overdue(&self, now: Instant) -> bool {
        let book = self.book();
        let late = |waiting: &Waiting| waiting.until <= now;
        book.queued.front().is_some_and(late) || book.sent.values().any(late)
    }

    /// What the broker told about itself.
    pub(crate) fn learn(&self, largest: u32) {
        self.book().largest = Some(largest);
    }

    /// That the broker will not send us replies.
    pub(crate) fn set_deaf(&self) {
        self.book().deaf = true;
    }

    pub(crate) fn is_deaf(&self) -> bool {
        self.book().deaf
    }

    /// The connection is lost: what was sent is in doubt; what was not, was not taken. After the
    /// task that ran it has fallen over, nobody knows what was sent.
    pub(crate) fn end(&self, why: &Failure, fell_over: bool) {
        let (queued, sent) = {
            let mut book = self.book();
            book.over = Some(why.clone());
            (std::mem::take(&mut book.queued), std::mem::take(&mut book.sent))
        };
        for waiting in sent.into_values() {
            let _ = waiting.tell.send(Err(in_doubt(why)));
        }
        for waiting in queued {
            let verdict = if fell_over { in_doubt(why) } else { why.clone() };
            let _ = waiting.tell.send(Err(verdict));
        }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        // Nothing under the lock can fail half way.
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The size of a packet once it has an identifier, for which it has two bytes more.
fn on_the_wire(packet: &Publish) -> usize {
    packet.size() + 2
}
