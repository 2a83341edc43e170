//! Times as senders write them.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// What an element of this kind must look like, for messages.
pub(crate) const FORM: &str =
    "CAP 1.2 section 3.3.2 wants the form `2026-03-01T06:00:00-05:00`, with `-00:00` for UTC";

/// From this year on a date is taken to be of another era: Buddhist years are 543 ahead.
const FIRST_STRANGE_YEAR: i16 = 2400;

/// The last second that can be reckoned with; senders who mean "never" write later ones.
const LAST: Timestamp = Timestamp::constant(253_402_207_200, 0);

/// A time and how its form departs from the standard, if it does.
pub(crate) struct Time {
    pub(crate) at: Timestamp,
    pub(crate) departure: Option<&'static str>,
    /// Whether a later one was written than can be reckoned with.
    pub(crate) is_clamped: bool,
}

/// Reads a time to the second. CAP has no fractions; they are dropped, so that a message and a
/// later reference to it still name the same instant.
///
/// Read besides the standard's form are: `Z`, fractions, an offset without colon, and no offset.
pub(crate) fn parse(text: &str) -> Option<Time> {
    let (date_time, zone) = text.split_at_checked(19)?;
    let civil = civil(date_time.as_bytes())?;
    let (zone, has_fraction) = match zone.strip_prefix('.') {
        None => (zone, false),
        Some(rest) => {
            let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            (rest.len() > after.len()).then_some((after, true))?
        }
    };
    let (offset, mut departure) = offset(zone)?;
    if has_fraction {
        departure = departure.or(Some("a fraction of a second; the whole second was read"));
    }
    if civil.year() >= FIRST_STRANGE_YEAR {
        departure = Some("a year far ahead, perhaps of another calendar; read as it stands");
    }
    let at = offset.to_timestamp(civil).ok();
    if at.is_none() {
        departure = Some("a time beyond 9999-12-30T22:00:00Z; read as that one");
    }
    Some(Time { at: at.unwrap_or(LAST), departure, is_clamped: at.is_none() })
}

/// Reads `YYYY-MM-DDThh:mm:ss`, where `24:00:00` is the beginning of the next day.
fn civil(text: &[u8]) -> Option<DateTime> {
    let [y1, y2, y3, y4, b'-', mo1, mo2, b'-', d1, d2, b'T', h1, h2, b':', mi1, mi2, b':', s1, s2] =
        text
    else {
        return None;
    };
    let two = |tens: &u8, ones: &u8| {
        let both = tens.is_ascii_digit() && ones.is_ascii_digit();
        both.then(|| i8::try_from((tens - b'0') * 10 + (ones - b'0')).ok()).flatten()
    };
    let year = i16::from(two(y1, y2)?) * 100 + i16::from(two(y3, y4)?);
    let (month, day) = (two(mo1, mo2)?, two(d1, d2)?);
    match (two(h1, h2)?, two(mi1, mi2)?, two(s1, s2)?) {
        (24, 0, 0) => {
            let midnight = DateTime::new(year, month, day, 0, 0, 0, 0).ok()?;
            Some(midnight.saturating_add(SignedDuration::from_hours(24)))
        }
        (hour, minute, second) => DateTime::new(year, month, day, hour, minute, second, 0).ok(),
    }
}

/// Reads what follows the seconds.
fn offset(text: &str) -> Option<(Offset, Option<&'static str>)> {
    match text.as_bytes() {
        [] => Some((Offset::UTC, Some("no offset; read as UTC"))),
        b"Z" | b"z" => Some((Offset::UTC, Some("`Z`; read as UTC, as `-00:00` would be"))),
        [sign, h1, h2, b':', m1, m2] => Some((signed(*sign, [*h1, *h2, *m1, *m2])?, None)),
        [sign, h1, h2, m1, m2] => {
            let offset = signed(*sign, [*h1, *h2, *m1, *m2])?;
            Some((offset, Some("an offset without colon; read as if it had one")))
        }
        _ => None,
    }
}

fn signed(sign: u8, digits: [u8; 4]) -> Option<Offset> {
    let sign = match sign {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let [h1, h2, m1, m2] = digits.map(|d| d.is_ascii_digit().then(|| i32::from(d - b'0')));
    let (hours, minutes) = (h1? * 10 + h2?, m1? * 10 + m2?);
    // XML Schema part 2 section 3.2.7.3 bounds offsets at 14 hours.
    let in_range = minutes < 60 && hours * 60 + minutes <= 14 * 60;
    in_range.then(|| Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok()).flatten()
}
