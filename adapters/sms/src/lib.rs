//! The channel that sends short messages, over SMPP 3.4 and by HTTP gateways.

mod secret;
pub mod smpp;
pub mod text;

pub use secret::Secret;
