//! The SMS channel against real peers, and against peers that misbehave.

// `cfg(test)` tells clippy that helper functions are tests too, where unwrap is how to fail.
#[cfg(test)]
mod centre;
#[cfg(test)]
mod gateway;
#[cfg(test)]
mod kannel;
#[cfg(test)]
mod misbehaving;
#[cfg(test)]
mod support;
