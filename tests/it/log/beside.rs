//! What stands beside the log: vault, quarantine and lease.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use muster::log::{Kept, QuarantinedItem, SealingKey, limits};
use uuid::Uuid;

use super::on_both_stores;
use super::place::Place;

on_both_stores!(
    a_person_has_one_key_until_they_are_forgotten_and_none_after,
    the_quarantine_keeps_the_newest_documents_and_cuts_long_ones,
    who_fills_the_quarantine_pushes_out_their_own,
    a_lease_has_one_holder_and_its_number_rises_when_that_changes,
    a_password_is_replaced_and_of_two_uses_the_later_one_counts,
);

async fn a_person_has_one_key_until_they_are_forgotten_and_none_after(place: &Place) {
    let (here, there) = (place.open().await, place.open().await);
    let (rosa, jon) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let (key, other) = (SealingKey::generate().unwrap(), SealingKey::generate().unwrap());

    assert_eq!(here.put_key(rosa, &key).await.unwrap(), Kept::Stored);
    assert_eq!(there.put_key(rosa, &other).await.unwrap(), Kept::AlreadyThere);
    assert_eq!(there.key(rosa).await.unwrap(), Some(key));
    assert_eq!(there.key(jon).await.unwrap(), None);

    assert!(here.forget(rosa).await.unwrap());
    assert!(!here.forget(rosa).await.unwrap());
    assert_eq!(there.key(rosa).await.unwrap(), None);
    assert_eq!(there.put_key(rosa, &other).await.unwrap(), Kept::Forgotten);
    assert!(!here.forget(jon).await.unwrap());
    assert_eq!(here.put_key(jon, &other).await.unwrap(), Kept::Forgotten);
    assert_eq!(place.open().await.key(rosa).await.unwrap(), None);
}

fn item(n: u32) -> QuarantinedItem {
    QuarantinedItem {
        id: Uuid::from_u128(n.into()),
        received_at: Timestamp::from_second(n.into()).unwrap(),
        source: "feed:weather".into(),
        format: "cap".into(),
        error: "`alert/sent` is missing".into(),
        bytes: format!("<alert n='{n}'/>").into_bytes(),
    }
}

async fn the_quarantine_keeps_the_newest_documents_and_cuts_long_ones(place: &Place) {
    let store = place.open().await;
    let most = u32::try_from(limits::QUARANTINE_ITEMS_MAX).unwrap();
    for n in 1..=most + 2 {
        store.quarantine(&item(n)).await.unwrap();
    }
    store.quarantine(&QuarantinedItem { error: "again".into(), ..item(5) }).await.unwrap();
    assert_eq!(store.quarantined_item(item(2).id).await.unwrap(), None);
    assert_eq!(store.quarantined_item(item(5).id).await.unwrap(), Some(item(5)));

    let page = store.quarantined(None, 2).await.unwrap();
    assert_eq!((page[0].id, page[1].id, page.len()), (item(most + 2).id, item(most + 1).id, 2));
    assert_eq!(page[0].size_bytes, item(most + 2).bytes.len() as u64);
    let next = store.quarantined(Some(page[1].id), u32::MAX).await.unwrap();
    assert_eq!(next.len(), limits::QUARANTINE_PAGE_MAX as usize);
    assert_eq!(next[0].id, item(most).id);

    assert!(store.release_quarantined(item(5).id).await.unwrap());
    assert!(!store.release_quarantined(item(5).id).await.unwrap());

    let long = QuarantinedItem { bytes: vec![b'x'; limits::QUARANTINE_BYTES_MAX + 1], ..item(0) };
    store.quarantine(&long).await.unwrap();
    let kept = store.quarantined_item(long.id).await.unwrap().unwrap();
    assert_eq!(kept.bytes.len(), limits::QUARANTINE_BYTES_MAX);
    insta::allow_duplicates! { insta::assert_snapshot!(kept.error, @"`alert/sent` is missing (only the first 5242881 of its 5242882 bytes are kept)"); }
}

async fn who_fills_the_quarantine_pushes_out_their_own(place: &Place) {
    let store = place.open().await;
    store.quarantine(&item(1)).await.unwrap();
    let most = u32::try_from(limits::QUARANTINE_ITEMS_MAX).unwrap();
    let mut dropped = 0;
    for n in 2..=most + 3 {
        let source = format!("http:mad {n}");
        dropped += store.quarantine(&QuarantinedItem { source, ..item(n) }).await.unwrap();
    }
    assert_eq!(dropped, 3);
    assert_eq!(store.quarantined_item(item(1).id).await.unwrap(), Some(item(1)));
    for (n, there) in [(2, false), (4, false), (5, true), (most + 3, true)] {
        assert_eq!(store.quarantined_item(item(n).id).await.unwrap().is_some(), there, "{n}");
    }
}

async fn a_lease_has_one_holder_and_its_number_rises_when_that_changes(place: &Place) {
    let (a, b) = (place.open().await, place.open().await);
    let term = Duration::from_secs(10);
    let at = |seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
    let acquire = async |store: &dyn muster::log::Store, holder, seconds| {
        store.acquire_lease("effects", holder, at(seconds), term).await.unwrap()
    };

    let first = acquire(&*a, "a", 0).await.unwrap();
    assert_eq!(acquire(&*b, "b", 9).await, None);
    assert_eq!(acquire(&*a, "a", 5).await, Some(first));
    assert!(a.renew_lease("effects", first, at(9), term).await.unwrap());
    assert_eq!(acquire(&*b, "b", 18).await, None);

    // It ran out at 19 and another takes it; the first finds out when it wakes.
    let second = acquire(&*b, "b", 19).await.unwrap();
    assert!(second > first);
    assert!(!a.renew_lease("effects", first, at(20), term).await.unwrap());
    a.release_lease("effects", first).await.unwrap();
    assert_eq!(acquire(&*a, "a", 20).await, None);

    b.release_lease("effects", second).await.unwrap();
    let third = acquire(&*a, "a", 21).await.unwrap();
    assert!(third > second);
    assert!(!a.renew_lease("effects", third, at(31), term).await.unwrap());
    assert_eq!(b.acquire_lease("other", "b", at(21), term).await.unwrap().map(|f| f.0), Some(1));
}

async fn a_password_is_replaced_and_of_two_uses_the_later_one_counts(place: &Place) {
    let (a, b) = (place.open().await, place.open().await);
    let (dana, kim) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let at = |seconds| Timestamp::from_second(seconds).unwrap();
    assert_eq!(a.password(dana).await.unwrap(), None);
    a.put_password(dana, "$argon2id$old").await.unwrap();
    b.put_password(dana, "$argon2id$new").await.unwrap();
    assert_eq!(a.password(dana).await.unwrap().as_deref(), Some("$argon2id$new"));
    assert_eq!(a.password(kim).await.unwrap(), None);

    a.note_uses(&[(dana, at(20)), (kim, at(5))]).await.unwrap();
    b.note_uses(&[(dana, at(10)), (kim, at(6))]).await.unwrap();
    b.note_uses(&[]).await.unwrap();
    let mut uses = place.open().await.last_uses().await.unwrap();
    uses.sort_unstable();
    assert_eq!(uses, [(dana, at(20)), (kim, at(6))]);
    a.forget_uses(&[dana]).await.unwrap();
    assert_eq!(b.last_uses().await.unwrap(), [(kim, at(6))]);
}
