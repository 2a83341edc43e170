//! What is written: valid by the schema, the same when read again, or refused.

#![expect(clippy::unwrap_used, reason = "a test may fall over")]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use insta::assert_snapshot;
use jiff::Timestamp;
use muster_cap::{Cap, encode};
use muster_contract::alert::{
    Category, Certainty, MsgType, Named, ResponseType, Scope, Severity, Status, Urgency,
};
use muster_contract::{Alert, AlertKey, Area, Circle, Decoder, Info, Polygon, Position, Resource};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

const FIXTURES: [&str; 2] =
    [include_str!("fixtures/river-flood.xml"), include_str!("fixtures/power-failure.xml")];

fn read(document: &str) -> Alert {
    let [outcome] = Cap.decode(document.as_bytes()).try_into().unwrap();
    let decoded = outcome.unwrap();
    assert_eq!(decoded.warnings, []);
    decoded.alert
}

#[test]
fn an_alert_is_written_in_the_order_of_the_schema_with_strict_times() {
    assert_snapshot!(encode(&read(FIXTURES[1])).unwrap(), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
      <identifier>PWR-88</identifier>
      <sender>grid@utility.example.org</sender>
      <sent>2026-01-12T04:10:00-00:00</sent>
      <status>Actual</status>
      <msgType>Alert</msgType>
      <scope>Restricted</scope>
      <restriction>Members of the regional control room</restriction>
      <info>
        <language>en-US</language>
        <category>Infra</category>
        <event>Power failure</event>
        <urgency>Immediate</urgency>
        <severity>Moderate</severity>
        <certainty>Observed</certainty>
        <headline>Substation North out of service</headline>
        <area>
          <areaDesc>Northern districts</areaDesc>
          <polygon>52.1,4.2 52.2,4.2 52.2,4.4 52.1,4.4 52.1,4.2</polygon>
        </area>
      </info>
    </alert>
    "#);
}

#[test]
fn what_cannot_be_valid_is_refused_with_its_place() {
    let refusal = |change: fn(&mut Alert)| {
        let mut alert = read(FIXTURES[0]);
        change(&mut alert);
        encode(&alert).unwrap_err().to_string() + "\n"
    };
    let changes: [fn(&mut Alert); 11] = [
        |alert| alert.key.identifier.clear(),
        |alert| alert.key.sender = "met office".to_owned(),
        |alert| alert.key.sent = "2026-05-04T11:58:12.5Z".parse().unwrap(),
        |alert| alert.references.clear(),
        |alert| alert.scope = Scope::Restricted,
        |alert| alert.incidents = vec!["a \"b\"".to_owned()],
        |alert| alert.infos[1].categories.clear(),
        |alert| alert.infos[0].headline = Some("bell \u{7}".to_owned()),
        |alert| alert.infos[0].resources[0].mime_type = None,
        |alert| alert.infos[0].areas[0].polygons[1].rings.push(Vec::new()),
        |alert| alert.infos[0].areas[0].ceiling_ft = Some(3_000.0),
    ];
    assert_snapshot!(changes.map(refusal).concat(), @"
    `alert/identifier` is missing; CAP 1.2 section 3.2.1 requires it
    `alert/sender` cannot be written: CAP 1.2 section 3.2.1 allows no blanks, commas, quotes, `<` or `&` here
    `alert/sent` cannot be written: CAP has no fractions of a second; round it first
    `alert/references` is missing; CAP 1.2 section 3.2.1 requires it
    `alert/restriction` is missing; CAP 1.2 section 3.2.1 requires it
    `alert/incidents` cannot be written: a word in it is empty or holds a double quote
    `alert/info[2]/category` is missing; CAP 1.2 section 3.2.2 requires it
    `alert/info[1]/headline` cannot be written: the text holds a control character, which XML does not allow
    `alert/info[1]/resource[1]/mimeType` is missing; CAP 1.2 section 3.2.3 requires it
    `alert/info[1]/area[1]/polygon` cannot be written: CAP polygons have exactly one ring, without holes
    `alert/info[1]/area[1]/altitude` is missing; CAP 1.2 section 3.2.4 requires it
    ");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn reading_what_was_written_gives_the_same_alert(alert in alert()) {
        let document = encode(&alert).unwrap();
        let outcomes = Cap.decode(document.as_bytes());
        let [Ok(decoded)] = outcomes.as_slice() else { panic!("{document}\n{outcomes:?}") };
        prop_assert_eq!(&decoded.alert, &alert);
        prop_assert_eq!(&decoded.warnings, &vec![]);
    }
}

#[test]
fn what_is_written_is_valid_by_the_schema_of_oasis() {
    let Some(corpus) = std::env::var_os("MUSTER_CORPUS").map(PathBuf::from) else {
        return println!("skipped: MUSTER_CORPUS is not set");
    };
    let schema = corpus.join("cap/schema/google__cap-library/cap12.xsd");
    let mut documents: Vec<String> = FIXTURES.map(|text| encode(&read(text)).unwrap()).into();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..30 {
        let generated = alert().new_tree(&mut runner).unwrap().current();
        documents.push(encode(&generated).unwrap());
    }
    for document in documents {
        let mut xmllint = Command::new("xmllint")
            .args(["--noout", "--nonet", "--schema"])
            .arg(&schema)
            .arg("-")
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("xmllint is installed (libxml2-utils)");
        xmllint.stdin.take().unwrap().write_all(document.as_bytes()).unwrap();
        let output = xmllint.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}\n{document}");
    }
}

/// Text with markup, blanks, line ends and letters beyond ASCII, but no blanks around it.
fn text() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9<>&\"'ßéÄ水🌊]([ \n\r\ta-z<>&\"'é,;.]{0,20}[a-z>&é])?"
}

fn name() -> impl Strategy<Value = String> {
    "[A-Za-z0-9@.:/_-]{1,30}"
}

fn word() -> impl Strategy<Value = String> {
    "[a-z<&]([ a-z]{0,8}[a-z])?"
}

fn instant() -> impl Strategy<Value = Timestamp> {
    (0_i64..5_000_000_000).prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn key() -> impl Strategy<Value = AlertKey> {
    (name(), name(), instant()).prop_map(|(sender, identifier, sent)| AlertKey {
        sender,
        identifier,
        sent,
    })
}

fn pairs() -> impl Strategy<Value = Vec<Named>> {
    let pair = (text(), text()).prop_map(|(name, value)| Named { name, value });
    prop::collection::vec(pair, 0..3)
}

fn maybe_text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(text())
}

fn position() -> impl Strategy<Value = Position> {
    (-89.0..89.0, -90.0..90.0).prop_map(|(lon, lat)| Position { lon, lat })
}

fn polygon() -> impl Strategy<Value = Polygon> {
    prop::collection::vec(position(), 3..8).prop_map(|mut ring| {
        ring.extend(ring.first().copied());
        Polygon::from_ring(ring)
    })
}

fn area() -> impl Strategy<Value = Area> {
    let circle =
        (position(), 0.0..500.0).prop_map(|(center, radius_km)| Circle { center, radius_km });
    (
        text(),
        prop::collection::vec(polygon(), 0..3),
        prop::collection::vec(circle, 0..2),
        pairs(),
        prop::option::of((0.0..10_000.0, prop::option::of(0.0..60_000.0))),
    )
        .prop_map(|(description, polygons, circles, geocodes, heights)| Area {
            description,
            polygons,
            circles,
            geocodes,
            altitude_ft: heights.map(|(altitude, _)| altitude),
            ceiling_ft: heights.and_then(|(_, ceiling)| ceiling),
        })
}

fn resource() -> impl Strategy<Value = Resource> {
    let names = (text(), "[a-z]{3,6}/[a-z]{3,6}", "https://[a-z]{3,9}\\.example/[a-z]{0,9}");
    (names, any::<Option<u32>>(), prop::option::of("[0-9a-f]{40}")).prop_map(
        |((description, mime_type, uri), size, digest)| Resource {
            description,
            mime_type: Some(mime_type),
            size_bytes: size.map(u64::from),
            uri: Some(uri),
            deref_uri: None,
            digest,
        },
    )
}

fn info() -> impl Strategy<Value = Info> {
    let scales = (
        prop::sample::select(Urgency::ALL),
        prop::sample::select(Severity::ALL),
        prop::sample::select(Certainty::ALL),
        prop::sample::subsequence(Category::ALL, 1..4),
        prop::sample::subsequence(ResponseType::ALL, 0..3),
    );
    let texts = (text(), maybe_text(), maybe_text(), maybe_text(), maybe_text(), maybe_text());
    let times =
        (prop::option::of(instant()), prop::option::of(instant()), prop::option::of(instant()));
    let parts = (
        pairs(),
        pairs(),
        prop::collection::vec(resource(), 0..2),
        prop::collection::vec(area(), 0..3),
    );
    (scales, texts, times, parts).prop_map(|(scales, texts, times, parts)| Info {
        language: "de-CH".to_owned(),
        categories: scales.3,
        event: texts.0,
        response_types: scales.4,
        urgency: scales.0,
        severity: scales.1,
        certainty: scales.2,
        audience: texts.1,
        event_codes: parts.0,
        effective: times.0,
        onset: times.1,
        expires: times.2,
        sender_name: texts.2,
        headline: texts.3,
        description: texts.4.clone(),
        instruction: texts.5,
        web: None,
        contact: texts.4,
        parameters: parts.1,
        resources: parts.2,
        areas: parts.3,
    })
}

fn alert() -> impl Strategy<Value = Alert> {
    let kinds = (
        prop::sample::select(Status::ALL),
        prop::sample::select(MsgType::ALL),
        prop::sample::select(Scope::ALL),
    );
    let words = || prop::collection::vec(word(), 1..4);
    let lists = (words(), words(), prop::collection::vec(key(), 1..4));
    let texts = (text(), maybe_text(), maybe_text());
    (key(), kinds, lists, texts, prop::collection::vec(info(), 0..3)).prop_map(
        |(key, (status, msg_type, scope), (addresses, incidents, references), texts, infos)| {
            Alert {
                key,
                status,
                msg_type,
                scope,
                source: texts.1,
                restriction: Some(texts.0.clone()),
                addresses,
                codes: vec![texts.0],
                note: texts.2,
                references,
                incidents,
                infos,
                signed: false,
                unknown: Vec::new(),
            }
        },
    )
}
