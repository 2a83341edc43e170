//! Calendars (iCalendar, RFC 5545) as shifts: who is on call from when to when.
//!
//! [`read()`] takes the files of calendar programs as they are, expands what recurs within a window,
//! and says in warnings what it could not follow. [`write()`] makes a calendar that they all read. It
//! is a codec: no file is opened and no clock is read here.
//!
//! ```
//! # use muster_ical::{Window, read};
//! let file = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Sam\r\n\
//!     DTSTART;TZID=Eastern Standard Time:20260504T080000\r\nDURATION:P1D\r\n\
//!     RRULE:FREQ=DAILY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
//! let window = Window {
//!     from: "2026-05-01T00:00:00Z".parse().unwrap(),
//!     to: "2026-06-01T00:00:00Z".parse().unwrap(),
//! };
//! let calendar = read(file, window, &jiff::tz::TimeZone::UTC).unwrap();
//! assert_eq!(calendar.shifts.len(), 3);
//! assert_eq!(calendar.shifts[0].from.to_string(), "2026-05-04T12:00:00Z");
//! ```

mod event;
pub mod limits;
mod lines;
mod occurrences;
mod rule;
mod windows;
mod write;
mod zones;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use write::{Outgoing, write};

/// What a file says, as far as it touches the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// What its makers call it (`X-WR-CALNAME` or `NAME`).
    pub name: Option<String>,
    /// The shifts that touch the window, in order of their beginning.
    pub shifts: Vec<Shift>,
    /// What could not be followed, the first [`limits::WARNINGS_MAX`].
    pub warnings: Vec<Warning>,
}

/// One occurrence of one event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shift {
    /// Since when.
    pub from: Timestamp,
    /// Until when; later than `from`.
    pub to: Timestamp,
    /// The id of the event, which all its occurrences share.
    pub uid: String,
    /// What it is called, in one line or more.
    pub summary: String,
    /// Who takes part.
    pub attendees: Vec<Attendee>,
    /// Whether it is for whole days.
    pub all_day: bool,
}

/// Somebody who takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attendee {
    /// What they are called (`CN`).
    pub name: Option<String>,
    /// Their mailbox, or another address, without `mailto:`.
    pub address: String,
}

/// What could not be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The line of the file, counted from 1.
    pub line: usize,
    /// What it was and what was done about it, in a sentence.
    pub says: String,
}

/// The time within which events are expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
}

/// A file that is no calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The file is over its bound.
    #[error("the calendar has {bytes} bytes and may have {most}; export a shorter time", most = limits::BYTES_MAX)]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// There is no calendar in it.
    #[error("this is not a calendar: there is no line `BEGIN:VCALENDAR`")]
    NoCalendar,
    /// There are too many events in it.
    #[error("the calendar has more than {most} events; export a shorter time", most = limits::EVENTS_MAX)]
    TooManyEvents,
}

/// Reads a calendar. Times without a time zone, and whole days, are read in `home`, unless the
/// calendar names its own time zone (`X-WR-TIMEZONE`).
///
/// # Errors
/// [`Unreadable`] when it is no calendar or too large; everything else is a warning.
pub fn read(bytes: &[u8], window: Window, home: &TimeZone) -> Result<Calendar, Unreadable> {
    if bytes.len() > limits::BYTES_MAX {
        return Err(Unreadable::TooLarge { bytes: bytes.len() });
    }
    let mut warnings = Warnings::default();
    let file = event::events(lines::lines(bytes, &mut warnings), home, &mut warnings)?;
    let shifts = occurrences::shifts(&file.events, window, &mut warnings);
    Ok(Calendar { name: file.name, shifts, warnings: warnings.0 })
}

/// Warnings as they come, up to the bound.
#[derive(Debug, Default)]
struct Warnings(Vec<Warning>);

impl Warnings {
    fn add(&mut self, line: usize, says: impl Into<String>) {
        let warning = Warning { line, says: says.into() };
        if self.0.len() < limits::WARNINGS_MAX && !self.0.contains(&warning) {
            self.0.push(warning);
        }
    }
}
