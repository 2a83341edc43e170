//! Events as they stand in a file, before they are expanded.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::limits::{ATTENDEES_MAX, DATES_MAX, EVENTS_MAX, TEXT_CHARS_MAX};
use crate::lines::Line;
use crate::rule::Rule;
use crate::zones::{Explanation, Zones};
use crate::{Attendee, Unreadable, Warnings};

/// A file as it stands.
#[derive(Debug, Default)]
pub(crate) struct File {
    pub(crate) name: Option<String>,
    pub(crate) events: Vec<Event>,
}

/// An event as it stands.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) line: usize,
    pub(crate) uid: String,
    pub(crate) sequence: u32,
    pub(crate) summary: String,
    pub(crate) attendees: Vec<Attendee>,
    pub(crate) cancelled: bool,
    pub(crate) start: When,
    pub(crate) length: Length,
    pub(crate) rule: Option<Rule>,
    pub(crate) more: Vec<When>,
    pub(crate) except: Vec<When>,
    /// Which occurrence of the event with the same id it takes the place of.
    pub(crate) replaces: Option<When>,
}

/// A time as it stands: on the wall of a zone, or a whole day there.
#[derive(Clone, Debug)]
pub(crate) struct When {
    pub(crate) civil: DateTime,
    pub(crate) zone: TimeZone,
    pub(crate) whole_day: bool,
}

/// How long an event takes: by the clock on the wall, then by a stop-watch.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Length {
    civil: SignedDuration,
    exact: SignedDuration,
}

impl When {
    /// The moment: as much later as clocks go forward where it does not exist, the first of two.
    pub(crate) fn moment(&self) -> Option<Timestamp> {
        self.zone.to_ambiguous_timestamp(self.civil).compatible().ok()
    }

    /// The same at another time on the same wall.
    pub(crate) fn at(&self, civil: DateTime) -> Self {
        Self { civil, ..self.clone() }
    }

    /// When something of this length is over that begins then.
    pub(crate) fn end(&self, length: Length) -> Option<Timestamp> {
        let civil = self.civil.checked_add(length.civil).ok()?;
        self.at(civil).moment()?.checked_add(length.exact).ok()
    }
}

/// How names are looked up while a file is read.
struct Reading<'r> {
    zones: Zones,
    home: TimeZone,
    warnings: &'r mut Warnings,
}

/// The events of a file.
pub(crate) fn events(
    lines: Vec<Line>,
    home: &TimeZone,
    warnings: &mut Warnings,
) -> Result<File, Unreadable> {
    let is_calendar =
        |line: &Line| line.name == "BEGIN" && line.value.trim().eq_ignore_ascii_case("VCALENDAR");
    if !lines.iter().any(is_calendar) {
        return Err(Unreadable::NoCalendar);
    }
    let mut file = File::default();
    let mut reading = Reading { zones: zones_of(&lines), home: home.clone(), warnings };
    let parts = parts_of(lines, reading.warnings)?;
    for line in &parts.calendar {
        match line.name.as_str() {
            "X-WR-CALNAME" | "NAME" => file.name = Some(cut(&line.text())),
            "X-WR-TIMEZONE" => match reading.zones.find(&line.value) {
                Some(zone) => reading.home = zone,
                None => reading.unknown_zone(line.number, &line.value),
            },
            _ => {}
        }
    }
    file.events = parts.events.iter().filter_map(|lines| reading.event(lines)).collect();
    Ok(file)
}

/// What a file explains of time zones.
fn zones_of(lines: &[Line]) -> Zones {
    let mut zones = Zones::default();
    let mut open: Option<Explanation> = None;
    for line in lines {
        let component = line.value.trim().to_ascii_uppercase();
        match (line.name.as_str(), component.as_str(), &mut open) {
            ("BEGIN", "VTIMEZONE", open) => *open = Some(Explanation::default()),
            ("END", "VTIMEZONE", open) => {
                if let Some(explanation) = open.take() {
                    zones.explain(&explanation);
                }
            }
            ("BEGIN", "STANDARD", Some(explanation)) => explanation.part(false),
            ("BEGIN", "DAYLIGHT", Some(explanation)) => explanation.part(true),
            (_, _, Some(explanation)) => explanation.take(line),
            _ => {}
        }
    }
    zones
}

/// The lines of the calendar itself and of each of its events.
struct Parts {
    calendar: Vec<Line>,
    events: Vec<Vec<Line>>,
}

fn parts_of(lines: Vec<Line>, warnings: &mut Warnings) -> Result<Parts, Unreadable> {
    let mut parts = Parts { calendar: Vec::new(), events: Vec::new() };
    let mut open: Vec<String> = Vec::new();
    let mut event: Vec<Line> = Vec::new();
    for line in lines {
        match line.name.as_str() {
            "BEGIN" => {
                let component = line.value.trim().to_ascii_uppercase();
                if component == "VEVENT" {
                    event.clear();
                    event.push(line);
                }
                open.push(component);
            }
            "END" => {
                let component = line.value.trim().to_ascii_uppercase();
                let Some(place) = open.iter().rposition(|name| *name == component) else {
                    warnings.add(line.number, "something ends that has not begun");
                    continue;
                };
                open.truncate(place);
                if component == "VEVENT" {
                    if parts.events.len() == EVENTS_MAX {
                        return Err(Unreadable::TooManyEvents);
                    }
                    parts.events.push(std::mem::take(&mut event));
                }
            }
            // An alarm within an event has its own times, which are none of the event's.
            _ => match open.last().map(String::as_str) {
                Some("VEVENT") => event.push(line),
                Some("VCALENDAR") => parts.calendar.push(line),
                _ => {}
            },
        }
    }
    if let Some(first) = event.first() {
        warnings.add(first.number, "the file ends within this event, which was passed over");
    }
    Ok(parts)
}

impl Reading<'_> {
    fn event(&mut self, lines: &[Line]) -> Option<Event> {
        let line = lines.first()?.number;
        let find = |name: &str| lines.iter().find(|line| line.name == name);
        let all = |name: &'static str| lines.iter().filter(move |line| line.name == name);
        let text = |name: &str| find(name).map(|line| cut(&line.text()));
        let Some(start) = find("DTSTART").and_then(|line| self.times(line).pop()) else {
            self.warnings.add(line, "the event has no usable `DTSTART` and was passed over");
            return None;
        };
        let length = self.length(&start, find("DTEND"), find("DURATION"));
        let rules: Vec<_> = all("RRULE").collect();
        if rules.len() > 1 {
            self.warnings.add(line, "the event has several rules; only the first is followed");
        }
        let rule = rules.first().and_then(|line| self.rule(line, &start));
        if find("EXRULE").is_some() {
            self.warnings.add(line, "`EXRULE` is not followed; its times are not taken out");
        }
        let replaces = find("RECURRENCE-ID");
        if replaces.is_some_and(|line| line.parameter("RANGE").is_some()) {
            self.warnings.add(line, "`RANGE` is not followed; only this occurrence changes");
        }
        let replaces = replaces.and_then(|line| self.times(line).pop());
        let mut several = |name: &'static str| -> Vec<When> {
            all(name).flat_map(|line| self.times(line)).take(DATES_MAX).collect()
        };
        let (more, except) = (several("RDATE"), several("EXDATE"));
        let cancelled = |line: &Line| line.value.trim().eq_ignore_ascii_case("CANCELLED");
        Some(Event {
            line,
            uid: text("UID").unwrap_or_else(|| format!("line-{line}")),
            sequence: find("SEQUENCE").and_then(|l| l.value.trim().parse().ok()).unwrap_or(0),
            summary: text("SUMMARY").unwrap_or_default(),
            attendees: all("ATTENDEE").take(ATTENDEES_MAX).map(attendee).collect(),
            cancelled: find("STATUS").is_some_and(cancelled),
            start,
            length,
            rule,
            more,
            except,
            replaces,
        })
    }

    /// The times in a line: one, or several with commas between them.
    fn times(&mut self, line: &Line) -> Vec<When> {
        let zone = match line.parameter("TZID") {
            None => self.home.clone(),
            Some(name) => self.zones.find(name).unwrap_or_else(|| {
                self.unknown_zone(line.number, name);
                self.home.clone()
            }),
        };
        let mut times = Vec::new();
        for text in line.value.split(',') {
            // Of a period only its beginning is looked at; it takes as long as the event.
            let text = text.split('/').next().unwrap_or_default().trim();
            match when(text, &zone) {
                Some(when) => times.push(when),
                None => self.warnings.add(line.number, format!("`{}` is no time", cut(text))),
            }
        }
        times
    }

    fn length(&mut self, start: &When, end: Option<&Line>, duration: Option<&Line>) -> Length {
        if let Some(end) = end.and_then(|line| self.times(line).pop()) {
            if start.zone == end.zone {
                let civil = end.civil.duration_since(start.civil);
                return Length { civil, ..Length::default() };
            }
            let exact =
                end.moment().zip(start.moment()).map(|(end, start)| end.duration_since(start));
            return Length { exact: exact.unwrap_or_default(), ..Length::default() };
        }
        match duration.map(|line| (line.number, length(line.value.trim()))) {
            Some((_, Some(length))) => length,
            Some((number, None)) => {
                self.warnings.add(number, "the duration cannot be read");
                Length::default()
            }
            None if start.whole_day => {
                Length { civil: SignedDuration::from_hours(24), ..Length::default() }
            }
            None => Length::default(),
        }
    }

    fn rule(&mut self, line: &Line, start: &When) -> Option<Rule> {
        match Rule::parse(&line.value, start) {
            Ok(rule) => Some(rule),
            Err(part) => {
                let says =
                    format!("`{}` is not followed; the event does not recur here", cut(&part));
                self.warnings.add(line.number, says);
                None
            }
        }
    }

    fn unknown_zone(&mut self, line: usize, name: &str) {
        let says = format!("the time zone `{}` is not known; times are read as local", cut(name));
        self.warnings.add(line, says);
    }
}

fn attendee(line: &Line) -> Attendee {
    let value = line.value.trim();
    let is_mail = value.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    let address = if is_mail { value.get(7..).unwrap_or_default() } else { value };
    Attendee { name: line.parameter("CN").map(cut), address: cut(address) }
}

fn cut(text: &str) -> String {
    text.trim().chars().take(TEXT_CHARS_MAX).collect()
}

/// `20260504`, `20260504T080000` or `20260504T120000Z`.
pub(crate) fn when(text: &str, zone: &TimeZone) -> Option<When> {
    let (day, time) = text.split_once(['T', 't']).map_or((text, None), |(d, t)| (d, Some(t)));
    let number =
        |text: Option<&str>| text.filter(|t| t.bytes().all(|b| b.is_ascii_digit()))?.parse().ok();
    let year: i16 = number(day.get(..4))?;
    let part =
        |text: &str, at: usize| number(text.get(at..at + 2)).and_then(|n| i8::try_from(n).ok());
    let date = Date::new(year, part(day, 4)?, part(day, 6)?).ok()?;
    if day.len() != 8 || !(1900..=2300).contains(&year) {
        return None;
    }
    let Some(time) = time else {
        let civil = date.to_datetime(Time::midnight());
        return Some(When { civil, zone: zone.clone(), whole_day: true });
    };
    let (time, utc) = time.strip_suffix(['Z', 'z']).map_or((time, false), |time| (time, true));
    // The standard knows no time without seconds; some programs write one.
    let seconds = if time.len() == 4 { 0 } else { part(time, 4)?.min(59) };
    let civil = date.to_datetime(Time::new(part(time, 0)?, part(time, 2)?, seconds, 0).ok()?);
    let zone = if utc { TimeZone::UTC } else { zone.clone() };
    Some(When { civil, zone, whole_day: false })
}

/// `P1W`, `P1DT12H`, `PT30M`: weeks and days by the wall, the rest by a stop-watch.
fn length(text: &str) -> Option<Length> {
    let rest = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let (mut civil, mut exact, mut digits, mut in_time) = (0_i64, 0_i64, String::new(), false);
    for char in rest.chars() {
        let mut number =
            || std::mem::take(&mut digits).parse::<i64>().ok().filter(|n| *n < 1_000_000);
        match (char, in_time) {
            ('0'..='9', _) => digits.push(char),
            ('T', false) => in_time = true,
            ('W', false) => civil += number()? * 7 * 86_400,
            ('D', false) => civil += number()? * 86_400,
            ('H', true) => exact += number()? * 3_600,
            ('M', true) => exact += number()? * 60,
            ('S', true) => exact += number()?,
            _ => return None,
        }
    }
    let (civil, exact) = (SignedDuration::from_secs(civil), SignedDuration::from_secs(exact));
    digits.is_empty().then_some(Length { civil, exact })
}
