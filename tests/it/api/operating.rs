//! Health, metrics, headers.

use std::time::Duration;

use crate::support::bare::{answers_again, open, open_incident, submit};
use crate::support::hub::{OPERATOR, PROMETHEUS, READER, TestHub};

#[tokio::test(flavor = "multi_thread")]
async fn probes_need_no_token() {
    let hub = TestHub::start().await;
    let get =
        async |path| hub.client().get(hub.url(path)).send().await.unwrap().text().await.unwrap();
    assert_eq!(get("/healthz").await, r#"{"status":"live"}"#);
    assert_eq!(get("/readyz").await, r#"{"status":"ready"}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_answers_but_takes_nothing_is_told_apart_and_is_used_again_by_itself() {
    let hub = TestHub::start().await;
    let get = async |path| {
        let request = hub.client().get(hub.url(path)).bearer_auth(PROMETHEUS);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let mut health = hub.hub().store_health();
    let full = "BEGIN SELECT RAISE(ABORT, 'no room'); END";
    hub.sql(&format!(
        "CREATE TRIGGER full_log BEFORE UPDATE ON log_head {full};
         CREATE TRIGGER full_lease BEFORE INSERT ON lease {full};"
    ))
    .await;
    let refused = submit(hub.hub(), open("during")).await.unwrap_err();
    insta::assert_snapshot!(refused, @"the store cannot write: the hub's own log says why; nothing was done, reading goes on");
    assert_eq!((refused.code(), refused.retry_after_ms()), ("STORE_UNAVAILABLE", Some(2_000)));
    // That it is read every half second does not make it look well again.
    health.mark_unchanged();
    tokio::time::timeout(Duration::from_secs(1), health.changed()).await.unwrap_err();
    let (status, body) = get("/readyz").await;
    assert!(
        status == 503 && body.starts_with(r#"{"status":"read-only","readOnlySince":"#),
        "{body}"
    );
    let metrics = get("/metrics").await.1;
    assert!(metrics.contains("muster_stale_seconds 0\n"), "{metrics}");
    assert!(!metrics.contains("muster_read_only_seconds 0\n"), "{metrics}");

    hub.sql("DROP TRIGGER full_log; DROP TRIGGER full_lease").await;
    answers_again(hub.hub()).await;
    assert_eq!(get("/readyz").await, (200, r#"{"status":"ready"}"#.to_owned()));
    open_incident(hub.hub(), "after").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_need_a_token_that_is_good_for_nothing_else() {
    let hub = TestHub::start().await;
    hub.ask(READER, "{ hub { sequence } }", serde_json::json!({})).await;
    hub.open_incident("Mill Street", -71.06, 42.36).await;
    let get = || hub.client().get(hub.url("/metrics"));
    assert_eq!(get().send().await.unwrap().status(), 401);
    assert_eq!(get().bearer_auth(READER).send().await.unwrap().status(), 403);
    assert_eq!(get().bearer_auth(OPERATOR).send().await.unwrap().status(), 200);
    let metrics = get().bearer_auth(PROMETHEUS).send().await.unwrap().text().await.unwrap();
    let nothing = hub.ask(PROMETHEUS, "{ hub { sequence } }", serde_json::json!({})).await;
    assert_eq!(nothing["data"], serde_json::Value::Null);
    for line in [
        "muster_log_sequence 2",
        "muster_http_requests_total{route=\"/graphql\",status=\"200\"} 2",
        "muster_commands_total{outcome=\"DONE\"} 1",
        "muster_graphql_operations_total{kind=\"query\",outcome=\"ok\"} 1",
    ] {
        assert!(metrics.contains(line), "{line} in\n{metrics}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_tell_browsers_to_take_no_liberties() {
    let hub = TestHub::start().await;
    let reply = hub.client().get(hub.url("/graphiql")).send().await.unwrap();
    assert_eq!(reply.status(), 200);
    for header in ["x-request-id", "x-content-type-options", "x-frame-options", "referrer-policy"] {
        assert!(reply.headers().contains_key(header), "{header}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_to_try_the_api_needs_no_other_host() {
    let hub = TestHub::start().await;
    let get = async |path: &str| hub.client().get(hub.url(path)).send().await.unwrap();
    let reply = get("/graphiql").await;
    let policy = reply.headers()["content-security-policy"].to_str().unwrap().to_owned();
    insta::assert_snapshot!(policy, @"default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    let page = reply.text().await.unwrap();
    let attributes = page.split('"').skip(1).step_by(2);
    let mut files: Vec<_> = attributes.filter(|text| text.starts_with("graphiql/")).collect();
    // Built without npm, the page is one sentence; its own files are there all the same.
    files.extend(["graphiql/page.js", "graphiql/page.css"]);
    let mut own = page.clone();
    for file in files {
        let reply = get(&format!("/{file}")).await;
        assert_eq!(reply.status(), 200, "{file}");
        let media_type = if file.ends_with(".js") { "text/javascript" } else { "text/css" };
        let declared = reply.headers()["content-type"].to_str().unwrap();
        assert!(declared.starts_with(media_type), "{file} is {declared}");
        let tag = reply.headers()["etag"].clone();
        let again = hub.client().get(hub.url(&format!("/{file}")));
        let again = again.header("if-none-match", tag).send().await.unwrap();
        assert_eq!(again.status(), 304, "{file}");
        let text = reply.text().await.unwrap();
        if file.ends_with(".css") || file.ends_with("page.js") {
            own.push_str(&text);
        }
    }
    for foreign in ["http://", "https://", "src=\"//", "url(//", "@import"] {
        assert!(!own.contains(foreign), "{foreign}");
    }
    assert_eq!(get("/graphiql/no.js").await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dashboard_is_under_every_address_that_nothing_else_has() {
    let hub = TestHub::start().await;
    let get = async |path: &str, accept: &str| {
        let request = hub.client().get(hub.url(path)).header("accept", accept);
        request.send().await.unwrap()
    };
    let mut pages = Vec::new();
    for path in ["/", "/incident/1/messages", "/no/such/page"] {
        let reply = get(path, "text/html,*/*").await;
        assert_eq!(reply.status(), 200, "{path}");
        let policy = reply.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'; "));
        assert_eq!(reply.headers()["cache-control"], "no-cache");
        pages.push(reply.text().await.unwrap());
        assert_eq!(get(path, "application/json").await.status(), 404, "{path}");
    }
    pages.dedup();
    let [page] = pages.as_slice() else { panic!("{pages:?}") };
    // Built without npm, the page is one sentence and has no files.
    let files = page.split('"').skip(1).step_by(2).filter(|text| text.starts_with("/assets/"));
    for file in files {
        let reply = get(file, "*/*").await;
        assert_eq!(reply.status(), 200, "{file}");
        assert_eq!(reply.headers()["cache-control"], "public, max-age=31536000, immutable");
    }
    assert_eq!(get("/assets/no.js", "text/html").await.status(), 404);
}
