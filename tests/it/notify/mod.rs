//! Telling people, by the real program and real mail and message servers.

mod callbacks;
mod crash;
mod devices;
mod gateways;
mod loops;
mod operators;
mod race;
mod scene;
mod telephone;
