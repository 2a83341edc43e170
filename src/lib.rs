//! Muster: a hub that many agencies share during a critical event.

pub mod domain;
pub mod scenario;
