//! The channel against a real broker, and against one that misbehaves.

// `cfg(test)` tells clippy that helper functions are tests too, where unwrap is how to fail.
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod mosquitto;
#[cfg(test)]
mod support;
#[cfg(test)]
mod truth;
