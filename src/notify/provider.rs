//! One provider: how fast it is handed messages, and how it does.
//!
//! A provider that fails or is slow loses weight at once and gets it back message by message. One
//! that fails again and again is left alone for a while, longer each time, until a sign of life that
//! the hub asks for comes back.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use muster_contract::channel as contract;
use muster_contract::channel::{Failure, FailureKind, Outgoing, Submitted};
use tokio::sync::{Notify as Bell, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::domain::message::Channel;

/// Failures in a row after which a provider is left alone.
const FAILURES_MAX: u32 = 3;
/// For how long, the first time.
pub(super) const PAUSE_FIRST: Duration = Duration::from_secs(5);
/// For how long at most.
const PAUSE_MAX: Duration = Duration::from_secs(60);
/// A provider that takes longer than this for a message loses weight.
const SLOW: Duration = Duration::from_secs(5);
/// The most that one message may take a provider, whatever its own limits are.
const SUBMIT_TIME_MAX: Duration = Duration::from_secs(180);
/// How long a provider may be silent before it is asked for a sign of life.
const SILENCE_MAX: Duration = Duration::from_secs(60);
/// How long a sign of life may take.
const PROBE_TIME_MAX: Duration = Duration::from_secs(15);
/// The least share of its weight that a provider keeps.
const SHARE_MIN: f64 = 0.02;
/// What a message that was taken gives back of it.
const SHARE_STEP: f64 = 0.05;

/// A client of a channel, with what the hub knows of it.
pub struct Provider {
    terms: Terms,
    client: Arc<dyn contract::Channel>,
    /// Time between two messages by the contract with the provider.
    pace: Option<Duration>,
    slots: Arc<Semaphore>,
    /// Guards counters that are read and written in a few instructions; never held across an await.
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
    heard: Instant,
    last_failure: Option<(Instant, FailureKind, String)>,
}

/// How a provider does.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// Its name.
    pub name: String,
    /// Its channel.
    pub channel: Channel,
    /// Its part of the messages by the configuration.
    pub weight: u32,
    /// The share of its weight that it has now, 0 to 1.
    pub share: f64,
    /// Whether it is left alone for now.
    pub paused: bool,
    /// Messages that it took since this node began to tell people.
    pub taken: u64,
    /// Messages that failed with it since then.
    pub failed: u64,
    /// The last failure, if there was one.
    pub last_failure: Option<LastFailure>,
}

/// What went wrong last. Names no address and no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastFailure {
    /// How long ago.
    pub ago: Duration,
    /// What it meant.
    pub kind: FailureKind,
    /// The provider's code for it.
    pub code: String,
}

/// A place among the messages that a provider is handed at the same time. When it is given up, the
/// next one is woken.
pub struct Slot {
    provider: Arc<Provider>,
    permit: Option<OwnedSemaphorePermit>,
    freed: Arc<Bell>,
}

/// What came of a slot.
#[derive(Debug)]
pub enum Handed {
    /// The provider's answer.
    Answer(Result<Submitted, Failure>),
    /// Nobody needs it any more, so it was not handed over.
    NotNeeded,
    /// The provider fell out meanwhile; nothing was handed over.
    Elsewhere,
}

impl Health {
    /// What is known of a provider that is not in use.
    pub(super) fn unused(terms: &Terms) -> Self {
        Self {
            name: terms.name.clone(),
            channel: terms.channel,
            weight: terms.weight,
            share: 1.0,
            paused: false,
            taken: 0,
            failed: 0,
            last_failure: None,
        }
    }
}

impl Slot {
    /// The provider.
    #[must_use]
    pub fn provider(&self) -> &Arc<Provider> {
        &self.provider
    }

    /// Waits for the turn by the provider's rate, and hands a message over unless `still` says that
    /// nobody needs it any more.
    pub async fn submit(self, message: &Outgoing, still: impl Fn() -> bool) -> Handed {
        if let Some(turn) = self.provider.turn() {
            tokio::time::sleep_until(turn).await;
        }
        if !still() {
            return Handed::NotNeeded;
        }
        if !self.provider.is_usable() {
            return Handed::Elsewhere;
        }
        Handed::Answer(self.provider.hand(message).await)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        drop(self.permit.take());
        self.freed.notify_one();
    }
}

impl Provider {
    /// A provider with its client.
    #[must_use]
    pub fn new(terms: Terms, client: Arc<dyn contract::Channel>) -> Arc<Self> {
        let pace = terms.per_second.filter(|rate| *rate > 0.0);
        let now = Instant::now();
        Arc::new(Self {
            client,
            pace: pace.map(|rate| Duration::from_secs_f64(1.0 / rate)),
            slots: Arc::new(Semaphore::new(terms.at_once.max(1))),
            terms,
            state: Mutex::new(State {
                share: 1.0,
                failures: 0,
                paused_until: None,
                pause: PAUSE_FIRST,
                credit: 0.0,
                next_free: now,
                heard: now,
                last_failure: None,
            }),
            drilled_out: AtomicBool::new(false),
            taken: AtomicU64::new(0),
            failed: AtomicU64::new(0),
        })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.terms.name
    }

    /// Its channel.
    #[must_use]
    pub const fn channel(&self) -> Channel {
        self.terms.channel
    }

    /// Hands a message over, and takes note of how that went.
    async fn hand(&self, message: &Outgoing) -> Result<Submitted, Failure> {
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
                self.note(failure);
                match failure.kind {
                    // The message's own fault.
                    FailureKind::Permanent => self.did_well(),
                    // It may be the recipient's server alone, so it is not left alone for that.
                    FailureKind::Temporary => self.lose_weight(),
                    FailureKind::Technical | FailureKind::InDoubt => self.suffered(),
                }
            }
        }
        answer
    }

    /// Asks for a sign of life.
    pub(super) async fn probe(&self) {
        let sign = tokio::time::timeout(PROBE_TIME_MAX, self.client.probe()).await;
        let was_paused = self.lock().paused_until.is_some();
        match sign {
            Ok(Ok(())) if was_paused => self.came_back(),
            Ok(Ok(())) => self.lock().heard = Instant::now(),
            Ok(Err(failure)) => {
                self.note(&failure);
                self.suffered();
            }
            Err(_) => {
                let says = "the provider gave no sign of life in time";
                self.note(&Failure::new(FailureKind::Technical, "timeout", says));
                self.suffered();
            }
        }
    }

    /// Takes it out for a drill, or brings it back.
    pub(super) fn drill(&self, out: bool) {
        self.drilled_out.store(out, Ordering::Relaxed);
    }

    /// A place, if one is free.
    pub(super) fn slot(self: &Arc<Self>, freed: &Arc<Bell>) -> Option<Slot> {
        let permit = Arc::clone(&self.slots).try_acquire_owned().ok();
        let (provider, freed) = (Arc::clone(self), Arc::clone(freed));
        permit.map(|permit| Slot { provider, permit: Some(permit), freed })
    }

    pub(super) fn has_slot(&self) -> bool {
        self.slots.available_permits() > 0
    }

    pub(super) fn is_usable(&self) -> bool {
        !self.drilled_out.load(Ordering::Relaxed) && self.lock().paused_until.is_none()
    }

    /// Whether it was left alone long enough, or silent for long.
    pub(super) fn is_due_for_probe(&self) -> bool {
        let (state, now) = (self.lock(), Instant::now());
        match state.paused_until {
            Some(until) => until <= now,
            None => now.duration_since(state.heard) >= SILENCE_MAX,
        }
    }

    /// Gives it what it earns of one message, and tells how much that is.
    pub(super) fn earn(&self) -> f64 {
        let mut state = self.lock();
        let earned = f64::from(self.terms.weight.max(1)) * state.share;
        state.credit += earned;
        earned
    }

    pub(super) fn credit(&self) -> f64 {
        self.lock().credit
    }

    pub(super) fn spend(&self, amount: f64) {
        self.lock().credit -= amount;
    }

    pub(super) fn health(&self) -> Health {
        let state = self.lock();
        let last = state.last_failure.as_ref();
        let last_failure = last.map(|(at, kind, code)| {
            let (ago, kind, code) = (at.elapsed(), *kind, code.clone());
            LastFailure { ago, kind, code }
        });
        Health {
            name: self.terms.name.clone(),
            channel: self.terms.channel,
            weight: self.terms.weight,
            share: state.share,
            paused: state.paused_until.is_some(),
            taken: self.taken.load(Ordering::Relaxed),
            failed: self.failed.load(Ordering::Relaxed),
            last_failure,
        }
    }

    /// The moment at which the next message may go, where the provider has a rate.
    fn turn(&self) -> Option<Instant> {
        let pace = self.pace?;
        let mut state = self.lock();
        let turn = state.next_free.max(Instant::now());
        state.next_free = turn + pace;
        Some(turn)
    }

    fn note(&self, failure: &Failure) {
        let noted = (Instant::now(), failure.kind, failure.code.clone());
        self.lock().last_failure = Some(noted);
    }

    fn did_well(&self) {
        let mut state = self.lock();
        state.failures = 0;
        state.pause = PAUSE_FIRST;
        state.heard = Instant::now();
        state.share = (state.share + SHARE_STEP).min(1.0);
    }

    fn lose_weight(&self) {
        let mut state = self.lock();
        state.heard = Instant::now();
        state.share = (state.share / 2.0).max(SHARE_MIN);
    }

    pub(super) fn suffered(&self) {
        self.lose_weight();
        let mut state = self.lock();
        state.failures += 1;
        let was_paused = state.paused_until.is_some_and(|until| until > Instant::now());
        // Those that were under way when it was left alone say nothing new.
        if state.failures >= FAILURES_MAX && !was_paused {
            state.paused_until = Some(Instant::now() + state.pause);
            state.pause = (state.pause * 2).min(PAUSE_MAX);
            let name = &self.terms.name;
            tracing::warn!(provider = %name, "left alone for a while: it fails again and again");
        }
    }

    pub(super) fn came_back(&self) {
        let mut state = self.lock();
        state.paused_until = None;
        state.failures = 0;
        state.heard = Instant::now();
        state.share = SHARE_MIN;
        state.credit = 0.0;
        tracing::info!(provider = %self.terms.name, "it answers again");
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
