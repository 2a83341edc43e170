//! Signals: messages from senders, such as an official alert, before anybody decides what they mean.
//!
//! Every message is kept, whatever it says. What it says about other messages is carried out: an
//! Update takes the place of what it refers to, a Cancel withdraws it, in whichever order they
//! arrive. Example: the weather service cancels a tornado warning, and by a slow satellite link the
//! warning itself arrives after its Cancel. It is recorded, ended from the start, and opens nothing.

mod area;
mod info;
mod link;
mod receive;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use muster_contract::alert::{self, Info, MsgType};
use muster_contract::{Alert, AlertKey, BoundingBox, MultiPolygon, Position, Warning};
use serde::{Deserialize, Serialize};

use super::ids::Id;
use super::incident::Incident;
use super::marking::Marking;
use super::organization::Organization;
use super::record::Revision;
use super::refusal::Refusal;
use super::timer::{Due, Timer};
use super::world::{World, under};

pub(in crate::domain) use info::deciding_info;
pub use link::{Attach, Attached, Detach, Detached, Suggested};
pub use receive::{Ended, Expire, Receive, Received};

/// How long a message counts that does not say until when, in hours.
pub const LIFE_WITHOUT_EXPIRY_HOURS: i64 = 72;

/// A message from a sender, and what the hub knows about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// Its id.
    pub id: Id<Signal>,
    /// What the sender said.
    pub alert: Arc<Alert>,
    /// The organization that handed it in and decides who sees it; none for a public message,
    /// which everybody sees, and for one that the hub itself fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Id<Organization>>,
    /// How far it may go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking: Option<Marking>,
    /// The way it came in first, such as the name of a feed.
    pub via: String,
    /// SHA-256 of the document it came in, hexadecimal.
    pub digest: String,
    /// The areas that its geocodes name, as far as a table was at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<MultiPolygon>,
    /// What the codec put up with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    /// Whether it still counts.
    pub state: State,
    /// When it ceased to count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// Whether it belongs to an exercise.
    pub exercise: bool,
    /// The box around its areas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounding_box: Option<BoundingBox>,
    /// The incidents it is attached to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The incidents that a person took it from, so that no rule puts an Update of it back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub detached: Vec<Id<Incident>>,
    /// What a rule left to people: to everybody, and to organizations that have an incident of
    /// their own which it may belong to. Who is shown that it belongs to an incident is past it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// When it was received and last changed.
    pub revision: Revision,
}

/// Whether a signal still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum State {
    /// It counts.
    Live,
    /// It does not count any more.
    Ended(End),
    /// It never counted: a test, a heartbeat, an acknowledgement, a withdrawal, an all-clear.
    Notice,
}

/// Why a signal does not count any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "why")]
pub enum End {
    /// A newer message took its place.
    Superseded {
        /// The newer message.
        by: Id<Signal>,
    },
    /// The sender withdrew it.
    Cancelled {
        /// The message that withdrew it.
        by: Id<Signal>,
    },
    /// Its time was over.
    Expired,
}

impl End {
    /// The word for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Superseded { .. } => "superseded",
            Self::Cancelled { .. } => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// That a signal belongs to an incident, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// The incident.
    pub incident: Id<Incident>,
    /// The rule that said so; a person did when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Why, in a sentence.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
}

/// What a rule left to a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The incident to attach it to; a new one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<Id<Incident>>,
    /// The rule.
    pub rule: String,
    /// Why, in a sentence.
    pub reason: String,
}

impl Signal {
    /// Whether it counts.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.state == State::Live
    }

    /// Whether its sender meant it for everybody (CAP 1.2 section 3.2.1, `scope`).
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.alert.scope == alert::Scope::Public
    }

    /// The info that stands for the message where only one can be shown: the worst that is not over,
    /// in English where there are several.
    #[must_use]
    pub fn main_info(&self) -> Option<&Info> {
        info::main_info(&self.alert)
    }

    /// One line that says what it is about.
    #[must_use]
    pub fn headline(&self) -> &str {
        let info = self.main_info();
        let headline = info.and_then(|info| info.headline.as_deref()).filter(|h| !h.is_empty());
        headline.or(info.map(|info| info.event.as_str())).unwrap_or("(no information)")
    }

    /// How bad it is, by its main info.
    #[must_use]
    pub fn severity(&self) -> alert::Severity {
        self.main_info().map_or(alert::Severity::Unknown, |info| info.severity)
    }

    /// Until when it counts.
    #[must_use]
    pub fn expires(&self) -> Timestamp {
        expires(&self.alert)
    }

    /// All ground that it covers: polygons, circles and resolved geocodes.
    #[must_use]
    pub fn area(&self) -> geo::MultiPolygon<f64> {
        area::of(&self.alert, self.resolved.as_ref())
    }

    /// The codes by which it names the ground that it covers, each with the name of its list.
    pub(in crate::domain) fn geocodes(&self) -> BTreeSet<(&str, &str)> {
        area::geocodes(&self.alert)
    }

    /// A position for a mark on a map: the middle of the box around its areas.
    #[must_use]
    pub fn point(&self) -> Option<Position> {
        self.bounding_box.as_ref().map(BoundingBox::middle)
    }

    /// The attachment to an incident.
    #[must_use]
    pub fn attachment(&self, incident: Id<Incident>) -> Option<&Attachment> {
        self.attachments.iter().find(|attachment| attachment.incident == incident)
    }

    /// The deadline that ends it.
    pub(in crate::domain) fn expiry_timer(&self) -> Timer {
        Timer { due: self.expires(), what: Due::SignalExpiry(self.id) }
    }
}

impl World {
    /// The signal, or the refusal that there is none.
    pub(in crate::domain) fn known_signal(&self, id: Id<Signal>) -> Result<&Arc<Signal>, Refusal> {
        self.signal(id).ok_or(Refusal::SignalUnknown(id))
    }

    /// The Updates and Cancels that refer to a message, whoever sent them.
    ///
    /// Only those of the same owner count: what one organization handed in privately neither ends
    /// nor repeats what another has, for that would tell of it.
    fn mentions_of(
        &self,
        key: &AlertKey,
        owner: Option<Id<Organization>>,
    ) -> impl Iterator<Item = &Arc<Signal>> {
        self.mentions
            .range(under(Arc::new(key.clone())))
            .filter_map(|(_, id)| self.signals.get(id))
            .filter(move |mention| mention.owner == owner)
    }

    /// Adds a signal to the records and to every index.
    pub(in crate::domain) fn insert_signal(&mut self, signal: Arc<Signal>) {
        let id = signal.id;
        self.signal_keys.insert((signal.owner, Arc::new(signal.alert.key.clone())), id);
        if matches!(signal.alert.msg_type, MsgType::Update | MsgType::Cancel) {
            for reference in &signal.alert.references {
                self.mentions.insert((Arc::new(reference.clone()), id));
            }
        }
        self.incident_signals.extend(signal.attachments.iter().map(|a| (a.incident, id)));
        if signal.is_live() {
            self.timers.insert(signal.expiry_timer());
        }
        self.signals.insert(id, signal);
    }
}

/// Until when a message counts: the latest expiry of its infos, or a fixed life after it was sent
/// when an info does not say.
fn expires(alert: &Alert) -> Timestamp {
    let life = jiff::SignedDuration::from_hours(LIFE_WITHOUT_EXPIRY_HOURS);
    let fallback = alert.key.sent.saturating_add(life).unwrap_or(alert.key.sent);
    alert.infos.iter().map(|info| info.expires.unwrap_or(fallback)).max().unwrap_or(fallback)
}

/// The state that a message begins with, before other messages are looked at.
fn first_state(alert: &Alert, now: Timestamp) -> State {
    let for_action = matches!(alert.status, alert::Status::Actual | alert::Status::Exercise);
    let says_something = matches!(alert.msg_type, MsgType::Alert | MsgType::Update);
    let hazard = !alert.infos.iter().all(info::is_over);
    if !(for_action && says_something && hazard) {
        State::Notice
    } else if expires(alert) <= now {
        State::Ended(End::Expired)
    } else {
        State::Live
    }
}
