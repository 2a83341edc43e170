//! What providers say by calling the running program: keys in a call, mails that came back, and
//! strangers who only pretend.

use std::sync::Arc;

use aws_lc_rs::hmac;
use axum::Json;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::routing::post;
use serde_json::json;
use tokio::sync::mpsc;

use super::scene::{Scene, mailbox, relay};
use crate::support::peers::{Sink, free_port};
use crate::support::process::{Process, Setup};

const TOKEN: &str = "hunter2";

type Fields = Vec<(String, String)>;

/// A service that takes every call and every text, by the API of Twilio, and tells the test what it
/// was asked.
async fn telephone_company() -> (u16, mpsc::UnboundedReceiver<Fields>) {
    let (asked, requests) = mpsc::unbounded_channel();
    let take = async |State((asked, sid)): State<(Arc<mpsc::UnboundedSender<Fields>>, &str)>,
                      Form(form): Form<Fields>| {
        asked.send(form).unwrap();
        (StatusCode::CREATED, Json(json!({ "sid": sid, "status": "queued" })))
    };
    let asked = Arc::new(asked);
    let at = |what: &str, sid| {
        let path = format!("/2010-04-01/Accounts/AC1/{what}.json");
        axum::Router::new().route(&path, post(take)).with_state((Arc::clone(&asked), sid))
    };
    let routes = at("Calls", "CA1").merge(at("Messages", "SM1"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    (port, requests)
}

/// A base64 text of the signature that the service makes (HMAC-SHA1 over the URL and the fields).
fn signature(url: &str, fields: &Fields) -> String {
    let mut sorted = fields.clone();
    sorted.sort();
    let all: String = sorted.iter().flat_map(|(name, value)| [&**name, &**value]).collect();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, TOKEN.as_bytes());
    let tag = hmac::sign(&key, format!("{url}{all}").as_bytes());
    base64(tag.as_ref())
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let number =
            chunk.iter().fold(0_usize, |n, b| n << 8 | usize::from(*b)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[number >> (18 - 6 * place) & 63];
            text.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// Calls the hub back as the service does, and gives the status and the body.
async fn call_back(url: &str, fields: &Fields, signature: &str) -> (u16, String) {
    let form = fields.iter().map(|(n, v)| format!("{}={}", encoded(n), encoded(v)));
    let form = form.collect::<Vec<_>>().join("&");
    let client = reqwest::Client::new();
    let request = client
        .post(url)
        .header("x-twilio-signature", signature)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form);
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn field<'f>(fields: &'f Fields, name: &str) -> &'f str {
    &fields.iter().find(|(found, _)| found == name).unwrap().1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_pressed_in_a_call_is_an_answer_and_is_confirmed_in_the_call() {
    let (company, mut calls) = telephone_company().await;
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, TOKEN).unwrap();
    let port = free_port();
    let config = format!(
        "public_url = \"http://127.0.0.1:{port}\"\n[[provider]]\nname = \"calls\"\n\
         channel = \"voice\"\n[provider.settings]\nbase_url = \"http://127.0.0.1:{company}\"\n\
         account_sid = \"AC1\"\nauth_token_file = \"{}\"\nfrom = \"+12025550100\"\n",
        token.display()
    );
    let process = Setup::of_harbor_fire(folder.path(), &config).listening_at(port).start().await;
    let scene = Scene::of(&process).await;
    let contact = json!({ "channels": [{ "channel": "VOICE", "address": "+12025550101" }] });
    scene.hire(vec![("Ana".to_owned(), contact)]).await;
    let plan = json!({ "expects": "ANSWER", "intervalSeconds": 3600, "cycles": 1 });
    let message = scene.launch("Ten are needed", plan).await;

    let call = calls.recv().await.unwrap();
    assert_eq!(field(&call, "To"), "+12025550101");
    scene.until(&message, |_, counts| counts.of("SENT") == 1).await;
    let twiml = field(&call, "Twiml");
    assert!(twiml.contains("Ten are needed. Where: Mill Street."), "{twiml}");
    let action = twiml.split("action=\"").nth(1).unwrap().split('"').next().unwrap();
    let action = action.replace("&amp;", "&");
    let of_call = |more: &[(&str, &str)]| -> Fields {
        let all = [("CallSid", "CA1"), ("AccountSid", "AC1"), ("To", "+12025550101")];
        all.iter().chain(more).map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
    };

    let pressed = of_call(&[("Digits", "1")]);
    let (status, _) = call_back(&action, &pressed, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=").await;
    assert_eq!(status, 403);
    let (status, script) = call_back(&action, &pressed, &signature(&action, &pressed)).await;
    assert_eq!(status, 200);
    insta::assert_snapshot!(script, @r#"<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">Recorded: I am coming.</Say><Hangup/></Response>"#);
    scene.until(&message, |_, counts| counts.of("ACCEPTED") == 1).await;

    let status_url = field(&call, "StatusCallback").to_owned();
    let completed = of_call(&[("CallStatus", "completed"), ("AnsweredBy", "human")]);
    let signed = signature(&status_url, &completed);
    assert_eq!(call_back(&status_url, &completed, &signed).await.0, 200);
    let attempts = &scene.told(&message).await[0].attempts;
    assert_eq!(attempts.len(), 1);
    assert_eq!(attempts[0].1, "DELIVERED");

    let stranger = process.url("/provider/nobody");
    assert_eq!(call_back(&stranger, &completed, &signed).await.0, 404);
    let huge = vec![("a".to_owned(), "b".repeat(100_000))];
    assert_eq!(call_back(&status_url, &huge, &signed).await.0, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_by_twilio_is_receipted_and_answered_and_a_wrong_signature_is_nothing() {
    let (company, mut texts) = telephone_company().await;
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, TOKEN).unwrap();
    let port = free_port();
    let config = format!(
        "public_url = \"http://127.0.0.1:{port}\"\n[[provider]]\nname = \"texts\"\n\
         channel = \"sms\"\nkind = \"twilio\"\n[provider.settings]\nfrom = \"+12025550100\"\n\
         values = {{ base = \"http://127.0.0.1:{company}\", account = \"AC1\" }}\n\
         [provider.settings.secrets]\ntoken_file = \"{}\"\n",
        token.display()
    );
    let process = Setup::of_harbor_fire(folder.path(), &config).listening_at(port).start().await;
    let scene = Scene::of(&process).await;
    scene.hire(vec![("Ana".to_owned(), json!({ "phones": ["+12025550101"] }))]).await;
    let plan = json!({ "expects": "ANSWER", "intervalSeconds": 3600, "cycles": 1,
        "channels": ["SMS"] });
    let message = scene.launch("Ten are needed", plan).await;

    let text = texts.recv().await.unwrap();
    assert_eq!((field(&text, "To"), field(&text, "From")), ("+12025550101", "+12025550100"));
    assert!(field(&text, "Body").starts_with("Harbor Fire: Ten are needed. Where: Mill Street."));
    scene.until(&message, |_, counts| counts.of("SENT") == 1).await;
    let callback = field(&text, "StatusCallback").to_owned();
    let of_text = |more: &[(&str, &str)]| -> Fields {
        let all = more.iter().chain(&[("AccountSid", "AC1")]);
        all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let delivered = of_text(&[("MessageSid", "SM1"), ("MessageStatus", "delivered")]);
    let (status, _) = call_back(&callback, &delivered, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=").await;
    assert_eq!(status, 403);
    assert_eq!(scene.told(&message).await[0].standing, "SENT");
    assert_eq!(call_back(&callback, &delivered, &signature(&callback, &delivered)).await.0, 200);
    scene.until(&message, |_, counts| counts.of("REACHED") == 1).await;

    let reply = [("MessageSid", "SM9"), ("From", "+12025550101"), ("Body", "On my way, 20 min")];
    let reply = of_text(&reply);
    let (status, body) = call_back(&callback, &reply, &signature(&callback, &reply)).await;
    assert_eq!((status, body.as_str()), (200, "<Response/>"));
    scene.until(&message, |_, counts| counts.of("ACCEPTED") == 1).await;
    let confirmed = texts.recv().await.unwrap();
    assert_eq!(field(&confirmed, "To"), "+12025550101");
    assert!(field(&confirmed, "Body").starts_with("Recorded: I am coming, arriving"));
}

/// What a mail server writes when it cannot deliver.
fn report(message_id: &str) -> String {
    format!(
        "From: MAILER-DAEMON@relay.example.net\r\nContent-Type: multipart/report; \
         report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
         Sorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; relay.example.net\r\n\r\nFinal-Recipient: rfc822; x@example.org\r\n\
         Action: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
         Message-ID: {message_id}\r\n\r\n--b--\r\n"
    )
}

async fn hand_on(process: &Process, secret: &str, mail: String) -> u16 {
    let client = reqwest::Client::new();
    let request = client.post(process.url("/provider/relay")).bearer_auth(secret).body(mail);
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_comes_back_is_a_failure_and_no_stranger_can_say_so() {
    let Some(sink) = Sink::start(&[]).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("bounces");
    std::fs::write(&secret, TOKEN).unwrap();
    let more = format!("bounce_secret_file = \"{}\"\n", secret.display());
    let config = relay("relay", sink.port, "") + &more;
    let process = Setup::of_harbor_fire(folder.path(), &config).start().await;
    let scene = Scene::of(&process).await;
    let contact = json!({ "channels": [
        { "channel": "EMAIL", "address": mailbox(1) }, { "channel": "SMS", "address": "+12025550101" }
    ] });
    scene.hire(vec![("Ana".to_owned(), contact)]).await;
    let plan = json!({ "expects": "NOTHING", "intervalSeconds": 3600, "cycles": 1 });
    let message = scene.launch("Stay inside", plan).await;
    scene.until(&message, |_, counts| counts.of("SENT") == 1).await;

    let mails = sink.mails();
    let id = mails[0].lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap();
    assert_eq!(hand_on(&process, "wrong", report(id)).await, 403);
    assert_eq!(
        hand_on(&process, TOKEN, "Subject: I am away\r\n\r\nUntil Monday.".into()).await,
        204
    );
    assert_eq!(hand_on(&process, TOKEN, report(id)).await, 204);
    let attempts = &scene.told(&message).await[0].attempts;
    assert_eq!((attempts[0].0.as_str(), attempts[0].1.as_str()), ("EMAIL", "FAILED"));
}
