//! What is taken back is gone from every screen at once, whatever else happens.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use muster::domain::agreement::{Incidents, Shareable, Term};
use muster::domain::break_glass::{Break, Mend};
use muster::domain::hazard;
use muster::domain::incident::{Amend, Open};
use muster::domain::journal::Write;
use muster::domain::marking::{Mark, Tlp};
use muster::domain::signal::{Attach, Receive};
use muster::domain::{Principal, RecordRef, Scope};
use muster::hub::Clock;
use tokio::sync::watch;

use super::scene::{Heard, SECRET, Scene, Watcher, open, private_message};

/// The last record of the load, which everybody in the test is shown.
const LAST: &str = "the last of ours";

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_agreement_empties_the_screen_before_anything_else_and_for_good() {
    let scene = Scene::start(Clock::system()).await;
    let agreement = scene.agree(scene.everything(), None).await;
    for n in 0..10 {
        scene.fire_opens(&format!("before {n}")).await;
    }
    let (mut watcher, first) = Watcher::follow(&scene, Some(0)).await;
    assert_eq!(watcher.secrets.len(), 10);

    let load = async {
        for n in 0..60 {
            let incident = scene.fire_opens(&format!("during {n}")).await;
            let text = format!("{SECRET} note");
            scene.fire(Write { incident, text, log_of: None, corrects: None, tlp: None }).await;
            scene.hospital(open(&format!("ours {n}"))).await;
        }
    };
    let ending = async {
        // Once the load is under way.
        let mut steps = scene.hub.hub().steps();
        for _ in 0..30 {
            steps.recv().await.unwrap();
        }
        scene.end(agreement).await
    };
    // Each waits for the one before, or a busy machine would tell of all of them at once.
    let (hears, mut heard_of) = watch::channel(BTreeSet::new());
    let later = async {
        let ((), ended) = tokio::join!(load, ending);
        for name in ["a first of ours", "another", LAST] {
            scene.fire_opens(&format!("before {name}")).await;
            scene.hospital(open(name)).await;
            heard_of.wait_for(|names: &BTreeSet<String>| names.contains(name)).await.unwrap();
        }
        ended
    };
    let hearing = async {
        let mut heard = Vec::new();
        loop {
            let event = watcher.hear().await;
            let emptied = watcher.secrets.is_empty();
            let last = event.names.iter().any(|name| name == LAST);
            hears.send_modify(|names| names.extend(event.names.iter().cloned()));
            heard.push((event, emptied));
            if last {
                return heard;
            }
        }
    };
    let (ended, heard) = tokio::join!(later, hearing);

    let at = heard.iter().position(|(_, emptied)| *emptied).expect("the screen was never emptied");
    let before: Vec<&Heard> = heard.iter().take(at).map(|(event, _)| event).collect();
    assert!(before.iter().any(|event| event.text.contains(SECRET)), "there was no load");
    assert!(before.iter().all(|event| event.sequence < ended), "something came before the removal");
    assert!(heard.len() > at + 2, "little came after the removal");
    for (event, _) in heard.iter().skip(at) {
        assert!(!event.text.contains(SECRET), "after the end: {}", event.text);
    }

    // Whoever comes back with what was on the screen is only told what to take off it.
    for cursor in [first.sequence, before.last().unwrap().sequence] {
        let (back, missed) = Watcher::follow(&scene, Some(cursor)).await;
        assert!(missed.removed.len() >= 10, "{}", missed.text);
        assert!(!missed.text.contains(SECRET) && back.secrets.is_empty(), "{}", missed.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_term_that_is_over_empties_the_screen_by_the_clock_alone() {
    let scene = Scene::start(Clock::system()).await;
    let ends = scene.hub.hub().clock().now() + SignedDuration::from_millis(1_500);
    let incident = scene.fire_opens("fire").await;
    scene.agree(scene.everything(), Some(ends)).await;
    let (mut watcher, first) = Watcher::follow(&scene, Some(0)).await;
    assert_eq!(watcher.secrets.len(), 1, "the machine was too slow for this test");
    let event = watcher.hear().await;
    assert_eq!(event.removed, [incident.to_string()].into());
    assert_eq!(event.sequence, first.sequence, "nothing happened but that time passed");
    assert!(scene.hub.hub().clock().now() >= ends);
    // The same for whoever was away when the term ended.
    let (_, missed) = Watcher::follow(&scene, Some(first.sequence)).await;
    assert_eq!(missed.removed, [incident.to_string()].into());
    assert!(!missed.text.contains(SECRET));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_marking_that_is_raised_takes_the_record_off_the_screen() {
    let scene = Scene::start(Clock::system()).await;
    scene.agree(scene.everything(), None).await;
    let incident = scene.fire_opens("fire").await;
    let (mut watcher, first) = Watcher::follow(&scene, Some(0)).await;
    let mark = |tlp| Mark { record: RecordRef::Incident(incident), tlp, reason: "arson".into() };
    scene.fire(mark(Tlp::AmberStrict)).await;
    scene.fire(Amend { incident, name: Some(format!("{SECRET} arson")), kind: None }).await;
    scene.hospital(open("ours")).await;
    let event = watcher.hear().await;
    assert_eq!(event.removed, [incident.to_string()].into());
    assert!(!event.text.contains(SECRET), "{}", event.text);
    assert_eq!(watcher.hear().await.names, ["ours"]);
    let (_, missed) = Watcher::follow(&scene, Some(first.sequence)).await;
    assert_eq!(missed.removed, [incident.to_string()].into());
    assert!(!missed.text.contains(SECRET), "{}", missed.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_signal_leaves_the_screen_with_the_kind_of_its_incident() {
    let scene = Scene::start(Clock::system()).await;
    let floods = Incidents::Kinds(vec![hazard::Kind::from_code("flood").unwrap()]);
    let records = vec![Shareable::Signal];
    scene.agree(Term { records, incidents: floods, ..scene.everything() }, None).await;
    let incident = scene.fire_opens("flood").await;
    let alert = Arc::new(private_message(&format!("{SECRET} panel")));
    let (digest, via) = ("00".repeat(32), "test".to_owned());
    let receive = Receive { alert, via, digest, resolved: None, warnings: Vec::new() };
    let (RecordRef::Signal(signal), _) = scene.fire(receive).await else { panic!("no signal") };
    scene.fire(Attach { signal, incident, reason: "the same".into() }).await;
    let (mut watcher, _) = Watcher::follow(&scene, Some(0)).await;
    assert_eq!(watcher.secrets, [signal.to_string()].into());
    let kind = hazard::Kind::from_code("wildland-fire");
    scene.fire(Amend { incident, name: None, kind }).await;
    scene.hospital(open("ours")).await;
    assert_eq!(watcher.hear().await.removed, [signal.to_string()].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn glass_that_is_mended_or_whose_time_is_over_hides_what_was_behind_it() {
    // A clock that can be put forward.
    let ahead = Arc::new(AtomicI64::new(0));
    let seconds = Arc::clone(&ahead);
    let clock = Clock::by(move || {
        let ahead = SignedDuration::from_secs(seconds.load(Ordering::SeqCst));
        Clock::system().now().checked_add(ahead).unwrap_or(Timestamp::MAX)
    });
    let scene = Scene::start(clock).await;
    let incident = scene.fire_opens("fire").await;
    let scopes = vec![Scope::Read, Scope::Write, Scope::BreakGlass];
    let duty = Arc::new(Principal::new("mem-dispatch", Some("MEM".into()), scopes));
    let breaks = async || {
        let command = Break { owner: scene.fire, reason: "patients arrive".into(), minutes: 1 };
        let answer = scene.hub.hub().submit(&duty, command, None, "test".into()).await.unwrap();
        let RecordRef::BreakGlass(break_glass) = answer.subject else { panic!("not broken") };
        break_glass
    };
    let ours = |name: &str| -> Open { open(name) };

    let break_glass = breaks().await;
    let (mut watcher, _) = Watcher::follow(&scene, Some(0)).await;
    assert_eq!(watcher.secrets, [incident.to_string()].into());
    let mend = Mend { break_glass };
    scene.hub.hub().submit(&duty, mend, None, "test".into()).await.unwrap();
    assert_eq!(watcher.hear().await.removed, [incident.to_string()].into());

    breaks().await;
    assert_eq!(watcher.hear().await.names, [format!("{SECRET} fire")]);
    ahead.store(61, Ordering::SeqCst);
    let (_, sequence) = scene.hospital(ours("ours")).await;
    let event = watcher.hear().await;
    assert_eq!((event.removed, event.sequence), ([incident.to_string()].into(), sequence));
    scene.fire_opens("another").await;
    scene.hospital(ours("ours too")).await;
    assert_eq!(watcher.hear().await.names, ["ours too"]);
}
