//! Which attempt a provider's reference is for, whichever comes first: the answer to a submission or
//! the receipt for it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use muster_contract::channel::Receipt;

use crate::domain::Id;
use crate::domain::message::Message;

/// Receipts that came before the answer to their submission, and are kept for it.
const EARLY_MAX: usize = 10_000;
/// References that are remembered; what an older one refers to is found in the World.
const REFERENCES_MAX: usize = 500_000;

/// An attempt: message, recipient, number.
pub(super) type AttemptKey = (Id<Message>, u32, u16);

/// Which attempt a provider's reference is for.
#[derive(Default)]
pub(super) struct References(Mutex<Known>);

#[derive(Default)]
struct Known {
    attempts: HashMap<(String, String), AttemptKey>,
    order: VecDeque<(String, String)>,
    early: VecDeque<(String, Receipt)>,
}

impl References {
    /// The attempt that a reference was noted for.
    pub(super) fn find(&self, provider: &str, reference: &str) -> Option<AttemptKey> {
        let key = (provider.to_owned(), reference.to_owned());
        self.lock().attempts.get(&key).copied()
    }

    /// Keeps a receipt whose reference nobody knows yet; gives the attempt when somebody noted it
    /// since it was looked for, and would not come for the receipt any more.
    pub(super) fn keep_early(&self, provider: &str, receipt: &Receipt) -> Option<AttemptKey> {
        let mut known = self.lock();
        let key = (provider.to_owned(), receipt.reference.clone());
        let attempt = known.attempts.get(&key).copied();
        if attempt.is_none() {
            known.early.push_back((key.0, receipt.clone()));
            if known.early.len() > EARLY_MAX {
                known.early.pop_front();
            }
        }
        attempt
    }

    /// Notes a reference, and gives the receipts that came before it.
    pub(super) fn note(
        &self,
        provider: &str,
        reference: &str,
        attempt: AttemptKey,
    ) -> Vec<Receipt> {
        let key = (provider.to_owned(), reference.to_owned());
        let mut known = self.lock();
        if known.attempts.insert(key.clone(), attempt).is_none() {
            known.order.push_back(key);
        }
        if known.order.len() > REFERENCES_MAX
            && let Some(oldest) = known.order.pop_front()
        {
            known.attempts.remove(&oldest);
        }
        let is_it =
            |(of, receipt): &(String, Receipt)| of == provider && receipt.reference == reference;
        let early = std::mem::take(&mut known.early);
        let (found, kept): (VecDeque<_>, VecDeque<_>) = early.into_iter().partition(is_it);
        known.early = kept;
        found.into_iter().map(|(_, receipt)| receipt).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use muster_contract::channel::ReceiptState;

    use super::*;

    fn receipt(reference: &str) -> Receipt {
        let (reference, state, code) = (reference.to_owned(), ReceiptState::Delivered, None);
        Receipt { reference, state, code }
    }

    #[test]
    fn a_receipt_is_not_lost_whether_it_comes_before_or_while_its_attempt_is_noted() {
        let references = References::default();
        let attempt = (Id::new(uuid::Uuid::nil()), 7, 1);
        assert_eq!(references.keep_early("centre", &receipt("a")), None);
        assert_eq!(references.keep_early("other", &receipt("a")), None);
        assert_eq!(references.note("centre", "a", attempt), [receipt("a")]);
        // Somebody looked for the reference in vain just before it was noted.
        assert_eq!(references.keep_early("centre", &receipt("a")), Some(attempt));
        assert_eq!(references.note("centre", "a", attempt), []);
    }
}
