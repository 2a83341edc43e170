//! How a person is reached: what stands, sealed, behind [`Person::contact`].
//!
//! Sam reads Spanish first. He is to be sent a short message, after that an e-mail, and called only
//! outside 22:00 to 07:00 of his time; he lives on Quay Road. All of that is his own: it is sealed
//! under his key before it comes into the log, is opened in the hub's memory only to reach him, and
//! is shown to nobody. Nothing here is printed by `Debug` or named in a refusal.
//!
//! [`Person::contact`]: super::person::Person::contact

mod address;
#[cfg(test)]
mod tests;

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use muster_contract::channel::Address;
use serde::{Deserialize, Serialize};

use super::limits::{self, NOTE_OF_CONTACT_CHARS_MAX, PLACES_MAX, TONGUES_MAX, WAYS_MAX};
use super::message::reach::{Reach, Reachability};
use super::refusal::Refusal;
use super::schedule;

/// How a person is reached. Its JSON is what is sealed.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// The languages that they read, the best one first, as BCP 47 tags such as `es` or `en-US`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// The ways to reach them, in the order in which they are tried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Way>,
    /// Where they are found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Whereabouts>,
    /// Anything else that helps a human being to reach them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One way to reach somebody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Over what.
    pub channel: Channel,
    /// Where: see [`Channel`] for each. Personal data.
    pub address: String,
    /// When not to, unless life is at stake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<QuietHours>,
}

/// Over what somebody is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Short messages, to a telephone number in international form (E.164): `+12025550143`.
    Sms,
    /// E-mail, to a mailbox: `sam@harbor.example`.
    Email,
    /// A call, to a telephone number in international form.
    Voice,
    /// A device, by the topic that it listens to (MQTT, without wildcards).
    Mqtt,
    /// A system, by its address (`https`, or `http` within the own network).
    Webhook,
    /// A browser, by its subscription: the JSON of the Push API with `endpoint` and `keys`.
    WebPush,
}

/// Hours of the day in which somebody is left alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// Since when.
    pub from: Time,
    /// Until when: of the next day unless this is later in the day.
    pub to: Time,
    /// The IANA name of the time zone in which they live.
    pub time_zone: String,
}

/// Where somebody is found.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Whereabouts {
    /// What place it is.
    pub kind: PlaceKind,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

/// What place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    /// Where they live.
    Home,
    /// Where they work.
    Work,
    /// A site that they answer for, such as a pumping station.
    Site,
}

/// Contact data was understood and refused. What it said is not repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Refused {
    /// A telephone number is not in international form.
    #[error(
        "channel {number} has no telephone number in international form; write it with + and the \
         code of the country, such as +12025550143"
    )]
    Number {
        /// Which of the channels, counted from 1.
        number: usize,
    },
    /// A mailbox is none.
    #[error("channel {number} has no mailbox; write it as name@domain")]
    Mailbox {
        /// Which of the channels, counted from 1.
        number: usize,
    },
    /// A topic cannot be published to.
    #[error("channel {number} has no MQTT topic to publish to; leave out +, # and a leading $")]
    Topic {
        /// Which of the channels, counted from 1.
        number: usize,
    },
    /// An address of a system is none.
    #[error(
        "channel {number} has no address to post to; write a URL with http or https, without a password"
    )]
    Url {
        /// Which of the channels, counted from 1.
        number: usize,
    },
    /// A subscription of a browser is none.
    #[error(
        "channel {number} has no subscription of a browser; give its JSON with `endpoint` and `keys`"
    )]
    Subscription {
        /// Which of the channels, counted from 1.
        number: usize,
    },
    /// The same way is there twice.
    #[error("channel {number} is there already; name each way once, in the order to try them")]
    Twice {
        /// Which of the channels, counted from 1.
        number: usize,
    },
    /// Quiet hours in no time zone.
    #[error("channel {number} has quiet hours in a time zone that is not known; give an IANA name")]
    TimeZone {
        /// Which of the channels, counted from 1.
        number: usize,
    },
    /// A language is none.
    #[error("language {number} is no language tag; write it as `es` or `en-US`")]
    Language {
        /// Which of the languages, counted from 1.
        number: usize,
    },
    /// A place is not on the globe.
    #[error("place {number} is not on the globe; are longitude and latitude swapped?")]
    Place {
        /// Which of the places, counted from 1.
        number: usize,
    },
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 6] =
        [Self::Sms, Self::Email, Self::Voice, Self::Mqtt, Self::Webhook, Self::WebPush];

    /// The name for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "SMS",
            Self::Email => "e-mail",
            Self::Voice => "voice call",
            Self::Mqtt => "MQTT",
            Self::Webhook => "webhook",
            Self::WebPush => "web push",
        }
    }
}

impl Refused {
    /// The name of the refusal for programs, stable over releases.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Number { .. } => "CONTACT_NUMBER_UNUSABLE",
            Self::Mailbox { .. } => "CONTACT_MAILBOX_UNUSABLE",
            Self::Topic { .. } => "CONTACT_TOPIC_UNUSABLE",
            Self::Url { .. } => "CONTACT_URL_UNUSABLE",
            Self::Subscription { .. } => "CONTACT_SUBSCRIPTION_UNUSABLE",
            Self::Twice { .. } => "CONTACT_CHANNEL_TWICE",
            Self::TimeZone { .. } => "CONTACT_TIME_ZONE_UNKNOWN",
            Self::Language { .. } => "CONTACT_LANGUAGE_UNUSABLE",
            Self::Place { .. } => "CONTACT_PLACE_UNUSABLE",
        }
    }
}

impl Contact {
    /// Checks contact data and brings it into the form in which it is sealed: numbers without blanks
    /// and signs, names without blanks around them.
    ///
    /// # Errors
    /// [`Refused`], by the place of what cannot be used, or that there is too much of it.
    pub fn checked(&self) -> Result<Self, Refusal> {
        limits::count("languages", self.languages.len(), TONGUES_MAX)?;
        limits::count("channels", self.channels.len(), WAYS_MAX)?;
        limits::count("places", self.places.len(), PLACES_MAX)?;
        let note = limits::said("note", self.note.as_deref(), NOTE_OF_CONTACT_CHARS_MAX)?;
        let mut languages = Vec::with_capacity(self.languages.len());
        for (index, language) in self.languages.iter().enumerate() {
            let number = index + 1;
            languages.push(address::language(language).ok_or(Refused::Language { number })?);
        }
        let mut channels: Vec<Way> = Vec::with_capacity(self.channels.len());
        for (index, way) in self.channels.iter().enumerate() {
            let way = way.checked(index + 1)?;
            let same = |other: &Way| (other.channel, &other.address) == (way.channel, &way.address);
            if channels.iter().any(same) {
                return Err(Refused::Twice { number: index + 1 }.into());
            }
            channels.push(way);
        }
        for (index, place) in self.places.iter().enumerate() {
            if !(-180.0..=180.0).contains(&place.lon) || !(-90.0..=90.0).contains(&place.lat) {
                return Err(Refused::Place { number: index + 1 }.into());
            }
        }
        Ok(Self { languages, channels, places: self.places.clone(), note })
    }

    /// What of it may stand in the log: the ways, and not the addresses.
    #[must_use]
    pub fn reachability(&self) -> Reachability {
        let mut ways: Vec<Reach> = Vec::new();
        for Way { channel, quiet, .. } in &self.channels {
            if !ways.iter().any(|way| way.channel == *channel) {
                ways.push(Reach { channel: *channel, quiet: quiet.clone() });
            }
        }
        Reachability { ways, language: self.languages.first().cloned() }
    }

    /// The addresses for a channel, the one to try first in front.
    pub fn addresses(&self, channel: Channel) -> impl Iterator<Item = Address> + '_ {
        let ways = self.channels.iter().filter(move |way| way.channel == channel);
        ways.map(|way| Address::new(way.address.as_str()))
    }

    /// Reads what was sealed, also by releases that knew only telephone numbers and mailboxes: each
    /// of those numbers is for short messages and, after everything else, for calls.
    #[must_use]
    pub fn unsealed(bytes: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Before {
            #[serde(default)]
            phones: Vec<String>,
            #[serde(default)]
            emails: Vec<String>,
        }
        let mut contact: Self = serde_json::from_slice(bytes).ok()?;
        if contact.channels.is_empty() {
            let Before { phones, emails } = serde_json::from_slice(bytes).ok()?;
            contact.channels = Way::of_numbers_and_mailboxes(&phones, &emails)
                .into_iter()
                .filter_map(|way| way.checked(1).ok())
                .collect();
        }
        Some(contact)
    }
}

impl Way {
    /// The ways of somebody of whom numbers and mailboxes are known: short messages, e-mails, calls.
    #[must_use]
    pub fn of_numbers_and_mailboxes(numbers: &[String], mailboxes: &[String]) -> Vec<Self> {
        let all = |channel, addresses: &[String]| {
            let way =
                move |address: &String| Self { channel, address: address.clone(), quiet: None };
            addresses.iter().map(way).collect::<Vec<_>>()
        };
        let sms = all(Channel::Sms, numbers);
        sms.into_iter()
            .chain(all(Channel::Email, mailboxes))
            .chain(all(Channel::Voice, numbers))
            .collect()
    }

    fn checked(&self, number: usize) -> Result<Self, Refused> {
        let text = self.address.trim();
        let address = match self.channel {
            Channel::Sms | Channel::Voice => {
                address::number(text).ok_or(Refused::Number { number })
            }
            Channel::Email => address::mailbox(text).ok_or(Refused::Mailbox { number }),
            Channel::Mqtt => address::topic(text).ok_or(Refused::Topic { number }),
            Channel::Webhook => address::url(text).ok_or(Refused::Url { number }),
            Channel::WebPush => address::subscription(text).ok_or(Refused::Subscription { number }),
        }?;
        let quiet = self.quiet.as_ref().map(|quiet| {
            let zone = schedule::zone(&quiet.time_zone);
            let name = zone.as_ref().and_then(|zone| zone.iana_name());
            let time_zone = name.ok_or(Refused::TimeZone { number })?.to_owned();
            Ok(QuietHours { time_zone, ..quiet.clone() })
        });
        Ok(Self { channel: self.channel, address, quiet: quiet.transpose()? })
    }
}

impl QuietHours {
    /// Whether a moment is within them.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        let zone = schedule::zone(&self.time_zone).unwrap_or(TimeZone::UTC);
        let now = zone.to_datetime(at).time();
        if self.from < self.to {
            (self.from..self.to).contains(&now)
        } else {
            now >= self.from || now < self.to
        }
    }

    /// When those that go on at a moment end; none outside of them, or when they never end.
    #[must_use]
    pub fn end_after(&self, at: Timestamp) -> Option<Timestamp> {
        if !self.contains(at) || self.from == self.to {
            return None;
        }
        let zone = schedule::zone(&self.time_zone).unwrap_or(TimeZone::UTC);
        let here = zone.to_datetime(at);
        let tomorrow = self.to <= self.from && here.time() >= self.from;
        let day = if tomorrow { here.date().tomorrow().ok()? } else { here.date() };
        let end = zone.to_ambiguous_timestamp(day.to_datetime(self.to));
        // Where the clock is put forward over the end, that is the moment after the gap. Where it is
        // put back, the first of two equal times may be past already.
        let end = [end.compatible(), end.later()].into_iter().flatten();
        end.filter(|end| *end > at).min()
    }
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Contact({} channels, {} places)", self.channels.len(), self.places.len())
    }
}

impl fmt::Debug for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Way({:?})", self.channel)
    }
}

impl fmt::Debug for Whereabouts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Whereabouts({:?})", self.kind)
    }
}
