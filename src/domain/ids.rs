//! Identifiers that cannot be passed for one another: an incident's id is not an organization's.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The id of a `T`: a UUIDv7, so that ids sort by the time of their making.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id<T>(Uuid, #[serde(skip)] PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// The id with these bits.
    #[must_use]
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The bits of the id.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

// Derives would ask `T` for the same traits, which the noun behind an id need not have.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<T> FromStr for Id<T> {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::new)
    }
}

/// New ids for one command, all derived from one seed that came in with it, so that deciding the
/// same command twice gives the same ids.
#[derive(Debug)]
pub struct Ids {
    seed: Uuid,
    given: Cell<u64>,
}

impl Ids {
    /// Ids that begin with the seed itself, a fresh UUIDv7.
    #[must_use]
    pub const fn from_seed(seed: Uuid) -> Self {
        Self { seed, given: Cell::new(0) }
    }

    /// The next id.
    #[must_use]
    pub fn next<T>(&self) -> Id<T> {
        // The 62 random bits of a UUIDv7 count upward from the seed; its time, version and variant
        // bits stay as they are.
        const RANDOM: u128 = (1 << 62) - 1;
        let given = self.given.get();
        self.given.set(given + 1);
        let seed = self.seed.as_u128();
        let random = (seed & RANDOM).wrapping_add(u128::from(given)) & RANDOM;
        Id::new(Uuid::from_u128((seed & !RANDOM) | random))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_seed_differ_and_stay_version_7() {
        let seed: Uuid = "019abcde-0000-7000-bfff-ffffffffffff".parse().unwrap();
        let ids = Ids::from_seed(seed);
        let first: Id<()> = ids.next();
        let second: Id<()> = ids.next();
        assert_eq!(first.uuid(), seed);
        assert_ne!(first, second);
        assert_eq!(second.uuid().get_version_num(), 7);
        assert_eq!(second.to_string(), "019abcde-0000-7000-8000-000000000000");
    }
}
