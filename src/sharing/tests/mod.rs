//! What viewers are shown, of Worlds that are made by commands.

mod aid;
pub(crate) mod fields;
mod matrix;
pub(crate) mod noninterference;
mod onward;
mod resources;
mod serving;
pub(crate) mod story;
