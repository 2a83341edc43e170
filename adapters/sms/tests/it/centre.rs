//! Against the centre of npm's `smpp`: another maker's reading of SMPP 3.4.

use std::sync::atomic::Ordering;

use jiff::Timestamp;
use muster_contract::channel::{Channel, FailureKind};
use muster_sms::smpp::{Smpp, SmppSettings};

use crate::support::{Came, Peer, inbox, message};

fn settings(port: u16, more: &str) -> SmppSettings {
    let json = format!(
        r#"{{"host": "127.0.0.1", "port": {port}, "system_id": "muster", "password": "secret",
            "source": "+12025550100", "answer_seconds": 2 {more}}}"#
    );
    serde_json::from_str(&json).unwrap()
}

/// A centre and a client that is bound to it; `None` if the centre is not installed.
async fn bound(more: &str) -> Option<(Peer, Smpp, Came, std::sync::Arc<crate::support::Looked>)> {
    let (mut centre, port) = Peer::centre("").await?;
    let (inbox, came) = inbox();
    let client = Smpp::start(settings(port, more), std::sync::Arc::clone(&inbox) as _).unwrap();
    assert_eq!(centre.line().await, r#"{"bound":"transceiver"}"#);
    Some((centre, client, came, inbox))
}

#[tokio::test]
async fn a_message_is_taken_and_its_receipt_comes_back() {
    let Some((mut centre, client, mut came, _)) = bound("").await else { return };
    let mut urgent = message("Report to Station 4 [now] €");
    urgent.urgent = true;
    urgent.expires = Some("2026-03-01T06:30:00Z".parse::<Timestamp>().unwrap());
    let submitted = client.submit(&urgent).await.unwrap();
    assert_eq!(submitted.reference.as_deref(), Some("1"));
    insta::assert_snapshot!(centre.line().await, @r#"{"submit":"Report to Station 4 [now] €","to":"12025550143","data_coding":0,"esm_class":0,"validity_period":"2026-03-01T06:30:00.000Z","priority_flag":1}"#);
    assert_eq!(came.next().await, r#"receipt 1 Delivered Some("DELIVRD 000")"#);
    assert_eq!(centre.line().await, r#"{"answer":0}"#);
    client.probe().await.unwrap();
    drop(client);
    assert_eq!(centre.line().await, r#"{"unbound":true}"#);
}

#[tokio::test]
async fn a_long_message_goes_in_parts_and_is_delivered_when_all_are() {
    let Some((mut centre, client, mut came, _)) = bound("").await else { return };
    let text = "Сбор на станции 4. ".repeat(6);
    let submitted = client.submit(&message(&text)).await.unwrap();
    assert_eq!(submitted.reference.as_deref(), Some("1,2"));
    let parts = [centre.line_with("submit").await, centre.line_with("submit").await];
    insta::assert_snapshot!(parts.join("\n"), @r#"
    {"submit":"Сбор на станции 4. Сбор на станции 4. Сбор на станции 4. Сбор на ст","udh":["0003000201"],"to":"12025550143","data_coding":8,"esm_class":64,"validity_period":"","priority_flag":0}
    {"submit":"анции 4. Сбор на станции 4. Сбор на станции 4. ","udh":["0003000202"],"to":"12025550143","data_coding":8,"esm_class":64,"validity_period":"","priority_flag":0}
    "#);
    // That of the first part may come before the second part has a name.
    while came.next().await != r#"receipt 1,2 Delivered Some("DELIVRD 000 (part 2 of 2)")"# {}
}

#[tokio::test]
async fn a_long_message_goes_whole_where_the_centre_cuts_it() {
    let Some((mut centre, client, _, _)) = bound(r#", "long": "payload""#).await else { return };
    let submitted = client.submit(&message(&"a".repeat(200))).await.unwrap();
    assert_eq!(submitted.reference.as_deref(), Some("1"));
    assert!(centre.line().await.contains(&format!(r#""submit":"{}""#, "a".repeat(200))));
}

#[tokio::test]
async fn receipts_that_overtake_the_answers_still_make_the_whole_delivered() {
    let Some((_centre, client, mut came, _)) = bound("").await else { return };
    client.submit(&message(&"early".repeat(40))).await.unwrap();
    while came.next().await != r#"receipt 1,2 Delivered Some("DELIVRD 000 (part 2 of 2)")"# {}
}

#[tokio::test]
async fn what_the_centre_refuses_says_what_to_do_next() {
    let Some((_centre, client, mut came, _)) = bound("").await else { return };
    let throttled = client.submit(&message("throttle")).await.unwrap_err();
    assert_eq!(throttled.kind, FailureKind::Temporary);
    assert!(throttled.retry_after.is_some());
    let refused = client.submit(&message("refuse")).await.unwrap_err();
    assert_eq!(refused.to_string(), "the number is not valid (`ESME_RINVDSTADR`)");
    let silent = client.submit(&message("silent")).await.unwrap_err();
    assert_eq!((silent.kind, silent.code.as_str()), (FailureKind::InDoubt, "timeout"));
    client.submit(&message("undeliv")).await.unwrap();
    let undelivered = came.next().await;
    assert_eq!(undelivered, r#"receipt 4 Failed(Permanent) Some("UNDELIV 000")"#);
}

#[tokio::test]
async fn a_reply_is_acknowledged_only_when_it_was_taken_in() {
    let Some((mut centre, _client, mut came, inbox)) = bound("").await else { return };
    let reply = r#"{"source_addr": "12025550143", "source_addr_ton": 1, "short_message": "1 €"}"#;
    inbox.refusing.store(true, Ordering::SeqCst);
    centre.tell(reply).await;
    assert_eq!(centre.line().await, r#"{"answer":100}"#);
    inbox.refusing.store(false, Ordering::SeqCst);
    centre.tell(reply).await;
    assert_eq!(came.next().await, r#"reply +12025550143 "1 €" None"#);
    assert_eq!(centre.line().await, r#"{"answer":0}"#);
}

#[tokio::test]
async fn a_long_reply_is_put_together() {
    let Some((mut centre, _client, mut came, _)) = bound("").await else { return };
    for (place, text) in [("02", "minutes"), ("01", "there in 20 ")] {
        let part = format!(
            r#"{{"source_addr": "12025550143", "source_addr_ton": 1, "esm_class": 64,
                "short_message": {{"udh": "0500032a02{place}", "message": "{text}"}}}}"#
        );
        centre.tell(&part.replace('\n', " ")).await;
    }
    assert_eq!(came.next().await, r#"reply +12025550143 "there in 20 minutes" None"#);
}

#[tokio::test]
async fn a_pair_sends_on_one_connection_and_receives_on_the_other() {
    let Some((mut centre, port)) = Peer::centre("").await else { return };
    let (inbox, mut came) = inbox();
    let client = Smpp::start(settings(port, r#", "bind": "pair""#), inbox).unwrap();
    let mut both = [centre.line().await, centre.line().await];
    both.sort();
    assert_eq!(both, [r#"{"bound":"receiver"}"#, r#"{"bound":"transmitter"}"#]);
    client.probe().await.unwrap();
    client.submit(&message("hello")).await.unwrap();
    assert_eq!(came.next().await, r#"receipt 1 Delivered Some("DELIVRD 000")"#);
}

#[tokio::test]
async fn a_refused_password_is_told_to_whoever_sends() {
    let Some((_centre, port)) = Peer::centre("").await else { return };
    let mut wrong = settings(port, "");
    wrong.system_id = "stranger".to_owned();
    let client = Smpp::start(wrong, inbox().0).unwrap();
    let failure = client.submit(&message("hello")).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Technical);
    assert_eq!(failure.to_string(), "the centre refused to bind us (`ESME_RBINDFAIL`)");
}

#[tokio::test]
async fn a_restarted_centre_is_found_again() {
    let Some((mut centre, client, _, _)) = bound("").await else { return };
    centre.child.kill().await.unwrap();
    let failure = loop {
        if let Err(failure) = client.submit(&message("hello")).await {
            break failure;
        }
    };
    assert!(matches!(failure.kind, FailureKind::Technical | FailureKind::InDoubt), "{failure}");
}
