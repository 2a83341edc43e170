//! The channel against a real broker, and against one that misbehaves.

mod hostile;
mod mosquitto;
mod support;
