//! Deadlines are data: they fall due by the hub's clock, and over a restart.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use muster::domain::signal::{End, Receive, State};
use muster::hub::{Clock, Hub};
use muster_contract::alert::{
    Alert, AlertKey, Category, Certainty, Info, MsgType, Scope, Severity, Status, Urgency,
};

use crate::support::bare::{BareHub, open_incident, submit};

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_whose_time_is_over_ends_without_anybody_asking() {
    let now: Timestamp = "2026-05-01T12:00:00Z".parse().unwrap();
    let clock = Arc::new(AtomicI64::new(now.as_microsecond()));
    let read = Arc::clone(&clock);
    let by = move || Timestamp::from_microsecond(read.load(Ordering::Relaxed)).unwrap();
    let hub = BareHub::start_with(Clock::by(by)).await;

    // One that ends in real time soon after the wake-up that its arrival sets.
    let expires = now + SignedDuration::from_millis(300);
    submit(hub.hub(), receive(warning(now, expires))).await.unwrap();
    assert_eq!(states(hub.hub()), [State::Live]);
    let mut steps = hub.hub().steps();
    clock.store(expires.as_microsecond(), Ordering::Relaxed);
    steps.recv().await.unwrap();
    assert_eq!(states(hub.hub()), [State::Ended(End::Expired)]);
    assert_eq!(hub.hub().picture().world.timers().count(), 0);

    // A restart long after a deadline catches up with it; this hub's clock is the machine's.
    let now = Timestamp::UNIX_EPOCH + (Clock::system().now() - Timestamp::UNIX_EPOCH);
    clock.store(now.as_microsecond(), Ordering::Relaxed);
    let expires = now + SignedDuration::from_secs(1);
    submit(hub.hub(), receive(warning(now, expires))).await.unwrap();
    let hub = hub.restart().await;
    let mut steps = hub.hub().steps();
    if states(hub.hub())[1] == State::Live {
        steps.recv().await.unwrap();
    }
    assert_eq!(states(hub.hub())[1], State::Ended(End::Expired));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_goes_with_the_next_batch_however_busy_the_hub_is() {
    let now: Timestamp = "2026-05-01T12:00:00Z".parse().unwrap();
    let clock = Arc::new(AtomicI64::new(now.as_microsecond()));
    let read = Arc::clone(&clock);
    let by = move || Timestamp::from_microsecond(read.load(Ordering::Relaxed)).unwrap();
    let hub = BareHub::start_with(Clock::by(by)).await;
    // The hub sleeps towards a deadline an hour away; meanwhile its clock jumps.
    let expires = now + SignedDuration::from_hours(1);
    submit(hub.hub(), receive(warning(now, expires))).await.unwrap();
    clock.store(expires.as_microsecond(), Ordering::Relaxed);
    open_incident(hub.hub(), "Mill Street fire").await;
    assert_eq!(states(hub.hub()), [State::Ended(End::Expired)]);
}

fn states(hub: &Hub) -> Vec<State> {
    hub.picture().world.signals().map(|signal| signal.state).collect()
}

fn receive(alert: Alert) -> Receive {
    Receive {
        alert: Arc::new(alert),
        via: "test".into(),
        digest: "00".into(),
        resolved: None,
        warnings: vec![],
    }
}

fn warning(sent: Timestamp, expires: Timestamp) -> Alert {
    Alert {
        key: AlertKey { sender: "w-nws".into(), identifier: sent.to_string(), sent },
        status: Status::Actual,
        msg_type: MsgType::Alert,
        scope: Scope::Public,
        source: None,
        restriction: None,
        addresses: vec![],
        codes: vec![],
        note: None,
        references: vec![],
        incidents: vec![],
        infos: vec![Info {
            language: "en-US".into(),
            categories: vec![Category::Met],
            event: "Flood Warning".into(),
            response_types: vec![],
            urgency: Urgency::Expected,
            severity: Severity::Severe,
            certainty: Certainty::Likely,
            audience: None,
            event_codes: vec![],
            effective: None,
            onset: None,
            expires: Some(expires),
            sender_name: None,
            headline: None,
            description: None,
            instruction: None,
            web: None,
            contact: None,
            parameters: vec![],
            resources: vec![],
            areas: vec![],
        }],
        signed: false,
        unknown: vec![],
    }
}
