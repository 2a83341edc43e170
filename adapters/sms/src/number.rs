//! Telephone numbers.

use muster_contract::channel::{Failure, FailureKind};

/// Digits of an international number (E.164), with those of short codes.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=15;

/// The digits of a number, and whether it is an international one with `+`. `None` if it is none.
pub(crate) fn digits(address: &str) -> Option<(&str, bool)> {
    let digits = address.strip_prefix('+').unwrap_or(address);
    let is_number = DIGITS.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some((digits, digits.len() < address.len()))
}

/// The same for the number that a message goes to. Whatever is none goes nowhere.
pub(crate) fn of_recipient(address: &str) -> Result<(&str, bool), Failure> {
    digits(address).ok_or_else(|| {
        let says = "the address is not a telephone number; write it as `+` and digits";
        Failure::new(FailureKind::Permanent, "bad number", says)
    })
}
