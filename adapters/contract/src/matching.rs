//! Which positions lie in an area: the union of its polygons and circles.
//!
//! Two questions, two tools. Does an area hold this position? [`AreaMatcher`] looks at boxes first
//! and at edges only where a box holds the position. Which of ten thousand hospitals lie in the
//! area of this warning? [`PointSet`] is built once from the hospitals and finds those of any area
//! by looking only at the squares that the area touches. Geocodes are not looked at: which code
//! stands for which ground is a table of the hub.

use geo::{Destination as _, Distance as _, Geodesic, Haversine};

use crate::alert::Area;
use crate::antimeridian;
use crate::geometry::{BoundingBox, Circle, Polygon, Position};

/// Corners of the polygon that stands for a circle.
const CIRCLE_CORNERS: u32 = 64;

/// Shortest kilometres of one degree of latitude anywhere on the ellipsoid, for boxes.
const KM_PER_DEGREE: f64 = 110.5;

/// By how much the sphere's distance may be off from the ellipsoid's, with room to spare.
const SPHERE_ERROR: f64 = 0.006;

/// The radius of the least circle that has an outline, in kilometres.
const SPECK_KM: f64 = 0.001;

/// The ground of an area as polygons. A circle becomes a geodesic polygon of 64 corners, cut at
/// the antimeridian where it crosses it. A circle of less than a metre becomes one of a metre, so
/// that a mere point still meets what it lies in.
#[must_use]
pub fn outline(area: &Area) -> geo::MultiPolygon<f64> {
    let circles = area.circles.iter().flat_map(corners);
    area.polygons.iter().cloned().chain(circles).map(|polygon| polygon.to_geo()).collect()
}

/// The polygons that stand for a circle.
fn corners(circle: &Circle) -> Vec<Polygon> {
    let center = geo::Point::new(circle.center.lon, circle.center.lat);
    let radius_m = circle.radius_km.max(SPECK_KM) * 1000.0;
    let poles = [geo::Point::new(0.0, -90.0), geo::Point::new(0.0, 90.0)];
    if poles.into_iter().all(|pole| Geodesic.distance(center, pole) <= radius_m) {
        // Its ring runs round the far side; what lies within that is all that it does not hold.
        return vec![whole_globe()];
    }
    let corner = |index: u32| {
        // Against the clock, as GeoJSON winds outer rings.
        let turn = f64::from(index % CIRCLE_CORNERS) / f64::from(CIRCLE_CORNERS);
        let bearing = 360.0 * (1.0 - turn);
        let point = Geodesic.destination(center, bearing, radius_m);
        Position { lon: point.x(), lat: point.y() }
    };
    let ring: Vec<Position> = (0..=CIRCLE_CORNERS).map(corner).collect();
    antimeridian::split(&ring).unwrap_or_else(|_| vec![polar_cap(ring, circle.center)])
}

/// A ring round a pole as a polygon on the plane: its corners from west to east, then the pole's
/// edge of the map.
fn polar_cap(mut ring: Vec<Position>, center: Position) -> Polygon {
    ring.pop();
    ring.sort_by(|a, b| a.lon.total_cmp(&b.lon));
    let pole = 90.0_f64.copysign(center.lat);
    let (first, last) = (ring.first().copied(), ring.last().copied());
    if let (Some(first), Some(last)) = (first, last) {
        let edge = f64::midpoint(first.lat, last.lat);
        ring.insert(0, Position { lon: -180.0, lat: edge });
        ring.push(Position { lon: 180.0, lat: edge });
        ring.push(Position { lon: 180.0, lat: pole });
        ring.push(Position { lon: -180.0, lat: pole });
        ring.push(Position { lon: -180.0, lat: edge });
    }
    Polygon::from_ring(ring)
}

fn whole_globe() -> Polygon {
    let ring = [[-180.0, -90.0], [180.0, -90.0], [180.0, 90.0], [-180.0, 90.0], [-180.0, -90.0]];
    Polygon::from_ring(ring.map(Position::from).to_vec())
}

/// An area made ready for asking whether it holds a position.
///
/// Of two polygons that share an edge exactly one holds a position on it, so districts that tile
/// the ground never leave anybody out. A circle of radius 0 holds nothing but its middle.
#[derive(Clone, Debug)]
pub struct AreaMatcher<'a> {
    polygons: Vec<(BoundingBox, &'a Polygon)>,
    circles: Vec<(BoundingBox, Circle)>,
}

impl<'a> AreaMatcher<'a> {
    /// Computes the boxes of an area's polygons and circles.
    #[must_use]
    pub fn new(area: &'a Area) -> Self {
        let polygons =
            area.polygons.iter().filter_map(|polygon| Some((box_of(polygon)?, polygon))).collect();
        let circles = area.circles.iter().map(|circle| (box_of_circle(circle), *circle)).collect();
        Self { polygons, circles }
    }

    /// Whether a polygon or a circle of the area holds the position.
    #[must_use]
    pub fn contains(&self, p: Position) -> bool {
        let in_polygon = |(around, polygon): &(BoundingBox, &Polygon)| {
            around.contains(p) && is_inside(p, polygon.rings.iter().flat_map(|ring| edges(ring)))
        };
        let in_circle = |(around, circle): &(BoundingBox, Circle)| {
            around.contains(p) && is_in_circle(p, circle)
        };
        self.polygons.iter().any(in_polygon) || self.circles.iter().any(in_circle)
    }
}

/// An edge of a ring.
type Edge = (Position, Position);

fn edges(ring: &[Position]) -> impl Iterator<Item = Edge> {
    ring.windows(2).filter_map(|pair| match pair {
        [a, b] => Some((*a, *b)),
        _ => None,
    })
}

/// Whether a line from the position to the east crosses the edges an odd number of times.
fn is_inside(p: Position, edges: impl Iterator<Item = Edge>) -> bool {
    edges.fold(false, |inside, (a, b)| {
        let spans = (a.lat > p.lat) != (b.lat > p.lat);
        let crosses = spans && p.lon < (b.lon - a.lon) * (p.lat - a.lat) / (b.lat - a.lat) + a.lon;
        inside != crosses
    })
}

/// Whether the position is within the radius on the ellipsoid. The sphere decides all but the
/// close cases, at a twentieth of the cost.
fn is_in_circle(p: Position, circle: &Circle) -> bool {
    let (from, to) =
        (geo::Point::new(circle.center.lon, circle.center.lat), geo::Point::new(p.lon, p.lat));
    let on_sphere = Haversine.distance(from, to) / 1000.0;
    if on_sphere * (1.0 + SPHERE_ERROR) < circle.radius_km {
        return true;
    }
    if on_sphere * (1.0 - SPHERE_ERROR) > circle.radius_km {
        return false;
    }
    Geodesic.distance(from, to) / 1000.0 <= circle.radius_km
}

fn box_of(polygon: &Polygon) -> Option<BoundingBox> {
    let mut positions = polygon.rings.first()?.iter();
    let mut around = BoundingBox::around(*positions.next()?);
    for p in positions {
        around.west = around.west.min(p.lon);
        around.east = around.east.max(p.lon);
        around.south = around.south.min(p.lat);
        around.north = around.north.max(p.lat);
    }
    Some(around)
}

/// A box that is sure to hold the circle; it may cross the antimeridian.
fn box_of_circle(circle: &Circle) -> BoundingBox {
    let Position { lon, lat } = circle.center;
    let height = circle.radius_km / KM_PER_DEGREE;
    let (south, north) = ((lat - height).max(-90.0), (lat + height).min(90.0));
    let farthest = south.abs().max(north.abs()).to_radians().cos();
    let width = height / farthest;
    if farthest <= 0.0 || width >= 180.0 {
        return BoundingBox { west: -180.0, south, east: 180.0, north };
    }
    let wrap = |lon: f64| {
        if lon > 180.0 {
            lon - 360.0
        } else if lon < -180.0 {
            lon + 360.0
        } else {
            lon
        }
    };
    BoundingBox { west: wrap(lon - width), south, east: wrap(lon + width), north }
}

/// The box around two that do not cross the antimeridian, which does not cross it either.
fn plain_union(a: BoundingBox, b: BoundingBox) -> BoundingBox {
    BoundingBox {
        west: a.west.min(b.west),
        south: a.south.min(b.south),
        east: a.east.max(b.east),
        north: a.north.max(b.north),
    }
}

/// Many positions, made ready for asking which of them lie in an area.
///
/// The box around all positions is cut into about as many squares as there are positions. Those of
/// one row lie next to each other in memory, so that an area reads one stretch a row.
#[derive(Clone, Debug)]
pub struct PointSet {
    around: BoundingBox,
    /// Squares in one row, and rows.
    side: usize,
    /// Where each square's positions begin; one more than there are squares.
    starts: Vec<usize>,
    /// The positions by square, each with its number in the order given.
    positions: Vec<(Position, usize)>,
}

impl PointSet {
    /// Sorts the positions into squares.
    #[must_use]
    pub fn new(positions: &[Position]) -> Self {
        let boxes = positions.iter().copied().map(BoundingBox::around);
        let around = boxes
            .reduce(plain_union)
            .unwrap_or_else(|| BoundingBox::around(Position { lon: 0.0, lat: 0.0 }));
        let side = positions.len().isqrt().max(1);
        let mut set =
            Self { around, side, starts: vec![0; side * side + 1], positions: Vec::new() };
        let mut placed: Vec<(usize, Position, usize)> = positions
            .iter()
            .enumerate()
            .map(|(index, p)| (set.row(p.lat) * side + set.column(p.lon), *p, index))
            .collect();
        placed.sort_by_key(|(square, _, _)| *square);
        let mut counted = 0;
        for (square, start) in set.starts.iter_mut().enumerate() {
            let ahead = placed.get(counted..).unwrap_or_default();
            counted += ahead.iter().take_while(|(at, _, _)| *at < square).count();
            *start = counted;
        }
        set.positions = placed.into_iter().map(|(_, p, index)| (p, index)).collect();
        set
    }

    /// The numbers of the positions that lie in the area, ascending, each once.
    #[must_use]
    pub fn matching(&self, area: &Area) -> Vec<usize> {
        let mut found = Vec::new();
        let mut near: Vec<Edge> = Vec::new();
        for polygon in &area.polygons {
            let Some(around) = box_of(polygon) else { continue };
            self.rows(&around, |south, north, candidates| {
                let all = polygon.rings.iter().flat_map(|ring| edges(ring));
                near.clear();
                near.extend(
                    all.filter(|(a, b)| a.lat.max(b.lat) >= south && a.lat.min(b.lat) <= north),
                );
                let inside = candidates
                    .iter()
                    .filter(|(p, _)| around.contains(*p) && is_inside(*p, near.iter().copied()));
                found.extend(inside.map(|(_, index)| *index));
            });
        }
        for circle in &area.circles {
            let around = box_of_circle(circle);
            self.rows(&around, |_, _, candidates| {
                let inside = candidates
                    .iter()
                    .filter(|(p, _)| around.contains(*p) && is_in_circle(*p, circle));
                found.extend(inside.map(|(_, index)| *index));
            });
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Visits the stretches of positions that may lie in a box, row by row, each with the least
    /// and the greatest latitude in it.
    fn rows(&self, area: &BoundingBox, mut visit: impl FnMut(f64, f64, &[(Position, usize)])) {
        if !self.around.intersects(area) {
            return;
        }
        let crosses = area.west > area.east;
        let (west, east) = if crosses { (-180.0, 180.0) } else { (area.west, area.east) };
        let (first, last) = (self.column(west), self.column(east));
        for row in self.row(area.south)..=self.row(area.north) {
            let start = self.starts.get(row * self.side + first);
            let end = self.starts.get(row * self.side + last + 1);
            let stretch = start.zip(end).and_then(|(start, end)| self.positions.get(*start..*end));
            let Some(stretch) = stretch.filter(|stretch| !stretch.is_empty()) else { continue };
            let latitudes = stretch.iter().map(|(p, _)| p.lat);
            let south = latitudes.clone().fold(f64::INFINITY, f64::min);
            let north = latitudes.fold(f64::NEG_INFINITY, f64::max);
            visit(south, north, stretch);
        }
    }

    fn row(&self, lat: f64) -> usize {
        square(lat, self.around.south, self.around.north, self.side)
    }

    fn column(&self, lon: f64) -> usize {
        square(lon, self.around.west, self.around.east, self.side)
    }
}

/// The square of a coordinate; one outside belongs to the nearest square.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "the share is between 0 and the side, which is far below 2^52"
)]
fn square(at: f64, from: f64, to: f64, side: usize) -> usize {
    let share = (at - from) / (to - from).max(f64::MIN_POSITIVE) * side as f64;
    (share.max(0.0) as usize).min(side - 1)
}

#[cfg(test)]
mod tests;
