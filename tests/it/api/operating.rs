//! Health, metrics, headers.

use crate::support::hub::{READER, TestHub};

#[tokio::test(flavor = "multi_thread")]
async fn probes_and_metrics_need_no_token() {
    let hub = TestHub::start().await;
    hub.ask(READER, "{ hub { sequence } }", serde_json::json!({})).await;
    hub.open_incident("Mill Street", -71.06, 42.36).await;
    let get =
        async |path| hub.client().get(hub.url(path)).send().await.unwrap().text().await.unwrap();
    assert_eq!(get("/healthz").await, r#"{"status":"live","sequence":2}"#);
    assert_eq!(get("/readyz").await, r#"{"status":"ready","sequence":2}"#);
    let metrics = get("/metrics").await;
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
