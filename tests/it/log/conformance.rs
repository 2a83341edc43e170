//! What any store must do.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use muster::log::export::{export, verify_export};
use muster::log::verify::verify;
use muster::log::{AppendError, Head, Seq, Store, limits};

use super::on_both_stores;
use super::place::{Place, draft, drafts};

on_both_stores!(
    what_is_appended_is_read_back_with_numbers_and_hashes,
    an_empty_log_has_a_head_and_verifies,
    an_append_to_an_old_head_is_refused_with_the_new_one,
    an_append_goes_on_after_the_store_is_opened_again,
    rivals_on_several_handles_each_get_their_entries_in_exactly_once,
    a_large_append_is_read_back_whole,
    what_is_too_large_is_refused_before_it_is_tried,
    an_append_can_be_settled,
    an_append_that_is_dropped_half_way_is_in_whole_or_not_at_all,
    the_last_entry_before_a_moment_is_found,
    a_waiter_hears_at_once_of_what_another_handle_appends,
    the_newest_whole_snapshot_is_found_and_old_ones_go,
    an_export_verifies_without_its_store,
    an_auditor_reads_the_log_in_the_databases_own_shell,
    the_database_itself_refuses_to_change_an_entry,
);

async fn what_is_appended_is_read_back_with_numbers_and_hashes(place: &Place) {
    let store = place.open().await;
    let head = store.append(Head::GENESIS, &drafts(1..=3)).await.unwrap();
    let entries = store.read(Seq(0), 100).await.unwrap();

    assert_eq!(head, store.head().await.unwrap());
    assert_eq!(entries.len(), 3);
    assert_eq!(entries[0].prev, Head::GENESIS.hash);
    assert_eq!(entries[1].prev, entries[0].hash);
    assert_eq!(entries[2].hash, head.hash);
    for (entry, draft) in entries.iter().zip(drafts(1..=3)) {
        assert_eq!(entry.seq, Seq(draft.id.as_u128().try_into().unwrap()));
        assert_eq!(entry.id, draft.id);
        assert_eq!(entry.recorded_at, draft.recorded_at);
        assert_eq!((&entry.actor, &entry.cause), (&draft.actor, &draft.cause));
        assert_eq!(entry.request, draft.request);
        assert_eq!((entry.kind.as_str(), entry.version), (&*draft.kind, draft.version));
        assert_eq!(entry.body, draft.body);
    }
    assert_eq!(store.read(Seq(1), 1).await.unwrap(), entries[1..2]);
    assert_eq!(store.read(Seq(3), 100).await.unwrap(), []);
}

async fn an_empty_log_has_a_head_and_verifies(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.head().await.unwrap(), Head::GENESIS);
    assert_eq!(store.read(Seq(0), 10).await.unwrap(), []);
    let report = verify(&*store, |_| ()).await.unwrap();
    assert_eq!((report.entries, report.head), (0, Head::GENESIS));
}

async fn an_append_to_an_old_head_is_refused_with_the_new_one(place: &Place) {
    let (here, there) = (place.open().await, place.open().await);
    let moved = here.append(Head::GENESIS, &drafts(1..=2)).await.unwrap();

    let late = there.append(Head::GENESIS, &drafts(3..=3)).await.unwrap_err();
    assert!(matches!(late, AppendError::Conflict { head } if head == moved), "{late}");
    let forged = Head { seq: moved.seq, hash: Head::GENESIS.hash };
    let wrong = there.append(forged, &drafts(3..=3)).await.unwrap_err();
    assert!(matches!(wrong, AppendError::Conflict { head } if head == moved), "{wrong}");
    assert_eq!(here.read(Seq(0), 10).await.unwrap().len(), 2);
}

async fn an_append_goes_on_after_the_store_is_opened_again(place: &Place) {
    let mut head = Head::GENESIS;
    for n in 1..=3 {
        let store = place.open().await;
        assert_eq!(store.head().await.unwrap(), head);
        head = store.append(head, &[draft(n)]).await.unwrap();
    }
    let report = verify(&*place.open().await, |_| ()).await.unwrap();
    assert_eq!((report.entries, report.head), (3, head));
}

/// Appends each draft alone, trying again on the new head whenever another was first.
async fn append_against_rivals(store: &dyn Store, numbers: std::ops::RangeInclusive<u128>) {
    let mut head = store.head().await.unwrap();
    for n in numbers {
        head = loop {
            match store.append(head, &drafts(n * 2..=n * 2 + 1)).await {
                Ok(head) => break head,
                Err(AppendError::Conflict { head: moved }) => head = moved,
                Err(error) => panic!("{error}"),
            }
        };
    }
}

async fn rivals_on_several_handles_each_get_their_entries_in_exactly_once(place: &Place) {
    let (a, b, c) = (place.open().await, place.open().await, place.open().await);
    tokio::join!(
        append_against_rivals(&*a, 100..=139),
        append_against_rivals(&*b, 200..=239),
        append_against_rivals(&*b, 300..=339),
        append_against_rivals(&*c, 400..=439),
    );
    let report = verify(&*a, |_| ()).await.unwrap();
    let entries = a.read(Seq(0), 1000).await.unwrap();
    let ids: BTreeSet<_> = entries.iter().map(|entry| entry.id.as_u128()).collect();
    let expected = [200..=279, 400..=479, 600..=679, 800..=879].into_iter().flatten();
    assert_eq!(report.entries, 320);
    assert_eq!(ids, expected.collect());
    // The two of one append are always neighbours.
    assert!(entries.as_chunks::<2>().0.iter().all(|[a, b]| a.id.as_u128() + 1 == b.id.as_u128()));
}

async fn a_large_append_is_read_back_whole(place: &Place) {
    let store = place.open().await;
    let (most, size) = (limits::APPEND_DRAFTS_MAX, limits::BODY_BYTES_MAX);
    let mut all = drafts(1..=most as u128);
    all[4].body = vec![b' '; size];
    store.append(Head::GENESIS, &all).await.unwrap();
    let mut seen = Vec::new();
    let report = verify(&*store, |seq| seen.push(seq)).await.unwrap();
    assert_eq!(report.entries, most as u64);
    assert_eq!(seen.last(), Some(&report.head.seq));
    assert_eq!(store.read(Seq(4), 1).await.unwrap()[0].body.len(), size);
}

async fn what_is_too_large_is_refused_before_it_is_tried(place: &Place) {
    let store = place.open().await;
    let mut long = draft(1);
    long.cause = "x".repeat(limits::TEXT_BYTES_MAX + 1);
    let mut big = draft(1);
    big.body = vec![b' '; limits::BODY_BYTES_MAX + 1];
    let mut zero = draft(1);
    zero.cause = "a\0b".into();
    let many = drafts(1..=limits::APPEND_DRAFTS_MAX as u128 + 1);
    let mut refusals = String::new();
    for drafts in [vec![long], vec![big], vec![zero], many] {
        let refusal = store.append(Head::GENESIS, &drafts).await.unwrap_err();
        assert!(matches!(refusal, AppendError::TooLarge(_)));
        refusals += &format!("{refusal}\n");
    }
    insta::allow_duplicates! { insta::assert_snapshot!(refusals, @r"
    the cause of event `00000000-0000-0000-0000-000000000001` has 1025 bytes: at most 1024 are taken
    the body of event `00000000-0000-0000-0000-000000000001` has 4194305 bytes: at most 4194304 are taken
    the cause of event `00000000-0000-0000-0000-000000000001` holds a zero byte: leave it out
    8193 events in one append are too many: at most 8192 go together
    "); }
    assert_eq!(store.head().await.unwrap(), Head::GENESIS);
}

async fn an_append_can_be_settled(place: &Place) {
    let store = place.open().await;
    let head = store.append(Head::GENESIS, &drafts(1..=2)).await.unwrap();
    let other = Head { seq: head.seq, hash: Head::GENESIS.hash };
    let later = Head { seq: Seq(3), hash: head.hash };
    assert!(store.settle(head).await.unwrap());
    assert!(store.settle(Head::GENESIS).await.unwrap());
    assert!(!store.settle(other).await.unwrap());
    assert!(!store.settle(later).await.unwrap());
}

async fn an_append_that_is_dropped_half_way_is_in_whole_or_not_at_all(place: &Place) {
    let store = place.open().await;
    assert!(store.append(Head::GENESIS, &drafts(1..=300)).now_or_never().is_none());
    let entries = match store.append(Head::GENESIS, &drafts(1000..=1000)).await {
        Err(AppendError::Conflict { head }) => head.seq,
        appended => appended.unwrap().seq,
    };
    assert!([Seq(1), Seq(300)].contains(&entries));
    assert_eq!(verify(&*store, |_| ()).await.unwrap().entries, entries.0);
}

async fn the_last_entry_before_a_moment_is_found(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.seq_at(draft(1).recorded_at).await.unwrap(), Seq(0));
    let mut all = drafts(1..=9);
    all[5].recorded_at = all[4].recorded_at;
    store.append(Head::GENESIS, &all).await.unwrap();

    let at = async |n| store.seq_at(draft(n).recorded_at).await.unwrap().0;
    assert_eq!([at(0).await, at(1).await, at(4).await], [0, 1, 4]);
    assert_eq!([at(5).await, at(6).await, at(7).await], [6, 6, 7]);
    assert_eq!([at(9).await, at(1000).await], [9, 9]);
}

async fn a_waiter_hears_at_once_of_what_another_handle_appends(place: &Place) {
    let (here, there) = (place.open().await, place.open().await);
    let mut head = here.append(Head::GENESIS, &drafts(1..=1)).await.unwrap();
    // What is there already is not waited for.
    there.wait_beyond(Seq(0)).await.unwrap();
    let mut slowest = Duration::ZERO;
    for n in 2..=6 {
        let waiter = tokio::spawn({
            let there = place.open().await;
            async move {
                there.wait_beyond(Seq(n - 1)).await.unwrap();
                Instant::now()
            }
        });
        assert!(
            tokio::time::timeout(Duration::from_millis(30), there.wait_beyond(head.seq))
                .await
                .is_err()
        );
        head = here.append(head, &[draft(n.into())]).await.unwrap();
        let appended = Instant::now();
        slowest = slowest.max(waiter.await.unwrap().saturating_duration_since(appended));
    }
    // SQLite is asked ten times a second, PostgreSQL tells.
    let most = if place.is_sqlite() { 300 } else { 100 };
    assert!(slowest < Duration::from_millis(most), "{slowest:?}");
}

async fn the_newest_whole_snapshot_is_found_and_old_ones_go(place: &Place) {
    let store = place.open().await;
    store.append(Head::GENESIS, &drafts(1..=9)).await.unwrap();
    assert_eq!(store.latest_snapshot(Seq(9), 1).await.unwrap(), None);

    let large = vec![42; limits::SNAPSHOT_PIECE_BYTES + 1];
    for seq in 1..=4 {
        store.save_snapshot(Seq(seq), 1, &large).await.unwrap();
    }
    store.save_snapshot(Seq(9), 2, b"another format").await.unwrap();
    let latest = async |seq| store.latest_snapshot(Seq(seq), 1).await.unwrap().map(|s| s.seq.0);
    assert_eq!([latest(9).await, latest(3).await, latest(1).await], [Some(4), Some(3), None]);
    let found = store.latest_snapshot(Seq(9), 1).await.unwrap().unwrap();
    assert_eq!(found.hash, store.read(Seq(3), 1).await.unwrap()[0].hash);
    assert!(found.bytes == large);

    // One that was damaged or not finished is passed over.
    let zero = place.bytes("00");
    place.run(&format!("UPDATE snapshot_piece SET bytes = {zero} WHERE number = 1 AND snapshot = (SELECT id FROM snapshot WHERE seq = 4)")).await.unwrap();
    assert_eq!(latest(9).await, Some(3));
    place.run("UPDATE snapshot SET digest = NULL WHERE seq = 3").await.unwrap();
    assert_eq!(latest(9).await, Some(2));
    // Of an entry that is not in the log nothing is kept.
    store.save_snapshot(Seq(10), 1, b"").await.unwrap_err();
}

async fn an_export_verifies_without_its_store(place: &Place) {
    let store = place.open().await;
    let mut all = drafts(1..=300);
    all[0].body = b"{\n  \"pretty\": true\n}".to_vec();
    all[1].body = vec![0xff, 0x00];
    all[2].body = br#" {"x": 1.50, "y":"\u00e4"} "#.to_vec();
    let head = store.append(Head::GENESIS, &all).await.unwrap();

    let mut file = Vec::new();
    assert_eq!(export(&*store, Seq(0), &mut file).await.unwrap(), Seq(300));
    let report = verify_export(&mut file.as_slice()).unwrap();
    assert_eq!((report.entries, report.head), (300, head));

    let text = String::from_utf8(file).unwrap();
    insta::allow_duplicates! { insta::assert_snapshot!(text.lines().nth(11).unwrap(), @r#"{"seq":12,"id":"00000000-0000-0000-0000-00000000000c","recorded_at":"2026-03-01T12:00:12Z","actor":{"principal":"person:0","organization":"org:fire","on_behalf_of":"org:county"},"cause":"request:12","idempotency_key":"key-12","request_digest":"03030303030303030303030303030303","kind":"note.written","version":1,"body":{"text":"Ärzte unterwegs","n":12},"prev_hash":"33df4d9cfc356370baa1f037ad2b35f36f691a7cb93df87527abc5055baaecab","hash":"271704b91e2969f517fdb59a90627fb08ddc0ab3ad82ce0407cf715779bd73d2"}"#); }
    let changed = text.replacen("\"n\":7}", "\"n\":8}", 1);
    let broken = verify_export(&mut changed.as_bytes()).unwrap_err();
    insta::allow_duplicates! { insta::assert_snapshot!(broken, @"line 7 of the export: entry 7 of the log is broken: its content does not give its `hash`: a column was changed after it was written"); }
    let dropped: String =
        text.lines().filter(|l| !l.contains("\"seq\":9,")).map(|l| format!("{l}\n")).collect();
    let broken = verify_export(&mut dropped.as_bytes()).unwrap_err();
    insta::allow_duplicates! { insta::assert_snapshot!(broken, @"line 9 of the export: entry 10 of the log is broken: it comes right after entry 8, so entries between are missing"); }
    let cut = &text[..text.len() - 5];
    let broken = verify_export(&mut cut.as_bytes()).unwrap_err();
    insta::allow_duplicates! { insta::assert_snapshot!(broken, @"line 300 of the export: it is cut off or too long"); }

    let mut rest = Vec::new();
    export(&*store, Seq(299), &mut rest).await.unwrap();
    assert_eq!(verify_export(&mut rest.as_slice()).unwrap().head, head);
}

async fn an_auditor_reads_the_log_in_the_databases_own_shell(place: &Place) {
    let store = place.open().await;
    store.append(Head::GENESIS, &drafts(1..=12)).await.unwrap();
    let line = place
        .ask(
            "SELECT recorded_at || ' ' || principal || ' ' || request_digest || ' ' || body || ' ' \
             || hash FROM log_readable WHERE seq = 12",
        )
        .await;
    insta::allow_duplicates! { insta::assert_snapshot!(line, @r#"2026-03-01T12:00:12.000000Z person:0 03030303030303030303030303030303 {"text":"Ärzte unterwegs","n":12} 7b66b1cbc1b2bb9140586e037bf6fe80e2c8cef5fbebdbf689d64cade96198de"#); }
}

async fn the_database_itself_refuses_to_change_an_entry(place: &Place) {
    let store = place.open().await;
    store.append(Head::GENESIS, &drafts(1..=2)).await.unwrap();
    for sql in ["UPDATE log SET cause = 'x' WHERE seq = 1", "DELETE FROM log WHERE seq = 2"] {
        let refusal = place.run(sql).await.unwrap_err().to_string();
        assert!(refusal.contains("an entry of the log is never"), "{refusal}");
    }
    verify(&*store, |_| ()).await.unwrap();
}
