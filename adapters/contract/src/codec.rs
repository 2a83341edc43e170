//! The trait of a decoder, and how a rejected message says where and why.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::alert::Alert;

/// Reads one wire format into canonical alerts.
pub trait Decoder: Send + Sync {
    /// Reads every alert of a document. Pure: the same bytes give the same answer.
    ///
    /// A document may hold several messages; each stands or falls alone, so one malformed message
    /// loses none of its neighbours. A document that cannot be read at all gives one rejection.
    fn decode(&self, bytes: &[u8]) -> Vec<Result<Decoded, Rejection>>;
}

/// A message that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// What the sender said.
    pub alert: Alert,
    /// What the codec put up with: departures from the standard that lose nothing.
    pub warnings: Vec<Warning>,
}

/// A departure from the standard that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Path of the element, such as `alert/info[2]/area[1]/polygon[1]`.
    pub place: String,
    /// What is unusual and how it was read, in a sentence.
    pub message: String,
}

/// Why a message was refused: the element, the rule it breaks, and what the sender can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub struct Rejection {
    /// Path of the element, such as `alert/info[2]/severity`.
    pub place: String,
    /// Line in the document, from 1; absent when it could not be read as far as that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The rule that is broken, with its clause where a standard decides, and the mend.
    pub message: String,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "`{}` (line {line}): {}", self.place, self.message),
            None => write!(f, "`{}`: {}", self.place, self.message),
        }
    }
}
