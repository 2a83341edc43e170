//! Relays that take several commands at once (RFC 2920), and those that only say so.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use muster_contract::channel::{Channel as _, FailureKind};
use serde_json::json;

use crate::support::{Line, client, message, relay};

const GREETING: &str = "220 relay\r\n";
const HELLO: &str = "250-relay\r\n250 PIPELINING\r\n";

/// Greets, hears the three commands, and answers them with these lines.
async fn begin(line: &mut Line, answers: &str) {
    line.say(GREETING).await;
    line.hear().await;
    line.say(HELLO).await;
    three(line, answers).await;
}

/// Hears the three commands before it answers any.
async fn three(line: &mut Line, answers: &str) {
    assert!(line.hear().await.starts_with("MAIL FROM:<alerts@example.org>"));
    assert!(line.hear().await.starts_with("RCPT TO:<"));
    assert_eq!(line.hear().await.trim_end(), "DATA");
    line.say(answers).await;
}

#[tokio::test]
async fn three_commands_go_out_before_the_first_answer_and_the_line_serves_on() {
    let port = relay(|mut line: Line, number| async move {
        assert_eq!(number, 0, "one line is enough");
        begin(&mut line, "250 ok\r\n250 ok\r\n354 go\r\n").await;
        line.hear_message().await;
        line.say("250 taken\r\n").await;
        // One that is refused, in three lines; then one more that is taken.
        three(&mut line, "250 ok\r\n550 5.1.1 nobody\r\n503 5.5.1 nobody to send to\r\n").await;
        assert_eq!(line.hear().await.trim_end(), "RSET");
        line.say("250 ok\r\n").await;
        three(&mut line, "250 ok\r\n250 ok\r\n354 go\r\n").await;
        line.hear_message().await;
        line.say("250 taken\r\n").await;
        line.hear_end().await;
    })
    .await;
    let client = client(port, &json!({}));
    client.submit(&message("k-1", "ada@example.org")).await.unwrap();
    let refused = client.submit(&message("k-2", "bob@example.org")).await.unwrap_err();
    assert_eq!((refused.kind, refused.code.as_str()), (FailureKind::Permanent, "550 5.1.1"));
    client.submit(&message("k-3", "cy@example.org")).await.unwrap();
}

#[tokio::test]
async fn a_relay_that_waits_for_a_message_to_nobody_gets_none_and_the_line_is_given_up() {
    let lines = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&lines);
    let port = relay(move |mut line: Line, _| {
        let lines = Arc::clone(&counted);
        async move {
            lines.fetch_add(1, Ordering::SeqCst);
            begin(&mut line, "250 ok\r\n450 4.7.1 later\r\n354 go\r\n").await;
            assert_eq!(line.hear().await, "", "nothing more is said");
        }
    })
    .await;
    let client = client(port, &json!({}));
    for key in ["k-1", "k-2"] {
        let refused = client.submit(&message(key, "ada@example.org")).await.unwrap_err();
        assert_eq!(refused.kind, FailureKind::Temporary, "{refused}");
    }
    assert_eq!(lines.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_relay_that_breaks_off_among_the_answers_has_taken_nothing() {
    let answers = [
        ("", FailureKind::Technical),
        ("250 ok\r\n", FailureKind::Technical),
        ("250 ok\r\n250 ok\r\n", FailureKind::Technical),
        ("250 ok\r\n250 ok\r\n250 ok\r\n", FailureKind::Technical),
        ("421 4.3.2 closing\r\n", FailureKind::Technical),
        ("451 4.7.1 later\r\n", FailureKind::Temporary),
        ("250 ok\r\n550 5.1.1 nobody\r\n", FailureKind::Permanent),
    ];
    for (said, kind) in answers {
        let port =
            relay(move |mut line: Line, _| async move { begin(&mut line, said).await }).await;
        let client = client(port, &json!({ "answer_seconds": 1 }));
        let failure = client.submit(&message("k-1", "ada@example.org")).await.unwrap_err();
        assert_eq!(failure.kind, kind, "{said:?}: {failure}");
    }
}
