//! Short messages over Kannel: out by its gateway, receipts and replies in by the hub's own address.

use serde_json::json;

use super::scene::{Scene, phone};
use crate::support::peers::{Kannel, free_port};
use crate::support::process::Setup;

const PEOPLE: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn five_are_told_by_way_of_kannel_and_one_who_comes_is_enough() {
    let port = free_port();
    let site = format!("http://127.0.0.1:{port}");
    let callback = format!("{site}/provider/kannel");
    let Some(mut kannel) = Kannel::start(&callback, "hunter2").await else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    };
    let (password, secret) = (file("password", "secret"), file("callbacks", "hunter2"));
    let config = format!(
        "public_url = \"{site}\"\n[[provider]]\nname = \"kannel\"\nchannel = \"sms\"\n\
         kind = \"kannel\"\n[provider.settings]\nfrom = \"100\"\n\
         values = {{ base = \"{}\", user = \"muster\" }}\n[provider.settings.secrets]\n\
         password_file = \"{password}\"\nsecret_file = \"{secret}\"\n",
        kannel.base
    );
    let process = Setup::of_harbor_fire(folder.path(), &config).listening_at(port).start().await;
    let scene = Scene::of(&process).await;
    let people = (0..PEOPLE).map(|n| (format!("S{n}"), json!({ "phones": [phone(n)] })));
    scene.hire(people.collect()).await;
    let plan = json!({ "expects": "ANSWER", "intervalSeconds": 3600, "cycles": 1,
        "channels": ["SMS"], "enough": [{ "count": 1 }] });
    let message = scene.launch("Ten are needed", plan).await;
    for _ in 0..PEOPLE {
        let taken = kannel.next().await;
        assert!(taken.text.starts_with("Harbor Fire: Ten are needed."), "{taken:?}");
    }
    scene.until(&message, |_, counts| counts.of("REACHED") == PEOPLE as u64).await;
    kannel.write_back(&phone(2), "yes 10 min").await;
    let (stage, counts) = scene.until(&message, |stage, _| stage != "RUNNING").await;
    assert_eq!((stage.as_str(), counts.of("ACCEPTED")), ("ENDED", 1));
    let confirmed = kannel.next().await;
    assert_eq!(confirmed.to, phone(2));
    assert!(confirmed.text.starts_with("Recorded: I am coming, arriving"), "{confirmed:?}");
    let log = process.log();
    assert!(!log.contains("hunter2") && !log.contains("1202555"), "{log}");
}
