//! What a newcomer starts first: each scenario plays to its end without a word of warning, and
//! everybody in it can be told something.

use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};

use crate::support::process::{Caller, muster};

/// As fast as it goes.
const SPEED: &str = "3600";

#[tokio::test(flavor = "multi_thread")]
async fn each_demo_plays_to_its_end_and_everybody_in_it_can_be_reached() {
    for scenario in ["river-flood", "wildfire", "water-cyber"] {
        let folder = tempfile::tempdir().unwrap();
        let mut demo = muster()
            .args(["demo", "--scenario", scenario, "--speed", SPEED, "--listen", "127.0.0.1:0"])
            .arg("--folder")
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines();
        let (mut url, mut secrets) = (None, Vec::new());
        while let Some(line) = lines.next_line().await.unwrap() {
            let word = line.split_whitespace().find(|word| word.ends_with("/graphql"));
            url = url.or_else(|| word.map(str::to_owned));
            secrets.extend(
                line.split_whitespace().find(|w| w.starts_with("mstr_")).map(str::to_owned),
            );
            if line.contains("The scenario is over") {
                break;
            }
        }
        let url = url.unwrap();
        let mut seen = 0;
        for secret in secrets {
            let asked = Caller::of(url.clone(), secret);
            let people = "{ persons(first: 200) { nodes { name reachable } } }";
            let Some(answer) = asked.ask(people, json!({})).await else { panic!("no answer") };
            for person in answer["data"]["persons"]["nodes"].as_array().unwrap_or(&Vec::new()) {
                assert_ne!(person["reachable"], json!(false), "{scenario}: {person}");
                seen += usize::from(person["reachable"] == Value::Bool(true));
            }
        }
        assert!(seen > 0, "{scenario}: nobody sees that anybody can be reached");
        demo.start_kill().unwrap();
        let mut said = String::new();
        demo.stderr.take().unwrap().read_to_string(&mut said).await.unwrap();
        assert_eq!(said, "", "{scenario}");
    }
}
