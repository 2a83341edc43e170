//! The SMS channel against real peers, and against peers that misbehave.

mod centre;
mod misbehaving;
mod support;
