//! The published clients and the audit suite against the real server.

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};

use crate::support::hub::{READER, TestHub};
use crate::support::node;

#[tokio::test(flavor = "multi_thread")]
async fn the_audits_of_graphql_http_pass() {
    let hub = TestHub::start().await;
    let output = node::script("audit.mjs").args([&hub.url("/graphql"), READER]).output();
    let output = String::from_utf8(output.await.unwrap().stdout).unwrap();
    let results: Vec<Value> =
        output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(results.len() > 50, "only {} audits ran", results.len());
    let failed: Vec<&Value> = results.iter().filter(|result| result["status"] != "ok").collect();
    assert!(failed.is_empty(), "{}", serde_json::to_string_pretty(&failed).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn graphql_ws_resumes_by_cursor_after_the_server_was_killed_and_started() {
    let hub = TestHub::start().await;
    let url = hub.url("/graphql/ws").replace("http", "ws");
    let mut client = node::script("subscribe.mjs").args([&url, READER]).spawn().unwrap();
    let mut lines = BufReader::new(client.stdout.take().unwrap()).lines();
    let mut heard = async || -> Value {
        serde_json::from_str(&lines.next_line().await.unwrap().expect("the client ended")).unwrap()
    };
    let first = heard().await;
    assert_eq!(hub.entry(&first["sequence"]), hub.hub().picture().seq());
    assert_eq!(first["added"], json!([]));

    hub.open_incident("Before", -71.0, 42.0).await;
    assert_eq!(heard().await["added"], json!([{ "name": "Before" }]));

    let hub = hub.restart().await;
    hub.open_incident("Meanwhile", -71.0, 42.0).await;
    // Either the client was back before, or it gets what it missed; in both cases exactly once.
    let mut event = heard().await;
    if event["added"] == json!([]) {
        event = heard().await;
    }
    assert_eq!(event["added"], json!([{ "name": "Meanwhile" }]));
    assert_eq!(hub.entry(&event["sequence"]), hub.hub().picture().seq());
}
