//! The providers of each channel, and which one takes the next message.
//!
//! The next message goes to the provider that has a free place and has had the smallest part of what
//! its weight and its health deserve. So one that is slow is handed less, and one that hangs holds
//! up nothing but what it has in hand. What nobody can take waits; nothing is dropped.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::Notify as Bell;

use super::provider::{Health, PAUSE_FIRST, Provider, Slot};
use crate::domain::message::Channel;

/// How often one that waits for a place looks whether it is still needed, and whether a provider has
/// come back.
const LOOK: Duration = Duration::from_secs(1);

/// All providers.
#[derive(Default)]
pub struct Providers {
    all: Vec<Arc<Provider>>,
    /// Rung when a provider of the channel has a free place.
    freed: BTreeMap<Channel, Arc<Bell>>,
}

/// Whether there is a provider for a message now.
pub enum Next {
    /// This one, with a place.
    Slot(Slot),
    /// Those that could take it have no place free.
    Busy,
    /// All are left alone, out for a drill, or were tried.
    Out,
    /// The hub has none for this channel.
    None,
}

/// Whether a channel can be used now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// A provider has a free place.
    Ready,
    /// Those that can be used have none.
    Busy,
    /// None can be used.
    Out,
}

impl Providers {
    /// These, in the order of the configuration.
    #[must_use]
    pub fn new(all: Vec<Arc<Provider>>) -> Self {
        let freed = Channel::ALL.into_iter().map(|channel| (channel, Arc::default())).collect();
        Self { all, freed }
    }

    /// How each does.
    #[must_use]
    pub fn health(&self) -> Vec<Health> {
        self.all.iter().map(|provider| provider.health()).collect()
    }

    /// Takes out those of these names for a drill, and brings back all others.
    pub fn drill(&self, out: &dyn Fn(&str) -> bool) {
        self.all.iter().for_each(|provider| provider.drill(out(provider.name())));
    }

    /// The provider that takes the next message of a channel, those tried already left out.
    #[must_use]
    pub fn next(&self, channel: Channel, tried: &[String]) -> Next {
        let Some(freed) = self.freed.get(&channel) else { return Next::None };
        let mut of = self.all.iter().filter(|p| p.channel() == channel).peekable();
        if of.peek().is_none() {
            return Next::None;
        }
        let fits = |p: &&Arc<Provider>| !tried.iter().any(|t| t == p.name()) && p.is_usable();
        let usable: Vec<_> = of.filter(fits).collect();
        if usable.is_empty() {
            return Next::Out;
        }
        let free: Vec<_> = usable.into_iter().filter(|p| p.has_slot()).collect();
        let total: f64 = free.iter().map(|provider| provider.earn()).sum();
        let richest = free.into_iter().max_by(|a, b| a.credit().total_cmp(&b.credit()));
        // Another may have taken the last place in between.
        let Some((richest, slot)) = richest.and_then(|p| Some((p, p.slot(freed)?))) else {
            return Next::Busy;
        };
        richest.spend(total);
        Next::Slot(slot)
    }

    /// Whether a channel can be used now.
    #[must_use]
    pub fn readiness(&self, channel: Channel) -> Readiness {
        let usable = self.all.iter().filter(|p| p.channel() == channel && p.is_usable());
        let mut usable = usable.peekable();
        if usable.peek().is_none() {
            Readiness::Out
        } else if usable.any(|provider| provider.has_slot()) {
            Readiness::Ready
        } else {
            Readiness::Busy
        }
    }

    /// Waits until a place of a channel may be free.
    pub async fn freed(&self, channel: Channel) {
        if let Some(freed) = self.freed.get(&channel) {
            // One that cannot use the place that woke it looks again in a moment, and so do others.
            let _ = tokio::time::timeout(LOOK, freed.notified()).await;
        }
    }

    /// Asks those that are left alone, and those that had nothing to do for long, for a sign of
    /// life, as long as it is let.
    pub async fn watch(&self) {
        loop {
            tokio::time::sleep(PAUSE_FIRST / 5).await;
            let due = self.all.iter().filter(|provider| provider.is_due_for_probe());
            join_all(due.map(|provider| provider.probe())).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use muster_contract::channel as contract;
    use muster_contract::channel::{Failure, Outgoing, Submitted, Task};

    use crate::notify::provider::Terms;

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
        let mut counts = vec![0; providers.all.len()];
        for _ in 0..times {
            let Next::Slot(slot) = providers.next(Channel::Sms, &[]) else { panic!("none") };
            let index = providers.all.iter().position(|p| p.name() == slot.provider().name());
            counts[index.unwrap()] += 1;
        }
        counts
    }

    #[tokio::test]
    async fn messages_are_shared_by_weight() {
        let providers = Providers::new(vec![provider("a", 3), provider("b", 1)]);
        assert_eq!(shares(&providers, 100), [75, 25]);
    }

    #[tokio::test]
    async fn one_whose_places_are_all_taken_is_passed_over() {
        let providers = Providers::new(vec![provider("a", 3), provider("b", 1)]);
        let Next::Slot(held) = providers.next(Channel::Sms, &[]) else { panic!("none") };
        assert_eq!(shares(&providers, 10), [0, 10]);
        let Next::Slot(other) = providers.next(Channel::Sms, &[]) else { panic!("none") };
        assert!(matches!(providers.next(Channel::Sms, &[]), Next::Busy));
        drop(held);
        providers.freed(Channel::Sms).await;
        assert!(matches!(providers.next(Channel::Sms, &[]), Next::Slot(_)));
        drop(other);
    }

    #[tokio::test]
    async fn one_that_fails_loses_weight_at_once_and_is_left_alone_after_three_times() {
        let providers = Providers::new(vec![provider("a", 1), provider("b", 1)]);
        providers.all[0].suffered();
        let after_one = shares(&providers, 90);
        assert_eq!(after_one, [30, 60]);
        providers.all[0].suffered();
        providers.all[0].suffered();
        assert_eq!(shares(&providers, 10), [0, 10]);
        providers.all[0].came_back();
        let back = shares(&providers, 100);
        assert!(back[0] > 0 && back[0] < 5, "it comes back slowly: {back:?}");
    }

    #[tokio::test]
    async fn one_that_is_out_for_a_drill_gets_nothing() {
        let providers = Providers::new(vec![provider("a", 1), provider("b", 1)]);
        providers.drill(&|name| name == "a");
        assert_eq!(shares(&providers, 10), [0, 10]);
        providers.drill(&|_| true);
        assert!(matches!(providers.next(Channel::Sms, &[]), Next::Out));
        assert!(matches!(providers.next(Channel::Email, &[]), Next::None));
        providers.drill(&|_| false);
        assert!(matches!(providers.next(Channel::Sms, &[]), Next::Slot(_)));
    }
}
