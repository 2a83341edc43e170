//! A PMTiles file, of which parts are read.
//!
//! The file is one archive of all tiles of a map (PMTiles specification, version 3). Browsers find
//! a tile in it by themselves; the hub only gives them the bytes that they ask for.

use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::time::SystemTime;

use aws_lc_rs::digest::{SHA256, digest};

/// Bytes that are read and sent at once, so that a slow reader of a large part costs little memory.
pub const PIECE_BYTES: usize = 64 * 1024;

/// What every file begins with (specification, clause 3.1).
const MAGIC: &[u8] = b"PMTiles";
/// The version of the format that is read.
const VERSION: u8 = 3;
/// Bytes of the header.
const HEADER_BYTES: usize = 127;
/// The header and the root directory lie in these first bytes (clause 3).
const HEAD_BYTES: usize = 16 * 1024;
/// Where the header says how directories are compressed, and how tiles, and of what kind they are.
const INTERNAL_COMPRESSION: usize = 97;
const TILE_COMPRESSION: usize = 98;
const TILE_KIND: usize = 99;
/// Where it says where the root directory, the metadata, the leaves and the tiles begin; behind each
/// stands how long it is.
const SECTIONS: [usize; 4] = [8, 24, 40, 56];
/// Kinds of tiles that the dashboard draws: MVT, PNG, JPEG, WebP, AVIF.
const KINDS_DRAWN: std::ops::RangeInclusive<u8> = 1..=5;

/// An opened file. It is read as it was at the start: another one may take its place on the disk.
#[derive(Debug)]
pub struct Archive {
    file: File,
    bytes: u64,
    modified: Option<SystemTime>,
    version: String,
}

/// A file cannot be served as a base map.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It is not there, or not readable.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is something else.
    #[error(
        "is not a PMTiles file: it does not begin with `PMTiles`; make one with `pmtiles convert` or \
         `pmtiles extract`"
    )]
    NotPmtiles,
    /// It is of another version of the format.
    #[error(
        "is of version {0} of PMTiles, and version {VERSION} is read; bring it up with `pmtiles \
         convert`"
    )]
    OtherVersion(u8),
    /// A part of it is missing.
    #[error("should have {should} bytes and has {has}; copy it again, whole")]
    CutOff {
        /// Where its last section ends.
        should: u64,
        /// How long it is.
        has: u64,
    },
    /// Browsers cannot unpack it.
    #[error("is packed in a way (number {0}) that browsers do not unpack; write it anew with gzip")]
    Packed(u8),
    /// The dashboard cannot draw it.
    #[error(
        "has tiles of a kind (number {0}) that is not drawn; use vector tiles (MVT), PNG, JPEG, WebP \
         or AVIF"
    )]
    OtherKind(u8),
}

impl Archive {
    /// Opens a file and checks that it is whole and can be drawn.
    ///
    /// # Errors
    /// [`ArchiveError`] when it is not.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        let (bytes, modified) = stamp(&metadata);
        let mut head = vec![0; HEAD_BYTES.min(usize::try_from(bytes).unwrap_or(HEAD_BYTES))];
        file.read_exact_at(&mut head, 0)?;
        check(&head, bytes)?;
        // What is in the file decides, so that nodes with copies of it agree. The root directory
        // tells how long all other parts are.
        head.extend(bytes.to_be_bytes());
        let digest = digest(&SHA256, &head);
        let version = hex::encode(digest.as_ref().get(..12).unwrap_or_default());
        Ok(Self { file, bytes, modified, version })
    }

    /// How long it is.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// A name for what is in it: another file has another one.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether it is still what was opened, and was not written over.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.file.metadata().is_ok_and(|now| stamp(&now) == (self.bytes, self.modified))
    }

    /// The bytes from here on, up to this end and [`PIECE_BYTES`].
    ///
    /// # Errors
    /// When the disk fails, or the file has become shorter.
    pub fn read(&self, from: u64, end: u64) -> io::Result<Vec<u8>> {
        let length = usize::try_from(end.saturating_sub(from)).unwrap_or(usize::MAX);
        let mut piece = vec![0; length.min(PIECE_BYTES)];
        self.file.read_exact_at(&mut piece, from)?;
        Ok(piece)
    }
}

fn stamp(metadata: &Metadata) -> (u64, Option<SystemTime>) {
    (metadata.len(), metadata.modified().ok())
}

/// Checks the first bytes of a file of this length.
fn check(head: &[u8], bytes: u64) -> Result<(), ArchiveError> {
    if !head.starts_with(MAGIC) {
        return Err(ArchiveError::NotPmtiles);
    }
    let byte = |at: usize| head.get(at).copied().unwrap_or_default();
    if byte(MAGIC.len()) != VERSION {
        return Err(ArchiveError::OtherVersion(byte(MAGIC.len())));
    }
    let ends = SECTIONS.map(|at| number(head, at).saturating_add(number(head, at + 8)));
    let should = ends.into_iter().fold(HEADER_BYTES as u64, u64::max);
    if should > bytes {
        return Err(ArchiveError::CutOff { should, has: bytes });
    }
    // Directories are packed in one of two ways that browsers know: not at all, or with gzip. Tiles
    // that are pictures may leave open how they are packed.
    let (internal, tiles, kind) =
        (byte(INTERNAL_COMPRESSION), byte(TILE_COMPRESSION), byte(TILE_KIND));
    if !matches!(internal, 1 | 2) {
        return Err(ArchiveError::Packed(internal));
    }
    if tiles > 2 {
        return Err(ArchiveError::Packed(tiles));
    }
    if !KINDS_DRAWN.contains(&kind) {
        return Err(ArchiveError::OtherKind(kind));
    }
    Ok(())
}

/// A number of 64 bits; 0 where the header ends before it.
fn number(head: &[u8], at: usize) -> u64 {
    let bytes = head.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
    u64::from_le_bytes(bytes.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header whose sections end at 200, with these ways of packing and this kind of tiles.
    fn header(internal: u8, tiles: u8, kind: u8) -> Vec<u8> {
        let mut head = vec![0; HEADER_BYTES];
        head[..MAGIC.len()].copy_from_slice(MAGIC);
        head[MAGIC.len()] = VERSION;
        head[56..64].copy_from_slice(&150_u64.to_le_bytes());
        head[64..72].copy_from_slice(&50_u64.to_le_bytes());
        head[INTERNAL_COMPRESSION..=TILE_KIND].copy_from_slice(&[internal, tiles, kind]);
        head
    }

    fn refusal(head: &[u8], bytes: u64) -> String {
        check(head, bytes).unwrap_err().to_string()
    }

    #[test]
    fn what_browsers_can_unpack_and_draw_is_taken() {
        for (internal, tiles, kind) in [(1, 1, 1), (2, 2, 1), (2, 1, 2), (2, 0, 3), (1, 1, 5)] {
            check(&header(internal, tiles, kind), 200).unwrap();
        }
    }

    #[test]
    fn what_they_cannot_is_refused_with_what_to_do() {
        let mut old = header(2, 2, 1);
        old[MAGIC.len()] = 2;
        let all = [
            refusal(b"SQLite format 3\0", 200),
            refusal(b"", 0),
            refusal(&old, 200),
            refusal(&header(2, 2, 1), 199),
            refusal(&header(4, 2, 1), 200),
            refusal(&header(2, 3, 1), 200),
            refusal(&header(2, 2, 6), 200),
            refusal(b"PMTiles\x03", 8),
        ];
        insta::assert_snapshot!(all.join("\n"), @r"
        is not a PMTiles file: it does not begin with `PMTiles`; make one with `pmtiles convert` or `pmtiles extract`
        is not a PMTiles file: it does not begin with `PMTiles`; make one with `pmtiles convert` or `pmtiles extract`
        is of version 2 of PMTiles, and version 3 is read; bring it up with `pmtiles convert`
        should have 200 bytes and has 199; copy it again, whole
        is packed in a way (number 4) that browsers do not unpack; write it anew with gzip
        is packed in a way (number 3) that browsers do not unpack; write it anew with gzip
        has tiles of a kind (number 6) that is not drawn; use vector tiles (MVT), PNG, JPEG, WebP or AVIF
        should have 127 bytes and has 8; copy it again, whole
        ");
    }
}
