//! The log, on both stores.

mod beside;
mod conformance;
mod outage;
mod place;
mod power_cut;
mod sqlite_file;
mod tampering;

/// Makes each `async fn(&Place)` a test on SQLite and one on PostgreSQL.
macro_rules! on_both_stores {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(&super::Place::sqlite()).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                if let Some(place) = super::Place::postgres().await {
                    super::$name(&place).await;
                }
            })+
        }
    };
}
use on_both_stores;
