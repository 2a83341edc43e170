//! What was refused is kept, once, and can be taken again.

use muster::intake::replay::ReplayError;
use muster::intake::{DOCUMENT_BYTES_MAX, Outcome};
use uuid::Uuid;

use super::place::{Place, alert, malformed};

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_refused_again_and_again_is_kept_once() {
    let place = Place::new().await;
    for _ in 0..5 {
        let outcomes = place.take(malformed("A")).await;
        assert!(matches!(outcomes[..], [Outcome::Quarantined { .. }]), "{outcomes:?}");
    }
    insta::assert_debug_snapshot!(place.quarantined().await, @r#"
    [
        "`alert/info[1]/severity` (line 5): the element is missing; CAP 1.2 section 3.2.2 requires it",
    ]
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_leaves_the_quarantine_when_a_replay_accepts_all_of_it() {
    let place = Place::new().await;
    // As if the codec of an older release had refused it.
    let item = muster::log::QuarantinedItem {
        id: Uuid::from_u128(7),
        received_at: "2026-03-01T12:00:00Z".parse().unwrap(),
        source: "feed:nws".into(),
        format: "cap".into(),
        error: "`alert/sent`: no offset".into(),
        bytes: alert("A").into_bytes(),
    };
    place.intake.hub().store().quarantine(&item).await.unwrap();

    let outcomes = place.intake.replay(&place.principal, item.id).await.unwrap();
    assert!(matches!(outcomes[..], [Outcome::Accepted { .. }]), "{outcomes:?}");
    assert_eq!((place.signals(), place.quarantined().await.len()), (1, 0));
    let again = place.intake.replay(&place.principal, item.id).await;
    assert!(matches!(again, Err(ReplayError::Unknown(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_still_refused_stays() {
    let place = Place::new().await;
    let outcomes = place.take(malformed("A")).await;
    let [Outcome::Quarantined { id, .. }] = outcomes[..] else { panic!("{outcomes:?}") };
    let outcomes = place.intake.replay(&place.principal, id).await.unwrap();
    assert!(matches!(outcomes[..], [Outcome::Quarantined { .. }]), "{outcomes:?}");
    assert_eq!(place.quarantined().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_largest_document_that_is_read_is_kept_whole_and_can_be_replayed() {
    let place = Place::new().await;
    let padding = DOCUMENT_BYTES_MAX - malformed("A").len() - "<!---->".len();
    let large = format!("{}<!--{}-->", malformed("A"), "x".repeat(padding));
    assert_eq!(large.len(), DOCUMENT_BYTES_MAX);
    let outcomes = place.take(&large).await;
    let [Outcome::Quarantined { id, .. }] = outcomes[..] else { panic!("{outcomes:?}") };
    let kept = place.intake.quarantined_item(id).await.unwrap().unwrap();
    assert!(kept.bytes == large.as_bytes());
    // It is read as a whole again, and refused for what was wrong with it.
    let outcomes = place.intake.replay(&place.principal, id).await.unwrap();
    assert!(matches!(outcomes[..], [Outcome::Quarantined { .. }]), "{outcomes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_of_which_only_a_part_was_kept_is_not_replayed() {
    let place = Place::new().await;
    let large = format!("{}<!--{}-->", malformed("A"), "x".repeat(DOCUMENT_BYTES_MAX));
    let outcomes = place.take(large).await;
    let [Outcome::Quarantined { id, .. }] = outcomes[..] else { panic!("{outcomes:?}") };
    let error = place.intake.replay(&place.principal, id).await.unwrap_err();
    assert!(matches!(error, ReplayError::Cut(_)), "{error}");
}
