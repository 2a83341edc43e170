//! The channel against Debian's Postfix, its sink, and relays that misbehave.

// `cfg(test)` tells clippy that helper functions are tests too, where unwrap is how to fail.
#[cfg(test)]
mod chaos;
#[cfg(test)]
mod misbehaving;
#[cfg(test)]
mod pipelining;
#[cfg(test)]
mod postfix;
#[cfg(test)]
mod sink;
#[cfg(test)]
mod support;
