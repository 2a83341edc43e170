//! Delivery receipts: the text of SMPP 3.4 appendix B and the parameters of section 5.3.2.

use muster_contract::channel::{FailureKind, ReceiptState};

use super::frame::Delivery;
use super::settings::Ids;

/// Bits of `esm_class` that say what a delivery is (section 5.2.12).
const TYPE_BITS: u8 = 0b0010_0100;
const RECEIPT: u8 = 0b0000_0100;
const INTERMEDIATE: u8 = 0b0010_0000;
/// Octets of a receipt's text that are looked at; the rest is the message's own beginning.
const TEXT_BYTES_MAX: usize = 300;
/// Characters of a field of the text.
const FIELD_CHARACTERS_MAX: usize = 65;

/// What a receipt says about one part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartReceipt {
    /// The centre's name for the part.
    pub(super) id: String,
    pub(super) state: ReceiptState,
    /// The state in the centre's words, and its error code.
    pub(super) code: Option<String>,
}

/// Whether a delivery is a receipt and not what somebody wrote.
pub(super) fn is_receipt(delivery: &Delivery) -> bool {
    matches!(delivery.esm_class & TYPE_BITS, RECEIPT | INTERMEDIATE)
        || (delivery.receipted_message_id.is_some() && delivery.message_state.is_some())
}

/// Reads a receipt. Parameters go before the text, whose form each maker varies. `None` when it
/// does not say which message it is about.
pub(super) fn read(delivery: &Delivery, ids: Ids) -> Option<PartReceipt> {
    let text = delivery.message.get(..delivery.message.len().min(TEXT_BYTES_MAX));
    let text = String::from_utf8_lossy(text.unwrap_or_default());
    let fields = Fields::of(&text);
    let by_parameter = delivery.receipted_message_id.as_deref().map(String::from_utf8_lossy);
    let id = by_parameter.as_deref().or(fields.get("id"))?;
    let id: String = ids.canonical(id).chars().take(FIELD_CHARACTERS_MAX).collect();
    let word = fields.get("stat");
    let by_parameter = delivery.message_state.map(of_number);
    let (state, name) = by_parameter.unwrap_or_else(|| of_word(word.unwrap_or_default()));
    let error = match delivery.network_error {
        Some((network, code)) => Some(format!("network {network}/{code}")),
        None => fields.get("err").map(str::to_owned),
    };
    let name = if name.is_empty() { word.unwrap_or_default() } else { name };
    let code = match error {
        Some(error) if !name.is_empty() => Some(format!("{name} {error}")),
        error => error.or_else(|| Some(name.to_owned()).filter(|name| !name.is_empty())),
    };
    Some(PartReceipt { id, state, code })
}

/// The states of section 5.2.28, with their words of appendix B.
fn of_number(state: u8) -> (ReceiptState, &'static str) {
    match state {
        0 => of_word("SCHEDULED"),
        1 => of_word("ENROUTE"),
        2 => of_word("DELIVRD"),
        3 => of_word("EXPIRED"),
        4 => of_word("DELETED"),
        5 => of_word("UNDELIV"),
        6 => of_word("ACCEPTD"),
        8 => of_word("REJECTD"),
        9 => of_word("SKIPPED"),
        _ => of_word("UNKNOWN"),
    }
}

/// A state by its word, told from its beginning, as makers end them differently.
fn of_word(word: &str) -> (ReceiptState, &'static str) {
    let start: String = word.chars().take(5).map(|c| c.to_ascii_uppercase()).collect();
    match start.as_str() {
        "SCHED" => (ReceiptState::Accepted, "SCHEDULED"),
        "ENROU" => (ReceiptState::Accepted, "ENROUTE"),
        "ACCEP" => (ReceiptState::Accepted, "ACCEPTD"),
        "DELIV" => (ReceiptState::Delivered, "DELIVRD"),
        "EXPIR" => (ReceiptState::Expired, "EXPIRED"),
        "UNDEL" => (ReceiptState::Failed(FailureKind::Permanent), "UNDELIV"),
        "REJEC" => (ReceiptState::Failed(FailureKind::Permanent), "REJECTD"),
        "FAILE" => (ReceiptState::Failed(FailureKind::Permanent), "FAILED"),
        // Somebody at the provider took it out; that says nothing of the number or the text.
        "DELET" => (ReceiptState::Failed(FailureKind::Technical), "DELETED"),
        "SKIPP" => (ReceiptState::Failed(FailureKind::Technical), "SKIPPED"),
        "UNKNO" => (ReceiptState::Unknown, "UNKNOWN"),
        _ => (ReceiptState::Unknown, ""),
    }
}

/// The `name:value` pairs of a receipt's text up to `text:`, after which the message's own words
/// stand and could say anything.
struct Fields<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Fields<'a> {
    fn of(text: &'a str) -> Self {
        let words = text.split_ascii_whitespace();
        let pairs = words.filter_map(|word| word.split_once(':'));
        Self(pairs.take_while(|(name, _)| !name.eq_ignore_ascii_case("text")).collect())
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.0.iter().find(|(found, _)| found.eq_ignore_ascii_case(name))?;
        let end = value.char_indices().nth(FIELD_CHARACTERS_MAX).map_or(value.len(), |(at, _)| at);
        value.get(..end).filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Delivery, Ids, is_receipt, read};

    fn of(text: &str) -> String {
        let delivery = Delivery { esm_class: 4, message: text.into(), ..Delivery::default() };
        match read(&delivery, Ids::Text) {
            Some(found) => format!("{} {:?} {:?}", found.id, found.state, found.code),
            None => "nothing".to_owned(),
        }
    }

    #[test]
    fn a_receipt_is_read_from_its_text_as_makers_write_it() {
        let whole = "id:0123456789 sub:001 dlvrd:001 submit date:2603010600 done date:2603010601 \
                     stat:DELIVRD err:000 text:id:9 stat:UNDELIV";
        let found = [
            of(whole),
            of("ID:7f STAT:Undeliverable ERR:0a1"),
            of("id:1 stat:EXPIRED"),
            of("id:1 stat:DELETED err:12"),
            of("id:1 stat:ACCEPTD"),
            of("id:1 stat:REJECTD err:"),
            of("id:1 stat:BUFFERED err:3"),
            of("id:1"),
            of("stat:DELIVRD"),
            of("text:id:1 stat:DELIVRD"),
            of("\u{1}\u{FFFD}"),
        ];
        insta::assert_snapshot!(found.join("\n"), @r#"
        0123456789 Delivered Some("DELIVRD 000")
        7f Failed(Permanent) Some("UNDELIV 0a1")
        1 Expired Some("EXPIRED")
        1 Failed(Technical) Some("DELETED 12")
        1 Accepted Some("ACCEPTD")
        1 Failed(Permanent) Some("REJECTD")
        1 Unknown Some("BUFFERED 3")
        1 Unknown None
        nothing
        nothing
        nothing
        "#);
    }

    #[test]
    fn parameters_go_before_the_text() {
        let delivery = Delivery {
            message: b"id:1 stat:DELIVRD".to_vec(),
            receipted_message_id: Some(b"2a".to_vec()),
            message_state: Some(5),
            network_error: Some((3, 17)),
            ..Delivery::default()
        };
        assert!(is_receipt(&delivery));
        insta::assert_debug_snapshot!(read(&delivery, Ids::Text).unwrap(), @r#"
        PartReceipt {
            id: "2a",
            state: Failed(
                Permanent,
            ),
            code: Some(
                "UNDELIV network 3/17",
            ),
        }
        "#);
    }

    #[test]
    fn a_name_in_hexadecimal_and_the_same_in_decimal_are_one() {
        assert_eq!(Ids::Hex.canonical("00FF"), "255");
        assert_eq!(Ids::Decimal.canonical("0255"), "255");
        assert_eq!(Ids::Hex.canonical("no number"), "no number");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_let_be(message in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&Delivery { esm_class: 4, message, ..Delivery::default() }, Ids::Hex);
        }
    }
}
