//! Guessing passwords is slowed down: for each login, and for each address.
//!
//! A login that somebody guesses at would also be closed to its owner, in the middle of a flood.
//! So an address from which its owner has logged in before is counted apart from all others.

use std::collections::{HashMap, HashSet};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Attempts for one login before there is a delay.
const LOGIN_FREE: u32 = 5;
/// The longest delay for one login.
const LOGIN_DELAY_MAX: SignedDuration = SignedDuration::from_mins(15);
/// Attempts from one address before there is a delay. A whole agency may stand behind it.
const ADDRESS_FREE: u32 = 50;
/// The longest delay for one address.
const ADDRESS_DELAY_MAX: SignedDuration = SignedDuration::from_mins(1);
/// After so long without an attempt everything is forgotten.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(2);
/// Logins and addresses that are remembered; then the ones longest unheard of go.
pub const REMEMBERED_MAX: usize = 20_000;

/// Counts attempts to log in.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    counts: HashMap<Key, Count>,
    /// From where the owner of a login has logged in.
    known: HashSet<(String, IpAddr)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Login(String),
    LoginAt(String, IpAddr),
    Address(IpAddr),
}

#[derive(Clone, Copy, Debug)]
struct Count {
    attempts: u32,
    last: Timestamp,
    open_at: Timestamp,
}

/// An attempt comes too early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooEarly {
    /// How long to wait.
    pub wait: SignedDuration,
}

impl Throttle {
    /// Counts an attempt, before it is known how it ends: a thousand at once are a thousand.
    ///
    /// # Errors
    /// [`TooEarly`] says how long to wait; such an attempt is not looked at.
    pub fn attempt(&self, login: &str, address: IpAddr, now: Timestamp) -> Result<(), TooEarly> {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        memory.make_room(now);
        let keys = memory.keys(login, address);
        let open_at = keys.iter().filter_map(|(key, ..)| memory.counts.get(key)?.wait(now)).max();
        if let Some(wait) = open_at {
            return Err(TooEarly { wait });
        }
        for (key, free, delay_max) in keys {
            let new = Count { attempts: 0, last: now, open_at: now };
            memory.counts.entry(key).or_insert(new).add(free, delay_max, now);
        }
        Ok(())
    }

    /// The attempt was right: what was counted for the login is forgotten, and for the address this
    /// one attempt.
    pub fn succeeded(&self, login: &str, address: IpAddr) {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let address = network(address);
        for (key, ..) in memory.keys(login, address) {
            match &key {
                Key::Login(_) | Key::LoginAt(..) => drop(memory.counts.remove(&key)),
                Key::Address(_) => {
                    if let Some(count) = memory.counts.get_mut(&key) {
                        count.attempts = count.attempts.saturating_sub(1);
                    }
                }
            }
        }
        if memory.known.len() >= REMEMBERED_MAX {
            memory.known.clear();
        }
        memory.known.insert((login.to_owned(), address));
    }
}

impl Memory {
    /// What an attempt counts for, with the free attempts and the longest delay of each.
    fn keys(&self, login: &str, address: IpAddr) -> [(Key, u32, SignedDuration); 2] {
        let address = network(address);
        let pair = (login.to_owned(), address);
        let known = self.known.contains(&pair);
        let login = if known { Key::LoginAt(pair.0, address) } else { Key::Login(pair.0) };
        [
            (login, LOGIN_FREE, LOGIN_DELAY_MAX),
            (Key::Address(address), ADDRESS_FREE, ADDRESS_DELAY_MAX),
        ]
    }

    fn make_room(&mut self, now: Timestamp) {
        if self.counts.len() + 2 <= REMEMBERED_MAX {
            return;
        }
        self.counts.retain(|_, count| now.duration_since(count.last) < FORGOTTEN_AFTER);
        if self.counts.len() + 2 <= REMEMBERED_MAX {
            return;
        }
        let mut times: Vec<_> = self.counts.values().map(|count| count.last).collect();
        let half = times.len() / 2;
        let (_, middle, _) = times.select_nth_unstable(half);
        let middle = *middle;
        let mut room = half;
        self.counts.retain(|_, count| {
            let goes = count.last <= middle && room > 0;
            room -= usize::from(goes);
            !goes
        });
    }
}

impl Count {
    fn wait(&self, now: Timestamp) -> Option<SignedDuration> {
        (now < self.open_at).then(|| self.open_at.duration_since(now))
    }

    fn add(&mut self, free: u32, delay_max: SignedDuration, now: Timestamp) {
        if now.duration_since(self.last) >= FORGOTTEN_AFTER {
            self.attempts = 0;
        }
        self.attempts = self.attempts.saturating_add(1);
        self.last = now;
        if self.attempts >= free {
            // It doubles with each attempt: 1 s, 2 s, 4 s.
            let doublings = (self.attempts - free).min(20);
            let delay = SignedDuration::from_secs(1 << doublings).min(delay_max);
            self.open_at = now + delay;
        }
    }
}

/// What one subscriber of the network gets: an address of IPv4, or 2^64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const ELSEWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 1));

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000_000_000 + seconds).unwrap()
    }

    #[test]
    fn guessing_gets_slower_and_slower() {
        let throttle = Throttle::default();
        let mut now = 0;
        let mut waits = Vec::new();
        for _ in 0..20 {
            if let Err(TooEarly { wait }) = throttle.attempt("dana", HOME, at(now)) {
                waits.push(wait.as_secs());
                now += wait.as_secs();
                throttle.attempt("dana", HOME, at(now)).unwrap();
            }
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900]);
        throttle.attempt("kim", HOME, at(now)).unwrap();
    }

    #[test]
    fn who_guesses_elsewhere_does_not_lock_out_the_owner_at_home() {
        let throttle = Throttle::default();
        throttle.attempt("dana", HOME, at(0)).unwrap();
        throttle.succeeded("dana", HOME);
        while throttle.attempt("dana", ELSEWHERE, at(1)).is_ok() {}
        throttle.attempt("dana", HOME, at(1)).unwrap();
        let unknown = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 9));
        assert!(throttle.attempt("dana", unknown, at(1)).is_err());
    }

    #[test]
    fn an_address_that_tries_many_logins_is_slowed_down_and_a_shift_change_is_not() {
        let throttle = Throttle::default();
        for n in 0..200 {
            throttle.attempt(&format!("medic{n}"), HOME, at(0)).unwrap();
            throttle.succeeded(&format!("medic{n}"), HOME);
        }
        let guesses = (0..200).take_while(|n| {
            let login = format!("guess{n}");
            throttle.attempt(&login, ELSEWHERE, at(0)).is_ok()
        });
        assert_eq!(guesses.count(), usize::try_from(ADDRESS_FREE).unwrap());
    }

    #[test]
    fn what_is_remembered_is_bounded_and_one_network_of_ipv6_is_one_address() {
        let throttle = Throttle::default();
        for n in 0..2 * REMEMBERED_MAX {
            let address = IpAddr::V4(std::net::Ipv4Addr::from_bits(u32::try_from(n).unwrap()));
            throttle.attempt(&n.to_string(), address, at(0)).unwrap();
        }
        assert!(throttle.0.lock().unwrap().counts.len() <= REMEMBERED_MAX);
        let [one, two] = ["2001:db8::1", "2001:db8::2"].map(|a| a.parse::<IpAddr>().unwrap());
        assert_eq!(network(one), network(two));
    }
}
