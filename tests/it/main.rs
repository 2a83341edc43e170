//! Tests of the whole hub and of its parts against the real things: files, servers, sockets.

mod hub;
mod intake;
mod log;
mod support;
mod tidy;
