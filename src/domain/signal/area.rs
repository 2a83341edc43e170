//! The ground that a message covers.

use geo::{Destination as _, Haversine};
use muster_contract::{Alert, Circle, MultiPolygon};

/// Corners of the polygon that stands for a circle.
const CIRCLE_CORNERS: u32 = 32;

/// Polygons, circles and resolved geocodes together.
pub(super) fn of(alert: &Alert, resolved: Option<&MultiPolygon>) -> geo::MultiPolygon<f64> {
    let areas = || alert.infos.iter().flat_map(|info| &info.areas);
    let polygons = areas().flat_map(|area| &area.polygons).map(muster_contract::Polygon::to_geo);
    let circles = areas().flat_map(|area| &area.circles).map(circle_to_polygon);
    let resolved = resolved.into_iter().flat_map(|multi| multi.to_geo().0);
    polygons.chain(circles).chain(resolved).collect()
}

/// A polygon with its corners on the circle. A radius of 0 gives a speck around the point, so that
/// it still meets what it lies in.
fn circle_to_polygon(circle: &Circle) -> geo::Polygon<f64> {
    let center = geo::Point::new(circle.center.lon, circle.center.lat);
    let radius_m = (circle.radius_km * 1_000.0).max(1.0);
    let corner = |n: u32| {
        let bearing = 360.0 * f64::from(n) / f64::from(CIRCLE_CORNERS);
        Haversine.destination(center, bearing, radius_m).0
    };
    geo::Polygon::new((0..CIRCLE_CORNERS).map(corner).collect(), Vec::new())
}
