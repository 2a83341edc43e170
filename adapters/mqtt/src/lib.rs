//! The channel that speaks MQTT 5 to field devices and sirens.
//!
//! One [`Mqtt`] holds one connection to one broker for as long as it lives. A message is published
//! with QoS 1 to the topic that is its address, and is submitted when the broker has acknowledged
//! that very packet. Example: the siren of Station 4 listens on `sirens/station-4`; it gets the
//! [document](message) that says what to sound, and answers on the reply topic that it sounded.
//!
//! - [`message`]: what devices receive. It is a published contract; so is
//! - [`reply`]: what devices send back.
//!
//! A connection that is lost leaves what it had published in doubt. The client library would send
//! that again by itself, or forget it, by what the broker remembers; here each connection starts
//! with empty hands instead, because sending again is the hub's to decide. It publishes again under
//! the same key, and devices drop what they have seen.

mod backoff;
mod client;
mod connection;
mod intake;
mod keeper;
mod line;
pub mod message;
mod places;
mod reasons;
pub mod reply;
mod settings;

pub use client::{Clock, Mqtt};
pub use settings::{BadSettings, Settings};

/// The client configuration of the TLS library that [`Mqtt::start`] takes.
pub use rumqttc::tokio_rustls::rustls::ClientConfig;
