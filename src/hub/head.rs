//! The task that owns the head of the log.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::answer::SubmitError;
use super::decide::{Decided, Verdict, decide_batch};
use super::principal::Principal;
use super::{Picture, SNAPSHOT_EVERY, Shared, Submission, refold};
use crate::domain::World;
use crate::log::{AppendError, Head};

/// Commands that go into one transaction at the most.
const BATCH_COMMANDS_MAX: usize = 512;
/// How often a batch is decided again because another node was faster, before it is given up.
const CONFLICTS_MAX: u32 = 100;
/// How long to wait before asking a silent store again.
const RETRY_AFTER: Duration = Duration::from_millis(200);
/// Timers that are carried out in one go.
const TIMERS_AT_ONCE_MAX: usize = 256;
/// How long an append in doubt is asked after during shutdown.
const SETTLE_AT_STOP_MAX: Duration = Duration::from_secs(10);

/// Everything that can wake the head task.
enum Wake {
    /// Commands were submitted.
    Commands,
    /// Another node may have appended.
    Foreign,
    /// A deadline has come.
    Timer,
    /// The hub shuts down.
    Stop,
}

/// Runs until the hub is stopped and every accepted command is answered.
pub(super) async fn run(shared: Arc<Shared>, mut waiting: mpsc::Receiver<Submission>) {
    let timer_principal = Arc::new(Principal::hub());
    let mut batch: Vec<Submission> = Vec::with_capacity(BATCH_COMMANDS_MAX);
    let mut snapshot_at = shared.picture.load().seq();
    loop {
        match next_wake(&shared, &mut waiting, &mut batch).await {
            Wake::Commands => carry_out(&shared, &mut batch).await,
            Wake::Foreign => catch_up(&shared).await,
            Wake::Timer => {
                batch.extend(due_timers(&shared, &timer_principal));
                carry_out(&shared, &mut batch).await;
            }
            Wake::Stop => break,
        }
        let seq = shared.picture.load().seq();
        if seq >= snapshot_at + SNAPSHOT_EVERY {
            snapshot_at = seq;
            tokio::spawn(save_snapshot(Arc::clone(&shared)));
        }
    }
    waiting.close();
    while waiting.recv_many(&mut batch, BATCH_COMMANDS_MAX).await > 0 {
        carry_out(&shared, &mut batch).await;
    }
    save_snapshot(shared).await;
}

async fn next_wake(
    shared: &Shared,
    waiting: &mut mpsc::Receiver<Submission>,
    batch: &mut Vec<Submission>,
) -> Wake {
    let picture = shared.picture.load_full();
    let wait = time_to_next_timer(shared, &picture.world);
    // Every branch can be dropped without loss: `recv_many` takes nothing when it is cancelled.
    tokio::select! {
        biased;
        () = shared.stop.cancelled() => Wake::Stop,
        () = shared.foreign.notified() => Wake::Foreign,
        received = waiting.recv_many(batch, BATCH_COMMANDS_MAX) => {
            if received == 0 { Wake::Stop } else { Wake::Commands }
        }
        () = tokio::time::sleep(wait) => Wake::Timer,
    }
}

/// Decides, appends, publishes and answers until the batch is empty.
async fn carry_out(shared: &Arc<Shared>, batch: &mut Vec<Submission>) {
    let mut conflicts = 0;
    while !batch.is_empty() {
        let picture = shared.picture.load_full();
        let decided = decide_batch(shared, &picture.world, batch);
        match append(shared, picture.head, &decided).await {
            Appended::Yes(head) => {
                shared.store_answered();
                conflicts = 0;
                publish_and_answer(shared, batch, decided, head);
            }
            Appended::Nothing => publish_and_answer(shared, batch, decided, picture.head),
            Appended::Overtaken if conflicts < CONFLICTS_MAX => {
                conflicts += 1;
                catch_up(shared).await;
            }
            Appended::Overtaken => fail_all(batch, &SubmitError::Overloaded),
            Appended::Failed(error) => fail_all(batch, &error),
        }
    }
}

/// What came of an append.
enum Appended {
    /// It is durable.
    Yes(Head),
    /// There was nothing to append.
    Nothing,
    /// Another node appended first.
    Overtaken,
    /// Nothing was appended, or it is not known.
    Failed(SubmitError),
}

async fn append(shared: &Shared, expected: Head, decided: &Decided) -> Appended {
    if decided.drafts.is_empty() {
        return Appended::Nothing;
    }
    match shared.store.append(expected, &decided.drafts).await {
        Ok(head) => Appended::Yes(head),
        Err(AppendError::Conflict { .. }) => Appended::Overtaken,
        Err(AppendError::TooLarge(what)) => Appended::Failed(SubmitError::TooLarge(what)),
        Err(AppendError::Unavailable(error)) => {
            shared.store_failed(&error);
            let since = shared.stale_since().unwrap_or(Timestamp::UNIX_EPOCH);
            Appended::Failed(SubmitError::StoreUnavailable { since })
        }
        Err(AppendError::InDoubt { would_be, source }) => {
            shared.store_failed(&source);
            settle(shared, would_be).await
        }
    }
}

/// Asks the store until it can tell whether an append happened. Nothing else is appended meanwhile,
/// so the queue fills and callers are told that the hub is overloaded; reading goes on.
async fn settle(shared: &Shared, would_be: Head) -> Appended {
    let give_up = async {
        shared.stop.cancelled().await;
        tokio::time::sleep(SETTLE_AT_STOP_MAX).await;
    };
    let ask = async {
        loop {
            match shared.store.settle(would_be).await {
                Ok(true) => return Appended::Yes(would_be),
                Ok(false) => {
                    let since = shared.stale_since().unwrap_or(Timestamp::UNIX_EPOCH);
                    return Appended::Failed(SubmitError::StoreUnavailable { since });
                }
                Err(error) => {
                    tracing::warn!(%error, "an append is still in doubt");
                    tokio::time::sleep(RETRY_AFTER).await;
                }
            }
        }
    };
    tokio::select! {
        settled = ask => settled,
        () = give_up => Appended::Failed(SubmitError::InDoubt),
    }
}

fn publish_and_answer(shared: &Shared, batch: &mut Vec<Submission>, decided: Decided, head: Head) {
    let Decided { world, touched, verdicts, taken, drafts } = decided;
    let world = if drafts.is_empty() {
        Arc::clone(&shared.picture.load().world)
    } else {
        let world = Arc::new(world);
        shared.publish(Arc::clone(&world), head, touched);
        world
    };
    for (submission, verdict) in batch.drain(..taken).zip(verdicts) {
        tell(submission, verdict, &world);
    }
}

fn tell(submission: Submission, verdict: Verdict, world: &Arc<World>) {
    let answer = verdict.map(|outcome| outcome.answer(world));
    // A caller that went away has lost interest; the command stands all the same.
    drop(submission.answer.send(answer));
}

fn fail_all(batch: &mut Vec<Submission>, error: &SubmitError) {
    for submission in batch.drain(..) {
        drop(submission.answer.send(Err(error.clone())));
    }
}

/// Reads what other nodes appended, publishing as it goes.
async fn catch_up(shared: &Arc<Shared>) {
    loop {
        let picture = shared.picture.load_full();
        match refold::one_read(shared.store.as_ref(), &picture).await {
            Ok(None) => return shared.store_answered(),
            Ok(Some((Picture { world, head }, touched))) => shared.publish(world, head, touched),
            Err(error) => {
                shared.store_failed(&error);
                // The watch on the store wakes this task again once it answers.
                return tokio::time::sleep(RETRY_AFTER).await;
            }
        }
    }
}

/// The commands of the timers that are due, as submissions whose answers nobody waits for.
fn due_timers(shared: &Shared, principal: &Arc<Principal>) -> Vec<Submission> {
    if shared.stale_since().is_some() {
        return Vec::new();
    }
    let now = shared.clock.now();
    let picture = shared.picture.load();
    let due = picture.world.timers().take_while(|timer| timer.due <= now);
    due.take(TIMERS_AT_ONCE_MAX)
        .map(|timer| Submission {
            command: timer.command(),
            principal: Arc::clone(principal),
            cause: "timer".to_owned(),
            key: None,
            answer: tokio::sync::oneshot::channel().0,
        })
        .collect()
}

fn time_to_next_timer(shared: &Shared, world: &World) -> Duration {
    const LONGEST: Duration = Duration::from_secs(60);
    let Some(timer) = world.timers().next() else { return LONGEST };
    let wait = Duration::try_from(timer.due.duration_since(shared.clock.now()));
    let wait = wait.unwrap_or(Duration::ZERO).min(LONGEST);
    // While the store is away, due timers wait for it without spinning.
    if shared.stale_since().is_some() { wait.max(RETRY_AFTER) } else { wait }
}

/// Saves the World as it is now. A failure costs only time at the next start.
async fn save_snapshot(shared: Arc<Shared>) {
    let world = Arc::clone(&shared.picture.load().world);
    let seq = crate::log::Seq(world.seq());
    let bytes = tokio::task::spawn_blocking(move || world.to_snapshot()).await;
    let saved = match bytes {
        Ok(Ok(bytes)) => shared
            .store
            .save_snapshot(seq, World::SNAPSHOT_FORMAT, &bytes)
            .await
            .map_err(anyhow::Error::from),
        Ok(Err(error)) => Err(error.into()),
        Err(error) => Err(error.into()),
    };
    match saved {
        Ok(()) => tracing::info!(seq = seq.0, "saved a snapshot"),
        Err(error) => tracing::warn!(%error, "could not save a snapshot"),
    }
}
