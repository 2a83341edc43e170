//! One message, followed as a viewer sees it.

use std::sync::Arc;

use tokio::sync::watch;

use super::{ChangesError, Hub, Told};
use crate::domain::message::Message;
use crate::domain::{Id, RecordRef};
use crate::sharing::{View, Viewer};

/// A message, followed. Each time it is looked at as it is then, so whoever is slow misses steps and
/// never where it stands.
pub struct MessageProgress {
    hub: Hub,
    viewer: Arc<Viewer>,
    message: Id<Message>,
    advanced: watch::Receiver<()>,
    told: View,
}

impl MessageProgress {
    /// Follows a message from now on.
    #[must_use]
    pub fn follow(hub: &Hub, viewer: Arc<Viewer>, message: Id<Message>) -> Self {
        // What wakes is taken first, so that nothing falls between it and the World.
        let advanced = hub.advanced();
        let told = hub.view(&viewer);
        Self { hub: hub.clone(), viewer, message, advanced, told }
    }

    /// What was told last.
    #[must_use]
    pub const fn view(&self) -> &View {
        &self.told
    }

    /// Up to where was told.
    #[must_use]
    pub fn told(&self) -> Told {
        Told::by(&self.told)
    }

    /// The next moment at which it may look different. Waits for one.
    ///
    /// # Errors
    /// [`ChangesError::Stopping`] when the hub shuts down.
    pub async fn next(&mut self) -> Result<&View, ChangesError> {
        loop {
            let before = self.told.clone();
            self.told = tokio::select! {
                advanced = self.advanced.changed() => match advanced {
                    Ok(()) => self.hub.view(&self.viewer),
                    Err(_) => return Err(ChangesError::Stopping { resume_after: before.seq() }),
                },
                // A term of an agreement begins or ends by the clock alone.
                () = self.hub.boundary(&before) => self.hub.judged_now(&before),
            };
            let touched = self.hub.touched_between(&before, &self.told);
            let record = RecordRef::Message(self.message);
            let touched = touched.is_none_or(|touched| touched.contains(&record));
            // Who is not shown it is not told either that it changes.
            let is_shown = |view: &View| view.message(self.message).is_some();
            let changed = touched || !self.told.is_judged_like(&before);
            if changed && (is_shown(&before) || is_shown(&self.told)) {
                return Ok(&self.told);
            }
        }
    }
}
