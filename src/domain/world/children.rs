//! What belongs to one parent in an index by parent and id.

use std::ops::RangeInclusive;

use uuid::Uuid;

use crate::domain::ids::Id;

/// The keys of everything under a parent, whatever its id.
pub(in crate::domain) fn under<P: Clone, T>(parent: P) -> RangeInclusive<(P, Id<T>)> {
    (parent.clone(), Id::new(Uuid::nil()))..=(parent, Id::new(Uuid::max()))
}
