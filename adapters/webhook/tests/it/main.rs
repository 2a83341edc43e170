//! The channel against another maker's library, and against receivers that misbehave.

mod misbehaving;
mod receiver;
mod support;
