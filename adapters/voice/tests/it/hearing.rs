//! What the provider tells about a call.

use aws_lc_rs::hmac;
use base64::Engine;
use muster_contract::channel::Incoming;
use muster_voice::{Callbacks, HeaderMap, Refusal, Settings};
use proptest::prelude::*;

use crate::support::settings;

const STATUS: &str = "https://hub.example/voice?kind=status&key=n-17-2";
const ANSWER: &str = "https://hub.example/voice?kind=answer&key=n-17-2";

/// The headers of a request that the provider signs, by its published rules.
fn signed(url: &str, body: &str) -> HeaderMap {
    let mut fields: Vec<_> = form_urlencoded::parse(body.as_bytes()).collect();
    fields.sort();
    let text: String = fields.iter().map(|(name, value)| format!("{name}{value}")).collect();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, b"12345");
    let tag = hmac::sign(&key, format!("{url}{text}").as_bytes());
    let signature = base64::engine::general_purpose::STANDARD.encode(tag);
    let mut headers = HeaderMap::new();
    headers.insert("x-twilio-signature", signature.parse().unwrap());
    headers
}

fn read(settings: &Settings, url: &str, body: &str) -> Result<Vec<Incoming>, Refusal> {
    Callbacks::new(settings).read("POST", url, &signed(url, body), body.as_bytes())
}

fn heard(settings: &Settings, url: &str, more: &str) -> String {
    let body = format!("AccountSid=AC1&CallSid=CA42&To=%2B12025550143&From=%2B12025550100{more}");
    match read(settings, url, &body) {
        Ok(all) if all.is_empty() => "nothing".to_owned(),
        Ok(all) => match &all[0] {
            Incoming::Receipt(receipt) => {
                format!("{} is {:?} {:?}", receipt.reference, receipt.state, receipt.code)
            }
            Incoming::Reply(reply) => format!(
                "{} pressed {:?} to {:?} ({:?})",
                reply.from.reveal(),
                reply.text,
                reply.answers,
                reply.reference
            ),
        },
        Err(refusal) => refusal.to_string(),
    }
}

#[test]
fn each_state_of_a_call_is_told_as_what_it_is() {
    let detects = settings(1);
    let all = [
        "&CallStatus=initiated",
        "&CallStatus=ringing",
        "&CallStatus=in-progress",
        "&CallStatus=completed&AnsweredBy=human",
        "&CallStatus=completed&AnsweredBy=machine_start",
        "&CallStatus=completed&AnsweredBy=machine_end_beep",
        "&CallStatus=completed&AnsweredBy=fax",
        "&CallStatus=completed&AnsweredBy=unknown",
        "&CallStatus=completed",
        "&CallStatus=busy",
        "&CallStatus=no-answer",
        "&CallStatus=canceled",
        "&CallStatus=failed",
        "&CallStatus=failed&SipResponseCode=404",
        "&CallStatus=failed&SipResponseCode=503",
        "&CallStatus=failed&ErrorCode=13224&SipResponseCode=503",
        "&CallStatus=on-the-moon",
        "&CallStatus=completed&CallStatus=busy",
        "",
    ];
    let mut lines: Vec<_> = all.iter().map(|more| heard(&detects, STATUS, more)).collect();
    let blind = Settings { machine_detection: false, ..detects };
    lines.push(heard(&blind, STATUS, "&CallStatus=completed"));
    insta::assert_snapshot!(lines.join("\n"), @r#"
    n-17-2 is Accepted Some("initiated")
    n-17-2 is Accepted Some("ringing")
    n-17-2 is Accepted Some("in-progress")
    n-17-2 is Delivered Some("human")
    n-17-2 is Failed(Temporary) Some("machine")
    n-17-2 is Failed(Temporary) Some("machine")
    n-17-2 is Failed(Permanent) Some("fax")
    n-17-2 is Unknown Some("answered-by-unknown")
    n-17-2 is Unknown Some("answered-by-unknown")
    n-17-2 is Failed(Temporary) Some("busy")
    n-17-2 is Failed(Temporary) Some("no-answer")
    n-17-2 is Failed(Temporary) Some("canceled")
    n-17-2 is Failed(Temporary) Some("failed")
    n-17-2 is Failed(Permanent) Some("sip-404")
    n-17-2 is Failed(Temporary) Some("sip-503")
    n-17-2 is Failed(Permanent) Some("13224")
    nothing
    nothing
    nothing
    n-17-2 is Delivered Some("completed")
    "#);
}

#[test]
fn a_key_that_was_pressed_is_a_reply_of_who_was_called() {
    let settings = settings(1);
    let all = ["&Digits=1", "&Digits=%23", "&Digits=12", "&Digits=", "&Digits=x", ""];
    let lines: Vec<_> = all.iter().map(|more| heard(&settings, ANSWER, more)).collect();
    insta::assert_snapshot!(lines.join("\n"), @r##"
    +12025550143 pressed "1" to Some("n-17-2") (Some("CA42-1"))
    +12025550143 pressed "#" to Some("n-17-2") (Some("CA42-#"))
    nothing
    nothing
    nothing
    nothing
    "##);
}

#[test]
fn what_the_provider_has_not_signed_or_is_not_ours_is_refused() {
    let settings = settings(1);
    let callbacks = Callbacks::new(&settings);
    let body = "AccountSid=AC1&CallSid=CA42&CallStatus=busy";
    let good = signed(STATUS, body);
    let read = |method, url, headers: &HeaderMap, body: &[u8]| {
        callbacks.read(method, url, headers, body).map(|all| all.len())
    };
    assert_eq!(read("POST", STATUS, &good, body.as_bytes()), Ok(1));
    assert_eq!(read("GET", STATUS, &good, body.as_bytes()), Err(Refusal::Method));
    assert_eq!(read("POST", STATUS, &HeaderMap::new(), body.as_bytes()), Err(Refusal::Signature));
    let mut two = good.clone();
    two.append("x-twilio-signature", good["x-twilio-signature"].clone());
    assert_eq!(read("POST", STATUS, &two, body.as_bytes()), Err(Refusal::Signature));
    let other_key = STATUS.replace("n-17-2", "n-18-1");
    assert_eq!(read("POST", &other_key, &good, body.as_bytes()), Err(Refusal::Signature));
    let changed = body.replace("busy", "completed");
    assert_eq!(read("POST", STATUS, &good, changed.as_bytes()), Err(Refusal::Signature));
    let huge = "a=b&".repeat(20_000);
    assert_eq!(read("POST", STATUS, &good, huge.as_bytes()), Err(Refusal::Large));
    let many = "a=b&".repeat(201);
    assert_eq!(read("POST", STATUS, &good, many.as_bytes()), Err(Refusal::Fields));
    for (url, body, why) in [
        (STATUS, "AccountSid=AC2&CallSid=CA42&CallStatus=busy", Refusal::Account),
        (STATUS, "AccountSid=AC1&CallStatus=busy", Refusal::Call),
        ("https://hub.example/voice?kind=status", body, Refusal::Call),
        ("https://hub.example/voice?kind=other&key=n-1", body, Refusal::Call),
        ("https://hub.example/voice", body, Refusal::Call),
        ("https://hub.example/voice?kind=status&key=a&key=b", body, Refusal::Call),
    ] {
        assert_eq!(
            read("POST", url, &signed(url, body), body.as_bytes()),
            Err(why),
            "{url} {body}"
        );
    }
}

#[test]
fn a_server_in_between_may_add_the_usual_port() {
    let settings = settings(1);
    let body = "CallSid=CA42&CallStatus=busy";
    let with_port = STATUS.replace("hub.example", "hub.example:443");
    for (signed_as, seen_as) in [(STATUS, &*with_port), (&*with_port, STATUS)] {
        let headers = signed(signed_as, body);
        let read = Callbacks::new(&settings).read("POST", seen_as, &headers, body.as_bytes());
        assert_eq!(read.unwrap().len(), 1);
    }
}

proptest! {
    #[test]
    fn no_request_makes_the_reader_fall_over(
        url in any::<String>(),
        body in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let headers = signed(&url, &String::from_utf8_lossy(&body));
        let _ = Callbacks::new(&settings(1)).read("POST", &url, &headers, &body);
    }
}
