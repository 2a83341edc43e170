//! The channel against an HTTP server that each test drives. It stands in for the provider, which
//! cannot be had on this machine; what it says is from the provider's documentation.

mod calling;
mod hearing;
mod support;
