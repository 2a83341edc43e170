//! How a short message centre is reached, and what it expects.

use std::collections::BTreeMap;

use muster_contract::Secret;
use muster_contract::channel::FailureKind;
use serde::Deserialize;

use crate::text::LookAlikes;

/// The settings of one connection to a short message centre.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmppSettings {
    /// The centre's name or address.
    pub host: String,
    /// Its port; 2775 is registered for SMPP.
    #[serde(default = "defaults::port")]
    pub port: u16,
    /// The account, up to 15 characters.
    pub system_id: String,
    /// Its password, up to 8 characters by the standard.
    #[serde(default)]
    pub password: Secret,
    /// The kind of system that the provider asks to be named, up to 12 characters; mostly empty.
    #[serde(default)]
    pub system_type: String,
    /// Whether one connection does both, or one sends and another receives.
    #[serde(default)]
    pub bind: Bind,
    /// Who messages are from: a number with `+`, a short code, or up to 11 letters and digits.
    pub source: String,
    /// The type of that number (SMPP 3.4 section 5.2.5); told from its form when left out.
    #[serde(default)]
    pub source_ton: Option<u8>,
    /// Its numbering plan (section 5.2.6); told from its form when left out.
    #[serde(default)]
    pub source_npi: Option<u8>,
    /// The service type that the provider asks for, up to 5 characters; mostly empty.
    #[serde(default)]
    pub service_type: String,
    /// Messages that may be under way without an answer, 1 to 10,000.
    #[serde(default = "defaults::window")]
    pub window: usize,
    /// How a text longer than one message goes.
    #[serde(default)]
    pub long: Long,
    /// Messages that one text may become, 1 to 255; a longer text is refused.
    #[serde(default = "defaults::parts_max")]
    pub parts_max: usize,
    /// What is done with typographic characters.
    #[serde(default)]
    pub look_alikes: LookAlikes,
    /// The data coding of texts in the GSM alphabet: 0 is the centre's default.
    #[serde(default)]
    pub gsm_data_coding: u8,
    /// What the centre's default alphabet is in messages that come in.
    #[serde(default)]
    pub default_alphabet: Alphabet,
    /// Whether the centre is asked for delivery receipts.
    #[serde(default = "defaults::receipts")]
    pub receipts: bool,
    /// How message names are written in answers to a submission.
    #[serde(default)]
    pub answer_ids: Ids,
    /// How they are written in receipts, which is not always the same.
    #[serde(default)]
    pub receipt_ids: Ids,
    /// The priority flag of urgent messages, 0 to 3.
    #[serde(default = "defaults::urgent_priority")]
    pub urgent_priority: u8,
    /// What the provider's own error codes (1024 to 1279) mean. Others among them count as
    /// temporary.
    #[serde(default)]
    pub vendor_errors: BTreeMap<u32, FailureKind>,
    /// Seconds between signs of life while nothing else is heard, 1 to 3,600.
    #[serde(default = "defaults::enquire_seconds")]
    pub enquire_seconds: u64,
    /// Seconds that connecting may take, 1 to 120.
    #[serde(default = "defaults::connect_seconds")]
    pub connect_seconds: u64,
    /// Seconds that a message may wait for its turn, and then again for its answer, 1 to 300.
    #[serde(default = "defaults::answer_seconds")]
    pub answer_seconds: u64,
    /// Seconds to wait after the centre said that it has too much to do, where it does not say.
    #[serde(default = "defaults::throttle_seconds")]
    pub throttle_seconds: u64,
}

/// How a connection is bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bind {
    /// One connection that sends and receives.
    #[default]
    Transceiver,
    /// Two connections: a transmitter and a receiver.
    Pair,
}

/// How a text longer than one message goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Long {
    /// Cut here, each part with a header that says which it is (3GPP TS 23.040 section 9.2.3.24.1).
    #[default]
    Udh,
    /// Whole in `message_payload`; the centre cuts it.
    Payload,
}

/// An alphabet of one octet a character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alphabet {
    /// The GSM 7-bit default alphabet, a septet an octet.
    #[default]
    Gsm,
    /// ISO 8859-1.
    Latin1,
}

/// How a centre writes the names of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ids {
    /// As text without a meaning.
    #[default]
    Text,
    /// As a number in hexadecimal digits.
    Hex,
    /// As a number in decimal digits.
    Decimal,
}

impl Ids {
    /// The name in the one form that both ways of writing lead to: decimal, where it is a number.
    pub(super) fn canonical(self, id: &str) -> String {
        let number = match self {
            Self::Text => None,
            Self::Hex => u128::from_str_radix(id, 16).ok(),
            Self::Decimal => id.parse::<u128>().ok(),
        };
        number.map_or_else(|| id.to_owned(), |number| number.to_string())
    }
}

/// Settings that cannot work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the settings of the short message centre cannot work: {}", .0.join("; "))]
pub struct BadSettings(pub Vec<String>);

impl SmppSettings {
    /// Finds everything right, or everything that is wrong at once.
    ///
    /// # Errors
    ///
    /// [`BadSettings`] with all that cannot work.
    pub fn check(&self) -> Result<(), BadSettings> {
        let mut wrong = Vec::new();
        let mut text = |name: &str, value: &str, max: usize| {
            if value.len() > max || !value.bytes().all(|b| b.is_ascii_graphic()) {
                wrong.push(format!("`{name}` may have {max} ASCII characters and no spaces"));
            }
        };
        text("system_id", &self.system_id, 15);
        text("password", self.password.reveal(), 8);
        text("system_type", &self.system_type, 12);
        text("service_type", &self.service_type, 5);
        text("source", &self.source, 20);
        let mut number = |name: &str, value: u64, min: u64, max: u64| {
            if value < min || value > max {
                wrong.push(format!("`{name}` is {value} and may be {min} to {max}"));
            }
        };
        number("window", self.window as u64, 1, 10_000);
        number("parts_max", self.parts_max as u64, 1, 255);
        number("urgent_priority", self.urgent_priority.into(), 0, 3);
        number("enquire_seconds", self.enquire_seconds, 1, 3_600);
        number("connect_seconds", self.connect_seconds, 1, 120);
        number("answer_seconds", self.answer_seconds, 1, 300);
        number("throttle_seconds", self.throttle_seconds, 0, 3_600);
        if self.source.is_empty() {
            wrong.push("`source` is empty; it says who messages are from".to_owned());
        }
        if wrong.is_empty() { Ok(()) } else { Err(BadSettings(wrong)) }
    }
}

mod defaults {
    pub(super) fn port() -> u16 {
        2775
    }
    pub(super) fn window() -> usize {
        50
    }
    pub(super) fn parts_max() -> usize {
        10
    }
    pub(super) fn receipts() -> bool {
        true
    }
    pub(super) fn urgent_priority() -> u8 {
        1
    }
    pub(super) fn enquire_seconds() -> u64 {
        30
    }
    pub(super) fn connect_seconds() -> u64 {
        10
    }
    pub(super) fn answer_seconds() -> u64 {
        30
    }
    pub(super) fn throttle_seconds() -> u64 {
        5
    }
}
