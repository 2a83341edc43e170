//! The SMS channel against real peers, and against peers that misbehave.

mod centre;
mod gateway;
mod kannel;
mod misbehaving;
mod support;
