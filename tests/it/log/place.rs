//! Where a store under test lives, and drafts to put into it.

use std::sync::Arc;

use muster::log::{Actor, Draft, RequestKey, Store};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;
use uuid::Uuid;

use crate::support::postgres;

/// A place for one store, empty at first.
pub(super) struct Place {
    pub(super) url: String,
    _folder: Option<TempDir>,
}

impl Place {
    pub(super) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("muster.db").display());
        Self { url, _folder: Some(folder) }
    }

    pub(super) async fn postgres() -> Option<Self> {
        Some(Self { url: postgres::database().await?, _folder: None })
    }

    pub(super) fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }

    /// Another handle on the store, as another process would have it.
    pub(super) async fn open(&self) -> Arc<dyn Store> {
        muster::log::open(&self.url).await.unwrap()
    }

    /// Runs SQL behind the store's back.
    pub(super) async fn run(&self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = AssertSqlSafe(sql.to_owned());
        if self.is_sqlite() {
            let mut connection = SqliteConnection::connect(&self.url).await?;
            sqlx::raw_sql(sql).execute(&mut connection).await?;
            connection.close().await
        } else {
            let mut connection = PgConnection::connect(&self.url).await?;
            sqlx::raw_sql(sql).execute(&mut connection).await?;
            connection.close().await
        }
    }

    /// A single text that SQL gives.
    pub(super) async fn ask(&self, sql: &str) -> String {
        let sql = AssertSqlSafe(sql.to_owned());
        if self.is_sqlite() {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
        } else {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
        }
    }

    /// Bytes as this store's SQL writes them.
    pub(super) fn bytes(&self, hex: &str) -> String {
        if self.is_sqlite() { format!("x'{hex}'") } else { format!("'\\x{hex}'::bytea") }
    }
}

/// The draft number `n`: recorded `n` seconds after noon, every third with an idempotency key.
pub(super) fn draft(n: u128) -> Draft {
    let noon: jiff::Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
    Draft {
        id: Uuid::from_u128(n),
        recorded_at: noon + jiff::SignedDuration::from_secs(n.try_into().unwrap()),
        actor: Arc::new(Actor {
            principal: format!("person:{}", n % 4),
            organization: n.is_multiple_of(2).then(|| "org:fire".into()),
            on_behalf_of: n.is_multiple_of(4).then(|| "org:county".into()),
        }),
        cause: format!("request:{n}"),
        request: n
            .is_multiple_of(3)
            .then(|| Arc::new(RequestKey { key: format!("key-{n}"), digest: [3; 16] })),
        kind: "note.written".into(),
        version: 1,
        body: format!(r#"{{"text":"Ärzte unterwegs","n":{n}}}"#).into_bytes(),
    }
}

pub(super) fn drafts(numbers: std::ops::RangeInclusive<u128>) -> Vec<Draft> {
    numbers.map(draft).collect()
}
