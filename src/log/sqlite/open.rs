//! Opening an SQLite log, and saying why that failed.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection};
use tokio::sync::Mutex;

use super::super::LogError;
use super::super::limits::WAIT_MAX;
use super::SqliteLog;
use super::checkpoint::{self, Checkpoints};
use super::file::File;

static LOG: Migrator = sqlx::migrate!("migrations/sqlite");
static VAULT: Migrator = sqlx::migrate!("migrations/sqlite_vault");

/// `application_id` of a log's file ("MUST") and of a vault's ("MUSV").
const LOG_ID: i64 = 0x4d55_5354;
const VAULT_ID: i64 = 0x4d55_5356;

const READERS: u32 = 8;
/// Rows that the driver may read ahead; its default of 50 makes long reads wait for each other.
const ROWS_AHEAD: usize = 1024;

pub(super) async fn open(path: &Path) -> Result<SqliteLog, LogError> {
    let explained = |error| explain(path, error);
    let options = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(WAIT_MAX)
        .row_buffer_size(ROWS_AHEAD)
        .disable_statement_logging();
    let writing = options
        .clone()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("wal_autocheckpoint", checkpoint::PAGES_MAX);
    // Looked at before anything is changed: a wrong path must not harm somebody else's file.
    if is_not_empty(path) {
        let mut looking = options.clone().read_only(true).connect().await.map_err(explained)?;
        check_ours(&mut looking, path, LOG_ID).await?;
    }
    let mut writer = writing.connect().await.map_err(explained)?;
    migrate(&mut writer, path, &LOG).await?;
    let keeper = options.connect().await.map_err(explained)?;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(WAIT_MAX)
        .connect_with(options.read_only(true))
        .await
        .map_err(explained)?;
    let vault = open_vault(&path.with_extension("vault.db")).await?;
    Ok(SqliteLog {
        file: File::at(path),
        writer: Mutex::new(writer),
        unfinished: AtomicBool::new(false),
        readers,
        checkpoints: Checkpoints::by(keeper),
        vault: Mutex::new(vault),
    })
}

/// Opens the vault, which has no write-ahead log: an overwritten key must not live on in one.
async fn open_vault(path: &Path) -> Result<SqliteConnection, LogError> {
    make_private(path)?;
    let mut vault = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(WAIT_MAX)
        .journal_mode(SqliteJournalMode::Delete)
        .synchronous(SqliteSynchronous::Extra)
        .pragma("secure_delete", "ON")
        .disable_statement_logging()
        .connect()
        .await
        .map_err(|error| explain(path, error))?;
    check_ours(&mut vault, path, VAULT_ID).await?;
    migrate(&mut vault, path, &VAULT).await?;
    Ok(vault)
}

/// Makes the file, if it is not there, so that only its owner may read it.
fn make_private(path: &Path) -> Result<(), LogError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(LogError::Forbidden(path.display().to_string()))
        }
        _ => Ok(()),
    }
}

fn is_not_empty(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.len() > 0)
}

/// Refuses a file with other tables than ours. An empty one is ours to fill.
async fn check_ours(
    connection: &mut SqliteConnection,
    path: &Path,
    ours: i64,
) -> Result<(), LogError> {
    let (id, tables): (i64, i64) = sqlx::query_as(
        "SELECT application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id",
    )
    .fetch_one(connection)
    .await
    .map_err(|error| explain(path, error))?;
    if id != ours && tables > 0 {
        return Err(LogError::NotOurs(path.display().to_string()));
    }
    Ok(())
}

async fn migrate(
    connection: &mut SqliteConnection,
    path: &Path,
    migrations: &Migrator,
) -> Result<(), LogError> {
    migrations.run(connection).await.map_err(|error| match error {
        MigrateError::VersionMissing(version) => LogError::Newer(version),
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            explain(path, error)
        }
        other => LogError::Refused(other.into()),
    })
}

/// Says what an error of SQLite means for whoever runs the hub.
pub(super) fn explain(path: &Path, error: sqlx::Error) -> LogError {
    let shown = || path.display().to_string();
    let code = match &error {
        // The extended code; its low byte is the primary one.
        sqlx::Error::Database(database) => {
            database.code().and_then(|code| code.parse::<i32>().ok()).unwrap_or_default()
        }
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => {
            return LogError::Unreachable(error);
        }
        _ => return LogError::Refused(error),
    };
    // https://sqlite.org/rescode.html
    match code & 0xff {
        5 | 6 => LogError::Locked(shown()),
        3 | 8 | 14 | 23 => LogError::Forbidden(shown()),
        13 => LogError::Full,
        26 => LogError::NotOurs(shown()),
        10 => LogError::Unreachable(error),
        _ => LogError::Refused(error),
    }
}
