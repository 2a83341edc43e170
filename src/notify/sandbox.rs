//! A provider for newcomers: what it is handed appears on a page of the hub, and can be answered
//! there, so that the whole loop is seen without a gateway.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use muster_contract::channel as contract;
use muster_contract::channel::{Address, Content, Failure, Outgoing, Submitted, Task};

use crate::domain::message::Channel;
use crate::hub::Clock;

/// Messages that the page shows; older ones go.
const KEPT_MAX: usize = 500;

/// What the sandbox was handed, on all channels, oldest first.
pub struct Shelf {
    clock: Clock,
    letters: Mutex<Letters>,
}

#[derive(Default)]
struct Letters {
    kept: VecDeque<Arc<Letter>>,
    count: u64,
}

/// One message as it would have gone out.
#[derive(Debug)]
pub struct Letter {
    /// Its number on the shelf, counted from 1.
    pub number: u64,
    /// The channel.
    pub channel: Channel,
    /// Where it would have gone.
    pub to: Address,
    /// What it says.
    pub content: Content,
    /// When.
    pub at: Timestamp,
    /// Our key for it.
    pub key: String,
    /// Whether it may be there twice.
    pub repeated: bool,
}

/// The client of one channel.
pub struct Sandbox {
    channel: Channel,
    shelf: Arc<Shelf>,
}

impl Shelf {
    /// An empty shelf.
    #[must_use]
    pub fn new(clock: Clock) -> Arc<Self> {
        Arc::new(Self { clock, letters: Mutex::default() })
    }

    /// What is there, the newest first.
    #[must_use]
    pub fn letters(&self) -> Vec<Arc<Letter>> {
        self.lock().kept.iter().rev().cloned().collect()
    }

    /// The message with this number.
    #[must_use]
    pub fn letter(&self, number: u64) -> Option<Arc<Letter>> {
        self.lock().kept.iter().find(|letter| letter.number == number).cloned()
    }

    fn put(&self, channel: Channel, message: &Outgoing) {
        let mut letters = self.lock();
        letters.count += 1;
        let letter = Letter {
            number: letters.count,
            channel,
            to: message.to.clone(),
            content: message.content.clone(),
            at: self.clock.now(),
            key: message.key.clone(),
            repeated: message.repeated,
        };
        letters.kept.push_back(Arc::new(letter));
        if letters.kept.len() > KEPT_MAX {
            letters.kept.pop_front();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Letters> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sandbox {
    /// A client that puts what it is handed on a shelf.
    #[must_use]
    pub fn new(channel: Channel, shelf: Arc<Shelf>) -> Arc<Self> {
        Arc::new(Self { channel, shelf })
    }
}

impl contract::Channel for Sandbox {
    fn submit<'a>(&'a self, message: &'a Outgoing) -> Task<'a, Result<Submitted, Failure>> {
        self.shelf.put(self.channel, message);
        let submitted = Submitted { reference: Some(message.key.clone()), delivered: true };
        Box::pin(std::future::ready(Ok(submitted)))
    }

    fn probe(&self) -> Task<'_, Result<(), Failure>> {
        Box::pin(std::future::ready(Ok(())))
    }
}
