//! Following one message: where it stands, each time that it changes.

use std::sync::Arc;

use async_graphql::{Result, SimpleObject};
use futures_util::stream::{self, Stream};

use super::asked::Asked;
use super::scalars::Sequence;
use super::subscription::{Progress, of_changes};
use super::types::message::Message;
use crate::domain::{Id, message};
use crate::hub::{Hub, MessageProgress as Following, Told};
use crate::sharing::View;

/// Where a message stands at a moment.
#[derive(SimpleObject)]
pub(crate) struct MessageProgress {
    /// Up to where it tells.
    sequence: Sequence,
    /// The message as it is; null when there is none, or when you may not see it any more.
    message: Option<Message>,
}

impl MessageProgress {
    fn of(hub: &Hub, view: &View, message: Id<message::Message>) -> Self {
        let sequence = Sequence(hub.position(view));
        Self { sequence, message: view.message(message).map(Message) }
    }
}

/// The one event that tells where it stands.
pub(super) fn now(
    asked: &Asked,
    message: Id<message::Message>,
    progress: &Progress,
) -> impl Stream<Item = Result<MessageProgress>> + use<> {
    let view = asked.hub.view(asked.view.viewer());
    progress.send_replace(Some(Told::by(&view)));
    stream::iter([Ok(MessageProgress::of(&asked.hub, &view, message))])
}

/// One event each time that it changes from now on.
pub(super) fn live(
    asked: &Asked,
    message: Id<message::Message>,
    progress: Progress,
) -> impl Stream<Item = Result<MessageProgress>> + use<> {
    let viewer = Arc::clone(asked.view.viewer());
    let following = Following::follow(&asked.hub, viewer, message);
    // Whoever waits for this may now look: every later change becomes an event.
    progress.send_replace(Some(following.told()));
    let hub = asked.hub.clone();
    stream::unfold(Some((following, progress, hub)), move |state| async move {
        let (mut following, progress, hub) = state?;
        match following.next().await.map(|view| MessageProgress::of(&hub, view, message)) {
            Ok(event) => {
                progress.send_replace(Some(following.told()));
                Some((Ok(event), Some((following, progress, hub))))
            }
            Err(error) => Some((Err(of_changes(&hub, &error)), None)),
        }
    })
}
