//! Records as a viewer sees them, field by field.
//!
//! Each noun has a file with one method a field. A field that policy withholds is withheld there,
//! whoever asks for it and by whichever way; a place or a time comes out as exactly as policy says.

mod agreement;
mod group;
mod incident;
mod journal;
mod message;
mod mutual_aid;
mod organization;
mod period;
mod person;
mod post;
mod qualification;
mod resource;
mod resource_request;
mod schedule;
mod signal;
mod structure;
mod transfer;
mod watch;

pub use message::{Over, SeenRecipient, Waiting};
pub use resource_request::{AnswerState, OwnQuestion, Words};

use std::sync::Arc;

use jiff::Timestamp;

use super::decision::Decision;
use super::{View, precision};
use crate::domain::agreement::Group;

pub use resource::{SeenCommitment, SeenPar};

/// A record that the viewer may see, with the View that says so.
#[derive(Clone)]
pub struct Seen<T> {
    record: Arc<T>,
    decision: Decision,
    view: View,
}

impl<T> Seen<T> {
    pub(super) const fn new(record: Arc<T>, decision: Decision, view: View) -> Self {
        Self { record, decision, view }
    }

    /// The View that it was seen in.
    #[must_use]
    pub const fn view(&self) -> &View {
        &self.view
    }

    /// What is shown of it.
    #[must_use]
    pub const fn decision(&self) -> Decision {
        self.decision
    }

    /// What is shown only with a group of fields.
    fn with<V>(&self, group: Group, value: V) -> Option<V> {
        self.decision.shows(group).then_some(value)
    }

    /// A time as exactly as it is shown; none when times are withheld.
    fn time(&self, at: Timestamp) -> Option<Timestamp> {
        self.decision.time().map(|exactness| precision::time(at, exactness))
    }
}
