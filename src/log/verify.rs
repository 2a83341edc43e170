//! Verifying a whole log: that nothing was changed, dropped, slipped in or cut off.

use super::Store;
use super::chain::Checker;
use super::entry::{Head, Seq};
use super::error::{Broken, LogError};
use super::limits::READ_ENTRIES_MAX;

/// What a log was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifyReport {
    /// How many entries were checked.
    pub entries: u64,
    /// The last entry that was checked. Whoever wrote this down elsewhere can tell whether a log
    /// that verifies is still the same log.
    pub head: Head,
}

/// Reads every entry up to the head and checks it; `progress` hears how far it has come.
///
/// What others append meanwhile is left for the next time.
///
/// # Errors
/// [`LogError::Broken`] names the first entry that is not as it was written.
pub async fn verify(
    store: &dyn Store,
    mut progress: impl FnMut(Seq) + Send,
) -> Result<VerifyReport, LogError> {
    let head = store.head().await?;
    let mut last = Head::GENESIS;
    while last.seq < head.seq {
        let left = u32::try_from(head.seq.0 - last.seq.0).unwrap_or(u32::MAX);
        let entries = store.read(last.seq, left.min(READ_ENTRIES_MAX)).await?;
        // The store has checked each against its neighbour, but not the first of a batch.
        if let Some(first) = entries.first() {
            Checker::after_head(last).take(first)?;
        }
        let Some(entry) = entries.last() else {
            let what = format!("it is missing, though the head says that there are {}", head.seq);
            return Err(Broken { seq: last.seq.next(), what }.into());
        };
        last = Head { seq: entry.seq, hash: entry.hash };
        progress(last.seq);
    }
    if last != head {
        let what = "its hash is not the one that the head has: one of the two was changed";
        return Err(Broken { seq: head.seq, what: what.into() }.into());
    }
    check_nothing_beyond(store, head).await?;
    Ok(VerifyReport { entries: head.seq.0, head })
}

/// Entries after the head are either news, and then the head has moved too, or were slipped in.
async fn check_nothing_beyond(log: &dyn Store, head: Head) -> Result<(), LogError> {
    match log.read(head.seq, 1).await?.first() {
        Some(entry) if log.head().await? == head => {
            let what = format!("it lies beyond the head, which says that there are {}", head.seq);
            Err(Broken { seq: entry.seq, what }.into())
        }
        _ => Ok(()),
    }
}
