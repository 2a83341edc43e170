//! Who is asking: accounts with their passwords and sessions, and tokens for programs.
//!
//! Dana opens `/login`, types her password and gets a cookie; with each request her browser says
//! for which of her organizations she acts. The hospital's bed board sends a token. The World says
//! at each request who they are and what they may do, so that what an administrator takes back is
//! gone at once, and connections that are open are closed ([`Identity::changes`]).
//!
//! - [`recognize`]: from a token or a cookie to a principal
//! - [`log_in`]: passwords, sessions and set-up links; [`throttle`]: guessing is slowed down
//! - [`oidc`]: log-in by an identity provider
//! - [`password`]: argon2id, a few at a time; [`secret`]: secrets of 256 random bits
//! - [`tokens`]: the operator's file of tokens; [`uses`]: when something was used last
//! - [`site`]: where browsers reach the hub; [`directory`]: what administrators are shown

pub mod directory;
mod log_in;
mod oidc;
pub mod password;
mod recognize;
mod secret;
mod site;
pub mod throttle;
mod tokens;
mod uses;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;

use crate::domain::RecordRef;
use crate::hub::{Hub, Touched};

pub use log_in::{NewSession, NotLetIn};
pub use oidc::{LoginClaim, Oidc, OidcError, OidcSettings};
pub use recognize::{Choice, HUB_CODE, LoggedIn, NotRecognized};
pub use secret::{NewSecret, csrf_of};
pub use site::{NotSecure, Site};
pub use tokens::{Tokens, TokensError};

/// How long a session lasts, however busy it is: a long shift.
pub const SESSION_LIFE: SignedDuration = SignedDuration::from_hours(16);
/// How long a session lasts in which nothing is done. An open connection that follows the picture
/// counts as doing something: nobody may lose sight of an incident by watching it.
pub const SESSION_IDLE_MAX: SignedDuration = SignedDuration::from_hours(1);
/// How long a set-up link works.
pub const SETUP_LINK_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// How often it is saved when tokens and sessions were used last.
const USES_EVERY: Duration = Duration::from_secs(60);

/// Everything that recognizes people and programs.
pub struct Identity {
    hub: Hub,
    tokens: Arc<Tokens>,
    site: Site,
    passwords: password::Passwords,
    throttle: throttle::Throttle,
    uses: uses::Uses,
    oidc: Option<Oidc>,
    /// Since when this node knows who was idle.
    started: Timestamp,
    changes: watch::Receiver<u64>,
}

impl Identity {
    /// Begins to recognize who may use a hub. Must be called on a runtime.
    #[must_use]
    pub fn new(hub: Hub, tokens: Arc<Tokens>, site: Site, oidc: Option<Oidc>) -> Arc<Self> {
        let (changed, changes) = watch::channel(0);
        tokio::spawn(watch_changes(hub.steps(), changed));
        Arc::new(Self {
            started: hub.clock().now(),
            hub,
            tokens,
            site,
            passwords: password::Passwords::default(),
            throttle: throttle::Throttle::default(),
            uses: uses::Uses::default(),
            oidc,
            changes,
        })
    }

    /// Where browsers reach the hub.
    #[must_use]
    pub const fn site(&self) -> &Site {
        &self.site
    }

    /// Whether anybody has an account.
    #[must_use]
    pub fn has_accounts(&self) -> bool {
        self.hub.picture().world.accounts().next().is_some()
    }

    /// Changes whenever an account, a token or a session does: then whoever holds a connection
    /// open asks [`Identity::again`].
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }

    /// Saves now and then when tokens and sessions were used last, until `stop` is cancelled.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        loop {
            self.exchange_uses().await;
            let stopped = tokio::time::timeout(USES_EVERY, stop.cancelled()).await.is_ok();
            if stopped {
                return self.exchange_uses().await;
            }
        }
    }

    /// Saves when tokens and sessions were used last, and learns what other nodes know of that.
    pub async fn exchange_uses(&self) {
        let world = Arc::clone(&self.hub.picture().world);
        if let Err(error) = self.uses.exchange(self.hub.store().as_ref(), &world).await {
            tracing::debug!(%error, "last uses are not saved; they are kept for the next time");
        }
    }
}

/// Ends when the hub does.
async fn watch_changes(mut steps: broadcast::Receiver<Touched>, changed: watch::Sender<u64>) {
    loop {
        match steps.recv().await {
            Ok(touched) if !touched.iter().any(is_about_admission) => {}
            // What was missed may have been about admission.
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {
                changed.send_modify(|count| *count += 1);
            }
            Err(broadcast::error::RecvError::Closed) => return,
        }
    }
}

const fn is_about_admission(record: &RecordRef) -> bool {
    matches!(
        record,
        RecordRef::Account(_)
            | RecordRef::AccessToken(_)
            | RecordRef::Session(_)
            // The code of an organization is part of who one is.
            | RecordRef::Organization(_)
    )
}
