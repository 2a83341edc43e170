//! Asking.

use serde_json::json;

use crate::support::hub::{DISPATCH, FEED, READER, TestHub};

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_shows_what_goes_on() {
    let hub = TestHub::start().await;
    hub.open_incident("Mill Street", -71.06, 42.36).await;
    hub.open_incident("Harbor Tunnel", -71.02, 42.35).await;
    let query = "{ cop { counts { incidents signals incidentsByStatus { status count } }
        records { totalCount nodes { __typename ... on Incident {
            name status kind { code } location { point } lead { code } } } } } }";
    let answer = hub.ask(READER, query, json!({})).await;
    insta::assert_json_snapshot!(answer, @r#"
    {
      "data": {
        "cop": {
          "counts": {
            "incidents": 2,
            "signals": 0,
            "incidentsByStatus": [
              {
                "status": "ACTIVE",
                "count": 2
              }
            ]
          },
          "records": {
            "totalCount": 2,
            "nodes": [
              {
                "__typename": "Incident",
                "name": "Mill Street",
                "status": "ACTIVE",
                "kind": {
                  "code": "structure-fire"
                },
                "location": {
                  "point": [
                    -71.06,
                    42.36
                  ]
                },
                "lead": {
                  "code": "HFD"
                }
              },
              {
                "__typename": "Incident",
                "name": "Harbor Tunnel",
                "status": "ACTIVE",
                "kind": {
                  "code": "structure-fire"
                },
                "location": {
                  "point": [
                    -71.02,
                    42.35
                  ]
                },
                "lead": {
                  "code": "HFD"
                }
              }
            ]
          }
        }
      }
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_past_picture_is_shown_by_sequence() {
    let hub = TestHub::start().await;
    hub.open_incident("Mill Street", -71.06, 42.36).await;
    hub.open_incident("Harbor Tunnel", -71.02, 42.35).await;
    let query = "query($seq: Sequence!) { cop(asOf: { sequence: $seq }) {
        records { nodes { ... on Incident { name } } } } }";
    let then = json!({ "seq": hub.sequence(2) });
    insta::assert_json_snapshot!(hub.ask(READER, query, then).await, @r#"
    {
      "data": {
        "cop": {
          "records": {
            "nodes": [
              {
                "name": "Mill Street"
              }
            ]
          }
        }
      }
    }
    "#);
    let ahead = json!({ "seq": hub.sequence(99) });
    insta::assert_json_snapshot!(hub.ask(READER, query, ahead).await, @r#"
    {
      "errors": [
        {
          "message": "this node of the hub has not come as far as that sequence yet",
          "locations": [
            {
              "line": 1,
              "column": 26
            }
          ],
          "path": [
            "cop"
          ],
          "extensions": {
            "code": "AHEAD_OF_LOG",
            "retryAfterMs": 1000
          }
        }
      ],
      "data": null
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_by_cursor() {
    let hub = TestHub::start().await;
    for n in 1..=5 {
        hub.open_incident(&format!("Fire {n}"), -71.0, 42.0).await;
    }
    let query = "query($after: String) { incidents(first: 2, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } nodes { name } } }";
    let mut names = Vec::new();
    let mut after = json!(null);
    loop {
        let answer = hub.ask(READER, query, json!({ "after": after })).await;
        let page = &answer["data"]["incidents"];
        assert_eq!(page["totalCount"], 5);
        let nodes = page["nodes"].as_array().unwrap();
        names.extend(nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(names, ["Fire 1", "Fire 2", "Fire 3", "Fire 4", "Fire 5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_those_who_may_not_read_are_told_so() {
    let hub = TestHub::start().await;
    let query = "{ hub { sequence } }";
    let stranger = hub.send("mstr_unknown", query, json!({})).await;
    assert_eq!(stranger.status(), 401);
    assert_eq!(stranger.headers()["www-authenticate"], "Bearer realm=\"muster\"");
    insta::assert_snapshot!(stranger.text().await.unwrap(), @r#"{"errors":[{"message":"the token is not known to this hub; ask who runs it for a new one","extensions":{"code":"UNAUTHENTICATED"}}]}"#);

    let feed = hub.send(FEED, query, json!({})).await;
    assert_eq!(feed.status(), 403);
    insta::assert_json_snapshot!(hub.ask(FEED, query, json!({})).await, @r#"
    {
      "errors": [
        {
          "message": "`feed` may not do this: it needs the scope `read`",
          "extensions": {
            "code": "NOT_PERMITTED"
          }
        }
      ]
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reply_tells_its_request_id_and_the_limits() {
    let hub = TestHub::start().await;
    let reply =
        hub.send(DISPATCH, "{ me { principal organization { code } scopes } }", json!({})).await;
    let id = reply.headers()["x-request-id"].to_str().unwrap().to_owned();
    let body: serde_json::Value = serde_json::from_str(&reply.text().await.unwrap()).unwrap();
    assert_eq!(body["extensions"]["requestId"], id);
    assert_eq!(hub.entry(&body["extensions"]["sequence"]), 1);
    insta::assert_json_snapshot!(body, {
        ".extensions.requestId" => "[id]",
        ".extensions.sequence" => "[sequence]",
    }, @r#"
    {
      "data": {
        "me": {
          "principal": "hfd-dispatch",
          "organization": {
            "code": "HFD"
          },
          "scopes": [
            "READ",
            "WRITE"
          ]
        }
      },
      "extensions": {
        "requestId": "[id]",
        "sequence": "[sequence]",
        "limits": {
          "complexity": 5,
          "complexityMax": 100000,
          "depth": 3,
          "depthMax": 15
        }
      }
    }
    "#);
}
