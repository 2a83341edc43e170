//! Time zones by whatever name a program gives them.
//!
//! A `TZID` is a name that the file explains in a `VTIMEZONE`; in practice it is an IANA name, one
//! with something before it, or a Windows name, and the explanation is often cut, wrong for past
//! years or missing. So the name is believed first and the explanation only where the name says
//! nothing.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::lines::Line;
use crate::windows;

/// The time zones of one file.
#[derive(Debug, Default)]
pub(crate) struct Zones {
    explained: BTreeMap<String, TimeZone>,
}

/// A `VTIMEZONE` as it is read.
#[derive(Debug, Default)]
pub(crate) struct Explanation {
    name: String,
    location: Option<String>,
    parts: Vec<Part>,
}

/// A `STANDARD` or `DAYLIGHT` part of it.
#[derive(Clone, Debug, Default)]
struct Part {
    daylight: bool,
    start: String,
    offset: Option<i32>,
    rule: Option<String>,
}

impl Explanation {
    /// Begins a part.
    pub(crate) fn part(&mut self, daylight: bool) {
        self.parts.push(Part { daylight, ..Part::default() });
    }

    /// Takes in one line of it.
    pub(crate) fn take(&mut self, line: &Line) {
        let value = line.value.trim();
        match (line.name.as_str(), self.parts.last_mut()) {
            ("TZID", None) => value.clone_into(&mut self.name),
            ("X-LIC-LOCATION", _) => self.location = Some(value.to_owned()),
            ("DTSTART", Some(part)) => value.clone_into(&mut part.start),
            ("TZOFFSETTO", Some(part)) => part.offset = offset(value),
            ("RRULE", Some(part)) => part.rule = Some(value.to_ascii_uppercase()),
            _ => {}
        }
    }

    /// The zone that it explains, by its last rules for winter and summer.
    fn zone(&self) -> Option<TimeZone> {
        let named = self.location.as_deref().and_then(by_name);
        named.or_else(|| by_windows_name(&self.name)).or_else(|| {
            let last = |daylight| {
                let parts = self.parts.iter().filter(|part| part.daylight == daylight);
                parts.max_by_key(|part| part.start.clone())
            };
            let standard = last(false).or_else(|| last(true))?;
            let fixed = format!("<STD>{}", posix_offset(standard.offset?));
            let summer = last(true).filter(|_| standard.daylight.eq(&false));
            let both = summer.and_then(|summer| {
                let daylight = format!("<DST>{}", posix_offset(summer.offset?));
                let (begins, ends) = (posix_rule(summer)?, posix_rule(standard)?);
                TimeZone::posix(&format!("{fixed}{daylight},{begins},{ends}")).ok()
            });
            both.or_else(|| TimeZone::posix(&fixed).ok())
        })
    }
}

impl Zones {
    /// Keeps what a file explains.
    pub(crate) fn explain(&mut self, explanation: &Explanation) {
        if let Some(zone) = explanation.zone() {
            self.explained.insert(explanation.name.clone(), zone);
        }
    }

    /// The zone that a name means.
    pub(crate) fn find(&self, name: &str) -> Option<TimeZone> {
        let name = name.trim().trim_matches('"');
        by_name(name)
            .or_else(|| by_windows_name(name))
            .or_else(|| self.explained.get(name).cloned())
    }
}

/// The zone with an IANA name, also behind a prefix such as `/freeassociation.sourceforge.net/`.
pub(crate) fn by_name(name: &str) -> Option<TimeZone> {
    static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
    let mut rest = name.trim_start_matches('/');
    // A prefix is only looked behind where the rest is still an area and a place.
    loop {
        if let Ok(zone) = ZONES.get(rest) {
            return Some(zone);
        }
        rest = rest.split_once('/').map(|(_, rest)| rest).filter(|rest| rest.contains('/'))?;
    }
}

/// The zone with a Windows name, in whichever case.
fn by_windows_name(name: &str) -> Option<TimeZone> {
    by_name(windows::iana(name)?)
}

/// `-0500` or `+053000` in seconds.
fn offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("-", digits) => (-1, digits),
        ("+", digits) => (1, digits),
        _ => (1, text),
    };
    let part = |at: usize| digits.get(at..at + 2).map_or(Some(0), |two| two.parse::<i32>().ok());
    let seconds = part(0)? * 3_600 + part(2)? * 60 + part(4)?;
    (digits.len() >= 4 && seconds <= 86_400).then_some(sign * seconds)
}

/// POSIX counts offsets the other way round.
fn posix_offset(seconds: i32) -> String {
    let (sign, seconds) = if seconds > 0 { ("-", seconds) } else { ("", -seconds) };
    format!("{sign}{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// `M3.2.0/2` for a rule such as `FREQ=YEARLY;BYMONTH=3;BYDAY=2SU` that begins at two o'clock.
fn posix_rule(part: &Part) -> Option<String> {
    let rule = part.rule.as_deref()?;
    let field = |name: &str| {
        rule.split(';').filter_map(|field| field.split_once('=')).find(|(key, _)| *key == name)
    };
    let day = field("BYDAY")?.1;
    let (number, day) = day.split_at_checked(day.len().checked_sub(2)?)?;
    let days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
    let day = days.iter().position(|known| *known == day)?;
    let month: u8 = field("BYMONTH")?.1.parse().ok()?;
    let week = match number.parse::<i8>() {
        Ok(-1) => 5,
        Ok(number @ 1..=4) => number,
        Ok(_) => return None,
        // Some name the first seven days, the second seven, and so on, without a number.
        Err(_) => field("BYMONTHDAY")?.1.split(',').next()?.parse::<i8>().ok()? / 7 + 1,
    };
    let time = part.start.get(9..13).unwrap_or("0200");
    let (hour, minute) = time.split_at_checked(2)?;
    Some(format!("M{month}.{week}.{day}/{}:{minute}:00", hour.parse::<u8>().ok()?))
}
