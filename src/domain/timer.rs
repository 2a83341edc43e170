//! Deadlines, which are data in the World: a restart forgets none.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::command::Command;
use super::ids::Id;
use super::incident::Incident;
use super::message::{self, Message};
use super::mutual_aid::{self, Offer};
use super::period::{Period, StartDue};
use super::signal::{Expire, Signal};
use super::structure::{CarryOutTransfer, Structure, Transfer};
use super::watch::Turn;

/// Something to be done when a time has come. Ordered by that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Timer {
    /// When it falls due.
    pub due: Timestamp,
    /// What falls due.
    pub what: Due,
}

/// What a timer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Due {
    /// The information of a signal no longer counts.
    SignalExpiry(Id<Signal>),
    /// The time of a drafted operational period has come.
    PeriodStart(Id<Period>),
    /// Command changes hands.
    CommandTransfer {
        /// The structure.
        structure: Id<Structure>,
        /// The transfer.
        transfer: Id<Transfer>,
    },
    /// Something stands out on an incident, or no longer does.
    Watch(Id<Incident>),
    /// An offer is over, unless it is binding.
    OfferExpiry(Id<Offer>),
    /// Somebody is to be told a message next, or it is over.
    MessageTurn(Id<Message>),
}

impl Timer {
    /// The command that the hub clock submits when the timer falls due.
    #[must_use]
    pub fn command(&self) -> Command {
        match self.what {
            Due::SignalExpiry(signal) => Expire { signal }.into(),
            Due::PeriodStart(period) => StartDue { period }.into(),
            Due::CommandTransfer { structure, transfer } => {
                CarryOutTransfer { structure, transfer }.into()
            }
            Due::Watch(incident) => Turn { incident }.into(),
            Due::OfferExpiry(offer) => mutual_aid::Expire { offer }.into(),
            Due::MessageTurn(message) => message::Turn { message }.into(),
        }
    }
}
