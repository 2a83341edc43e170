//! A signal as a viewer sees it.

use jiff::Timestamp;
use muster_contract::alert::{Certainty, Severity, Urgency};
use muster_contract::{Alert, AlertKey, BoundingBox, Position, Warning};

use super::Seen;
use crate::domain::Id;
use crate::domain::agreement::{Group, PlacePrecision};
use crate::domain::incident::Incident;
use crate::domain::marking::Marking;
use crate::domain::organization::Organization;
use crate::domain::signal::{Attachment, Signal, State, Suggestion};
use crate::sharing::precision;

impl Seen<Signal> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Signal> {
        self.record.id
    }

    /// One line that says what it is about.
    #[must_use]
    pub fn headline(&self) -> &str {
        self.record.headline()
    }

    /// Whether it belongs to an exercise.
    #[must_use]
    pub fn exercise(&self) -> bool {
        self.record.exercise
    }

    /// Whether it counts.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.record.is_live()
    }

    /// How far it may go.
    #[must_use]
    pub fn marking(&self) -> Option<&Marking> {
        self.record.marking.as_ref()
    }

    /// The organization that handed it in privately.
    #[must_use]
    pub fn owner(&self) -> Option<Seen<Organization>> {
        self.with(Group::Source, self.record.owner)
            .flatten()
            .and_then(|id| self.view.organization(id))
    }

    /// What the sender said, word for word, where every part of it is shown exactly.
    #[must_use]
    pub fn alert(&self) -> Option<&Alert> {
        let groups = [Group::Status, Group::Content, Group::Source, Group::History, Group::Links];
        let all = groups.into_iter().all(|group| self.decision.shows(group));
        let exact = self.decision.place() == Some(PlacePrecision::Exact);
        (all && exact).then_some(&self.record.alert)
    }

    /// Sender, identifier and time of the message.
    #[must_use]
    pub fn key(&self) -> Option<&AlertKey> {
        self.alert().map(|alert| &alert.key)
    }

    /// How bad it is, by its main info.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.with(Group::Status, self.record.severity())
    }

    /// How soon to act, by its main info.
    #[must_use]
    pub fn urgency(&self) -> Option<Urgency> {
        let urgency = self.record.main_info().map_or(Urgency::Unknown, |info| info.urgency);
        self.with(Group::Status, urgency)
    }

    /// How sure it is, by its main info.
    #[must_use]
    pub fn certainty(&self) -> Option<Certainty> {
        let certainty = self.record.main_info().map_or(Certainty::Unknown, |info| info.certainty);
        self.with(Group::Status, certainty)
    }

    /// Until when it counts, as exactly as times are shown.
    #[must_use]
    pub fn expires(&self) -> Option<Timestamp> {
        self.time(self.record.expires())
    }

    /// Whether it still counts, and if not, why.
    #[must_use]
    pub fn state(&self) -> Option<State> {
        self.with(Group::Status, self.record.state)
    }

    /// The way it came in first.
    #[must_use]
    pub fn via(&self) -> Option<&str> {
        self.with(Group::Source, self.record.via.as_str())
    }

    /// SHA-256 of the document it came in.
    #[must_use]
    pub fn digest(&self) -> Option<&str> {
        self.alert().map(|_| self.record.digest.as_str())
    }

    /// What the codec put up with.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        if self.alert().is_some() { &self.record.warnings } else { &[] }
    }

    /// The box around its areas, as exactly as it is shown.
    #[must_use]
    pub fn bounding_box(&self) -> Option<BoundingBox> {
        let exactness = self.decision.place()?;
        self.record.bounding_box.map(|around| precision::bounding_box(around, exactness))
    }

    /// A position for a mark on a map: the middle of the box.
    #[must_use]
    pub fn point(&self) -> Option<Position> {
        self.bounding_box().map(|b| Position {
            lon: f64::midpoint(b.west, b.east),
            lat: f64::midpoint(b.south, b.north),
        })
    }

    /// The incidents it is attached to, with the reason, those that the viewer may see.
    pub fn attachments(&self) -> impl Iterator<Item = (Seen<Incident>, &Attachment)> {
        let links = self.decision.shows(Group::Links);
        let attachments = self.record.attachments.iter().filter(move |_| links);
        attachments.filter_map(|a| Some((self.view.incident(a.incident)?, a)))
    }

    /// What a rule left to a person, as long as the viewer is shown of nobody who decided it. A
    /// suggestion about an incident that the viewer may not see is not shown, because it would tell
    /// that there is one.
    #[must_use]
    pub fn suggestion(&self) -> Option<(Option<Seen<Incident>>, &Suggestion)> {
        let connected = self.record.attachments.iter().map(|attachment| attachment.incident);
        let mut decided = connected.chain(self.record.detached.iter().copied());
        if !self.decision.shows(Group::Links) || decided.any(|id| self.view.incident(id).is_some())
        {
            return None;
        }
        // What concerns one's own incident comes after what concerns everybody.
        self.record.suggestions.iter().rev().find_map(|suggestion| match suggestion.incident {
            None => Some((None, suggestion)),
            Some(incident) => Some((Some(self.view.incident(incident)?), suggestion)),
        })
    }

    /// When what is shown of it changed last, as exactly as times are shown. That an incident
    /// which is hidden was put to it does not count.
    #[must_use]
    pub fn changed_at(&self) -> Option<Timestamp> {
        let attached = self.attachments().map(|(_, attachment)| attachment.since);
        let ended = self.record.ended_at.filter(|_| self.decision.shows(Group::Status));
        let received = self.record.revision.created_at;
        self.time(attached.chain(ended).fold(received, Timestamp::max))
    }
}
