use super::{BadGateway, Gateway, GatewaySettings, KANNEL, Mapping, TWILIO};

#[test]
fn the_catalogue_can_be_read() {
    assert_eq!(Mapping::parse(KANNEL).unwrap().needs(), ["base", "user", "password", "secret"]);
    assert_eq!(Mapping::parse(TWILIO).unwrap().name(), "twilio");
}

#[test]
fn all_mistakes_of_a_mapping_are_told_at_once_with_their_lines() {
    let source = r#"
name: [no, text]
needs: [base, to]
colour: red
request:
  method: PUT
  url: "{base}/{nubmer}"
  query: { a: "{text|shout}", b: "{text" }
  form: { c: "{text}" }
  json: { d: "{text}" }
answer:
  taken: { status: [2xx, 999], reference: { json: sid } }
  errors: { "1": { kind: grave } }
  statuses: { "400": permanently }
callback:
  fields: cookies
  check: { twilio: token }
  events:
    - when: { a: "*" }
    - receipt: { reference: a, states: { x: gone } }
  answer: { status: 200 }
"#;
    let mistakes = Mapping::parse(source).unwrap_err();
    let lines: Vec<String> =
        mistakes.0.iter().map(|mistake| format!("{}: {}", mistake.line, mistake.message)).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    2: `name` must be a text
    3: `to` is given by each message
    4: `mapping` has no `colour`; it has `name`, `needs`, `request`, `probe`, `answer`, `callback`
    6: the method `PUT` is not `GET` or `POST`
    7: `url`: `{nubmer}` is not known; there are `to`, `to_digits`, `from`, `text`, `key`, `callback`, `coding`, `minutes_left`, `seconds_left`, `urgent` and what stands in `needs`
    8: `a`: `|shout` is not known; there are `|url`, `|pattern`, `|url-pattern`, `|max 100`
    8: `b`: `{text` is not closed with `}`
    10: a request has `form` or `json`, not both
    12: `sid` is not a JSON pointer; write `/sid`
    12: `999` is not a status; write `200` or `5xx`
    13: `grave` is not `permanent`, `temporary`, `technical` or `in-doubt`
    13: `errors` lacks `says`
    14: `permanently` is not `permanent`, `temporary`, `technical` or `in-doubt`
    16: `fields` is not `query`, `form` or `json`
    17: `token` does not stand in `needs`
    19: an event is a `receipt` or a `reply`
    20: `event` lacks `when`
    20: `receipt` lacks `state`
    20: `gone` is not `accepted`, `delivered`, `expired`, `unknown`, `permanent`, `temporary`, `technical` or `in-doubt`
    21: `answer` lacks `type`
    21: `answer` lacks `body`
    ");
}

#[test]
fn what_is_no_yaml_or_without_end_is_told_so() {
    for source in ["name: [", "- a", "", &"a".repeat(70_000), &"[".repeat(100)] {
        assert!(!Mapping::parse(source).unwrap_err().0.is_empty());
    }
}

#[test]
fn settings_that_lack_what_the_mapping_needs_are_refused() {
    let settings: GatewaySettings = serde_json::from_str(
        r#"{"from": "1", "values": {"base": "http://x"}, "secrets": {"token": "t"}}"#,
    )
    .unwrap();
    let gateway =
        Gateway::new(Mapping::parse(TWILIO).unwrap(), settings, || jiff::Timestamp::UNIX_EPOCH);
    let lacking = vec!["account".to_owned()];
    assert_eq!(gateway.err(), Some(BadGateway::Lacking { name: "twilio".to_owned(), lacking }));
}
