//! Relays that answer anything at any time: whatever they say, a message is said to have been taken
//! only by a yes that came after its end, and to be untaken only if its end was never heard.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use muster_contract::channel::{Channel, FailureKind};
use serde_json::json;
use tokio::time::timeout;

use crate::support::{Line, client, message, relay};

const SCRIPTS: u64 = 400;

const ANSWERS: [&[u8]; 24] = [
    b"250 ok\r\n",
    b"250 ok\r\n",
    b"250 ok\r\n",
    b"250 ok\r\n",
    b"250 ok\r\n",
    b"250 ok\r\n",
    b"354 go on\r\n",
    b"354 go on\r\n",
    b"354 go on\r\n",
    b"354 go on\r\n250 early\r\n",
    b"250-one\r\n250 two\r\n",
    b"250 ok\r\n250 ok\r\n",
    b"250 \xfc\n",
    b"250\r\n",
    b"421 bye\r\n",
    b"450 4.2.0 later\r\n",
    b"550 5.1.1 unknown\r\n",
    b"220 hello\r\n",
    b"garbage\r\n",
    b"25",
    b"",
    b"\r\n",
    b"250-one\r\n550 two\r\n",
    b"99999999999999999999 x\r\n",
];

/// What the relay knows of one script.
#[derive(Default)]
struct Truth {
    ended: AtomicBool,
    taken: AtomicBool,
}

/// The next of a row of numbers that look random and are the same each time.
fn next(state: &mut u64) -> &'static [u8] {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    ANSWERS[usize::try_from(*state >> 33).unwrap() % ANSWERS.len()]
}

async fn behave(mut line: Line, mut state: u64, truth: Arc<Truth>) {
    line.say("220 relay\r\n").await;
    loop {
        let heard = line.hear().await;
        // Often enough it goes as it should, so that the end is reached.
        let answer: &[u8] = match heard.as_str() {
            "" => return,
            "DATA\r\n" if !state.is_multiple_of(3) => b"354 go on\r\n",
            _ if !state.is_multiple_of(5) && heard != "DATA\r\n" => b"250 ok\r\n",
            _ => next(&mut state),
        };
        next(&mut state);
        line.say(answer).await;
        if answer.is_empty() {
            return;
        }
        if heard == "DATA\r\n" && answer.starts_with(b"354") {
            loop {
                match line.hear().await.as_str() {
                    "" => return,
                    ".\r\n" => break,
                    _ => {}
                }
            }
            let answer = next(&mut state);
            truth.ended.store(true, Ordering::SeqCst);
            truth
                .taken
                .fetch_or(answer.starts_with(b"2") && answer.ends_with(b"\n"), Ordering::SeqCst);
            line.say(answer).await;
        }
    }
}

#[tokio::test]
async fn whatever_a_relay_answers_nothing_untrue_is_said_of_a_message() {
    let mut tasks = tokio::task::JoinSet::new();
    for script in 0..SCRIPTS {
        tasks.spawn(async move {
            let truth = Arc::new(Truth::default());
            let port = relay({
                let truth = Arc::clone(&truth);
                move |line, number| {
                    let seed = (script << 8 | number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                    behave(line, seed, Arc::clone(&truth))
                }
            })
            .await;
            let client = client(port, &json!({ "answer_seconds": 1, "taken_seconds": 1 }));
            let message = message("k-1", "ada@example.org");
            let result = timeout(Duration::from_secs(30), client.submit(&message)).await;
            let kind = result.expect("it hangs").err().map(|failure| failure.kind);
            let (ended, taken) =
                (truth.ended.load(Ordering::SeqCst), truth.taken.load(Ordering::SeqCst));
            match kind {
                None => assert!(taken, "script {script}: taken without a yes"),
                Some(FailureKind::InDoubt) => assert!(ended, "script {script}: no doubt"),
                Some(_) => assert!(!taken, "script {script}: {kind:?}, and it said yes"),
            }
            (kind, ended)
        });
    }
    let met = tasks.join_all().await;
    let count = |kind: Option<FailureKind>| met.iter().filter(|(met, _)| *met == kind).count();
    // The scripts reach every end.
    assert!(count(None) > 20, "{}", count(None));
    assert!(count(Some(FailureKind::InDoubt)) > 20);
    assert!(count(Some(FailureKind::Temporary)) > 5);
    assert!(count(Some(FailureKind::Permanent)) > 5);
    assert!(count(Some(FailureKind::Technical)) > 20);
}
