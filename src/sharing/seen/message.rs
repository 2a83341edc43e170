//! Messages as a viewer sees them.

use super::Seen;
use crate::domain::Id;
use crate::domain::message::Message;

impl Seen<Message> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Message> {
        self.record.id
    }

    /// Its first words.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.record.content.wordings.first().map_or("", |wording| wording.what.as_str())
    }
}
