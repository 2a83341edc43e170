//! How a person can be reached, as far as it may stand in the log: the ways, and not the addresses.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::contact::{Channel, QuietHours};

/// The ways in which a person can be reached, in the order that they prefer.
///
/// The addresses themselves are sealed; these stand in the log, so that who can be reached is a
/// question that everybody who may ask it gets the same answer to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reachability {
    /// The channels for which an address is known, each once, the first one first.
    pub ways: Vec<Reach>,
    /// The language that they read best, a BCP 47 tag; the sender's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// The channel.
    pub channel: Channel,
    /// When not to use it, unless life is at stake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<QuietHours>,
}

impl Reachability {
    /// The channels in their order.
    pub fn channels(&self) -> impl Iterator<Item = Channel> + '_ {
        self.ways.iter().map(|way| way.channel)
    }

    /// When the quiet hours end that a channel has at a moment; none outside of them.
    #[must_use]
    pub fn quiet_until(&self, channel: Channel, now: Timestamp) -> Option<Timestamp> {
        let way = self.ways.iter().find(|way| way.channel == channel)?;
        way.quiet.as_ref()?.end_after(now)
    }

    /// The time zone in which they live, if their quiet hours tell.
    #[must_use]
    pub fn time_zone(&self) -> Option<&str> {
        self.ways.iter().find_map(|way| way.quiet.as_ref()).map(|quiet| quiet.time_zone.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(from: &str, to: &str, zone: &str, now: &str) -> Option<String> {
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        let quiet = Some(QuietHours { from, to, time_zone: zone.to_owned() });
        let reach = Reach { channel: Channel::Sms, quiet };
        let reachability = Reachability { ways: vec![reach], language: None };
        let end = reachability.quiet_until(Channel::Sms, now.parse().unwrap());
        end.map(|end| end.to_string())
    }

    #[test]
    fn quiet_hours_end_in_the_morning_by_the_clock_on_the_wall() {
        let night = |now| end("22:00", "06:00", "America/New_York", now);
        // The evening before the clock is put forward, and after midnight of that night.
        assert_eq!(night("2026-03-08T03:30:00Z").unwrap(), "2026-03-08T10:00:00Z");
        assert_eq!(night("2026-03-08T06:30:00Z").unwrap(), "2026-03-08T10:00:00Z");
        // A winter night.
        assert_eq!(night("2026-01-15T04:00:00Z").unwrap(), "2026-01-15T11:00:00Z");
        assert_eq!(night("2026-01-15T12:00:00Z"), None);
        let noon = |now| end("12:00", "13:00", "Europe/Vienna", now);
        assert_eq!(noon("2026-07-01T10:30:00Z").unwrap(), "2026-07-01T11:00:00Z");
        assert_eq!(noon("2026-07-01T11:00:00Z"), None);
    }

    #[test]
    fn an_end_that_the_clock_jumps_over_comes_right_after_the_gap() {
        let late = end("23:00", "02:30", "America/New_York", "2026-03-08T05:00:00Z");
        assert_eq!(late.unwrap(), "2026-03-08T07:30:00Z");
    }

    #[test]
    fn an_end_that_comes_twice_is_over_for_good_the_second_time() {
        let late = |now| end("23:00", "01:30", "America/New_York", now);
        assert_eq!(late("2026-11-01T05:15:00Z").unwrap(), "2026-11-01T05:30:00Z");
        // The clock was put back: it is a quarter past one once more.
        assert_eq!(late("2026-11-01T06:15:00Z").unwrap(), "2026-11-01T06:30:00Z");
    }

    #[test]
    fn hours_without_an_end_hold_nothing_back_for_ever() {
        assert_eq!(end("08:00", "08:00", "UTC", "2026-03-08T08:00:00Z"), None);
    }
}
