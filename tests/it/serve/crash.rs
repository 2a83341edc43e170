//! `kill -9` in the middle of load.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use serde_json::json;
use tokio::sync::Notify;

use crate::support::postgres;
use crate::support::process::{Caller, Setup, muster};

const CALLERS: usize = 24;
const OPEN: &str = "mutation ($name: String!, $key: String!) {
    openIncident(input: {
        name: $name, kind: \"structure-fire\", confirmed: true,
        location: { name: \"Mill Street\" }, idempotencyKey: $key
    }) { incident { id } refusal { message } }
}";

/// What a caller tried, and what it was told.
struct Tried {
    name: String,
    acknowledged: bool,
}

/// Opens incidents one after another until an answer fails to come.
async fn open_until_it_dies(
    caller: Caller,
    number: usize,
    acknowledged: Arc<AtomicUsize>,
    enough: Arc<Notify>,
) -> Vec<Tried> {
    let mut tried = Vec::new();
    loop {
        let name = format!("fire {number}.{}", tried.len());
        let answer = caller.ask(OPEN, json!({ "name": name, "key": name })).await;
        let done = answer.is_some_and(|a| a["data"]["openIncident"]["incident"]["id"].is_string());
        tried.push(Tried { name, acknowledged: done });
        if !done {
            return tried;
        }
        if acknowledged.fetch_add(1, Ordering::Relaxed) == 400 {
            enough.notify_one();
        }
    }
}

/// How often each incident is there, by name.
async fn incidents(caller: &Caller) -> BTreeMap<String, usize> {
    let query = "query ($after: String) { incidents(first: 200, after: $after) {
        nodes { name } pageInfo { hasNextPage endCursor } } }";
    let (mut counts, mut after) = (BTreeMap::new(), json!(null));
    loop {
        let answer = caller.ask(query, json!({ "after": after })).await.unwrap();
        let page = &answer["data"]["incidents"];
        for node in page["nodes"].as_array().unwrap_or_else(|| panic!("{answer}")) {
            *counts.entry(node["name"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        if page["pageInfo"]["hasNextPage"] != true {
            return counts;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

async fn survives_a_kill(setup: Setup) {
    let program = setup.start().await;
    let (acknowledged, enough) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let callers = join_all((0..CALLERS).map(|number| {
        let (acknowledged, enough) = (Arc::clone(&acknowledged), Arc::clone(&enough));
        tokio::spawn(open_until_it_dies(program.caller(), number, acknowledged, enough))
    }));
    let killed = async {
        enough.notified().await;
        program.kill().await;
    };
    let (tried, ()) = tokio::join!(callers, killed);
    let tried: Vec<Tried> = tried.into_iter().flat_map(Result::unwrap).collect();

    let verified = muster().args(["verify", "--store", &setup.store]).output().await.unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));

    let program = setup.start().await;
    let there = incidents(&program.caller()).await;
    for Tried { name, acknowledged } in &tried {
        let count = there.get(name).copied().unwrap_or(0);
        assert!(count == 1 || (count == 0 && !acknowledged), "{name} is there {count} times");
    }
    assert!(there.keys().all(|name| tried.iter().any(|t| t.name == *name)));

    // Whoever got no answer repeats with the same key, and everything is there once.
    for Tried { name, .. } in tried.iter().filter(|t| !t.acknowledged) {
        program.caller().ask(OPEN, json!({ "name": name, "key": name })).await.unwrap();
    }
    let there = incidents(&program.caller()).await;
    assert_eq!(there.len(), tried.len());
    assert!(there.values().all(|count| *count == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_kill_is_there_once_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("muster.db").display());
    survives_a_kill(Setup::new(folder.path(), store)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_holds_on_postgresql() {
    let Some(database) = postgres::database().await else { return };
    let folder = tempfile::tempdir().unwrap();
    survives_a_kill(Setup::new(folder.path(), database)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_one_of_two_nodes_is_killed_the_other_has_everything_and_goes_on() {
    let Some(database) = postgres::database().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::new(folder.path(), database);
    let (one, two) = (setup.start().await, setup.start().await);
    for n in 0..50 {
        let name = format!("fire {n}");
        let caller = if n % 2 == 0 { one.caller() } else { two.caller() };
        let answer = caller.ask(OPEN, json!({ "name": name, "key": name })).await.unwrap();
        assert!(answer["data"]["openIncident"]["incident"]["id"].is_string(), "{answer}");
    }
    one.kill().await;
    let answer = two.caller().ask(OPEN, json!({ "name": "after", "key": "after" })).await;
    assert!(answer.unwrap()["data"]["openIncident"]["incident"]["id"].is_string());
    assert_eq!(incidents(&two.caller()).await.len(), 51);
}
