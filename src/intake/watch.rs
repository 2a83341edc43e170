//! A folder into which other programs put documents.
//!
//! A file is taken once it has been the same for two looks in a row, and then moved: to `done/`,
//! or to `quarantined/` with its error in a text beside it. What the hub could not take stays
//! where it is until it can. A file is moved only after what became of it is durable, so a crash
//! loses nothing; taken twice, it is a duplicate. The folders are the operator's to empty.
//!
//! Whoever writes slowly gives the file a name that begins with `.` or ends in `.tmp` or `.part`
//! and renames it when it is whole. For those who cannot, a document that is empty or cut off is
//! only taken for what it is when nobody has written to it for a minute.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures_util::{StreamExt as _, stream};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::files::read_bounded;
use super::report::{Word, worst, worst_error};
use super::{Document, Intake};
use crate::domain::Principal;

/// How often the folder is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Files that are looked at in one go; the others wait for those to be moved.
const FILES_MAX: usize = 10_000;
/// Files in work at once.
const FILES_IN_FLIGHT: usize = 64;
/// How long to go on trying what the hub cannot take before the next look does.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a document that is empty or cut off may stay as it is: its writer may only rest.
const UNFINISHED_FOR: Duration = Duration::from_secs(60);
/// Names of files that are still being written end so.
const UNFINISHED: [&str; 2] = [".tmp", ".part"];
/// Where files go that were taken.
const DONE: &str = "done";
/// Where files go that were refused.
const QUARANTINED: &str = "quarantined";

/// A folder that is watched.
pub struct Watch {
    intake: Intake,
    principal: Arc<Principal>,
    folder: PathBuf,
    /// How the files were at the last look.
    before: HashMap<PathBuf, Stamp>,
    /// Files that cannot be read or moved, left alone until they change.
    stuck: HashMap<PathBuf, Stamp>,
    /// Files that hold no whole document, and since when they have been as they are.
    unfinished: HashMap<PathBuf, (Stamp, Instant)>,
    unfinished_for: Duration,
}

/// What became of a file.
enum Taken {
    /// It was put away, or the next look tries again.
    Done,
    /// It holds no whole document.
    Unfinished,
}

/// Size and time of a file: as long as both stay, nobody writes to it.
type Stamp = (u64, Option<SystemTime>);

impl Watch {
    /// Watches a folder; makes it and those for what is over.
    ///
    /// # Errors
    /// When the folders cannot be made.
    pub fn new(intake: Intake, folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(folder.join(DONE))?;
        fs::create_dir_all(folder.join(QUARANTINED))?;
        let principal = Arc::new(Principal::hub());
        let (before, stuck, unfinished) = Default::default();
        let unfinished_for = UNFINISHED_FOR;
        Ok(Self { intake, principal, folder, before, stuck, unfinished, unfinished_for })
    }

    /// The same with another time than a minute for documents that are cut off.
    #[must_use]
    pub fn with_patience(self, unfinished_for: Duration) -> Self {
        Self { unfinished_for, ..self }
    }

    /// Looks and takes until it is told to stop. What it has in hand then is taken to its end.
    pub async fn run(mut self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            self.look().await;
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Looks once and takes every file that has not changed since the look before.
    async fn look(&mut self) {
        let folder = self.folder.clone();
        let listed = tokio::task::spawn_blocking(move || list(&folder)).await;
        let now = match listed {
            Ok(Ok(files)) => files,
            Ok(Err(error)) => {
                let folder = self.folder.display();
                return tracing::error!(%folder, %error, "the watched folder cannot be read");
            }
            Err(_) => return,
        };
        self.stuck.retain(|path, stamp| now.get(path) == Some(stamp));
        self.unfinished.retain(|path, (stamp, _)| now.get(path) == Some(stamp));
        let ready = now.iter().filter(|(path, stamp)| {
            let rests = self.unfinished.get(*path);
            self.before.get(*path) == Some(stamp)
                && !self.stuck.contains_key(*path)
                && rests.is_none_or(|(_, since)| since.elapsed() >= self.unfinished_for)
        });
        let ready: Vec<_> = ready.map(|(path, stamp)| (path.clone(), *stamp)).collect();
        let taken: Vec<_> = stream::iter(ready)
            .map(|(path, stamp)| {
                let this = &*self;
                async move {
                    let result = this.take(&path, stamp).await;
                    (path, stamp, result)
                }
            })
            .buffer_unordered(FILES_IN_FLIGHT)
            .collect()
            .await;
        for (path, stamp, result) in taken {
            match result {
                Ok(Taken::Done) => {}
                Ok(Taken::Unfinished) => {
                    tracing::info!(file = %path.display(), "a file holds no whole document yet");
                    self.unfinished.insert(path, (stamp, Instant::now()));
                }
                Err(error) => {
                    let file = path.display();
                    tracing::error!(%file, %error, "a file cannot be read or moved; it stays");
                    self.stuck.insert(path, stamp);
                }
            }
        }
        self.before = now;
    }

    /// Takes a file and moves it, if what became of it is durable and it is still the same.
    async fn take(&self, path: &Path, stamp: Stamp) -> io::Result<Taken> {
        let to_read = path.to_owned();
        let read = tokio::task::spawn_blocking(move || read_bounded(&to_read)).await;
        let (bytes, rejection) = read.map_err(io::Error::other)??;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let document = Document { bytes, name, source: "folder".to_owned() };
        let outcomes = match rejection {
            Some(rejection) => vec![self.intake.reject(&document, rejection).await],
            None => {
                let cut_off = is_cut_off(&document.bytes);
                let opened = self.intake.open(document).await;
                if cut_off && opened.has_rejections() && !self.unfinished.contains_key(path) {
                    return Ok(Taken::Unfinished);
                }
                self.intake.hand_over(&self.principal, opened, PATIENCE).await
            }
        };
        let folder = match worst(&outcomes) {
            Word::NotTaken => return Ok(Taken::Done),
            Word::Accepted | Word::Duplicate => DONE,
            Word::Refused | Word::Quarantined => QUARANTINED,
        };
        // Written over meanwhile, it is another document and is taken again.
        if fs::metadata(path).map(|now| stamp_of(&now)).ok() != Some(stamp) {
            return Ok(Taken::Done);
        }
        self.put_away(path, folder, worst_error(&outcomes))?;
        Ok(Taken::Done)
    }

    fn put_away(&self, path: &Path, folder: &str, error: Option<String>) -> io::Result<()> {
        let mut target = self.folder.join(folder).join(path.file_name().unwrap_or_default());
        if target.exists() {
            let mut name = target.file_name().unwrap_or_default().to_owned();
            name.push(format!(".{}", self.intake.hub().clock().new_id()));
            target.set_file_name(name);
        }
        if let Some(error) = error {
            let mut beside = target.clone().into_os_string();
            beside.push(".error.txt");
            fs::write(beside, format!("{error}\n"))?;
        }
        fs::rename(path, target)
    }
}

/// The files that may be taken, with their stamps.
fn list(folder: &Path) -> io::Result<HashMap<PathBuf, Stamp>> {
    let mut files = HashMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let unfinished = name.starts_with('.') || UNFINISHED.iter().any(|end| name.ends_with(end));
        // Links are not followed: they could lead to any file of the machine.
        if unfinished || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        // A file that is gone by now is somebody else's.
        if let Ok(metadata) = entry.metadata() {
            files.insert(entry.path(), stamp_of(&metadata));
        }
        if files.len() >= FILES_MAX {
            break;
        }
    }
    Ok(files)
}

fn stamp_of(metadata: &Metadata) -> Stamp {
    (metadata.len(), metadata.modified().ok())
}

/// Whether a document is empty or ends before what it began with does. Where there is something
/// behind the end of its root element it seems so too, which costs a document that cannot be read
/// anyway some time.
fn is_cut_off(bytes: &[u8]) -> bool {
    // The zeroes of UTF-16; names of elements that matter here are ASCII.
    let text: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text).trim_ascii();
    let text = text.strip_prefix(b"\xff\xfe").or(text.strip_prefix(b"\xfe\xff")).unwrap_or(text);
    match text.first() {
        None => true,
        Some(b'{') => !text.ends_with(b"}"),
        Some(b'[') => !text.ends_with(b"]"),
        Some(b'<') => match root_name(text) {
            Some(name) => {
                let end = text.strip_suffix(b">").unwrap_or_default().trim_ascii_end();
                !end.strip_suffix(name).is_some_and(|end| end.ends_with(b"</"))
            }
            None => true,
        },
        Some(_) => false,
    }
}

/// The name of the first element, past declarations, comments and instructions.
fn root_name(text: &[u8]) -> Option<&[u8]> {
    let mut tags = text.split(|byte| *byte == b'<').filter(|tag| !tag.is_empty());
    let root = tags.find(|tag| !matches!(tag.first(), Some(b'?' | b'!')))?;
    root.split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')).next()
}

#[cfg(test)]
mod tests {
    use super::is_cut_off;

    #[test]
    fn a_document_is_cut_off_when_what_it_began_with_does_not_end() {
        let whole = "<?xml version='1.0'?><!-- a flood --><cap:alert\n a='1'><b/></cap:alert >\n";
        assert!(!is_cut_off(whole.as_bytes()));
        // Wherever it is cut before the end of the root element.
        for end in 0..whole.trim_end().len() {
            assert!(is_cut_off(&whole.as_bytes()[..end]), "{}", &whole[..end]);
        }
        let wide: Vec<u8> = whole.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(!is_cut_off(&wide) && is_cut_off(&wide[..wide.len() / 2]));
        assert!(is_cut_off(b" \n") && is_cut_off(b"[{}") && !is_cut_off(b"{\"a\": []}\n"));
        assert!(!is_cut_off(b"no document at all"));
    }
}
