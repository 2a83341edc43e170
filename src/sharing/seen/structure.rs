//! Command structures and posts as a viewer sees them.

use super::Seen;
use crate::domain::Id;
use crate::domain::structure::{Post, Structure};

impl Seen<Structure> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Structure> {
        self.record.id
    }
}

impl Seen<Post> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Post> {
        self.record.id
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.record.name
    }
}
