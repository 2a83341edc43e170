//! Handing one message over, to one provider after another until one takes it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use muster_contract::channel::{Address, Content, Failure, FailureKind, Outgoing, Submitted};

use super::Notify;
use super::provider::Handed;
use super::providers::Next;
use crate::domain::Id;
use crate::domain::message::{AttemptState, Channel, Outcome};
use crate::domain::person::Person;
use crate::hub::ContactError;

/// How often a message that is in doubt is handed over again.
const DOUBTS_MAX: u8 = 3;
/// The pause before that, the first time.
const DOUBT_PAUSE: Duration = Duration::from_secs(2);
/// The pause before an address is asked for again when the vault does not answer.
const VAULT_PAUSE: Duration = Duration::from_millis(500);
/// How often it is looked again whether a provider came back, a second apart, before another channel
/// is tried.
const LOOKS_MAX: u8 = 10;

/// What is to be handed over.
pub(super) struct Handing {
    /// Names it to providers, the same each time.
    pub(super) key: String,
    /// Whom it is for.
    pub(super) person: Id<Person>,
    /// By which channel.
    pub(super) channel: Channel,
    /// What it says.
    pub(super) content: Content,
    /// Until when it is of use.
    pub(super) expires: Option<Timestamp>,
    /// Whether it is to overtake others.
    pub(super) urgent: bool,
    /// Whether it may have been handed over before.
    pub(super) repeated: bool,
}

/// How trying goes on after a failure.
enum After {
    /// With another provider.
    Another,
    /// Again, after a pause: it is in doubt.
    Again(Duration),
    /// Not at all.
    Over,
}

/// Hands it to one provider after another until one takes it, or says that none can; none when the
/// hub ends before it had its turn. Recipient and number of the outcome are for the caller to fill
/// in.
pub(super) async fn hand_over(
    notify: &Notify,
    handing: Handing,
    still: impl Fn() -> bool,
) -> Option<Outcome> {
    let Handing { key, person, channel, content, expires, urgent, repeated } = handing;
    let Some(to) = address(notify, person, channel).await else {
        return Some(failed(FailureKind::Permanent, "no address"));
    };
    let mut message = Outgoing { key, to, content, expires, urgent, repeated };
    let (mut tried, mut doubts, mut looks) = (Vec::new(), 0, 0);
    let mut last = failed(FailureKind::Technical, "no provider");
    loop {
        let providers = notify.providers();
        let slot = match providers.next(channel, &tried) {
            // While the hub ends, what has not begun is left to whoever comes after.
            _ if notify.ending.is_cancelled() => return None,
            Next::Slot(slot) => slot,
            Next::None => return Some(failed(FailureKind::Permanent, "no provider")),
            // Those that could be asked were.
            Next::Out if !tried.is_empty() || looks >= LOOKS_MAX => return Some(last),
            Next::Busy | Next::Out if !still() => return Some(canceled()),
            waiting => {
                looks += u8::from(matches!(waiting, Next::Out));
                providers.freed(channel).await;
                continue;
            }
        };
        let provider = slot.provider().name().to_owned();
        let answer = match slot.submit(&message, &still).await {
            Handed::Answer(answer) => answer,
            Handed::NotNeeded => return Some(canceled()),
            Handed::Elsewhere => continue,
        };
        match answer {
            Ok(taken) => return Some(submitted(provider, taken, message.repeated)),
            Err(failure) => {
                last = refused(provider.clone(), &failure, message.repeated);
                match after(&failure, doubts) {
                    After::Another => tried.push(provider),
                    After::Again(pause) => {
                        doubts += 1;
                        message.repeated = true;
                        tokio::time::sleep(pause).await;
                    }
                    After::Over => return Some(last),
                }
            }
        }
    }
}

/// What comes after a failure, when a message was in doubt so many times.
fn after(failure: &Failure, doubts: u8) -> After {
    match failure.kind {
        FailureKind::Permanent => After::Over,
        // Nothing was taken, so another may have it.
        FailureKind::Temporary | FailureKind::Technical => After::Another,
        FailureKind::InDoubt if doubts < DOUBTS_MAX => {
            After::Again(DOUBT_PAUSE * u32::from(doubts + 1))
        }
        FailureKind::InDoubt => After::Over,
    }
}

fn submitted(provider: String, taken: Submitted, repeated: bool) -> Outcome {
    let Submitted { reference, delivered } = taken;
    let state = if delivered { AttemptState::Delivered } else { AttemptState::Accepted };
    Outcome { provider: Some(provider), reference, repeated, ..outcome(state) }
}

fn refused(provider: String, failure: &Failure, repeated: bool) -> Outcome {
    let wait = failure.retry_after.and_then(|wait| SignedDuration::try_from(wait).ok());
    let state = match failure.kind {
        FailureKind::InDoubt => AttemptState::Unknown,
        kind => AttemptState::Failed(kind),
    };
    Outcome {
        provider: Some(provider),
        code: Some(failure.code.clone()),
        retry_after: wait,
        repeated,
        ..outcome(state)
    }
}

fn failed(kind: FailureKind, code: &str) -> Outcome {
    Outcome { code: Some(code.to_owned()), ..outcome(AttemptState::Failed(kind)) }
}

fn canceled() -> Outcome {
    outcome(AttemptState::Canceled)
}

/// An outcome of which no more is known.
pub(super) const fn outcome(state: AttemptState) -> Outcome {
    Outcome {
        recipient: 0,
        attempt: 0,
        state,
        repeated: false,
        provider: None,
        reference: None,
        code: None,
        retry_after: None,
    }
}

/// Where a person is reached; asked for again while the vault does not answer.
async fn address(notify: &Notify, person: Id<Person>, channel: Channel) -> Option<Address> {
    loop {
        match notify.hub.contact_of(person).await {
            Ok(contact) => return contact?.addresses(channel).next(),
            Err(ContactError::Vault(error)) => {
                tracing::warn!(%error, "an address cannot be opened now");
                tokio::time::sleep(VAULT_PAUSE).await;
            }
            Err(error) => {
                tracing::error!(%person, %error, "an address cannot be opened");
                return None;
            }
        }
    }
}
