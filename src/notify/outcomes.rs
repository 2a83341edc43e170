//! What came of attempts, on its way into the log: many together, and again until it is there.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify as Bell, oneshot};

use crate::domain::limits::OUTCOMES_MAX;
use crate::domain::message::delivery::AttemptState;
use crate::domain::message::{Message, Notice, Outcome, Settle, SettleNotice};
use crate::domain::{Command, Id, Principal};
use crate::hub::{Hub, SubmitError};

/// How long outcomes are gathered before they are written together.
const GATHER: Duration = Duration::from_millis(15);
/// The pause before the log is asked again.
const AGAIN: Duration = Duration::from_millis(200);

/// Outcomes that are not yet in the log.
#[derive(Default)]
pub struct Outcomes {
    waiting: Mutex<Waiting>,
    bell: Bell,
}

#[derive(Default)]
struct Waiting {
    attempts: BTreeMap<Id<Message>, Vec<(Outcome, oneshot::Sender<()>)>>,
    notices: Vec<(Id<Notice>, AttemptState, oneshot::Sender<()>)>,
    /// Nobody writes any more: whoever settles is told so at once.
    closed: bool,
}

impl Outcomes {
    /// Records what came of an attempt. The answer comes when it stands in the log.
    pub fn settle(&self, message: Id<Message>, outcome: Outcome) -> oneshot::Receiver<()> {
        let (written, when) = oneshot::channel();
        let mut waiting = self.lock();
        if !waiting.closed {
            waiting.attempts.entry(message).or_default().push((outcome, written));
        }
        drop(waiting);
        self.bell.notify_one();
        when
    }

    /// Records what came of a notice.
    pub fn settle_notice(&self, notice: Id<Notice>, state: AttemptState) -> oneshot::Receiver<()> {
        let (written, when) = oneshot::channel();
        let mut waiting = self.lock();
        if !waiting.closed {
            waiting.notices.push((notice, state, written));
        }
        drop(waiting);
        self.bell.notify_one();
        when
    }

    /// Writes what is there, as long as it is let.
    pub async fn write(&self, hub: &Hub, principal: &Arc<Principal>) {
        loop {
            self.bell.notified().await;
            tokio::time::sleep(GATHER).await;
            let Waiting { attempts, notices, .. } = std::mem::take(&mut *self.lock());
            for (message, settled) in attempts {
                let mut settled = settled.into_iter().peekable();
                while settled.peek().is_some() {
                    let (outcomes, written): (Vec<_>, Vec<_>) =
                        settled.by_ref().take(OUTCOMES_MAX).unzip();
                    until_written(hub, principal, Settle { message, outcomes }.into()).await;
                    tell(written);
                }
            }
            for (notice, state, written) in notices {
                until_written(hub, principal, SettleNotice { notice, state }.into()).await;
                tell([written]);
            }
        }
    }

    /// Takes nothing more in; whoever waits hears that it was not written.
    pub fn close(&self) {
        *self.lock() = Waiting { closed: true, ..Waiting::default() };
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Nobody may be waiting any more, which is no mistake.
fn tell(written: impl IntoIterator<Item = oneshot::Sender<()>>) {
    for written in written {
        let _ = written.send(());
    }
}

/// Submits until the log took it, or refused it for good.
async fn until_written(hub: &Hub, principal: &Arc<Principal>, command: Command) {
    loop {
        let asked = hub.submit(principal, command.clone(), None, "notify".to_owned()).await;
        match asked {
            Ok(_) => return,
            Err(error @ (SubmitError::Refused(_) | SubmitError::TooLarge(_))) => {
                tracing::error!(%error, "what came of messages was refused");
                return;
            }
            Err(error) => {
                tracing::warn!(%error, "what came of messages waits for the log");
                tokio::time::sleep(AGAIN).await;
            }
        }
    }
}
