//! Against mosquitto, the broker that Debian has.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use muster_contract::channel::{Channel, Incoming};
use muster_mqtt::{ClientConfig, Mqtt, Settings};
use rumqttc::tokio_rustls::rustls::pki_types::CertificateDer;
use rumqttc::tokio_rustls::rustls::pki_types::pem::PemObject;
use rumqttc::tokio_rustls::rustls::{RootCertStore, crypto};

use crate::support::broker::Broker;
use crate::support::{
    Tray, channel, message, now, outcome, settings, soon, start, until_down, until_taken,
};

#[tokio::test]
async fn a_device_gets_a_message_and_its_receipt_and_answer_come_in() {
    let Some(broker) = Broker::start("") else { return };
    let mut siren = broker.device("sirens/4").await;
    let (tray, mut given) = Tray::new(0);
    let hub = start(&settings(broker.port, ""), tray);
    assert_eq!(outcome(&hub, &message("n-1", "sirens/4")).await, "taken as n-1");

    let heard = siren.hears().await;
    let properties = heard.properties.unwrap();
    assert!(properties.message_expiry_interval.is_some_and(|left| (290..=300).contains(&left)));
    assert_eq!(properties.response_topic.as_deref(), Some("replies"));
    assert_eq!(properties.correlation_data.unwrap(), "n-1");
    let document: serde_json::Value = serde_json::from_slice(&heard.payload).unwrap();
    assert_eq!(document["text"], "Report to Station 4");

    siren.says("this is no reply").await;
    siren.says(r#"{"key":"n-1","state":"delivered","code":"sounded"}"#).await;
    siren.says(r#"{"key":"n-1","answer":"1","id":"a7","from":"sirens/4"}"#).await;
    let Some(Incoming::Receipt(receipt)) = soon(given.recv()).await else { panic!() };
    insta::assert_debug_snapshot!(receipt, @r#"
    Receipt {
        reference: "n-1",
        state: Delivered,
        code: Some(
            "sounded",
        ),
    }
    "#);
    let Some(Incoming::Reply(reply)) = soon(given.recv()).await else { panic!() };
    assert_eq!((reply.text.as_str(), reply.from.reveal()), ("1", "sirens/4"));
    assert_eq!((reply.reference.as_deref(), reply.answers.as_deref()), (Some("a7"), Some("n-1")));
    assert_eq!(hub.dropped(), 1);
    soon(hub.probe()).await.unwrap();
}

#[tokio::test]
async fn a_topic_that_nobody_listens_on_is_told() {
    let Some(broker) = Broker::start("") else { return };
    let hub = channel(broker.port, "");
    insta::assert_snapshot!(outcome(&hub, &message("n-1", "sirens/5")).await, @"Temporary: no device listens on this topic now (`no-matching-subscribers`)");
}

#[tokio::test]
async fn who_may_not_publish_to_a_topic_or_not_log_in_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let passwords = folder.path().join("passwords");
    let made = Command::new("mosquitto_passwd")
        .args(["-c", "-b", passwords.to_str().unwrap(), "hub", "right"])
        .status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: mosquitto_passwd is not installed");
        return;
    }
    let rules = "user hub\ntopic readwrite sirens/#\ntopic read replies\n";
    std::fs::write(folder.path().join("rules"), rules).unwrap();
    let more = |folder: &std::path::Path| {
        let folder = folder.display();
        format!("password_file {folder}/passwords\nacl_file {folder}/rules")
    };
    let Some(broker) = Broker::start_in(folder, more) else { return };
    let _siren = broker.device_as("sirens/4", Some(("hub", "right"))).await;
    let hub = channel(broker.port, r#","username":"hub","password":"right""#);
    let wrong = channel(broker.port, r#","username":"hub","password":"wrong""#);
    let outcomes = [
        outcome(&hub, &message("n-1", "sirens/4")).await,
        outcome(&hub, &message("n-2", "valves/4")).await,
        outcome(&wrong, &message("n-3", "sirens/4")).await,
    ];
    insta::assert_snapshot!(outcomes.join("\n"), @"
    taken as n-1
    Permanent: the broker does not let this hub publish to this topic (`not-authorized`)
    Technical: the broker does not let this hub connect (`not-authorized`)
    ");
    // That we may not publish to the reply topic is a sign of life all the same.
    soon(hub.probe()).await.unwrap();
}

#[tokio::test]
async fn a_broker_that_dies_takes_nothing_and_one_that_comes_back_is_used_again() {
    let Some(mut broker) = Broker::start("") else { return };
    let hub = channel(broker.port, "");
    soon(hub.probe()).await.unwrap();
    broker.kill();
    until_down(&hub).await;
    let away = outcome(&hub, &message("n-1", "sirens/4")).await;
    assert!(away.starts_with("Technical: "), "{away}");
    broker.run();
    let mut siren = broker.device("sirens/4").await;
    until_taken(&hub, &message("n-1", "sirens/4")).await;
    assert_eq!(siren.hears().await.properties.unwrap().correlation_data.unwrap(), "n-1");
}

#[tokio::test]
async fn replies_that_come_while_the_hub_is_away_are_kept_by_the_broker() {
    let Some(broker) = Broker::start("") else { return };
    let device = broker.device("sirens/4").await;
    let hub = channel(broker.port, "");
    soon(hub.probe()).await.unwrap();
    soon(hub.shutdown(Duration::from_secs(1))).await;
    let closed = outcome(&hub, &message("n-1", "sirens/4")).await;
    assert!(closed.starts_with("Technical: "), "{closed}");
    device.says(r#"{"key":"n-1","state":"delivered"}"#).await;

    let (tray, mut given) = Tray::new(0);
    let _again = start(&settings(broker.port, ""), tray);
    assert!(matches!(soon(given.recv()).await, Some(Incoming::Receipt(_))));
}

#[tokio::test]
async fn a_reply_that_the_inbox_does_not_take_is_offered_again_and_is_not_acknowledged() {
    let Some(broker) = Broker::start("") else { return };
    let device = broker.device("sirens/4").await;
    // This hub takes nothing, and goes away.
    let hub = start(&settings(broker.port, ""), Tray::new(u32::MAX).0);
    soon(hub.probe()).await.unwrap();
    device.says(r#"{"key":"n-1","state":"delivered"}"#).await;
    drop(hub);
    // The next one takes it at the third offer.
    let (tray, mut given) = Tray::new(2);
    let _again = start(&settings(broker.port, ""), tray);
    assert!(matches!(soon(given.recv()).await, Some(Incoming::Receipt(_))));
}

#[tokio::test]
async fn a_hub_whose_session_is_taken_over_says_that_it_lost_the_connection() {
    let Some(broker) = Broker::start("") else { return };
    let first = channel(broker.port, "");
    soon(first.probe()).await.unwrap();
    let second = channel(broker.port, "");
    soon(second.probe()).await.unwrap();
    // mosquitto says why in the short form of the packet, which the library passes over.
    assert_eq!(until_down(&first).await, "connection-lost");
}

#[tokio::test]
async fn a_message_that_is_larger_than_the_broker_accepts_does_no_harm() {
    let Some(broker) = Broker::start("max_packet_size 1000") else { return };
    let _siren = broker.device("sirens/4").await;
    let hub = channel(broker.port, "");
    let mut large = message("n-1", "sirens/4");
    large.content.text = "x".repeat(2_000);
    insta::assert_snapshot!(outcome(&hub, &large).await, @"Permanent: the message is larger than the broker accepts (`packet-too-large`)");
    assert_eq!(outcome(&hub, &message("n-2", "sirens/4")).await, "taken as n-2");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_messages_at_once_are_all_taken_within_the_limit_of_the_broker() {
    let Some(broker) = Broker::start("") else { return };
    let mut siren = broker.device("sirens/4").await;
    let hub = Arc::new(channel(broker.port, r#","in_flight":100"#));
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..500 {
        let hub = Arc::clone(&hub);
        tasks.spawn(async move {
            let mut message = message(&format!("n-{number}"), "sirens/4");
            message.urgent = number % 7 == 0;
            until_taken(&hub, &message).await;
        });
    }
    soon(tasks.join_all()).await;
    let mut heard = std::collections::BTreeSet::new();
    while heard.len() < 500 {
        heard.insert(siren.hears().await.properties.unwrap().correlation_data.unwrap());
    }
}

#[tokio::test]
async fn a_broker_with_the_wrong_certificate_gets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let make = |name: &str| {
        let path = |end: &str| folder.path().join(format!("{name}.{end}"));
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"])
            .args(["-nodes", "-days", "7", "-subj", "/CN=broker"])
            .args(["-addext", "subjectAltName=IP:127.0.0.1"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .arg("-keyout")
            .arg(path("key"))
            .arg("-out")
            .arg(path("crt"))
            .output();
        made.is_ok_and(|made| made.status.success()).then(|| path("crt"))
    };
    let (Some(right), Some(wrong)) = (make("right"), make("wrong")) else {
        eprintln!("skipped: openssl is not installed");
        return;
    };
    let trusting = |path: &std::path::Path| {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(path).unwrap()).unwrap();
        let provider = Arc::new(crypto::aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider);
        let config = config.with_safe_default_protocol_versions().unwrap();
        Arc::new(config.with_root_certificates(roots).with_no_client_auth())
    };
    let (right, wrong) = (trusting(&right), trusting(&wrong));
    let more = |folder: &std::path::Path| {
        let folder = folder.display();
        format!("certfile {folder}/right.crt\nkeyfile {folder}/right.key")
    };
    let Some(broker) = Broker::start_in(folder, more) else { return };
    let mut secure: Settings = settings(broker.port, "");
    secure.url = secure.url.replace("mqtt:", "mqtts:");
    let hub = |tls| Mqtt::start(&secure, Some(tls), Tray::new(0).0, Arc::new(now)).unwrap();
    let outcomes = [
        outcome(&hub(wrong), &message("n-1", "sirens/4")).await,
        outcome(&hub(right), &message("n-1", "sirens/4")).await,
    ];
    insta::assert_snapshot!(outcomes.join("\n"), @"
    Technical: no secure connection to the broker could be made (`tls`)
    Temporary: no device listens on this topic now (`no-matching-subscribers`)
    ");
    assert!(Mqtt::start(&secure, None, Tray::new(0).0, Arc::new(now)).is_err());
}
