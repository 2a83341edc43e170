//! The channel against another maker's library, and against receivers that misbehave.

// `cfg(test)` tells clippy that helper functions are tests too, where unwrap is how to fail.
#[cfg(test)]
mod misbehaving;
#[cfg(test)]
mod receiver;
#[cfg(test)]
mod support;
