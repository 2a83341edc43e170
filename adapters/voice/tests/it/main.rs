//! The channel against an HTTP server that each test drives. It stands in for the provider, which
//! cannot be had on this machine; what it says is from the provider's documentation.

// `cfg(test)` tells clippy that helper functions are tests too, where unwrap is how to fail.
#[cfg(test)]
mod calling;
#[cfg(test)]
mod hearing;
#[cfg(test)]
mod support;
