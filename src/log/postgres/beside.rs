//! What stands beside an PostgreSQL log: vault, quarantine and lease.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::super::LogError;
use super::super::lease::{Fencing, Lease, expiry_us};
use super::super::limits::QUARANTINE_PAGE_MAX;
use super::super::quarantine::{
    Held, Quarantine, QuarantinedItem, QuarantinedSummary, cut, to_drop,
};
use super::super::sealing::SealingKey;
use super::super::vault::{Kept, Vault};
use super::PostgresLog;
use super::open::explain;

#[async_trait]
impl Vault for PostgresLog {
    async fn put_key(&self, person: Uuid, key: &SealingKey) -> Result<Kept, LogError> {
        let stored =
            sqlx::query("INSERT INTO vault.person_key VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(person)
                .bind(key.as_bytes().as_slice())
                .execute(&self.pool)
                .await
                .map_err(explain)?;
        if stored.rows_affected() > 0 {
            return Ok(Kept::Stored);
        }
        let there: bool =
            sqlx::query_scalar("SELECT key IS NOT NULL FROM vault.person_key WHERE person = $1")
                .bind(person)
                .fetch_one(&self.pool)
                .await
                .map_err(explain)?;
        Ok(if there { Kept::AlreadyThere } else { Kept::Forgotten })
    }

    async fn key(&self, person: Uuid) -> Result<Option<SealingKey>, LogError> {
        let key: Option<Option<Vec<u8>>> =
            sqlx::query_scalar("SELECT key FROM vault.person_key WHERE person = $1")
                .bind(person)
                .fetch_optional(&self.pool)
                .await
                .map_err(explain)?;
        SealingKey::from_column(key.flatten())
    }

    async fn forget(&self, person: Uuid) -> Result<bool, LogError> {
        let gone = sqlx::query(
            "UPDATE vault.person_key SET key = NULL WHERE person = $1 AND key IS NOT NULL",
        )
        .bind(person)
        .execute(&self.pool)
        .await
        .map_err(explain)?;
        sqlx::query("INSERT INTO vault.person_key VALUES ($1, NULL) ON CONFLICT DO NOTHING")
            .bind(person)
            .execute(&self.pool)
            .await
            .map_err(explain)?;
        Ok(gone.rows_affected() > 0)
    }
}

#[async_trait]
impl Quarantine for PostgresLog {
    async fn quarantine(&self, item: &QuarantinedItem) -> Result<u64, LogError> {
        let (bytes, error) = cut(item);
        sqlx::query(
            "INSERT INTO quarantine (id, received_at, source, format, error, bytes) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        )
        .bind(item.id)
        .bind(item.received_at.as_microsecond())
        .bind(&item.source)
        .bind(&item.format)
        .bind(error)
        .bind(bytes)
        .execute(&self.pool)
        .await
        .map_err(explain)?;
        drop_excess(&self.pool).await.map_err(explain)
    }

    async fn quarantined(
        &self,
        before: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<QuarantinedSummary>, LogError> {
        let rows = sqlx::query(
            "SELECT id, received_at, source, format, error, length(bytes)::bigint FROM quarantine \
             WHERE $1::uuid IS NULL OR number < (SELECT number FROM quarantine WHERE id = $1) \
             ORDER BY number DESC LIMIT $2",
        )
        .bind(before)
        .bind(i64::from(limit.min(QUARANTINE_PAGE_MAX)))
        .fetch_all(&self.pool)
        .await
        .map_err(explain)?;
        rows.iter().map(summary).collect::<Result<_, _>>().map_err(explain)
    }

    async fn quarantined_item(&self, id: Uuid) -> Result<Option<QuarantinedItem>, LogError> {
        let row = sqlx::query(
            "SELECT id, received_at, source, format, error, bytes FROM quarantine WHERE id = $1",
        )
        .bind(id)
        .fetch_optional(&self.pool)
        .await
        .map_err(explain)?;
        row.map(|row| item(&row)).transpose().map_err(explain)
    }

    async fn release_quarantined(&self, id: Uuid) -> Result<bool, LogError> {
        let gone = sqlx::query("DELETE FROM quarantine WHERE id = $1")
            .bind(id)
            .execute(&self.pool)
            .await
            .map_err(explain)?;
        Ok(gone.rows_affected() > 0)
    }
}

async fn drop_excess(pool: &PgPool) -> Result<u64, sqlx::Error> {
    let held = "SELECT number, source, length(bytes)::bigint FROM quarantine ORDER BY number";
    let held = sqlx::query(held).fetch_all(pool).await?;
    let held = held.iter().map(|row| {
        let bytes = row.try_get::<i64, _>(2)?.cast_unsigned();
        Ok(Held { number: row.try_get(0)?, source: row.try_get(1)?, bytes })
    });
    let dropped = to_drop(&held.collect::<Result<Vec<_>, sqlx::Error>>()?);
    let delete = sqlx::query("DELETE FROM quarantine WHERE number = ANY($1)").bind(&dropped);
    Ok(delete.execute(pool).await?.rows_affected())
}

fn summary(row: &PgRow) -> Result<QuarantinedSummary, sqlx::Error> {
    Ok(QuarantinedSummary {
        id: row.try_get(0)?,
        received_at: time(row.try_get(1)?),
        source: row.try_get(2)?,
        format: row.try_get(3)?,
        error: row.try_get(4)?,
        size_bytes: row.try_get::<i64, _>(5)?.try_into().unwrap_or_default(),
    })
}

fn item(row: &PgRow) -> Result<QuarantinedItem, sqlx::Error> {
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
impl Lease for PostgresLog {
    async fn acquire_lease(
        &self,
        name: &str,
        holder: &str,
        now: Timestamp,
        term: Duration,
    ) -> Result<Option<Fencing>, LogError> {
        let fencing: Option<i64> = sqlx::query_scalar(
            "INSERT INTO lease VALUES ($1, $2, 1, $3) ON CONFLICT (name) DO UPDATE SET \
             holder = excluded.holder, expires_at = excluded.expires_at, \
             fencing = lease.fencing + (lease.holder IS DISTINCT FROM excluded.holder)::int \
             WHERE lease.holder IS NULL OR lease.holder = excluded.holder OR lease.expires_at <= $4 \
             RETURNING fencing",
        )
        .bind(name)
        .bind(holder)
        .bind(expiry_us(now, term))
        .bind(now.as_microsecond())
        .fetch_optional(&self.pool)
        .await
        .map_err(explain)?;
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
            "UPDATE lease SET expires_at = $3 \
             WHERE name = $1 AND fencing = $2 AND holder IS NOT NULL AND expires_at > $4",
        )
        .bind(name)
        .bind(fencing.0.cast_signed())
        .bind(expiry_us(now, term))
        .bind(now.as_microsecond())
        .execute(&self.pool)
        .await
        .map_err(explain)?;
        Ok(held.rows_affected() > 0)
    }

    async fn release_lease(&self, name: &str, fencing: Fencing) -> Result<(), LogError> {
        sqlx::query("UPDATE lease SET holder = NULL WHERE name = $1 AND fencing = $2")
            .bind(name)
            .bind(fencing.0.cast_signed())
            .execute(&self.pool)
            .await
            .map_err(explain)?;
        Ok(())
    }
}
