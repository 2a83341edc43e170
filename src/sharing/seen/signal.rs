//! A signal as a viewer sees it.

use jiff::Timestamp;
use muster_contract::alert::{Certainty, Severity, Urgency};
use muster_contract::{Alert, BoundingBox, Position, Warning};

use super::Seen;
use crate::domain::incident::Incident;
use crate::domain::signal::{Attachment, Signal, State, Suggestion};
use crate::domain::{Id, Seq};

impl Seen<Signal> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Signal> {
        self.record.id
    }

    /// What the sender said.
    #[must_use]
    pub fn alert(&self) -> &Alert {
        &self.record.alert
    }

    /// One line that says what it is about.
    #[must_use]
    pub fn headline(&self) -> &str {
        self.record.headline()
    }

    /// How bad it is, by its main info.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.record.severity()
    }

    /// How soon to act, by its main info.
    #[must_use]
    pub fn urgency(&self) -> Urgency {
        self.record.main_info().map_or(Urgency::Unknown, |info| info.urgency)
    }

    /// How sure it is, by its main info.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        self.record.main_info().map_or(Certainty::Unknown, |info| info.certainty)
    }

    /// Until when it counts.
    #[must_use]
    pub fn expires(&self) -> Timestamp {
        self.record.expires()
    }

    /// Whether it still counts, and if not, why.
    #[must_use]
    pub fn state(&self) -> State {
        self.record.state
    }

    /// Whether it counts.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.record.is_live()
    }

    /// Whether it belongs to an exercise.
    #[must_use]
    pub fn exercise(&self) -> bool {
        self.record.exercise
    }

    /// The way it came in first.
    #[must_use]
    pub fn via(&self) -> &str {
        &self.record.via
    }

    /// SHA-256 of the document it came in.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.record.digest
    }

    /// What the codec put up with.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.record.warnings
    }

    /// The box around its areas.
    #[must_use]
    pub fn bounding_box(&self) -> Option<BoundingBox> {
        self.record.bounding_box
    }

    /// A position for a mark on a map.
    #[must_use]
    pub fn point(&self) -> Option<Position> {
        self.record.point()
    }

    /// The incidents it is attached to, with the reason, those that the viewer may see.
    pub fn attachments(&self) -> impl Iterator<Item = (Seen<Incident>, &Attachment)> {
        let attachments = self.record.attachments.iter();
        attachments.filter_map(|a| Some((self.view.incident(a.incident)?, a)))
    }

    /// What a rule left to a person. A suggestion about an incident that the viewer may not see is
    /// not shown, because it would tell that there is one.
    #[must_use]
    pub fn suggestion(&self) -> Option<(Option<Seen<Incident>>, &Suggestion)> {
        let suggestion = self.record.suggestion.as_ref()?;
        match suggestion.incident {
            None => Some((None, suggestion)),
            Some(incident) => Some((Some(self.view.incident(incident)?), suggestion)),
        }
    }

    /// The log entry that changed it last.
    #[must_use]
    pub fn changed(&self) -> Seq {
        self.record.revision.changed
    }

    /// When it was received.
    #[must_use]
    pub fn changed_at(&self) -> Timestamp {
        self.record.revision.changed_at
    }
}
