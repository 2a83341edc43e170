//! Scenarios: timed exercises that play through the hub like the real thing.
//!
//! A scenario is a YAML file: who takes part, and who does what when. It plays through the same
//! commands that people, partners and feeds use, at any speed, and marks all it does as exercise.
//! Example: thirty minutes into `ops/scenarios/river-flood.yaml` the weather service sends a flash
//! flood warning. [`Player::next`] gives Receive with an alert of status Exercise; the hub records
//! the signal, and [`Player::answered`] takes its id, so that the step in which Dana opens the
//! incident from that warning can refer to it.
//!
//! - [`agreement`]: who shows what to whom from the beginning
//! - [`mod@file`]: what stands in the file
//! - [`cast`]: the persons and resources that there are from the beginning
//! - [`ask`]: any command of the hub, as the file words it
//! - [`check`]: what makes a file a scenario that can be played, every mistake with its line
//! - [`play`]: the scenario against the clock: which command falls due when
//! - [`rehearsal`]: the whole of it at once in memory, so that no mistake shows in the middle of a play
//! - [`cap`]: the alerts that it sends

pub mod agreement;
pub mod ask;
pub mod cap;
pub mod cast;
pub mod check;
pub mod file;
pub mod play;
pub mod rehearsal;

pub use agreement::Proposal;
pub use check::{Mistake, Mistakes};
pub use file::Scenario;
pub use play::{Actor, Due, Player, Speed};
pub use rehearsal::Rehearsal;
