//! What was acknowledged is in the log, and the World is what the log says.

use muster::domain::incident::{ChangeStatus, Status};
use muster::domain::journal::Write;
use muster::hub::{AsOf, SubmitError, refold};

use crate::support::bare::{BareHub, dana, open, open_incident, open_when_back, submit};

#[tokio::test(flavor = "multi_thread")]
async fn a_world_folded_from_the_log_is_the_one_that_was_live() {
    let hub = BareHub::start().await;
    let incident = open_incident(hub.hub(), "Mill Street fire").await;
    for n in 0..50 {
        let text = format!("line {n} is down");
        submit(hub.hub(), Write { incident, text, log_of: None, corrects: None, tlp: None })
            .await
            .unwrap();
    }
    let live = hub.hub().picture().world.to_snapshot().unwrap();

    let refolded = refold::from_genesis(hub.hub().store().as_ref()).await.unwrap();
    assert_eq!(live, refolded.world.to_snapshot().unwrap());

    // The start after a stop goes by way of the snapshot that the stop saved.
    let hub = hub.restart().await;
    assert_eq!(live, hub.hub().picture().world.to_snapshot().unwrap());
    assert_eq!(hub.hub().picture().head, refolded.head);
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_accepted_before_a_stop_are_finished_and_later_ones_refused() {
    let hub = BareHub::start().await;
    let handle = hub.hub().clone();
    let submitted: Vec<_> = (0..500)
        .map(|n| {
            let handle = handle.clone();
            tokio::spawn(async move { submit(&handle, open(&format!("fire {n}"))).await })
        })
        .collect();
    let store = std::sync::Arc::clone(handle.store());
    hub.running.stop().await;

    let mut acknowledged = 0;
    for answer in submitted {
        match answer.await.unwrap() {
            Ok(_) => acknowledged += 1,
            Err(error) => assert!(matches!(error, SubmitError::Stopping), "{error}"),
        }
    }
    let refolded = refold::from_genesis(store.as_ref()).await.unwrap();
    assert_eq!(refolded.world.incidents().count(), acknowledged);
    assert!(matches!(submit(&handle, open("late")).await, Err(SubmitError::Stopping)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_world_as_of_any_entry_or_time_is_the_one_that_was_there() {
    let hub = BareHub::start().await;
    let incident = open_incident(hub.hub(), "Mill Street fire").await;
    let opened = hub.hub().picture();
    let to = Status::Contained;
    submit(hub.hub(), ChangeStatus { incident, to, reason: None }).await.unwrap();

    let hub = hub.restart().await;
    let then = hub.hub().world_at(AsOf::Seq(opened.seq())).await.unwrap();
    assert_eq!(then.incident(incident).unwrap().status, Status::Active);
    let then = hub.hub().world_at(AsOf::Time(opened.world.at())).await.unwrap();
    assert_eq!(then.incident(incident).unwrap().status, Status::Active);
    let before = hub.hub().world_at(AsOf::Seq(0)).await.unwrap();
    assert_eq!(before.incidents().count(), 0);
    let ahead = hub.hub().world_at(AsOf::Seq(99)).await.unwrap_err();
    insta::assert_snapshot!(ahead, @"the log ends at entry 2; there is no entry 99 yet");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_command_leaves_no_trace_in_the_log() {
    let hub = BareHub::start().await;
    let incident = open_incident(hub.hub(), "Mill Street fire").await;
    let refused =
        submit(hub.hub(), ChangeStatus { incident, to: Status::Closed, reason: None }).await;
    insta::assert_snapshot!(refused.unwrap_err(), @"going from active to closed needs a reason; say why in a sentence");
    let reader = muster::domain::Principal { scopes: vec![], ..(*dana()).clone() };
    let refused = hub.hub().submit(&reader.into(), open("mine"), None, "test".into()).await;
    insta::assert_snapshot!(refused.unwrap_err(), @"`dana` may not do this: no policy permits `openIncident` on it to this account; an administrator of yours may, or whoever has or leads it: ask them to do it, or for an agreement that allows it");
    assert_eq!(hub.hub().picture().seq(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_acknowledged_into_a_file_that_was_taken_away() {
    let hub = BareHub::start().await;
    open_incident(hub.hub(), "before").await;
    let file = hub.folder.path().join("muster.db");
    let elsewhere = hub.folder.path().join("elsewhere.db");

    std::fs::rename(&file, &elsewhere).unwrap();
    let refused = submit(hub.hub(), open("during")).await.unwrap_err();
    assert!(matches!(refused, SubmitError::StoreUnavailable { .. }), "{refused}");
    assert!(hub.hub().stale_since().is_some());
    assert_eq!(hub.hub().picture().world.incidents().count(), 1);

    std::fs::rename(&elsewhere, &file).unwrap();
    open_when_back(hub.hub(), "after").await;
    let hub = hub.restart().await;
    let world = &hub.hub().picture().world;
    let names: Vec<_> = world.incidents().map(|i| i.name.as_str()).collect();
    assert_eq!(names, ["before", "after"]);
}
