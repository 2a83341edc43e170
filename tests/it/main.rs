//! Tests of the whole hub and of its parts against the real things: files, servers, sockets.

// `cfg(test)` tells clippy that helper functions are tests too, where unwrap is how to fail.
#[cfg(test)]
mod api;
#[cfg(test)]
mod hub;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod intake;
#[cfg(test)]
mod log;
#[cfg(test)]
mod notify;
#[cfg(test)]
mod serve;
#[cfg(test)]
mod sharing;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tidy;
