//! The providers of each channel: which one takes the next message, how fast, and how each one does.
//!
//! A provider that fails or is slow loses weight at once and gets it back message by message. One
//! that fails again and again is left alone for a while, longer each time, until a sign of life that
//! the hub asks for comes back. What nobody can take waits; nothing is dropped.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use muster_contract::channel as contract;
use muster_contract::channel::{Failure, FailureKind, Outgoing, Submitted};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::domain::message::Channel;

/// Failures in a row after which a provider is left alone.
const FAILURES_MAX: u32 = 3;
/// For how long, the first time.
const PAUSE_FIRST: Duration = Duration::from_secs(5);
/// For how long at most.
const PAUSE_MAX: Duration = Duration::from_secs(60);
/// A provider that takes longer than this for a message loses weight.
const SLOW: Duration = Duration::from_secs(5);
/// The most that one message may take a provider, whatever its own limits are.
const SUBMIT_TIME_MAX: Duration = Duration::from_secs(60);
/// The least share of its weight that a provider keeps.
const SHARE_MIN: f64 = 0.02;
/// What a message that was taken gives back of it.
const SHARE_STEP: f64 = 0.05;

/// A client of a channel, with what the hub knows of it.
pub struct Provider {
    name: String,
    channel: Channel,
    client: Arc<dyn contract::Channel>,
    weight: f64,
    /// Time between two messages by the contract with the provider.
    pace: Option<Duration>,
    slots: Semaphore,
    state: Mutex<State>,
    drilled_out: AtomicBool,
    taken: AtomicU64,
    failed: AtomicU64,
}

/// How a provider is configured.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Its name, which stands in the log beside what it was handed.
    pub name: String,
    /// The channel.
    pub channel: Channel,
    /// Its part of the messages, beside that of the others.
    pub weight: u32,
    /// Messages a second that it takes at most.
    pub per_second: Option<f64>,
    /// Messages that it is handed at the same time.
    pub at_once: usize,
}

#[derive(Debug)]
struct State {
    share: f64,
    failures: u32,
    paused_until: Option<Instant>,
    pause: Duration,
    credit: f64,
    next_free: Instant,
}

/// How a provider does.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// Its name.
    pub name: String,
    /// Its channel.
    pub channel: Channel,
    /// The share of its weight that it has now, 0 to 1.
    pub share: f64,
    /// Whether it is left alone for now.
    pub paused: bool,
    /// Whether it was taken out for a drill.
    pub drilled_out: bool,
    /// Messages that it took since the start.
    pub taken: u64,
    /// Messages that failed with it since the start.
    pub failed: u64,
}

/// All providers.
#[derive(Default)]
pub struct Providers(Vec<Arc<Provider>>);

impl Providers {
    /// These, in the order of the configuration.
    #[must_use]
    pub fn new(providers: Vec<Arc<Provider>>) -> Self {
        Self(providers)
    }

    /// How each does.
    #[must_use]
    pub fn health(&self) -> Vec<Health> {
        self.0.iter().map(|provider| provider.health()).collect()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Provider>> {
        self.0.iter()
    }

    /// Takes a provider out for a drill, or brings it back. Tells whether there is one of that name.
    pub fn drill(&self, name: &str, out: bool) -> bool {
        let known = self.0.iter().find(|provider| provider.name == name);
        known.inspect(|provider| provider.drilled_out.store(out, Ordering::Relaxed)).is_some()
    }

    /// The provider that takes the next message of a channel, those tried already left out: each by
    /// its weight and how it does.
    #[must_use]
    pub fn next(&self, channel: Channel, tried: &[String]) -> Option<Arc<Provider>> {
        let fits =
            |p: &&Arc<Provider>| p.channel == channel && !tried.contains(&p.name) && p.is_usable();
        let all: Vec<_> = self.0.iter().filter(fits).collect();
        let total: f64 = all.iter().map(|provider| provider.earn()).sum();
        let richest = all.into_iter().max_by(|a, b| a.credit().total_cmp(&b.credit()))?;
        richest.spend(total);
        Some(Arc::clone(richest))
    }

    /// Asks those that are left alone for a sign of life, as long as it is let.
    pub async fn watch(&self) {
        loop {
            tokio::time::sleep(PAUSE_FIRST).await;
            for provider in self.0.iter().filter(|provider| provider.is_due_for_probe()) {
                let probe = tokio::time::timeout(SLOW, provider.client.probe()).await;
                match probe {
                    Ok(Ok(())) => provider.came_back(),
                    Ok(Err(_)) | Err(_) => provider.suffered(),
                }
            }
        }
    }
}

impl Provider {
    /// A provider with its client.
    #[must_use]
    pub fn new(terms: Terms, client: Arc<dyn contract::Channel>) -> Arc<Self> {
        let pace = terms.per_second.filter(|rate| *rate > 0.0);
        Arc::new(Self {
            name: terms.name,
            channel: terms.channel,
            client,
            weight: f64::from(terms.weight.max(1)),
            pace: pace.map(|rate| Duration::from_secs_f64(1.0 / rate)),
            slots: Semaphore::new(terms.at_once.max(1)),
            state: Mutex::new(State {
                share: 1.0,
                failures: 0,
                paused_until: None,
                pause: PAUSE_FIRST,
                credit: 0.0,
                next_free: Instant::now(),
            }),
            drilled_out: AtomicBool::new(false),
            taken: AtomicU64::new(0),
            failed: AtomicU64::new(0),
        })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its channel.
    #[must_use]
    pub const fn channel(&self) -> Channel {
        self.channel
    }

    /// Waits for its turn by the provider's rate, and hands a message over unless `still` says that
    /// nobody needs it any more; none then.
    pub async fn submit(
        &self,
        message: &Outgoing,
        still: impl Fn() -> bool,
    ) -> Option<Result<Submitted, Failure>> {
        // Never closed.
        let _slot = self.slots.acquire().await.ok()?;
        if let Some(turn) = self.turn() {
            tokio::time::sleep_until(turn).await;
        }
        if !still() {
            return None;
        }
        let began = Instant::now();
        let answer = tokio::time::timeout(SUBMIT_TIME_MAX, self.client.submit(message)).await;
        let answer = answer.unwrap_or_else(|_| {
            let says = "the provider gave no answer in time";
            Err(Failure::new(FailureKind::InDoubt, "timeout", says))
        });
        match &answer {
            Ok(_) => {
                self.taken.fetch_add(1, Ordering::Relaxed);
                if began.elapsed() > SLOW { self.suffered() } else { self.did_well() }
            }
            Err(failure) => {
                self.failed.fetch_add(1, Ordering::Relaxed);
                match failure.kind {
                    // The message's own fault.
                    FailureKind::Permanent => self.did_well(),
                    FailureKind::Temporary | FailureKind::Technical | FailureKind::InDoubt => {
                        self.suffered();
                    }
                }
            }
        }
        Some(answer)
    }

    /// The moment at which the next message may go, where the provider has a rate.
    fn turn(&self) -> Option<Instant> {
        let pace = self.pace?;
        let mut state = self.lock();
        let turn = state.next_free.max(Instant::now());
        state.next_free = turn + pace;
        Some(turn)
    }

    fn health(&self) -> Health {
        let state = self.lock();
        Health {
            name: self.name.clone(),
            channel: self.channel,
            share: state.share,
            paused: state.paused_until.is_some(),
            drilled_out: self.drilled_out.load(Ordering::Relaxed),
            taken: self.taken.load(Ordering::Relaxed),
            failed: self.failed.load(Ordering::Relaxed),
        }
    }

    fn is_usable(&self) -> bool {
        !self.drilled_out.load(Ordering::Relaxed) && self.lock().paused_until.is_none()
    }

    fn is_due_for_probe(&self) -> bool {
        self.lock().paused_until.is_some_and(|until| until <= Instant::now())
    }

    fn earn(&self) -> f64 {
        let mut state = self.lock();
        let earned = self.weight * state.share;
        state.credit += earned;
        earned
    }

    fn credit(&self) -> f64 {
        self.lock().credit
    }

    fn spend(&self, amount: f64) {
        self.lock().credit -= amount;
    }

    fn did_well(&self) {
        let mut state = self.lock();
        state.failures = 0;
        state.pause = PAUSE_FIRST;
        state.share = (state.share + SHARE_STEP).min(1.0);
    }

    fn suffered(&self) {
        let mut state = self.lock();
        state.failures += 1;
        state.share = (state.share / 2.0).max(SHARE_MIN);
        if state.failures >= FAILURES_MAX {
            state.paused_until = Some(Instant::now() + state.pause);
            state.pause = (state.pause * 2).min(PAUSE_MAX);
            tracing::warn!(provider = %self.name, "left alone for a while: it fails again and again");
        }
    }

    fn came_back(&self) {
        let mut state = self.lock();
        state.paused_until = None;
        state.failures = 0;
        state.share = SHARE_MIN;
        state.credit = 0.0;
        tracing::info!(provider = %self.name, "it answers again");
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use muster_contract::channel::Task;

    struct Never;

    impl contract::Channel for Never {
        fn submit<'a>(&'a self, _: &'a Outgoing) -> Task<'a, Result<Submitted, Failure>> {
            Box::pin(std::future::pending())
        }

        fn probe(&self) -> Task<'_, Result<(), Failure>> {
            Box::pin(std::future::ready(Ok(())))
        }
    }

    fn provider(name: &str, weight: u32) -> Arc<Provider> {
        let (channel, name) = (Channel::Sms, name.to_owned());
        let terms = Terms { name, channel, weight, per_second: None, at_once: 1 };
        Provider::new(terms, Arc::new(Never))
    }

    fn shares(providers: &Providers, times: usize) -> Vec<usize> {
        let mut counts = vec![0; providers.0.len()];
        for _ in 0..times {
            let next = providers.next(Channel::Sms, &[]).unwrap();
            let index = providers.0.iter().position(|p| p.name == next.name).unwrap();
            counts[index] += 1;
        }
        counts
    }

    #[tokio::test]
    async fn messages_are_shared_by_weight() {
        let providers = Providers::new(vec![provider("a", 3), provider("b", 1)]);
        assert_eq!(shares(&providers, 100), [75, 25]);
    }

    #[tokio::test]
    async fn one_that_fails_loses_weight_at_once_and_is_left_alone_after_three_times() {
        let providers = Providers::new(vec![provider("a", 1), provider("b", 1)]);
        providers.0[0].suffered();
        let after_one = shares(&providers, 90);
        assert_eq!(after_one, [30, 60]);
        providers.0[0].suffered();
        providers.0[0].suffered();
        assert_eq!(shares(&providers, 10), [0, 10]);
        providers.0[0].came_back();
        let back = shares(&providers, 100);
        assert!(back[0] > 0 && back[0] < 5, "it comes back slowly: {back:?}");
    }

    #[tokio::test]
    async fn one_that_is_out_for_a_drill_gets_nothing() {
        let providers = Providers::new(vec![provider("a", 1), provider("b", 1)]);
        assert!(providers.drill("a", true));
        assert_eq!(shares(&providers, 10), [0, 10]);
        assert!(providers.drill("a", false));
        assert!(!providers.drill("c", true));
        assert_eq!(providers.next(Channel::Email, &[]).map(|p| p.name.clone()), None);
    }
}
