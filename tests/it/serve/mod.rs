//! The real program, started, killed and started again.

mod crash;
mod demo;
