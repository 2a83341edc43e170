//! What viewers are shown, of Worlds that are made by commands.

mod aid;
mod fields;
mod matrix;
mod noninterference;
mod onward;
mod resources;
mod story;
