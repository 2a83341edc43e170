//! Tests of the whole hub and of its parts against the real things: files, servers, sockets.

mod intake;
mod log;
mod support;
