//! The rules of the field. Pure: no I/O, no clock, no randomness.
//!
//! Everything that happens is an [`Event`]; folding all events gives the [`World`]; a [`Command`]
//! is decided against a World and gives more events, or a [`Refusal`] with a sentence for the duty
//! officer. Example: Dana of Harbor Fire asks to close the Mill Street fire. `decide` finds that
//! the incident still has a part (a child incident) that is active, and refuses, naming it. She closes
//! the part first; then the same command gives one `incident.status-changed` event, and `apply`
//! makes the next World.
//!
//! Each noun has one file or folder that holds its data, events, commands, `decide` and `apply`, so
//! that a change to one noun is a change in one place:
//! [`organization`], [`person`], [`signal`], [`incident`], [`journal`], [`rules`]; for who commands
//! [`structure`] and [`qualification`], for what is planned [`period`], for what it takes
//! [`resource`]; what should be looked at [`watch`]; for who sees what
//! [`agreement`], [`marking`], [`policies`], [`break_glass`], [`reading`]; and for who gets in [`account`],
//! [`access_token`], [`session`], [`setup_link`]; for what is asked for, offered and agreed on
//! [`resource_request`], [`mutual_aid`]; for who is told what [`message`], [`group`], [`schedule`]
//! and [`contact`].

pub mod access_token;
pub mod account;
pub mod agreement;
pub mod break_glass;
pub mod command;
pub mod contact;
pub mod drill;
pub mod event;
pub mod group;
pub mod hazard;
pub mod ids;
pub mod incident;
pub mod journal;
pub mod limits;
pub mod marking;
pub mod message;
pub mod mutual_aid;
pub mod organization;
pub mod period;
pub mod person;
pub mod place;
pub mod policies;
pub mod principal;
pub mod qualification;
pub mod reach;
pub mod reading;
pub mod record;
pub mod refusal;
pub mod resource;
pub mod resource_request;
pub mod rules;
pub mod schedule;
pub mod secret;
pub mod sentence;
pub mod session;
pub mod setup_link;
pub mod signal;
pub mod structure;
#[cfg(test)]
mod testing;
pub mod timer;
pub mod watch;
pub mod world;

pub use command::{Command, Context, Decide, Decision};
pub use event::{Apply, Event, Stamp};
pub use ids::{Id, Ids};
pub use principal::{Credential, Principal, Scope};
pub use reach::Reach;
pub use record::{Attribution, RecordRef, Seq};
pub use refusal::Refusal;
pub use secret::SecretHash;
pub use world::World;
