//! The channel against a receiver that checks with another maker's library.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use muster_contract::channel::{Address, Channel, FailureKind};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::support::{client, inside, message};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/push-peer");

struct Peer {
    _process: Child,
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Peer {
    fn start() -> Option<Self> {
        if !Path::new(FOLDER).join("node_modules/standardwebhooks").exists() {
            let _ = writeln!(
                std::io::stderr(),
                "skipped: the npm packages of tests/push-peer are not installed"
            );
            return None;
        }
        let mut process = Command::new("node")
            .arg("peer.mjs")
            .current_dir(FOLDER)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        Some(Self { _process: process, input, lines })
    }

    /// Gives it the secret of its webhook.
    async fn learn(&mut self, secret: &str) {
        self.input.write_all(format!("{secret}\n").as_bytes()).await.unwrap();
        assert_eq!(self.hear().await["ready"], true);
    }

    async fn hear(&mut self) -> serde_json::Value {
        serde_json::from_str(&self.lines.next_line().await.unwrap().unwrap()).unwrap()
    }
}

#[tokio::test]
async fn the_library_of_the_specification_believes_our_signature() {
    let Some(mut peer) = Peer::start() else { return };
    let url = format!("http://127.0.0.1:{}/hook", peer.hear().await["port"]);
    let webhook = client(&inside());

    peer.learn(webhook.secret_for(&Address::new(url.as_str())).reveal()).await;
    let submitted = webhook.submit(&message(&url)).await.unwrap();
    assert!(submitted.delivered);
    let mut heard = peer.hear().await;
    heard["verified"]["timestamp"] = "now".into();
    insta::with_settings!({ sort_maps => true }, {
        insta::assert_json_snapshot!(heard, @r#"
    {
      "verified": {
        "data": {
          "choices": [
            {
              "key": "1",
              "label": "I am coming"
            }
          ],
          "exercise": true,
          "expires": "2026-03-01T07:00:00Z",
          "key": "k-1",
          "language": "en",
          "link": "https://hub.example.org/a/x",
          "repeated": false,
          "subject": "Callout",
          "text": "Report to Station 4: \"École\".",
          "urgent": true
        },
        "timestamp": "now",
        "type": "message"
      }
    }
    "#);
    });

    // The secret of another receiver.
    peer.learn(webhook.secret_for(&Address::new("https://other.example/hook")).reveal()).await;
    let failure = webhook.submit(&message(&url)).await.unwrap_err();
    assert_eq!((failure.kind, failure.code.as_str()), (FailureKind::Permanent, "400"));
    assert_eq!(peer.hear().await["error"], "WebhookVerificationError: No matching signature found");
}
