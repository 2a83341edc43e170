//! Opening a PostgreSQL log, and saying why that failed.

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgPool};
use tokio::sync::{Mutex, watch};
use tokio_util::task::AbortOnDropHandle;

use super::super::entry::Seq;
use super::super::error::LogError;
use super::super::limits::WAIT_MAX;
use super::{PostgresLog, append, follow};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

const CONNECTIONS: u32 = 10;

pub(super) async fn open(url: &str) -> Result<PostgresLog, LogError> {
    let options = url
        .parse::<PgConnectOptions>()
        .map_err(explain)?
        .application_name("muster")
        .options([
            // A server may answer before a commit is on its disk by default. Ours may not.
            ("synchronous_commit", "on"),
            ("lock_timeout", &WAIT_MAX.as_millis().to_string()),
        ])
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(WAIT_MAX)
        .connect_with(options.clone())
        .await
        .map_err(explain)?;
    migrate(&pool, &options).await?;
    warn_of_lost_commits(&pool).await?;
    let (tell, known) = watch::channel(Seq(0));
    Ok(PostgresLog {
        follower: AbortOnDropHandle::new(tokio::spawn(follow::follow(pool.clone(), tell))),
        writer: Mutex::new(append::Writer::new(options)),
        known,
        pool,
    })
}

async fn migrate(pool: &PgPool, options: &PgConnectOptions) -> Result<(), LogError> {
    let Err(error) = MIGRATIONS.run(pool).await else { return Ok(()) };
    // Another program's tables may bear the same names, and its migrations the same numbers.
    let ours: bool = sqlx::query_scalar("SELECT to_regclass('log_head') IS NOT NULL")
        .fetch_one(pool)
        .await
        .map_err(explain)?;
    Err(match error {
        MigrateError::Execute(error) => explain(error),
        _ if !ours => LogError::NotOurs(options.get_database().unwrap_or_default().to_owned()),
        MigrateError::VersionMissing(version) => LogError::Newer(version),
        MigrateError::ExecuteMigration(error, _) => explain(error),
        other => LogError::Refused(other.into()),
    })
}

async fn warn_of_lost_commits(pool: &PgPool) -> Result<(), LogError> {
    let fsync: String = sqlx::query_scalar("SHOW fsync").fetch_one(pool).await.map_err(explain)?;
    if fsync == "off" {
        tracing::warn!("the PostgreSQL server has `fsync = off`: it may lose what it confirmed");
    }
    Ok(())
}

/// Says what an error of PostgreSQL means for whoever runs the hub.
pub(super) fn explain(error: sqlx::Error) -> LogError {
    let code = match &error {
        sqlx::Error::Database(database) => database.code().unwrap_or_default().into_owned(),
        sqlx::Error::Configuration(_) | sqlx::Error::Decode(_) => return LogError::Refused(error),
        _ => return LogError::Unreachable(error),
    };
    // https://www.postgresql.org/docs/15/errcodes-appendix.html
    match code.as_str() {
        "53100" => LogError::Full,
        "55P03" => LogError::Locked("postgres".into()),
        // Shutting down, starting up, or out of connections: it may be back soon.
        "57P01" | "57P02" | "57P03" | "53300" => LogError::Unreachable(error),
        _ if code.starts_with("08") => LogError::Unreachable(error),
        _ => LogError::Refused(error),
    }
}
