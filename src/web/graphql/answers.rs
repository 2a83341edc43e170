//! Answers to queries, shared by all who ask the same of the same log.
//!
//! An answer is good until the log grows; then all are forgotten at once. Those who ask while the
//! first of them is being answered wait for that answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::execute::Answered;
use crate::domain::{Principal, Seq};
use crate::sharing::Viewer;
use crate::web::limits::{ANSWERS_BYTES_MAX, ANSWERS_KEPT};

/// What makes two questions the same.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Question {
    /// Who looks.
    pub(super) viewer: Arc<Viewer>,
    /// How many terms of agreements had begun or ended: they do so by the clock alone.
    pub(super) judged: usize,
    /// The principal, where the answer depends on it.
    pub(super) principal: Option<Arc<Principal>>,
    /// SHA-256 of document, operation and variables.
    pub(super) digest: [u8; 32],
}

/// An answer that is there or on its way.
pub(super) type Pending = Arc<OnceCell<Arc<Answered>>>;

/// Answers by question, all of one log entry.
#[derive(Default)]
pub(in crate::web) struct Answers {
    /// The lock is held for a look-up or an insertion, never while an answer is made.
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    seq: Seq,
    answers: HashMap<Question, Pending>,
    bytes: usize,
}

impl Answers {
    /// The answer that is there or on its way, or an empty place for it. None when no more can be
    /// kept or the log has grown already.
    pub(super) fn place(&self, seq: Seq, question: Question) -> Option<Pending> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if seq > kept.seq {
            *kept = Kept { seq, ..Kept::default() };
        }
        if seq < kept.seq {
            return None;
        }
        if let Some(pending) = kept.answers.get(&question) {
            return Some(Arc::clone(pending));
        }
        if kept.answers.len() >= ANSWERS_KEPT || kept.bytes >= ANSWERS_BYTES_MAX {
            return None;
        }
        let pending = Pending::default();
        kept.answers.insert(question, Arc::clone(&pending));
        Some(pending)
    }

    /// Counts the bytes of an answer that was put into its place.
    pub(super) fn count(&self, seq: Seq, bytes: usize) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if seq == kept.seq {
            kept.bytes += bytes;
        }
    }

    /// Forgets an answer that was good for those who waited for it, and for nobody later.
    pub(super) fn forget(&self, question: &Question) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.answers.remove(question);
    }
}
