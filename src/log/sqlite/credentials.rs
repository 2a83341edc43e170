//! Passwords and last uses, in the file of the vault.

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::Connection as _;
use uuid::Uuid;

use super::super::LogError;
use super::super::credentials::Credentials;
use super::SqliteLog;

#[async_trait]
impl Credentials for SqliteLog {
    async fn put_password(&self, account: Uuid, phc: &str) -> Result<(), LogError> {
        sqlx::query(
            "INSERT INTO password VALUES (?, ?) \
             ON CONFLICT (account) DO UPDATE SET phc = excluded.phc",
        )
        .bind(account)
        .bind(phc)
        .execute(&mut *self.vault.lock().await)
        .await
        .map_err(|error| self.error(error))?;
        Ok(())
    }

    async fn password(&self, account: Uuid) -> Result<Option<String>, LogError> {
        sqlx::query_scalar("SELECT phc FROM password WHERE account = ?")
            .bind(account)
            .fetch_optional(&mut *self.vault.lock().await)
            .await
            .map_err(|error| self.error(error))
    }

    async fn note_uses(&self, uses: &[(Uuid, Timestamp)]) -> Result<(), LogError> {
        let mut vault = self.vault.lock().await;
        let noted = async {
            let mut all = vault.begin().await?;
            for (credential, at) in uses {
                sqlx::query(
                    "INSERT INTO last_use VALUES (?, ?) ON CONFLICT (credential) \
                     DO UPDATE SET used_at = max(used_at, excluded.used_at)",
                )
                .bind(credential)
                .bind(at.as_microsecond())
                .execute(&mut *all)
                .await?;
            }
            all.commit().await
        };
        noted.await.map_err(|error| self.error(error))
    }

    async fn last_uses(&self) -> Result<Vec<(Uuid, Timestamp)>, LogError> {
        let rows: Vec<(Uuid, i64)> = sqlx::query_as("SELECT credential, used_at FROM last_use")
            .fetch_all(&mut *self.vault.lock().await)
            .await
            .map_err(|error| self.error(error))?;
        let at = |us| Timestamp::from_microsecond(us).unwrap_or_default();
        Ok(rows.into_iter().map(|(credential, us)| (credential, at(us))).collect())
    }

    async fn forget_uses(&self, credentials: &[Uuid]) -> Result<(), LogError> {
        let mut vault = self.vault.lock().await;
        for credential in credentials {
            sqlx::query("DELETE FROM last_use WHERE credential = ?")
                .bind(credential)
                .execute(&mut *vault)
                .await
                .map_err(|error| self.error(error))?;
        }
        Ok(())
    }
}
