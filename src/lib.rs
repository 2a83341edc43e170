//! Muster: a hub that many agencies share during a critical event.

pub mod base_map;
pub mod config;
pub mod domain;
pub mod graphql;
pub mod hub;
pub mod identity;
pub mod intake;
pub mod log;
pub mod notify;
pub mod scenario;
pub mod sharing;
pub mod web;
