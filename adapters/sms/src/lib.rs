//! The channel that sends short messages, over SMPP 3.4 and by HTTP gateways.

pub mod text;
