//! What viewers are shown, of Worlds that are made by commands.

mod fields;
mod matrix;
mod noninterference;
mod onward;
mod serving;
mod story;
