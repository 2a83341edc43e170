//! Telling people, by the real program and real mail and message servers.

mod callbacks;
mod crash;
mod loops;
mod race;
mod scene;
