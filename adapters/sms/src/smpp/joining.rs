//! Long messages that come in as parts, put together again.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::frame::Delivery;
use super::settings::Alphabet;
use crate::text;

/// Long messages that are being put together at once.
const MESSAGES_MAX: usize = 1_000;
/// How long the missing parts of one are waited for.
pub(super) const WAIT: Duration = Duration::from_secs(120);
/// Says in a text that a part of it never came.
const GAP: &str = "[...]";
/// The bit of `esm_class` that says that a header stands before the text (section 5.2.12).
const HAS_HEADER: u8 = 0x40;

/// Names a long message: who it is from and for, its number, and how many parts it has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Name {
    source: Vec<u8>,
    destination: Vec<u8>,
    number: u16,
    total: u8,
}

/// What became of a delivery.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Joined {
    /// It is whole, and this is its text. A long one stays here until it is [`Joining::done`].
    Whole(String, Option<Name>),
    /// Its other parts have not come yet.
    Held,
    /// There are too many that are not whole; bring it again.
    Full,
}

/// The long messages that are not whole yet.
#[derive(Default)]
pub(super) struct Joining {
    messages: HashMap<Name, Parts>,
}

struct Parts {
    texts: Vec<Option<Vec<u8>>>,
    coding: u8,
    until: Instant,
}

impl Joining {
    /// Takes a delivery that is no receipt.
    pub(super) fn add(&mut self, delivery: &Delivery, alphabet: Alphabet, now: Instant) -> Joined {
        let (part, octets) = concatenation(delivery);
        let Some((number, total, index)) = part else {
            return Joined::Whole(decode(octets, delivery.data_coding, alphabet), None);
        };
        let (source, destination) = (delivery.source.clone(), delivery.destination.clone());
        let name = Name { source, destination, number, total };
        if !self.messages.contains_key(&name) && self.messages.len() >= MESSAGES_MAX {
            return Joined::Full;
        }
        let parts = self.messages.entry(name.clone()).or_insert_with(|| Parts {
            texts: vec![None; total.into()],
            coding: delivery.data_coding,
            until: now + WAIT,
        });
        if let Some(place) = parts.texts.get_mut(usize::from(index)) {
            *place = Some(octets.to_vec());
        }
        if parts.texts.iter().any(Option::is_none) {
            return Joined::Held;
        }
        Joined::Whole(parts.text(alphabet), Some(name))
    }

    /// Lets a long message go, because its text was taken.
    pub(super) fn done(&mut self, name: &Name) {
        self.messages.remove(name);
    }

    /// The long messages whose parts were waited for long enough, with what there is of their
    /// texts and who they are from. They are waited for again, in case the text is not taken.
    pub(super) fn overdue(&mut self, alphabet: Alphabet, now: Instant) -> Vec<(Name, String)> {
        let overdue = self.messages.iter_mut().filter(|(_, parts)| parts.until <= now);
        overdue
            .map(|(name, parts)| {
                parts.until = now + WAIT;
                (name.clone(), parts.text(alphabet))
            })
            .collect()
    }
}

impl Name {
    /// Who the message is from.
    pub(super) fn source(&self) -> &[u8] {
        &self.source
    }
}

impl Parts {
    /// The text. Parts that follow each other are decoded together, as a character may have been
    /// cut in two.
    fn text(&self, alphabet: Alphabet) -> String {
        let mut text = String::new();
        for run in self.texts.chunk_by(|a, b| a.is_some() == b.is_some()) {
            let octets: Vec<u8> = run.iter().flatten().flatten().copied().collect();
            let missing = run.first().is_some_and(Option::is_none);
            text.push_str(if missing { GAP } else { "" });
            text.push_str(&decode(&octets, self.coding, alphabet));
        }
        text
    }
}

/// Number, count and place (from 0) of a part, and its text without the header. A header that makes
/// no sense leaves the message on its own.
fn concatenation(delivery: &Delivery) -> (Option<(u16, u8, u8)>, &[u8]) {
    let mut found = match delivery.sar {
        (Some(number), Some(total), Some(place)) => Some((number, total, place)),
        _ => None,
    };
    let mut text = delivery.message.as_slice();
    if delivery.esm_class & HAS_HEADER != 0
        && let Some((length, rest)) = delivery.message.split_first()
        && let Some((mut header, rest)) = rest.split_at_checked(usize::from(*length))
    {
        text = rest;
        // 3GPP TS 23.040 section 9.2.3.24: elements of identifier, length and value.
        while let [id, length, after @ ..] = header
            && let Some((value, after)) = after.split_at_checked(usize::from(*length))
        {
            header = after;
            match (id, value) {
                (0x00, [number, total, place]) => found = Some(((*number).into(), *total, *place)),
                (0x08, [high, low, total, place]) => {
                    found = Some((u16::from_be_bytes([*high, *low]), *total, *place));
                }
                _ => {}
            }
        }
    }
    let sensible = found.filter(|(_, total, place)| *total > 1 && (1..=*total).contains(place));
    (sensible.map(|(number, total, place)| (number, total, place - 1)), text)
}

/// Reads a text by its data coding (section 5.2.19, 3GPP TS 23.038 section 4).
fn decode(octets: &[u8], coding: u8, alphabet: Alphabet) -> String {
    let latin1 = |octets: &[u8]| octets.iter().map(|octet| char::from(*octet)).collect();
    match coding {
        0x08 => text::decode_ucs2(octets),
        0x03 => latin1(octets),
        // Text in IA5 has no control characters; makers that mean the GSM alphabet by it do, as
        // `@`, `_` and the escape lie there.
        0x01 if !octets
            .iter()
            .any(|octet| octet.is_ascii_control() && !octet.is_ascii_whitespace()) =>
        {
            latin1(octets)
        }
        // The coding groups of GSM say the alphabet in bits 2 and 3.
        0x10..=0x7F | 0xF0..=0xFF if coding & 0x0C == 0x08 => text::decode_ucs2(octets),
        0xE0..=0xEF => text::decode_ucs2(octets),
        _ => match alphabet {
            Alphabet::Gsm => text::decode_gsm(octets),
            Alphabet::Latin1 => latin1(octets),
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Alphabet, Delivery, Instant, Joined, Joining, MESSAGES_MAX, WAIT};

    fn part(number: u8, total: u8, place: u8, text: &[u8]) -> Delivery {
        let header = [5, 0, 3, number, total, place];
        let message = [&header, text].concat();
        Delivery { source: b"1202".to_vec(), esm_class: 0x40, message, ..Delivery::default() }
    }

    fn add(joining: &mut Joining, delivery: &Delivery) -> Joined {
        joining.add(delivery, Alphabet::Gsm, Instant::now())
    }

    #[test]
    fn parts_are_joined_in_their_order_whichever_way_they_come() {
        let mut joining = Joining::default();
        assert_eq!(add(&mut joining, &part(7, 3, 3, b"c")), Joined::Held);
        assert_eq!(add(&mut joining, &part(7, 3, 1, b"a")), Joined::Held);
        assert_eq!(add(&mut joining, &part(7, 3, 1, b"a")), Joined::Held);
        let Joined::Whole(text, Some(name)) = add(&mut joining, &part(7, 3, 2, b"b")) else {
            panic!("it is whole");
        };
        assert_eq!(text, "abc");
        // It was not taken, so the centre brings the last part again.
        assert!(matches!(add(&mut joining, &part(7, 3, 2, b"b")), Joined::Whole(..)));
        joining.done(&name);
        assert!(joining.messages.is_empty());
    }

    #[test]
    fn what_has_come_when_the_wait_is_over_is_told_with_its_gap() {
        let mut joining = Joining::default();
        add(&mut joining, &part(1, 3, 2, b"b"));
        let now = Instant::now();
        assert!(joining.overdue(Alphabet::Gsm, now).is_empty());
        let overdue = joining.overdue(Alphabet::Gsm, now + WAIT * 2);
        assert_eq!(overdue[0].1, "[...]b[...]");
    }

    #[test]
    fn a_character_that_was_cut_in_two_is_whole_again() {
        let mut joining = Joining::default();
        let coded = |place, text: &[u8]| Delivery { data_coding: 8, ..part(1, 2, place, text) };
        add(&mut joining, &coded(1, &[0xD8, 0x3D]));
        let Joined::Whole(text, _) = add(&mut joining, &coded(2, &[0xDE, 0x92])) else { panic!() };
        assert_eq!(text, "🚒");
    }

    #[test]
    fn halves_of_messages_do_not_pile_up() {
        let mut joining = Joining::default();
        for number in 0..MESSAGES_MAX {
            let number = u8::try_from(number % 250).unwrap();
            let total = 2 + number % 200;
            let source = number.to_string().into_bytes();
            add(&mut joining, &Delivery { source, ..part(number, total, 1, b"") });
        }
        assert!(joining.messages.len() <= MESSAGES_MAX);
        let mut number = 0_u32;
        let refused = std::iter::repeat_with(|| {
            number += 1;
            let source = format!("x{number}").into_bytes();
            add(&mut joining, &Delivery { source, ..part(1, 2, 1, b"") })
        });
        assert_eq!(refused.take(2_000).filter(|joined| *joined == Joined::Full).count(), 1_250);
    }

    #[test]
    fn a_header_that_makes_no_sense_leaves_the_message_on_its_own() {
        let mut joining = Joining::default();
        for (total, place) in [(0, 0), (1, 1), (2, 0), (2, 3)] {
            let whole = add(&mut joining, &part(1, total, place, b"x"));
            assert_eq!(whole, Joined::Whole("x".to_owned(), None));
        }
        let cut = Delivery { esm_class: 0x40, message: vec![200, 1], ..Delivery::default() };
        assert!(matches!(add(&mut joining, &cut), Joined::Whole(_, None)));
    }

    proptest! {
        #[test]
        fn octets_from_anywhere_are_read(
            message in proptest::collection::vec(any::<u8>(), 0..50), esm_class: u8, data_coding: u8,
        ) {
            add(&mut Joining::default(), &Delivery { message, esm_class, data_coding, ..Delivery::default() });
        }
    }
}
