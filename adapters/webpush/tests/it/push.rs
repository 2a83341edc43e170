//! The channel against a browser's decryption by another maker's library, and answers of push
//! services.

use std::io::Write;
use std::net::Ipv4Addr;
use std::path::Path;
use std::process::Stdio;
use std::sync::Once;
use std::time::Duration;

use muster_contract::channel::{Address, Channel, Choice, Content, FailureKind, Outgoing};
use muster_webhook::post::Settings;
use muster_webpush::WebPush;
use muster_webpush::vapid::{Vapid, new_key};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::Command;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/push-peer");

fn client(vapid: Vapid) -> WebPush {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        rustls::crypto::aws_lc_rs::default_provider().install_default().unwrap();
    });
    let settings = Settings { private: true, answer_seconds: Some(5), ..Settings::default() };
    WebPush::new(&settings, vapid, || "2026-03-01T06:00:00Z".parse().unwrap()).unwrap()
}

fn vapid() -> Vapid {
    Vapid::new(&new_key(), "mailto:it@example.org").unwrap()
}

fn message(subscription: &Value) -> Outgoing {
    Outgoing {
        key: "k-1".to_owned(),
        to: Address::new(subscription.to_string()),
        content: Content {
            subject: "Callout".to_owned(),
            text: "Report to Station 4: \"École\".".to_owned(),
            link: Some("https://hub.example.org/a/x".to_owned()),
            choices: vec![Choice { key: "1".to_owned(), label: "I am coming".to_owned() }],
            language: "en".to_owned(),
            exercise: true,
        },
        expires: Some("2026-03-01T07:00:00Z".parse().unwrap()),
        urgent: true,
        repeated: false,
    }
}

#[tokio::test]
async fn a_browser_decrypts_what_was_pushed_and_knows_who_pushed() {
    if !Path::new(FOLDER).join("node_modules/http_ece").exists() {
        let _ = writeln!(
            std::io::stderr(),
            "skipped: the npm packages of tests/push-peer are not installed"
        );
        return;
    }
    let mut peer = Command::new("node")
        .arg("peer.mjs")
        .current_dir(FOLDER)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(peer.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().unwrap();
    let subscription = serde_json::from_str::<Value>(&line).unwrap()["subscription"].clone();
    let vapid = vapid();
    let public = vapid.public_key().to_owned();
    let client = client(vapid);

    let submitted = client.submit(&message(&subscription)).await.unwrap();
    assert_eq!(submitted.reference.as_deref(), Some("https://push.example.net/m/1"));
    assert!(!submitted.delivered);
    let line = lines.next_line().await.unwrap().unwrap();
    let mut heard: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(heard["claims"]["k"], public);
    let origin = subscription["endpoint"].as_str().unwrap().strip_suffix("/push").unwrap();
    assert_eq!(heard["claims"]["aud"], origin);
    heard["claims"]["k"] = "ours".into();
    heard["claims"]["aud"] = "its own".into();
    insta::with_settings!({ sort_maps => true }, {
        insta::assert_json_snapshot!(heard, @r#"
    {
      "claims": {
        "aud": "its own",
        "exp": 1772388000,
        "header": {
          "alg": "ES256",
          "typ": "JWT"
        },
        "k": "ours",
        "sub": "mailto:it@example.org"
      },
      "encoding": "aes128gcm",
      "message": {
        "body": "Report to Station 4: \"École\".",
        "choices": [
          {
            "key": "1",
            "label": "I am coming"
          }
        ],
        "cut": false,
        "exercise": true,
        "key": "k-1",
        "language": "en",
        "link": "https://hub.example.org/a/x",
        "repeated": false,
        "title": "Callout",
        "urgent": true
      },
      "size": 334,
      "topic": "fDXFoXhdIHBORNXeS-uBwfzpG2_kjtfD",
      "ttl": "3600",
      "urgency": "high"
    }
    "#);
    });

    let mut long = message(&subscription);
    long.content.text = "Überall Wasser. ".repeat(1_000);
    client.submit(&long).await.unwrap();
    let line = lines.next_line().await.unwrap().unwrap();
    let heard: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(heard["message"]["cut"], true);
    assert!(heard["size"].as_u64().unwrap() > 4_000, "{}", heard["size"]);
    assert!(heard["message"]["body"].as_str().unwrap().ends_with("Wasser.…"));
}

#[tokio::test]
async fn each_answer_of_a_push_service_means_one_thing() {
    let cases = [
        ("201 Created", None, "", None),
        ("202 Accepted", None, "", None),
        ("404 Not Found", Some(FailureKind::Permanent), "gone", None),
        ("410 Gone\r\nretry-after: 5", Some(FailureKind::Permanent), "gone", None),
        ("413 Too Large", Some(FailureKind::Permanent), "413", None),
        ("400 Bad Request", Some(FailureKind::Permanent), "400", None),
        ("307 Elsewhere\r\nlocation: /", Some(FailureKind::Permanent), "307", None),
        ("403 Forbidden", Some(FailureKind::Technical), "403", None),
        ("429 Slowly\r\nretry-after: 9", Some(FailureKind::Temporary), "429", Some(9)),
        ("503 Down", Some(FailureKind::Temporary), "503", None),
        ("garbage", Some(FailureKind::InDoubt), "connection", None),
    ];
    let client = client(vapid());
    for (status, kind, code, wait) in cases {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let service = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 8_192]).await;
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
            let _ = stream.read(&mut [0; 8_192]).await;
        });
        let subscription = json!({
            "endpoint": format!("http://127.0.0.1:{port}/push"),
            "keys": {
                "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                "auth": "BTBZMqHH6r4Tts7J_aSIgg",
            },
        });
        let failure = client.submit(&message(&subscription)).await.err();
        service.abort();
        assert_eq!(failure.as_ref().map(|failure| failure.kind), kind, "{status}");
        let (met, after) = failure.map_or(Default::default(), |f| (f.code, f.retry_after));
        assert_eq!((met.as_str(), after), (code, wait.map(Duration::from_secs)), "{status}");
    }
}

#[tokio::test]
async fn what_is_no_subscription_is_forgotten() {
    let failure = client(vapid()).submit(&message(&json!({"endpoint": "x"}))).await.unwrap_err();
    assert_eq!((failure.kind, failure.code.as_str()), (FailureKind::Permanent, "gone"));
}
