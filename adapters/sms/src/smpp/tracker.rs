//! Which parts make one message, so that its receipts are told of the whole.
//!
//! A message of one part needs no tracking: the centre's name for it is its reference. Several
//! parts get a reference that joins their names, and a receipt for a part becomes a receipt for the
//! whole: delivered only when every part is, failed when one is.

use std::collections::{BTreeMap, HashMap, VecDeque};

use muster_contract::channel::{FailureKind, Receipt, ReceiptState};

use super::receipt::PartReceipt;

/// Between the centre's names of the parts in a reference.
const JOINT: char = ',';
/// Messages that are tracked; the oldest are let go, and receipts for their parts come as they are.
const MESSAGES_MAX: usize = 50_000;
/// Receipts that are remembered because they came before the name was known.
const EARLY_MAX: usize = 1_024;

/// The messages of several parts, and those whose answer came late.
#[derive(Default)]
pub(super) struct Tracker {
    messages: HashMap<String, Tracked>,
    /// The reference of the message that a part belongs to, by the part's name.
    parts: HashMap<String, String>,
    /// The references, oldest first.
    order: VecDeque<String>,
    early: VecDeque<PartReceipt>,
}

struct Tracked {
    total: usize,
    /// By their places in the message, from 0.
    parts: BTreeMap<usize, (String, ReceiptState)>,
    /// Whether it keeps the reference that it was first followed under.
    fixed: bool,
}

/// One part of a message whose name is known now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    /// What the message is called as long as not all parts have a name.
    pub(super) key: &'a str,
    pub(super) total: usize,
    /// From 0.
    pub(super) place: usize,
    pub(super) id: &'a str,
    /// Whether somebody still waited for the answer. If not, the hub knows the message by its key
    /// alone, and it is told of under that for good.
    pub(super) on_time: bool,
}

/// The reference of a message by the names of its parts; `None` where one has no name.
pub(super) fn reference(ids: &[Option<String>]) -> Option<String> {
    let ids: Option<Vec<&str>> = ids.iter().map(Option::as_deref).collect();
    ids.map(|ids| ids.join(&JOINT.to_string()))
}

impl Tracker {
    /// Follows the parts of a message whose reference joins their names.
    pub(super) fn follow_reference(&mut self, reference: &str) {
        let ids: Vec<&str> = reference.split(JOINT).filter(|_| reference.contains(JOINT)).collect();
        for (place, id) in ids.iter().enumerate() {
            let part = Part { key: reference, total: ids.len(), place, id, on_time: false };
            // None of this process can have overtaken them.
            self.follow(part);
        }
    }

    /// Follows one more part of a message. Once all have names, it is told of under the reference
    /// that joins them. Gives the receipts that had come before the name.
    pub(super) fn follow(&mut self, part: Part<'_>) -> Vec<Receipt> {
        let Part { key, total, place, id, on_time } = part;
        if !self.messages.contains_key(key) {
            self.make_room();
            self.order.push_back(key.to_owned());
        }
        let mut tracked = self.messages.remove(key).unwrap_or(Tracked {
            total,
            parts: BTreeMap::new(),
            fixed: false,
        });
        tracked.fixed |= !on_time;
        tracked.parts.insert(place, (id.to_owned(), ReceiptState::Accepted));
        let reference = if tracked.fixed || tracked.parts.len() < total {
            key.to_owned()
        } else {
            let ids: Vec<&str> = tracked.parts.values().map(|(id, _)| id.as_str()).collect();
            ids.join(&JOINT.to_string())
        };
        for (id, _) in tracked.parts.values() {
            self.parts.insert(id.clone(), reference.clone());
        }
        if let Some(entry) = self.order.iter_mut().rev().find(|entry| *entry == key) {
            entry.clone_from(&reference);
        }
        self.messages.insert(reference, tracked);
        let early = std::mem::take(&mut self.early).into_iter();
        let (now, later): (Vec<_>, Vec<_>) = early.partition(|early| early.id == id);
        self.early = later.into();
        now.into_iter().map(|early| self.receive(early)).collect()
    }

    /// What a receipt for a part says of its message. One for a name that is not tracked is for
    /// the message of that name, and is remembered in case the answer with the name is still on its
    /// way.
    pub(super) fn receive(&mut self, receipt: PartReceipt) -> Receipt {
        let tracked = self.parts.get(&receipt.id).map(|reference| (reference.clone(), reference));
        let Some((reference, tracked)) =
            tracked.and_then(|(reference, key)| Some((reference, self.messages.get_mut(key)?)))
        else {
            if self.early.len() >= EARLY_MAX {
                self.early.pop_front();
            }
            self.early.push_back(receipt.clone());
            return Receipt { reference: receipt.id, state: receipt.state, code: receipt.code };
        };
        let part = tracked.parts.iter_mut().find(|(_, (id, _))| *id == receipt.id);
        let number = part.map_or(0, |(place, (_, state))| {
            *state = later(*state, receipt.state);
            place + 1
        });
        let total = tracked.total;
        let code = match receipt.code {
            code if total == 1 => code,
            Some(code) => Some(format!("{code} (part {number} of {total})")),
            None => Some(format!("part {number} of {total}")),
        };
        Receipt { reference, state: tracked.whole(), code }
    }

    fn make_room(&mut self) {
        if self.order.len() < MESSAGES_MAX {
            return;
        }
        let oldest = self.order.pop_front().and_then(|reference| self.messages.remove(&reference));
        for (id, _) in oldest.into_iter().flat_map(|oldest| oldest.parts.into_values()) {
            self.parts.remove(&id);
        }
    }
}

impl Tracked {
    /// The state of the whole by those of its parts, unknown parts being on their way.
    fn whole(&self) -> ReceiptState {
        let states = || self.parts.values().map(|(_, state)| *state);
        let kinds = states().filter_map(|state| match state {
            ReceiptState::Failed(kind) => Some(kind),
            _ => None,
        });
        // `Permanent` is the first in the order of kinds.
        if let Some(kind) = kinds.min() {
            return ReceiptState::Failed(kind);
        }
        if states().any(|state| state == ReceiptState::Expired) {
            return ReceiptState::Expired;
        }
        let is_open = |state| state == ReceiptState::Accepted;
        if self.parts.len() < self.total || states().any(is_open) {
            return ReceiptState::Accepted;
        }
        if states().all(|state| state == ReceiptState::Delivered) {
            return ReceiptState::Delivered;
        }
        ReceiptState::Unknown
    }
}

/// Which of two receipts for a part holds. What arrived has arrived, and a last word is not taken
/// back by one about the way.
fn later(before: ReceiptState, now: ReceiptState) -> ReceiptState {
    match (before, now) {
        (ReceiptState::Delivered, _) | (_, ReceiptState::Delivered) => ReceiptState::Delivered,
        (ReceiptState::Failed(FailureKind::Permanent) | ReceiptState::Expired, _) => before,
        (ReceiptState::Failed(_), ReceiptState::Accepted | ReceiptState::Unknown) => before,
        (_, now) => now,
    }
}

#[cfg(test)]
mod tests {
    use muster_contract::channel::{FailureKind, ReceiptState};
    use proptest::prelude::*;

    use super::{EARLY_MAX, Part, PartReceipt, Tracker, reference};
    use ReceiptState::{Accepted, Delivered, Expired, Failed, Unknown};

    fn part(id: &str, state: ReceiptState) -> PartReceipt {
        PartReceipt { id: id.to_owned(), state, code: None }
    }

    fn follow(tracker: &mut Tracker, place: usize, id: &str, on_time: bool) -> Vec<super::Receipt> {
        tracker.follow(Part { key: "key", total: 2, place, id, on_time })
    }

    fn told(tracker: &mut Tracker, id: &str, state: ReceiptState) -> (String, ReceiptState) {
        let receipt = tracker.receive(part(id, state));
        (receipt.reference, receipt.state)
    }

    #[test]
    fn a_message_is_delivered_only_when_all_its_parts_are() {
        let mut tracker = Tracker::default();
        tracker.follow_reference("a,b,c");
        let whole = |state| ("a,b,c".to_owned(), state);
        assert_eq!(told(&mut tracker, "b", Delivered), whole(Accepted));
        assert_eq!(told(&mut tracker, "b", Delivered), whole(Accepted));
        assert_eq!(told(&mut tracker, "a", Delivered), whole(Accepted));
        assert_eq!(told(&mut tracker, "c", Accepted), whole(Accepted));
        assert_eq!(told(&mut tracker, "c", Delivered), whole(Delivered));
        assert_eq!(told(&mut tracker, "c", Accepted), whole(Delivered));
    }

    #[test]
    fn a_message_failed_when_one_of_its_parts_did() {
        let mut tracker = Tracker::default();
        tracker.follow_reference("a,b");
        told(&mut tracker, "a", Delivered);
        assert_eq!(told(&mut tracker, "b", Expired).1, Expired);
        assert_eq!(told(&mut tracker, "b", Unknown).1, Expired);
        tracker.follow_reference("c,d");
        let failed = Failed(FailureKind::Permanent);
        assert_eq!(told(&mut tracker, "c", failed).1, failed);
        assert_eq!(told(&mut tracker, "d", Delivered).1, failed);
    }

    #[test]
    fn a_receipt_that_overtook_the_answer_counts_once_the_name_is_known() {
        let mut tracker = Tracker::default();
        assert_eq!(told(&mut tracker, "a", Delivered), ("a".to_owned(), Delivered));
        told(&mut tracker, "b", Delivered);
        let first = follow(&mut tracker, 1, "b", true);
        assert_eq!((first[0].reference.as_str(), first[0].state), ("key", Accepted));
        let second = follow(&mut tracker, 0, "a", true);
        assert_eq!((second[0].reference.as_str(), second[0].state), ("a,b", Delivered));
        assert!(tracker.early.is_empty());
    }

    #[test]
    fn a_message_whose_parts_are_all_named_is_told_under_its_reference() {
        let mut tracker = Tracker::default();
        follow(&mut tracker, 0, "a", true);
        assert_eq!(told(&mut tracker, "a", Delivered), ("key".to_owned(), Accepted));
        follow(&mut tracker, 1, "b", true);
        assert_eq!(told(&mut tracker, "b", Delivered), ("a,b".to_owned(), Delivered));
    }

    #[test]
    fn a_message_that_was_called_in_doubt_is_told_under_its_key_for_good() {
        let mut tracker = Tracker::default();
        follow(&mut tracker, 0, "a", false);
        follow(&mut tracker, 1, "b", true);
        assert_eq!(told(&mut tracker, "b", Delivered), ("key".to_owned(), Accepted));
        assert_eq!(told(&mut tracker, "a", Delivered), ("key".to_owned(), Delivered));
    }

    #[test]
    fn receipts_for_what_is_unknown_do_not_pile_up() {
        let mut tracker = Tracker::default();
        for number in 0..2 * EARLY_MAX {
            told(&mut tracker, &number.to_string(), Delivered);
        }
        assert_eq!(tracker.early.len(), EARLY_MAX);
    }

    #[test]
    fn a_part_without_a_name_leaves_the_message_without_a_reference() {
        assert_eq!(reference(&[Some("a".into()), Some("b".into())]), Some("a,b".to_owned()));
        assert_eq!(reference(&[Some("a".into()), None]), None);
    }

    proptest! {
        #[test]
        fn the_whole_is_delivered_exactly_when_each_part_was(
            receipts in proptest::collection::vec((0_usize..3, 0_usize..5), 0..20),
        ) {
            let states = [Accepted, Delivered, Expired, Unknown, Failed(FailureKind::Technical)];
            let mut tracker = Tracker::default();
            tracker.follow_reference("0,1,2");
            let mut delivered = [false; 3];
            for (part, state) in receipts {
                let (_, whole) = told(&mut tracker, &part.to_string(), states[state]);
                delivered[part] |= states[state] == Delivered;
                prop_assert_eq!(whole == Delivered, delivered == [true; 3]);
            }
        }
    }
}
