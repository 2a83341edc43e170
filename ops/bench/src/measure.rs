//! Figures from samples. Machines are noisy: a figure is a median of several runs.

use std::time::Duration;

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// Runs of which the median counts.
    pub(crate) runs: usize,
    /// How long one run goes on.
    pub(crate) run_time: Duration,
    /// Entries of the large log.
    pub(crate) log_entries: usize,
    /// People who are told.
    pub(crate) people: usize,
    /// How long the memory of the dashboard is watched.
    pub(crate) watch_minutes: u64,
}

impl Effort {
    /// Enough for figures to be quoted.
    pub(crate) const FULL: Self = Self {
        runs: 5,
        run_time: Duration::from_secs(3),
        log_entries: 1_000_000,
        people: 10_000,
        watch_minutes: 10,
    };
    /// Enough to see that everything works.
    pub(crate) const QUICK: Self = Self {
        runs: 1,
        run_time: Duration::from_millis(700),
        log_entries: 200_000,
        people: 1_000,
        watch_minutes: 2,
    };
}

/// The value in the middle; 0 of nothing.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    percentile(values, 50)
}

/// The value that so many percent do not exceed; 0 of nothing.
pub(crate) fn percentile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let index = (values.len() * percent / 100).min(values.len().saturating_sub(1));
    values.get(index).copied().unwrap_or(0.0)
}

/// The pair whose ratio is in the middle: a reference is only fair beside its own run.
pub(crate) fn median_pair(mut pairs: Vec<(f64, f64)>) -> (f64, f64) {
    pairs.sort_by(|a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1)));
    pairs.get(pairs.len() / 2).copied().unwrap_or((0.0, 0.0))
}

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
pub(crate) const fn count(n: usize) -> f64 {
    n as f64
}
