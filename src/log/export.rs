//! Export of the log as JSON Lines, and the check of such a file by anyone who was handed it.
//!
//! One entry is one line. The body stands in it as the JSON that it is, byte for byte, so that the
//! hashes of a file can be checked without the store that it came from. A body that could not
//! stand on a line unchanged (it has line breaks, or is no JSON) is given in hexadecimal digits.

use std::io::{BufRead, Read};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use uuid::Uuid;

use super::chain::Checker;
use super::entry::{Actor, Entry, Hash, Head, RequestKey, Seq};
use super::error::LogError;
use super::limits::{BODY_BYTES_MAX, TEXT_BYTES_MAX};
use super::{Store, VerifyReport};

/// Entries held in memory at a time.
const BATCH: u32 = 256;
/// Longest line that is read: a body in hexadecimal digits, and every text with every character
/// escaped.
const LINE_BYTES_MAX: u64 = (2 * BODY_BYTES_MAX + 6 * 6 * TEXT_BYTES_MAX + 4096) as u64;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    seq: Seq,
    id: Uuid,
    recorded_at: Timestamp,
    actor: Arc<Actor>,
    cause: String,
    idempotency_key: Option<String>,
    request_digest: Option<String>,
    kind: String,
    version: u16,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    body: Option<&'a RawValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body_hex: Option<String>,
    prev_hash: String,
    hash: String,
}

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The log could not be read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The file or pipe could not be written.
    #[error("the export cannot be written: {0}")]
    Write(#[from] std::io::Error),
}

/// Writes the entries after `after` up to the present head as JSON Lines; gives the last number.
///
/// # Errors
/// When the log cannot be read or is broken, or the writer fails. What was written stays.
pub async fn export(
    store: &dyn Store,
    after: Seq,
    to: &mut (impl AsyncWrite + Unpin + Send),
) -> Result<Seq, ExportError> {
    let end = store.head().await?.seq;
    let mut last = after;
    while last < end {
        let left = u32::try_from(end.0 - last.0).unwrap_or(u32::MAX);
        let entries = store.read(last, left.min(BATCH)).await?;
        let Some(entry) = entries.last() else { break };
        last = entry.seq;
        for entry in entries {
            to.write_all(&line(entry)?).await?;
        }
    }
    to.flush().await?;
    Ok(last)
}

fn line(entry: Entry) -> Result<Vec<u8>, std::io::Error> {
    let body = on_one_line(&entry.body);
    let request = entry.request.as_deref();
    let line = Line {
        seq: entry.seq,
        id: entry.id,
        recorded_at: entry.recorded_at,
        actor: entry.actor,
        cause: entry.cause,
        idempotency_key: request.map(|request| request.key.clone()),
        request_digest: request.map(|request| hex::encode(request.digest)),
        kind: entry.kind,
        version: entry.version,
        body_hex: body.is_none().then(|| hex::encode(&entry.body)),
        body,
        prev_hash: entry.prev.to_string(),
        hash: entry.hash.to_string(),
    };
    let mut bytes = serde_json::to_vec(&line)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The body, if it is JSON that can stand in a line as it is.
fn on_one_line(body: &[u8]) -> Option<&RawValue> {
    let raw: &RawValue = serde_json::from_slice(body).ok()?;
    (raw.get().len() == body.len() && !body.contains(&b'\n') && !body.contains(&b'\r'))
        .then_some(raw)
}

/// Which line of an export is wrong, and how.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the export: {what}")]
pub struct BrokenExport {
    /// Number of the line, from 1.
    pub line: u64,
    /// What is wrong, in a sentence.
    pub what: String,
}

/// Checks an export without the store that it came from.
///
/// Of a file that begins later than entry 1 it can only say that it hangs together from there. And
/// that a file was cut off at its end shows only in the head that is reported.
///
/// # Errors
/// Names the first line that cannot be read or breaks the chain.
pub fn verify_export(from: &mut impl BufRead) -> Result<VerifyReport, BrokenExport> {
    let mut checker: Option<Checker> = None;
    let mut report = VerifyReport { entries: 0, head: Head::GENESIS };
    let mut bytes = Vec::new();
    loop {
        let number = report.entries + 1;
        let broken = |what: String| BrokenExport { line: number, what };
        bytes.clear();
        let length = from
            .take(LINE_BYTES_MAX)
            .read_until(b'\n', &mut bytes)
            .map_err(|error| broken(format!("it cannot be read: {error}")))?;
        if length == 0 {
            return Ok(report);
        }
        let entry = parse(&bytes).map_err(broken)?;
        checker
            .get_or_insert_with(|| Checker::after(Seq(entry.seq.0.saturating_sub(1))))
            .take(&entry)
            .map_err(|error| broken(error.to_string()))?;
        let head = Head { seq: entry.seq, hash: entry.hash };
        report = VerifyReport { entries: number, head };
    }
}

fn parse(bytes: &[u8]) -> Result<Entry, String> {
    let Some(text) = bytes.strip_suffix(b"\n") else {
        return Err("it is cut off or too long".into());
    };
    let line: Line<'_> = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    let hash =
        |name: &str, text: &str| text.parse::<Hash>().map_err(|error| format!("`{name}`: {error}"));
    let body = match (line.body, &line.body_hex) {
        (Some(body), None) => body.get().as_bytes().to_vec(),
        (None, Some(digits)) => {
            hex::decode(digits).map_err(|_| "`body_hex` is not hexadecimal digits")?
        }
        _ => return Err("it must have either `body` or `body_hex`".into()),
    };
    let request = match (line.idempotency_key, line.request_digest) {
        (None, None) => None,
        (Some(key), Some(digest)) => {
            let digest =
                hex::FromHex::from_hex(&digest).map_err(|_| "`request_digest` is not 32 digits")?;
            Some(Arc::new(RequestKey { key, digest }))
        }
        _ => return Err("`idempotency_key` and `request_digest` go together".into()),
    };
    Ok(Entry {
        seq: line.seq,
        id: line.id,
        recorded_at: line.recorded_at,
        actor: line.actor,
        cause: line.cause,
        request,
        kind: line.kind,
        version: line.version,
        body,
        prev: hash("prev_hash", &line.prev_hash)?,
        hash: hash("hash", &line.hash)?,
    })
}
