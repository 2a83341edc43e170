//! The bounds of a request, each told by name.

use serde_json::{Value, json};

use crate::support::hub::{DISPATCH, READER, TestHub};

/// The status and the message for a document.
async fn refused(hub: &TestHub, query: &str) -> String {
    let reply = hub.send(READER, query, json!({})).await;
    let status = reply.status().as_u16();
    let body: Value = serde_json::from_str(&reply.text().await.unwrap()).unwrap();
    format!("{status} {}", body["errors"][0]["message"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_too_large_in_any_way_is_told_the_limit() {
    let hub = TestHub::start().await;
    let depth = format!(
        "{{ incidents(first: 1) {{ nodes {{ {} id {} }} }} }}",
        "parent { ".repeat(20),
        "}".repeat(20)
    );
    insta::assert_snapshot!(refused(&hub, &depth).await, @"400 the document has a depth of 23 and may have 15; ask in several steps");
    let complexity =
        "{ incidents(first: 200) { nodes { journal(first: 200) { nodes { id text author } } } } }";
    insta::assert_snapshot!(refused(&hub, complexity).await, @"400 the document has a complexity of 160401 and may have 100000; ask for smaller pages");
    let aliases: String = (0..51).map(|n| format!("a{n}: __typename ")).collect();
    insta::assert_snapshot!(refused(&hub, &format!("{{ {aliases} }}")).await, @"400 the document has aliases 51 and may have 50; split it");
    let directives = format!("{{ hub {} {{ sequence }} }}", "@skip(if: false) ".repeat(51));
    insta::assert_snapshot!(refused(&hub, &directives).await, @"400 the document has directives 51 and may have 50; leave some out");
    let selections = format!("{{ {} }}", "__typename ".repeat(2_001));
    insta::assert_snapshot!(refused(&hub, &selections).await, @"400 the document has selections 2001 and may have 2000; split it");
    let document = format!("{{ __typename }} #{}", " ".repeat(64 * 1024));
    insta::assert_snapshot!(refused(&hub, &document).await, @"400 the document has 65552 bytes and may have 65536; put values into `variables`");
    let page = "{ incidents(first: 201) { totalCount } }";
    insta::assert_snapshot!(refused(&hub, page).await, @"200 `first` is 201 and must be from 1 to 200");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_of_the_picture_costs_what_one_type_of_it_costs() {
    let hub = TestHub::start().await;
    let page = |one: &str, other: &str| {
        let [one, other] = [one, other].map(|on| format!("... on {on} {{ {} }}", "id ".repeat(60)));
        format!("{{ cop {{ records(first: 1000) {{ nodes {{ {one} {other} }} }} }} }}")
    };
    let reply = hub.send(READER, &page("Incident", "Signal"), json!({})).await;
    assert_eq!(reply.status(), 200);
    insta::assert_snapshot!(refused(&hub, &page("Incident", "Incident")).await, @"400 the document has a complexity of 121002 and may have 100000; ask for smaller pages");
    insta::assert_snapshot!(refused(&hub, &page("CopRecord", "Incident")).await, @"400 the document has a complexity of 121002 and may have 100000; ask for smaller pages");
}

#[tokio::test(flavor = "multi_thread")]
async fn fragments_that_double_each_other_are_refused_at_once() {
    let hub = TestHub::start().await;
    let doubling: String = (0..25)
        .map(|n| format!("fragment f{n} on Hub {{ ...f{} ...f{} }} ", n + 1, n + 1))
        .collect();
    let query = format!("{{ hub {{ ...f0 }} }} {doubling} fragment f25 on Hub {{ sequence }}");
    insta::assert_snapshot!(refused(&hub, &query).await, @"400 the document has selections 100663296 and may have 2000; split it");
    let circle = "{ hub { ...a } } fragment a on Hub { ...b } fragment b on Hub { ...a }";
    insta::assert_snapshot!(refused(&hub, circle).await, @"400 the document has a depth of 31 or more and may have 15; ask in several steps");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_and_a_body_are_bounded() {
    let hub = TestHub::start().await;
    let post = async |body: String| {
        let request = hub.client().post(hub.url("/graphql")).bearer_auth(READER);
        let request = request.header("content-type", "application/json").body(body);
        let reply = request.send().await.unwrap();
        (reply.status().as_u16(), reply.text().await.unwrap())
    };
    let one = r#"{"query":"{ __typename }"}"#;
    let (status, body) = post(format!("[{one},{one}]")).await;
    assert_eq!((status, body.matches("\"Query\"").count()), (200, 2));
    let (status, body) = post(format!("[{}]", [one; 11].join(","))).await;
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(status, 400);
    insta::assert_snapshot!(body["errors"][0]["message"].as_str().unwrap(), @"a batch holds 1 to 10 requests and this one has 11");
    let (status, _) = post(format!("{{\"query\":\"{}\"}}", " ".repeat(5 << 20))).await;
    assert_eq!(status, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn variables_that_cannot_be_read_are_refused_and_none_is_left_out() {
    let hub = TestHub::start().await;
    let query = "query($first: Int = 50) { incidents(first: $first) { totalCount } }";
    // Half of an emoji, as a text cut in the middle of one has it.
    let half = format!(r#"{{"query":"{query}","variables":{{"first":1,"note":"\ud800"}}}}"#);
    let deep = "[".repeat(200) + &"]".repeat(200);
    let deep = format!(r#"{{"query":"{query}","variables":{{"first":1,"deep":{deep}}}}}"#);
    for body in [half, deep] {
        let reply = hub.send_body(READER, body).await;
        assert_eq!(reply.status(), 400);
        let body: Value = serde_json::from_str(&reply.text().await.unwrap()).unwrap();
        let message = body["errors"][0]["message"].as_str().unwrap().to_owned();
        assert!(message.starts_with("`variables` cannot be read, and nothing was done"), "{body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_executor_finds_wrong_has_a_code_and_what_is_said_back_is_short() {
    let hub = TestHub::start().await;
    let query = "mutation($q: Int!) { commitResource(input: { incident: \"1\", resource: \"1\", \
                 quantity: $q }) { sequence } }";
    let body = hub.ask(DISPATCH, query, json!({ "q": -1 })).await;
    let error = &body["errors"][0];
    assert_eq!(error["extensions"]["code"], "BAD_INPUT", "{body}");
    insta::assert_snapshot!(error["message"].as_str().unwrap(), @r#"Failed to parse "Int": not a whole number, or one below 0 where none can be (occurred while parsing "CommitResourceInput")"#);
    let body = hub.ask(READER, "{ nothing }", json!({})).await;
    assert_eq!(body["errors"][0]["extensions"]["code"], "BAD_DOCUMENT", "{body}");
    let query = "mutation($id: ID!) { commitResource(input: { incident: $id, resource: $id }) { \
                 sequence } }";
    let body = hub.ask(DISPATCH, query, json!({ "id": "x".repeat(100_000) })).await;
    assert_eq!(body["errors"][0]["extensions"]["code"], "BAD_ID", "{body}");
    assert!(body.to_string().len() < 1_000);
}
