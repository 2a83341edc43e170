//! People with a basic telephone, who write whatever comes to their mind.

use serde_json::json;

use super::scene::{Scene, centre, phone};
use crate::support::peers::Centre;
use crate::support::process::Setup;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_writes_back_is_understood_or_told_what_to_write() {
    let Some(mut smsc) = Centre::start().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let password = folder.path().join("smsc.password");
    std::fs::write(&password, "secret\n").unwrap();
    let config = centre("county-smsc", smsc.port, &password);
    let process = Setup::of_harbor_fire(folder.path(), &config).start().await;
    let scene = Scene::of(&process).await;
    let people = (0..4).map(|n| (format!("S{n}"), json!({ "phones": [phone(n)] })));
    scene.hire(people.collect()).await;
    let plan = json!({ "expects": "ANSWER", "intervalSeconds": 3600, "cycles": 1,
        "channels": ["SMS"] });
    let message = scene.launch("Ten are needed", plan).await;
    for _ in 0..4 {
        smsc.next().await;
    }
    scene.until(&message, |_, counts| counts.of("REACHED") == 4).await;

    // Nobody knows whose telephone that is, so nobody is told anything.
    smsc.write_back("+12025559999", "1").await;
    let written = [
        (0, "help", "Recorded: I need help."),
        (1, "On my way, 20 min", "Recorded: I am coming, arriving "),
        (2, "who is this", "Not understood. Reply 1=I am coming, 2=I cannot, 3=I need help."),
        (2, "no", "Recorded: I cannot."),
        (3, "log two hurt", "Not recorded: you hold a post on no incident, or on several."),
        (3, "STOP", "Harbor Fire: You get no more messages here, except where lives are at stake."),
    ];
    for (person, text, answered) in written {
        smsc.write_back(&phone(person), text).await;
        let answer = smsc.next().await;
        assert_eq!(answer.to, phone(person), "{answer:?}");
        assert!(answer.text.starts_with(answered), "{text}: {answer:?}");
    }
    let standing = ["NEEDS_HELP", "ACCEPTED", "DECLINED"];
    scene.until(&message, |_, counts| standing.iter().all(|s| counts.of(s) == 1)).await;
}
