//! How long to wait before connecting again.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

/// The wait after the first failure.
const FIRST: Duration = Duration::from_millis(250);

/// The longest wait, but for its jitter.
const LONGEST: Duration = Duration::from_secs(30);

/// The wait before the next attempt, after so many failures one after the other: twice the last
/// one, and up to half as much again. Clients of one broker, told apart by their names, come back
/// at different moments, and each of them always at the same, so that a test can say when.
pub(crate) fn wait(client_id: &str, failures: u32) -> Duration {
    let base = FIRST.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST);
    let mut hasher = DefaultHasher::new();
    (client_id, failures).hash(&mut hasher);
    let share = u32::try_from(hasher.finish() % 1_000).unwrap_or(0);
    base + base.saturating_mul(share) / 2_000
}

#[cfg(test)]
mod tests {
    use super::{FIRST, LONGEST, wait};

    #[test]
    fn waits_grow_to_a_limit_and_differ_between_clients() {
        assert!(wait("hub-1", 1) >= FIRST && wait("hub-1", 1) < FIRST * 2);
        assert!(wait("hub-1", 4) > wait("hub-1", 2));
        for failures in [10, 100, u32::MAX] {
            let wait = wait("hub-1", failures);
            assert!(wait >= LONGEST && wait <= LONGEST * 3 / 2, "{wait:?}");
        }
        assert_ne!(wait("hub-1", 5), wait("hub-2", 5));
    }
}
