//! Receivers that misbehave, and URLs that lead where nobody may go.

use std::net::Ipv4Addr;
use std::time::Duration;

use muster_contract::channel::{Channel, Failure, FailureKind, Submitted};
use muster_webhook::Settings;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

use crate::support::{Connection, client, inside, message, receiver};

async fn submit(settings: &Settings, url: &str) -> Result<Submitted, Failure> {
    let client = client(settings);
    let message = message(url);
    let result = timeout(Duration::from_secs(20), client.submit(&message)).await.expect("it hangs");
    if let Err(failure) = &result {
        assert!(!format!("{failure:?}").contains("127.0.0.1"), "{failure:?}");
    }
    result
}

#[tokio::test]
async fn each_status_means_one_thing() {
    let long = format!("200 OK\r\nx-long: {}", "a".repeat(2_000_000));
    let cases: [(&str, Option<FailureKind>, Option<u64>); 16] = [
        ("200 OK", None, None),
        ("202 Accepted", None, None),
        ("204 No Content", None, None),
        ("302 Found\r\nlocation: http://127.0.0.1/admin", Some(FailureKind::Permanent), None),
        ("400 Bad Request", Some(FailureKind::Permanent), None),
        ("404 Not Found\r\nretry-after: 5", Some(FailureKind::Permanent), None),
        ("410 Gone", Some(FailureKind::Permanent), None),
        ("408 Request Timeout", Some(FailureKind::Temporary), None),
        ("429 Too Many\r\nretry-after: 7", Some(FailureKind::Temporary), Some(7)),
        (
            "429 Too Many\r\nretry-after: Fri, 31 Dec 1999 23:59:59 GMT",
            Some(FailureKind::Temporary),
            None,
        ),
        ("429 Too Many\r\nretry-after: -1", Some(FailureKind::Temporary), None),
        ("503 Down\r\nretry-after: 99999999", Some(FailureKind::Temporary), Some(86_400)),
        ("500 Oops", Some(FailureKind::Temporary), None),
        ("999 What", Some(FailureKind::Temporary), None),
        ("2000 OK", Some(FailureKind::InDoubt), None),
        (&long, Some(FailureKind::InDoubt), None),
    ];
    for (status, kind, wait) in cases {
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
        let url = receiver(move |mut connection: Connection| {
            let answer = answer.clone();
            async move {
                connection.hear().await;
                connection.say(&answer).await;
                connection.hear_end().await;
            }
        })
        .await;
        let result = submit(&inside(), &url).await;
        let status = &status[..status.len().min(60)];
        let failure = result.err();
        assert_eq!(failure.as_ref().map(|failure| failure.kind), kind, "{status}");
        assert_eq!(
            failure.and_then(|failure| failure.retry_after),
            wait.map(Duration::from_secs),
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_status_counts_whatever_becomes_of_the_body() {
    let bodies: [(&str, &[u8]); 3] = [
        ("content-length: 100", b"half"),
        ("transfer-encoding: chunked", b"zz\r\ngarbage"),
        ("content-length: 9223372036854775807", b"endless"),
    ];
    for (header, body) in bodies {
        let url = receiver(move |mut connection: Connection| async move {
            connection.hear().await;
            connection.say(format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n")).await;
            loop {
                connection.say(body).await;
                sleep(Duration::from_millis(1)).await;
            }
        })
        .await;
        assert!(submit(&inside(), &url).await.unwrap().delivered, "{header}");
    }
}

#[tokio::test]
async fn a_request_without_an_answer_is_in_doubt_and_one_that_never_left_is_not() {
    let answers: [&[u8]; 5] = [
        b"",
        b"HTTP/1.1 20",
        b"garbage\r\n\r\n",
        b"\xff\xfe\0\0",
        b"220 smtp.example.org ESMTP\r\n",
    ];
    for answer in answers {
        let url = receiver(move |mut connection: Connection| async move {
            connection.hear().await;
            connection.say(answer).await;
        })
        .await;
        let failure = submit(&inside(), &url).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::InDoubt, "{:?}", String::from_utf8_lossy(answer));
    }
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap().local_addr().unwrap();
    for url in [format!("http://{free}/"), "http://no-such-name.invalid/".to_owned()] {
        let failure = submit(&inside(), &url).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Temporary, "{failure}");
    }
}

#[tokio::test]
async fn a_receiver_that_speaks_no_tls_is_not_reached() {
    let url = receiver(|mut connection: Connection| async move {
        connection.say("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
        connection.hear_end().await;
    })
    .await;
    let failure = submit(&inside(), &url.replace("http", "https")).await.unwrap_err();
    assert_eq!((failure.kind, failure.code.as_str()), (FailureKind::Temporary, "connect"));
}

#[tokio::test]
async fn silence_and_slow_drips_are_in_doubt_after_a_while() {
    let silent = receiver(|mut connection: Connection| async move {
        connection.hear_end().await;
    })
    .await;
    let dripping = receiver(|mut connection: Connection| async move {
        connection.hear().await;
        for byte in b"HTTP/1.1 200 OK\r\nx-slow: aaaaaaaa".iter().chain(std::iter::repeat(&b'a')) {
            connection.say([*byte]).await;
            sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
    let settings = inside();
    let (silent, dripping) = tokio::join!(submit(&settings, &silent), submit(&settings, &dripping));
    for failure in [silent.unwrap_err(), dripping.unwrap_err()] {
        assert_eq!((failure.kind, failure.code.as_str()), (FailureKind::InDoubt, "timeout"));
    }
}

#[tokio::test]
async fn no_url_leads_into_our_own_network_unless_that_is_allowed() {
    for url in [
        "http://example.org/hook",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0/",
        "https://10.1.2.3:8443/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:192.168.0.1]/",
        "https://[fd00::1]/",
        "https://localhost/",
        "https://user:password@localhost/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "not a url",
        "",
    ] {
        let failure = submit(&Settings::default(), url).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Permanent, "{url}: {failure}");
    }
}
