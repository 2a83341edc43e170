use std::sync::LazyLock;

use aws_lc_rs::hmac;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use muster_contract::channel::Incoming;
use proptest::prelude::*;

use super::{BODY_BYTES_MAX, CallbackRequest, Refusal, read};
use crate::http::mapping::{KANNEL, Mapping, TWILIO};
use crate::http::template::Values;

const TOKEN: &str = "12345";

static MAPPINGS: LazyLock<[Mapping; 2]> =
    LazyLock::new(|| [KANNEL, TWILIO].map(|source| Mapping::parse(source).unwrap()));

fn taken(mapping: &str, request: &CallbackRequest<'_>) -> Result<String, Refusal> {
    let mapping = &MAPPINGS[usize::from(mapping == TWILIO)];
    let secrets = Values::from([
        ("token".to_owned(), TOKEN.to_owned()),
        ("secret".to_owned(), "s&cret".to_owned()),
    ]);
    let incoming = read(mapping.callback.as_ref().unwrap(), &secrets, request)?;
    let shown = incoming.iter().map(|incoming| match incoming {
        Incoming::Receipt(r) => format!("receipt {} {:?} {:?}", r.reference, r.state, r.code),
        Incoming::Reply(r) => format!("reply {} {:?} {:?}", r.from.reveal(), r.text, r.reference),
    });
    Ok(shown.collect())
}

fn kannel(query: &str) -> Result<String, Refusal> {
    let url = format!("http://hub.example/callback?{query}");
    taken(KANNEL, &CallbackRequest { method: "GET", url: &url, headers: &[], body: b"" })
}

/// A form, signed as Twilio's documentation says, over what is given as signed.
fn twilio(form: &str, signed: &str) -> Result<String, Refusal> {
    let url = "https://hub.example/callback?foo=1&bar=2";
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, TOKEN.as_bytes());
    let signature = hmac::sign(&key, format!("{url}{signed}").as_bytes());
    let headers = [
        ("content-type".to_owned(), "application/x-www-form-urlencoded; charset=UTF-8".to_owned()),
        ("x-twilio-signature".to_owned(), BASE64_STANDARD.encode(signature)),
    ];
    let body = form.as_bytes();
    taken(TWILIO, &CallbackRequest { method: "POST", url, headers: &headers, body })
}

#[test]
fn twilios_own_example_has_the_signature_that_its_documentation_gives() {
    let url = "https://example.com/myapp.php?foo=1&bar=2";
    let form = "CallSid=CA1234567890ABCDE&Caller=%2B14158675310&Digits=1234&From=%2B14158675310&To=%2B18005551212";
    let signed_with = |signature: &str| {
        let headers = [
            ("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()),
            ("X-Twilio-Signature".to_owned(), signature.to_owned()),
        ];
        let body = form.as_bytes();
        taken(TWILIO, &CallbackRequest { method: "POST", url, headers: &headers, body })
    };
    // It is a telephone call, which the mapping has no form for.
    assert_eq!(signed_with("L/OH5YylLD5NRKLltdqwSvS0BnU="), Err(Refusal::Unknown));
    assert_eq!(signed_with("L/OH5YylLD5NRKLltdqwSvS0BnV="), Err(Refusal::Unproven));
    assert_eq!(signed_with(""), Err(Refusal::Unproven));
}

#[test]
fn receipts_and_replies_are_read_from_a_form() {
    let receipt = |state: &str, more: &str| {
        let form = format!("MessageSid=SM1&MessageStatus={state}{more}");
        let code = more.strip_prefix("&ErrorCode=").map(|code| format!("ErrorCode{code}"));
        twilio(&form, &format!("{}MessageSidSM1MessageStatus{state}", code.unwrap_or_default()))
            .unwrap()
    };
    let reply = twilio(
        "From=%2B12025550143&Body=1+%E2%82%AC&MessageSid=SM2",
        "Body1 €From+12025550143MessageSidSM2",
    );
    let read = [
        receipt("sent", ""),
        receipt("delivered", ""),
        receipt("undelivered", "&ErrorCode=30005"),
        receipt("failed", "&ErrorCode=30008"),
        receipt("teleported", ""),
        reply.unwrap(),
    ];
    insta::assert_snapshot!(read.join("\n"), @r#"
    receipt SM1 Accepted None
    receipt SM1 Delivered None
    receipt SM1 Failed(Permanent) Some("30005")
    receipt SM1 Failed(Temporary) Some("30008")
    receipt SM1 Unknown Some("teleported")
    reply +12025550143 "1 €" Some("SM2")
    "#);
}

#[test]
fn receipts_and_replies_are_read_from_a_query() {
    let read = [
        kannel("secret=s%26cret&key=a-1&state=1&answer=").unwrap(),
        kannel("secret=s%26cret&key=a-1&state=2&answer=NACK%2F88%2FThrottled").unwrap(),
        kannel("secret=s%26cret&key=a-1&state=16&answer=NACK%2F11%2FInvalid").unwrap(),
        kannel("secret=s%26cret&key=a-1&state=64").unwrap(),
        kannel("secret=s%26cret&id=7&from=+12025550143&text=").unwrap(),
        kannel("secret=s%26cret&id=7&from=%2B12025550143&text=%FFsi").unwrap(),
    ];
    insta::assert_snapshot!(read.join("\n"), @r#"
    receipt a-1 Delivered None
    receipt a-1 Failed(Temporary) Some("NACK/88/Throttled")
    receipt a-1 Failed(Permanent) Some("NACK/11/Invalid")
    receipt a-1 Unknown Some("64")
    reply +12025550143 "" Some("7")
    reply +12025550143 "�si" Some("7")
    "#);
}

#[test]
fn a_callback_that_does_not_prove_whose_it_is_is_refused() {
    assert_eq!(kannel("key=a-1&state=1"), Err(Refusal::Unproven));
    assert_eq!(kannel("secret=wrong&key=a-1&state=1"), Err(Refusal::Unproven));
    assert_eq!(kannel("secret=wrong&secret=s%26cret&key=a-1&state=1"), Err(Refusal::Unproven));
    assert_eq!(twilio("MessageSid=SM1&MessageStatus=sent", "other"), Err(Refusal::Unproven));
}

#[test]
fn a_callback_of_no_known_form_or_without_end_is_refused() {
    assert_eq!(kannel("secret=s%26cret"), Err(Refusal::Unknown));
    assert_eq!(kannel("secret=s%26cret&key=&state=1"), Err(Refusal::Unreadable));
    assert_eq!(kannel(&"a&".repeat(300)), Err(Refusal::TooLarge));
    assert_eq!(kannel(&"a".repeat(BODY_BYTES_MAX)), Err(Refusal::TooLarge));
}

proptest! {
    #[test]
    fn anything_that_comes_is_read_or_refused(query in ".{0,80}", body in proptest::collection::vec(any::<u8>(), 0..80)) {
        let _ = kannel(&format!("secret=s%26cret&key=1&{query}"));
        let headers = [("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned())];
        let _ = taken(TWILIO, &CallbackRequest { method: "", url: &query, headers: &headers, body: &body });
    }
}
