//! Tests of the whole hub and of its parts against the real things: files, servers, sockets.

mod api;
mod log;
mod support;
