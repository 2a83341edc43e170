//! Asking the provider to call.

use muster_contract::channel::{Address, Channel, Outgoing};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use crate::support::{Provider, http, message, settings, shown, soon, voice};

/// What becomes of a call when the provider answers with these bytes.
async fn after(bytes: &[u8]) -> String {
    let provider = Provider::listen().await;
    let voice = voice(settings(provider.port()));
    let message = message();
    let (outcome, _) = tokio::join!(soon(voice.submit(&message)), provider.answers(bytes));
    shown(outcome)
}

#[tokio::test]
async fn a_call_is_asked_for_with_its_script_and_where_to_tell_what_came_of_it() {
    let provider = Provider::listen().await;
    let voice = voice(settings(provider.port()));
    let message = message();
    let taken = http("201 Created", "", r#"{"sid":"CA42","status":"queued","to":"+12025550143"}"#);
    let (outcome, request) = tokio::join!(soon(voice.submit(&message)), provider.answers(&taken));
    assert_eq!(shown(outcome), "taken as CA42");
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /2010-04-01/Accounts/AC1/Calls.json HTTP/1.1"), "{head}");
    // `AC1:12345` in Base64.
    assert!(head.contains("authorization: Basic QUMxOjEyMzQ1"), "{head}");
    let form = form_urlencoded::parse(body.as_bytes());
    let lines: Vec<_> = form.map(|(name, value)| format!("{name}: {value}")).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    To: +12025550143
    From: +12025550100
    Twiml: <?xml version="1.0" encoding="UTF-8"?><Response><Gather input="dtmf" numDigits="1" finishOnKey="" timeout="8" method="POST" action="https://hub.example/voice?kind=answer&amp;key=n-17-2"><Say language="en-US" loop="2">Report to Station 4 &amp; bring &lt;PPE&gt;. Press 1 for: I am coming.</Say></Gather><Say language="en-US">Goodbye.</Say></Response>
    StatusCallback: https://hub.example/voice?kind=status&key=n-17-2
    StatusCallbackMethod: POST
    Timeout: 30
    TimeLimit: 600
    StatusCallbackEvent: initiated
    StatusCallbackEvent: ringing
    StatusCallbackEvent: answered
    StatusCallbackEvent: completed
    MachineDetection: Enable
    "#);
    let script = lines.iter().find_map(|line| line.strip_prefix("Twiml: ")).unwrap();
    let script = roxmltree::Document::parse(script).unwrap();
    let said = script.descendants().find(|node| node.has_tag_name("Say")).unwrap();
    let text = "Report to Station 4 & bring <PPE>. Press 1 for: I am coming.";
    assert_eq!(said.text(), Some(text));
}

#[tokio::test]
async fn each_answer_of_the_provider_says_what_to_do_next() {
    let coded = |status: &str, code: u32| {
        let body = format!(r#"{{"code":{code},"message":"about +12025550143","status":400}}"#);
        http(status, "", &body)
    };
    let large = "x".repeat(100_000);
    let answers = [
        coded("400 Bad Request", 21211),
        coded("400 Bad Request", 21214),
        coded("400 Bad Request", 21215),
        coded("400 Bad Request", 13224),
        coded("400 Bad Request", 13225),
        coded("400 Bad Request", 99999),
        coded("401 Unauthorized", 20003),
        coded("404 Not Found", 20404),
        coded("429 Too Many Requests", 20429),
        http("429 Too Many Requests", "retry-after: 7\r\n", ""),
        http("503 Service Unavailable", "retry-after: soon\r\n", ""),
        http("503 Service Unavailable", "retry-after: 999999999\r\n", ""),
        coded("500 Internal Server Error", 21211),
        http("502 Bad Gateway", "", "<html>"),
        http("302 Found", "location: http://127.0.0.1:1/\r\n", ""),
        http("303 See Other", "location: http://127.0.0.1:1/\r\n", ""),
        http("400 Bad Request", "", &large),
        http("400 Bad Request", "", "\u{1f4de}"),
    ];
    let mut lines = Vec::new();
    for answer in &answers {
        lines.push(after(answer).await);
    }
    insta::assert_snapshot!(lines.join("\n"), @"
    Permanent: the number is not a valid one (`21211`)
    Permanent: the number cannot be reached by telephone (`21214`)
    Technical: the account may not call this country (`21215`)
    Permanent: the number is not a valid one (`13224`)
    Permanent: the provider does not call this number (`13225`)
    Permanent: the provider does not accept this call (`http-400`)
    Technical: the provider refuses the account or its token (`20003`)
    Technical: the provider does not know the account (`20404`)
    Temporary: the provider takes no more calls for now (`20429`)
    Temporary: the provider takes no more calls for now (`http-429`), again after 7s
    Temporary: the provider is not available for now (`http-503`)
    Temporary: the provider is not available for now (`http-503`), again after 86400s
    InDoubt: the provider failed while it took the call (`http-500`)
    InDoubt: the provider failed while it took the call (`http-502`)
    Technical: the provider answered with a redirect, which is not followed (`http-302`)
    InDoubt: the provider answered with a redirect, which is not followed (`http-303`)
    Permanent: the provider does not accept this call (`http-400`)
    Permanent: the provider does not accept this call (`http-400`)
    ");
    assert!(!lines.join("").contains("2025550143"));
}

#[tokio::test]
async fn what_was_handed_over_and_not_answered_well_is_in_doubt() {
    let large = format!(r#"{{"sid":"CA42","more":"{}"}}"#, "x".repeat(70_000));
    let answers = [
        Vec::new(),
        b"HTTP/1.1 201".to_vec(),
        b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(),
        b"HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{\"sid\":".to_vec(),
        b"HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_vec(),
        http("201 Created", "", ""),
        http("201 Created", "", "<html>Welcome</html>"),
        http("201 Created", "", r#"{"sid":"../../x"}"#),
        http("201 Created", "", r#"{"sid":null}"#),
        http("200 OK", "", &large),
        b"HTTP/1.1 201 Created\r\ncontent-length: 14\r\n\r\n{\"sid\":\"\xff\xfe\"}".to_vec(),
    ];
    for answer in &answers {
        let outcome = after(answer).await;
        assert!(outcome.starts_with("InDoubt: "), "{outcome}");
    }
}

#[tokio::test]
async fn an_answer_that_never_comes_or_drips_or_never_ends_is_not_waited_for() {
    let provider = Provider::listen().await;
    let voice = voice(settings(provider.port()));
    let message = message();
    let begin = b"HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n";
    // Silence, a drip, and a flood.
    for (first, again) in [(&b""[..], &b""[..]), (begin, b"1\r\nx\r\n"), (b"HTTP/1.1 201 ", b"x")] {
        let answer = async {
            let (_, mut stream) = provider.hears().await;
            stream.write_all(first).await.unwrap();
            loop {
                let _ = stream.write_all(again).await;
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        tokio::select! {
            outcome = soon(voice.submit(&message)) => {
                assert!(shown(outcome).starts_with("InDoubt: "));
            }
            () = answer => {}
        }
    }
    let flood = async {
        let (_, mut stream) = provider.hears().await;
        stream.write_all(begin).await.unwrap();
        while stream.write_all(b"5\r\nxxxxx\r\n").await.is_ok() {}
        std::future::pending::<()>().await;
    };
    tokio::select! {
        outcome = soon(voice.submit(&message)) => {
            assert!(shown(outcome).starts_with("InDoubt: "));
        }
        () = flood => {}
    }
}

#[tokio::test]
async fn a_provider_that_is_not_there_has_taken_nothing() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let voice_of_nobody = voice(settings(free));
    let gone = shown(soon(voice_of_nobody.submit(&message())).await);
    // It speaks no TLS.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut secure = settings(listener.local_addr().unwrap().port());
    secure.base_url = secure.base_url.replace("http:", "https:");
    let (voice, message) = (voice(secure), message());
    let answer = async {
        let (mut stream, _) = soon(listener.accept()).await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    };
    let (outcome, ()) = tokio::join!(soon(voice.submit(&message)), answer);
    let insecure = shown(outcome);
    insta::assert_snapshot!([gone, insecure].join("\n"), @"
    Technical: the provider could not be reached (`connect`)
    Technical: the provider could not be reached (`connect`)
    ");
}

#[tokio::test]
async fn what_cannot_be_called_is_not_asked_for() {
    let voice = voice(settings(1));
    let bad = [
        Outgoing { to: Address::new("Station 4"), ..message() },
        Outgoing { expires: Some("2026-11-22T12:00:00Z".parse().unwrap()), ..message() },
        Outgoing { key: "a&b".to_owned(), ..message() },
    ];
    let mut lines = Vec::new();
    for message in &bad {
        lines.push(shown(soon(voice.submit(message)).await));
    }
    insta::assert_snapshot!(lines.join("\n"), @"
    Permanent: the address is not a telephone number with `+` (`not-a-number`)
    Permanent: the message had expired before the call was placed (`expired`)
    Permanent: the key is not 1 to 64 of `a-z 0-9 -` (`key`)
    ");
}

#[tokio::test]
async fn the_account_is_asked_after_as_a_sign_of_life() {
    let answers = [
        http("200 OK", "", r#"{"sid":"AC1","status":"active"}"#),
        http("200 OK", "", r#"{"sid":"AC1","status":"suspended"}"#),
        http("200 OK", "", "ok"),
        http("401 Unauthorized", "", r#"{"code":20003}"#),
        http("500 Oops", "", ""),
        Vec::new(),
    ];
    let mut lines = Vec::new();
    for answer in &answers {
        let provider = Provider::listen().await;
        let voice = voice(settings(provider.port()));
        let (said, request) = tokio::join!(soon(voice.probe()), provider.answers(answer));
        assert!(request.starts_with("GET /2010-04-01/Accounts/AC1.json "), "{request}");
        lines.push(said.map_or_else(
            |failure| format!("{:?}: {failure}", failure.kind),
            |()| "well".to_owned(),
        ));
    }
    insta::assert_snapshot!(lines.join("\n"), @"
    well
    Technical: the account is not active (`account`)
    Technical: the provider's answer about the account is unreadable (`garbage`)
    Technical: the provider refuses the account or its token (`20003`)
    Technical: the provider failed while it took the call (`http-500`)
    Technical: the connection was lost before the answer (`connection-lost`)
    ");
}
