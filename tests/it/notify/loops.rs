//! The whole loop: launched, submitted, receipts, answers, enough; and providers that misbehave.

use std::collections::BTreeSet;

use serde_json::json;

use super::scene::{Scene, centre, mailbox, phone, relay};
use crate::support::peers::{Centre, Sink};
use crate::support::process::Setup;

const SMS: usize = 20;
const EMAILS: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn forty_are_told_by_two_channels_and_three_who_come_are_enough() {
    let Some(mut smsc) = Centre::start().await else { return };
    let Some(sink) = Sink::start(&[]).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let password = folder.path().join("smsc.password");
    std::fs::write(&password, "secret\n").unwrap();
    let config = centre("county-smsc", smsc.port, &password) + &relay("relay", sink.port, "");
    let process = Setup::of_harbor_fire(folder.path(), &config).start().await;
    let scene = Scene::of(&process).await;
    let by_sms = (0..SMS).map(|n| (format!("S{n}"), json!({ "phones": [phone(n)] })));
    let by_mail = (0..EMAILS).map(|n| (format!("E{n}"), json!({ "emails": [mailbox(n)] })));
    scene.hire(by_sms.chain(by_mail).collect()).await;

    let plan = json!({ "expects": "ANSWER", "intervalSeconds": 3600, "cycles": 1,
        "channels": ["SMS", "EMAIL"], "enough": [{ "count": 3 }] });
    let message = scene.launch("Ten are needed", plan).await;
    let mut called = BTreeSet::new();
    while called.len() < SMS {
        let taken = smsc.next().await;
        assert!(
            taken.text.starts_with("Harbor Fire: Ten are needed. Where: Mill Street. Reply 1=")
        );
        assert!(called.insert(taken.to), "nobody is told twice");
    }
    assert_eq!(called, (0..SMS).map(phone).collect());
    let (_, counts) = scene
        .until(&message, |_, counts| counts.of("REACHED") == 20 && counts.of("SENT") == 20)
        .await;
    assert_eq!(counts.of("TRYING") + counts.of("WAITING"), 0);
    let mails = sink.by_mailbox();
    assert_eq!(mails.len(), EMAILS);
    assert!(mails.values().all(|count| *count == 1), "{mails:?}");

    for n in 0..3 {
        smsc.write_back(&phone(n), "1 15").await;
        let confirmed = smsc.next().await;
        assert_eq!(confirmed.to, phone(n));
        assert!(confirmed.text.starts_with("Recorded: I am coming, arriving"), "{confirmed:?}");
    }
    let (stage, counts) = scene.until(&message, |stage, _| stage != "RUNNING").await;
    assert_eq!((stage.as_str(), counts.of("ACCEPTED")), ("ENDED", 3));

    // A correction goes to those who were reached and to those whose provider said no more.
    let content = json!({ "wordings": [{ "language": "en", "what": "At Elm Street instead" }],
        "responses": [{ "meaning": "ACCEPT" }], "public": true });
    let input = json!({ "message": message, "content": content });
    let corrected = scene.mutate(&scene.dispatch, "correctMessage", input).await;
    let correction = corrected["message"]["id"].clone();
    scene
        .until(&correction, |_, counts| counts.of("REACHED") == 20 && counts.of("SENT") == 20)
        .await;

    let log = process.log();
    assert!(!log.contains("secret") && !log.contains("+1202555") && !log.contains("@harbor"));
    assert!(!log.contains("Elm Street"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_relay_that_fails_loses_its_weight_and_the_other_carries_everything() {
    // It hangs up on every message before it took it.
    let Some(bad) = Sink::start(&["-Q", "MAIL"]).await else { return };
    let Some(good) = Sink::start(&[]).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let config = relay("bad", bad.port, "weight = 3") + &relay("good", good.port, "weight = 1");
    let process = Setup::of_harbor_fire(folder.path(), &config).start().await;
    let scene = Scene::of(&process).await;
    let people = (0..60).map(|n| (format!("E{n}"), json!({ "emails": [mailbox(n)] })));
    scene.hire(people.collect()).await;
    let plan = json!({ "expects": "NOTHING", "intervalSeconds": 3600, "cycles": 1 });
    let message = scene.launch("Stay inside", plan).await;
    scene.until(&message, |_, counts| counts.of("SENT") == 60).await;
    let mails = good.by_mailbox();
    assert_eq!((mails.len(), bad.mails().len()), (60, 0));
    assert!(mails.values().all(|count| *count == 1), "{mails:?}");
    for told in scene.told(&message).await {
        let [(_, state, provider, repeated)] = told.attempts.as_slice() else { panic!("{told:?}") };
        let attempt = (told.standing.as_str(), state.as_str(), provider.as_str(), *repeated);
        assert_eq!(attempt, ("SENT", "ACCEPTED", "good", false));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_no_provider_can_be_reached_everybody_waits_and_is_told_when_one_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let port = crate::support::peers::free_port();
    let process = Setup::of_harbor_fire(folder.path(), &relay("relay", port, "")).start().await;
    let scene = Scene::of(&process).await;
    let people = (0..5).map(|n| (format!("E{n}"), json!({ "emails": [mailbox(n)] })));
    scene.hire(people.collect()).await;
    let plan = json!({ "expects": "NOTHING", "intervalSeconds": 30, "cycles": 1 });
    let message = scene.launch("Stay inside", plan).await;
    scene.until(&message, |_, counts| counts.of("TRYING") == 5).await;
    let told = || scene.told(&message);
    while told().await.iter().any(|told| told.attempts[0].1 != "FAILED") {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let Some(sink) = Sink::start_at(port, &[]).await else { return };
    let (stage, _) = scene.until(&message, |stage, c| stage == "ENDED" && c.of("SENT") == 5).await;
    assert_eq!((stage.as_str(), sink.mails().len()), ("ENDED", 5));
}
