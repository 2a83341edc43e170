//! What is written reads back, and nothing that is read can bring the reader down.

#![expect(clippy::unwrap_used, reason = "a test may fall over")]

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use muster_ical::{Attendee, Outgoing, Shift, Window, limits, read, write};
use proptest::prelude::*;

fn shifts() -> impl Strategy<Value = Vec<Shift>> {
    let text = "[a-zA-Z0-9 ,;:\\\\\"^äß漢🚒\n-]{0,90}".prop_map(|text| text.trim().to_owned());
    let address = "[a-z]{1,8}@[a-z]{1,8}\\.example";
    let attendee = (proptest::option::of(text.clone()), address);
    let attendees = proptest::collection::vec(attendee, 0..3);
    let shift = (0..500_000_i64, 1..20_000_i64, text, attendees);
    proptest::collection::vec(shift, 0..20).prop_map(|all| {
        let mut shifts: Vec<_> =
            all.into_iter().enumerate().map(|(n, drawn)| made(n, drawn)).collect();
        shifts.sort();
        shifts
    })
}

/// A shift as it is drawn: its beginning and length in minutes, what it is called, and who.
type Drawn = (i64, i64, String, Vec<(Option<String>, String)>);

fn made(number: usize, (from, minutes, summary, attendees): Drawn) -> Shift {
    let start = moment(WINDOW.0);
    let attendee = |(name, address): (Option<String>, String)| {
        let name = name.map(|name| name.replace('\n', " ").trim().to_owned());
        Attendee { name, address }
    };
    Shift {
        from: start + from.minutes(),
        to: start + (from + minutes).minutes(),
        uid: format!("{number}@muster"),
        summary,
        attendees: attendees.into_iter().map(attendee).collect(),
        all_day: false,
    }
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const WINDOW: (&str, &str) = ("2026-01-01T00:00:00Z", "2027-06-01T00:00:00Z");

fn window() -> Window {
    Window { from: moment(WINDOW.0), to: moment(WINDOW.1) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_written_reads_back(shifts in shifts(), name in "[a-zA-Z ,;äß漢🚒-]{1,90}") {
        let stamped = "2026-01-01T00:00:00Z".parse().unwrap();
        let file = write(&Outgoing { name: &name, stamped, shifts: &shifts });
        prop_assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        let read = read(file.as_bytes(), window(), &TimeZone::UTC).unwrap();
        prop_assert_eq!(read.name.as_deref().unwrap_or_default(), name.trim());
        prop_assert_eq!(&read.shifts, &shifts);
        prop_assert_eq!(&read.warnings, &[]);
    }

    #[test]
    fn whatever_stands_in_a_file_is_read_or_refused(
        lines in proptest::collection::vec(
            prop_oneof![
                Just("BEGIN:VEVENT".to_owned()),
                Just("END:VEVENT".to_owned()),
                Just("BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nTZOFFSETTO:+9999".to_owned()),
                Just("END:VTIMEZONE".to_owned()),
                "DTSTART(;TZID=(X|UTC|Europe/Berlin))?:[12][0-9]{7}(T[0-9]{6}Z?)?",
                "DURATION:P[0-9TWDHMS]{0,8}",
                "RRULE:FREQ=(HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(;(INTERVAL|COUNT|BYDAY|BYMONTHDAY|BYSETPOS|BYYEARDAY|BYMONTH|BYHOUR|UNTIL)=[-0-9A-Z,]{0,12}){0,3}",
                "(EXDATE|RDATE|RECURRENCE-ID|DTEND):[0-9TZ,/]{0,20}",
                "\\PC{0,40}",
            ],
            0..30,
        ),
    ) {
        // A line that begins with a blank goes on with the one before, which must not be the first.
        let file = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}", lines.join("\r\n"));
        let read = read(file.as_bytes(), window(), &TimeZone::UTC).unwrap();
        prop_assert!(read.shifts.len() <= limits::SHIFTS_MAX);
        prop_assert!(read.shifts.iter().all(|shift| shift.from < shift.to));
        prop_assert!(read.warnings.len() <= limits::WARNINGS_MAX);
    }

    #[test]
    fn whatever_bytes_come_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, window(), &TimeZone::UTC);
        let _ = read(&[b"BEGIN:VCALENDAR\n".as_slice(), &bytes].concat(), window(), &TimeZone::UTC);
    }
}
