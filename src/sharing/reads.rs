//! Who looked at one's records, and what is kept of one's own looking.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::{Cop, CopRecord, View};
use crate::domain::RecordRef;
use crate::domain::reading::{Read, Reading, Way};

impl View {
    /// The last readings of the records of the viewer's organization, the newest first; an
    /// auditor's are those of all.
    #[must_use]
    pub fn reads(&self) -> Vec<Arc<Read>> {
        let world = self.world();
        let mut reads = BTreeMap::new();
        let mut add = |read: &Arc<Read>| {
            // What became invisible to the viewer since is not told of either.
            if self.sees(read.reading.record) {
                reads.insert(read.number, Arc::clone(read));
            }
        };
        match self.viewer().organization() {
            _ if self.is_auditors() => world.reads().for_each(&mut add),
            None => {}
            own => world.reads_of(own).for_each(&mut add),
        }
        reads.into_values().rev().collect()
    }

    /// What is to be kept of the viewer's opening of a record: nothing when it is their own, or
    /// nobody's.
    #[must_use]
    pub fn opening(&self, principal: &str, record: RecordRef, at: Timestamp) -> Option<Reading> {
        self.is_anothers(record).then(|| self.looking(principal, record, Way::Opened, at))
    }

    /// What is to be kept of the viewer's looking at a picture of the past: for each other
    /// organization that has records on it, that it was looked at.
    #[must_use]
    pub fn looking_back(&self, principal: &str, cop: &Cop, at: Timestamp) -> Vec<Reading> {
        let records = cop.records.iter().map(CopRecord::reference);
        let others = records.filter(|record| self.is_anothers(*record));
        let owners: BTreeSet<_> =
            others.flat_map(|record| self.world().owners_of(record)).collect();
        let record = |owner| RecordRef::Organization(owner);
        let looking = |owner| self.looking(principal, record(owner), Way::LookedBack, at);
        owners.into_iter().map(looking).collect()
    }

    /// What is to be kept of the viewer's looking in another way. What concerns only their own
    /// records stands in their own list.
    #[must_use]
    pub fn looking(&self, principal: &str, record: RecordRef, way: Way, at: Timestamp) -> Reading {
        let organization = self.viewer().organization();
        let own = matches!(way, Way::SeenAs | Way::Simulated) && !self.is_auditors();
        let owners =
            if own { organization.into_iter().collect() } else { self.world().owners_of(record) };
        Reading { principal: principal.to_owned(), organization, owners, record, way, at }
    }
}
