//! Rings that cross the line where longitude jumps from 180 to −180.
//!
//! Fiji and the Aleutians lie on it. Senders write such rings in two ways: with longitudes beyond
//! ±180, or with a jump from one side to the other. Both are unrolled into one continuous ring,
//! which is then cut at the line, so that everything behind the codec can take longitudes as plain
//! numbers between −180 and 180.

use crate::geometry::{Polygon, Position};

/// Why a ring cannot be cut into polygons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RingFault {
    /// The ring goes once round the globe.
    #[error("the ring goes round a pole, which a plane polygon cannot express")]
    AroundPole,
    /// The ring covers more than 360 degrees of longitude.
    #[error("the ring is wider than 360 degrees of longitude")]
    TooWide,
}

/// Whether the ring has longitudes beyond ±180 or steps of more than 180 degrees.
#[must_use]
pub fn crosses(ring: &[Position]) -> bool {
    let beyond = ring.iter().any(|p| !(-180.0..=180.0).contains(&p.lon));
    beyond || ring.windows(2).any(|pair| matches!(pair, [a, b] if (a.lon - b.lon).abs() > 180.0))
}

/// Cuts a closed ring at the antimeridian. A ring that does not cross it comes back as it was.
///
/// Each step goes the short way round, as a map reader would take it. A box whose every longitude
/// is ±180 is the one exception: it means the whole globe.
///
/// # Errors
/// A ring that encloses a pole or is wider than the globe cannot be cut.
pub fn split(ring: &[Position]) -> Result<Vec<Polygon>, RingFault> {
    let round_the_globe = ring.iter().all(|p| p.lon.abs() == 180.0);
    if round_the_globe || !crosses(ring) {
        return Ok(vec![Polygon::from_ring(ring.to_vec())]);
    }
    let unrolled = unroll(ring);
    if let (Some(first), Some(last)) = (unrolled.first(), unrolled.last())
        && (first.lon - last.lon).abs() > 180.0
    {
        return Err(RingFault::AroundPole);
    }
    let (west, east) = extent(&unrolled);
    if east - west > 360.0 {
        return Err(RingFault::TooWide);
    }
    let turns = ((west + 180.0) / 360.0).floor() * 360.0;
    let shifted = shift(&unrolled, -turns);
    if east - turns <= 180.0 {
        return Ok(vec![Polygon::from_ring(shifted)]);
    }
    let western = clip(&shifted, |p| 180.0 - p.lon);
    let eastern = shift(&clip(&shifted, |p| p.lon - 180.0), -360.0);
    Ok([western, eastern].into_iter().filter(|r| r.len() >= 4).map(Polygon::from_ring).collect())
}

/// The ring with every longitude within 180 degrees of the one before it.
fn unroll(ring: &[Position]) -> Vec<Position> {
    let mut before: Option<f64> = None;
    let mut next = |p: &Position| {
        let lon = before.map_or(p.lon, |b| p.lon + ((b - p.lon) / 360.0).round() * 360.0);
        before = Some(lon);
        Position { lon, lat: p.lat }
    };
    ring.iter().map(&mut next).collect()
}

/// The least and the greatest longitude.
fn extent(ring: &[Position]) -> (f64, f64) {
    let start = (f64::INFINITY, f64::NEG_INFINITY);
    ring.iter().fold(start, |(west, east), p| (west.min(p.lon), east.max(p.lon)))
}

/// The ring moved east by so many degrees.
fn shift(ring: &[Position], degrees: f64) -> Vec<Position> {
    ring.iter().map(|p| Position { lon: p.lon + degrees, lat: p.lat }).collect()
}

/// The part of a closed ring where `inside` is not negative; `inside` is linear in the longitude.
/// Parts that the line separates stay joined along the line, which encloses nothing.
fn clip(ring: &[Position], inside: impl Fn(&Position) -> f64) -> Vec<Position> {
    let mut kept: Vec<Position> = Vec::with_capacity(ring.len() + 4);
    for pair in ring.windows(2) {
        let [from, to] = pair else { continue };
        let (a, b) = (inside(from), inside(to));
        if a >= 0.0 {
            kept.push(*from);
        }
        if (a > 0.0 && b < 0.0) || (a < 0.0 && b > 0.0) {
            let share = a / (a - b);
            kept.push(Position { lon: 180.0, lat: from.lat + share * (to.lat - from.lat) });
        }
    }
    kept.extend(kept.first().copied());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[[f64; 2]]) -> Vec<Position> {
        points.iter().copied().map(Position::from).collect()
    }

    #[test]
    fn a_ring_that_jumps_is_cut_into_an_eastern_and_a_western_part() {
        let fiji = ring(&[[177., -16.], [-179., -16.], [-179., -19.], [177., -19.], [177., -16.]]);
        let [east, west] = split(&fiji).unwrap().try_into().unwrap();
        assert_eq!(
            east.rings[0],
            ring(&[[177., -16.], [180., -16.], [180., -19.], [177., -19.], [177., -16.]])
        );
        assert_eq!(
            west.rings[0],
            ring(&[[-180., -16.], [-179., -16.], [-179., -19.], [-180., -19.], [-180., -16.]])
        );
    }

    #[test]
    fn longitudes_beyond_180_mean_the_same_as_a_jump() {
        let jump = ring(&[[177., -16.], [-179., -16.], [-179., -19.], [177., -19.], [177., -16.]]);
        let beyond = ring(&[[177., -16.], [181., -16.], [181., -19.], [177., -19.], [177., -16.]]);
        assert_eq!(split(&jump), split(&beyond));
    }

    #[test]
    fn a_ring_wholly_beyond_the_line_is_moved_not_cut() {
        let beyond = ring(&[[-182., -16.], [-181., -16.], [-181., -17.], [-182., -16.]]);
        let expected = ring(&[[178., -16.], [179., -16.], [179., -17.], [178., -16.]]);
        assert_eq!(split(&beyond), Ok(vec![Polygon::from_ring(expected)]));
    }

    #[test]
    fn a_ring_round_the_pole_is_refused_and_the_whole_globe_is_not() {
        let polar = ring(&[[0., 80.], [120., 80.], [-120., 80.], [0., 80.]]);
        assert_eq!(split(&polar), Err(RingFault::AroundPole));
        let globe = ring(&[[-180., -90.], [180., -90.], [180., 90.], [-180., 90.], [-180., -90.]]);
        assert_eq!(split(&globe), Ok(vec![Polygon::from_ring(globe)]));
    }
}
