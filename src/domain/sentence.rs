//! A sentence of the hub, and the values that stand in it.
//!
//! The hub speaks English. Who tells a sentence in another language has one of their own for each
//! code, and puts the values into that. The values are those of the English sentence and no others:
//! the compiler refuses a value that does not stand in it, so nothing is told by them that the
//! sentence does not tell.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What there is to be said: its code, the sentence, and the values in it by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// What it says for programs, stable over releases. Sentences of one code differ in which values
    /// they have.
    pub code: Cow<'static, str>,
    /// What it says for people.
    pub text: String,
    /// The values that stand in it.
    pub values: BTreeMap<String, String>,
}

impl Sentence {
    /// It with the reason behind it, where one was given.
    pub(in crate::domain) fn because(mut self, reason: Option<&str>) -> Self {
        if let Some(reason) = reason {
            self.text = format!("{}: {reason}", self.text);
            self.values.insert("reason".to_owned(), reason.to_owned());
        }
        self
    }
}

/// Makes a [`Sentence`] of its code, its text with a name at the place of each value, and the values.
macro_rules! sentence {
    ($code:literal, $text:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::domain::sentence::Sentence {
            code: std::borrow::Cow::Borrowed($code),
            text: format!($text $(, $name = $value)*),
            values: [$((stringify!($name).to_owned(), $value.to_string())),*].into(),
        }
    };
}
pub(crate) use sentence;

/// A moment as sentences have it: to the minute, in UTC.
pub(in crate::domain) fn minute(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC").to_string()
}
