//! Places and times, shown less exactly than they are known.
//!
//! A place is shown as the cell of a fixed grid that it lies in, a time as the beginning of the
//! span that it fell into. The grid is the same for every question and every viewer, so that asking
//! again, or a little differently, brings nobody closer to the place itself.

use jiff::{Timestamp, TimestampRound, Unit};
use muster_contract::{BoundingBox, MultiPolygon, Polygon, Position};

use crate::domain::agreement::{PlacePrecision, TimePrecision};
use crate::domain::place::Location;

/// Metres in a degree of latitude.
const METRES_PER_DEGREE: f64 = 111_320.0;
/// The height of the largest cells.
const COUNTY_METRES: f64 = 50_000.0;

/// The height of a cell in degrees; none where places are shown exactly.
fn cell_degrees(precision: PlacePrecision) -> Option<f64> {
    let metres = match precision {
        PlacePrecision::Exact => return None,
        PlacePrecision::Street => 100.0,
        PlacePrecision::Kilometre => 1_000.0,
        PlacePrecision::County => COUNTY_METRES,
    };
    Some(metres / METRES_PER_DEGREE)
}

/// A place as it is shown: the cell, or the cells that its outline reaches into as one box. What
/// people call the place is an address as often as not, so only the exact place has it.
pub(super) fn location(location: &Location, precision: PlacePrecision) -> Location {
    let Some(cell) = cell_degrees(precision) else { return location.clone() };
    let around = location.bounding_box().map(|around| cells_around(around, cell));
    Location { point: around.map(middle), perimeter: around.map(outline), name: None }
}

/// A box as it is shown.
pub(super) fn bounding_box(around: BoundingBox, precision: PlacePrecision) -> BoundingBox {
    cell_degrees(precision).map_or(around, |cell| cells_around(around, cell))
}

/// Whether a box, however coarsely it is shown, may meet another. Asked before anything is decided
/// about a record, since most lie far away.
pub(super) fn may_reach(around: BoundingBox, wanted: &BoundingBox) -> bool {
    wanted.intersects(&shown_within(around))
}

/// The box that a box is shown within, however coarsely: at most one cell wider on each side.
pub(super) fn shown_within(around: BoundingBox) -> BoundingBox {
    let cell = COUNTY_METRES / METRES_PER_DEGREE;
    let (south, north) = (around.south - cell, around.north + cell);
    if around.west > around.east {
        return BoundingBox { west: -180.0, south, east: 180.0, north };
    }
    let width = width_of(cell, south.abs().max(around.south.abs()));
    let (west, east) = (around.west - width, around.east + width);
    BoundingBox { west: west.max(-180.0), south, east: east.min(180.0), north }
}

/// A position as it is shown: the middle of its cell.
pub(super) fn position(position: Position, precision: PlacePrecision) -> Position {
    let around = BoundingBox::around(position);
    cell_degrees(precision).map_or(position, |cell| middle(cells_around(around, cell)))
}

/// The most, in metres, by which a position may be shown to be elsewhere: half the way across a
/// cell, with some room for cells that are cut off at the edge of the map.
pub(super) fn metres_off_max(precision: PlacePrecision) -> f64 {
    cell_degrees(precision).map_or(0.0, |cell| cell * METRES_PER_DEGREE)
}

/// A time as it is shown.
pub(super) fn time(at: Timestamp, precision: TimePrecision) -> Timestamp {
    let unit = match precision {
        TimePrecision::Exact => return at,
        TimePrecision::Minute => Unit::Minute,
        TimePrecision::Hour => Unit::Hour,
        // A timestamp rounds to hours at the most; a day (UTC) is 24 of them.
        TimePrecision::Day => {
            let seconds = at.as_second().div_euclid(86_400) * 86_400;
            return Timestamp::from_second(seconds).unwrap_or(at);
        }
    };
    at.round(TimestampRound::new().smallest(unit).mode(jiff::RoundMode::Floor)).unwrap_or(at)
}

/// The box of all cells that a box reaches into. Cells are as high as wide on the ground at the
/// foot of their row, so that a cell is about the same size everywhere.
fn cells_around(around: BoundingBox, cell: f64) -> BoundingBox {
    let south = (around.south / cell).floor() * cell;
    let north = ((around.north / cell).floor() + 1.0) * cell;
    // The width follows from the row of the box's foot alone, so that it does not tell more.
    let width = width_of(cell, south);
    let west = (around.west / width).floor() * width;
    let east = ((around.east / width).floor() + 1.0) * width;
    BoundingBox {
        west: west.max(-180.0),
        south: south.max(-90.0),
        east: east.min(180.0),
        north: north.min(90.0),
    }
}

/// How wide a cell is in degrees, in the row that begins at a latitude.
fn width_of(cell: f64, latitude: f64) -> f64 {
    cell / latitude.to_radians().cos().abs().max(0.01)
}

fn middle(around: BoundingBox) -> Position {
    Position {
        lon: f64::midpoint(around.west, around.east),
        lat: f64::midpoint(around.south, around.north),
    }
}

fn outline(around: BoundingBox) -> MultiPolygon {
    let BoundingBox { west, south, east, north } = around;
    let corner = |lon, lat| Position { lon, lat };
    let ring = vec![
        corner(west, south),
        corner(east, south),
        corner(east, north),
        corner(west, north),
        corner(west, south),
    ];
    MultiPolygon { polygons: vec![Polygon { rings: vec![ring] }] }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_in_one_cell_look_the_same(
            lon in -179.0..179.0f64, lat in -80.0..80.0f64, dx in 0.0..1.0f64, dy in 0.0..1.0f64,
        ) {
            for precision in [PlacePrecision::Street, PlacePrecision::Kilometre, PlacePrecision::County] {
                let shown = bounding_box(BoundingBox::around(Position { lon, lat }), precision);
                // Any other place in the cell that is shown, its upper edges left out.
                let other = Position {
                    lon: shown.west + (shown.east - shown.west) * dx.clamp(0.001, 0.999),
                    lat: shown.south + (shown.north - shown.south) * dy.clamp(0.001, 0.999),
                };
                prop_assert_eq!(bounding_box(BoundingBox::around(other), precision), shown);
                prop_assert!(shown.west <= lon && lon <= shown.east);
                prop_assert!(shown.south <= lat && lat <= shown.north);
            }
        }

        #[test]
        fn what_shows_in_a_box_is_never_taken_for_far_from_it(
            lon in -180.0..180.0f64, lat in -89.0..89.0f64, width in 0.0..4.0f64, height in 0.0..2.0f64,
            east in -3.0..3.0f64, north in -3.0..3.0f64, size in 0.0..1.0f64,
        ) {
            let (lon2, lat2) = ((lon + width).min(180.0), (lat + height).min(90.0));
            let around = BoundingBox { west: lon, south: lat, east: lon2, north: lat2 };
            let (west, south) = ((lon + east).clamp(-180.0, 179.0), (lat + north).clamp(-90.0, 89.0));
            let wanted = BoundingBox { west, south, east: west + size, north: south + size };
            for precision in PlacePrecision::ALL {
                let shown = bounding_box(around, precision);
                prop_assert!(!wanted.intersects(&shown) || may_reach(around, &wanted));
            }
        }

        #[test]
        fn a_time_is_shown_as_the_beginning_of_its_span(seconds in -60_000_000_000i64..60_000_000_000) {
            let at = Timestamp::from_second(seconds).unwrap();
            for (precision, span) in [(TimePrecision::Minute, 60), (TimePrecision::Hour, 3_600), (TimePrecision::Day, 86_400)] {
                let shown = time(at, precision).as_second();
                prop_assert_eq!(shown, seconds.div_euclid(span) * span);
            }
        }
    }
}
