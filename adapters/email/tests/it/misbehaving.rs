//! Relays that misbehave at each point of the dialogue: nothing may hang, and nothing may be said
//! to have arrived, or not, that is not known.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use muster_contract::channel::{Channel, Failure, FailureKind, Submitted};
use serde_json::json;
use tokio::time::{Instant, sleep, timeout};

use crate::support::{Line, client, free_port, message, relay};

const TO: &str = "ada@example.org";

async fn submit_to(port: u16) -> Result<Submitted, Failure> {
    let client = client(port, &json!({ "answer_seconds": 1, "taken_seconds": 1 }));
    let message = message("k-1", TO);
    timeout(Duration::from_secs(20), client.submit(&message)).await.expect("it hangs")
}

async fn kind_of(port: u16) -> (FailureKind, String) {
    let failure = submit_to(port).await.unwrap_err();
    assert!(!failure.to_string().contains("ada"), "{failure}");
    (failure.kind, failure.code)
}

#[tokio::test]
async fn a_relay_that_is_not_there_is_a_technical_failure() {
    assert_eq!(kind_of(free_port()).await, (FailureKind::Technical, "connect".to_owned()));
}

#[tokio::test]
async fn whatever_goes_wrong_before_the_end_of_the_message_is_technical() {
    let scripts: [(&str, &[&str]); 12] = [
        ("hangs up at once", &[]),
        ("speaks another protocol", &["HTTP/1.1 400 Bad Request\r\n\r\n"]),
        ("greets halfway", &["220 rel"]),
        ("hangs up after EHLO", &["220 relay\r\n"]),
        ("answers EHLO with nothing in it", &["220 relay\r\n", "250-\r\n250 \r\n"]),
        ("answers EHLO with blank lines", &["220 relay\r\n", "250-relay\r\n250-   \r\n250 \t\r\n"]),
        ("mixes codes", &["220 relay\r\n", "250-relay\r\n220 other\r\n"]),
        ("hangs up after MAIL", &["220 relay\r\n", "250 relay\r\n"]),
        ("hangs up after RCPT", &["220 relay\r\n", "250 relay\r\n", "250 ok\r\n"]),
        ("answers RCPT with 354", &["220 relay\r\n", "250 relay\r\n", "250 ok\r\n", "354 go\r\n"]),
        (
            "answers DATA with 250",
            &["220 relay\r\n", "250 relay\r\n", "250 ok\r\n", "250 ok\r\n", "250 ok\r\n"],
        ),
        ("answers a number that is none", &["220 relay\r\n", "250 relay\r\n", "999 ok\r\n"]),
    ];
    for (what, script) in scripts {
        let port = relay(move |mut line: Line, _| async move {
            for (index, said) in script.iter().enumerate() {
                if index > 0 {
                    line.hear().await;
                }
                line.say(said).await;
            }
        })
        .await;
        let (kind, code) = kind_of(port).await;
        assert_eq!(kind, FailureKind::Technical, "{what}: {code}");
    }
}

#[tokio::test]
async fn a_line_that_goes_dead_during_the_message_is_technical_and_after_its_end_in_doubt() {
    let during = relay(|mut line: Line, _| async move {
        line.until_data().await;
        line.hear().await;
        // Closed with unread bytes, so that the client's writes fail.
    })
    .await;
    let after = relay(|mut line: Line, _| async move {
        line.until_data().await;
        line.hear_message().await;
    })
    .await;
    // What is sent into a line that just died may look sent: doubt is true then, too.
    let kind = kind_of(during).await.0;
    assert!(matches!(kind, FailureKind::Technical | FailureKind::InDoubt), "{kind:?}");
    assert_eq!(kind_of(after).await.0, FailureKind::InDoubt);
}

#[tokio::test]
async fn what_follows_a_whole_message_is_taken_only_for_what_it_says() {
    let answers: [(&[u8], Option<FailureKind>); 11] = [
        (b"250 taken\r\n", None),
        (b"250\r\n", None),
        (b"250-taken\r\n250 as ABC\r\n", None),
        ("250 übernommen\r\n".as_bytes(), None),
        (b"250 \xfcbernommen\n", None),
        (b"25", Some(FailureKind::InDoubt)),
        (b"garbage\r\n", Some(FailureKind::InDoubt)),
        (b"\0\0\0\r\n", Some(FailureKind::InDoubt)),
        (b"354 go on\r\n", Some(FailureKind::InDoubt)),
        (b"451 4.7.1 later\r\n", Some(FailureKind::Temporary)),
        (b"421 4.3.2 closing\r\n", Some(FailureKind::Technical)),
    ];
    for (answer, kind) in answers {
        let port = relay(move |mut line: Line, _| async move {
            line.until_data().await;
            line.hear_message().await;
            line.say(answer).await;
        })
        .await;
        let met = submit_to(port).await.err().map(|failure| failure.kind);
        assert_eq!(met, kind, "{:?}", String::from_utf8_lossy(answer));
    }
}

#[tokio::test]
async fn silence_and_slow_drips_end_in_time() {
    let silent = relay(|mut line: Line, _| async move { line.hear_end().await }).await;
    let dripping = relay(|mut line: Line, _| async move {
        for byte in b"220 relay says hello very slowly".iter().cycle() {
            line.say([*byte]).await;
            sleep(Duration::from_millis(100)).await;
        }
    })
    .await;
    let silent_at_the_end = relay(|mut line: Line, _| async move {
        line.until_data().await;
        line.hear_message().await;
        line.hear_end().await;
    })
    .await;
    let start = Instant::now();
    let (silent, dripping, at_the_end) =
        tokio::join!(kind_of(silent), kind_of(dripping), kind_of(silent_at_the_end));
    assert_eq!(silent, (FailureKind::Technical, "timeout".to_owned()));
    assert_eq!(dripping, (FailureKind::Technical, "timeout".to_owned()));
    assert_eq!(at_the_end, (FailureKind::InDoubt, "timeout".to_owned()));
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn endless_answers_are_cut_off_long_before_they_fill_memory() {
    for endless in ["250-a line and another\r\n", "endless line "] {
        let sent = Arc::new(AtomicUsize::new(0));
        let port = relay({
            let sent = Arc::clone(&sent);
            move |mut line: Line, _| {
                let sent = Arc::clone(&sent);
                async move {
                    line.say("220 relay\r\n").await;
                    line.hear().await;
                    let chunk = endless.repeat(1_000);
                    while line.0.get_mut().writable().await.is_ok() {
                        match line.0.get_mut().try_write(chunk.as_bytes()) {
                            Ok(count) => drop(sent.fetch_add(count, Ordering::Relaxed)),
                            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                            Err(_) => return,
                        }
                    }
                }
            }
        })
        .await;
        assert_eq!(kind_of(port).await.0, FailureKind::Technical);
        // What the kernel holds for both ends is some megabytes.
        assert!(sent.load(Ordering::Relaxed) < 16 << 20);
    }
}

/// Without the guard the spare `250` would be the answer to the next message, before it was sent.
#[tokio::test]
async fn an_answer_too_many_is_not_taken_for_that_to_the_next_message() {
    let port = relay(|mut line: Line, number| async move {
        line.until_data().await;
        line.hear_message().await;
        line.say("250 taken\r\n250 taken\r\n").await;
        if number == 0 {
            line.until_data_again().await;
            line.hear_message().await;
            // This message is lost: the relay dies before it answers.
            return;
        }
        line.hear_end().await;
    })
    .await;
    let client = client(port, &json!({}));
    let (first, second) = (message("k-1", TO), message("k-2", TO));
    client.submit(&first).await.unwrap();
    // Said on a new connection, to a relay that takes it.
    client.submit(&second).await.unwrap();
}

/// An answer to the message that comes before its end is no word of what became of it.
#[tokio::test]
async fn an_answer_before_the_end_of_the_message_is_not_believed() {
    let port = relay(|mut line: Line, _| async move {
        line.say("220 relay\r\n").await;
        for _ in 0..3 {
            line.answer("250 ok\r\n").await;
        }
        line.answer("354 go\r\n250 taken\r\n").await;
        line.hear_end().await;
    })
    .await;
    assert_eq!(kind_of(port).await.0, FailureKind::Technical);
}

#[tokio::test]
async fn a_connection_that_died_while_it_rested_costs_no_message() {
    let port = relay(|mut line: Line, number| async move {
        line.until_data().await;
        line.hear_message().await;
        line.say("250 taken\r\n").await;
        if number == 0 {
            // As relays do that count messages or minutes.
            line.say("421 4.4.2 idle too long\r\n").await;
            return;
        }
        line.hear_end().await;
    })
    .await;
    let client = client(port, &json!({}));
    for key in ["k-1", "k-2"] {
        client.submit(&message(key, TO)).await.unwrap();
    }
}

#[tokio::test]
async fn a_relay_without_starttls_is_not_spoken_to_in_the_open() {
    let refusing = relay(|mut line: Line, _| async move {
        line.say("220 relay\r\n").await;
        line.answer("250 relay\r\n").await;
        let heard = line.answer("502 5.5.1 not here\r\n").await;
        assert_eq!(heard, "STARTTLS\r\n");
        assert_eq!(line.hear().await, "");
    })
    .await;
    // What an attacker adds in the open must not be read as if it came under TLS.
    let injecting = relay(|mut line: Line, _| async move {
        line.say("220 relay\r\n").await;
        line.answer("250 relay\r\n").await;
        line.answer("220 go\r\n250 injected\r\n").await;
        line.hear_end().await;
    })
    .await;
    let no_tls = relay(|mut line: Line, _| async move {
        line.say("220 relay\r\n").await;
        line.answer("250 relay\r\n").await;
        line.answer("220 go\r\n").await;
        line.say("this is not TLS at all, and never will be\r\n").await;
        line.hear_end().await;
    })
    .await;
    for port in [refusing, injecting, no_tls] {
        let client = client(port, &json!({ "tls": "starttls" }));
        let failure = client.submit(&message("k-1", TO)).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Technical, "{failure}");
    }
}

#[tokio::test]
async fn an_address_outside_ascii_needs_a_relay_that_carries_it() {
    let port = relay(|mut line: Line, _| async move {
        line.until_data().await;
        line.hear_message().await;
        line.say("250 taken\r\n").await;
        line.hear_end().await;
    })
    .await;
    let client = client(port, &json!({}));
    let failure = client.submit(&message("k-1", "adá@example.org")).await.unwrap_err();
    assert_eq!((failure.kind, failure.code.as_str()), (FailureKind::Permanent, "smtputf8"));
    let failure = client.submit(&message("k-1", "x\r\nDATA@example.org")).await.unwrap_err();
    assert_eq!((failure.kind, failure.code.as_str()), (FailureKind::Permanent, "address"));
}

#[tokio::test]
async fn an_address_outside_ascii_goes_out_where_it_is_carried() {
    let (heard, mut hear) = tokio::sync::mpsc::channel(1);
    let port = relay(move |mut line: Line, _| {
        let heard = heard.clone();
        async move {
            line.say("220 relay\r\n").await;
            line.answer("250-relay\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n").await;
            let mut said = line.answer("250 ok\r\n").await + &line.answer("250 ok\r\n").await;
            line.answer("354 go on\r\n").await;
            let message = line.hear_message().await;
            said += message.lines().find(|line| line.starts_with("To:")).unwrap();
            line.say("250 taken\r\n").await;
            heard.send(said).await.unwrap();
        }
    })
    .await;
    client(port, &json!({})).submit(&message("k-1", "adá@bücher.example")).await.unwrap();
    insta::assert_snapshot!(hear.recv().await.unwrap().replace('\r', ""), @r"
    MAIL FROM:<alerts@example.org> BODY=8BITMIME SMTPUTF8
    RCPT TO:<adá@xn--bcher-kva.example>
    To: adá@xn--bcher-kva.example
    ");
}
