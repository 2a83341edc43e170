//! Files and folders that a person names, and the standard input.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use muster_contract::Rejection;
use serde::Serialize;

use super::report::{self, MessageReport, Word};
use super::{DOCUMENT_BYTES_MAX, Document, Intake, Opened, Outcome};
use crate::domain::Principal;

/// Files that are read and decoded ahead.
const FILES_READ_AHEAD: usize = 16;
/// Files that are with the hub at once; they share its group commits.
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
    // When the hub was away for as long as one file has patience, the others are not to wait as
    // long one after another.
    let away = &AtomicBool::new(false);
    // Read ahead, but handed over in order: of two files with one message the first is accepted.
    let mut outcomes = stream::iter(found)
        .map(|found| read(intake, principal, found))
        .buffered(FILES_READ_AHEAD)
        .map(|ready| hand_over(intake, principal, ready, away))
        .buffered(FILES_IN_FLIGHT);
    while let Some(outcome) = outcomes.next().await {
        on_outcome(outcome);
    }
}

/// A file that was read and decoded, as far as it could be.
enum Ready {
    Opened(String, Opened),
    Rejected(Document, Rejection),
    Unreadable(Unreadable),
}

async fn read(intake: &Intake, principal: &Principal, found: Result<PathBuf, Unreadable>) -> Ready {
    let path = match found {
        Ok(path) => path,
        Err(unreadable) => return Ready::Unreadable(unreadable),
    };
    let to_read = path.clone();
    let read = tokio::task::spawn_blocking(move || read_bounded(&to_read)).await;
    let (bytes, rejection) = match read.map_err(io::Error::other).flatten() {
        Ok(read) => read,
        Err(error) => return Ready::Unreadable(Unreadable { path, error }),
    };
    let name = path.display().to_string();
    let source = format!("file:{}", principal.name);
    let document = Document { bytes, name: name.clone(), source };
    match rejection {
        Some(rejection) => Ready::Rejected(document, rejection),
        None => Ready::Opened(name, intake.open(document).await),
    }
}

async fn hand_over(
    intake: &Intake,
    principal: &Arc<Principal>,
    ready: Ready,
    away: &AtomicBool,
) -> FileOutcome {
    match ready {
        Ready::Opened(file, opened) => {
            let patience = if away.load(Ordering::Relaxed) { Duration::ZERO } else { PATIENCE };
            let outcomes = intake.hand_over(principal, opened, patience).await;
            away.store(report::worst(&outcomes) == Word::NotTaken, Ordering::Relaxed);
            FileOutcome::new(file, &outcomes)
        }
        Ready::Rejected(document, rejection) => {
            let outcome = intake.reject(&document, rejection).await;
            FileOutcome::new(document.name, &[outcome])
        }
        Ready::Unreadable(Unreadable { path, error }) => FileOutcome {
            file: path.display().to_string(),
            outcome: Word::NotTaken,
            error: Some(format!("it cannot be read: {error}")),
            messages: Vec::new(),
        },
    }
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
