//! The GSM 7-bit default alphabet and its extension table, 3GPP TS 23.038 section 6.2.1.

use std::sync::LazyLock;

/// Says that the next septet is of the extension table.
const ESCAPE: u8 = 0x1B;

/// The characters by their septets. The escape stands as a non-breaking space, as the standard
/// tells phones to show it, and is never written.
const DEFAULT: &str = concat!(
    "@£$¥èéùìòÇ\nØø\rÅå",
    "Δ_ΦΓΛΩΠΨΣΘΞ\u{A0}ÆæßÉ",
    " !\"#¤%&'()*+,-./",
    "0123456789:;<=>?",
    "¡ABCDEFGHIJKLMNO",
    "PQRSTUVWXYZÄÖÑÜ§",
    "¿abcdefghijklmno",
    "pqrstuvwxyzäöñüà",
);

/// The characters after an escape.
const EXTENSION: [(u8, char); 10] = [
    (0x0A, '\u{C}'),
    (0x14, '^'),
    (0x28, '{'),
    (0x29, '}'),
    (0x2F, '\\'),
    (0x3C, '['),
    (0x3D, '~'),
    (0x3E, ']'),
    (0x40, '|'),
    (0x65, '€'),
];

/// Both tables, by characters below [`SEPTETS_END`]; what the alphabet lacks has none.
static SEPTETS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let default = (0..).zip(DEFAULT.chars()).filter(|(septet, _)| *septet != ESCAPE);
    let default = default.map(|(septet, c)| (c, vec![septet]));
    let extension = EXTENSION.into_iter().map(|(septet, c)| (c, vec![ESCAPE, septet]));
    let mut table = vec![Vec::new(); SEPTETS_END];
    for (c, septets) in default.chain(extension) {
        if let Some(place) = table.get_mut(c as usize) {
            *place = septets;
        }
    }
    table
});

/// The Greek letters end here; of the alphabet, only the euro lies behind.
const SEPTETS_END: usize = 0x400;
const EURO: &[u8] = &[ESCAPE, 0x65];

static CHARACTERS: LazyLock<Vec<char>> = LazyLock::new(|| DEFAULT.chars().collect());

/// The septets of a character: one, two, or none where the alphabet lacks it.
pub(super) fn septets(c: char) -> Option<&'static [u8]> {
    if c == '€' {
        return Some(EURO);
    }
    SEPTETS.get(c as usize).map(Vec::as_slice).filter(|septets| !septets.is_empty())
}

/// Whether the alphabet has every character of a text.
pub(super) fn can_write(text: &str) -> bool {
    text.chars().all(|c| septets(c).is_some())
}

/// Reads septets, one an octet. After an escape, what the extension table lacks is read from the
/// default table, as the standard tells phones to; an octet above 127 becomes U+FFFD.
pub(crate) fn decode(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len());
    let mut rest = octets.iter();
    while let Some(&octet) = rest.next() {
        if octet != ESCAPE {
            text.push(default(octet));
            continue;
        }
        let Some(&octet) = rest.next() else { break };
        let extension = EXTENSION.iter().find(|(septet, _)| *septet == octet);
        text.push(extension.map_or_else(|| default(octet), |(_, c)| *c));
    }
    text
}

fn default(octet: u8) -> char {
    CHARACTERS.get(usize::from(octet)).copied().unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::{CHARACTERS, SEPTETS, decode, septets};

    #[test]
    fn the_tables_have_their_characters_at_the_places_that_the_standard_gives() {
        assert_eq!(CHARACTERS.len(), 128);
        let known = SEPTETS.iter().filter(|septets| !septets.is_empty());
        assert_eq!(known.count(), 127 + 9);
        let places = [('@', 0x00), ('Δ', 0x10), ('É', 0x1F), (' ', 0x20), ('¡', 0x40), ('A', 0x41)];
        let more = [('Z', 0x5A), ('§', 0x5F), ('¿', 0x60), ('z', 0x7A), ('à', 0x7F), ('\n', 0x0A)];
        for (c, septet) in places.into_iter().chain(more) {
            assert_eq!(septets(c), Some(&[septet][..]), "{c}");
        }
        assert_eq!(septets('€'), Some(&[0x1B, 0x65][..]));
        assert_eq!(septets('ç'), None);
        assert_eq!(septets('\u{A0}'), None);
    }

    #[test]
    fn what_follows_an_escape_and_is_unknown_is_read_from_the_default_table() {
        assert_eq!(decode(&[0x1B, 0x65, 0x1B, 0x41, 0x42, 0x1B]), "€AB");
        assert_eq!(decode(&[0x41, 0xC3]), "A\u{FFFD}");
    }
}
