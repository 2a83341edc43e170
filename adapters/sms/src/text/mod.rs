//! What a text becomes on the air: its alphabet, and the messages that it is cut into.
//!
//! A short message has 140 octets. They hold 160 characters of the GSM alphabet (some count twice)
//! or 70 units of UTF-16. A longer text goes as several messages that a phone joins again; each
//! gives 6 octets to the header that says which is which, so it holds 153 or 67.
//!
//! Everything here is pure, so that a preview says exactly what will happen.

mod gsm;
mod lookalike;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub(crate) use gsm::decode as decode_gsm;

/// Units that one message holds alone, and each of several.
const GSM7_UNITS: (usize, usize) = (160, 153);
const UCS2_UNITS: (usize, usize) = (70, 67);

/// How the characters of a message are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// The GSM 7-bit default alphabet with its extension table (3GPP TS 23.038 section 6.2.1). A
    /// unit is a septet; characters of the extension table take two.
    Gsm7,
    /// UCS-2, in truth UTF-16. A unit has 16 bits; characters such as emoji take two.
    Ucs2,
}

/// What is done with typographic characters that the GSM alphabet lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LookAlikes {
    /// The text goes out as it was written.
    #[default]
    Keep,
    /// Quotation marks, dashes, dots and spaces become their plain look-alikes, if that brings the
    /// whole text into the GSM alphabet. Letters are never changed.
    Replace,
}

/// How many messages a text is, for a preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segments {
    /// How it is written.
    pub encoding: Encoding,
    /// How many messages it takes; at least one.
    pub count: usize,
    /// Units that its characters take, without the headers.
    pub units_used: usize,
    /// Units that could be added before another message begins.
    pub units_left: usize,
    /// Characters that were replaced by look-alikes.
    pub replaced: usize,
}

/// A text cut into messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// How many there are, and what they hold.
    pub segments: Segments,
    /// What each holds without its header: one septet an octet, or UTF-16 in network order.
    pub parts: Vec<Vec<u8>>,
}

/// Counts the messages that a text takes.
#[must_use]
pub fn segments(text: &str, look_alikes: LookAlikes) -> Segments {
    split(text, look_alikes).segments
}

/// Cuts a text into messages. No character is divided between two of them, so a message may end a
/// unit early.
#[must_use]
pub fn split(text: &str, look_alikes: LookAlikes) -> Split {
    let (text, replaced) = written(text, look_alikes);
    let encoding = if gsm::can_write(&text) { Encoding::Gsm7 } else { Encoding::Ucs2 };
    let units_used = text.chars().map(|c| units(encoding, c)).sum();
    let (alone, each) = capacity(encoding);
    let room = if units_used <= alone { alone } else { each };
    let mut parts = vec![Vec::new()];
    let mut left = room;
    for c in text.chars() {
        let units = units(encoding, c);
        if units > left {
            parts.push(Vec::new());
            left = room;
        }
        left -= units;
        if let Some(part) = parts.last_mut() {
            write(encoding, c, part);
        }
    }
    let count = parts.len();
    Split { segments: Segments { encoding, count, units_used, units_left: left, replaced }, parts }
}

/// The text as it goes out, whole: with look-alikes where they were put in.
#[must_use]
pub fn written(text: &str, look_alikes: LookAlikes) -> (Cow<'_, str>, usize) {
    match look_alikes {
        LookAlikes::Replace if !gsm::can_write(text) => {
            let (plain, replaced) = lookalike::replace(text);
            if gsm::can_write(&plain) { (Cow::Owned(plain), replaced) } else { (text.into(), 0) }
        }
        LookAlikes::Replace | LookAlikes::Keep => (text.into(), 0),
    }
}

/// Reads UTF-16 in network order. What is no character becomes U+FFFD.
pub(crate) fn decode_ucs2(octets: &[u8]) -> String {
    let units = octets.chunks(2).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        _ => 0xFFFD,
    });
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn capacity(encoding: Encoding) -> (usize, usize) {
    match encoding {
        Encoding::Gsm7 => GSM7_UNITS,
        Encoding::Ucs2 => UCS2_UNITS,
    }
}

fn units(encoding: Encoding, c: char) -> usize {
    match encoding {
        Encoding::Gsm7 => gsm::septets(c).map_or(0, <[u8]>::len),
        Encoding::Ucs2 => c.len_utf16(),
    }
}

fn write(encoding: Encoding, c: char, part: &mut Vec<u8>) {
    match encoding {
        Encoding::Gsm7 => part.extend_from_slice(gsm::septets(c).unwrap_or_default()),
        Encoding::Ucs2 => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                part.extend_from_slice(&unit.to_be_bytes());
            }
        }
    }
}

#[cfg(test)]
mod tests;
