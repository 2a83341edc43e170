//! Somebody with the database's own shell changes the log, and `verify` says where.

use std::fmt::Write;

use muster::log::verify::verify;
use muster::log::{Head, Store};

use super::on_both_stores;
use super::place::{Place, drafts};

on_both_stores!(a_change_to_any_column_is_found_and_named, entries_dropped_or_slipped_in_are_found);

async fn verdict(store: &dyn Store) -> String {
    match verify(store, |_| ()).await {
        Ok(report) => format!("{} entries are whole", report.entries),
        Err(error) => error.to_string(),
    }
}

async fn tampered(place: &Place) -> std::sync::Arc<dyn Store> {
    let store = place.open().await;
    store.append(Head::GENESIS, &drafts(1..=20)).await.unwrap();
    let disarm = if place.is_sqlite() {
        "DROP TRIGGER log_is_never_changed; DROP TRIGGER log_is_never_shortened;"
    } else {
        "ALTER TABLE log DISABLE TRIGGER USER;"
    };
    place.run(disarm).await.unwrap();
    place.run("CREATE TABLE kept AS SELECT * FROM log").await.unwrap();
    store
}

async fn a_change_to_any_column_is_found_and_named(place: &Place) {
    let store = tampered(place).await;
    let id =
        if place.is_sqlite() { "zeroblob(16)" } else { "'00000000-0000-0000-0000-000000000000'" };
    let zeroes = place.bytes(&"00".repeat(32));
    let changes = [
        ("id", id),
        ("recorded_at", "recorded_at + 1"),
        ("principal", "'person:eve'"),
        ("organization", "NULL"),
        ("on_behalf_of", "'org:x'"),
        ("cause", "''"),
        ("idempotency_key", "'other'"),
        ("request_digest", &place.bytes(&"00".repeat(16))),
        ("request_digest", "NULL"),
        ("kind", "'note.erased'"),
        ("version", "2"),
        ("body", &place.bytes("7b7d")),
        ("prev_hash", &zeroes),
        ("hash", &zeroes),
        ("hash", &place.bytes("00")),
    ];
    let mut found = String::new();
    for (column, value) in changes {
        place.run(&format!("UPDATE log SET {column} = {value} WHERE seq = 6")).await.unwrap();
        writeln!(found, "{column}: {}", verdict(&*store).await).unwrap();
        let mend = format!(
            "UPDATE log SET {column} = (SELECT {column} FROM kept WHERE kept.seq = log.seq)"
        );
        place.run(&mend).await.unwrap();
    }
    found += &verdict(&*store).await;
    insta::allow_duplicates! { insta::assert_snapshot!(found, @r"
    id: entry 6 of the log is broken: its content does not give its `hash`: a column was changed after it was written
    recorded_at: entry 6 of the log is broken: its content does not give its `hash`: a column was changed after it was written
    principal: entry 6 of the log is broken: its content does not give its `hash`: a column was changed after it was written
    organization: entry 6 of the log is broken: its content does not give its `hash`: a column was changed after it was written
    on_behalf_of: entry 6 of the log is broken: its content does not give its `hash`: a column was changed after it was written
    cause: entry 6 of the log is broken: its content does not give its `hash`: a column was changed after it was written
    idempotency_key: entry 6 of the log is broken: its content does not give its `hash`: a column was changed after it was written
    request_digest: entry 6 of the log is broken: its content does not give its `hash`: a column was changed after it was written
    request_digest: entry 6 of the log is broken: its `request_digest` is null where its key is not, or the reverse: it was changed after it was written
    kind: entry 6 of the log is broken: its content does not give its `hash`: a column was changed after it was written
    version: entry 6 of the log is broken: its content does not give its `hash`: a column was changed after it was written
    body: entry 6 of the log is broken: its content does not give its `hash`: a column was changed after it was written
    prev_hash: entry 6 of the log is broken: its `prev_hash` is not the hash of entry 5: one of the two was changed or replaced
    hash: entry 6 of the log is broken: its content does not give its `hash`: a column was changed after it was written
    hash: entry 6 of the log is broken: its `hash` is not 32 bytes long: it was changed after it was written
    20 entries are whole
    "); }
}

async fn entries_dropped_or_slipped_in_are_found(place: &Place) {
    let store = tampered(place).await;
    let changes = [
        ("one dropped", "DELETE FROM log WHERE seq = 7"),
        ("the first dropped", "DELETE FROM log WHERE seq = 1"),
        ("the last dropped", "DELETE FROM log WHERE seq > 18"),
        ("all dropped", "DELETE FROM log"),
        (
            "two exchanged",
            "UPDATE log SET seq = -4 WHERE seq = 4; UPDATE log SET seq = 4 WHERE seq = 5; UPDATE log SET seq = 5 WHERE seq = -4",
        ),
        (
            "one replaced by a later one",
            "UPDATE log SET prev_hash = (SELECT prev_hash FROM kept WHERE seq = 9), hash = (SELECT hash FROM kept WHERE seq = 9) WHERE seq = 8",
        ),
        (
            "head moved back",
            "UPDATE log_head SET seq = 19, hash = (SELECT hash FROM kept WHERE seq = 19)",
        ),
        (
            "head with another hash",
            "UPDATE log_head SET seq = 20, hash = (SELECT hash FROM kept WHERE seq = 1)",
        ),
    ];
    let mut found = String::new();
    for (name, sql) in changes {
        place.run(sql).await.unwrap();
        writeln!(found, "{name}: {}", verdict(&*store).await).unwrap();
        place.run("DELETE FROM log; INSERT INTO log SELECT * FROM kept; UPDATE log_head SET seq = 20, hash = (SELECT hash FROM kept WHERE seq = 20)").await.unwrap();
    }
    found += &verdict(&*store).await;
    insta::allow_duplicates! { insta::assert_snapshot!(found, @r"
    one dropped: entry 8 of the log is broken: it comes right after entry 6, so entries between are missing
    the first dropped: entry 2 of the log is broken: it comes first, so entries before it are missing
    the last dropped: entry 19 of the log is broken: it is missing, though the head says that there are 20
    all dropped: entry 1 of the log is broken: it is missing, though the head says that there are 20
    two exchanged: entry 4 of the log is broken: its `prev_hash` is not the hash of entry 3: one of the two was changed or replaced
    one replaced by a later one: entry 8 of the log is broken: its `prev_hash` is not the hash of entry 7: one of the two was changed or replaced
    head moved back: entry 20 of the log is broken: it lies beyond the head, which says that there are 19
    head with another hash: entry 20 of the log is broken: its hash is not the one that the head has: one of the two was changed
    20 entries are whole
    "); }
}
