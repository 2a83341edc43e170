//! Everything that a store takes has a limit; these are they.

use std::time::Duration;

use super::entry::Draft;

/// Largest body of one event, in bytes. The largest real alert seen has 1.8 MB.
pub const BODY_BYTES_MAX: usize = 4 << 20;
/// Longest text column of one event (principal, organization, cause, key, kind), in bytes.
pub const TEXT_BYTES_MAX: usize = 1 << 10;
/// Most events in one append.
pub const APPEND_DRAFTS_MAX: usize = 8192;
/// Most bytes of bodies in one append.
pub const APPEND_BYTES_MAX: usize = 64 << 20;
/// Most entries that one read returns, whatever was asked for.
pub const READ_ENTRIES_MAX: u32 = 16_384;
/// Bytes of bodies after which a read of large entries stops early; one entry is always given.
pub const READ_BYTES_MAX: usize = 64 << 20;
/// Snapshots kept of each format; older ones are dropped when one is saved.
pub const SNAPSHOTS_KEPT: u32 = 3;
/// Largest snapshot, in bytes.
pub const SNAPSHOT_BYTES_MAX: usize = 1 << 30;
/// Size of the pieces in which a snapshot is saved, in bytes: an append waits for one at the most.
pub const SNAPSHOT_PIECE_BYTES: usize = 1 << 17;
/// Most quarantined documents kept. When another comes, the oldest goes of the source that has most.
pub const QUARANTINE_ITEMS_MAX: usize = 1000;
/// Bytes of all quarantined documents, by the same rule.
pub const QUARANTINE_TOTAL_BYTES_MAX: u64 = 256 << 20;
/// Bytes of a quarantined document that are kept; what is longer is cut. It is one byte more than a
/// document may have that is read, so that one of this length is known not to be whole.
pub const QUARANTINE_BYTES_MAX: usize = (5 << 20) + 1;
/// Most quarantined documents on one page of the list.
pub const QUARANTINE_PAGE_MAX: u32 = 200;
/// How long a store waits for a lock or for a connection before it gives up.
pub const WAIT_MAX: Duration = Duration::from_secs(5);

/// Says what is too large about an append, or `None` if it is within the limits.
pub(super) fn excess(drafts: &[Draft]) -> Option<String> {
    if drafts.len() > APPEND_DRAFTS_MAX {
        return Some(format!(
            "{} events in one append are too many: at most {APPEND_DRAFTS_MAX} go together",
            drafts.len()
        ));
    }
    let total: usize = drafts.iter().map(|draft| draft.body.len()).sum();
    if total > APPEND_BYTES_MAX {
        return Some(format!(
            "{total} bytes of events in one append are too many: at most {APPEND_BYTES_MAX} go together"
        ));
    }
    drafts.iter().find_map(excess_of_one)
}

fn excess_of_one(draft: &Draft) -> Option<String> {
    let texts = [
        ("principal", Some(draft.actor.principal.as_str())),
        ("organization", draft.actor.organization.as_deref()),
        ("on-behalf-of", draft.actor.on_behalf_of.as_deref()),
        ("cause", Some(draft.cause.as_str())),
        ("idempotency key", draft.request.as_ref().map(|request| request.key.as_str())),
        ("kind", Some(&*draft.kind)),
    ];
    if draft.body.len() > BODY_BYTES_MAX {
        return Some(format!(
            "the body of event `{}` has {} bytes: at most {BODY_BYTES_MAX} are taken",
            draft.id,
            draft.body.len()
        ));
    }
    texts.into_iter().find_map(|(name, text)| {
        let text = text?;
        if text.len() > TEXT_BYTES_MAX {
            return Some(format!(
                "the {name} of event `{}` has {} bytes: at most {TEXT_BYTES_MAX} are taken",
                draft.id,
                text.len()
            ));
        }
        // PostgreSQL cannot store it, and the two stores take the same.
        text.contains('\0')
            .then(|| format!("the {name} of event `{}` holds a zero byte: leave it out", draft.id))
    })
}
