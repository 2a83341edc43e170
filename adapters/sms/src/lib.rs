//! The channel that sends short messages, over SMPP 3.4 and by HTTP gateways.
//!
//! [`smpp::Smpp`] keeps a connection to a short message centre; [`http::Gateway`] asks a gateway
//! that a mapping describes. Both are [`Channel`](muster_contract::channel::Channel)s. [`text`]
//! says, for them and for previews, what a text becomes on the air.

pub mod http;
mod number;
pub mod smpp;
pub mod text;
