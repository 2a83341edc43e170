//! Repeated requests, and more requests than the hub can take.

use std::sync::Arc;

use futures_util::future::join_all;
use muster::domain::{Principal, Refusal, Scope};
use muster::hub::SubmitError;

use crate::support::bare::{BareHub, dana, incident_of, open};

#[tokio::test(flavor = "multi_thread")]
async fn a_request_repeated_a_thousand_times_at_once_has_the_effect_of_one() {
    let hub = BareHub::start().await;
    let submit = |_| {
        let hub = hub.hub().clone();
        tokio::spawn(async move {
            let key = Some("first call from Mill Street".to_owned());
            hub.submit(&dana(), open("Mill Street fire"), key, "test".into()).await
        })
    };
    let answers = join_all((0..1_000).map(submit)).await;

    let incidents = answers.into_iter().map(|answer| incident_of(&answer.unwrap().unwrap()));
    let mut incidents: Vec<_> = incidents.collect();
    incidents.dedup();
    assert_eq!(incidents.len(), 1);
    assert_eq!(hub.hub().picture().seq(), 1);

    // The key is remembered over a restart, by way of the snapshot and of the log alike.
    let hub = hub.restart().await;
    let key = Some("first call from Mill Street".to_owned());
    let principal = dana();
    let again = hub.hub().submit(&principal, open("Mill Street fire"), key.clone(), "test".into());
    let again = again.await.unwrap();
    assert!(again.unchanged);
    assert_eq!(incident_of(&again), incidents[0]);

    let other = hub.hub().submit(&dana(), open("Dock Street fire"), key, "test".into()).await;
    insta::assert_snapshot!(other.unwrap_err(), @"the idempotency key `first call from Mill Street` was used for another command; use a new key for a new command");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_of_two_principals_is_two_requests() {
    let hub = BareHub::start().await;
    let key = Some("1".to_owned());
    let other = muster::domain::Principal { name: "lee".into(), ..(*dana()).clone() };
    hub.hub().submit(&dana(), open("one"), key.clone(), "test".into()).await.unwrap();
    hub.hub().submit(&other.into(), open("two"), key, "test".into()).await.unwrap();
    assert_eq!(hub.hub().picture().world.incidents().count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_carried_out_is_answered_again_to_whom_it_left_no_right() {
    let hub = BareHub::start().await;
    let key = Some("1".to_owned());
    hub.hub().submit(&dana(), open("one"), key.clone(), "test".into()).await.unwrap();
    // The same principal, who may only read by now: the answer may have been lost on the way.
    let scopes = vec![Scope::Read];
    let reader = Arc::new(Principal::new(&dana().name, None, scopes));
    let again = hub.hub().submit(&reader, open("one"), key, "test".into()).await.unwrap();
    assert!(again.unchanged);
    let new = hub.hub().submit(&reader, open("two"), None, "test".into()).await;
    assert!(matches!(new, Err(SubmitError::Refused(Refusal::NotPermitted { .. }))), "{new:?}");
}

#[tokio::test]
async fn a_full_queue_answers_at_once_with_a_hint_when_to_come_back() {
    // On this one-threaded runtime the head task cannot run before the first await, so the queue
    // fills for certain.
    let hub = BareHub::start().await;
    let calls: Vec<_> = (0..muster::hub::QUEUE_COMMANDS_MAX + 10)
        .map(|n| {
            let hub = hub.hub().clone();
            async move { hub.submit(&dana(), open(&format!("{n}")), None, "test".into()).await }
        })
        .collect();
    let answers = join_all(calls).await;
    let overloaded: Vec<_> =
        answers.iter().filter(|a| matches!(a, Err(SubmitError::Overloaded))).collect();
    assert_eq!(overloaded.len(), 10);
    assert_eq!(overloaded[0].as_ref().unwrap_err().retry_after_ms(), Some(250));
    let carried_out = answers.iter().filter(|a| a.is_ok()).count();
    assert_eq!(carried_out, hub.hub().picture().world.incidents().count());
}
