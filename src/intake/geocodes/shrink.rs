//! Many areas made one, with a bounded number of positions.

use geo::{Area as _, CoordsIter as _, MultiPolygon, Polygon, Simplify as _, unary_union};

/// Degrees by which a border may first be off when there are too many positions: about 100 m.
const COARSEST_FIRST: f64 = 0.001;
/// How often that is doubled: up to half a degree.
const DOUBLINGS: u32 = 9;

/// The union of areas, simplified until it has at most so many positions. The same areas in the
/// same order give the same union.
pub(super) fn join(areas: &[&MultiPolygon<f64>], positions_max: usize) -> MultiPolygon<f64> {
    let whole = match areas {
        [] => return MultiPolygon(Vec::new()),
        [one] => (*one).clone(),
        many => unary_union(many.iter().copied()),
    };
    if positions(&whole) <= positions_max {
        return whole;
    }
    let coarser = (0..=DOUBLINGS).map(|n| {
        let mut simple = whole.simplify(COARSEST_FIRST * f64::from(1_u32 << n));
        simple.0.retain(|polygon| polygon.unsigned_area() > 0.0);
        simple
    });
    let mut coarsest = MultiPolygon(Vec::new());
    for simple in coarser {
        if positions(&simple) <= positions_max {
            return simple;
        }
        coarsest = simple;
    }
    largest(coarsest, positions_max)
}

/// As many of the largest polygons as fit; what is lost are islands of a lattice of islands.
fn largest(mut area: MultiPolygon<f64>, positions_max: usize) -> MultiPolygon<f64> {
    area.0.sort_by(|a, b| b.unsigned_area().total_cmp(&a.unsigned_area()));
    let mut left = positions_max;
    let fits = |polygon: &Polygon<f64>| {
        let rest = left.checked_sub(polygon.coords_count());
        left = rest.unwrap_or(left);
        rest.is_some()
    };
    MultiPolygon(area.0.into_iter().filter(fits).collect())
}

fn positions(area: &MultiPolygon<f64>) -> usize {
    area.coords_count()
}
