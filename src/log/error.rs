//! What can go wrong with a store, said so that an operator knows what to do.

use super::entry::{Head, Seq};

/// A store could not do what it was asked. Nothing was changed, unless a variant says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The address of a store begins neither with `sqlite:` nor with `postgres://`.
    #[error(
        "`{0}:` begins no address of a store: write `sqlite:PATH` or `postgres://USER@HOST/DATABASE`"
    )]
    Address(String),
    /// The database cannot be reached, or stopped answering. Trying again later may help.
    #[error("the store cannot be reached: {0}")]
    Unreachable(sqlx::Error),
    /// Another process holds the database's write lock and did not let go in time.
    #[error(
        "the store `{0}` is locked by another process: end that process, or wait for its backup or maintenance to finish"
    )]
    Locked(String),
    /// The file was moved or deleted under the running program, or another has its name now.
    #[error(
        "the store `{0}` is not the file that was opened: put that file back; if it was replaced, restart the hub"
    )]
    Gone(String),
    /// The file or database exists and was made by something else.
    #[error("`{0}` is not a log of this program: name another file or database, or move it away")]
    NotOurs(String),
    /// The store was made by a newer version of this program.
    #[error(
        "the store has migration {0}, which this version does not know: start the newer version that made it"
    )]
    Newer(i64),
    /// There is no room left where the store writes.
    #[error("the disk of the store is full: free some space; reading goes on meanwhile")]
    Full,
    /// The file may not be opened or written by this user.
    #[error(
        "the store `{0}` cannot be opened: check that its folder exists and that this user may write there"
    )]
    Forbidden(String),
    /// What was given to the store is larger than it takes.
    #[error("{0}")]
    TooLarge(String),
    /// The log holds an entry that is not what was once written.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// A key in the vault is not 32 bytes long.
    #[error("a key in the vault is not 32 bytes long: restore the vault from its backup")]
    BrokenKey,
    /// The database refused a statement for a reason that is not foreseen here.
    #[error("the store refused: {0}")]
    Refused(sqlx::Error),
}

impl LogError {
    /// Why nothing can be written, in words that name no path and no server: strangers may read them.
    #[must_use]
    pub const fn why_unwritable(&self) -> &'static str {
        match self {
            Self::Full => "disk full",
            Self::Locked(_) => "another process holds it",
            Self::Forbidden(_) => "the hub may not write its file",
            Self::Gone(_) => "its file was moved away",
            Self::Unreachable(_) => "it cannot be reached",
            _ => "the hub's own log says why",
        }
    }
}

/// The first entry of the log that is not as it was written, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("entry {seq} of the log is broken: {what}")]
pub struct Broken {
    /// Number of the entry.
    pub seq: Seq,
    /// What is wrong, in a sentence.
    pub what: String,
}

/// Why an append did not answer with a new head.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Someone else appended first. Nothing of this append is in the log.
    ///
    /// The caller reads on to `head`, decides its commands again and appends to that.
    #[error("the log has moved on to entry {}", head.seq)]
    Conflict {
        /// Where the log ends now.
        head: Head,
    },
    /// The drafts are more or larger than one append takes. Nothing was appended; appending the
    /// same again fails again.
    #[error("{0}")]
    TooLarge(String),
    /// Nothing was appended, and nothing of it will be. The same append may be tried again.
    #[error("nothing was appended: {0}")]
    Unavailable(#[source] LogError),
    /// The connection was lost when the database may already have committed.
    ///
    /// The caller must neither confirm nor deny the commands, and must not append anything else:
    /// it asks [`Log::settle`](super::Log::settle) with `would_be` until that answers, and then
    /// tells its callers what came of it.
    #[error("it is not known whether entries up to {} were appended: {source}", would_be.seq)]
    InDoubt {
        /// The head that the log has if the append did happen.
        would_be: Head,
        /// How the connection was lost.
        source: LogError,
    },
}
