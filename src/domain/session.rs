//! Sessions: that somebody is logged in, from a log-in to its end.
//!
//! The World holds only sessions that may still count; the log holds all there were. When a
//! session was used last is not an event: it is kept in memory and beside the log.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::account::Account;
use super::command::{Context, Decide, Decision};
use super::event::{Apply, Event, Stamp};
use super::ids::Id;
use super::limits::{SESSION_HOURS_MAX, SESSIONS_PER_ACCOUNT_MAX};
use super::reach::Reach;
use super::record::{RecordRef, Revision};
use super::refusal::Refusal;
use super::secret::SecretHash;
use super::world::{World, under};

/// That the owner of an account is logged in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Its id.
    pub id: Id<Session>,
    /// The hash of the secret in the browser's cookie.
    pub hash: SecretHash,
    /// Whose it is.
    pub account: Id<Account>,
    /// How they logged in.
    pub way: Way,
    /// Since when.
    pub started: Timestamp,
    /// When it ends at the latest.
    pub expires: Timestamp,
    /// The entry of its beginning.
    pub revision: Revision,
}

/// How somebody logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// With a password.
    Password,
    /// By an identity provider (OpenID Connect).
    Oidc,
    /// By a set-up link.
    SetUp,
}

/// Begins a session for an account whose owner was recognized. Only the hub itself asks for this.
#[derive(Clone, Debug, Serialize)]
pub struct Start {
    /// The account.
    pub account: Id<Account>,
    /// The hash of the secret that the browser gets.
    pub hash: SecretHash,
    /// How they logged in.
    pub way: Way,
    /// When it ends at the latest.
    pub expires: Timestamp,
}

/// Ends a session.
#[derive(Clone, Debug, Serialize)]
pub struct End {
    /// How far whoever asks reaches.
    pub reach: Reach,
    /// The session.
    pub session: Id<Session>,
}

/// Ends all sessions of an account, as after a change of its password.
#[derive(Clone, Debug, Serialize)]
pub struct EndAll {
    /// How far whoever asks reaches.
    pub reach: Reach,
    /// The account.
    pub account: Id<Account>,
    /// The session that goes on, if one does.
    pub except: Option<Id<Session>>,
}

/// Somebody logged in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Started {
    /// The new session.
    pub session: Id<Session>,
    /// The hash of its secret.
    pub hash: SecretHash,
    /// The account.
    pub account: Id<Account>,
    /// How they logged in.
    pub way: Way,
    /// When it ends at the latest.
    pub expires: Timestamp,
}

/// Sessions ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// Which.
    pub sessions: Vec<Id<Session>>,
    /// Why, in a few words.
    pub why: String,
}

/// The end of the sessions of an account, but for one; nothing if there are none.
pub(in crate::domain) fn end_all(
    world: &World,
    account: Id<Account>,
    except: Option<Id<Session>>,
    why: &str,
) -> Option<Ended> {
    let sessions = world.sessions_of(account).map(|session| session.id);
    let sessions: Vec<_> = sessions.filter(|id| Some(*id) != except).collect();
    (!sessions.is_empty()).then(|| Ended { sessions, why: why.to_owned() })
}

impl Decide for Start {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let account = world.known_account(self.account)?;
        if !account.enabled {
            return Err(Refusal::AccountDisabled { login: account.login.clone() });
        }
        let latest = context.now + SignedDuration::from_hours(SESSION_HOURS_MAX);
        let expires = self.expires.min(latest);
        let session = context.ids.next();
        let Self { account, hash, way, .. } = *self;
        let mut events = vec![Started { session, hash, account, way, expires }.into()];
        // What is over goes, and so do the oldest when somebody logs in again and again.
        let (over, live): (Vec<_>, Vec<_>) =
            world.sessions_of(account).partition(|session| session.expires <= context.now);
        let excess = (live.len() + 1).saturating_sub(SESSIONS_PER_ACCOUNT_MAX);
        let mut end = |sessions: Vec<Id<Session>>, why: &str| {
            if !sessions.is_empty() {
                events.push(Event::from(Ended { sessions, why: why.to_owned() }));
            }
        };
        end(over.iter().map(|session| session.id).collect(), "it had expired");
        let oldest = live.iter().take(excess).map(|session| session.id);
        end(oldest.collect(), "there were too many of the same account");
        Ok(Decision { subject: RecordRef::Session(session), events })
    }
}

impl Decide for End {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        self.reach.check(world, context)?;
        let unknown = Refusal::SessionUnknown(self.session);
        let session = world.session(self.session).ok_or_else(|| unknown.clone())?;
        let account = world.known_account(session.account)?;
        self.reach.covers_account(account, context).map_err(|_| unknown)?;
        let why = match self.reach {
            Reach::Own(_) => "its owner ended it",
            Reach::Hub | Reach::Organization(_) => "an administrator ended it",
        };
        let event = Ended { sessions: vec![session.id], why: why.to_owned() };
        Ok(Decision::one(RecordRef::Session(session.id), event))
    }
}

impl Decide for EndAll {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        self.reach.check(world, context)?;
        let account = world.known_account(self.account)?;
        self.reach.covers_account(account, context)?;
        let ended = end_all(world, self.account, self.except, "the password was changed");
        let events: Vec<Event> = ended.map(Event::from).into_iter().collect();
        let first = events.first().and_then(|event| event.touches().first().copied());
        Ok(Decision { subject: first.unwrap_or(RecordRef::Account(self.account)), events })
    }
}

impl Apply for Started {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.insert_session(Arc::new(Session {
            id: self.session,
            hash: self.hash,
            account: self.account,
            way: self.way,
            started: stamp.at,
            expires: self.expires,
            revision: Revision::new(stamp),
        }));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Session(self.session)]
    }
}

impl Apply for Ended {
    fn apply(&self, world: &mut World, _: &Stamp<'_>) {
        for id in &self.sessions {
            if let Some(session) = world.sessions.remove(id) {
                world.secrets.remove(&session.hash);
                world.account_sessions.remove(&(session.account, *id));
            }
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.sessions.iter().copied().map(RecordRef::Session).collect()
    }
}

impl World {
    /// The session with this id, if it has not ended. It may have expired.
    #[must_use]
    pub fn session(&self, id: Id<Session>) -> Option<&Arc<Session>> {
        self.sessions.get(&id)
    }

    /// The session whose secret has this hash, if it has not ended. It may have expired.
    #[must_use]
    pub fn session_by_hash(&self, hash: &SecretHash) -> Option<&Arc<Session>> {
        match self.secrets.get(hash)? {
            RecordRef::Session(id) => self.sessions.get(id),
            _ => None,
        }
    }

    /// All sessions that have not ended, oldest first.
    pub fn sessions(&self) -> impl DoubleEndedIterator<Item = &Arc<Session>> {
        self.sessions.values()
    }

    /// The sessions of an account that have not ended, oldest first.
    pub fn sessions_of(&self, account: Id<Account>) -> impl Iterator<Item = &Arc<Session>> {
        self.account_sessions
            .range(under(account))
            .filter_map(|(_, session)| self.sessions.get(session))
    }

    pub(in crate::domain) fn insert_session(&mut self, session: Arc<Session>) {
        self.secrets.insert(session.hash, RecordRef::Session(session.id));
        self.account_sessions.insert((session.account, session.id));
        self.sessions.insert(session.id, session);
    }
}
