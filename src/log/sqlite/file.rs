//! Whether the file of a log is still where it was opened.
//!
//! An open file goes on living without its name: what is written to one that was deleted or moved
//! is durable only until the process ends. Such a store counts as away, and nothing is acknowledged
//! before it is back.

use std::path::{Path, PathBuf};

use super::super::LogError;

/// A file, known by more than its name.
#[derive(Debug)]
pub(super) struct File {
    path: PathBuf,
    identity: Option<Identity>,
}

/// Device and inode.
type Identity = (u64, u64);

impl File {
    /// The file that has this name now.
    pub(super) fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), identity: identity(path) }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Refuses if another file or none has the name now. Costs a microsecond.
    pub(super) fn check(&self) -> Result<(), LogError> {
        if identity(&self.path) == self.identity {
            return Ok(());
        }
        Err(LogError::Gone(self.path.display().to_string()))
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    path.metadata().ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}
