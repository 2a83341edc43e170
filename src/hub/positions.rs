//! Where a picture stands, told in a way that tells nothing else.
//!
//! A client names a moment of its picture to see it again or to hear what it missed. The number of
//! the log entry would do, but it counts what everybody does: who polls it learns how busy the
//! others are. So the number is sealed with a key that only the hubs of one log have, beside a
//! random part, and a viewer gets another text only when something changed on their own picture.
//!
//! Example: Harbor Fire asks twice and is given the same position. Whether Memorial Hospital, which
//! shows Harbor Fire nothing, worked all night or slept, the two answers are the same bytes.

use aws_lc_rs::hmac;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use imbl::Vector;
use uuid::Uuid;

use super::changes::looks_different;
use super::{RefoldError, Touched};
use crate::domain::{RecordRef, Seq};
use crate::log::{SealingKey, Store, sealing};
use crate::sharing::{View, Viewer};

/// Under which id the vault keeps the key of the hub itself; no person has it.
const HUB: Uuid = Uuid::nil();
/// Steps whose records are remembered; who was told before them has the whole picture compared.
const STEPS_MAX: usize = 16_384;
/// The same of the records in them, each as often as it changed.
const CHANGES_MAX: usize = 262_144;
/// Records that are compared one by one; past that the whole picture is.
const RECORDS_MAX: usize = 16_384;
/// Viewers whose last position is remembered; when there are more, all are given new ones.
const VIEWERS_MAX: usize = 1_024;
/// Bytes of a sealed number: format, nonce, number and tag.
const SEALED_BYTES: usize = 1 + 12 + 8 + 16;

/// Where a picture stands: 37 sealed bytes in hexadecimal. Two that are equal stand for one
/// picture; two that differ tell nothing of what lies between them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Position(Arc<str>);

/// A text cannot be a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a position is a text that the hub gave, of 74 hexadecimal digits")]
pub struct NotAPosition;

/// What gives positions and reads them.
pub(super) struct Positions {
    key: SealingKey,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// The last entry of each of the last steps, and the records that changed, oldest first.
    steps: Vector<(Seq, Touched)>,
    /// How many records stand in them.
    changes: usize,
    /// The last entry of the last step that is not remembered any more.
    forgotten: Option<Seq>,
    places: HashMap<Arc<Viewer>, Arc<Mutex<Option<Place>>>>,
}

/// Where a viewer was found to stand.
struct Place {
    /// The entry that the position names.
    since: Seq,
    position: Position,
    /// The last picture that was looked at; it looks as the one of `since` did.
    view: View,
}

impl Positions {
    /// With the key of the log's hubs, which the first of them makes.
    pub(super) async fn of_store(store: &dyn Store) -> Result<Self, RefoldError> {
        let key = match store.key(HUB).await? {
            Some(key) => key,
            None => {
                let fresh = SealingKey::generate()?;
                // Another node may have been faster.
                store.put_key(HUB, &fresh).await?;
                store.key(HUB).await?.unwrap_or(fresh)
            }
        };
        Ok(Self::with_key(key))
    }

    /// A key for another use, which all nodes of the hub have.
    pub(super) fn derive(&self, what: &str) -> [u8; 32] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.key.as_bytes());
        let tag = hmac::sign(&key, what.as_bytes());
        let mut derived = [0; 32];
        derived.copy_from_slice(tag.as_ref());
        derived
    }

    pub(super) fn with_key(key: SealingKey) -> Self {
        Self { key, kept: Mutex::default() }
    }

    /// Notes which records a step changed.
    pub(super) fn note(&self, after: Seq, touched: &Touched) {
        let mut kept = lock(&self.kept);
        kept.changes += touched.len();
        kept.steps.push_back((after, Arc::clone(touched)));
        while kept.steps.len() > STEPS_MAX || kept.changes > CHANGES_MAX {
            let Some((seq, touched)) = kept.steps.pop_front() else { break };
            kept.changes -= touched.len();
            kept.forgotten = Some(seq);
        }
    }

    /// Where a viewer's picture of now stands.
    pub(super) fn of(&self, view: &View) -> Position {
        let place = self.place(view.viewer());
        let mut place = lock(&place);
        match place.as_mut() {
            // Somebody who asked later was answered first.
            Some(known) if view.seq() < known.view.seq() => match known.since <= view.seq() {
                true => known.position.clone(),
                false => self.seal(view.seq()),
            },
            Some(known) if !self.differs(&known.view, view) => {
                known.view = view.clone();
                known.position.clone()
            }
            Some(_) | None => {
                let (since, position) = (view.seq(), self.seal(view.seq()));
                *place = Some(Place { since, position: position.clone(), view: view.clone() });
                position
            }
        }
    }

    /// The last entry up to which a viewer's picture is known to look as it did at this one, if they
    /// were given a position for it.
    pub(super) fn same_until(&self, viewer: &Arc<Viewer>, seq: Seq) -> Option<Seq> {
        let place = self.place(viewer);
        let place = lock(&place);
        place.as_ref().filter(|known| known.since == seq).map(|known| known.view.seq())
    }

    /// A position for an entry of the log, another one each time.
    pub(super) fn seal(&self, seq: Seq) -> Position {
        // Without randomness there is no position; whoever comes back with none begins anew.
        let sealed = sealing::seal(&self.key, HUB, &seq.to_be_bytes()).unwrap_or_default();
        Position(hex::encode(sealed).into())
    }

    /// The entry that a position stands for, if a hub of this log gave it.
    pub(super) fn open(&self, position: &Position) -> Option<Seq> {
        let sealed = hex::decode(&*position.0).ok()?;
        let plain = sealing::open(&self.key, HUB, &sealed).ok()?;
        Some(Seq::from_be_bytes(plain.as_slice().try_into().ok()?))
    }

    fn place(&self, viewer: &Arc<Viewer>) -> Arc<Mutex<Option<Place>>> {
        let mut kept = lock(&self.kept);
        if kept.places.len() >= VIEWERS_MAX && !kept.places.contains_key(viewer) {
            kept.places.clear();
        }
        Arc::clone(kept.places.entry(Arc::clone(viewer)).or_default())
    }

    /// Whether the viewer sees a difference between two of their pictures.
    fn differs(&self, before: &View, after: &View) -> bool {
        let alike = after.is_judged_like(before);
        if alike && after.seq() == before.seq() {
            return false;
        }
        let touched = self.touched(before.seq(), after.seq()).filter(|_| alike);
        looks_different(before, after, touched.as_ref())
    }

    /// The records that changed after an entry, up to another; none when that is not known any more
    /// or there are too many.
    pub(super) fn touched(&self, after: Seq, until: Seq) -> Option<BTreeSet<RecordRef>> {
        let kept = lock(&self.kept);
        let (steps, forgotten) = (kept.steps.clone(), kept.forgotten);
        // A clone shares everything: the head task, which notes each step, does not wait for more.
        drop(kept);
        if forgotten.is_some_and(|forgotten| after < forgotten) {
            return None;
        }
        let first =
            steps.binary_search_by(|(seq, _)| seq.cmp(&after)).map_or_else(|n| n, |n| n + 1);
        let steps = steps.skip(first);
        let mut touched = BTreeSet::new();
        for (_, step) in steps.iter().take_while(|(seq, _)| *seq <= until) {
            touched.extend(step.iter().copied());
            if touched.len() > RECORDS_MAX {
                return None;
            }
        }
        Some(touched)
    }
}

impl Position {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Position {
    type Err = NotAPosition;

    fn from_str(text: &str) -> Result<Self, NotAPosition> {
        let hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        (text.len() == 2 * SEALED_BYTES && hexadecimal)
            .then(|| Self(text.into()))
            .ok_or(NotAPosition)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Id;

    #[test]
    fn what_changed_after_an_entry_is_known_until_it_is_forgotten() {
        let positions = Positions::with_key(SealingKey::generate().unwrap());
        let record = |n: u64| RecordRef::Incident(Id::new(Uuid::from_u128(n.into())));
        let note = |n| positions.note(n, &[record(n)].into());
        (1..=3).for_each(note);
        assert_eq!(positions.touched(1, 3), Some([record(2), record(3)].into()));
        assert_eq!(positions.touched(1, 2), Some([record(2)].into()));
        assert_eq!(positions.touched(3, 3), Some([].into()));
        let steps = u64::try_from(STEPS_MAX).unwrap();
        (4..=steps + 1).for_each(note);
        assert_eq!(positions.touched(0, 3), None);
        assert_eq!(positions.touched(1, 2), Some([record(2)].into()));
    }

    #[test]
    fn a_position_opens_for_the_hubs_of_its_log_and_no_two_are_alike() {
        let positions = Positions::with_key(SealingKey::generate().unwrap());
        let (one, other) = (positions.seal(41), positions.seal(41));
        assert_ne!(one, other);
        assert_eq!((positions.open(&one), positions.open(&other)), (Some(41), Some(41)));
        assert_eq!(one.as_str().parse(), Ok(one.clone()));
        let elsewhere = Positions::with_key(SealingKey::generate().unwrap());
        assert_eq!(elsewhere.open(&one), None);
        for bad in ["", "41", &"é".repeat(37), &"0".repeat(73), &"g".repeat(74)] {
            assert_eq!(bad.parse::<Position>(), Err(NotAPosition), "{bad}");
        }
        assert_eq!(positions.open(&"0".repeat(74).parse().unwrap()), None);
    }
}
