//! Whether the rings of an area enclose ground: no side meets another but its neighbour, holes lie
//! in their polygon, and polygons beside each other.
//!
//! The sides are looked up by the boxes around them, so that a perimeter of 20,000 positions is
//! checked about as fast as it is read; one whose boxes all meet is refused, for it would hold up
//! everybody else.

use geo::coordinate_position::{CoordPos, CoordinatePosition as _};
use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{BoundingRect as _, Coord, Intersects as _, Line, LineString, MultiPolygon, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// Pairs of sides whose boxes meet that are looked at, for each side of the area.
const PAIRS_A_SIDE_MAX: usize = 200;

/// What is wrong with an area, in words with what to do.
pub(super) fn problem(area: &MultiPolygon<f64>) -> Option<String> {
    let sides = sides(area);
    let thin = area.iter().flat_map(rings).any(|ring| distinct(ring) < 3);
    if thin {
        return Some(
            "a ring has fewer than 3 different positions; draw it around something".into(),
        );
    }
    match meeting(&sides) {
        Meeting::None => {}
        Meeting::At(at) => {
            return Some(format!(
                "its sides meet near longitude {}, latitude {}; draw rings that do not cross",
                rounded(at.x),
                rounded(at.y),
            ));
        }
        Meeting::TooMany => {
            return Some("its sides lie too close to each other; draw it with fewer bends".into());
        }
    }
    let nested = area.iter().any(|polygon| !holes_lie_inside(polygon)) || overlap(area);
    nested.then(|| "its polygons lie in each other, or a hole outside of its own".into())
}

/// To about a metre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

/// A side of a ring.
#[derive(Clone, Copy)]
struct Side {
    line: Line<f64>,
    /// The ring, counted over the whole area.
    ring: usize,
    /// Its place in the ring, and how many sides that has.
    place: usize,
    of: usize,
}

impl Side {
    fn follows(&self, other: &Self) -> bool {
        self.ring == other.ring && (other.place + 1) % other.of == self.place
    }
}

enum Meeting {
    None,
    At(Coord<f64>),
    TooMany,
}

fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

fn distinct(ring: &LineString<f64>) -> usize {
    let mut positions: Vec<_> = ring.coords().map(|at| (at.x.to_bits(), at.y.to_bits())).collect();
    positions.sort_unstable();
    positions.dedup();
    positions.len()
}

/// The sides of all rings; a position that is given twice in a row makes none.
fn sides(area: &MultiPolygon<f64>) -> Vec<Side> {
    let mut all = Vec::new();
    for (ring, positions) in area.iter().flat_map(rings).enumerate() {
        let lines: Vec<_> = positions.lines().filter(|line| line.start != line.end).collect();
        let of = lines.len();
        let side = |(place, line)| Side { line, ring, place, of };
        all.extend(lines.into_iter().enumerate().map(side));
    }
    all
}

/// Where the first two sides meet that should not.
fn meeting(sides: &[Side]) -> Meeting {
    let boxed = |(n, side): (usize, &Side)| GeomWithData::new(box_of(side.line), n);
    let tree = RTree::bulk_load(sides.iter().enumerate().map(boxed).collect());
    let mut pairs = sides.len().saturating_mul(PAIRS_A_SIDE_MAX);
    for (n, side) in sides.iter().enumerate() {
        let near = tree.locate_in_envelope_intersecting(&envelope(side.line));
        for other in near.filter(|near| near.data > n).filter_map(|near| sides.get(near.data)) {
            let Some(left) = pairs.checked_sub(1) else { return Meeting::TooMany };
            pairs = left;
            if let Some(at) = wrong_meeting(side, other) {
                return Meeting::At(at);
            }
        }
    }
    Meeting::None
}

fn box_of(line: Line<f64>) -> Rectangle<[f64; 2]> {
    Rectangle::from_corners([line.start.x, line.start.y], [line.end.x, line.end.y])
}

fn envelope(line: Line<f64>) -> AABB<[f64; 2]> {
    AABB::from_corners([line.start.x, line.start.y], [line.end.x, line.end.y])
}

/// Where two sides meet, unless they may: neighbours where the one ends, and sides of different
/// rings at a corner of both.
fn wrong_meeting(a: &Side, b: &Side) -> Option<Coord<f64>> {
    match line_intersection(a.line, b.line)? {
        LineIntersection::Collinear { intersection } => {
            // Collinear sides that share just a position touch there like others.
            let touch =
                intersection.start == intersection.end && may_touch(a, b, intersection.start);
            (!touch).then_some(intersection.start)
        }
        LineIntersection::SinglePoint { intersection, is_proper } => {
            (is_proper || !may_touch(a, b, intersection)).then_some(intersection)
        }
    }
}

fn may_touch(a: &Side, b: &Side, at: Coord<f64>) -> bool {
    let ends = |side: &Side| side.line.start == at || side.line.end == at;
    let neighbours = a.follows(b) || b.follows(a);
    (a.ring != b.ring || neighbours) && ends(a) && ends(b)
}

/// Sides do not cross here, so a ring lies inside another when one position does that is not on it.
fn lies_in(ring: &LineString<f64>, of: &LineString<f64>) -> bool {
    let outline = Polygon::new(of.clone(), Vec::new());
    let mut places = ring.coords().map(|at| outline.coordinate_position(at));
    places.find(|place| *place != CoordPos::OnBoundary) == Some(CoordPos::Inside)
}

fn holes_lie_inside(polygon: &Polygon<f64>) -> bool {
    let holes = polygon.interiors();
    let apart = |(n, hole): (usize, &LineString<f64>)| {
        let others = holes.iter().enumerate().filter(|(other, _)| *other != n);
        !others.into_iter().any(|(_, other)| boxes_meet(hole, other) && lies_in(hole, other))
    };
    holes.iter().all(|hole| lies_in(hole, polygon.exterior()))
        && holes.iter().enumerate().all(apart)
}

/// Whether one polygon lies on the ground of another.
fn overlap(area: &MultiPolygon<f64>) -> bool {
    let polygons = &area.0;
    polygons.iter().enumerate().any(|(n, a)| {
        polygons
            .iter()
            .skip(n + 1)
            .any(|b| boxes_meet(a.exterior(), b.exterior()) && (stands_on(a, b) || stands_on(b, a)))
    })
}

/// Whether a polygon stands on the ground of another and not in one of its holes.
fn stands_on(a: &Polygon<f64>, b: &Polygon<f64>) -> bool {
    let in_hole = || b.interiors().iter().any(|hole| lies_in(a.exterior(), hole));
    lies_in(a.exterior(), b.exterior()) && !in_hole()
}

fn boxes_meet(a: &LineString<f64>, b: &LineString<f64>) -> bool {
    let boxes = a.bounding_rect().zip(b.bounding_rect());
    boxes.is_some_and(|(a, b)| a.intersects(&b))
}

#[cfg(test)]
mod tests {
    use geo::{Coord, LineString, MultiPolygon, Polygon, Validation as _};
    use proptest::prelude::*;

    use super::problem;

    fn ring(positions: &[(f64, f64)]) -> LineString<f64> {
        positions.iter().copied().chain(positions.first().copied()).collect()
    }

    fn square(x: f64, y: f64, side: f64) -> LineString<f64> {
        ring(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
    }

    fn of(exterior: LineString<f64>, holes: Vec<LineString<f64>>) -> Polygon<f64> {
        Polygon::new(exterior, holes)
    }

    fn told(polygons: Vec<Polygon<f64>>) -> String {
        problem(&MultiPolygon(polygons)).unwrap_or_else(|| "fine".to_owned())
    }

    #[test]
    fn what_encloses_ground_is_fine_and_the_rest_is_told_where() {
        let big = || square(0.0, 0.0, 9.0);
        let small = |x, y| square(x, y, 1.0);
        let said = [
            told(vec![of(big(), vec![small(2.0, 2.0), small(3.0, 3.0)])]),
            told(vec![of(small(0.0, 0.0), vec![]), of(small(1.0, 1.0), vec![])]),
            told(vec![of(big(), vec![square(2.0, 2.0, 4.0)]), of(small(3.0, 3.0), vec![])]),
            told(vec![of(ring(&[(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 2.0)]), vec![])]),
            told(vec![of(ring(&[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (2.0, 0.0)]), vec![])]),
            told(vec![of(ring(&[(0.0, 0.0), (1.0, 0.0), (0.0, 0.0)]), vec![])]),
            told(vec![of(big(), vec![small(20.0, 2.0)])]),
            told(vec![of(big(), vec![square(2.0, 2.0, 4.0), small(3.0, 3.0)])]),
            told(vec![of(big(), vec![]), of(small(3.0, 3.0), vec![])]),
        ];
        insta::assert_snapshot!(said.join("\n"), @"
        fine
        fine
        fine
        its sides meet near longitude 0.66667, latitude 0.66667; draw rings that do not cross
        its sides meet near longitude 2, latitude 0; draw rings that do not cross
        a ring has fewer than 3 different positions; draw it around something
        its polygons lie in each other, or a hole outside of its own
        its polygons lie in each other, or a hole outside of its own
        its polygons lie in each other, or a hole outside of its own
        ");
    }

    #[test]
    fn a_perimeter_of_all_allowed_positions_is_checked_and_a_comb_of_as_many_refused() {
        let around = |n: u32| {
            let turn = f64::from(n) / 19_998.0 * std::f64::consts::TAU;
            (turn.cos(), turn.sin())
        };
        let circle: Vec<_> = (0..19_998).map(around).collect();
        assert_eq!(told(vec![of(ring(&circle), vec![])]), "fine");
        let tooth = |n: u32| {
            (if n.is_multiple_of(2) { 0.0 } else { 1.0 + f64::from(n) }, f64::from(n) / 1e6)
        };
        let flat = |n| (f64::from(n % 2), 0.0);
        let comb: Vec<_> = (0..19_998).map(tooth).chain([(-1.0, 1.0)]).collect();
        assert_eq!(told(vec![of(ring(&comb), vec![])]), "fine");
        let star: Vec<_> = (0..2_000).map(|n: u32| around(n * 9_001)).collect();
        assert_ne!(told(vec![of(ring(&star), vec![])]), "fine");
        assert_ne!(told(vec![of(ring(&(0..99).map(flat).collect::<Vec<_>>()), vec![])]), "fine");
    }

    /// Whether a ring turns at each of its positions. Where one goes back the way it came, geo lets
    /// it pass.
    fn turns(positions: &[(i32, i32)]) -> bool {
        let after = |n: usize| positions[n % positions.len()];
        (0..positions.len()).all(|n| {
            let [(ax, ay), (bx, by), (cx, cy)] = [n, n + 1, n + 2].map(after);
            (bx - ax) * (cy - by) != (by - ay) * (cx - bx)
        })
    }

    proptest! {
        #[test]
        fn rings_of_few_positions_are_judged_as_geo_judges_them(
            positions in prop::collection::vec((0i32..6, 0i32..6), 3..8),
        ) {
            let exterior: LineString<f64> = positions.iter().chain(positions.first())
                .map(|(x, y)| Coord { x: f64::from(*x), y: f64::from(*y) }).collect();
            let area = MultiPolygon(vec![of(exterior, vec![])]);
            let said = problem(&area);
            prop_assert!(said.is_some() || area.is_valid(), "{area:?}");
            if turns(&positions) {
                prop_assert_eq!(said.is_none(), area.is_valid(), "{:?} {:?}", said, area);
            }
        }
    }
}
