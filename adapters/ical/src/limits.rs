//! The bounds of what is read.

/// Bytes of a file.
pub const BYTES_MAX: usize = 1024 * 1024;
/// Bytes of one line, unfolded; a longer one is passed over with a warning.
pub const LINE_BYTES_MAX: usize = 64 * 1024;
/// Events of a file.
pub const EVENTS_MAX: usize = 10_000;
/// Characters of a summary, an id or an address that are kept.
pub const TEXT_CHARS_MAX: usize = 500;
/// People who take part in one event; further ones are passed over.
pub const ATTENDEES_MAX: usize = 200;
/// Dates that one event adds or takes out.
pub const DATES_MAX: usize = 5_000;
/// Shifts of one file within the window; later ones are left out with a warning.
pub const SHIFTS_MAX: usize = 10_000;
/// Times that are looked at for all that recurs in one file: every hour for thirty years.
pub const STEPS_MAX: usize = 300_000;
/// Warnings that are kept.
pub const WARNINGS_MAX: usize = 100;
