//! The hub loop on real stores.

mod durable;
mod nodes;
mod repeat;
mod timers;
