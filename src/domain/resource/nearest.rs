//! Which resources of a kind are the nearest to a place.
//!
//! For each kind the World keeps where its resources are, as points on a sphere, so that a distance
//! is one multiplication of vectors. A search takes all of a kind by that, the nearest first, and
//! asks what costs more (may this one be shown, does it fit) only until enough are found.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use muster_contract::Position;

use super::Resource;
use crate::domain::ids::Id;
use crate::domain::world::World;

/// Mean radius of the Earth in metres (IUGG).
const EARTH_METRES: f64 = 6_371_008.8;

/// Where a resource is, as a point on the unit sphere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::domain) struct Spot([f64; 3]);

/// A distance in metres that can be put in order.
#[derive(Clone, Copy, PartialEq)]
struct Metres(f64);

impl Eq for Metres {}

impl Ord for Metres {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Metres {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Spot {
    pub(in crate::domain) fn at(position: Position) -> Self {
        let (lon, lat) = (position.lon.to_radians(), position.lat.to_radians());
        Self([lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()])
    }

    /// The square of the straight line through the Earth, in units of its radius. It grows with the
    /// way on the surface and takes no roots.
    fn chord_squared(self, other: Self) -> f64 {
        self.0.iter().zip(other.0).map(|(a, b)| (a - b) * (a - b)).sum()
    }
}

/// The way from one position to another on the surface of the Earth, in metres.
#[must_use]
pub fn metres_between(from: Position, to: Position) -> f64 {
    metres(Spot::at(from).chord_squared(Spot::at(to)))
}

fn metres(chord_squared: f64) -> f64 {
    2.0 * EARTH_METRES * (chord_squared.sqrt() / 2.0).min(1.0).asin()
}

impl World {
    /// The nearest resources of a kind to a place, with the distance in metres, the nearest first.
    ///
    /// `shown` gives where whoever asks is shown a resource to be, or nothing for one that does not
    /// count. Distances and order follow from that place alone, so that nothing can be learned of
    /// the real one; `slack` is the most, in metres, by which any shown place may differ from it.
    pub fn nearest(
        &self,
        (kind, exercise): (&str, bool),
        from: Position,
        count: usize,
        slack: f64,
        mut shown: impl FnMut(&Resource) -> Option<Position>,
    ) -> Vec<(Id<Resource>, f64)> {
        let Some(fleet) = self.fleets.get(&(kind.to_owned(), exercise)) else { return Vec::new() };
        let origin = Spot::at(from);
        let all: Vec<_> = fleet
            .iter()
            .map(|(id, spot)| Reverse((Metres(origin.chord_squared(*spot)), *id)))
            .collect();
        let mut waiting = BinaryHeap::from(all);
        let mut found: BinaryHeap<(Metres, Id<Resource>)> = BinaryHeap::with_capacity(count + 1);
        while let Some(Reverse((chord, id))) = waiting.pop() {
            // Nobody who is further away by more than the slack can be shown to be nearer.
            let enough = found.len() >= count;
            let worst = found.peek().map_or(f64::INFINITY, |(distance, _)| distance.0);
            if enough && metres(chord.0) - slack > worst {
                break;
            }
            let Some(place) = self.resource(id).and_then(|resource| shown(resource)) else {
                continue;
            };
            found.push((Metres(metres_between(from, place)), id));
            if found.len() > count {
                found.pop();
            }
        }
        found.into_sorted_vec().into_iter().map(|(distance, id)| (id, distance.0)).collect()
    }
}
