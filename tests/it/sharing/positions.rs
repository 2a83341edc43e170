//! Where a picture stands tells nothing of what others do.

use jiff::SignedDuration;
use muster::domain::agreement::Term;
use muster::domain::break_glass::Break;
use muster::domain::incident::Amend;
use muster::domain::journal::Write;
use muster::domain::{Principal, Scope};
use muster::hub::Clock;
use serde_json::{Value, json};
use std::sync::Arc;

use super::planted;
use super::scene::{SECRET, Scene, Watcher, open};
use crate::support::hub::{MEMORIAL, OPERATOR};

/// Questions whose answers would change if they counted what others do.
const QUESTIONS: [&str; 8] = [
    "{ cop { sequence counts { incidents signals } records { totalCount } } }",
    "{ hub { sequence headTime queueLength staleSince version } }",
    "{ incidents { totalCount pageInfo { endCursor } nodes { id number changedAt } } }",
    "{ organizations { totalCount nodes { code changedAt } } me { principal } }",
    "{ reads { totalCount nodes { at } } agreements { totalCount } }",
    "{ resources { totalCount } resourceRequests { totalCount } offers { totalCount } }",
    "{ structures { totalCount } openQuestions { what } attention { totalCount } }",
    "{ cop(asOf: { time: \"2126-01-01T00:00:00Z\" }) { sequence counts { incidents } } }",
];

/// All that the hospital is answered, byte for byte but for the ids of its requests.
async fn answers(scene: &Scene) -> Vec<String> {
    let mut answers = Vec::new();
    for question in QUESTIONS {
        let reply = scene.hub.send(MEMORIAL, question, json!({})).await;
        let id = reply.headers()["x-request-id"].to_str().unwrap().to_owned();
        answers.push(reply.text().await.unwrap().replace(&id, "[request]"));
    }
    answers
}

async fn sequence(scene: &Scene) -> Value {
    scene.hub.ask(MEMORIAL, "{ cop { sequence } }", json!({})).await["data"]["cop"]["sequence"]
        .clone()
}

/// Harbor Fire works, and shows nobody.
async fn work(scene: &Scene) {
    for n in 0..20 {
        let incident = scene.fire_opens(&format!("hidden {n}")).await;
        scene.fire(Amend { incident, name: Some(format!("{SECRET} {n}")), kind: None }).await;
        scene
            .fire(Write { incident, text: SECRET.into(), log_of: None, corrects: None, tlp: None })
            .await;
        if n < 3 {
            planted::command(scene, incident).await;
            planted::resources(scene, incident).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_the_same_bytes_whether_others_work_or_sleep() {
    let scene = Scene::start(Clock::system()).await;
    planted::definitions(&scene).await;
    scene.hospital(open("ours")).await;
    let before = answers(&scene).await;
    let cursor = scene.hub.entry(&sequence(&scene).await);
    work(&scene).await;
    assert_eq!(answers(&scene).await, before);
    assert_eq!(scene.hub.entry(&sequence(&scene).await), cursor);

    // Whoever comes back with it missed nothing, and what changes later is another position.
    let (mut watcher, first) = Watcher::follow(&scene, Some(cursor)).await;
    assert!(first.names.is_empty(), "{}", first.text);
    scene.hospital(open("ours too")).await;
    assert_eq!(watcher.hear().await.names, ["ours too"]);
    assert_ne!(answers(&scene).await, before);
    assert!(scene.hub.entry(&sequence(&scene).await) > cursor);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_operators_are_told_how_much_the_hub_does() {
    let scene = Scene::start(Clock::system()).await;
    let query = "{ hub { sequence headTime queueLength } }";
    let told = scene.hub.ask(MEMORIAL, query, json!({})).await;
    assert_eq!(
        told["data"]["hub"],
        json!({ "sequence": null, "headTime": null, "queueLength": null })
    );
    let told = scene.hub.ask(OPERATOR, query, json!({})).await;
    assert_eq!(told["data"]["hub"]["sequence"], scene.hub.hub().picture().seq());
    assert!(told["data"]["hub"]["headTime"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sequence_that_the_hub_did_not_give_is_refused_whatever_it_is() {
    let scene = Scene::start(Clock::system()).await;
    let query = "query($s: Sequence!) { cop(asOf: { sequence: $s }) { counts { incidents } } }";
    let mut codes = Vec::new();
    for sequence in [json!(1), json!("1"), json!("0".repeat(74))] {
        let answer = scene.hub.ask(MEMORIAL, query, json!({ "s": sequence })).await;
        codes.push(answer["errors"][0]["extensions"]["code"].clone());
        assert!(answer["data"].is_null(), "{answer}");
    }
    assert_eq!(codes, ["BAD_INPUT", "BAD_INPUT", "BAD_SEQUENCE"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_breaks_the_glass_sees_behind_it_on_the_screen_that_is_open() {
    let scene = Scene::start(Clock::system()).await;
    let incident = scene.fire_opens("fire").await;
    let (mut watcher, first) = Watcher::follow(&scene, None).await;
    assert!(!first.text.contains(SECRET));
    let scopes = vec![Scope::Read, Scope::Write, Scope::BreakGlass];
    let duty = Arc::new(Principal::new("mem-dispatch", Some("MEM".into()), scopes));
    let command = Break { owner: scene.fire, reason: "patients arrive".into(), minutes: 10 };
    scene.hub.hub().submit(&duty, command, None, "test".into()).await.unwrap();
    let event = watcher.hear().await;
    assert_eq!(event.names, [format!("{SECRET} fire")]);
    assert_eq!(watcher.secrets, [incident.to_string()].into());
    scene.fire(Amend { incident, name: Some(format!("{SECRET} out")), kind: None }).await;
    assert_eq!(watcher.hear().await.names, [format!("{SECRET} out")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_back_at_records_of_another_is_told_to_their_owner() {
    let scene = Scene::start(Clock::system()).await;
    let now = scene.hub.hub().clock().now();
    scene.agree(Term { ..scene.everything() }, None).await;
    scene.fire_opens("fire").await;
    let then = scene.hub.hub().clock().now() + SignedDuration::from_secs(1);
    let query = "query($then: DateTime!) { cop(asOf: { time: $then }) { counts { incidents } } }";
    let past = scene.hub.ask(MEMORIAL, query, json!({ "then": then.to_string() })).await;
    assert_eq!(past["data"]["cop"]["counts"]["incidents"], 1, "{past}");
    // Before there was anything of Harbor Fire's, nothing was looked at.
    scene.hub.ask(MEMORIAL, query, json!({ "then": now.to_string() })).await;
    let mut steps = scene.hub.hub().steps();
    let world = loop {
        let world = Arc::clone(&scene.hub.hub().picture().world);
        if world.reads_of(Some(scene.fire)).next().is_some() {
            break world;
        }
        steps.recv().await.unwrap();
    };
    let reads: Vec<_> = world.reads_of(Some(scene.fire)).map(|r| r.reading.clone()).collect();
    let [read] = reads.as_slice() else { panic!("{reads:?}") };
    assert_eq!(read.principal, "mem-dispatch");
    assert_eq!(serde_json::to_value(read.way).unwrap(), "looked-back");
}
