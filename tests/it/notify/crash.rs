//! `kill -9` between intent and outcome: counted at the sink, nothing is lost, and what is there
//! twice is marked as possibly repeated. A node that is asked to end puts down what it has in hand.

use std::time::Duration;

use serde_json::json;

use super::scene::{Scene, mailbox, relay};
use crate::support::peers::Sink;
use crate::support::process::Setup;

const PEOPLE: usize = 120;
/// How many mails have come when the program is killed, and how many milliseconds later: as the
/// relay takes each for a second, eight are at all points between intent and outcome. A dead node's
/// lease has to run out before the next one tells people, so there are only some.
const KILLS: [(usize, u64); 6] = [(5, 3), (23, 120), (37, 11), (52, 480), (81, 0), (97, 850)];

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_is_killed_again_and_again_loses_nobody_and_marks_what_may_be_twice() {
    // Slow enough that messages are in hand at any moment.
    let Some(sink) = Sink::start(&["-w", "1"]).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::of_harbor_fire(folder.path(), &relay("relay", sink.port, "at_once = 8"));
    let mut process = setup.start().await;
    let scene = Scene::of(&process).await;
    let people = (0..PEOPLE).map(|n| (mailbox(n), json!({ "emails": [mailbox(n)] })));
    scene.hire(people.collect()).await;
    let plan = json!({ "expects": "NOTHING", "intervalSeconds": 3600, "cycles": 1 });
    let message = scene.launch("Stay inside", plan).await;
    for (mails, later) in KILLS {
        while sink.mails().len() < mails {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_millis(later)).await;
        process.kill().await;
        process = setup.start().await;
    }
    let scene = Scene::of(&process).await;
    let all = PEOPLE as u64;
    scene.until(&message, |_, counts| counts.of("SENT") == all).await;

    let mails = sink.by_mailbox();
    let told = scene.told(&message).await;
    assert_eq!(told.len(), PEOPLE);
    let mut twice = 0;
    for told in &told {
        let count = mails.get(&told.name).copied().unwrap_or(0);
        let [(.., repeated)] = told.attempts.as_slice() else { panic!("{told:?}") };
        assert!(count >= 1, "lost: {told:?}");
        assert!(count == 1 || *repeated, "{count} times, and not marked: {told:?}");
        twice += usize::from(count > 1);
    }
    assert!(twice <= KILLS.len() * 8, "more than were in hand: {twice}");
    assert_eq!(mails.len(), PEOPLE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_is_asked_to_end_and_started_again_tells_everybody_once() {
    let Some(sink) = Sink::start(&["-w", "1"]).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::of_harbor_fire(folder.path(), &relay("relay", sink.port, "at_once = 8"));
    let mut process = setup.start().await;
    let scene = Scene::of(&process).await;
    let people = (0..40).map(|n| (mailbox(n), json!({ "emails": [mailbox(n)] })));
    scene.hire(people.collect()).await;
    let plan = json!({ "expects": "NOTHING", "intervalSeconds": 3600, "cycles": 1 });
    let message = scene.launch("Stay inside", plan).await;
    for mails in [3, 20] {
        while sink.mails().len() < mails {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        process.stop().await;
        process = setup.start().await;
    }
    let scene = Scene::of(&process).await;
    scene.until(&message, |_, counts| counts.of("SENT") == 40).await;
    let mails = sink.by_mailbox();
    assert_eq!(mails.len(), 40);
    assert!(mails.values().all(|count| *count == 1), "{mails:?}");
}
