//! Snapshots in an SQLite log.

use aws_lc_rs::digest::{Context, SHA256, digest};
use futures_util::TryStreamExt as _;
use sqlx::Row;

use super::super::Snapshot;
use super::super::entry::{Hash, Seq};
use super::super::error::LogError;
use super::super::limits::{SNAPSHOT_BYTES_MAX, SNAPSHOT_PIECE_BYTES, SNAPSHOTS_KEPT};
use super::SqliteLog;
use super::read::integer;

/// Pieces that are deleted in one transaction.
const PIECES_DROPPED_AT_ONCE: u32 = 4;

/// Saves piece by piece; the digest comes last and makes it valid.
pub(super) async fn save(
    log: &SqliteLog,
    seq: Seq,
    format: u32,
    bytes: &[u8],
) -> Result<(), LogError> {
    if bytes.len() > SNAPSHOT_BYTES_MAX {
        return Err(LogError::TooLarge(format!(
            "a snapshot of {} bytes is too large: at most {SNAPSHOT_BYTES_MAX} are kept",
            bytes.len()
        )));
    }
    save_pieces(log, seq, format, bytes).await.map_err(|error| log.error(error))
}

async fn save_pieces(
    log: &SqliteLog,
    seq: Seq,
    format: u32,
    bytes: &[u8],
) -> Result<(), sqlx::Error> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO snapshot (seq, hash, format) SELECT seq, hash, ? FROM log WHERE seq = ? \
         RETURNING id",
    )
    .bind(format)
    .bind(integer(seq))
    .fetch_one(&mut *log.writer().await)
    .await?;
    for (number, piece) in (0i64..).zip(bytes.chunks(SNAPSHOT_PIECE_BYTES)) {
        // The lock is let go between pieces, so that appends come in between.
        sqlx::query("INSERT INTO snapshot_piece VALUES (?, ?, ?)")
            .bind(id)
            .bind(number)
            .bind(piece)
            .execute(&mut *log.writer().await)
            .await?;
        log.checkpoints.note(piece.len());
    }
    let digest = digest(&SHA256, bytes);
    let mut writer = log.writer().await;
    sqlx::query("UPDATE snapshot SET digest = ? WHERE id = ?")
        .bind(digest.as_ref())
        .bind(id)
        .execute(&mut *writer)
        .await?;
    // What is older than the newest few, finished or not, goes.
    sqlx::query(
        "DELETE FROM snapshot WHERE format = ?1 AND id NOT IN (SELECT id FROM snapshot \
         WHERE format = ?1 AND digest IS NOT NULL ORDER BY seq DESC, id DESC LIMIT ?2)",
    )
    .bind(format)
    .bind(SNAPSHOTS_KEPT)
    .execute(&mut *writer)
    .await?;
    drop(writer);
    drop_pieces(log).await
}

/// Deletes the pieces of what is gone, a few at a time: appends come in between.
async fn drop_pieces(log: &SqliteLog) -> Result<(), sqlx::Error> {
    loop {
        let dropped = sqlx::query(
            "DELETE FROM snapshot_piece WHERE (snapshot, number) IN (SELECT snapshot, number \
             FROM snapshot_piece WHERE snapshot NOT IN (SELECT id FROM snapshot) LIMIT ?)",
        )
        .bind(PIECES_DROPPED_AT_ONCE)
        .execute(&mut *log.writer().await)
        .await?;
        if dropped.rows_affected() == 0 {
            return Ok(());
        }
    }
}

/// Tries the newest first and passes over any whose bytes do not give their digest.
pub(super) async fn latest(
    log: &SqliteLog,
    seq: Seq,
    format: u32,
) -> Result<Option<Snapshot>, sqlx::Error> {
    let found = sqlx::query(
        "SELECT snapshot.id, seq, hash, digest FROM snapshot JOIN log USING (seq, hash) \
         WHERE format = ? AND seq <= ? AND digest IS NOT NULL ORDER BY seq DESC, snapshot.id DESC",
    )
    .bind(format)
    .bind(integer(seq))
    .fetch_all(&log.readers)
    .await?;
    for row in found {
        // Put together and hashed as the pieces come.
        let (mut bytes, mut hashed) = (Vec::new(), Context::new(&SHA256));
        let mut pieces =
            sqlx::query("SELECT bytes FROM snapshot_piece WHERE snapshot = ? ORDER BY number")
                .bind(row.try_get::<i64, _>(0)?)
                .fetch(&log.readers);
        while let Some(piece) = pieces.try_next().await? {
            let piece: &[u8] = piece.try_get(0)?;
            hashed.update(piece);
            bytes.extend_from_slice(piece);
        }
        let Ok(hash) = row.try_get::<&[u8], _>(2)?.try_into() else { continue };
        if hashed.finish().as_ref() == row.try_get::<&[u8], _>(3)? {
            let seq = Seq(row.try_get::<i64, _>(1)?.try_into().unwrap_or_default());
            return Ok(Some(Snapshot { seq, hash: Hash(hash), bytes }));
        }
    }
    Ok(None)
}
