//! Areas of messages in the form in which incidents keep and compare them.

use geo::CoordsIter as _;
use muster_contract::{MultiPolygon, Polygon};

use crate::domain::limits::{NAME_CHARS_MAX, POSITIONS_MAX, shortened};
use crate::domain::place::Location;
use crate::domain::signal::Signal;

/// Positions of an outline that is compared; a finer one is thinned, because whether two areas
/// share ground does not hang on the bends of a river, and one alert must not hold up the hub.
const COMPARED_POSITIONS_MAX: usize = 2_000;

/// Where an incident is that is known by a message: its area, or else the place in words.
pub(super) fn location_of(signal: &Signal) -> Location {
    let name = place_name(signal);
    Location {
        point: None,
        perimeter: perimeter_of(signal),
        name: (!name.is_empty()).then_some(name),
    }
}

/// The ground that a message covers; none when it gives only words or codes.
pub(super) fn perimeter_of(signal: &Signal) -> Option<MultiPolygon> {
    let area = thinned_to(&signal.area(), POSITIONS_MAX);
    let polygons: Vec<_> = area.iter().map(Polygon::from).collect();
    (!polygons.is_empty()).then_some(MultiPolygon { polygons })
}

/// The descriptions of the areas of the message's main info, in a line.
pub(super) fn place_name(signal: &Signal) -> String {
    let areas = signal.main_info().map(|info| info.areas.as_slice()).unwrap_or_default();
    let mut names: Vec<&str> = Vec::new();
    for name in areas.iter().map(|area| area.description.trim()) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    shortened(&names.join("; "), NAME_CHARS_MAX)
}

/// The area, coarse enough to be compared.
pub(super) fn thinned(area: &geo::MultiPolygon<f64>) -> geo::MultiPolygon<f64> {
    thinned_to(area, COMPARED_POSITIONS_MAX)
}

/// The area with every n-th position of its rings, so that about `positions_max` are left.
fn thinned_to(area: &geo::MultiPolygon<f64>, positions_max: usize) -> geo::MultiPolygon<f64> {
    let step = area.coords_count().div_ceil(positions_max).max(1);
    if step == 1 {
        return area.clone();
    }
    let thin = |ring: &geo::LineString<f64>| {
        let ring: geo::LineString<f64> = ring.coords().step_by(step).copied().collect();
        ring
    };
    let kept = |ring: &geo::LineString<f64>| ring.coords_count() >= 3;
    area.iter()
        .map(|polygon| (thin(polygon.exterior()), polygon.interiors().iter().map(thin)))
        .filter(|(outer, _)| kept(outer))
        .map(|(outer, holes)| geo::Polygon::new(outer, holes.filter(kept).collect()))
        .collect()
}
