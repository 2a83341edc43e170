//! What can be followed.
//!
//! The recipe for a client: subscribe; the first event tells the sequence `S` from which on nothing
//! is missed; ask for `cop(asOf: {sequence: S})`; then carry out each event on it. After a broken
//! connection subscribe with `after:` the sequence of the last event: the first event then holds
//! all that was missed.

use std::sync::Arc;

use async_graphql::{Context, ID, Result, SimpleObject, Subscription};
use futures_util::stream::{self, Stream, StreamExt as _};
use tokio::sync::watch;

use super::asked::{Asked, parse_id};
use super::fault::{fault, of_history};
use super::progress::{self, MessageProgress};
use super::rows::Rows;
use super::scalars::Sequence;
use super::types::cop::{CopFilterInput, CopRecord};
use super::types::place::BoundingBox;
use super::types::record::{RecordKind, kind_and_id};
use crate::domain::{RecordRef, Seq};
use crate::hub::{Change, Changes, ChangesError, CopChange, Hub, Told};
use crate::sharing::CopFilter;

/// Everything that can be followed, over WebSockets with the protocol `graphql-transport-ws`.
pub struct Subscription;

/// Which part of a subscription an execution is to give. Subscribers that ask the same share the
/// live part; the part that brings each up to it is their own.
#[derive(Clone, Debug)]
pub enum Part {
    /// One event: where the picture is, with what was missed since the cursor.
    CatchUp {
        /// Told up to where the event tells.
        progress: Progress,
        /// The log entry to resume after, for one who follows already; the cursor otherwise.
        resume: Option<Seq>,
    },
    /// One event for each change from now on.
    Live(Progress),
}

/// Up to where the last event tells, or from where on events come; none before that.
pub type Progress = watch::Sender<Option<Told>>;

/// A change of the picture. Carrying it out on the picture as of the event before gives the
/// picture as of this one.
#[derive(SimpleObject)]
pub(crate) struct CopChanges {
    /// Up to where it tells: the cursor to resume after.
    sequence: Sequence,
    /// Records that are new on the picture.
    added: Rows<CopRecord>,
    /// Records that were there and look different.
    updated: Rows<CopRecord>,
    /// Records that are not on the picture any more.
    removed: Vec<RemovedRecord>,
}

/// A record that is not on the picture any more.
#[derive(SimpleObject)]
pub(crate) struct RemovedRecord {
    /// Its kind.
    kind: RecordKind,
    /// Its id.
    id: ID,
}

#[Subscription]
impl Subscription {
    /// Follows the picture. The first event tells where it is, with all that changed since `after`
    /// if that is given; each later event tells what changed since the one before, at once, or where
    /// changes go on and on, twenty times a second. A fresh client asks for
    /// `cop(asOf: {sequence: …})` with the sequence of the first event and carries out each event
    /// after it on that: it misses nothing. A client that is too slow gets an error
    /// with the code `TOO_SLOW` and `resumeAfter`, the cursor to subscribe with again.
    async fn cop_changes(
        &self,
        context: &Context<'_>,
        #[graphql(name = "box", desc = "Only what lies in or reaches into this box.")]
        bounding_box: Option<BoundingBox>,
        #[graphql(desc = "Which part of the picture.")] filter: Option<CopFilterInput>,
        #[graphql(desc = "The sequence of the last event that was seen.")] after: Option<Sequence>,
    ) -> Result<impl Stream<Item = Result<CopChanges>> + use<>> {
        let filter = CopFilterInput::filter(filter, bounding_box)?;
        let asked = Asked::from(context);
        match context.data_opt::<Part>() {
            Some(Part::CatchUp { progress, resume }) => {
                let after = match resume {
                    Some(seq) => Some(*seq),
                    None => after.map(|after| after.entry(asked)).transpose()?,
                };
                Ok(catch_up(asked, &filter, after, progress).await.left_stream())
            }
            Some(Part::Live(progress)) => Ok(live(asked, filter, progress.clone()).right_stream()),
            None => Err(fault("NEEDS_WEBSOCKET", "subscribe over a WebSocket")),
        }
    }

    /// Follows one message: the first event tells where it stands, and each later one where it stands
    /// after it changed. Changes that come faster than they are taken are told as one.
    async fn message_progress(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the message.")] message: ID,
    ) -> Result<impl Stream<Item = Result<MessageProgress>> + use<>> {
        let (asked, message) = (Asked::from(context), parse_id("message", &message)?);
        match context.data_opt::<Part>() {
            Some(Part::CatchUp { progress, .. }) => {
                Ok(progress::now(asked, message, progress).left_stream())
            }
            Some(Part::Live(progress)) => {
                Ok(progress::live(asked, message, progress.clone()).right_stream())
            }
            None => Err(fault("NEEDS_WEBSOCKET", "subscribe over a WebSocket")),
        }
    }
}

/// The one event that brings a subscriber up to the live part.
async fn catch_up(
    asked: &Asked,
    filter: &CopFilter,
    after: Option<Seq>,
    progress: &Progress,
) -> impl Stream<Item = Result<CopChanges>> + use<> {
    let viewer = Arc::clone(asked.view.viewer());
    let caught_up = Changes::catch_up(&asked.hub, viewer, filter, after).await;
    if let Ok(change) = &caught_up {
        progress.send_replace(Some(change.told));
    }
    let event = caught_up.map(|change| CopChanges::of(&asked.hub, change));
    stream::iter([event.map_err(|error| of_changes(&asked.hub, &error))])
}

/// One event for each change from now on.
fn live(
    asked: &Asked,
    filter: CopFilter,
    progress: Progress,
) -> impl Stream<Item = Result<CopChanges>> + use<> {
    let viewer = Arc::clone(asked.view.viewer());
    let changes = Changes::follow(&asked.hub, viewer, filter);
    // Whoever waits for this may now look at the picture: every later change becomes an event.
    progress.send_replace(Some(changes.told()));
    let hub = asked.hub.clone();
    stream::unfold(Some((changes, progress, hub)), |following| async move {
        let (mut changes, progress, hub) = following?;
        match changes.next().await {
            Ok(change) => {
                progress.send_replace(Some(change.told));
                let event = CopChanges::of(&hub, change);
                Some((Ok(event), Some((changes, progress, hub))))
            }
            Err(error) => Some((Err(of_changes(&hub, &error)), None)),
        }
    })
}

pub(super) fn of_changes(hub: &Hub, error: &ChangesError) -> async_graphql::Error {
    use async_graphql::ErrorExtensions as _;
    let (code, seq) = match error {
        ChangesError::Stopping { resume_after } => ("STOPPING", *resume_after),
        ChangesError::History(error) => return of_history(error),
    };
    let resume_after = hub.position_at(seq);
    fault(code, error.to_string())
        .extend_with(|_, extensions| extensions.set("resumeAfter", resume_after.as_str()))
}

impl CopChanges {
    fn of(hub: &Hub, change: CopChange) -> Self {
        let sequence = Sequence(hub.position_at(change.told.seq));
        let (mut added, mut updated, mut removed) = (Vec::new(), Vec::new(), Vec::new());
        for change in change.changes {
            match change {
                Change::Added(record) => added.push(record.into()),
                Change::Updated(record) => updated.push(record.into()),
                Change::Removed(record) => removed.extend(RemovedRecord::of(record)),
            }
        }
        Self { sequence, added: Rows(added), updated: Rows(updated), removed }
    }
}

impl RemovedRecord {
    /// How a record is told that left the picture; accounts and the like were never on it.
    fn of(record: RecordRef) -> Option<Self> {
        let (kind, id) = kind_and_id(record)?;
        Some(Self { kind, id })
    }
}
