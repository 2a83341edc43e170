//! The hub loop on real stores.

mod aid;
mod durable;
mod nodes;
mod repeat;
mod timers;
