//! Signals.

use async_graphql::{Enum, ID, Object, SimpleObject};
use jiff::Timestamp;

use super::alert::{Info, MessageKey, NamedValue, named};
use super::codes::{
    Certainty, FieldGroup, Marking, MessageScope, MessageStatus, MessageType, Severity, Urgency,
};
use super::incident::Incident;
use super::place::BoundingBox;
use crate::domain::signal::{self, End, State};
use crate::graphql::asked::id;
use crate::graphql::scalars::Position;
use crate::sharing::Seen;

/// A message from a sender, such as an official alert, and what the hub knows about it.
#[derive(Clone)]
pub(crate) struct Signal(pub(in crate::graphql) Seen<signal::Signal>);

/// Whether a signal still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum SignalState {
    /// It counts.
    Live,
    /// A newer message took its place.
    Superseded,
    /// The sender withdrew it.
    Cancelled,
    /// Its time was over.
    Expired,
    /// It never counted: a test, a heartbeat, an acknowledgement, a withdrawal, an all-clear.
    Notice,
}

impl From<State> for SignalState {
    fn from(state: State) -> Self {
        match state {
            State::Live => Self::Live,
            State::Ended(End::Superseded { .. }) => Self::Superseded,
            State::Ended(End::Cancelled { .. }) => Self::Cancelled,
            State::Ended(End::Expired) => Self::Expired,
            State::Notice => Self::Notice,
        }
    }
}

/// That a signal belongs to an incident, and why.
#[derive(SimpleObject)]
pub(crate) struct Attachment {
    /// The incident.
    incident: Incident,
    /// The rule that said so; a person did when null.
    rule: Option<String>,
    /// Why, in a sentence.
    reason: String,
    /// Since when.
    since: Timestamp,
}

/// What a rule left to a person.
#[derive(SimpleObject)]
pub(crate) struct Suggestion {
    /// The incident to attach the signal to; a new one when null.
    incident: Option<Incident>,
    /// The rule.
    rule: String,
    /// Why, in a sentence.
    reason: String,
}

/// A departure from the standard that was read all the same.
#[derive(SimpleObject)]
pub(crate) struct Warning<'a> {
    /// Path of the element, such as `alert/info[2]/area[1]/polygon[1]`.
    place: &'a str,
    /// What is unusual and how it was read, in a sentence.
    message: &'a str,
}

#[Object]
impl Signal {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// Sender, identifier and time of the message. This and the rest of the message are null or
    /// empty unless you are shown all of it.
    async fn key(&self) -> Option<MessageKey<'_>> {
        self.0.key().map(Into::into)
    }

    /// How far it may go (TLP 2.0); null when nobody marked it, which counts as TLP:GREEN.
    async fn marking(&self) -> Option<Marking> {
        self.0.marking().map(|marking| marking.tlp.into())
    }

    /// The groups of fields that are withheld from you, as far as their owner lets you know. What
    /// is withheld is null or empty.
    async fn withheld(&self) -> Vec<FieldGroup> {
        self.0.decision().withheld().into_iter().map(Into::into).collect()
    }

    /// One line that says what it is about.
    async fn headline(&self) -> &str {
        self.0.headline()
    }

    /// How bad it is, by its main info.
    async fn severity(&self) -> Option<Severity> {
        self.0.severity().map(Into::into)
    }

    /// How soon to act, by its main info.
    async fn urgency(&self) -> Option<Urgency> {
        self.0.urgency().map(Into::into)
    }

    /// How sure it is, by its main info.
    async fn certainty(&self) -> Option<Certainty> {
        self.0.certainty().map(Into::into)
    }

    /// Whether it still counts, and if not, why.
    async fn state(&self) -> Option<SignalState> {
        self.0.state().map(Into::into)
    }

    /// The message that ended it, when one did.
    async fn ended_by(&self) -> Option<Self> {
        match self.0.state()? {
            State::Ended(End::Superseded { by } | End::Cancelled { by }) => {
                self.0.view().signal(by).map(Self)
            }
            State::Live | State::Notice | State::Ended(End::Expired) => None,
        }
    }

    /// Until when it counts.
    async fn expires(&self) -> Option<Timestamp> {
        self.0.expires()
    }

    /// Whether it belongs to an exercise.
    async fn exercise(&self) -> bool {
        self.0.exercise()
    }

    /// Whether the message is meant for action.
    async fn status(&self) -> Option<MessageStatus> {
        self.0.alert().map(|alert| alert.status.into())
    }

    /// What the message does to earlier ones.
    async fn message_type(&self) -> Option<MessageType> {
        self.0.alert().map(|alert| alert.msg_type.into())
    }

    /// Whom the sender meant it for.
    async fn scope(&self) -> Option<MessageScope> {
        self.0.alert().map(|alert| alert.scope.into())
    }

    /// The operator or device that originated it.
    async fn source(&self) -> Option<&str> {
        self.0.alert()?.source.as_deref()
    }

    /// The rule that limits distribution when the scope is restricted.
    async fn restriction(&self) -> Option<&str> {
        self.0.alert()?.restriction.as_deref()
    }

    /// The intended recipients when the scope is private.
    async fn addresses(&self) -> &[String] {
        self.0.alert().map_or(&[], |alert| &alert.addresses)
    }

    /// Profile and handling codes.
    async fn codes(&self) -> &[String] {
        self.0.alert().map_or(&[], |alert| &alert.codes)
    }

    /// The purpose of the message.
    async fn note(&self) -> Option<&str> {
        self.0.alert()?.note.as_deref()
    }

    /// Earlier messages that it concerns.
    async fn references(&self) -> Vec<MessageKey<'_>> {
        let alert = self.0.alert();
        alert.map_or_else(Vec::new, |a| a.references.iter().map(Into::into).collect())
    }

    /// Names by which the sender groups messages of one incident.
    async fn incidents(&self) -> &[String] {
        self.0.alert().map_or(&[], |alert| &alert.incidents)
    }

    /// The hazards, areas and languages of the message.
    async fn infos(&self) -> Vec<Info<'_>> {
        self.0.alert().map_or_else(Vec::new, |alert| alert.infos.iter().map(Info).collect())
    }

    /// Whether the document carried an XML signature. It was not verified.
    async fn signed(&self) -> Option<bool> {
        self.0.alert().map(|alert| alert.signed)
    }

    /// Elements that the standard does not name, kept as they came.
    async fn unknown_elements(&self) -> Vec<NamedValue<'_>> {
        self.0.alert().map_or_else(Vec::new, |alert| named(&alert.unknown))
    }

    /// The way it came in first, such as the name of a feed.
    async fn via(&self) -> Option<&str> {
        self.0.via()
    }

    /// SHA-256 of the document it came in, hexadecimal.
    async fn digest(&self) -> Option<&str> {
        self.0.digest()
    }

    /// Departures from the standard that were put up with.
    async fn warnings(&self) -> Vec<Warning<'_>> {
        let warnings = self.0.warnings().iter();
        warnings.map(|w| Warning { place: &w.place, message: &w.message }).collect()
    }

    /// The box around its areas.
    async fn bounding_box(&self) -> Option<BoundingBox> {
        self.0.bounding_box().map(Into::into)
    }

    /// A position for a mark on a map.
    async fn point(&self) -> Option<Position> {
        self.0.point().map(Position)
    }

    /// The incidents it is attached to, with the reason of each.
    async fn attachments(&self) -> Vec<Attachment> {
        let attachments = self.0.attachments().map(|(incident, attachment)| Attachment {
            incident: Incident(incident),
            rule: attachment.rule.clone(),
            reason: attachment.reason.clone(),
            since: attachment.since,
        });
        attachments.collect()
    }

    /// What a rule left to a person to decide.
    async fn suggestion(&self) -> Option<Suggestion> {
        let (incident, suggestion) = self.0.suggestion()?;
        Some(Suggestion {
            incident: incident.map(Incident),
            rule: suggestion.rule.clone(),
            reason: suggestion.reason.clone(),
        })
    }

    /// When it changed last; null when times are withheld.
    async fn changed_at(&self) -> Option<Timestamp> {
        self.0.changed_at()
    }
}
