//! What one may not see changes neither what one is told while following, nor where one stands.
//!
//! As in the tests of `sharing`, two runs of the same commands differ only in what the viewer may
//! not see. The texts of positions are random; so the tests compare which of them are the same.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::changes::{Change, by_steps};
use super::positions::{Position, Positions};
use crate::domain::RecordRef;
use crate::log::SealingKey;
use crate::sharing::tests::fields::fields;
use crate::sharing::tests::noninterference::{
    Looks, Made, Step, difference, filters, read, run, steps, uncounted,
};
use crate::sharing::{CopFilter, View};

/// One who follows the picture, whole and in parts, and asks where it stands.
struct Follower {
    positions: Positions,
    /// The positions that were given, in the order of their first appearance.
    given: Vec<Position>,
    entries: u64,
    told: Option<View>,
    heard: String,
}

impl Follower {
    fn new() -> Self {
        let positions = Positions::with_key(SealingKey::generate().unwrap());
        let (given, heard) = (Vec::new(), String::new());
        Self { positions, given, entries: 0, told: None, heard }
    }

    /// Which of the positions given so far it is.
    fn position(&mut self, view: &View) -> usize {
        let position = self.positions.of(view);
        let known = self.given.iter().position(|given| *given == position);
        known.unwrap_or_else(|| {
            self.given.push(position);
            self.given.len() - 1
        })
    }
}

impl Looks for Follower {
    fn follows(&mut self, view: &View, touched: &[RecordRef]) {
        if view.seq() > self.entries {
            self.entries = view.seq();
            self.positions.note(view.seq(), &touched.into());
        }
        let Some(before) = self.told.replace(view.clone()) else { return };
        let touched = touched.iter().copied().collect();
        let parts = filters().into_iter().chain([CopFilter::default()]);
        for (part, filter) in parts.enumerate() {
            for change in by_steps(&before, view, &touched, &filter) {
                let record = match &change {
                    Change::Added(record) | Change::Updated(record) => record.reference(),
                    Change::Removed(record) => *record,
                };
                let what = match change {
                    Change::Added(_) => "added",
                    Change::Updated(_) => "updated",
                    Change::Removed(_) => "removed",
                };
                writeln!(self.heard, "{part} {what} {:?}", fields(view, record)).unwrap();
            }
        }
    }

    fn reads(&mut self, view: &View, seen: &Made) -> String {
        let heard = uncounted(&std::mem::take(&mut self.heard));
        format!("{}\n{heard}{}", self.position(view), read(view, seen))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_hidden_changes_nothing_that_is_followed(agreed in 0u8..128, steps in steps()) {
        let (without, ..) = run(agreed, &steps, false, &mut Follower::new());
        let (with, ..) = run(agreed, &steps, true, &mut Follower::new());
        prop_assert_eq!(difference(&without, &with), None);
    }
}

/// Bob puts a private message to a flood of his that he has marked for Bob alone. Ann is shown what
/// belongs to Bob's floods; of this one she would learn by being shown the message.
#[test]
fn a_message_is_not_shown_by_an_incident_that_is_hidden() {
    let steps: Vec<Step> = vec![
        ([0, 0, 0, 0], vec![[162, 0, 0, 212]]),
        ([73, 0, 6, 176], vec![]),
        ([203, 220, 242, 142], vec![]),
        ([94, 179, 30, 78], vec![[222, 19, 39, 79]]),
    ];
    let (without, ..) = run(16, &steps, false, &mut Follower::new());
    let (with, ..) = run(16, &steps, true, &mut Follower::new());
    assert_eq!(difference(&without, &with), None);
}
