//! Recurrence rules, with the examples of RFC 5545 section 3.8.5.3.

#![expect(clippy::unwrap_used, reason = "a test may fall over")]

use jiff::tz::TimeZone;
use muster_ical::{Window, read};

/// The days on which an event in New York begins, by month, within 1997 to 2000.
fn days(start: &str, more: &str) -> String {
    let file = format!(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=America/New_York:{start}\nDURATION:PT1H\n{more}\nEND:VEVENT\nEND:VCALENDAR\n"
    );
    let window = Window {
        from: "1997-01-01T00:00:00Z".parse().unwrap(),
        to: "2000-12-31T00:00:00Z".parse().unwrap(),
    };
    let calendar = read(file.as_bytes(), window, &TimeZone::UTC).unwrap();
    assert_eq!(calendar.warnings, []);
    let zone = TimeZone::get("America/New_York").unwrap();
    let days: Vec<_> = calendar
        .shifts
        .iter()
        .take(12)
        .map(|shift| zone.to_datetime(shift.from).strftime("%y%m%d-%H%M").to_string())
        .collect();
    days.join(" ")
}

#[test]
fn the_examples_of_the_standard_come_out_as_it_says() {
    let start = "19970902T090000";
    let daily = days(start, "RRULE:FREQ=DAILY;COUNT=3");
    assert_eq!(daily, "970902-0900 970903-0900 970904-0900");
    let until = days(start, "RRULE:FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH");
    assert_eq!(
        until,
        "970902-0900 970904-0900 970909-0900 970911-0900 970916-0900 970918-0900 970923-0900 \
         970925-0900 970930-0900 971002-0900"
    );
    let every_other =
        days("19970901T090000", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=6;WKST=SU;BYDAY=MO,WE,FR");
    assert_eq!(
        every_other,
        "970901-0900 970903-0900 970905-0900 970915-0900 970917-0900 970919-0900"
    );
    let first_friday = days("19970905T090000", "RRULE:FREQ=MONTHLY;COUNT=4;BYDAY=1FR");
    assert_eq!(first_friday, "970905-0900 971003-0900 971107-0900 971205-0900");
    let second_last_monday = days("19970922T090000", "RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=-2MO");
    assert_eq!(second_last_monday, "970922-0900 971020-0900 971117-0900");
    let third_to_last = days("19970928T090000", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=4");
    assert_eq!(third_to_last, "970928-0900 971029-0900 971128-0900 971229-0900");
    let last_weekday =
        days("19970930T090000", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3");
    assert_eq!(last_weekday, "970930-0900 971031-0900 971128-0900");
    let thirteenth = days("19980213T090000", "RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=4");
    assert_eq!(thirteenth, "980213-0900 980313-0900 981113-0900 990813-0900");
    let year_days =
        days("19970101T090000", "RRULE:FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200");
    assert_eq!(year_days, "970101-0900 970410-0900 970719-0900 000101-0900");
    let monday_20 = days("19970519T090000", "RRULE:FREQ=YEARLY;BYDAY=20MO;COUNT=3");
    assert_eq!(monday_20, "970519-0900 980518-0900 990517-0900");
    let in_march = days("19970313T090000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=4");
    assert_eq!(in_march, "970313-0900 970320-0900 970327-0900 980305-0900");
    let election = days(
        "19961105T090000",
        "RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
    );
    assert_eq!(election, "001107-0900");
    let hours = days(start, "RRULE:FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z");
    assert_eq!(hours, "970902-0900 970902-1200 970902-1500");
    let by_hour = days(start, "RRULE:FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,30;COUNT=5");
    assert_eq!(by_hour, "970902-0900 970902-0930 970902-1000 970902-1030 970903-0900");
    let week_start = |day| {
        days(
            "19970805T090000",
            &format!("RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST={day}"),
        )
    };
    assert_eq!(week_start("MO"), "970805-0900 970810-0900 970819-0900 970824-0900");
    assert_eq!(week_start("SU"), "970805-0900 970817-0900 970819-0900 970831-0900");
    let short_months = days("19980131T090000", "RRULE:FREQ=MONTHLY;COUNT=3");
    assert_eq!(short_months, "980131-0900 980331-0900 980531-0900");
    let leap = days("19960229T090000", "RRULE:FREQ=YEARLY;COUNT=2");
    assert_eq!(leap, "000229-0900");
}

#[test]
fn dates_are_added_and_taken_out() {
    let more = "RDATE;TZID=America/New_York:19970910T090000,19970911T090000\nRDATE;VALUE=PERIOD:19970912T130000Z/PT2H\nEXDATE;VALUE=DATE:19970903\nRRULE:FREQ=DAILY;COUNT=3";
    assert_eq!(
        days("19970902T090000", more),
        "970902-0900 970904-0900 970910-0900 970911-0900 970912-0900"
    );
}
