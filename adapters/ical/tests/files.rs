//! Files in the dialects of calendar programs, read as their makers mean them.

#![expect(clippy::unwrap_used, reason = "a test may fall over")]

use jiff::tz::TimeZone;
use muster_ical::{Calendar, Unreadable, Window, limits, read};

fn of(file: &[u8], from: &str, to: &str) -> Calendar {
    let window = Window { from: from.parse().unwrap(), to: to.parse().unwrap() };
    read(file, window, &TimeZone::get("America/New_York").unwrap()).unwrap()
}

/// A calendar in words, one line a shift or warning.
fn told(calendar: &Calendar) -> String {
    let mut told = format!("{}\n", calendar.name.as_deref().unwrap_or("no name"));
    for shift in &calendar.shifts {
        let day = if shift.all_day { " all day" } else { "" };
        told += &format!("{} {} {}{day}", shift.from, shift.to, shift.summary);
        for attendee in &shift.attendees {
            told += &format!(" [{} {}]", attendee.name.as_deref().unwrap_or("-"), attendee.address);
        }
        told += "\n";
    }
    for warning in &calendar.warnings {
        told += &format!("line {}: {}\n", warning.line, warning.says);
    }
    told
}

#[test]
fn google_with_an_exception_a_moved_occurrence_and_an_alarm() {
    let file = include_bytes!("files/google.ics");
    insta::assert_snapshot!(told(&of(file, "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z")), @"
    Harbor Fire duty
    2026-10-19T12:00:00Z 2026-10-26T12:00:00Z Duty officer: Sam [Sam Ortiz sam@harbor.example]
    2026-11-03T15:00:00Z 2026-11-09T13:00:00Z Duty officer: Sam (late)
    2026-11-26T05:00:00Z 2026-11-27T05:00:00Z Duty officer: Lou, all day all day
    2026-11-30T13:00:00Z 2026-12-07T13:00:00Z Duty officer: Sam [Sam Ortiz sam@harbor.example]
    ");
}

#[test]
fn outlook_with_windows_names_windows_letters_and_clocks_that_go_back() {
    let file = include_bytes!("files/outlook.ics");
    insta::assert_snapshot!(told(&of(file, "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z")), @"
    no name
    2026-10-23T17:00:00Z 2026-10-24T05:00:00Z Bereitschaft Müller
    2026-10-24T17:00:00Z 2026-10-25T06:00:00Z Bereitschaft Müller
    2026-10-25T18:00:00Z 2026-10-26T06:00:00Z Bereitschaft Müller
    2026-10-26T18:00:00Z 2026-10-27T06:00:00Z Bereitschaft Müller
    line 30: the text is not UTF-8 and was read as Windows-1252
    ");
}

#[test]
fn exchange_with_a_time_zone_of_its_own() {
    let file = include_bytes!("files/exchange_custom_zone.ics");
    insta::assert_snapshot!(told(&of(file, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")), @"
    Plant duty
    2026-03-07T13:00:00Z 2026-03-08T12:00:00Z Lee
    2026-03-08T12:00:00Z 2026-03-09T12:00:00Z Lee
    2026-03-09T12:00:00Z 2026-03-10T12:00:00Z Lee
    2026-03-10T12:00:00Z 2026-03-11T14:00:00Z Kim
    2026-03-11T12:00:00Z 2026-03-11T14:00:00Z Nobody knows where
    line 37: the time zone `Mars Standard Time` is not known; times are read as local
    line 38: the time zone `Mars Standard Time` is not known; times are read as local
    ");
}

#[test]
fn apple_without_explanations_of_its_time_zones() {
    let file = include_bytes!("files/apple.ics");
    insta::assert_snapshot!(told(&of(file, "2026-05-01T00:00:00Z", "2027-01-01T00:00:00Z")), @"
    Bereitschaft
    2026-05-31T18:00:00Z 2026-06-01T06:00:00Z Nacht: Jürgen 🚒
    2026-06-28T18:00:00Z 2026-06-29T06:00:00Z Nacht: Jürgen 🚒
    2026-07-10T13:00:00Z 2026-07-10T21:00:00Z Floating day watch
    2026-07-11T07:00:00Z 2026-07-11T15:00:00Z Evolution
    2026-07-12T04:00:00Z 2026-07-13T04:00:00Z Whole day all day
    2026-07-26T18:00:00Z 2026-07-27T06:00:00Z Nacht: Jürgen 🚒
    2026-09-27T18:00:00Z 2026-09-28T06:00:00Z Nacht: Jürgen 🚒
    ");
}

#[test]
fn pagerduty_and_opsgenie_with_each_shift_by_itself() {
    let pagerduty =
        of(include_bytes!("files/pagerduty.ics"), "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z");
    let opsgenie =
        of(include_bytes!("files/opsgenie.ics"), "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z");
    insta::assert_snapshot!(told(&pagerduty) + &told(&opsgenie), @"
    On Call Schedule for Sam Ortiz
    2026-05-04T12:00:00Z 2026-05-11T12:00:00Z On Call - Sam Ortiz - Primary [- sam@harbor.example]
    2026-05-11T12:00:00Z 2026-05-18T12:00:00Z On Call - Lee Chan - Primary [- lee@harbor.example]
    Network duty
    2026-05-04T06:00:00Z 2026-05-04T18:00:00Z sam@harbor.example
    2026-05-04T18:00:00Z 2026-05-05T06:00:00Z lee@harbor.example
    ");
}

#[test]
fn a_broken_file_gives_what_it_can_and_says_what_it_cannot() {
    let file = include_bytes!("files/broken.ics");
    insta::assert_snapshot!(told(&of(file, "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z")), @"
    no name
    2026-05-05T06:00:00Z 2026-05-05T07:00:00Z Odd
    line 3: the line has no `:` and was passed over
    line 33: something ends that has not begun
    line 34: the file ends within this event, which was passed over
    line 10: the event has no usable `DTSTART` and was passed over
    line 19: `BYWEEKNO=20` is not followed; the event does not recur here
    line 31: `20261305T060000Z` is no time
    line 28: the event has no usable `DTSTART` and was passed over
    line 4: the event does not end after it begins and was passed over
    line 21: the calendar recurs too often; later shifts are left out
    ");
}

#[test]
fn utf_16_and_old_ends_of_lines_are_read() {
    let text = "BEGIN:VCALENDAR\rBEGIN:VEVENT\rUID:1\rSUMMARY:Zoë\rDTSTART:20260504T080000Z\rDURATION:PT1H\rEND:VEVENT\rEND:VCALENDAR\r";
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let calendar = of(&bytes, "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z");
    assert_eq!((calendar.shifts[0].summary.as_str(), calendar.warnings.len()), ("Zoë", 0));
}

#[test]
fn what_is_no_calendar_is_refused() {
    let window = Window { from: jiff::Timestamp::MIN, to: jiff::Timestamp::MAX };
    let refused = |bytes: &[u8]| read(bytes, window, &TimeZone::UTC).unwrap_err();
    assert_eq!(refused(b"<html></html>"), Unreadable::NoCalendar);
    assert_eq!(refused(b""), Unreadable::NoCalendar);
    let large = vec![b'x'; limits::BYTES_MAX + 1];
    assert_eq!(refused(&large), Unreadable::TooLarge { bytes: large.len() });
    let many = "BEGIN:VEVENT\nDTSTART:20260504\nEND:VEVENT\n".repeat(limits::EVENTS_MAX + 1);
    let many = format!("BEGIN:VCALENDAR\n{many}END:VCALENDAR");
    assert_eq!(refused(many.as_bytes()), Unreadable::TooManyEvents);
}
