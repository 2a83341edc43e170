//! Deciding a batch: each command against the World that the ones before it make.

use std::borrow::Cow;
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;

use super::answer::{Answer, SubmitError};
use super::clock::Clock;
use super::{Shared, Submission};
use crate::domain::world::Request;
use crate::domain::{
    Apply as _, Attribution, Command, Context, Decide as _, Decision, Event, Ids, RecordRef,
    Refusal, Stamp, World,
};
use crate::log::limits::{APPEND_BYTES_MAX, APPEND_DRAFTS_MAX, BODY_BYTES_MAX};
use crate::log::{Actor, Draft, RequestKey};

/// Characters of an idempotency key.
const KEY_CHARS_MAX: usize = 200;

/// A batch that was decided and waits to become durable.
pub(super) struct Decided {
    /// The World if it does.
    pub(super) world: World,
    /// What is to be appended.
    pub(super) drafts: Vec<Draft>,
    /// The records that change, each once.
    pub(super) touched: Vec<RecordRef>,
    /// What each submission is told once the batch is durable, in their order.
    pub(super) verdicts: Vec<Verdict>,
    /// How many submissions of the batch are in it; the rest waits for the next one.
    pub(super) taken: usize,
}

/// What a submission is told once its batch is durable.
pub(super) type Verdict = Result<Outcome, SubmitError>;

/// What was decided for one command that was not refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcome {
    subject: RecordRef,
    seq: u64,
    unchanged: bool,
}

impl Outcome {
    /// The answer, in the World that holds it.
    pub(super) fn answer(self, world: &Arc<World>) -> Answer {
        let Self { subject, seq, unchanged } = self;
        Answer { subject, world: Arc::clone(world), seq, unchanged }
    }
}

/// Decides as many of the submissions as fit into one append.
pub(super) fn decide_batch(shared: &Shared, world: &World, batch: &[Submission]) -> Decided {
    // Recorded time never runs backwards, whatever the machine's clock does.
    let now = shared.clock.now().max(world.at());
    let mut decided = Decided {
        world: world.clone(),
        drafts: Vec::new(),
        touched: Vec::new(),
        verdicts: Vec::with_capacity(batch.len()),
        taken: 0,
    };
    let mut bytes = 0;
    for submission in batch {
        let verdict = match decide_one(shared, &decided.world, submission, now) {
            Err(error) => Err(error),
            Ok(ready) => {
                bytes += ready.bytes();
                let full = decided.drafts.len() + ready.events.len() > APPEND_DRAFTS_MAX
                    || bytes > APPEND_BYTES_MAX;
                if full && decided.taken > 0 {
                    break;
                }
                Ok(decided.take(ready, submission, now, &shared.clock))
            }
        };
        decided.verdicts.push(verdict);
        decided.taken += 1;
    }
    decided.touched.sort_unstable();
    decided.touched.dedup();
    decided
}

/// The events of one command with their bytes.
struct Ready {
    subject: RecordRef,
    events: Vec<(Event, Vec<u8>)>,
    by: Attribution,
    key: Option<RequestKey>,
    request: Option<Request>,
    /// Under which entry the command was carried out before.
    before: Option<u64>,
}

impl Ready {
    fn bytes(&self) -> usize {
        self.events.iter().map(|(_, body)| body.len()).sum()
    }
}

fn decide_one(
    shared: &Shared,
    world: &World,
    submission: &Submission,
    now: Timestamp,
) -> Result<Ready, SubmitError> {
    let Submission { command, principal, key, .. } = submission;
    let by = principal.attribution(world);
    let key = key.as_ref().map(|key| to_key(key, command)).transpose()?;
    let request = key.as_ref().map(|key| Request::new(&by.principal, &key.key, key.digest));
    if let (Some(key), Some(request)) = (&key, &request)
        && let Some(remembered) = world.remembered(request)
    {
        if !remembered.is_same_command(request) {
            return Err(Refusal::IdempotencyKeyReused { key: key.key.clone() }.into());
        }
        let (subject, before) = (remembered.subject, Some(remembered.seq));
        return Ok(Ready { subject, events: Vec::new(), by, key: None, request: None, before });
    }
    // Not before: what was carried out may have ended the right to ask for it, and whoever lost the
    // answer has to learn of it all the same.
    shared.sharing.authorise(principal, command, world, now)?;

    let context = Context { now, ids: Ids::from_seed(shared.clock.new_id()), by: &by };
    let Decision { subject, events } = command.decide(world, &context)?;
    let events = events.into_iter().map(with_body).collect::<Result<Vec<_>, _>>()?;
    Ok(Ready { subject, events, by, key, request, before: None })
}

impl Decided {
    /// Folds the events of a command into the draft World and adds them to what is to be appended.
    fn take(
        &mut self,
        ready: Ready,
        submission: &Submission,
        now: Timestamp,
        clock: &Clock,
    ) -> Outcome {
        let Ready { subject, events, by, key, request, before } = ready;
        let unchanged = events.is_empty();
        let actor = Arc::new(Actor {
            principal: by.principal.clone(),
            organization: by.organization.map(|id| id.to_string()),
            on_behalf_of: by.on_behalf_of.clone(),
        });
        let key = key.map(Arc::new);
        for (event, body) in events {
            let stamp = Stamp { seq: self.world.seq() + 1, at: now, by: &by };
            self.world.apply(&event, &stamp, request.as_ref());
            self.touched.extend(event.touches());
            self.drafts.push(Draft {
                id: clock.new_id(),
                recorded_at: now,
                actor: Arc::clone(&actor),
                cause: submission.cause.clone(),
                request: key.clone(),
                kind: Cow::Borrowed(event.kind()),
                version: event.version(),
                body,
            });
        }
        Outcome { subject, seq: before.unwrap_or(self.world.seq()), unchanged }
    }
}

fn with_body(event: Event) -> Result<(Event, Vec<u8>), SubmitError> {
    let body = event.body().map_err(|error| SubmitError::TooLarge(error.to_string()))?;
    if body.len() > BODY_BYTES_MAX {
        let bytes = body.len();
        let message = format!("`{}` has {bytes} bytes and may have {BODY_BYTES_MAX}", event.kind());
        return Err(SubmitError::TooLarge(message));
    }
    Ok((event, body))
}

/// The key with a digest of the command, so that one key is not used for two commands.
fn to_key(key: &str, command: &Command) -> Result<RequestKey, SubmitError> {
    let key = crate::domain::limits::text("idempotencyKey", key, KEY_CHARS_MAX)?;
    let bytes =
        serde_json::to_vec(command).map_err(|error| SubmitError::TooLarge(error.to_string()))?;
    let mut first = [0; 16];
    first.iter_mut().zip(digest(&SHA256, &bytes).as_ref()).for_each(|(to, from)| *to = *from);
    Ok(RequestKey { key, digest: first })
}
