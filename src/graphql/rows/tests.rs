//! Whatever is asked of a list, both ways give the same answer.

use std::sync::Arc;

use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema, Value};
use async_graphql_value::RAW_VALUE_TOKEN;
use muster_contract::{MultiPolygon, Polygon, Position};

use super::json::append_answer;
use super::*;
use crate::domain::Principal;
use crate::domain::hazard::Kind;
use crate::domain::incident::{Merge, Open};
use crate::domain::organization::{self, Profile, Register};
use crate::domain::place::Location;
use crate::domain::signal::Receive;
use crate::domain::{Id, RecordRef};
use crate::graphql::asked::Asked;
use crate::graphql::types::cop::CopRecord;
use crate::graphql::types::incident::Incident;
use crate::graphql::types::signal::Signal;
use crate::hub::{Clock, Hub};
use crate::identity::{Identity, Site};
use crate::sharing::View;

/// The records of a View as a list that is written at once, and as one that never is.
struct Both;

#[Object]
impl Both {
    async fn at_once(&self, context: &async_graphql::Context<'_>) -> Rows<CopRecord> {
        Rows(records(&Asked::from(context).view))
    }

    async fn ordinary(&self, context: &async_graphql::Context<'_>) -> Vec<CopRecord> {
        records(&Asked::from(context).view)
    }
}

fn records(view: &View) -> Vec<CopRecord> {
    let incidents = view.incidents().map(|incident| CopRecord::Incident(Incident(incident)));
    incidents.chain(view.signals().map(|signal| CopRecord::Signal(Signal(signal)))).collect()
}

/// What is asked of the list, and what stands in the document beside it.
#[derive(Default)]
struct Question<'a> {
    set: &'a str,
    beside: &'a str,
    fragments: &'a str,
}

/// Asks the list that is written at once and the other, and whether the first really was.
async fn compare(hub: &Hub, question: Question<'_>) -> bool {
    let schema = Schema::new(Both, EmptyMutation, EmptySubscription);
    let Question { set, beside, fragments } = question;
    let document = format!("{{ atOnce {{ {set} }} ordinary {{ {set} }} {beside} }} {fragments}");
    let principal = Arc::new(fire());
    let viewer = hub.viewer(&principal);
    let asked = Asked {
        hub: hub.clone(),
        identity: Identity::new(
            hub.clone(),
            Arc::default(),
            Site::of_listener(([127, 0, 0, 1], 80).into()),
            None,
        ),
        principal,
        view: hub.view(&viewer),
        request_id: "test".into(),
        notify: None,
        outcomes: Arc::new(|_| {}),
    };
    let request = async_graphql::Request::new(document.as_str()).data(asked);
    let response = schema.execute(request).await;
    assert!(response.errors.is_empty(), "{document}: {:?}", response.errors);
    let Value::Object(data) = response.data else { panic!("{document} gave no data") };
    let text = |name: &str| {
        let mut bytes = Vec::new();
        append_answer(&mut bytes, &data[name]);
        String::from_utf8(bytes).unwrap()
    };
    assert_eq!(text("atOnce"), text("ordinary"), "{document}");
    matches!(&data["atOnce"], Value::Object(fields) if fields.contains_key(RAW_VALUE_TOKEN))
}

/// A hub with records in which most fields have a value somewhere, and none elsewhere.
async fn hub() -> (tempfile::TempDir, crate::hub::Running) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("muster.db").display());
    let store = crate::log::open(&url).await.unwrap();
    let running = Hub::start(store, Clock::system()).await.unwrap();
    let hub = &running.hub;
    let corner = |lon, lat| Position { lon, lat };
    let ring = vec![corner(1.0, 2.5), corner(2.0, 2.5), corner(2.0, 3.0), corner(1.0, 2.5)];
    let area = MultiPolygon { polygons: vec![Polygon::from_ring(ring)] };
    let profile = |code: &str, parents| Profile {
        code: code.into(),
        name: format!("{code} \"quoted\" \\ \u{1f692}\n"),
        kind: organization::Kind::LawEnforcement,
        jurisdiction: Some(area.clone()),
        parents,
    };
    let register =
        async |code, parents| match submit(hub, Register { profile: profile(code, parents) }).await
        {
            RecordRef::Organization(id) => id,
            other => panic!("registered {other:?}"),
        };
    let county = register("CTY", vec![]).await;
    let lead = register("HFD", vec![county]).await;
    let open = |name: &str, parent: Option<Id<_>>| Open {
        name: name.into(),
        kind: Kind::from_code("flash-flood").unwrap(),
        confirmed: parent.is_some(),
        location: Location {
            point: parent.map(|_| corner(-71.0, 42.25)),
            perimeter: parent.map(|_| area.clone()),
            name: parent.is_none().then(|| "Mill Street".to_owned()),
        },
        complexity: parent.map(|_| (2, "many \"agencies\"".to_owned())),
        lead: parent.map(|_| lead),
        parent,
        signal: None,
        exercise: false,
    };
    let opened = async |name, parent| match submit(hub, open(name, parent)).await {
        RecordRef::Incident(id) => id,
        other => panic!("opened {other:?}"),
    };
    let complex = opened("Flood", None).await;
    let part = opened("Dam\u{7}", Some(complex)).await;
    let twin = opened("Dam again", Some(complex)).await;
    submit(hub, Merge { incident: twin, into: part, reason: "the same dam".into() }).await;
    for alert in muster_cap::sample::alerts(2) {
        let digest = alert.key.identifier.clone();
        let alert = Arc::new(alert);
        let via = "feed".into();
        submit(hub, Receive { alert, via, digest, resolved: None, warnings: vec![] }).await;
    }
    (folder, running)
}

/// Somebody of Harbor Fire who may do everything there, and see what is everybody's.
fn fire() -> Principal {
    let organization = Some("HFD".to_owned());
    Principal::new("dana", organization, Principal::hub().scopes)
}

async fn submit(hub: &Hub, command: impl Into<crate::domain::command::Command>) -> RecordRef {
    let by = Arc::new(fire());
    hub.submit(&by, command, None, "test".into()).await.unwrap().subject
}

#[tokio::test(flavor = "multi_thread")]
async fn both_ways_give_the_same() {
    let (_folder, running) = hub().await;
    let fragments = "fragment Both on CopRecord { __typename ...One ... on Signal { headline } }
        fragment One on Incident { name lead { name } }";
    for set in [
        "__typename",
        "... on Incident { id }",
        "... on CopRecord { __typename } ... { kind: __typename }",
        "...Both ... on Incident { name lead { code } lead { parents { code } } }",
        "... on Incident { a: name b: name name kind { code parent { code parent { code } } } }",
        "... on Incident { name @skip(if: true) number @include(if: false) } ...Both @skip(if: false)",
        "... on Incident @include(if: true) { lead { code ... { id @skip(if: true) } } }",
        "... on Incident { location { point perimeter name } boundingBox { west south east north }
            complexity { type by reason __typename } parent { name lead { code } }
            mergedInto { name } kind { name category eventCodes } }",
        "... on Signal { key { sender identifier sent } boundingBox { west } point }",
    ] {
        let fragments = if set.contains("...Both") { fragments } else { "" };
        assert!(
            compare(&running.hub, Question { set, fragments, ..Question::default() }).await,
            "not at once: {set}"
        );
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_plain_field_of_a_record_has_its_column() {
    let (_folder, running) = hub().await;
    for of_type in ["Incident", "Signal", "Organization"] {
        let mut set = plain_fields(of_type).await;
        assert!(set.contains(" id"), "{set}");
        set = match of_type {
            "Organization" => format!("... on Incident {{ lead {{ {set} parents {{ {set} }} }} }}"),
            _ => format!("... on {of_type} {{ {set} }}"),
        };
        let question = Question { set: &set, ..Question::default() };
        assert!(compare(&running.hub, question).await, "not at once: {set}");
    }
    running.stop().await;
}

/// The fields of a type that are scalars or closed lists, or lists of these.
async fn plain_fields(of_type: &str) -> String {
    let ask = format!(
        "{{ __type(name: \"{of_type}\") {{ fields {{ name type {{ ...T ofType {{ ...T ofType {{ \
         ...T ofType {{ ...T }} }} }} }} }} }} }} fragment T on __Type {{ kind }}"
    );
    let schema = Schema::new(Both, EmptyMutation, EmptySubscription);
    let answer = schema.execute(ask).await.data.into_json().unwrap();
    let mut names = String::new();
    for field in answer["__type"]["fields"].as_array().unwrap() {
        let mut at = &field["type"];
        while !at["ofType"].is_null() {
            at = &at["ofType"];
        }
        if at["kind"] == "SCALAR" || at["kind"] == "ENUM" {
            names.push(' ');
            names.push_str(field["name"].as_str().unwrap());
        }
    }
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_a_resolver_takes_the_ordinary_way() {
    let (_folder, running) = hub().await;
    for set in [
        "... on Incident { name journal(first: 1) { totalCount } }",
        "... on Incident { parent { parts { name } } }",
        "... on Signal { infos { headline } }",
    ] {
        let at_once = compare(&running.hub, Question { set, ..Question::default() }).await;
        assert!(!at_once, "{set}");
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_asked_for_in_two_places_is_merged() {
    let (_folder, running) = hub().await;
    let set = "... on Incident { id }";
    let fragments = "fragment More on Both { atOnce { ... on Incident { name } }
        ordinary { ... on Incident { name } } }";
    let question = Question { set, beside: "...More", fragments };
    assert!(!compare(&running.hub, question).await);
    running.stop().await;
}
