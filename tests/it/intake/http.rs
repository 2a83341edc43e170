//! Handing in over HTTP.

use std::sync::Arc;

use muster::domain::{Principal, Scope};
use muster::identity::Tokens;
use muster::intake::feeds::{Feed, Sources};
use muster::web::ingest::{IngestState, router};
use muster::web::{self, AppState};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::place::{Place, alert, malformed};

/// A server with a token that may hand in and one that may operate.
struct Server {
    place: Place,
    address: String,
    client: Client,
}

impl Server {
    async fn start() -> Self {
        let place = Place::new().await;
        let mut tokens = Tokens::default();
        for scope in [Scope::Ingest, Scope::Operate] {
            let name = scope.as_str();
            let scopes =
                if scope == Scope::Operate { vec![scope, Scope::Ingest] } else { vec![scope] };
            tokens.insert(name, Principal::new(name, None, scopes));
        }
        let feed = Feed {
            name: "nws".into(),
            url: "https://alerts.example/feed?key=secret".parse().unwrap(),
            every: std::time::Duration::from_secs(60),
        };
        let sources = Arc::new(Sources::new(place.intake.clone(), vec![feed]).unwrap());
        let intake = place.intake.clone();
        let tokens = Arc::new(tokens);
        let app = AppState::new(intake.hub().clone(), tokens);
        app.watch_intake(&intake, Arc::clone(&sources));
        let routes = router(IngestState { intake, identity: Arc::clone(app.identity()), sources });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(web::serve(listener, app, routes, CancellationToken::new()));
        Self { place, address, client: Client::new() }
    }

    fn request(&self, method: Method, path: &str, token: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.address)).bearer_auth(token)
    }

    fn hand_in(&self, document: impl Into<reqwest::Body>) -> RequestBuilder {
        self.request(Method::POST, "/ingest/cap", "ingest").body(document)
    }
}

/// Status, some headers and the body, with ids blotted out.
async fn shown(response: Response) -> String {
    let status = response.status();
    let header = |name| response.headers().get(name).map(|v| v.to_str().unwrap().to_owned());
    let headers: Vec<_> =
        ["www-authenticate", "retry-after"].into_iter().filter_map(header).collect();
    let body = response.text().await.unwrap();
    let body: Value = serde_json::from_str(&body).unwrap_or(Value::String(body));
    let text = format!("{status} {headers:?}\n{body:#}");
    let mut words: Vec<String> = text.split('"').map(str::to_owned).collect();
    words.iter_mut().filter(|w| w.parse::<uuid::Uuid>().is_ok()).for_each(|w| *w = "ID".into());
    words.join("\"")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_answered_with_what_became_of_each_message() {
    let server = Server::start().await;
    let answer = server.hand_in(alert("A")).send().await.unwrap();
    insta::assert_snapshot!(shown(answer).await, @r#"
    200 OK []
    {
      "outcome": "accepted",
      "messages": [
        {
          "outcome": "accepted",
          "signal": "ID"
        }
      ]
    }
    "#);
    let both = format!("{}\n{}", alert("A"), malformed("B"));
    let answer = server.hand_in(both).header("content-type", "application/cap+xml; charset=utf-8");
    insta::assert_snapshot!(shown(answer.send().await.unwrap()).await, @r#"
    422 Unprocessable Entity []
    {
      "outcome": "quarantined",
      "messages": [
        {
          "outcome": "duplicate",
          "signal": "ID"
        },
        {
          "outcome": "quarantined",
          "quarantine": "ID",
          "element": "alert/info[1]/severity",
          "line": 14,
          "error": "the element is missing; CAP 1.2 section 3.2.2 requires it"
        }
      ]
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_uses_a_key_again_for_other_words_is_told_that_the_first_stand() {
    let server = Server::start().await;
    server.hand_in(alert("A")).send().await.unwrap();
    let other = alert("A").replace("<severity>Severe", "<severity>Minor");
    assert_ne!(other, alert("A"));
    let answer = server.hand_in(other).send().await.unwrap();
    insta::assert_snapshot!(shown(answer).await, @r#"
    200 OK []
    {
      "outcome": "duplicate",
      "messages": [
        {
          "outcome": "duplicate",
          "signal": "ID",
          "note": "a message of the same sender, identifier and time is known and says something else; it stays as it is, so send this one with an identifier of its own (CAP 1.2 section 3.2.1)"
        }
      ]
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_the_wrong_scope_are_turned_away_before_the_document_is_read() {
    let server = Server::start().await;
    let ask = |method: Method, path: &'static str, token: &'static str| {
        let request = server.request(method, path, token).body("<alert/>");
        async move { request.send().await.unwrap().status().as_u16() }
    };
    let id = "00000000-0000-0000-0000-000000000007";
    let one: &'static str = Box::leak(format!("/ingest/quarantine/{id}").into_boxed_str());
    let replay: &'static str = Box::leak(format!("{one}/replay").into_boxed_str());
    assert_eq!(ask(Method::POST, "/ingest/cap", "nobody").await, 401);
    assert_eq!(ask(Method::POST, "/ingest/cap", "").await, 401);
    for (method, path) in [
        (Method::GET, "/ingest/quarantine"),
        (Method::GET, one),
        (Method::POST, replay),
        (Method::DELETE, one),
    ] {
        assert_eq!(ask(method.clone(), path, "nobody").await, 401, "{method} {path}");
        assert_eq!(ask(method.clone(), path, "ingest").await, 403, "{method} {path}");
    }
    assert_eq!(ask(Method::POST, replay, "operate").await, 404);
    let answer = server.client.post(format!("{}/ingest/cap", server.address)).send().await.unwrap();
    insta::assert_snapshot!(shown(answer).await, @r#"
    401 Unauthorized ["Bearer"]
    {
      "code": "UNAUTHENTICATED",
      "error": "log in, or send a token in the header `Authorization: Bearer mstr_…`; who runs the hub gives it"
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_compressed_or_no_document_is_refused() {
    let server = Server::start().await;
    let answer = server.hand_in(vec![b' '; 5 * 1024 * 1024 + 1]).send().await.unwrap();
    insta::assert_snapshot!(shown(answer).await, @r#"
    413 Payload Too Large []
    {
      "code": "TOO_LARGE",
      "error": "the document has more than 5242880 bytes, which is the most that is read; split it"
    }
    "#);
    // Who sends far more is told so too, and not cut off.
    let answer = server.hand_in(vec![b' '; 40 * 1024 * 1024]).send().await.unwrap();
    assert_eq!(answer.status(), 413);
    let answer =
        server.hand_in(alert("A")).header("content-encoding", "gzip").send().await.unwrap();
    insta::assert_snapshot!(shown(answer).await, @r#"
    415 Unsupported Media Type []
    {
      "code": "MEDIA_TYPE",
      "error": "the document is encoded as `gzip`; send it as it is"
    }
    "#);
    let answer = server.hand_in("a=b").header("content-type", "application/x-www-form-urlencoded");
    insta::assert_snapshot!(shown(answer.send().await.unwrap()).await, @r#"
    415 Unsupported Media Type []
    {
      "code": "MEDIA_TYPE",
      "error": "`application/x-www-form-urlencoded` is no type of document that is read here; send application/cap+xml"
    }
    "#);
    assert_eq!(server.place.quarantined().await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_looks_at_the_quarantine_replays_and_drops() {
    let server = Server::start().await;
    server.hand_in(malformed("A")).send().await.unwrap();
    let list = server.request(Method::GET, "/ingest/quarantine?limit=10", "operate");
    let list: Value =
        serde_json::from_str(&list.send().await.unwrap().text().await.unwrap()).unwrap();
    let path = format!("/ingest/quarantine/{}", list["items"][0]["id"].as_str().unwrap());
    let ask = |method, path: &str| server.request(method, path, "operate").send();

    let one = ask(Method::GET, &path).await.unwrap().text().await.unwrap();
    let one: Value = serde_json::from_str(&one).unwrap();
    assert_eq!(one["document"], malformed("A"));
    assert_eq!(one["source"], "http:ingest /ingest/cap");
    let replayed = ask(Method::POST, &format!("{path}/replay")).await.unwrap();
    assert_eq!(replayed.status(), 422);
    assert_eq!(ask(Method::DELETE, &path).await.unwrap().status(), 204);
    assert_eq!(ask(Method::DELETE, &path).await.unwrap().status(), 404);
    assert_eq!(server.place.quarantined().await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_cannot_take_a_document_says_when_to_come_back() {
    let server = Server::start().await;
    let request = server.hand_in(alert("A"));
    let _kept = server.place.stop_hub().await;
    insta::assert_snapshot!(shown(request.send().await.unwrap()).await, @r#"
    503 Service Unavailable ["5"]
    {
      "outcome": "not-taken",
      "messages": [
        {
          "outcome": "not-taken",
          "error": "the hub is shutting down; nothing was done, try another node or try again later"
        }
      ]
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_sees_how_each_source_does_without_its_secrets() {
    let server = Server::start().await;
    let sources = |token| server.request(Method::GET, "/ingest/sources", token).send();
    insta::assert_snapshot!(shown(sources("operate").await.unwrap()).await, @r#"
    200 OK []
    {
      "sources": [
        {
          "name": "nws",
          "url": "https://alerts.example/feed",
          "polledHere": false,
          "lastSuccessAt": null,
          "lastVerifiedItemAt": null,
          "lastError": null,
          "consecutiveFailures": 0,
          "itemsAccepted": 0,
          "itemsDuplicate": 0,
          "itemsQuarantined": 0
        }
      ]
    }
    "#);
    assert_eq!(sources("ingest").await.unwrap().status(), 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metrics_tell_what_came_in_and_what_became_of_it() {
    let server = Server::start().await;
    for document in [alert("A"), alert("A"), alert("B"), malformed("C")] {
        server.hand_in(document).send().await.unwrap();
    }
    let metrics = server.request(Method::GET, "/metrics", "operate").send().await.unwrap();
    let metrics = metrics.text().await.unwrap();
    let messages = metrics
        .lines()
        .filter(|line| line.starts_with("muster_ingested_messages_total") && !line.ends_with(" 0"));
    let mut messages: Vec<_> = messages.collect();
    messages.sort_unstable();
    insta::assert_snapshot!(messages.join("\n"), @r#"
    muster_ingested_messages_total{way="http",outcome="accepted"} 2
    muster_ingested_messages_total{way="http",outcome="duplicate"} 1
    muster_ingested_messages_total{way="http",outcome="quarantined"} 1
    "#);
    assert!(metrics.contains("muster_source_failures{source=\"nws\"} 0"), "{metrics}");
    // A feed that this node does not poll has no age, so that nobody is alarmed by it.
    assert!(!metrics.contains("muster_source_answer_age_seconds{"), "{metrics}");
}
