//! Writing calendars that every program reads: all times in UTC, nothing that recurs.

use jiff::Timestamp;

use crate::Shift;

/// A calendar to be written.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'c> {
    /// What it is called.
    pub name: &'c str,
    /// When what it says was current.
    pub stamped: Timestamp,
    /// Its shifts. The `uid` of each is its own; the same shift keeps it in later files, so that
    /// programs that follow the calendar change the entry instead of adding one.
    pub shifts: &'c [Shift],
}

/// The file, in UTF-8 with CRLF at the end of each line, folded at 75 bytes (section 3.1).
#[must_use]
pub fn write(calendar: &Outgoing<'_>) -> String {
    let mut file = String::new();
    let mut line = |text: &str| fold(&mut file, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Muster//On-call schedules//EN");
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    line(&format!("X-WR-CALNAME:{}", escaped(calendar.name)));
    for shift in calendar.shifts {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}", escaped(&shift.uid)));
        line(&format!("DTSTAMP:{}", utc(calendar.stamped)));
        line(&format!("DTSTART:{}", utc(shift.from)));
        line(&format!("DTEND:{}", utc(shift.to)));
        line(&format!("SUMMARY:{}", escaped(&shift.summary)));
        for attendee in &shift.attendees {
            let name = attendee.name.as_deref().map(quoted).unwrap_or_default();
            let address = attendee.address.replace(['\r', '\n'], "");
            line(&format!("ATTENDEE{name}:mailto:{address}"));
        }
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    file
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A parameter with a name of somebody, which RFC 6868 lets hold anything.
fn quoted(name: &str) -> String {
    let name = name.replace('^', "^^").replace('"', "^'").replace('\n', "^n").replace('\r', "");
    format!(";CN=\"{name}\"")
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

fn fold(file: &mut String, text: &str) {
    const BYTES_MAX: usize = 75;
    let mut length = 0;
    for char in text.chars() {
        if length + char.len_utf8() > BYTES_MAX {
            file.push_str("\r\n ");
            length = 1;
        }
        file.push(char);
        length += char.len_utf8();
    }
    file.push_str("\r\n");
}
