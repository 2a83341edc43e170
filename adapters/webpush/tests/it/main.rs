//! The channel against another maker's decryption, and against push services.

// `cfg(test)` tells clippy that helper functions are tests too, where unwrap is how to fail.
#[cfg(test)]
mod push;
