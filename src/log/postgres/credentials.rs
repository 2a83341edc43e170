//! Passwords and last uses, in the schema of the vault.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::super::LogError;
use super::super::credentials::Credentials;
use super::PostgresLog;
use super::open::explain;

#[async_trait]
impl Credentials for PostgresLog {
    async fn put_password(&self, account: Uuid, phc: &str) -> Result<(), LogError> {
        sqlx::query(
            "INSERT INTO vault.password VALUES ($1, $2) \
             ON CONFLICT (account) DO UPDATE SET phc = excluded.phc",
        )
        .bind(account)
        .bind(phc)
        .execute(&self.pool)
        .await
        .map_err(explain)?;
        Ok(())
    }

    async fn password(&self, account: Uuid) -> Result<Option<String>, LogError> {
        sqlx::query_scalar("SELECT phc FROM vault.password WHERE account = $1")
            .bind(account)
            .fetch_optional(&self.pool)
            .await
            .map_err(explain)
    }

    async fn note_uses(&self, uses: &[(Uuid, Timestamp)]) -> Result<(), LogError> {
        let credentials: Vec<Uuid> = uses.iter().map(|(credential, _)| *credential).collect();
        let times: Vec<i64> = uses.iter().map(|(_, at)| at.as_microsecond()).collect();
        // In the order of the ids, so that two nodes do not wait for each other's rows for ever.
        sqlx::query(
            "INSERT INTO vault.last_use \
             SELECT * FROM unnest($1::uuid[], $2::bigint[]) AS used(credential, used_at) \
             ORDER BY credential ON CONFLICT (credential) DO UPDATE SET \
             used_at = greatest(last_use.used_at, excluded.used_at)",
        )
        .bind(credentials)
        .bind(times)
        .execute(&self.pool)
        .await
        .map_err(explain)?;
        Ok(())
    }

    async fn last_uses(&self) -> Result<Vec<(Uuid, Timestamp)>, LogError> {
        let rows: Vec<(Uuid, i64)> =
            sqlx::query_as("SELECT credential, used_at FROM vault.last_use")
                .fetch_all(&self.pool)
                .await
                .map_err(explain)?;
        let at = |us| Timestamp::from_microsecond(us).unwrap_or_default();
        Ok(rows.into_iter().map(|(credential, us)| (credential, at(us))).collect())
    }

    async fn forget_uses(&self, credentials: &[Uuid]) -> Result<(), LogError> {
        sqlx::query("DELETE FROM vault.last_use WHERE credential = ANY($1)")
            .bind(credentials)
            .execute(&self.pool)
            .await
            .map_err(explain)?;
        Ok(())
    }
}
