//! Files and folders that a person names, and the standard input.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use muster_contract::Rejection;
use serde::Serialize;

use super::report::{self, MessageReport, Word};
use super::{DOCUMENT_BYTES_MAX, Document, Intake, Outcome};
use crate::hub::Principal;

/// Documents in work at once; they share the group commits of the hub.
const FILES_IN_FLIGHT: usize = 64;
/// How long to go on trying what the hub cannot take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Folders inside each other that are walked through.
const DEPTH_MAX: usize = 32;
/// Files of one run.
const FILES_MAX: usize = 1_000_000;
/// The name of the standard input.
const STDIN: &str = "-";

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileOutcome {
    /// The file as it was named or found; `-` for the standard input.
    pub file: String,
    /// What became of the worst of its messages.
    pub outcome: Word,
    /// Why, where it was not accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What became of each message, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<MessageReport>,
}

/// Takes every file of the paths, in order, and says of each what became of it; folders are
/// searched for files, and `-` is the standard input. A bad file stops nothing.
pub async fn ingest_paths(
    intake: &Intake,
    principal: &Arc<Principal>,
    paths: &[PathBuf],
    mut on_outcome: impl FnMut(FileOutcome),
) {
    let paths = paths.to_vec();
    let found = tokio::task::spawn_blocking(move || find(&paths)).await.unwrap_or_default();
    let mut outcomes = stream::iter(found)
        .map(|found| async move {
            match found {
                Ok(path) => ingest_file(intake, principal, &path).await,
                Err(Unreadable { path, error }) => unreadable(&path, &error),
            }
        })
        .buffered(FILES_IN_FLIGHT);
    while let Some(outcome) = outcomes.next().await {
        on_outcome(outcome);
    }
}

async fn ingest_file(intake: &Intake, principal: &Arc<Principal>, path: &Path) -> FileOutcome {
    let file = path.display().to_string();
    let (to_read, source) = (path.to_owned(), format!("file:{}", principal.name));
    let read = tokio::task::spawn_blocking(move || read_bounded(&to_read)).await;
    let (bytes, rejection) = match read {
        Ok(Ok(read)) => read,
        Ok(Err(error)) => return unreadable(path, &error),
        Err(_) => return unreadable(path, &io::ErrorKind::Interrupted.into()),
    };
    let document = Document { bytes, name: file.clone(), source };
    let outcomes = match rejection {
        Some(rejection) => vec![intake.reject(&document, rejection).await],
        None => intake.take_within(principal, document, PATIENCE).await,
    };
    FileOutcome::new(file, &outcomes)
}

impl FileOutcome {
    fn new(file: String, outcomes: &[Outcome]) -> Self {
        let several = if outcomes.len() > 1 { outcomes } else { &[] };
        Self {
            file,
            outcome: report::worst(outcomes),
            error: report::worst_error(outcomes),
            messages: several.iter().map(MessageReport::from).collect(),
        }
    }
}

/// Reads a file as far as documents may go; one that goes on is rejected with what was read of it.
pub(super) fn read_bounded(path: &Path) -> io::Result<(Vec<u8>, Option<Rejection>)> {
    let mut bytes = Vec::new();
    let limit = DOCUMENT_BYTES_MAX as u64 + 1;
    if path == Path::new(STDIN) {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
    let rejection = (bytes.len() > DOCUMENT_BYTES_MAX).then(too_large);
    Ok((bytes, rejection))
}

/// The rejection of a document that is larger than any that is read.
#[must_use]
pub fn too_large() -> Rejection {
    let message = format!(
        "the document has more than {DOCUMENT_BYTES_MAX} bytes, which is the most that is read; \
         split it"
    );
    Rejection { place: "document".to_owned(), line: None, message }
}

/// A path that could not be looked at.
struct Unreadable {
    path: PathBuf,
    error: io::Error,
}

fn unreadable(path: &Path, error: &io::Error) -> FileOutcome {
    FileOutcome {
        file: path.display().to_string(),
        outcome: Word::NotTaken,
        error: Some(format!("it cannot be read: {error}")),
        messages: Vec::new(),
    }
}

/// The files of the paths: those named, and those in folders in the order of their names. Hidden
/// ones and what is no file, such as a socket, are passed over in folders.
fn find(paths: &[PathBuf]) -> Vec<Result<PathBuf, Unreadable>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, DEPTH_MAX, &mut found);
        } else {
            found.push(Ok(path.clone()));
        }
    }
    found
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<Result<PathBuf, Unreadable>>) {
    let unreadable = |error| Err(Unreadable { path: folder.to_owned(), error });
    if depth == 0 || found.len() >= FILES_MAX {
        let message =
            format!("it lies deeper than {DEPTH_MAX} folders or beyond {FILES_MAX} files");
        return found.push(unreadable(io::Error::other(message)));
    }
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return found.push(unreadable(error)),
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        // Links to files are followed; links to folders could go round in circles.
        match entry.file_type() {
            _ if hidden => {}
            Ok(kind) if kind.is_dir() => walk(&path, depth - 1, found),
            _ if path.is_file() => found.push(Ok(path)),
            Ok(_) => {}
            Err(error) => found.push(Err(Unreadable { path, error })),
        }
    }
}
