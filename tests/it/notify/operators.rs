//! What those who run the hub see and do: drills, health, addresses that are gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use axum::routing::post;
use muster::hub::Clock;
use serde_json::{Value, json};

use super::scene::{Scene, mailbox, relay};
use crate::support::peers::Sink;
use crate::support::process::{Caller, Setup};

const DRILL: &str = "mutation($input: DrillProviderInput!) { drillProvider(input: $input) {
    provider { name drilledUntil } refusal { code } } }";
const PROVIDERS: &str = "{ providers { name channel weight health paused drilledUntil taken failed
    lastFailure { kind code } } }";

async fn ask(caller: &Caller, query: &str, variables: Value) -> Value {
    caller.ask(query, variables).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_drilled_out_gets_nothing_and_the_other_carries_its_part() {
    let Some(one) = Sink::start(&[]).await else { return };
    let Some(two) = Sink::start(&[]).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let config = relay("one", one.port, "weight = 9") + &relay("two", two.port, "weight = 1");
    let process = Setup::of_harbor_fire(folder.path(), &config).start().await;
    let (scene, operator) = (Scene::of(&process).await, process.caller_with(2));
    let people = (0..20).map(|n| (format!("E{n}"), json!({ "emails": [mailbox(n)] })));
    scene.hire(people.collect()).await;

    let until = Clock::system().now() + jiff::SignedDuration::from_hours(1);
    let drill = json!({ "input": { "provider": "one", "until": until.to_string() } });
    let refused = ask(&scene.dispatch, DRILL, drill.clone()).await;
    assert_eq!(refused["data"]["drillProvider"]["refusal"]["code"], "NOT_PERMITTED", "{refused}");
    assert_eq!(ask(&scene.chief, PROVIDERS, json!({})).await["data"]["providers"], Value::Null);
    let drilled = ask(&operator, DRILL, drill).await;
    let provider = &drilled["data"]["drillProvider"]["provider"];
    assert!(provider["drilledUntil"].is_string(), "{drilled}");
    let unknown = json!({ "input": { "provider": "three" } });
    let fault = ask(&operator, DRILL, unknown).await;
    assert_eq!(fault["errors"][0]["extensions"]["code"], "PROVIDER_UNKNOWN");
    // It is looked four times a second.
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;

    let plan = json!({ "expects": "NOTHING", "intervalSeconds": 3600, "cycles": 1 });
    let message = scene.launch("Stay inside", plan.clone()).await;
    scene.until(&message, |_, counts| counts.of("SENT") == 20).await;
    assert_eq!((one.mails().len(), two.mails().len()), (0, 20));
    let seen = ask(&operator, PROVIDERS, json!({})).await["data"]["providers"].clone();
    assert_eq!((&seen[0]["taken"], &seen[1]["taken"]), (&json!(0), &json!(20)), "{seen}");
    let back = json!({ "input": { "provider": "one" } });
    let drilled = ask(&operator, DRILL, back).await;
    let provider = &drilled["data"]["drillProvider"]["provider"];
    assert_eq!(provider["drilledUntil"], Value::Null, "{drilled}");
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_see_what_went_wrong_with_a_provider_and_no_address() {
    let Some(bad) = Sink::start(&["-Q", "MAIL"]).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let config = relay("bad", bad.port, "");
    let process = Setup::of_harbor_fire(folder.path(), &config).start().await;
    let (scene, operator) = (Scene::of(&process).await, process.caller_with(2));
    let people = (0..4).map(|n| (format!("E{n}"), json!({ "emails": [mailbox(n)] })));
    scene.hire(people.collect()).await;
    let plan = json!({ "expects": "NOTHING", "intervalSeconds": 3600, "cycles": 1 });
    scene.launch("Stay inside", plan).await;
    let seen = loop {
        let seen = ask(&operator, PROVIDERS, json!({})).await["data"]["providers"].clone();
        if seen[0]["paused"] == true {
            break seen;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    };
    assert!(seen[0]["health"].as_f64().unwrap() <= 0.125, "{seen}");
    assert_eq!(seen[0]["lastFailure"]["kind"], "TECHNICAL", "{seen}");
    assert!(seen[0]["lastFailure"]["code"].as_str().unwrap().starts_with("421"), "{seen}");
    assert!(!seen.to_string().contains('@'), "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_gone_is_marked_and_the_next_one_is_used() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let gone = move || {
        counted.fetch_add(1, Ordering::SeqCst);
        async { StatusCode::GONE }
    };
    let routes = axum::Router::new()
        .route("/old", post(gone))
        .route("/new", post(|| async { StatusCode::NO_CONTENT }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let config = format!(
        "[[provider]]\nname = \"hooks\"\nchannel = \"webhook\"\n[provider.settings]\n\
         private = true\nsecret_file = \"{}\"\n",
        secret.display()
    );
    let process = Setup::of_harbor_fire(folder.path(), &config).start().await;
    let scene = Scene::of(&process).await;
    let way =
        |path| json!({ "channel": "WEBHOOK", "address": format!("http://127.0.0.1:{port}{path}") });
    let contact = json!({ "channels": [way("/old"), way("/new")] });
    scene.hire(vec![("Pager".to_owned(), contact)]).await;
    let plan = json!({ "expects": "NOTHING", "intervalSeconds": 3600, "cycles": 1 });
    for _ in 0..2 {
        let message = scene.launch("Stay inside", plan.clone()).await;
        scene.until(&message, |_, counts| counts.of("REACHED") == 1).await;
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1, "what is gone is asked once");
    let query = "{ persons { nodes { name lostWays { channel code } } } }";
    let seen = ask(&scene.chief, query, json!({})).await["data"]["persons"]["nodes"].clone();
    assert_eq!(seen[0]["lostWays"], json!([{ "channel": "WEBHOOK", "code": "410" }]), "{seen}");
}
