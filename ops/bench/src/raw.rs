//! What the database does without the hub: the same rows into the same table by plain `sqlx`.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use muster::log::Entry;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, SqliteConnection};

use super::measure::count;
use super::places::{Kind, Place};

/// Rows in one commit.
pub(crate) const GROUP: usize = 256;
const COLUMNS: usize = 14;

/// A connection to a log's table, past the log.
pub(crate) enum Raw {
    Sqlite(Box<SqliteConnection>),
    Postgres(Box<PgConnection>),
}

/// Adds the columns of an entry under another number to a statement. A macro, because the two
/// drivers' statements have no type in common.
macro_rules! bind {
    ($query:expr, $seq:expr, $entry:expr) => {{
        let Entry { actor, request, .. } = $entry;
        $query
            .bind($seq)
            .bind($entry.id)
            .bind($entry.recorded_at.as_microsecond())
            .bind(actor.principal.as_str())
            .bind(actor.organization.as_deref())
            .bind(actor.on_behalf_of.as_deref())
            .bind($entry.cause.as_str())
            .bind(request.as_ref().map(|request| request.key.as_str()))
            .bind(request.as_ref().map(|request| request.digest.as_slice()))
            .bind($entry.kind.as_str())
            .bind(i32::from($entry.version))
            .bind($entry.body.as_slice())
            .bind($entry.prev.0.as_slice())
            .bind($entry.hash.0.as_slice())
    }};
}

impl Raw {
    /// Connects with the same promise of durability that the log asks for.
    pub(crate) async fn connect(place: &Place) -> anyhow::Result<Self> {
        // The store makes its tables.
        drop(muster::log::open(&place.url).await?);
        Ok(match place.kind {
            Kind::Sqlite => {
                let file = place.file().context("a file")?;
                let options = SqliteConnectOptions::new()
                    .filename(file)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .disable_statement_logging();
                Self::Sqlite(Box::new(options.connect().await?))
            }
            Kind::Postgres => Self::Postgres(Box::new(PgConnection::connect(&place.url).await?)),
        })
    }

    /// Inserts the entries with one statement in one transaction, numbered from `first` on.
    pub(crate) async fn insert(&mut self, first: i64, entries: &[Entry]) -> anyhow::Result<()> {
        match self {
            Self::Sqlite(connection) => {
                let row = format!("({})", ["?"; COLUMNS].join(","));
                let sql = format!("INSERT INTO log VALUES {}", vec![row; entries.len()].join(","));
                let mut query = sqlx::query(AssertSqlSafe(sql));
                for (seq, entry) in (first..).zip(entries) {
                    query = bind!(query, seq, entry);
                }
                query.execute(&mut **connection).await?;
            }
            Self::Postgres(connection) => {
                let row = |row: usize| {
                    let numbers = (1..=COLUMNS).map(|n| format!("${}", row * COLUMNS + n));
                    format!("({})", numbers.collect::<Vec<_>>().join(","))
                };
                let rows: Vec<_> = (0..entries.len()).map(row).collect();
                let sql = format!("INSERT INTO log VALUES {}", rows.join(","));
                let mut query = sqlx::query(AssertSqlSafe(sql));
                for (seq, entry) in (first..).zip(entries) {
                    query = bind!(query, seq, entry);
                }
                query.execute(&mut **connection).await?;
            }
        }
        Ok(())
    }

    /// Rows per second in groups, one group after the other, for a time.
    pub(crate) async fn rate(
        &mut self,
        entries: &[Entry],
        run_time: Duration,
    ) -> anyhow::Result<f64> {
        let (mut inserted, start) = (0, Instant::now());
        let groups = entries.chunks_exact(GROUP).cycle();
        for group in groups {
            if start.elapsed() >= run_time {
                break;
            }
            self.insert(i64::try_from(inserted)? + 1, group).await?;
            inserted += group.len();
        }
        Ok(count(inserted) / start.elapsed().as_secs_f64())
    }
}
