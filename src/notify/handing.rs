//! Handing one message over, to one provider after another until one takes it.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use muster_contract::channel::{Address, Content, Failure, FailureKind, Outgoing, Submitted};

use super::Notify;
use super::provider::Handed;
use super::providers::Next;
use crate::domain::Id;
use crate::domain::message::{AttemptState, Channel, LoseWay, Outcome};
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
    let Some(to) = address(notify, person, channel, &[]).await else {
        return Some(failed(FailureKind::Permanent, "no address"));
    };
    let mut message = Outgoing { key, to, content, expires, urgent, repeated };
    let (mut tried, mut gone, mut doubts, mut looks) = (Vec::new(), Vec::new(), 0, 0);
    let mut last = failed(FailureKind::Technical, "no provider");
    loop {
        let providers = notify.providers();
        let slot = match providers.next(channel, &tried) {
            // While the hub ends, what has not begun is left to whoever comes after.
            _ if notify.ending.is_cancelled() => return None,
            Next::Slot(slot) => slot,
            Next::None => return Some(failed(FailureKind::Permanent, "no provider")),
            // That the last one took nothing says nothing of one that gave no answer before.
            Next::Out if doubts > 0 => {
                return Some(Outcome { state: AttemptState::Unknown, ..last });
            }
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
                if is_gone(channel, &failure) {
                    notify.lose(person, channel, &message.to, &failure.code).await;
                    gone.push(message.to.clone());
                    let Some(other) = address(notify, person, channel, &gone).await else {
                        return Some(last);
                    };
                    message.to = other;
                    continue;
                }
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

/// Whether an address will never be of use again.
fn is_gone(channel: Channel, failure: &Failure) -> bool {
    let code = match channel {
        Channel::WebPush => muster_webpush::GONE,
        Channel::Webhook => "410",
        Channel::Sms | Channel::Email | Channel::Voice | Channel::Mqtt => return false,
    };
    failure.kind == FailureKind::Permanent && failure.code == code
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

impl Notify {
    /// Records that an address is gone. When that cannot be written now, it is found out again.
    async fn lose(&self, person: Id<Person>, channel: Channel, address: &Address, code: &str) {
        let mark = self.links.mark(channel.as_str(), address);
        let lose = LoseWay { person, channel, mark, code: code.to_owned() };
        let asked = self.hub.submit(&self.principal, lose, None, "notify".to_owned()).await;
        if let Err(error) = asked {
            tracing::warn!(%person, %error, "that an address is gone was not recorded");
        }
    }
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

/// Where a person is reached, addresses that are gone left out; asked for again while the vault does
/// not answer.
async fn address(
    notify: &Notify,
    person: Id<Person>,
    channel: Channel,
    gone: &[Address],
) -> Option<Address> {
    loop {
        match notify.hub.contact_of(person).await {
            Ok(contact) => {
                let world = Arc::clone(&notify.hub.picture().world);
                let lost = |address: &Address| {
                    let mark = notify.links.mark(channel.as_str(), address);
                    gone.contains(address)
                        || world.person(person).is_some_and(|known| known.has_lost(channel, &mark))
                };
                return contact?.addresses(channel).find(|address| !lost(address));
            }
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
