//! One message, followed as a viewer sees it.

use std::sync::Arc;

use tokio::sync::broadcast;

use super::{ChangesError, Hub, Step, Told};
use crate::domain::message::Message;
use crate::domain::{Id, RecordRef};
use crate::sharing::{View, Viewer};

/// A message, followed. Each time it is looked at as it is then, so whoever is slow misses steps and
/// never where it stands.
pub struct MessageProgress {
    hub: Hub,
    viewer: Arc<Viewer>,
    message: Id<Message>,
    steps: broadcast::Receiver<Arc<Step>>,
    told: View,
}

impl MessageProgress {
    /// Follows a message from now on.
    #[must_use]
    pub fn follow(hub: &Hub, viewer: Arc<Viewer>, message: Id<Message>) -> Self {
        // The steps are taken first, so that nothing falls between them and the World.
        let steps = hub.steps();
        let told = hub.view(&viewer);
        Self { hub: hub.clone(), viewer, message, steps, told }
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
            let touched = tokio::select! {
                step = self.steps.recv() => self.take(step)?,
                // A term of an agreement begins or ends by the clock alone.
                () = self.hub.boundary(&before) => {
                    self.told = self.hub.judged_now(&before);
                    false
                }
            };
            // Who is not shown it is not told either that it changes.
            let is_shown = |view: &View| view.message(self.message).is_some();
            let changed = touched || !self.told.is_judged_like(&before);
            if changed && (is_shown(&before) || is_shown(&self.told)) {
                return Ok(&self.told);
            }
        }
    }

    /// Takes a step and all that wait behind it. Says whether one of them touched the message.
    fn take(
        &mut self,
        step: Result<Arc<Step>, broadcast::error::RecvError>,
    ) -> Result<bool, ChangesError> {
        let mut touched = false;
        let mut next = match step {
            Ok(step) => Some(step),
            Err(broadcast::error::RecvError::Lagged(_)) => return Ok(self.look_again()),
            Err(broadcast::error::RecvError::Closed) => {
                return Err(ChangesError::Stopping { resume_after: self.told.seq() });
            }
        };
        while let Some(step) = next.take() {
            // A step that the World at the start already held.
            if step.after.seq() > self.told.seq() {
                touched |= step.touched.contains(&RecordRef::Message(self.message));
                self.told = self.hub.view_of(Arc::clone(&step.after), &self.viewer);
            }
            next = match self.steps.try_recv() {
                Ok(step) => Some(step),
                Err(broadcast::error::TryRecvError::Lagged(_)) => return Ok(self.look_again()),
                // That the hub shuts down is told the next time.
                Err(_) => None,
            };
        }
        Ok(touched)
    }

    fn look_again(&mut self) -> bool {
        self.told = self.hub.view(&self.viewer);
        true
    }
}
