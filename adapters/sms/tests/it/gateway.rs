//! Against a socket that the test drives: the HTTP gateway that misbehaves.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use muster_contract::channel::{Channel, FailureKind};
use muster_sms::http::{Gateway, GatewaySettings, Mapping, TWILIO};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::support::{message, use_cryptography};

fn gateway(base: &str) -> Gateway {
    use_cryptography();
    let json = format!(
        r#"{{"from": "+12025550100", "callback": "https://hub.example/callback",
            "values": {{"base": "{base}", "account": "AC1"}}, "secrets": {{"token": "secret"}},
            "answer_seconds": 1, "connect_seconds": 1}}"#
    );
    let settings: GatewaySettings = serde_json::from_str(&json).unwrap();
    let now = || "2026-03-01T06:00:00Z".parse::<Timestamp>().unwrap();
    Gateway::new(Mapping::parse(TWILIO).unwrap(), settings, now).unwrap()
}

/// Reads one request with its body.
async fn request(stream: &mut TcpStream) -> String {
    let mut received = Vec::new();
    loop {
        assert!(stream.read_buf(&mut received).await.unwrap() > 0, "the request ends early");
        let text = String::from_utf8(received.clone()).unwrap();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            return text;
        }
    }
}

/// A gateway that takes one request, says something and closes. Gives the request.
async fn saying(answer: Vec<u8>) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = request(&mut stream).await;
        let _ = stream.write_all(&answer).await;
        request
    });
    (base, task)
}

/// What is told when a gateway answers with these octets.
async fn told(answer: impl Into<Vec<u8>>) -> String {
    let (base, task) = saying(answer.into()).await;
    let told = match gateway(&base).submit(&message("hello")).await {
        Ok(submitted) => format!("taken {:?}", submitted.reference),
        Err(failure) => format!("{:?}: {failure}", failure.kind),
    };
    task.await.unwrap();
    told
}

#[tokio::test]
async fn a_request_says_what_the_mapping_says() {
    let body = r#"{"sid": "SM1"}"#;
    let answer = format!("HTTP/1.1 201 Created\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let (base, task) = saying(answer.into()).await;
    let mut message = message("Сбор & отъезд");
    message.expires = Some("2026-03-01T07:00:00Z".parse().unwrap());
    let submitted = gateway(&base).submit(&message).await.unwrap();
    assert_eq!(submitted.reference.as_deref(), Some("SM1"));
    let request = task.await.unwrap();
    let shown: Vec<&str> = request.lines().filter(|line| !line.starts_with("host")).collect();
    insta::assert_snapshot!(shown.join("\n"), @"
    POST /2010-04-01/Accounts/AC1/Messages.json HTTP/1.1
    authorization: Basic QUMxOnNlY3JldA==
    content-type: application/x-www-form-urlencoded
    accept: */*
    content-length: 180

    To=%2B12025550143&From=%2B12025550100&Body=%D0%A1%D0%B1%D0%BE%D1%80+%26+%D0%BE%D1%82%D1%8A%D0%B5%D0%B7%D0%B4&StatusCallback=https%3A%2F%2Fhub.example%2Fcallback&ValidityPeriod=3600
    ");
}

#[tokio::test]
async fn whatever_a_gateway_answers_is_told_as_what_it_is() {
    let long = format!("HTTP/1.1 200 OK\r\n\r\n{{\"sid\": \"{}", "a".repeat(200_000));
    let refused = "HTTP/1.1 400 Bad Request\r\nContent-Length: 900\r\n\r\n{\"code\": 21211";
    let redirect =
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    let busy = "HTTP/1.1 429 Too Many\r\nRetry-After: 9\r\nContent-Length: 0\r\n\r\n";
    let told = [
        told("").await,
        told("\0\u{1}garbage\r\n\r\n").await,
        told("HTTP/1.1 2").await,
        told("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"sid\": \"SM").await,
        told("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\u{FFFD}").await,
        told(long).await,
        told(refused).await,
        told(redirect).await,
        told(busy).await,
        told("HTTP/1.1 204 No Content\r\n\r\n").await,
    ];
    insta::assert_snapshot!(told.join("\n"), @"
    InDoubt: the message was handed over and the gateway did not answer (`connection lost`)
    InDoubt: the message was handed over and the gateway did not answer (`connection lost`)
    InDoubt: the message was handed over and the gateway did not answer (`connection lost`)
    InDoubt: the gateway answered success in a form that its mapping does not know (status 200) (`200`)
    InDoubt: the gateway answered success in a form that its mapping does not know (status 200) (`200`)
    InDoubt: the gateway answered success in a form that its mapping does not know (status 200) (`200`)
    Technical: the gateway answered with status 400 (`400`)
    Technical: the gateway answered a redirect, which is not followed (status 302) (`302`)
    Temporary: the gateway answered with status 429 (`429`)
    InDoubt: the gateway answered success in a form that its mapping does not know (status 204) (`204`)
    ");
}

#[tokio::test]
async fn an_answer_that_drips_or_never_comes_is_given_up() {
    for drips in [false, true] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            request(&mut stream).await;
            stream.write_all(b"HTTP/1.1 200 OK\r\nX: ").await.unwrap();
            // The client hangs up in the end.
            while !drips || stream.write_all(b"x").await.is_ok() {
                let closed = stream.read_u8();
                let wait = tokio::time::timeout(Duration::from_millis(50), closed).await;
                if wait.is_ok() {
                    return;
                }
            }
        });
        let started = Instant::now();
        let failure = gateway(&base).submit(&message("hello")).await.unwrap_err();
        assert_eq!((failure.kind, failure.code.as_str()), (FailureKind::InDoubt, "timeout"));
        assert!(started.elapsed() < Duration::from_secs(8));
        task.await.unwrap();
    }
}

#[tokio::test]
async fn a_gateway_that_is_not_reached_or_not_securely_took_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let plain = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        stream
    });
    let insecure = gateway(&format!("https://{address}")).submit(&message("hello")).await;
    assert_eq!(insecure.unwrap_err().kind, FailureKind::Technical);
    drop(plain.await.unwrap());
    for base in [format!("http://{address}"), "no address".to_owned()] {
        let failure = gateway(&base).submit(&message("hello")).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Technical, "{base}");
        assert!(!failure.to_string().contains("2025550143"));
    }
}
