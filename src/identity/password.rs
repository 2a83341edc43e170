//! Passwords: argon2id, so slow and so hungry for memory that guessing does not pay.
//!
//! Each hash takes 19 MiB and some 20 ms of a core. A storm of log-ins must not starve those who
//! look at the picture, so only a few hashes are computed at a time and few may wait.

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// Characters that a password has at least (NIST SP 800-63B asks for 8, and for 15 where there is
/// no second factor; length does more than any rule of composition).
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Bytes that a password may have.
pub const PASSWORD_BYTES_MAX: usize = 1_024;
/// Passwords that may wait to be hashed; who comes then is told to try again.
const WAITING_MAX: usize = 64;
/// The parameters that OWASP recommends first for argon2id: 19 MiB, 2 passes, 1 lane.
const MEMORY_KIB: u32 = 19 * 1_024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A password cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordUnusable {
    /// It is too short.
    #[error("the password has fewer than {PASSWORD_CHARS_MIN} characters; use a longer one")]
    TooShort,
    /// It is too long.
    #[error("the password has more than {PASSWORD_BYTES_MAX} bytes; use a shorter one")]
    TooLong,
    /// It is the login, or nearly.
    #[error("the password holds the login; use another")]
    HoldsLogin,
}

/// Too many passwords wait to be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("many people log in at this moment; try again in a second")]
pub struct Busy;

/// Hashes passwords and compares them, a few at a time.
#[derive(Debug)]
pub struct Passwords {
    waiting: Semaphore,
    running: Semaphore,
    /// The hash of no password, which is compared where there is no account, so that the time
    /// that takes does not tell.
    dummy: String,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            waiting: Semaphore::new(WAITING_MAX),
            running: Semaphore::new((cores / 2).max(1)),
            dummy: hash(b"").unwrap_or_default(),
        }
    }
}

/// Checks that a password may be set.
///
/// # Errors
/// [`PasswordUnusable`] says what is wrong with it.
pub fn check(password: &str, login: &str) -> Result<(), PasswordUnusable> {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return Err(PasswordUnusable::TooShort);
    }
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(PasswordUnusable::TooLong);
    }
    let holds = password.to_lowercase().contains(&login.to_lowercase());
    // A login of one letter is in every other password.
    if holds && login.len() * 2 > password.len() {
        return Err(PasswordUnusable::HoldsLogin);
    }
    Ok(())
}

impl Passwords {
    /// The hash of a password, as a PHC string; none when the machine has no randomness to give.
    ///
    /// # Errors
    /// [`Busy`] when too many wait.
    pub async fn hash(&self, password: Zeroizing<String>) -> Result<Option<String>, Busy> {
        self.in_turn(move || hash(password.as_bytes())).await
    }

    /// Whether a password is the one with this hash. Without a hash it takes as long and is not.
    ///
    /// # Errors
    /// [`Busy`] when too many wait.
    pub async fn is(&self, password: Zeroizing<String>, phc: Option<String>) -> Result<bool, Busy> {
        let known = phc.is_some();
        let phc = phc.unwrap_or_else(|| self.dummy.clone());
        let work = move || hasher().verify_password(password.as_bytes(), phc.as_str()).is_ok();
        Ok(self.in_turn(work).await? && known)
    }

    async fn in_turn<T: Send + Default + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let _waiting = self.waiting.try_acquire().map_err(|_| Busy)?;
        let _running = self.running.acquire().await.map_err(|_| Busy)?;
        Ok(tokio::task::spawn_blocking(work).await.unwrap_or_default())
    }
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &[u8]) -> Option<String> {
    let hash = hasher().hash_password(password);
    hash.inspect_err(|error| tracing::error!(%error, "a password cannot be hashed"))
        .ok()
        .map(|hash| hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_its_own_and_no_other_and_an_unknown_account_has_none() {
        let passwords = Passwords::default();
        let secret = |text: &str| Zeroizing::new(text.to_owned());
        let phc = passwords.hash(secret("correct horse")).await.unwrap().unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert_eq!(passwords.is(secret("correct horse"), Some(phc.clone())).await, Ok(true));
        assert_eq!(passwords.is(secret("correct house"), Some(phc)).await, Ok(false));
        // The dummy is the hash of the empty password, and not even that opens anything.
        assert_eq!(passwords.is(secret(""), None).await, Ok(false));
    }

    #[test]
    fn a_password_that_may_not_be_set_is_refused_with_what_to_do() {
        let said = |password: &str| check(password, "sam@county.example").unwrap_err().to_string();
        insta::assert_snapshot!(said("elevenchars"), @"the password has fewer than 12 characters; use a longer one");
        insta::assert_snapshot!(said(&"x".repeat(PASSWORD_BYTES_MAX + 1)), @"the password has more than 1024 bytes; use a shorter one");
        insta::assert_snapshot!(said("Sam@county.example1"), @"the password holds the login; use another");
        assert_eq!(check("twelve chars", "s"), Ok(()));
    }
}
