//! Records as a viewer sees them, field by field.
//!
//! Each noun has a file with one method a field. A field that policy withholds is withheld there,
//! whoever asks for it and by whichever way.

mod incident;
mod journal;
mod organization;
mod person;
mod signal;

use std::sync::Arc;

use super::View;

/// A record that the viewer may see, with the View that says so.
#[derive(Clone)]
pub struct Seen<T> {
    record: Arc<T>,
    view: View,
}

impl<T> Seen<T> {
    pub(super) const fn new(record: Arc<T>, view: View) -> Self {
        Self { record, view }
    }

    /// The View that it was seen in.
    #[must_use]
    pub const fn view(&self) -> &View {
        &self.view
    }
}
