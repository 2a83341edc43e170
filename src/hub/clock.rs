//! The clock and the source of ids: the one place that reads time and draws chance.

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

/// Tells the time and makes ids. Tests set it; production reads the machine's.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    System,
    Fixed(Arc<dyn Fn() -> Timestamp + Send + Sync>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that a test turns by hand.
    pub fn by(time: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Source::Fixed(Arc::new(time)))
    }

    /// The time, to the microsecond, which is what the log keeps: a World folded live and one
    /// folded from the log are the same to the last digit.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = match &self.0 {
            #[expect(clippy::disallowed_methods, reason = "this is where the clock is read")]
            Source::System => Timestamp::now(),
            Source::Fixed(time) => time(),
        };
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// A new id that sorts by time.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        #[expect(clippy::disallowed_methods, reason = "this is where ids are made")]
        Uuid::now_v7()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}
