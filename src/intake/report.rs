//! What became of a document, in the words of the command line and of the HTTP interface.

use serde::Serialize;
use uuid::Uuid;

use super::Outcome;
use crate::domain::{Id, signal::Signal};

/// The word for what became of a message or of a whole document, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// New, and durable.
    Accepted,
    /// Known already.
    Duplicate,
    /// Understood, and not to be recorded.
    Refused,
    /// Not understood, and kept for a person.
    Quarantined,
    /// Not taken by the hub; to be tried again.
    NotTaken,
}

impl Word {
    /// All of them, from best to worst.
    pub const ALL: [Self; 5] =
        [Self::Accepted, Self::Duplicate, Self::Refused, Self::Quarantined, Self::NotTaken];

    /// The word as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Duplicate => "duplicate",
            Self::Refused => "refused",
            Self::Quarantined => "quarantined",
            Self::NotTaken => "not-taken",
        }
    }
}

/// What is told of a message whose key is taken.
const OTHER_CONTENT: &str = "a message of the same sender, identifier and time is known and says \
    something else; it stays as it is, so send this one with an identifier of its own (CAP 1.2 \
    section 3.2.1)";

/// What became of one message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MessageReport {
    /// In a word.
    pub outcome: Word,
    /// The signal that it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signal: Option<Id<Signal>>,
    /// The id of its document in the quarantine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quarantine: Option<Uuid>,
    /// Path of the element that was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub element: Option<String>,
    /// Line in the document, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Why it was not accepted, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What the sender should know of a message that is known already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
}

impl MessageReport {
    const fn of(outcome: Word) -> Self {
        let (signal, quarantine, element, line, error, note) = (None, None, None, None, None, None);
        Self { outcome, signal, quarantine, element, line, error, note }
    }
}

impl From<&Outcome> for MessageReport {
    fn from(outcome: &Outcome) -> Self {
        let report = Self::of(outcome.word());
        match outcome {
            Outcome::Accepted { signal } | Outcome::Duplicate { signal, .. } => {
                let differs = matches!(outcome, Outcome::Duplicate { differs: true, .. });
                Self { signal: Some(*signal), note: differs.then_some(OTHER_CONTENT), ..report }
            }
            Outcome::Quarantined { id, rejection } => Self {
                quarantine: Some(*id),
                element: Some(rejection.place.clone()),
                line: rejection.line,
                error: Some(rejection.message.clone()),
                ..report
            },
            Outcome::Refused { refusal } => Self { error: Some(refusal.to_string()), ..report },
            Outcome::NotTaken { error } => Self { error: Some(error.to_string()), ..report },
        }
    }
}

impl Outcome {
    /// What became of the message, in a word.
    #[must_use]
    pub const fn word(&self) -> Word {
        match self {
            Self::Accepted { .. } => Word::Accepted,
            Self::Duplicate { .. } => Word::Duplicate,
            Self::Quarantined { .. } => Word::Quarantined,
            Self::Refused { .. } => Word::Refused,
            Self::NotTaken { .. } => Word::NotTaken,
        }
    }

    /// Why the message was not accepted, with its place and line where it was rejected.
    #[must_use]
    pub fn error(&self) -> Option<String> {
        match self {
            Self::Accepted { .. } | Self::Duplicate { .. } => None,
            Self::Quarantined { rejection, .. } => Some(rejection.to_string()),
            Self::Refused { refusal } => Some(refusal.to_string()),
            Self::NotTaken { error } => Some(error.to_string()),
        }
    }
}

/// The worst of several outcomes, which stands for the document; a document without messages, such
/// as a feed that is empty just now, is accepted.
#[must_use]
pub fn worst(outcomes: &[Outcome]) -> Word {
    outcomes.iter().map(Outcome::word).max().unwrap_or(Word::Accepted)
}

/// The first error that is as bad as the worst outcome.
#[must_use]
pub fn worst_error(outcomes: &[Outcome]) -> Option<String> {
    let worst = worst(outcomes);
    outcomes.iter().find(|outcome| outcome.word() == worst).and_then(Outcome::error)
}
