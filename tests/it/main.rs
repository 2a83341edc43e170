//! Tests of the whole hub and of its parts against the real things: files, servers, sockets.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking; clippy knows only functions marked as tests"
)]

mod api;
mod log;
mod support;
