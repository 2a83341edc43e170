//! A message arrives, and what follows from it.

use std::sync::Arc;

use muster_contract::alert::{self, MsgType};
use muster_contract::{Alert, BoundingBox, MultiPolygon, Warning};
use serde::{Deserialize, Serialize};

use super::{End, Signal, State, area, first_state};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Event, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::{Incident, Status, StatusChanged};
use crate::domain::journal::Note;
use crate::domain::organization::Organization;
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::rules;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// Records a message from a sender and carries out what it says.
#[derive(Clone, Debug, Serialize)]
pub struct Receive {
    /// What the sender said.
    pub alert: Arc<Alert>,
    /// The way it came in.
    pub via: String,
    /// SHA-256 of the document it came in, hexadecimal.
    pub digest: String,
    /// The areas that its geocodes name, as far as a table was at hand.
    pub resolved: Option<MultiPolygon>,
    /// What the codec put up with.
    pub warnings: Vec<Warning>,
}

/// Ends a signal whose time is over. The hub clock asks this.
#[derive(Clone, Debug, Serialize)]
pub struct Expire {
    /// The signal.
    pub signal: Id<Signal>,
}

/// A message arrived.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Received {
    /// The new signal.
    pub signal: Id<Signal>,
    /// What the sender said.
    pub alert: Arc<Alert>,
    /// The organization that handed it in, if it is not public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Id<Organization>>,
    /// The way it came in.
    pub via: String,
    /// SHA-256 of the document it came in, hexadecimal.
    pub digest: String,
    /// The areas that its geocodes name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<MultiPolygon>,
    /// What the codec put up with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    /// The state that it begins with.
    pub state: State,
}

/// A signal does not count any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// The signal.
    pub signal: Id<Signal>,
    /// Why.
    pub end: End,
    /// The incidents it is attached to, which look different now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incidents: Vec<Id<Incident>>,
}

impl Decide for Receive {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let alert = &self.alert;
        if alert.status == alert::Status::Draft {
            let identifier = alert.key.identifier.clone();
            return Err(Refusal::SignalDraft { identifier });
        }
        // The same message by another way, or once more, is the same signal.
        let public = alert.scope == alert::Scope::Public;
        let owner = context.by.organization.filter(|_| !public);
        if let Some(known) = world.signal_by_key(&alert.key, owner) {
            return Ok(Decision::unchanged(RecordRef::Signal(known.id)));
        }

        let id = context.ids.next();
        let received = Received {
            signal: id,
            alert: Arc::clone(alert),
            owner,
            via: self.via.clone(),
            digest: self.digest.clone(),
            resolved: self.resolved.clone(),
            warnings: self.warnings.clone(),
            state: self.state_on_arrival(world, context, owner),
        };
        let signal = received.to_signal(Revision {
            created: world.seq() + 1,
            created_at: context.now,
            changed: world.seq() + 1,
            changed_at: context.now,
        });
        let mut events = vec![Event::from(received)];
        // What came privately to nobody in particular is for whoever runs the hub to look at.
        if signal.is_live() && (public || owner.is_some()) {
            events.extend(rules::consequences(world, &signal, context));
        }
        events.extend(self.ends_of_earlier_messages(world, &signal));
        Ok(Decision { subject: RecordRef::Signal(id), events })
    }
}

impl Receive {
    /// The state that the message begins with. A message that a later one already replaced or
    /// withdrew, before it arrived itself, never counts.
    fn state_on_arrival(
        &self,
        world: &World,
        context: &Context<'_>,
        owner: Option<Id<Organization>>,
    ) -> State {
        let first = first_state(&self.alert, context.now);
        let mut mentions = world.mentions_of(&self.alert.key, owner);
        let own = mentions.find(|mention| has_authority(&mention.alert, &self.alert));
        match (first, own) {
            (State::Live, Some(mention)) => State::Ended(end_by(&mention.alert, mention.id)),
            (first, _) => first,
        }
    }

    /// What an Update or a Cancel does to the messages that it refers to.
    ///
    /// Only the sender of a message may replace or withdraw it; a reference to somebody else's
    /// message is kept, and has no effect.
    fn ends_of_earlier_messages(&self, world: &World, by: &Signal) -> Vec<Event> {
        let alert = &self.alert;
        let earlier = alert.references.iter().filter_map(|key| world.signal_by_key(key, by.owner));
        let mut own: Vec<_> = earlier
            .filter(|signal| signal.is_live() && has_authority(alert, &signal.alert))
            .map(Arc::as_ref)
            .collect();
        own.sort_by_key(|signal| signal.id);
        own.dedup_by_key(|signal| signal.id);
        // A live Update takes over the incidents; an all-clear leaves them without a signal.
        let replaced = alert.msg_type == MsgType::Update && by.is_live();
        end(world, &own, end_by(alert, by.id), replaced)
    }
}

impl Decide for Expire {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let signal = world.known_signal(self.signal)?;
        let subject = RecordRef::Signal(self.signal);
        // A timer may fire on two nodes, or after an Update; the second time nothing is left to do.
        if !signal.is_live() || signal.expires() > context.now {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision { subject, events: end(world, &[signal.as_ref()], End::Expired, false) })
    }
}

impl Received {
    fn to_signal(&self, revision: Revision) -> Signal {
        let area = area::of(&self.alert, self.resolved.as_ref());
        Signal {
            id: self.signal,
            alert: Arc::clone(&self.alert),
            owner: self.owner,
            marking: None,
            via: self.via.clone(),
            digest: self.digest.clone(),
            resolved: self.resolved.clone(),
            warnings: self.warnings.clone(),
            state: self.state,
            ended_at: None,
            exercise: self.alert.status == alert::Status::Exercise,
            bounding_box: BoundingBox::around_polygons(&area),
            attachments: Vec::new(),
            detached: Vec::new(),
            suggestions: Vec::new(),
            revision,
        }
    }
}

impl Apply for Received {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.insert_signal(Arc::new(self.to_signal(Revision::new(stamp))));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Signal(self.signal)]
    }
}

impl Apply for Ended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(signal) = world.change_signal(self.signal, stamp) else { return };
        signal.state = State::Ended(self.end);
        signal.ended_at = Some(stamp.at);
        signal.suggestions.clear();
        let (timer, headline) = (signal.expiry_timer(), signal.headline().to_owned());
        world.timers.remove(&timer);
        for incident in &self.incidents {
            world.change_incident(*incident, stamp);
            let (end, headline) = (self.end.as_str(), &headline);
            let said = sentence!(
                "SIGNAL_ENDED",
                "signal {end}: {headline}",
                end = end,
                headline = headline,
            );
            world.chronicle(*incident, stamp, said, &[RecordRef::Signal(self.signal)]);
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        let incidents = self.incidents.iter().copied().map(RecordRef::Incident);
        std::iter::once(RecordRef::Signal(self.signal)).chain(incidents).collect()
    }
}

/// Signals end. An incident that a rule opened and that nobody has touched closes with the last of
/// its signals, unless a newer message takes their place; one that people work on is theirs to
/// close.
fn end(world: &World, signals: &[&Signal], end: End, replaced: bool) -> Vec<Event> {
    let ended = |signal: &&Signal| {
        let incidents = signal.attachments.iter().map(|a| a.incident).collect();
        Event::from(Ended { signal: signal.id, end, incidents })
    };
    let mut events: Vec<Event> = signals.iter().map(ended).collect();
    if replaced {
        return events;
    }
    let attachments = signals.iter().flat_map(|signal| &signal.attachments);
    let mut incidents: Vec<_> = attachments.map(|attachment| attachment.incident).collect();
    incidents.sort_unstable();
    incidents.dedup();
    for incident in incidents.into_iter().filter_map(|id| world.incident(id)) {
        let still_live = |s: &Arc<Signal>| {
            s.is_live() && incident.is_beside(s.owner) && !signals.iter().any(|e| e.id == s.id)
        };
        let last = !world.signals_of(incident.id).any(still_live);
        if last && is_untouched(world, incident) {
            let (from, to) = (incident.status, Status::Closed);
            let reason = Some(format!("its last signal was {}", end.as_str()));
            events.push(StatusChanged { incident: incident.id, from, to, reason }.into());
        }
    }
    events
}

/// Whether a rule opened the incident and no person has confirmed it, and nobody of its own has
/// written about it or made it part of anything since.
///
/// What other organizations wrote about it for themselves does not count: who is not shown that
/// would learn of it by an incident that stays open.
fn is_untouched(world: &World, incident: &Incident) -> bool {
    let own = |other: &Arc<Incident>| other.owner() == incident.owner();
    let is_known = |note: &Arc<Note>| {
        note.organization == incident.owner()
            && (note.organization.is_some() || note.marking.is_none())
    };
    incident.status == Status::Reported
        && incident.opened_by_rule.is_some()
        && incident.merged_into.is_none()
        && !incident.parent.and_then(|parent| world.incident(parent)).is_some_and(own)
        && !world.notes_of(incident.id).any(is_known)
        && !world.parts_of(incident.id).any(own)
        && !world.duplicates_of(incident.id).any(own)
}

/// Whether a message may end another: an Update or a Cancel for action, by the same sender, in the
/// same reality.
fn has_authority(by: &Alert, over: &Alert) -> bool {
    matches!(by.msg_type, MsgType::Update | MsgType::Cancel)
        && matches!(by.status, alert::Status::Actual | alert::Status::Exercise)
        && by.key.sender == over.key.sender
        && by.status == over.status
}

fn end_by(alert: &Alert, by: Id<Signal>) -> End {
    match alert.msg_type {
        MsgType::Cancel => End::Cancelled { by },
        _ => End::Superseded { by },
    }
}
