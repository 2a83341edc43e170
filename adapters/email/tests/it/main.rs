//! The channel against Debian's Postfix, its sink, and relays that misbehave.

mod misbehaving;
mod postfix;
mod sink;
mod support;
