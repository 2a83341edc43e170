//! The task that owns the head of the log.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use super::answer::SubmitError;
use super::decide::{Decided, Verdict, decide_batch};
use super::{Picture, SNAPSHOT_EVERY, Shared, Submission, refold};
use crate::domain::Principal;
use crate::domain::World;
use crate::log::{AppendError, Head};

/// Commands that go into one transaction at the most.
const BATCH_COMMANDS_MAX: usize = 512;
/// How often a batch is decided again because another node was faster, before it is given up.
const CONFLICTS_MAX: u32 = 100;
/// How long a due timer waits for a store that is away.
const RETRY_AFTER: Duration = Duration::from_millis(200);
/// Timers that are carried out in one go.
const TIMERS_AT_ONCE_MAX: usize = 256;

/// Everything that can wake the head task.
enum Wake {
    /// Commands were submitted.
    Commands,
    /// Another node may have appended, or a store that was away answers again.
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
    // The head that the log has if an append of unknown outcome did happen. Nothing else is
    // appended before that is known.
    let mut in_doubt: Option<Head> = None;
    loop {
        match next_wake(&shared, &mut waiting, &mut batch).await {
            Wake::Commands | Wake::Foreign | Wake::Timer if in_doubt.is_some() => {
                in_doubt = settle(&shared, in_doubt).await;
                if in_doubt.is_some() {
                    fail_all(&mut batch, &shared.unavailable());
                }
            }
            // Timers go with every batch: under steady load their own wake-up would never have its
            // turn.
            Wake::Commands | Wake::Timer => batch.extend(due_timers(&shared, &timer_principal)),
            Wake::Foreign => catch_up(&shared).await,
            Wake::Stop => break,
        }
        if !batch.is_empty() {
            in_doubt = carry_out(&shared, &mut batch).await;
            // Those who were answered ask the next thing before the next batch is taken; else it
            // would hold the first of them alone, and the rest would wait for its flush.
            tokio::task::yield_now().await;
        }
        let seq = shared.picture.load().seq();
        if seq >= snapshot_at + SNAPSHOT_EVERY {
            snapshot_at = seq;
            tokio::spawn(save_snapshot(Arc::clone(&shared)));
        }
    }
    waiting.close();
    while !batch.is_empty() || waiting.recv_many(&mut batch, BATCH_COMMANDS_MAX).await > 0 {
        in_doubt = settle(&shared, in_doubt).await;
        if in_doubt.is_some() {
            fail_all(&mut batch, &shared.unavailable());
        } else {
            in_doubt = carry_out(&shared, &mut batch).await;
        }
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

/// Decides, appends, publishes and answers until the batch is empty. Gives the head that the log
/// would have if it is not known whether the last append happened.
async fn carry_out(shared: &Arc<Shared>, batch: &mut Vec<Submission>) -> Option<Head> {
    let mut conflicts = 0;
    while !batch.is_empty() {
        let picture = shared.picture.load_full();
        let decided = decide_batch(shared, &picture.world, batch);
        if decided.drafts.is_empty() {
            publish_and_answer(shared, batch, decided, picture.head);
            continue;
        }
        match shared.store.append(picture.head, &decided.drafts).await {
            Ok(head) => {
                conflicts = 0;
                shared.written();
                publish_and_answer(shared, batch, decided, head);
            }
            Err(AppendError::Conflict { .. }) if conflicts < CONFLICTS_MAX => {
                conflicts += 1;
                catch_up(shared).await;
            }
            Err(AppendError::Conflict { .. }) => fail_all(batch, &SubmitError::Overloaded),
            Err(AppendError::TooLarge(what)) => {
                // Only a batch of one can be too large: more than fits is left for the next.
                let rest = batch.split_off(decided.taken);
                fail_all(batch, &SubmitError::TooLarge(what));
                *batch = rest;
            }
            Err(AppendError::Unavailable(error)) => {
                shared.write_failed(&error);
                fail_all(batch, &shared.unavailable());
            }
            Err(AppendError::InDoubt { would_be, source }) => {
                shared.store_failed(&source);
                fail_all(batch, &SubmitError::InDoubt);
                return Some(would_be);
            }
        }
    }
    None
}

/// Asks the store whether an append of unknown outcome happened; gives it back while it cannot
/// tell. What did happen is read like what another node appended.
async fn settle(shared: &Arc<Shared>, in_doubt: Option<Head>) -> Option<Head> {
    let would_be = in_doubt?;
    match shared.store.settle(would_be).await {
        Ok(_) => {
            catch_up(shared).await;
            None
        }
        Err(error) => {
            shared.store_failed(&error);
            Some(would_be)
        }
    }
}

fn publish_and_answer(shared: &Shared, batch: &mut Vec<Submission>, decided: Decided, head: Head) {
    let Decided { world, touched, verdicts, taken, drafts } = decided;
    let world = if drafts.is_empty() {
        Arc::clone(&shared.picture.load().world)
    } else {
        let world = Arc::new(world);
        shared.publish(&world, head, touched);
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
            Ok(Some((Picture { world, head }, touched))) => shared.publish(&world, head, touched),
            // The watch on the store's health wakes this task again once it answers.
            Err(error) => return shared.store_failed(&error),
        }
    }
}

/// The commands of the timers that are due, as submissions whose answers nobody waits for.
fn due_timers(shared: &Shared, principal: &Arc<Principal>) -> Vec<Submission> {
    if shared.refusal().is_some() {
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
    // While the store is away or cannot be written, due timers wait for it without spinning.
    if shared.refusal().is_some() { wait.max(RETRY_AFTER) } else { wait }
}

/// Saves the World as it is now. A failure costs only time at the next start.
async fn save_snapshot(shared: Arc<Shared>) {
    let world = Arc::clone(&shared.picture.load().world);
    let seq = crate::log::Seq(world.seq());
    let bytes = shared.aside.handle().spawn_blocking(move || world.to_snapshot()).await;
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
