//! What an Update inherits from the messages that it replaces.
//!
//! Example: the weather service extends a flood warning by three hours. The new message belongs to
//! the incident of the old one, whatever its area or wording, and the incident's perimeter follows
//! the new area, unless somebody has drawn a better one.

use std::cmp::Reverse;
use std::sync::Arc;

use muster_contract::alert::MsgType;

use super::circle::Circle;
use super::outline;
use crate::domain::event::Event;
use crate::domain::ids::Id;
use crate::domain::incident::{Incident, Located};
use crate::domain::organization::Organization;
use crate::domain::place::Location;
use crate::domain::signal::{Attached, Attachment, Signal};
use crate::domain::world::World;

/// How far back a chain of Updates is followed.
const CHAIN_MAX: usize = 64;

/// What the earlier messages leave to a new one.
#[derive(Default)]
pub(super) struct Heritage<'a> {
    /// The open incidents that it belongs to, with the message that did before and its attachment.
    pub(super) incidents: Vec<(&'a Incident, &'a Signal, &'a Attachment)>,
    /// An incident that it would belong to, if that were not closed.
    pub(super) closed: Option<&'a Incident>,
    /// An incident that a person took an earlier message from.
    pub(super) detached: Option<&'a Incident>,
}

/// What the earlier messages leave to a new one, of the incidents that are looked at together.
pub(super) fn heritage<'a>(
    world: &'a World,
    signal: &Signal,
    earlier: &[&'a Arc<Signal>],
    circle: Circle,
) -> Heritage<'a> {
    let mut heritage = Heritage::default();
    let mut decided: Vec<Id<Incident>> = Vec::new();
    let inherited = |id| world.survivor(id).filter(|incident| circle.inherits(incident.owner()));
    for earlier in earlier.iter().copied() {
        for incident in earlier.detached.iter().filter_map(|id| inherited(*id)) {
            if !decided.contains(&incident.id) {
                decided.push(incident.id);
                heritage.detached = heritage.detached.or(Some(incident));
            }
        }
        for attachment in &earlier.attachments {
            let Some(incident) = inherited(attachment.incident) else { continue };
            if incident.exercise != signal.exercise || decided.contains(&incident.id) {
                continue;
            }
            decided.push(incident.id);
            if incident.is_live() {
                heritage.incidents.push((incident, earlier, attachment));
            } else {
                heritage.closed = heritage.closed.or(Some(incident));
            }
        }
    }
    heritage
}

/// The organizations that have incidents which earlier messages belonged to.
pub(super) fn owners(
    world: &World,
    earlier: &[&Arc<Signal>],
) -> impl Iterator<Item = Id<Organization>> {
    let attached = earlier.iter().flat_map(|s| s.attachments.iter().map(|a| a.incident));
    let detached = earlier.iter().flat_map(|s| s.detached.iter().copied());
    attached.chain(detached).filter_map(|id| world.survivor(id)?.owner())
}

/// What follows for the incidents that the message inherits.
pub(super) fn inherit(signal: &Signal, heritage: &Heritage<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for (incident, earlier, attachment) in &heritage.incidents {
        let identifier = &earlier.alert.key.identifier;
        let reason = format!(
            "it updates message {identifier}, which belongs to incident {} {}",
            incident.number, incident.name
        );
        let rule = attachment.rule.clone();
        let (id, incident_id) = (signal.id, incident.id);
        events.push(Attached { signal: id, incident: incident_id, rule, reason }.into());
        events.extend(follow(incident, earlier, signal));
    }
    events
}

/// Moves the incident's perimeter along, if it is still the area of the earlier message.
pub(super) fn follow(incident: &Incident, earlier: &Signal, signal: &Signal) -> Option<Event> {
    let before = outline::perimeter_of(earlier);
    let after = outline::perimeter_of(signal);
    if after.is_none() || after == before || incident.location.perimeter != before {
        return None;
    }
    let same_name = incident.location.name == outline::location_of(earlier).name;
    let name =
        if same_name { outline::location_of(signal).name } else { incident.location.name.clone() };
    let location = Location { perimeter: after, name, ..incident.location.clone() };
    let reason = Some(format!("it follows message {}", signal.alert.key.identifier));
    Some(Located { incident: incident.id, location, reason }.into())
}

/// The messages of the same sender that this one replaces, the latest first.
///
/// Those that do not count any more are among them: of two Updates to one message, the second has
/// to find the incident too.
pub(super) fn predecessors<'a>(world: &'a World, signal: &Signal) -> Vec<&'a Arc<Signal>> {
    let replaced = |by: &Signal| -> Vec<&'a Arc<Signal>> {
        let own = |earlier: &&Arc<Signal>| {
            let (ours, theirs) = (&by.alert, &earlier.alert);
            earlier.id != signal.id
                && theirs.key.sender == ours.key.sender
                && theirs.status == ours.status
        };
        let references =
            by.alert.references.iter().filter(|_| by.alert.msg_type == MsgType::Update);
        references
            .take(CHAIN_MAX)
            .filter_map(|key| world.signal_by_key(key, by.owner))
            .filter(own)
            .collect()
    };
    let mut found = replaced(signal);
    let mut looked_at = 0;
    while let Some(earlier) = found.get(looked_at).filter(|_| found.len() < CHAIN_MAX) {
        for before in replaced(earlier) {
            if !found.iter().any(|known| known.id == before.id) {
                found.push(before);
            }
        }
        looked_at += 1;
    }
    // The latest knows best what a person decided.
    found.sort_by_key(|earlier| Reverse(earlier.id));
    found.dedup_by_key(|earlier| earlier.id);
    found
}

impl World {
    /// The incident itself, or the one that stands for it after merging.
    #[must_use]
    pub fn survivor(&self, id: Id<Incident>) -> Option<&Arc<Incident>> {
        let mut incident = self.incident(id)?;
        // No chain has more links than there are incidents; the bound keeps a damaged log from
        // going round in one.
        for _ in 0..self.incidents.len() {
            match incident.merged_into.and_then(|into| self.incident(into)) {
                Some(into) => incident = into,
                None => break,
            }
        }
        Some(incident)
    }
}
