//! From what is intended to what came of it: one task for each attempt.
//!
//! The World says which attempts are outstanding. Each is taken up once by the node that tells people,
//! handed to a provider, and settled. Whatever was outstanding when this node took the duty over may
//! have been handed over by the one before, so it goes out under the same key, marked as repeated.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;

use super::handing::{Handing, hand_over, outcome};
use super::links::Answering;
use super::{Notify, words};
use crate::domain::message::content::Priority;
use crate::domain::message::delivery::Purpose;
use crate::domain::message::run::Run;
use crate::domain::message::{AttemptState, Message, Notice, Outcome};
use crate::domain::{Id, RecordRef, World};
use crate::hub::Touched;

/// How long what is in hand may take to end when the hub stops; what takes longer is handed over
/// again by whoever comes after, marked as repeated.
pub(super) const ENDING_TIME_MAX: Duration = Duration::from_secs(10);

/// What is taken up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Task {
    /// An attempt: message, recipient, number.
    Attempt(Id<Message>, u32, u16),
    /// A notice.
    Notice(Id<Notice>),
}

/// What is in hand, so that nothing is taken up twice.
type InHand = Arc<Mutex<HashSet<Task>>>;

/// Takes up what is intended, as long as it is let; once the hub stops, ends when what is in hand has
/// ended.
pub(super) async fn run(notify: Arc<Notify>) {
    // Before the World is looked at, so that nothing is missed between the two.
    let steps = notify.hub.steps();
    let telling = notify.begin();
    let watching = notify.watch();
    let opening = async {
        match notify.hub.open_contacts().await {
            Ok(()) => telling.knows_addresses(),
            Err(error) => tracing::warn!(%error, "not all addresses were opened yet"),
        }
        std::future::pending::<()>().await;
    };
    let following = async {
        let mut tasks = JoinSet::new();
        tokio::select! {
            () = follow(&notify, steps, &mut tasks) => {}
            () = notify.ending.cancelled() => {}
        }
        let ended = async { while tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(ENDING_TIME_MAX, ended).await.is_err() {
            tracing::warn!(left = tasks.len(), "messages in hand had not ended when the hub did");
        }
    };
    tokio::select! {
        () = following => {}
        () = watching => {}
        () = opening => {}
    }
}

/// Takes up what is outstanding now and what comes.
async fn follow(notify: &Arc<Notify>, mut steps: Receiver<Touched>, tasks: &mut JoinSet<()>) {
    let in_hand = InHand::default();
    let world = Arc::clone(&notify.hub.picture().world);
    for task in outstanding(&world) {
        take_up(notify, &in_hand, tasks, task, true);
    }
    loop {
        let records = match steps.recv().await {
            Ok(touched) => touched.to_vec(),
            // What was missed is found by looking at everything.
            Err(RecvError::Lagged(_)) => every_message(&notify.hub.picture().world),
            Err(RecvError::Closed) => return,
        };
        let world = Arc::clone(&notify.hub.picture().world);
        for task in outstanding_notices(&world) {
            take_up(notify, &in_hand, tasks, task, false);
        }
        for record in records {
            for task in outstanding_of(&world, record) {
                take_up(notify, &in_hand, tasks, task, false);
            }
            if let RecordRef::Person(person) = record
                && let Err(error) = notify.hub.contact_of(person).await
            {
                tracing::warn!(%person, %error, "contact data cannot be opened");
            }
        }
        while tasks.try_join_next().is_some() {}
    }
}

/// Everything that is outstanding.
fn outstanding(world: &World) -> Vec<Task> {
    let attempts = world.messages().flat_map(|message| attempts_of(message));
    attempts.chain(outstanding_notices(world)).collect()
}

fn every_message(world: &World) -> Vec<RecordRef> {
    world.messages().map(|message| message.record()).collect()
}

/// What is outstanding of a record that changed.
fn outstanding_of(world: &World, record: RecordRef) -> Vec<Task> {
    match record {
        RecordRef::Message(id) => {
            world.message(id).into_iter().flat_map(|message| attempts_of(message)).collect()
        }
        _ => Vec::new(),
    }
}

/// The notices that are outstanding. They change no record, so no step names them.
fn outstanding_notices(world: &World) -> impl Iterator<Item = Task> {
    world.outstanding_notices().map(|notice| Task::Notice(notice.id))
}

fn attempts_of(message: &Message) -> Vec<Task> {
    let of = |(recipient, attempt)| Task::Attempt(message.id, recipient, attempt);
    message.run.iter().flat_map(Run::outstanding).map(of).collect()
}

fn take_up(
    notify: &Arc<Notify>,
    in_hand: &InHand,
    tasks: &mut JoinSet<()>,
    task: Task,
    repeated: bool,
) {
    if !in_hand.lock().unwrap_or_else(PoisonError::into_inner).insert(task) {
        return;
    }
    let (notify, in_hand) = (Arc::clone(notify), Arc::clone(in_hand));
    tasks.spawn(async move {
        match task {
            Task::Attempt(message, recipient, attempt) => {
                let outcome = attempt_it(&notify, message, recipient, attempt, repeated).await;
                if let Some(outcome) = outcome {
                    // The dispatcher ends before the writer does.
                    drop(notify.outcomes.settle(message, outcome).await);
                }
            }
            Task::Notice(notice) => {
                if let Some(state) = notice_it(&notify, notice, repeated).await {
                    drop(notify.outcomes.settle_notice(notice, state).await);
                }
            }
        }
        in_hand.lock().unwrap_or_else(PoisonError::into_inner).remove(&task);
    });
}

/// Makes one attempt and tells what came of it; none when the hub ends first.
async fn attempt_it(
    notify: &Notify,
    message: Id<Message>,
    recipient: u32,
    number: u16,
    repeated: bool,
) -> Option<Outcome> {
    let settled = |state| Some(Outcome { recipient, attempt: number, ..outcome(state) });
    let is_wanted = || is_wanted(&notify.hub.picture().world, message, recipient, number);
    let world = Arc::clone(&notify.hub.picture().world);
    let Some((known, delivery)) = find(&world, message, recipient) else {
        return settled(AttemptState::Unknown);
    };
    let Some(attempt) = delivery.attempt(number).filter(|_| is_wanted()) else {
        return settled(AttemptState::Canceled);
    };
    let link = notify.links.of(Answering { message, recipient });
    let person = world.person(delivery.person);
    let others = world
        .deliveries_to(delivery.person)
        .filter(|(other, d)| other.id != message && other.is_running() && d.answer.is_none());
    let telling = words::Telling {
        content: &known.content,
        exercise: known.exercise,
        follows: known.about.map(|about| about.how),
        sender: world.organization(known.organization).map_or("", |o| o.profile.name.as_str()),
        language: person.and_then(|p| p.reachability.as_ref()).and_then(|r| r.language.as_deref()),
        code: (others.count() > 0).then_some(delivery.code),
        again: attempt.purpose == Purpose::AskAgain,
        link,
    };
    let content = words::tell(&telling, attempt.channel);
    let handing = Handing {
        key: format!("{}-{recipient}-{number}", message.uuid()),
        person: delivery.person,
        channel: attempt.channel,
        content,
        expires: known.plan.until,
        urgent: known.content.priority > Priority::Routine,
        repeated,
    };
    let handed = hand_over(notify, handing, is_wanted).await?;
    let reference = handed.reference.clone();
    if let (Some(provider), Some(reference)) = (&handed.provider, &reference) {
        notify.note_reference(provider, reference, (message, recipient, number));
    }
    Some(Outcome { recipient, attempt: number, ..handed })
}

/// Sends one notice and tells how far it came; none when the hub ends first.
async fn notice_it(notify: &Notify, id: Id<Notice>, repeated: bool) -> Option<AttemptState> {
    let world = Arc::clone(&notify.hub.picture().world);
    let Some(notice) = world.notice(id).filter(|notice| notice.state.is_outstanding()) else {
        return Some(AttemptState::Canceled);
    };
    let person = world.person(notice.person);
    let language = person.and_then(|p| p.reachability.as_ref()).and_then(|r| r.language.as_deref());
    let handing = Handing {
        key: format!("{}", id.uuid()),
        person: notice.person,
        channel: notice.channel,
        content: words::notice(&world, &notice.says, language),
        expires: None,
        urgent: false,
        repeated,
    };
    hand_over(notify, handing, || true).await.map(|outcome| outcome.state)
}

fn find(
    world: &World,
    message: Id<Message>,
    recipient: u32,
) -> Option<(&Message, &crate::domain::message::Delivery)> {
    let message = world.message(message)?;
    let delivery = message.run.as_ref()?.deliveries.get(&recipient)?;
    Some((message, delivery))
}

/// Whether somebody still has to be told by an attempt: the message runs, and they have not done what
/// is expected of them in the meantime.
fn is_wanted(world: &World, message: Id<Message>, recipient: u32, number: u16) -> bool {
    find(world, message, recipient).is_some_and(|(message, delivery)| {
        let attempt = delivery.attempt(number);
        let asks_again = attempt.is_some_and(|a| a.purpose == Purpose::AskAgain);
        message.is_running()
            && attempt.is_some_and(|attempt| attempt.state.is_outstanding())
            && (asks_again || !delivery.is_satisfied(message.plan.expects))
    })
}
