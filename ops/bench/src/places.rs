//! Where the stores to be measured live: a folder, or a private PostgreSQL.

use anyhow::Context as _;
use tempfile::TempDir;

#[path = "../../../tests/it/support/postgres.rs"]
#[expect(dead_code, clippy::unwrap_used, reason = "what the tests use, as they use it")]
mod postgres;

/// Where the two stores live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file of its own, flushed with every commit.
    Sqlite,
    /// A server of its own, as its package configures it.
    Postgres,
}

impl Kind {
    /// What people call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A place for one store, empty at first; it goes when this is dropped.
pub(crate) struct Place {
    pub(crate) kind: Kind,
    pub(crate) url: String,
    folder: Option<TempDir>,
}

impl Place {
    /// A new place; none if the server is not installed.
    pub(crate) async fn new(kind: Kind) -> anyhow::Result<Option<Self>> {
        if kind == Kind::Postgres {
            let url = postgres::database().await;
            return Ok(url.map(|url| Self { kind, url, folder: None }));
        }
        // Not under /tmp, which may be memory: what is flushed has to reach a disk.
        let target = std::env::current_exe().context("where this program is")?;
        let beside = target.parent().context("which folder this program is in")?;
        let folder = TempDir::with_prefix_in("bench-", beside)?;
        let url = format!("sqlite:{}", folder.path().join("muster.db").display());
        Ok(Some(Self { kind, url, folder: Some(folder) }))
    }

    /// The file, if it is one.
    pub(crate) fn file(&self) -> Option<std::path::PathBuf> {
        Some(self.folder.as_ref()?.path().join("muster.db"))
    }
}
