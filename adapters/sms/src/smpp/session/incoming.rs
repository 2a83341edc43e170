//! What a centre brings: receipts and replies, each answered when it was taken in for good.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use muster_contract::channel::{Address, Incoming, Receipt, ReceiptState, Reply};
use rusmpp::pdus::{DataSmResp, DeliverSmResp};
use rusmpp::{CommandId, CommandStatus, Pdu};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::super::frame::{Delivery, Frame};
use super::super::joining::{Joined, Name};
use super::super::link::{Answer, Origin, Shared};
use super::super::receipt;
use super::super::tracker::{Part, Tracker};

/// What may be on its way into the inbox at once; more is put off.
pub(super) const TAKES_MAX: usize = 512;
/// How long the inbox may take.
const TAKE: Duration = Duration::from_secs(30);
/// The type of number of a source that is written without its `+` (section 5.2.5).
const TON_INTERNATIONAL: u8 = 1;

/// What is being taken in on one connection.
pub(super) struct Taking {
    shared: Arc<Shared>,
    done: mpsc::Sender<Done>,
    count: usize,
}

/// That the inbox has said its word about something.
#[derive(Clone, Copy)]
pub(super) struct Done {
    /// The request to answer, unless it was answered long ago.
    request: Option<(CommandId, u32)>,
    ok: bool,
}

/// The body of an answer to what came in.
pub(super) fn answer(to: CommandId) -> Pdu {
    match to {
        CommandId::DataSm => DataSmResp::default().into(),
        _ => DeliverSmResp::default().into(),
    }
}

impl Taking {
    pub(super) fn new(shared: Arc<Shared>, done: mpsc::Sender<Done>) -> Self {
        Self { shared, done, count: 0 }
    }

    /// Begins to take in what a request brings, or says how to answer it at once.
    pub(super) fn begin(&mut self, frame: &Frame) -> Option<CommandStatus> {
        if self.count >= TAKES_MAX {
            return Some(CommandStatus::EsmeRxTAppn);
        }
        let delivery = match frame.id {
            CommandId::DataSm => Delivery::data_sm(&frame.body),
            _ => Delivery::deliver_sm(&frame.body),
        };
        // Bringing it again would not make it readable.
        let Some(delivery) = delivery else { return Some(CommandStatus::EsmeRinvcmdlen) };
        let request = Some((frame.id, frame.sequence));
        let settings = &self.shared.settings;
        if receipt::is_receipt(&delivery) {
            // One that does not say what it is about tells nothing, today or later.
            let Some(part) = receipt::read(&delivery, settings.receipt_ids) else {
                return Some(CommandStatus::EsmeRok);
            };
            let receipt = self.tracker().receive(part);
            self.take(request, None, Incoming::Receipt(receipt));
            return None;
        }
        let joined =
            lock(&self.shared.joining).add(&delivery, settings.default_alphabet, Instant::now());
        match joined {
            Joined::Full => return Some(CommandStatus::EsmeRxTAppn),
            // A centre may send one part only after the last was answered.
            Joined::Held => return Some(CommandStatus::EsmeRok),
            Joined::Whole(text, long) => {
                let from = address(&delivery.source, delivery.source_ton);
                self.take(request, long, reply(from, text));
            }
        }
        None
    }

    /// The inbox has said its word: what to answer, to which request.
    pub(super) fn end(&mut self, done: Done) -> (Option<CommandId>, u32, CommandStatus) {
        self.count = self.count.saturating_sub(1);
        let status = if done.ok { CommandStatus::EsmeRok } else { CommandStatus::EsmeRxTAppn };
        let (id, sequence) = done.request.unzip();
        (id, sequence.unwrap_or_default(), status)
    }

    /// Follows a part whose name is known now, and tells of receipts that came before it was.
    pub(super) fn follow(&mut self, origin: &Origin, id: &str, on_time: bool) {
        let Origin { key, total, place } = origin;
        let part = Part { key, total: *total, place: *place, id, on_time };
        let earlier = self.tracker().follow(part);
        for receipt in earlier {
            self.take(None, None, Incoming::Receipt(receipt));
        }
    }

    /// An answer that came when nobody waited for it any more: the hub hears of it under the
    /// message's key.
    pub(super) fn late(&mut self, origin: &Origin, answer: Answer) {
        let (state, code) = match &answer {
            Err(failure) => (ReceiptState::Failed(failure.kind), Some(failure.code.clone())),
            Ok(_) => (ReceiptState::Accepted, None),
        };
        let late = Receipt { reference: origin.key.to_string(), state, code };
        self.take(None, None, Incoming::Receipt(late));
        if let Ok(Some(id)) = answer {
            self.follow(origin, &id, false);
        }
    }

    /// Tells what there is of long messages whose other parts did not come.
    pub(super) fn look_at_deadlines(&mut self, now: Instant) {
        let overdue =
            lock(&self.shared.joining).overdue(self.shared.settings.default_alphabet, now);
        for (name, text) in overdue {
            if self.count < TAKES_MAX {
                let from = address(name.source(), TON_INTERNATIONAL);
                self.take(None, Some(name), reply(from, text));
            }
        }
    }

    /// Gives something to the inbox. It goes on if the connection is lost meanwhile, so that
    /// nothing is recorded by half.
    fn take(&mut self, request: Option<(CommandId, u32)>, long: Option<Name>, incoming: Incoming) {
        self.count += 1;
        let (shared, done) = (Arc::clone(&self.shared), self.done.clone());
        tokio::spawn(async move {
            let ok = matches!(timeout(TAKE, shared.inbox.take(incoming)).await, Ok(Ok(())));
            if let Some(name) = long.filter(|_| ok) {
                lock(&shared.joining).done(&name);
            }
            // Nobody listens any more once the connection is gone.
            let _ = done.send(Done { request, ok }).await;
        });
    }

    fn tracker(&self) -> MutexGuard<'_, Tracker> {
        lock(&self.shared.tracker)
    }
}

/// What is shared is whole after every one of its steps, whoever panicked beside it.
pub(in super::super) fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn reply(from: Address, text: String) -> Incoming {
    Incoming::Reply(Reply { from, text, reference: None, answers: None })
}

/// Who wrote: international numbers get their `+` back.
fn address(source: &[u8], ton: u8) -> Address {
    let source = String::from_utf8_lossy(source);
    let is_digits = !source.is_empty() && source.bytes().all(|b| b.is_ascii_digit());
    if ton == TON_INTERNATIONAL && is_digits {
        return Address::new(format!("+{source}"));
    }
    Address::new(source)
}
