//! How often a follower is told of changes: at once, and where changes go on and on, so often that
//! nobody sees the difference.

use std::time::Duration;

use tokio::time::Instant;

/// Events that are told at once, however fast they come.
const AT_ONCE: u32 = 64;
/// From one event to the next where they go on: what people see as one movement.
const EVERY: Duration = Duration::from_millis(50);

/// Counts the events of one follower.
#[derive(Debug)]
pub(super) struct Pace {
    /// When all events would have been told if each had waited for its turn.
    turn: Instant,
}

impl Pace {
    pub(super) fn new() -> Self {
        Self { turn: Instant::now() }
    }

    /// Notes that an event was told.
    pub(super) fn note(&mut self) {
        self.turn = self.turn.max(Instant::now()) + EVERY;
    }

    /// Waits until the next one may be told.
    pub(super) async fn wait(&self) {
        if let Some(due) = self.turn.checked_sub(EVERY * AT_ONCE) {
            tokio::time::sleep_until(due).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn some_events_are_told_at_once_and_a_stream_of_them_twenty_times_a_second() {
        let mut pace = Pace::new();
        let mut told_at_once = 0;
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(10) {
            pace.wait().await;
            pace.note();
            told_at_once += u32::from(start.elapsed().is_zero());
        }
        assert_eq!(told_at_once, AT_ONCE + 1);
        let before = Instant::now();
        for _ in 0..20 {
            pace.wait().await;
            pace.note();
        }
        assert_eq!(before.elapsed(), Duration::from_secs(1));

        // Whoever heard nothing for a while is told at once again.
        tokio::time::sleep(EVERY * (AT_ONCE + 1)).await;
        let before = Instant::now();
        for _ in 0..AT_ONCE {
            pace.wait().await;
            pace.note();
        }
        assert!(before.elapsed().is_zero());
    }
}
