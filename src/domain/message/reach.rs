//! How a person can be reached, as far as it may stand in the log: the ways, and not the addresses.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _, Zoned};
use serde::{Deserialize, Serialize};

/// A way to reach people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// A short message to a telephone.
    Sms,
    /// A call that reads the message aloud.
    Voice,
    /// An e-mail.
    Email,
    /// A notification in a browser.
    WebPush,
    /// A device or siren that listens to a broker.
    Mqtt,
    /// Another system, by HTTP.
    Webhook,
}

/// The ways in which a person can be reached, in the order that they prefer.
///
/// The addresses themselves are sealed; these stand in the log, so that who can be reached is a
/// question that everybody who may ask it gets the same answer to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reachability {
    /// The channels for which an address is known, the first one first.
    pub channels: Vec<Channel>,
    /// The language that they read best, a BCP 47 tag; the sender's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// When they are not to be disturbed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<QuietHours>,
}

/// A time of each day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// Their beginning.
    pub from: Time,
    /// Their end, on the next day where it is earlier than the beginning.
    pub until: Time,
    /// The time zone of both, an IANA name.
    pub zone: String,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 6] =
        [Self::Sms, Self::Voice, Self::Email, Self::WebPush, Self::Mqtt, Self::Webhook];

    /// The name for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "SMS",
            Self::Voice => "voice call",
            Self::Email => "e-mail",
            Self::WebPush => "web push",
            Self::Mqtt => "MQTT",
            Self::Webhook => "webhook",
        }
    }
}

impl QuietHours {
    /// When the quiet hours that go on at a moment end; none outside of them.
    #[must_use]
    pub fn end_after(&self, now: Timestamp) -> Option<Timestamp> {
        let zone = TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC);
        let here = now.to_zoned(zone);
        let time = here.time();
        let over_midnight = self.until <= self.from;
        let quiet = if over_midnight {
            time >= self.from || time < self.until
        } else {
            (self.from..self.until).contains(&time)
        };
        if !quiet || self.from == self.until {
            return None;
        }
        let tomorrow = over_midnight && time >= self.from;
        let day: Zoned = if tomorrow { here.checked_add(1.day()).ok()? } else { here };
        let end = day.datetime().date().to_datetime(self.until);
        let end = day.time_zone().to_ambiguous_timestamp(end);
        // Where the clock is put forward over the end, that is the moment after the gap. Where it is
        // put back, the first of two equal times may be past already.
        let end = [end.compatible(), end.later()].into_iter().flatten();
        end.filter(|end| *end > now).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quiet(from: &str, until: &str, zone: &str) -> QuietHours {
        let (from, until) = (from.parse().unwrap(), until.parse().unwrap());
        QuietHours { from, until, zone: zone.to_owned() }
    }

    fn end(hours: &QuietHours, now: &str) -> Option<String> {
        hours.end_after(now.parse().unwrap()).map(|end| end.to_string())
    }

    #[test]
    fn quiet_hours_end_in_the_morning_by_the_clock_on_the_wall() {
        let night = quiet("22:00", "06:00", "America/New_York");
        // The evening before the clock is put forward, and after midnight of that night.
        assert_eq!(end(&night, "2026-03-08T03:30:00Z").unwrap(), "2026-03-08T10:00:00Z");
        assert_eq!(end(&night, "2026-03-08T06:30:00Z").unwrap(), "2026-03-08T10:00:00Z");
        // A winter night.
        assert_eq!(end(&night, "2026-01-15T04:00:00Z").unwrap(), "2026-01-15T11:00:00Z");
        assert_eq!(end(&night, "2026-01-15T12:00:00Z"), None);
        let noon = quiet("12:00", "13:00", "Europe/Vienna");
        assert_eq!(end(&noon, "2026-07-01T10:30:00Z").unwrap(), "2026-07-01T11:00:00Z");
        assert_eq!(end(&noon, "2026-07-01T11:00:00Z"), None);
    }

    #[test]
    fn an_end_that_the_clock_jumps_over_comes_right_after_the_gap() {
        let hours = quiet("23:00", "02:30", "America/New_York");
        assert_eq!(end(&hours, "2026-03-08T05:00:00Z").unwrap(), "2026-03-08T07:30:00Z");
    }

    #[test]
    fn an_end_that_comes_twice_is_over_for_good_the_second_time() {
        let hours = quiet("23:00", "01:30", "America/New_York");
        assert_eq!(end(&hours, "2026-11-01T05:15:00Z").unwrap(), "2026-11-01T05:30:00Z");
        // The clock was put back: it is a quarter past one once more.
        assert_eq!(end(&hours, "2026-11-01T06:15:00Z").unwrap(), "2026-11-01T06:30:00Z");
    }

    #[test]
    fn hours_without_length_are_never_quiet() {
        assert_eq!(end(&quiet("08:00", "08:00", "UTC"), "2026-03-08T08:00:00Z"), None);
    }
}
