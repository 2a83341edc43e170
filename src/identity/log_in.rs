//! Logging in and out, and getting in for the first time.

use std::net::IpAddr;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

use super::password::{self, Busy, PasswordUnusable};
use super::secret::{NewSecret, hash_of};
use super::{Identity, SESSION_LIFE, SETUP_LINK_LIFE};
use crate::domain::account::Account;
use crate::domain::limits::LOGIN_CHARS_MAX;
use crate::domain::session::{self, Session, Way};
use crate::domain::{Id, Principal, Reach, RecordRef, Refusal, setup_link};
use crate::hub::SubmitError;
use crate::log::LogError;

/// A session that just began.
#[derive(Debug)]
pub struct NewSession {
    /// What the browser keeps.
    pub secret: String,
    /// When it ends at the latest.
    pub expires: Timestamp,
}

/// Somebody was not let in.
#[derive(Debug, thiserror::Error)]
pub enum NotLetIn {
    /// The login or the password is wrong; which of them is not told.
    #[error("login or password is wrong")]
    Wrong,
    /// Too many attempts.
    #[error("too many attempts; try again in {} s", .0.as_secs().max(1))]
    TooEarly(SignedDuration),
    /// Too many log in at this moment.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// The password cannot be set.
    #[error(transparent)]
    Unusable(#[from] PasswordUnusable),
    /// The rules say no, or the hub cannot write it down.
    #[error(transparent)]
    Submit(#[from] SubmitError),
    /// The store beside the log does not answer.
    #[error("the store does not answer, so nobody can log in now; try again in a moment")]
    Store(#[source] LogError),
    /// The machine has no randomness to give.
    #[error("this machine cannot make secrets; tell who runs the hub")]
    NoRandomness,
}

impl Identity {
    /// Lets the owner of an account in by the password.
    ///
    /// # Errors
    /// [`NotLetIn`] says why not.
    pub async fn log_in(
        &self,
        login: &str,
        password: Zeroizing<String>,
        address: IpAddr,
        cause: String,
    ) -> Result<NewSession, NotLetIn> {
        // Longer ones exist nowhere, and would only fill the memory of the throttle.
        let fits = login.len() <= LOGIN_CHARS_MAX && password.len() <= password::PASSWORD_BYTES_MAX;
        let key = Account::login_key(if fits { login } else { "" });
        let now = self.hub.clock().now();
        let early = self.throttle.attempt(&key, address, now);
        early.map_err(|early| NotLetIn::TooEarly(early.wait))?;
        if !fits {
            return Err(NotLetIn::Wrong);
        }
        let account = self.hub.picture().world.account_by_login(&key).cloned();
        // Asked for an unknown login as well, so that both take alike.
        let id = account.as_ref().map_or(uuid::Uuid::nil(), |account| account.id.uuid());
        let phc = self.hub.store().password(id).await.map_err(store)?;
        let right = self.passwords.is(password, phc).await?;
        let Some(account) = account.filter(|_| right) else { return Err(NotLetIn::Wrong) };
        self.throttle.succeeded(&key, address);
        self.begin(account.id, Way::Password, cause).await
    }

    /// Begins a session for the owner of an account, who was recognized.
    ///
    /// # Errors
    /// [`NotLetIn::Submit`] when the account is disabled or nothing can be written.
    pub async fn begin(
        &self,
        account: Id<Account>,
        way: Way,
        cause: String,
    ) -> Result<NewSession, NotLetIn> {
        let NewSecret { secret, hash } = NewSecret::bare().map_err(|_| NotLetIn::NoRandomness)?;
        let expires = self.hub.clock().now() + SESSION_LIFE;
        let command = session::Start { account, hash, way, expires };
        self.hub.submit(&Arc::new(Principal::hub()), command, None, cause).await?;
        Ok(NewSession { secret, expires })
    }

    /// Ends a session because its owner logs out.
    ///
    /// # Errors
    /// [`SubmitError`] when nothing can be written.
    pub async fn log_out(&self, session: &Session, cause: String) -> Result<(), SubmitError> {
        let command = session::End { reach: Reach::Hub, session: session.id };
        match self.hub.submit(&Arc::new(Principal::hub()), command, None, cause).await {
            Ok(_) | Err(SubmitError::Refused(Refusal::SessionUnknown(_))) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Makes a set-up link for whoever runs the machine: for an account, or to make the first one.
    ///
    /// # Errors
    /// [`NotLetIn`] when nothing can be written.
    pub async fn operators_link(
        &self,
        account: Option<Id<Account>>,
        cause: String,
    ) -> Result<String, NotLetIn> {
        let (secret, command) = self.new_link(Reach::Hub, account)?;
        self.hub.submit(&Arc::new(Principal::hub()), command, None, cause).await?;
        Ok(secret)
    }

    /// A new set-up link: its secret, and the command that makes it.
    ///
    /// # Errors
    /// [`NotLetIn::NoRandomness`] only.
    pub fn new_link(
        &self,
        reach: Reach,
        account: Option<Id<Account>>,
    ) -> Result<(String, setup_link::Issue), NotLetIn> {
        let NewSecret { secret, hash } = NewSecret::bare().map_err(|_| NotLetIn::NoRandomness)?;
        let expires = self.hub.clock().now() + SETUP_LINK_LIFE;
        Ok((secret, setup_link::Issue { reach, account, hash, expires }))
    }

    /// The address of the page that a set-up link opens. The secret stands behind `#`, which
    /// browsers keep to themselves, so that it is in no log of a proxy.
    #[must_use]
    pub fn link_address(&self, secret: &str) -> String {
        let mut page = self.site.page("setup");
        page.set_fragment(Some(secret));
        page.into()
    }

    /// Uses a set-up link: makes the account where the link makes one, sets its password, and lets
    /// its owner in.
    ///
    /// # Errors
    /// [`NotLetIn`] says why not. Where the link was used up before the store failed, another link
    /// is needed.
    pub async fn set_up(
        &self,
        secret: &str,
        login: &str,
        name: &str,
        password: Zeroizing<String>,
        cause: String,
    ) -> Result<NewSession, NotLetIn> {
        let hash = hash_of(secret);
        let world = Arc::clone(&self.hub.picture().world);
        // Before the costly part; the command decides it once more.
        let link = world.setup_link_by_hash(&hash);
        let link = link.ok_or(SubmitError::Refused(Refusal::SetupLinkUnusable))?;
        let known = link.account.and_then(|id| world.account(id));
        password::check(&password, known.map_or(login, |account| &account.login))?;
        let phc = self.passwords.hash(password).await?.ok_or(NotLetIn::NoRandomness)?;
        let new_account = known.is_none().then(|| (login.to_owned(), name.to_owned()));
        let command = setup_link::Use { hash, new_account };
        let principal = Arc::new(Principal::hub());
        let answer = self.hub.submit(&principal, command, None, cause.clone()).await?;
        let RecordRef::Account(account) = answer.subject else {
            return Err(SubmitError::Refused(Refusal::SetupLinkUnusable).into());
        };
        self.hub.store().put_password(account.uuid(), &phc).await.map_err(store)?;
        self.begin(account, Way::SetUp, cause).await
    }

    /// Whom a set-up link is for: the login of an account, or none when it makes the first one.
    ///
    /// # Errors
    /// [`Refusal::SetupLinkUnusable`] when it does not work.
    pub fn link_is_for(&self, secret: &str) -> Result<Option<String>, Refusal> {
        let world = &self.hub.picture().world;
        let link = world.setup_link_by_hash(&hash_of(secret));
        let link = link.filter(|link| self.hub.clock().now() < link.expires);
        let link = link.ok_or(Refusal::SetupLinkUnusable)?;
        Ok(link.account.and_then(|id| world.account(id)).map(|account| account.login.clone()))
    }

    /// Gives accounts a password that their owners did not choose: those of a demo.
    ///
    /// # Errors
    /// [`NotLetIn`] says why not.
    pub async fn give_password(
        &self,
        accounts: &[Id<Account>],
        password: Zeroizing<String>,
    ) -> Result<(), NotLetIn> {
        let phc = self.passwords.hash(password).await?.ok_or(NotLetIn::NoRandomness)?;
        for account in accounts {
            self.hub.store().put_password(account.uuid(), &phc).await.map_err(store)?;
        }
        Ok(())
    }

    /// Sets the password of somebody who knows the present one, and ends their other sessions.
    ///
    /// # Errors
    /// [`NotLetIn`] says why not.
    pub async fn change_password(
        &self,
        principal: &Arc<Principal>,
        present: Zeroizing<String>,
        new: Zeroizing<String>,
        cause: String,
    ) -> Result<(), NotLetIn> {
        let world = Arc::clone(&self.hub.picture().world);
        let account = principal.account().and_then(|id| world.account(id));
        let account = account.ok_or(NotLetIn::Wrong)?;
        password::check(&new, &account.login)?;
        // A stolen session must not be a way to guess the password at leisure.
        let early = self.throttle.attempt(
            &format!("change:{}", account.login),
            IpAddr::from([0, 0, 0, 0]),
            self.hub.clock().now(),
        );
        early.map_err(|early| NotLetIn::TooEarly(early.wait))?;
        let store_of = self.hub.store();
        let phc = store_of.password(account.id.uuid()).await.map_err(store)?;
        if !self.passwords.is(present, phc).await? {
            return Err(NotLetIn::Wrong);
        }
        let phc = self.passwords.hash(new).await?.ok_or(NotLetIn::NoRandomness)?;
        store_of.put_password(account.id.uuid(), &phc).await.map_err(store)?;
        let except = match principal.credential {
            crate::domain::Credential::Session { session, .. } => Some(session),
            _ => None,
        };
        let command = session::EndAll { reach: Reach::Hub, account: account.id, except };
        self.hub.submit(&Arc::new(Principal::hub()), command, None, cause).await?;
        Ok(())
    }
}

/// What the store says may name hosts and files; the log of the program has it.
fn store(error: LogError) -> NotLetIn {
    tracing::warn!(%error, "the store of passwords does not answer");
    NotLetIn::Store(error)
}
