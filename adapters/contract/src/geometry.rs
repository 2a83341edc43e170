//! Positions, polygons and circles on WGS 84, in degrees, longitude first as in GeoJSON.
//!
//! Formats that put latitude first (CAP, EDXL, GeoRSS) are turned round by their codecs, so that
//! nothing inside the hub has to ask which order it holds.

use geo::{Area as _, BoundingRect as _};
use serde::{Deserialize, Serialize};

/// A place on the globe. On the wire `[longitude, latitude]`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct Position {
    /// Degrees east, −180 to 180.
    pub lon: f64,
    /// Degrees north, −90 to 90.
    pub lat: f64,
}

impl Position {
    /// Whether both numbers are finite and on the globe.
    #[must_use]
    pub fn is_on_globe(self) -> bool {
        (-180.0..=180.0).contains(&self.lon) && (-90.0..=90.0).contains(&self.lat)
    }
}

impl From<[f64; 2]> for Position {
    fn from([lon, lat]: [f64; 2]) -> Self {
        Self { lon, lat }
    }
}

impl From<Position> for [f64; 2] {
    fn from(p: Position) -> Self {
        [p.lon, p.lat]
    }
}

/// A polygon: its outer ring, then its holes. Every ring is closed (first = last) and has at least
/// four positions. On the wire the `coordinates` of a GeoJSON polygon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Polygon {
    /// The rings, the outer one first.
    pub rings: Vec<Vec<Position>>,
}

impl Polygon {
    /// A polygon without holes.
    #[must_use]
    pub fn from_ring(ring: Vec<Position>) -> Self {
        Self { rings: vec![ring] }
    }

    /// The same in the types of the `geo` crate, for computing.
    #[must_use]
    pub fn to_geo(&self) -> geo::Polygon<f64> {
        let mut lines = self.rings.iter().map(|ring| {
            ring.iter()
                .map(|p| geo::coord! { x: p.lon, y: p.lat })
                .collect::<geo::LineString<f64>>()
        });
        let outer = lines.next().unwrap_or_else(|| geo::LineString::new(Vec::new()));
        geo::Polygon::new(outer, lines.collect())
    }
}

impl From<&geo::Polygon<f64>> for Polygon {
    fn from(polygon: &geo::Polygon<f64>) -> Self {
        let ring = |line: &geo::LineString<f64>| {
            line.coords().map(|c| Position { lon: c.x, lat: c.y }).collect()
        };
        let holes = polygon.interiors().iter().map(ring);
        Self { rings: std::iter::once(ring(polygon.exterior())).chain(holes).collect() }
    }
}

/// Several polygons that make one area. On the wire the `coordinates` of a GeoJSON multipolygon.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MultiPolygon {
    /// The polygons; they may touch or overlap.
    pub polygons: Vec<Polygon>,
}

impl MultiPolygon {
    /// The same in the types of the `geo` crate, for computing.
    #[must_use]
    pub fn to_geo(&self) -> geo::MultiPolygon<f64> {
        self.polygons.iter().map(Polygon::to_geo).collect()
    }

    /// How many positions all rings have together.
    #[must_use]
    pub fn position_count(&self) -> usize {
        self.polygons.iter().flat_map(|p| &p.rings).map(Vec::len).sum()
    }

    /// Whether no polygon encloses anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.to_geo().unsigned_area() == 0.0
    }

    /// The smallest box around all polygons; none when there are none.
    #[must_use]
    pub fn bounding_box(&self) -> Option<BoundingBox> {
        BoundingBox::around_polygons(&self.to_geo())
    }
}

/// A circle on the ground.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Circle {
    /// The middle.
    pub center: Position,
    /// Radius in kilometres; 0 means the point itself.
    pub radius_km: f64,
}

/// A box of longitudes and latitudes. `west > east` means that it crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoundingBox {
    /// Western edge in degrees.
    pub west: f64,
    /// Southern edge in degrees.
    pub south: f64,
    /// Eastern edge in degrees.
    pub east: f64,
    /// Northern edge in degrees.
    pub north: f64,
}

impl From<geo::Rect<f64>> for BoundingBox {
    fn from(rect: geo::Rect<f64>) -> Self {
        Self { west: rect.min().x, south: rect.min().y, east: rect.max().x, north: rect.max().y }
    }
}

impl BoundingBox {
    /// The box that holds just one position.
    #[must_use]
    pub fn around(p: Position) -> Self {
        Self { west: p.lon, south: p.lat, east: p.lon, north: p.lat }
    }

    /// Whether the position lies in the box or on its edge.
    #[must_use]
    pub fn contains(&self, p: Position) -> bool {
        self.intersects(&Self::around(p))
    }

    /// Whether the two boxes share a position.
    #[must_use]
    pub fn intersects(&self, other: &Self) -> bool {
        let latitudes_meet = self.south <= other.north && other.south <= self.north;
        latitudes_meet && self.spans().any(|a| other.spans().any(|b| a.0 <= b.1 && b.0 <= a.1))
    }

    /// The smallest box around polygons that are cut at the antimeridian; none when there are none.
    #[must_use]
    pub fn around_polygons(polygons: &geo::MultiPolygon<f64>) -> Option<Self> {
        Self::around_all(polygons.iter().filter_map(geo::Polygon::bounding_rect).map(Self::from))
    }

    /// The smallest box that holds all of these; none when there are none. It crosses the
    /// antimeridian where it is narrower so: the box of all Fiji is not one round the world.
    #[must_use]
    pub fn around_all(boxes: impl IntoIterator<Item = Self>) -> Option<Self> {
        let boxes: Vec<Self> = boxes.into_iter().collect();
        let south = boxes.iter().map(|b| b.south).reduce(f64::min)?;
        let north = boxes.iter().map(|b| b.north).reduce(f64::max)?;
        let mut spans: Vec<_> = boxes.iter().flat_map(Self::spans).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (west, mut east) = spans.first().copied()?;
        // The box leaves out the widest stretch of longitude in which nothing lies.
        let mut widest = (f64::NEG_INFINITY, east, west);
        for (from, to) in spans {
            if from - east > widest.0 {
                widest = (from - east, east, from);
            }
            east = east.max(to);
        }
        let (gap, gap_from, gap_to) = widest;
        let over_the_line = west + 360.0 - east;
        let (west, east) = if gap > over_the_line { (gap_to, gap_from) } else { (west, east) };
        Some(Self { west, south, east, north })
    }

    /// The position in its middle.
    #[must_use]
    pub fn middle(&self) -> Position {
        let turn = if self.west > self.east { 360.0 } else { 0.0 };
        let lon = f64::midpoint(self.west, self.east + turn);
        let lon = if lon > 180.0 { lon - 360.0 } else { lon };
        Position { lon, lat: f64::midpoint(self.south, self.north) }
    }

    /// The one or two stretches of longitude that the box covers.
    fn spans(&self) -> impl Iterator<Item = (f64, f64)> + use<> {
        let crosses = self.west > self.east;
        let first = if crosses { (self.west, 180.0) } else { (self.west, self.east) };
        let second = crosses.then_some((-180.0, self.east));
        std::iter::once(first).chain(second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_over_the_antimeridian_holds_both_sides_of_it() {
        let fiji = BoundingBox { west: 177.0, south: -19.0, east: -179.0, north: -16.0 };
        assert!(fiji.contains(Position { lon: 178.4, lat: -18.1 }));
        assert!(fiji.contains(Position { lon: -179.5, lat: -17.0 }));
        assert!(!fiji.contains(Position { lon: 0.0, lat: -17.0 }));
    }

    #[test]
    fn the_box_around_several_crosses_the_antimeridian_where_that_is_narrower() {
        let around = |lons: &[f64]| {
            let boxes =
                lons.iter().map(|lon| BoundingBox::around(Position { lon: *lon, lat: 0.0 }));
            BoundingBox::around_all(boxes).map(|b| (b.west, b.east, b.middle().lon))
        };
        assert_eq!(around(&[]), None);
        assert_eq!(around(&[178.0]), Some((178.0, 178.0, 178.0)));
        assert_eq!(around(&[178.0, -178.0, -170.0]), Some((178.0, -170.0, -176.0)));
        assert_eq!(around(&[170.0, 178.0, -178.0]), Some((170.0, -178.0, 176.0)));
        assert_eq!(around(&[80.0, -80.0, 10.0]), Some((-80.0, 80.0, 0.0)));
        let fiji = BoundingBox { west: 177.0, south: -19.0, east: -179.0, north: -16.0 };
        assert_eq!(BoundingBox::around_all([fiji]), Some(fiji));
        let globe = BoundingBox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
        assert_eq!(BoundingBox::around_all([fiji, globe]), Some(globe));
    }

    #[test]
    fn positions_are_longitude_first_on_the_wire() {
        let position: Position = serde_json::from_str("[-71.06, 42.36]").unwrap();
        assert_eq!(position, Position { lon: -71.06, lat: 42.36 });
        assert_eq!(serde_json::to_string(&position).unwrap(), "[-71.06,42.36]");
    }
}
