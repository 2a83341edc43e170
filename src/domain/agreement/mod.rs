//! Data-sharing agreements: which organization shows what to which other, how exactly, how long.
//!
//! An agreement is proposed by one party, in force when every party has signed, and ended by any
//! party at once. What was signed never changes: a change is a new agreement, with the old one
//! ended. Its terms are allowlists, so that nothing is shown that is not named: a kind of record or
//! a group of fields that is added to the program later is hidden until an agreement names it, and
//! an empty list means nobody or nothing.
//!
//! Example: Harbor Fire gives Memorial Hospital its incidents of the kind `mass-casualty`, identity
//! and status exactly and the place to 1 km. When Harbor Fire ends the agreement, the incidents
//! vanish from the hospital's screens with that log entry.
//!
//! - [`terms`]: what is shown to whom
//! - [`life`]: proposed, signed, ended

pub mod life;
pub mod terms;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::Id;
use super::organization::Organization;
use super::record::Revision;

pub use life::{End, Ended, Propose, Proposed, Sign, Signed};
pub use terms::{Group, Incidents, PlacePrecision, Shareable, Term, TimePrecision};

/// A data-sharing agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// Its id.
    pub id: Id<Agreement>,
    /// What was proposed and is signed, word for word.
    pub text: Text,
    /// The party that proposed it.
    pub proposed_by: Id<Organization>,
    /// Who signed, in order.
    pub signatures: Vec<Signature>,
    /// That it was ended, by whom and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ending>,
    /// When it was proposed and last changed.
    pub revision: Revision,
}

/// What the parties agree on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// What people call it.
    pub title: String,
    /// What the facts may be used for, in the parties' words.
    pub purpose: String,
    /// The organizations that have to sign.
    pub parties: Vec<Id<Organization>>,
    /// What is shown to whom.
    pub terms: Vec<Term>,
    /// From when on; from the last signature on when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Timestamp>,
    /// Until when; until it is ended when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Timestamp>,
}

/// That a party signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signature {
    /// The party.
    pub organization: Id<Organization>,
    /// Who signed for it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// That a party ended it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ending {
    /// The party.
    pub organization: Id<Organization>,
    /// Who ended it for the party.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// Where an agreement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Some party has not signed.
    Proposed,
    /// Every party has signed, and its time has not begun.
    Signed,
    /// It is in force.
    InForce,
    /// Its time is over.
    Expired,
    /// A party ended it.
    Ended,
}

impl Agreement {
    /// Whether the organization has to sign it.
    #[must_use]
    pub fn is_party(&self, organization: Id<Organization>) -> bool {
        self.text.parties.contains(&organization)
    }

    /// Whether every party has signed.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.text.parties.iter().all(|p| self.signatures.iter().any(|s| s.organization == *p))
    }

    /// Where it stands at a time, judged by that time and not by when the hub woke up.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        if self.ended.is_some() {
            Standing::Ended
        } else if !self.is_signed() {
            Standing::Proposed
        } else if self.text.starts.is_some_and(|starts| now < starts) {
            Standing::Signed
        } else if self.text.ends.is_some_and(|ends| now >= ends) {
            Standing::Expired
        } else {
            Standing::InForce
        }
    }
}
