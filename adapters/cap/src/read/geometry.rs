//! Polygons and circles as text: latitude first, blanks between positions, kilometres for radii.

use muster_contract::{Circle, Polygon, Position, antimeridian};

use crate::Cap;

/// Half the circumference of the Earth in kilometres, rounded up: no circle can be larger.
const MAX_RADIUS_KM: f64 = 20_040.0;

/// Why a shape is left out. Turning its numbers round would put a warning where nobody sent it.
const SWAPPED: &str = "off the globe as it is written, and on it with longitude and latitude \
    swapped; CAP 1.2 section 3.2.4 puts the latitude first. The shape was left out of the area, \
    not repaired, and its text kept as unknown";

/// What was read of a shape, and what was unusual about it.
pub(crate) struct Shape<T> {
    pub(crate) shape: T,
    pub(crate) warnings: Vec<&'static str>,
    /// Whether the text means a shape that could not be read.
    pub(crate) is_left_out: bool,
}

impl<T> Shape<T> {
    fn read(shape: T, warnings: Vec<&'static str>) -> Self {
        Self { shape, warnings, is_left_out: false }
    }

    fn swapped(nothing: T) -> Self {
        Self { shape: nothing, warnings: vec![SWAPPED], is_left_out: true }
    }
}

/// Reads a polygon. One that crosses the antimeridian becomes two; an empty one none.
pub(crate) fn polygon(text: &str) -> Result<Shape<Vec<Polygon>>, String> {
    let mut warnings = Vec::new();
    // A position of four decimals takes some 18 bytes.
    let mut ring: Vec<Position> = Vec::with_capacity(text.len() / 16 + 2);
    let (mut off_globe, mut fits_swapped) = (None, true);
    for (count, word) in text.split_ascii_whitespace().enumerate() {
        if count >= Cap::MAX_POINTS {
            let limit = Cap::MAX_POINTS;
            return Err(format!("more than {limit} positions, which is the most that is read"));
        }
        let read = position(word)?;
        fits_swapped &= is_on_globe_swapped(read);
        off_globe = off_globe.or_else(|| off_globe_because(word, read));
        ring.push(read);
    }
    if let Some(because) = off_globe {
        return if fits_swapped { Ok(Shape::swapped(Vec::new())) } else { Err(because) };
    }
    if ring.is_empty() {
        return Ok(Shape::read(Vec::new(), vec!["an empty polygon; skipped"]));
    }
    if ring.first() != ring.last() {
        ring.extend(ring.first().copied());
        warnings.push(
            "the last position is not the first again, as CAP 1.2 section 3.2.4 wants; the ring \
             was closed with a straight line",
        );
    }
    if ring.len() < 4 {
        return Err("a polygon needs at least four positions, the last the same as the first \
             (CAP 1.2 section 3.2.4)"
            .to_owned());
    }
    if !antimeridian::crosses(&ring) {
        return Ok(Shape::read(vec![Polygon::from_ring(ring)], warnings));
    }
    let shape = antimeridian::split(&ring).map_err(|fault| fault.to_string())?;
    warnings.push("crosses the antimeridian or has longitudes beyond 180; cut at the line");
    Ok(Shape::read(shape, warnings))
}

/// Reads a circle; an empty one is none.
pub(crate) fn circle(text: &str) -> Result<Shape<Option<Circle>>, String> {
    let mut warnings = Vec::new();
    let mut words = text.split_ascii_whitespace();
    let (center, radius) = match (words.next(), words.next(), words.next()) {
        (None, _, _) => {
            return Ok(Shape::read(None, vec!["an empty circle; skipped"]));
        }
        (Some(center), Some(radius), None) => (center, radius),
        _ => {
            return Err("a circle is written `latitude,longitude radius`, with the radius in \
                 kilometres (CAP 1.2 section 3.2.4)"
                .to_owned());
        }
    };
    let word = center;
    let mut center = position(word)?;
    let off_globe = off_globe_because(word, center);
    let radius_km = number(radius)
        .filter(|km| (0.0..=MAX_RADIUS_KM).contains(km))
        .ok_or_else(|| format!("`{radius}` is no radius in kilometres between 0 and 20040"))?;
    if let Some(because) = off_globe {
        let fits_swapped = is_on_globe_swapped(center);
        return if fits_swapped { Ok(Shape::swapped(None)) } else { Err(because) };
    }
    if center.lon.abs() > 180.0 {
        center.lon = (center.lon + 180.0).rem_euclid(360.0) - 180.0;
        warnings.push("the longitude is beyond 180; read as the same place within it");
    }
    Ok(Shape::read(Some(Circle { center, radius_km }), warnings))
}

/// Reads `latitude,longitude`, which may be off the globe.
fn position(word: &str) -> Result<Position, String> {
    let pair = || {
        if let Some((lat, [b',', rest @ ..])) = decimal(word.as_bytes())
            && let Some((lon, [])) = decimal(rest)
        {
            return Some((lat, lon));
        }
        let (lat, lon) = word.split_once(',')?;
        Some((number(lat)?, number(lon)?))
    };
    let Some((lat, lon)) = pair() else {
        return Err(format!(
            "`{}` is no position; write `latitude,longitude` in degrees, with blanks only between \
             positions (CAP 1.2 section 3.2.4)",
            crate::read::shorten(word)
        ));
    };
    Ok(Position { lon, lat })
}

/// What is wrong with a position that is off the globe. Longitudes may go once round either way;
/// latitudes may not.
fn off_globe_because(word: &str, position: Position) -> Option<String> {
    if !(-90.0..=90.0).contains(&position.lat) {
        return Some(format!(
            "`{word}` is off the globe: the first number is the latitude and goes from -90 to 90 \
             (CAP 1.2 section 3.2.4)"
        ));
    }
    let is_lon = (-360.0..=360.0).contains(&position.lon);
    (!is_lon).then(|| format!("`{word}` is off the globe: longitudes go from -180 to 180"))
}

fn is_on_globe_swapped(position: Position) -> bool {
    Position { lon: position.lat, lat: position.lon }.is_on_globe()
}

/// Reads a number, with an exponent or without; `inf` and `NaN` are none.
pub(crate) fn number(text: &str) -> Option<f64> {
    let allowed = |b: u8| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E');
    if text.bytes().all(allowed) { text.parse().ok().filter(|n: &f64| n.is_finite()) } else { None }
}

/// Reads the plain decimal number in front and gives the rest; nothing if it is not so simple that
/// one division rounds it correctly.
///
/// Coordinates are a third of the work of reading a warning with polygons, and this is three times
/// as fast as the general way. Both factors are exact: the digits are below 2^53, and so are the
/// powers of ten up to 10^15, so the quotient is the nearest number there is.
fn decimal(text: &[u8]) -> Option<(f64, &[u8])> {
    const POWERS: [f64; 16] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (is_negative, mut rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let (mut digits, mut count, mut fraction) = (0_u64, 0_usize, None);
    while let [first, after @ ..] = rest {
        match first {
            b'0'..=b'9' => {
                digits = digits.wrapping_mul(10).wrapping_add(u64::from(first - b'0'));
                count += 1;
            }
            b'.' if fraction.is_none() && count > 0 => fraction = Some(count),
            _ => break,
        }
        rest = after;
    }
    if count == 0 || count > 15 {
        return None;
    }
    let places = fraction.map_or(0, |whole| count - whole);
    #[expect(clippy::cast_precision_loss, reason = "fifteen digits are below 2^53")]
    let magnitude = digits as f64 / POWERS.get(places)?;
    Some((if is_negative { -magnitude } else { magnitude }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_fast_way_reads_what_the_general_way_reads(
            text in "-?[0-9]{1,4}(\\.[0-9]{0,13})?",
        ) {
            if let Some((fast, rest)) = decimal(text.as_bytes()) {
                prop_assert_eq!(rest, b"");
                prop_assert_eq!(Some(fast), number(&text));
            }
        }
    }
}
