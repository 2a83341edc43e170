//! Links that are asked for again although their entries did not change.
//!
//! A link that answers 404 may only be early: the sender lists an alert before all its servers have
//! it. And an entry without a date cannot say that its alert changed, as where a warning is kept up
//! to date at one address; so the server is asked whether there is a newer version.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::entries::Link;
use super::fetch::Validators;
use super::poll::Seen;

/// Links that are asked for again at one poll; the others have their turn at the next.
const VISITS_MAX: usize = 100;
/// How long a link that leads to nothing is tried.
const MISSING_FOR: Duration = Duration::from_secs(6 * 3_600);
/// The longest time between two tries of it.
const MISSING_WAIT_MAX: Duration = Duration::from_secs(900);
/// How long to wait where the server tells no versions and would send the whole alert each time.
const UNVERSIONED_WAIT: Duration = Duration::from_secs(300);

/// The links of a feed that are asked for again.
#[derive(Default)]
pub(super) struct Again(HashMap<Seen, Visit>);

/// A link that is asked for again.
struct Visit {
    link: Link,
    due: Instant,
    why: Why,
}

enum Why {
    /// There was nothing behind it.
    Missing { since: Instant, waited: Duration },
    /// Its entry has no date.
    Undated(Version),
}

/// Which version of a document is known.
#[derive(Clone, Default)]
pub(super) struct Version {
    /// What its server said about it.
    pub(super) validators: Validators,
    /// The SHA-256 of its bytes.
    pub(super) digest: Option<[u8; 32]>,
}

/// What was behind a link.
pub(super) enum Found {
    /// A document, which was dealt with.
    There(Version),
    /// The version that is known.
    Unchanged,
    /// Nothing.
    Missing,
    /// Something that is not taken, now or later.
    Nothing,
    /// It is not known; the next poll tries again.
    NotYet,
}

impl Again {
    /// The links that are due, those that have waited longest first, and what is known of each.
    pub(super) fn due(&self, now: Instant) -> Vec<(Seen, Link, Version)> {
        let due = self.0.iter().filter(|(_, visit)| visit.due <= now);
        let mut due: Vec<_> = due.collect();
        due.sort_by_key(|(_, visit)| visit.due);
        let known = |why: &Why| match why {
            Why::Missing { .. } => Version::default(),
            Why::Undated(version) => version.clone(),
        };
        let visits = due.into_iter().take(VISITS_MAX);
        visits.map(|(seen, v)| (seen.clone(), v.link.clone(), known(&v.why))).collect()
    }

    /// Notes what was behind a link, and when to ask again; `every` is the time between two polls.
    /// Tells whether the poll is done with the entry.
    pub(super) fn note(&mut self, seen: Seen, link: Link, found: Found, every: Duration) -> bool {
        let (now, before) = (Instant::now(), self.0.remove(&seen));
        let (wait, why) = match (found, before) {
            // Half of the time, so that the next poll is not too early for it by chance.
            (Found::There(version), _) if link.updated.is_empty() => {
                let told = version.validators != Validators::default();
                let wait = if told { every / 2 } else { UNVERSIONED_WAIT };
                (wait, Why::Undated(version))
            }
            (Found::Unchanged, Some(Visit { why: why @ Why::Undated(_), .. })) => (every / 2, why),
            (Found::Missing, before) => match before.map(|visit| visit.why) {
                Some(Why::Missing { since, .. }) if now - since > MISSING_FOR => return true,
                Some(Why::Missing { since, waited }) => {
                    let waited = (waited * 2).min(MISSING_WAIT_MAX.max(every));
                    (waited, Why::Missing { since, waited })
                }
                _ => (every / 2, Why::Missing { since: now, waited: every / 2 }),
            },
            (Found::NotYet, Some(visit)) => (Duration::ZERO, visit.why),
            (Found::NotYet, None) => return false,
            (Found::There(_) | Found::Unchanged | Found::Nothing, _) => return true,
        };
        self.0.insert(seen, Visit { link, due: now + wait, why });
        true
    }

    /// Forgets the links whose entries no longer stand in the feed.
    pub(super) fn retain(&mut self, listed: impl Fn(&Seen) -> bool) {
        self.0.retain(|seen, _| listed(seen));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: Duration = Duration::from_secs(60);

    #[tokio::test(start_paused = true)]
    async fn a_link_that_leads_to_nothing_is_tried_ever_more_rarely_for_hours_and_then_never() {
        let link = Link {
            url: "https://alerts.example/1.cap".parse().unwrap(),
            updated: "2026-03-01".to_owned(),
            sure: true,
        };
        let seen = Seen::Linked(link.url.clone(), link.updated.clone());
        let (mut again, begun, mut tries) = (Again::default(), Instant::now(), 0);
        again.note(seen.clone(), link.clone(), Found::Missing, EVERY);
        while !again.0.is_empty() {
            tokio::time::advance(EVERY).await;
            for (seen, link, _) in again.due(Instant::now()) {
                tries += 1;
                assert!(again.note(seen, link, Found::Missing, EVERY));
            }
        }
        let hours = begun.elapsed().as_secs() / 3_600;
        assert_eq!((hours, tries), (6, 28));
    }
}
