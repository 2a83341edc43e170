//! The quarantine: looking at what was refused, and taking it again.
//!
//! A sender writes the time without an offset and forty alerts are refused. The next release of
//! the hub reads that, or the operator finds that the sender mended its feed: a replay takes each
//! document once more with the codec of today, and what is accepted leaves the quarantine.

use std::sync::Arc;

use uuid::Uuid;

use super::report::{Word, worst};
use super::{Document, Intake, Outcome};
use crate::domain::Principal;
use crate::log::limits::QUARANTINE_BYTES_MAX;
use crate::log::{LogError, QuarantinedItem, QuarantinedSummary};

/// A quarantined document could not be taken again.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// It is not there.
    #[error("there is no document {0} in the quarantine; it may have been replayed or dropped")]
    Unknown(Uuid),
    /// Only its beginning was kept.
    #[error(
        "document {0} is larger than any that is read, and only its beginning was kept, so it cannot \
         be replayed; ask the sender to split it"
    )]
    Cut(Uuid),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] LogError),
}

impl Intake {
    /// What is in quarantine, newest first: one page, before a document if one is named.
    ///
    /// # Errors
    /// [`LogError`] when the store does not answer.
    pub async fn quarantined(
        &self,
        before: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<QuarantinedSummary>, LogError> {
        self.hub.store().quarantined(before, limit).await
    }

    /// One document with its bytes.
    ///
    /// # Errors
    /// [`LogError`] when the store does not answer.
    pub async fn quarantined_item(&self, id: Uuid) -> Result<Option<QuarantinedItem>, LogError> {
        self.hub.store().quarantined_item(id).await
    }

    /// Drops a document unread; tells whether it was there.
    ///
    /// # Errors
    /// [`LogError`] when the store does not answer.
    pub async fn drop_quarantined(&self, id: Uuid) -> Result<bool, LogError> {
        self.hub.store().release_quarantined(id).await
    }

    /// Takes a document again. It leaves the quarantine when all its messages are signals now.
    ///
    /// # Errors
    /// [`ReplayError`] when it is not there, not whole, or the store does not answer.
    pub async fn replay(
        &self,
        principal: &Arc<Principal>,
        id: Uuid,
    ) -> Result<Vec<Outcome>, ReplayError> {
        let item = self.quarantined_item(id).await?.ok_or(ReplayError::Unknown(id))?;
        if item.bytes.len() >= QUARANTINE_BYTES_MAX {
            return Err(ReplayError::Cut(id));
        }
        let QuarantinedItem { bytes, source: name, .. } = item;
        let document = Document { bytes, name, source: "replay".to_owned() };
        let outcomes = self.take(principal, document).await;
        if worst(&outcomes) <= Word::Duplicate {
            self.drop_quarantined(id).await?;
        }
        Ok(outcomes)
    }
}
