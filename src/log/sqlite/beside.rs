//! What stands beside an SQLite log: vault, quarantine and lease.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use uuid::Uuid;

use super::super::LogError;
use super::super::lease::{Fencing, Lease, expiry_us};
use super::super::limits::QUARANTINE_PAGE_MAX;
use super::super::quarantine::{
    Held, Quarantine, QuarantinedItem, QuarantinedSummary, cut, to_drop,
};
use super::super::sealing::SealingKey;
use super::super::vault::{Kept, Vault};
use super::SqliteLog;

#[async_trait]
impl Vault for SqliteLog {
    async fn put_key(&self, person: Uuid, key: &SealingKey) -> Result<Kept, LogError> {
        let mut vault = self.vault.lock().await;
        let stored = sqlx::query("INSERT INTO person_key VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(person)
            .bind(key.as_bytes().as_slice())
            .execute(&mut *vault)
            .await
            .map_err(|error| self.error(error))?;
        if stored.rows_affected() > 0 {
            return Ok(Kept::Stored);
        }
        let there: bool =
            sqlx::query_scalar("SELECT key IS NOT NULL FROM person_key WHERE person = ?")
                .bind(person)
                .fetch_one(&mut *vault)
                .await
                .map_err(|error| self.error(error))?;
        Ok(if there { Kept::AlreadyThere } else { Kept::Forgotten })
    }

    async fn key(&self, person: Uuid) -> Result<Option<SealingKey>, LogError> {
        let key: Option<Option<Vec<u8>>> =
            sqlx::query_scalar("SELECT key FROM person_key WHERE person = ?")
                .bind(person)
                .fetch_optional(&mut *self.vault.lock().await)
                .await
                .map_err(|error| self.error(error))?;
        SealingKey::from_column(key.flatten())
    }

    async fn forget(&self, person: Uuid) -> Result<bool, LogError> {
        let mut vault = self.vault.lock().await;
        let gone =
            sqlx::query("UPDATE person_key SET key = NULL WHERE person = ? AND key IS NOT NULL")
                .bind(person)
                .execute(&mut *vault)
                .await
                .map_err(|error| self.error(error))?;
        sqlx::query("INSERT INTO person_key VALUES (?, NULL) ON CONFLICT DO NOTHING")
            .bind(person)
            .execute(&mut *vault)
            .await
            .map_err(|error| self.error(error))?;
        Ok(gone.rows_affected() > 0)
    }
}

#[async_trait]
impl Quarantine for SqliteLog {
    async fn quarantine(&self, item: &QuarantinedItem) -> Result<u64, LogError> {
        let (bytes, error) = cut(item);
        let mut writer = self.writer().await;
        sqlx::query(
            "INSERT INTO quarantine (id, received_at, source, format, error, bytes) \
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(item.id)
        .bind(item.received_at.as_microsecond())
        .bind(&item.source)
        .bind(&item.format)
        .bind(error)
        .bind(bytes)
        .execute(&mut *writer)
        .await
        .map_err(|error| self.error(error))?;
        let dropped = drop_excess(&mut writer).await;
        dropped.map_err(|error| self.error(error))
    }

    async fn quarantined(
        &self,
        before: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<QuarantinedSummary>, LogError> {
        let rows = sqlx::query(
            "SELECT id, received_at, source, format, error, length(bytes) FROM quarantine \
             WHERE ?1 IS NULL OR number < (SELECT number FROM quarantine WHERE id = ?1) \
             ORDER BY number DESC LIMIT ?2",
        )
        .bind(before)
        .bind(limit.min(QUARANTINE_PAGE_MAX))
        .fetch_all(&self.readers)
        .await
        .map_err(|error| self.error(error))?;
        rows.iter().map(summary).collect::<Result<_, _>>().map_err(|error| self.error(error))
    }

    async fn quarantined_item(&self, id: Uuid) -> Result<Option<QuarantinedItem>, LogError> {
        let row = sqlx::query(
            "SELECT id, received_at, source, format, error, bytes FROM quarantine WHERE id = ?",
        )
        .bind(id)
        .fetch_optional(&self.readers)
        .await
        .map_err(|error| self.error(error))?;
        row.map(|row| item(&row)).transpose().map_err(|error| self.error(error))
    }

    async fn release_quarantined(&self, id: Uuid) -> Result<bool, LogError> {
        let gone = sqlx::query("DELETE FROM quarantine WHERE id = ?")
            .bind(id)
            .execute(&mut *self.writer().await)
            .await
            .map_err(|error| self.error(error))?;
        Ok(gone.rows_affected() > 0)
    }
}

async fn drop_excess(writer: &mut SqliteConnection) -> Result<u64, sqlx::Error> {
    let held = sqlx::query("SELECT number, source, length(bytes) FROM quarantine ORDER BY number");
    let held: Vec<_> = held.fetch_all(&mut *writer).await?;
    let held = held.iter().map(|row| {
        let bytes = row.try_get::<i64, _>(2)?.try_into().unwrap_or_default();
        Ok(Held { number: row.try_get(0)?, source: row.try_get(1)?, bytes })
    });
    let dropped = to_drop(&held.collect::<Result<Vec<_>, sqlx::Error>>()?);
    for number in &dropped {
        let drop = sqlx::query("DELETE FROM quarantine WHERE number = ?").bind(number);
        drop.execute(&mut *writer).await?;
    }
    Ok(dropped.len() as u64)
}

fn summary(row: &SqliteRow) -> Result<QuarantinedSummary, sqlx::Error> {
    Ok(QuarantinedSummary {
        id: row.try_get(0)?,
        received_at: time(row.try_get(1)?),
        source: row.try_get(2)?,
        format: row.try_get(3)?,
        error: row.try_get(4)?,
        size_bytes: row.try_get::<i64, _>(5)?.try_into().unwrap_or_default(),
    })
}

fn item(row: &SqliteRow) -> Result<QuarantinedItem, sqlx::Error> {
    Ok(QuarantinedItem {
        id: row.try_get(0)?,
        received_at: time(row.try_get(1)?),
        source: row.try_get(2)?,
        format: row.try_get(3)?,
        error: row.try_get(4)?,
        bytes: row.try_get(5)?,
    })
}

fn time(microseconds: i64) -> Timestamp {
    Timestamp::from_microsecond(microseconds).unwrap_or_default()
}

#[async_trait]
impl Lease for SqliteLog {
    async fn acquire_lease(
        &self,
        name: &str,
        holder: &str,
        now: Timestamp,
        term: Duration,
    ) -> Result<Option<Fencing>, LogError> {
        let fencing: Option<i64> = sqlx::query_scalar(
            "INSERT INTO lease VALUES (?1, ?2, 1, ?3) ON CONFLICT (name) DO UPDATE SET \
             holder = excluded.holder, expires_at = excluded.expires_at, \
             fencing = lease.fencing + (lease.holder IS NOT excluded.holder) \
             WHERE lease.holder IS NULL OR lease.holder = excluded.holder OR lease.expires_at <= ?4 \
             RETURNING fencing",
        )
        .bind(name)
        .bind(holder)
        .bind(expiry_us(now, term))
        .bind(now.as_microsecond())
        .fetch_optional(&mut *self.writer().await)
        .await
        .map_err(|error| self.error(error))?;
        Ok(fencing.map(|fencing| Fencing(fencing.cast_unsigned())))
    }

    async fn renew_lease(
        &self,
        name: &str,
        fencing: Fencing,
        now: Timestamp,
        term: Duration,
    ) -> Result<bool, LogError> {
        let held = sqlx::query(
            "UPDATE lease SET expires_at = ?3 \
             WHERE name = ?1 AND fencing = ?2 AND holder IS NOT NULL AND expires_at > ?4",
        )
        .bind(name)
        .bind(fencing.0.cast_signed())
        .bind(expiry_us(now, term))
        .bind(now.as_microsecond())
        .execute(&mut *self.writer().await)
        .await
        .map_err(|error| self.error(error))?;
        Ok(held.rows_affected() > 0)
    }

    async fn release_lease(&self, name: &str, fencing: Fencing) -> Result<(), LogError> {
        sqlx::query("UPDATE lease SET holder = NULL WHERE name = ? AND fencing = ?")
            .bind(name)
            .bind(fencing.0.cast_signed())
            .execute(&mut *self.writer().await)
            .await
            .map_err(|error| self.error(error))?;
        Ok(())
    }
}
