//! Against a socket that the test drives: the centre that misbehaves.

use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use muster_contract::channel::{Channel, Failure, FailureKind, Submitted};
use muster_sms::smpp::{Smpp, SmppSettings};
use rusmpp::pdus::{BindTransceiverResp, SubmitSmResp};
use rusmpp::tokio_codec::CommandCodec;
use rusmpp::types::COctetString;
use rusmpp::{Command, CommandId, CommandStatus, Pdu};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::codec::Framed;

use crate::support::{Came, LONG, inbox, message};

/// The centre's end of a connection, read by the codec's own decoder.
type Wire = Framed<TcpStream, CommandCodec>;

struct Centre {
    listener: TcpListener,
    client: std::sync::Arc<Smpp>,
    came: Came,
}

impl Centre {
    async fn new(more: &str) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        // Little is lost between the two when the centre does not read.
        socket.set_recv_buffer_size(16 * 1024).unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(16).unwrap();
        let port = listener.local_addr().unwrap().port();
        let json = format!(
            r#"{{"host": "127.0.0.1", "port": {port}, "system_id": "muster", "source": "MUSTER",
                "answer_seconds": 1 {more}}}"#
        );
        let settings: SmppSettings = serde_json::from_str(&json).unwrap();
        let (inbox, came) = inbox();
        let client = std::sync::Arc::new(Smpp::start(settings, inbox).unwrap());
        Self { listener, client, came }
    }

    /// Accepts a connection and binds it.
    async fn bound(&self) -> Wire {
        let (stream, _) = timeout(LONG, self.listener.accept()).await.unwrap().unwrap();
        let mut wire = Framed::new(stream, CommandCodec::new());
        let bind = next(&mut wire).await;
        assert_eq!(bind.id(), CommandId::BindTransceiver);
        send(&mut wire, bind.sequence_number(), BindTransceiverResp::default()).await;
        // Until the client knows it too.
        let client = std::sync::Arc::clone(&self.client);
        let mut known = tokio::spawn(async move {
            while client.probe().await.is_err() {
                tokio::task::yield_now().await;
            }
        });
        loop {
            tokio::select! {
                _ = &mut known => return wire,
                enquiry = next(&mut wire) => {
                    send(&mut wire, enquiry.sequence_number(), Pdu::EnquireLinkResp).await;
                }
            }
        }
    }

    /// Submits in a task of its own.
    fn submit(&self, text: &str) -> JoinHandle<Result<Submitted, Failure>> {
        let (client, message) = (std::sync::Arc::clone(&self.client), message(text));
        tokio::spawn(async move { client.submit(&message).await })
    }
}

async fn next(wire: &mut Wire) -> Command {
    timeout(LONG, wire.next()).await.expect("a PDU comes").unwrap().unwrap()
}

async fn send(wire: &mut Wire, sequence: u32, pdu: impl Into<Pdu>) {
    wire.send(Command::new(CommandStatus::EsmeRok, sequence, pdu)).await.unwrap();
}

fn taken(id: &str) -> SubmitSmResp {
    let id = COctetString::from_vec([id.as_bytes(), b"\0"].concat()).unwrap();
    SubmitSmResp::builder().message_id(id).build()
}

async fn outcome(task: JoinHandle<Result<Submitted, Failure>>) -> (FailureKind, String) {
    let failure = timeout(LONG, task).await.expect("it comes to an end").unwrap().unwrap_err();
    (failure.kind, failure.code)
}

/// A PDU as octets, with whatever is put inside.
fn raw(id: u32, sequence: u32, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(16 + body.len()).unwrap();
    let header = [length, id, 0, sequence].map(u32::to_be_bytes);
    [header.concat().as_slice(), body].concat()
}

#[tokio::test]
async fn a_connection_lost_before_the_answer_leaves_the_message_in_doubt() {
    let centre = Centre::new("").await;
    let mut wire = centre.bound().await;
    let submission = centre.submit("hello");
    next(&mut wire).await;
    drop(wire);
    assert_eq!(outcome(submission).await, (FailureKind::InDoubt, "connection lost".to_owned()));
}

#[tokio::test]
async fn what_never_left_is_not_in_doubt() {
    let centre = Centre::new(r#", "window": 10000, "long": "payload""#).await;
    let mut wire = centre.bound().await;
    // Nobody reads, so the sockets fill up and the later ones stay here.
    let submissions: Vec<_> = (0..3_000).map(|_| centre.submit(&"a".repeat(1_500))).collect();
    let (mut doubtful, mut kept) = (0, 0);
    for submission in submissions {
        match outcome(submission).await.0 {
            FailureKind::InDoubt => doubtful += 1,
            FailureKind::Technical | FailureKind::Temporary => kept += 1,
            FailureKind::Permanent => panic!("nothing is wrong with the message"),
        }
    }
    let mut left = 0;
    while let Ok(Some(Ok(command))) = timeout(Duration::from_millis(300), wire.next()).await {
        left += usize::from(command.id() == CommandId::SubmitSm);
    }
    assert!(kept > 0);
    assert_eq!(left, doubtful, "each that was called in doubt can be found at the centre");
}

#[tokio::test]
async fn the_window_is_not_exceeded() {
    let centre = Centre::new(r#", "window": 2"#).await;
    let mut wire = centre.bound().await;
    let submissions: Vec<_> = (0..3).map(|_| centre.submit("hello")).collect();
    let (first, _second) = (next(&mut wire).await, next(&mut wire).await);
    let third = timeout(Duration::from_millis(200), wire.next()).await;
    assert!(third.is_err(), "a third came before an answer");
    send(&mut wire, first.sequence_number(), taken("a")).await;
    assert_eq!(next(&mut wire).await.id(), CommandId::SubmitSm);
    drop(submissions);
}

#[tokio::test]
async fn a_late_answer_is_told_under_the_key() {
    let mut centre = Centre::new("").await;
    let mut wire = centre.bound().await;
    let submission = centre.submit("hello");
    let request = next(&mut wire).await;
    assert_eq!(outcome(submission).await, (FailureKind::InDoubt, "timeout".to_owned()));
    send(&mut wire, request.sequence_number(), taken("a")).await;
    assert_eq!(centre.came.next().await, "receipt attempt-1 Accepted None");
}

#[tokio::test]
async fn answers_to_nothing_and_to_other_requests_answer_nothing() {
    let centre = Centre::new("").await;
    let mut wire = centre.bound().await;
    let submission = centre.submit("hello");
    let sequence = next(&mut wire).await.sequence_number();
    send(&mut wire, sequence + 1, taken("other")).await;
    send(&mut wire, sequence, Pdu::EnquireLinkResp).await;
    wire.get_mut().write_all(&raw(0x8000_0103, sequence, b"other\0")).await.unwrap();
    send(&mut wire, sequence, taken("mine")).await;
    send(&mut wire, sequence, taken("again")).await;
    let submitted = timeout(LONG, submission).await.unwrap().unwrap().unwrap();
    assert_eq!(submitted.reference.as_deref(), Some("mine"));
}

#[tokio::test]
async fn an_answer_without_a_name_is_a_message_without_a_reference() {
    let centre = Centre::new("").await;
    let mut wire = centre.bound().await;
    for body in [&b""[..], b"\0", b"\xFF\xFE"] {
        let submission = centre.submit("hello");
        let sequence = next(&mut wire).await.sequence_number();
        wire.get_mut().write_all(&raw(0x8000_0004, sequence, body)).await.unwrap();
        timeout(LONG, submission).await.unwrap().unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_pdu_that_lies_about_its_inside_does_not_take_the_next_with_it() {
    let mut centre = Centre::new("").await;
    let mut wire = centre.bound().await;
    let lies = raw(0x5, 1, b"\0\x01\x01no end of this text");
    let good = raw(0x5, 2, b"\0\x01\x0112025550143\0\0\0\0\0\0\0\0\0\0\0\0\0\x02ok");
    wire.get_mut().write_all(&[lies, good].concat()).await.unwrap();
    assert_eq!(centre.came.next().await, r#"reply +12025550143 "ok" None"#);
    assert_eq!(next(&mut wire).await.status(), CommandStatus::EsmeRinvcmdlen);
    assert_eq!(next(&mut wire).await.status(), CommandStatus::EsmeRok);
}

#[tokio::test]
async fn garbage_ends_the_connection_and_a_new_one_is_made() {
    let centre = Centre::new("").await;
    for garbage in [&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], &[0; 16], &[0xFF; 64]] {
        let mut wire = centre.bound().await;
        let submission = centre.submit("hello");
        next(&mut wire).await;
        wire.get_mut().write_all(garbage).await.unwrap();
        assert_eq!(outcome(submission).await, (FailureKind::InDoubt, "protocol".to_owned()));
    }
}

#[tokio::test]
async fn a_centre_that_is_silent_or_drips_before_the_bind_is_given_up() {
    let centre = Centre::new("").await;
    let started = Instant::now();
    let (mut stream, _) = centre.listener.accept().await.unwrap();
    let submission = centre.submit("hello");
    let drip = tokio::spawn(async move {
        for octet in [0_u8, 0, 0, 16].into_iter().cycle() {
            if stream.write_all(&[octet]).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let (kind, _) = outcome(submission).await;
    assert_eq!(kind, FailureKind::Technical);
    assert!(started.elapsed() < Duration::from_secs(8));
    timeout(LONG, drip).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_centre_that_gives_no_sign_of_life_is_left() {
    let centre = Centre::new(r#", "enquire_seconds": 1"#).await;
    let mut wire = centre.bound().await;
    assert_eq!(next(&mut wire).await.id(), CommandId::EnquireLink);
    let end = timeout(LONG, async { while wire.next().await.is_some() {} }).await;
    assert!(end.is_ok(), "the connection stayed open");
    centre.bound().await;
}

#[tokio::test]
async fn an_enquiry_and_an_unknown_request_are_answered() {
    let centre = Centre::new("").await;
    let mut wire = centre.bound().await;
    send(&mut wire, 77, Pdu::EnquireLink).await;
    wire.get_mut().write_all(&raw(0x1FF, 78, b"")).await.unwrap();
    let (alive, unknown) = (next(&mut wire).await, next(&mut wire).await);
    assert_eq!((alive.id(), alive.sequence_number()), (CommandId::EnquireLinkResp, 77));
    assert_eq!((unknown.id(), unknown.sequence_number()), (CommandId::GenericNack, 78));
}

#[tokio::test]
async fn the_end_of_a_connection_is_confirmed_when_the_centre_asks_for_it() {
    let centre = Centre::new("").await;
    let mut wire = centre.bound().await;
    send(&mut wire, 9, Pdu::Unbind).await;
    assert_eq!(next(&mut wire).await.id(), CommandId::UnbindResp);
    centre.bound().await;
}

#[tokio::test]
async fn when_the_second_part_is_refused_the_message_is_in_doubt_and_when_the_first_is_it_is_not() {
    let centre = Centre::new("").await;
    let mut wire = centre.bound().await;
    let throttled =
        |sequence| Command::new(CommandStatus::EsmeRthrottled, sequence, SubmitSmResp::default());
    let first = centre.submit(&"a".repeat(200));
    let sequence = next(&mut wire).await.sequence_number();
    wire.send(throttled(sequence)).await.unwrap();
    assert_eq!(outcome(first).await.0, FailureKind::Temporary);
    let second = centre.submit(&"a".repeat(200));
    let sequence = next(&mut wire).await.sequence_number();
    send(&mut wire, sequence, taken("a")).await;
    let sequence = next(&mut wire).await.sequence_number();
    wire.send(throttled(sequence)).await.unwrap();
    let failure = timeout(LONG, second).await.unwrap().unwrap().unwrap_err();
    insta::assert_snapshot!(failure, @"1 of 2 parts were taken, then: we sent faster than the centre allows (`ESME_RTHROTTLED`)");
    assert_eq!(failure.kind, FailureKind::InDoubt);
}

#[tokio::test]
async fn an_endless_stream_before_the_bind_answer_is_not_kept() {
    let centre = Centre::new("").await;
    let (mut stream, _) = centre.listener.accept().await.unwrap();
    let submission = centre.submit("hello");
    let chatter = raw(0x15, 1, b"").repeat(1_000);
    let flood = async { while stream.write_all(&chatter).await.is_ok() {} };
    timeout(LONG, flood).await.expect("the connection is closed");
    assert_eq!(outcome(submission).await, (FailureKind::Technical, "protocol".to_owned()));
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
}
