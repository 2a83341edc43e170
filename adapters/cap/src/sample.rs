//! Realistic alerts in any number, for benchmarks and demonstrations.

use muster_contract::{Alert, Decoder as _, PointSet, Position};

use crate::Cap;

/// A flood warning in two languages with polygons, a circle, codes and parameters, some 9 KB.
const FLOOD: &str = include_str!("../tests/fixtures/river-flood.xml");

/// The corner of the country in which the alerts and [`positions`] lie, and its size in degrees.
const COUNTRY: (Position, f64) = (Position { lon: 0.0, lat: 42.0 }, 10.0);

/// Alerts like a real flood warning, each with an identifier and a place of its own. The same
/// numbers always give the same alerts.
pub fn alerts(count: usize) -> impl Iterator<Item = Alert> {
    let mut outcomes = Cap.decode(FLOOD.as_bytes());
    let flood = outcomes.pop().and_then(Result::ok).map(|decoded| decoded.alert);
    let alert = move |number: usize| {
        let mut alert = flood.clone()?;
        alert.key.identifier = format!("EX-2026-{number}");
        let place = scatter(number);
        let (east, north) = (place.lon - 7.85, place.lat - 46.72);
        let areas = alert.infos.iter_mut().flat_map(|info| &mut info.areas);
        for area in areas {
            let positions = area.polygons.iter_mut().flat_map(|p| &mut p.rings).flatten();
            let middles = area.circles.iter_mut().map(|circle| &mut circle.center);
            positions.chain(middles).for_each(|p| *p = shifted(*p, east, north));
        }
        Some(alert)
    };
    (0..count).filter_map(alert)
}

/// Positions spread over the same country, such as those of resources.
#[must_use]
pub fn positions(count: usize) -> PointSet {
    let positions: Vec<Position> = (0..count).map(scatter).collect();
    PointSet::new(&positions)
}

/// Spreads numbers evenly over the country (the R2 sequence of low discrepancy).
fn scatter(number: usize) -> Position {
    let turn = f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let (corner, size) = COUNTRY;
    Position {
        lon: corner.lon + (turn * 0.754_877_666_246_692_7).fract() * size,
        lat: corner.lat + (turn * 0.569_840_290_998_053_2).fract() * size,
    }
}

/// The position moved, with four decimals as senders write them.
fn shifted(p: Position, east: f64, north: f64) -> Position {
    let round = |degrees: f64| (degrees * 1e4).round() / 1e4;
    Position { lon: round(p.lon + east), lat: round(p.lat + north) }
}
