//! Devices and browsers: Mosquitto with a siren that listens to it, and a browser that decrypts what
//! was pushed to it.

use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::Packet;
use rumqttc::v5::{AsyncClient, Event, MqttOptions};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::scene::Scene;
use crate::support::peers::{free_port, listening, skipped};
use crate::support::process::Setup;

/// Longer than anything that is waited for on a loaded machine.
const LONG: Duration = Duration::from_secs(60);
const MOSQUITTO: &str = "/usr/sbin/mosquitto";
/// A private key on P-256, as other makers' tools write it (RFC 8291 appendix A, the server's).
const PUSH_KEY: &str = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";

/// A Mosquitto of the test's own.
struct Broker {
    port: u16,
    _child: Child,
    _folder: TempDir,
}

impl Broker {
    async fn start() -> Option<Self> {
        if !std::path::Path::new(MOSQUITTO).exists() {
            skipped("Debian's mosquitto is not installed; run ops/setup --test");
            return None;
        }
        let (port, folder) = (free_port(), tempfile::tempdir().unwrap());
        let file = folder.path().join("mosquitto.conf");
        let text = format!("user root\nlistener {port} 127.0.0.1\nallow_anonymous true\n");
        std::fs::write(&file, text).unwrap();
        let mut command = Command::new(MOSQUITTO);
        command.arg("-c").arg(&file).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.kill_on_drop(true).spawn().unwrap();
        listening(port).await;
        Some(Self { port, _child: child, _folder: folder })
    }
}

/// A siren that listens to its topic.
struct Siren {
    client: AsyncClient,
    heard: mpsc::UnboundedReceiver<Value>,
}

impl Siren {
    async fn at(broker: &Broker, topic: &str) -> Self {
        let options = MqttOptions::new("siren", "127.0.0.1", broker.port);
        let (client, mut events) = AsyncClient::new(options, 10);
        client.subscribe(topic, QoS::AtLeastOnce).await.unwrap();
        let (tell, heard) = mpsc::unbounded_channel();
        let (ready, mut subscribed) = mpsc::channel(1);
        tokio::spawn(async move {
            while let Ok(event) = events.poll().await {
                match event {
                    Event::Incoming(Packet::SubAck(_)) => ready.send(()).await.unwrap(),
                    Event::Incoming(Packet::Publish(packet)) => {
                        drop(tell.send(serde_json::from_slice(&packet.payload).unwrap()));
                    }
                    _ => {}
                }
            }
        });
        timeout(LONG, subscribed.recv()).await.unwrap().expect("the siren is subscribed");
        Self { client, heard }
    }

    async fn hears(&mut self) -> Value {
        timeout(LONG, self.heard.recv()).await.expect("it hears something").unwrap()
    }

    async fn says(&self, heard: &Value, mut reply: Value) {
        reply["key"] = heard["key"].clone();
        let topic = heard["reply_topic"].as_str().unwrap();
        self.client.publish(topic, QoS::AtLeastOnce, false, reply.to_string()).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_siren_says_that_it_sounds_and_who_stands_there_answers() {
    let Some(broker) = Broker::start().await else { return };
    let topic = "sirens/station-4";
    let mut siren = Siren::at(&broker, topic).await;
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "[[provider]]\nname = \"broker\"\nchannel = \"mqtt\"\n[provider.settings]\n\
         url = \"mqtt://127.0.0.1:{}\"\nclient_id = \"muster\"\n",
        broker.port
    );
    let process = Setup::of_harbor_fire(folder.path(), &config).start().await;
    let scene = Scene::of(&process).await;
    let contact = json!({ "channels": [{ "channel": "MQTT", "address": topic }] });
    scene.hire(vec![("Station 4".to_owned(), contact)]).await;
    let plan = json!({ "expects": "ANSWER", "intervalSeconds": 3600, "cycles": 1 });
    let message = scene.launch("The dam breaks", plan).await;

    let heard = siren.hears().await;
    let what = [&heard["version"], &heard["exercise"], &heard["urgent"], &heard["repeated"]];
    assert_eq!(what, [&json!(1), &json!(false), &json!(true), &json!(false)]);
    let text = heard["text"].as_str().unwrap();
    assert!(text.contains("The dam breaks") && text.contains("Mill Street"), "{text}");
    scene.until(&message, |_, counts| counts.of("SENT") == 1).await;
    siren.says(&heard, json!({ "state": "delivered" })).await;
    scene.until(&message, |_, counts| counts.of("REACHED") == 1).await;
    let answer = json!({ "answer": "1", "id": "7", "from": topic });
    siren.says(&heard, answer.clone()).await;
    scene.until(&message, |_, counts| counts.of("ACCEPTED") == 1).await;

    // What belongs to nothing, and what comes twice, changes nothing and loses nothing.
    siren
        .says(&json!({ "key": "k-0-0", "reply_topic": heard["reply_topic"] }), answer.clone())
        .await;
    siren.says(&heard, answer).await;
    siren.says(&heard, json!({ "answer": "2", "id": "8", "from": topic })).await;
    scene.until(&message, |_, counts| counts.of("DECLINED") == 1).await;
}

/// A browser with its push service.
struct Browser {
    subscription: Value,
    lines: Lines<BufReader<ChildStdout>>,
    _child: Child,
}

impl Browser {
    async fn start() -> Option<Self> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/push-peer");
        if !std::path::Path::new(folder).join("node_modules/http_ece").exists() {
            skipped("the npm packages of tests/push-peer are not installed; run ops/setup --test");
            return None;
        }
        let mut command = Command::new("node");
        command.arg("peer.mjs").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.kill_on_drop(true).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut browser = Self { subscription: Value::Null, lines, _child: child };
        browser.subscription = browser.line().await["subscription"].take();
        Some(browser)
    }

    async fn line(&mut self) -> Value {
        let line = timeout(LONG, self.lines.next_line()).await.expect("it says something");
        serde_json::from_str(&line.unwrap().unwrap()).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_shows_what_was_pushed_and_answers_on_the_page_behind_it() {
    let Some(mut browser) = Browser::start().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("push.key");
    writeln!(std::fs::File::create(&key).unwrap(), "{PUSH_KEY}").unwrap();
    let port = free_port();
    let config = format!(
        "public_url = \"http://127.0.0.1:{port}\"\n[[provider]]\nname = \"push\"\n\
         channel = \"web-push\"\n[provider.settings]\nprivate = true\n\
         contact = \"mailto:it@harbor.example\"\nkey_file = \"{}\"\n",
        key.display()
    );
    let process = Setup::of_harbor_fire(folder.path(), &config).listening_at(port).start().await;
    let scene = Scene::of(&process).await;
    let address = browser.subscription.to_string();
    let contact = json!({ "channels": [{ "channel": "WEB_PUSH", "address": address }] });
    scene.hire(vec![("Ana".to_owned(), contact)]).await;
    let plan = json!({ "expects": "ANSWER", "intervalSeconds": 3600, "cycles": 1 });
    let message = scene.launch("Ten are needed", plan).await;

    let pushed = browser.line().await;
    let what = &pushed["message"];
    assert!(what["body"].as_str().unwrap().contains("Ten are needed"), "{pushed}");
    assert_eq!(pushed["claims"]["sub"], "mailto:it@harbor.example");
    scene.until(&message, |_, counts| counts.of("SENT") == 1).await;
    let page = what["link"].as_str().unwrap();
    let client = reqwest::Client::new();
    // Whoever only looks, as scanners of links do, has not answered.
    let shown = client.get(page).send().await.unwrap().text().await.unwrap();
    assert!(shown.contains("Ten are needed"), "{shown}");
    scene.until(&message, |_, counts| counts.of("SENT") == 1).await;
    let pressed = client.post(page).header("content-type", "application/x-www-form-urlencoded");
    let status = pressed.body("choice=1").send().await.unwrap().status();
    assert_eq!(status, 200);
    scene.until(&message, |_, counts| counts.of("ACCEPTED") == 1).await;
}
