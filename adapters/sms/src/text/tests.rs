use proptest::prelude::*;

use super::{Encoding, LookAlikes, decode_gsm, decode_ucs2, segments, split};

fn sizes(text: &str) -> (Encoding, usize, usize, usize) {
    let found = segments(text, LookAlikes::Keep);
    (found.encoding, found.count, found.units_used, found.units_left)
}

#[test]
fn one_message_holds_160_septets_or_70_units_and_each_of_several_153_or_67() {
    use Encoding::{Gsm7, Ucs2};
    assert_eq!(sizes(""), (Gsm7, 1, 0, 160));
    assert_eq!(sizes(&"a".repeat(160)), (Gsm7, 1, 160, 0));
    assert_eq!(sizes(&"a".repeat(161)), (Gsm7, 2, 161, 145));
    assert_eq!(sizes(&"a".repeat(306)), (Gsm7, 2, 306, 0));
    assert_eq!(sizes(&"a".repeat(307)), (Gsm7, 3, 307, 152));
    assert_eq!(sizes(&"я".repeat(70)), (Ucs2, 1, 70, 0));
    assert_eq!(sizes(&"я".repeat(71)), (Ucs2, 2, 71, 63));
    assert_eq!(sizes(&"я".repeat(135)), (Ucs2, 3, 135, 66));
}

#[test]
fn an_escape_and_its_character_stay_in_one_message() {
    assert_eq!(sizes(&"€".repeat(80)), (Encoding::Gsm7, 1, 160, 0));
    // 153 is odd: each message of euros ends one septet early.
    let found = split(&"€".repeat(81), LookAlikes::Keep);
    assert_eq!(found.parts.iter().map(Vec::len).collect::<Vec<_>>(), [152, 10]);
}

#[test]
fn a_surrogate_pair_stays_in_one_message() {
    let found = split(&"🚒".repeat(36), LookAlikes::Keep);
    assert_eq!(found.parts.iter().map(Vec::len).collect::<Vec<_>>(), [132, 12]);
}

#[test]
fn look_alikes_are_put_in_only_where_they_bring_the_whole_text_into_the_alphabet() {
    let typographic = "“Station 4” – don’t wait…";
    assert_eq!(sizes(typographic).0, Encoding::Ucs2);
    let found = split(typographic, LookAlikes::Replace);
    assert_eq!(found.segments.encoding, Encoding::Gsm7);
    assert_eq!(found.segments.replaced, 5);
    assert_eq!(decode_gsm(&found.parts[0]), "\"Station 4\" - don't wait...");
    let foreign = split("“Станция”", LookAlikes::Replace);
    assert_eq!((foreign.segments.replaced, foreign.segments.encoding), (0, Encoding::Ucs2));
    assert_eq!(decode_ucs2(&foreign.parts[0]), "“Станция”");
}

fn texts() -> impl Strategy<Value = String> {
    let gsm = proptest::sample::select(vec!['a', '@', '€', '[', '\n', 'Ω', 'à', ' ']);
    let any = prop_oneof![8 => gsm.clone(), 1 => any::<char>(), 1 => Just('🚒')];
    prop_oneof![
        proptest::collection::vec(gsm, 0..700).prop_map(String::from_iter),
        proptest::collection::vec(any, 0..300).prop_map(String::from_iter),
    ]
}

proptest! {
    #[test]
    fn the_parts_together_read_as_the_text(text in texts()) {
        let found = split(&text, LookAlikes::Keep);
        let read: String = found.parts.iter().map(|part| match found.segments.encoding {
            Encoding::Gsm7 => decode_gsm(part),
            Encoding::Ucs2 => decode_ucs2(part),
        }).collect();
        prop_assert_eq!(read, text);
    }

    #[test]
    fn every_part_is_within_its_bound_and_no_part_could_take_the_next_character(text in texts()) {
        let found = split(&text, LookAlikes::Keep).segments;
        let parts = split(&text, LookAlikes::Keep).parts;
        let (alone, each, octets) = match found.encoding {
            Encoding::Gsm7 => (160, 153, 1),
            Encoding::Ucs2 => (70, 67, 2),
        };
        let room = if found.count == 1 { alone } else { each };
        prop_assert_eq!(found.count == 1, found.units_used <= alone);
        prop_assert_eq!(parts.len(), found.count);
        let lengths: Vec<usize> = parts.iter().map(|part| part.len() / octets).collect();
        prop_assert_eq!(lengths.iter().sum::<usize>(), found.units_used);
        for (index, length) in lengths.iter().enumerate() {
            let last = index + 1 == lengths.len();
            // Only a character of two units can leave one unit over.
            prop_assert!(*length <= room && (last || *length + 1 >= room));
            prop_assert!(!last || found.units_left == room - length);
        }
    }

    #[test]
    fn replacing_never_makes_it_more_messages(text in texts()) {
        let kept = segments(&text, LookAlikes::Keep);
        let replaced = segments(&text, LookAlikes::Replace);
        prop_assert!(replaced.count <= kept.count);
        prop_assert!(kept.encoding == Encoding::Ucs2 || replaced == kept);
    }

    #[test]
    fn octets_from_anywhere_are_read_as_some_text(octets in proptest::collection::vec(any::<u8>(), 0..300)) {
        decode_gsm(&octets);
        decode_ucs2(&octets);
    }
}
