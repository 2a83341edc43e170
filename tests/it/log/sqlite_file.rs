//! Files that are not an SQLite log, or not for us.

use std::fs;

use muster::log::{Head, LogError};
use sqlx::{Connection, SqliteConnection};

use super::place::{Place, drafts};

async fn refusal(url: &str) -> LogError {
    match muster::log::open(url).await {
        Ok(_) => panic!("`{url}` was opened"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_file_of_another_program_is_refused_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("letter.txt");
    fs::write(
        &text,
        "Dear Rosa, this is longer than the header of a database, is it not?".repeat(20),
    )
    .unwrap();
    let error = refusal(&format!("sqlite:{}", text.display())).await;
    assert!(matches!(error, LogError::NotOurs(_)), "{error}");

    let place = Place::sqlite();
    let mut other = SqliteConnection::connect(&format!("{}?mode=rwc", place.url)).await.unwrap();
    sqlx::query("CREATE TABLE songs (title TEXT)").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    let before = fs::read(place.url.trim_start_matches("sqlite:")).unwrap();
    let error = refusal(&place.url).await;
    assert!(matches!(error, LogError::NotOurs(_)), "{error}");
    assert_eq!(fs::read(place.url.trim_start_matches("sqlite:")).unwrap(), before);
}

#[tokio::test]
async fn a_store_of_a_newer_version_is_refused() {
    let place = Place::sqlite();
    drop(place.open().await);
    place.run("INSERT INTO _sqlx_migrations VALUES (9000, 'later', 0, 1, x'00', 0)").await.unwrap();
    let error = refusal(&place.url).await;
    assert!(matches!(error, LogError::Newer(9000)), "{error}");
}

#[tokio::test]
async fn a_wrong_address_or_folder_is_told_without_repeating_a_password() {
    let error = refusal("postgress://muster:secret@db/hub").await;
    insta::assert_snapshot!(error, @"`postgress:` begins no address of a store: write `sqlite:PATH` or `postgres://USER@HOST/DATABASE`");
    let error = refusal("sqlite:/nowhere/at/all/muster.db").await;
    insta::assert_snapshot!(error, @"the store `/nowhere/at/all/muster.db` cannot be opened: check that its folder exists and that this user may write there");
}

#[tokio::test]
async fn an_append_while_another_process_holds_the_lock_changes_nothing() {
    let place = Place::sqlite();
    let store = place.open().await;
    let mut other = SqliteConnection::connect(&place.url).await.unwrap();
    let held = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let error = store.append(Head::GENESIS, &drafts(1..=1)).await.unwrap_err().to_string();
    assert!(error.contains("is locked by another process"), "{error}");
    assert_eq!(store.head().await.unwrap(), Head::GENESIS);
    held.rollback().await.unwrap();
    store.append(Head::GENESIS, &drafts(1..=1)).await.unwrap();
}

/// The write-ahead log of a busy hub is brought into the file beside the commits, and begins anew
/// before it has twice the pages at which the writer sees to that.
#[tokio::test]
async fn the_write_ahead_log_stays_short_while_much_is_written() {
    const BYTES: usize = 2 << 20;
    let place = Place::sqlite();
    let store = place.open().await;
    let wal = format!("{}-wal", place.url.trim_start_matches("sqlite:"));
    let mut head = Head::GENESIS;
    for n in 1..=100 {
        let mut large = drafts(n..=n);
        large[0].body = format!("{{\"text\":\"{}\"}}", "x".repeat(BYTES)).into_bytes();
        head = store.append(head, &large).await.unwrap();
    }
    let longest = fs::metadata(&wal).unwrap().len();
    assert!(longest < 2 * 16_384 * 4_096, "{longest} bytes after {} of entries", 100 * BYTES);
}

#[cfg(unix)]
#[tokio::test]
async fn the_vault_is_readable_by_its_owner_only_and_keeps_no_forgotten_key() {
    use std::os::unix::fs::PermissionsExt;

    use muster::log::SealingKey;

    let place = Place::sqlite();
    let store = place.open().await;
    let vault = place.url.trim_start_matches("sqlite:").replace(".db", ".vault.db");
    assert_eq!(fs::metadata(&vault).unwrap().permissions().mode() & 0o777, 0o600);
    let holds_key = || fs::read(&vault).unwrap().windows(32).any(|bytes| bytes == [0xa5; 32]);
    store.put_key(uuid::Uuid::nil(), &SealingKey::from_bytes([0xa5; 32])).await.unwrap();
    assert!(holds_key());
    store.forget(uuid::Uuid::nil()).await.unwrap();
    assert!(!holds_key());
}
