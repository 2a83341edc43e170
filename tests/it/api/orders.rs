//! Events in an order that cannot be: each is refused with a code and a sentence, and nothing happens.

use jiff::SignedDuration;
use muster::hub::Clock;
use serde_json::{Value, json};

use super::agreements::organizations;
use super::mutual_aid::{begin, mutate};
use crate::support::hub::{CHIEF, DISPATCH, TestHub, WATER};

/// Asks for what cannot be now, and gives why it is refused.
async fn refused(hub: &TestHub, token: &str, name: &str, of: &str, input: Value) -> String {
    let payload = mutate(hub, token, name, input, &format!("{of} {{ id }}")).await;
    let refusal = &payload["refusal"];
    assert!(refusal.is_object(), "{name} was carried out");
    assert!(payload[of].is_null(), "{name} shows something");
    format!(
        "{name}: {} {}\n",
        refusal["code"].as_str().unwrap(),
        refusal["message"].as_str().unwrap()
    )
}

/// Carries out what can be, and gives what it shows.
async fn done(hub: &TestHub, token: &str, name: &str, of: &str, input: Value) -> Value {
    let payload = mutate(hub, token, name, input, &format!("{of} {{ id }}")).await;
    assert!(payload["refusal"].is_null(), "{name}: {payload}");
    payload[of]["id"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_too_early_or_twice_is_refused_with_what_to_do() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let (request, engine) = begin(&hub).await;
    let ids = organizations(&hub).await;
    let mut said = String::new();
    let hours = |hours| (hub.hub().clock().now() + SignedDuration::from_hours(hours)).to_string();
    let one = json!({ "request": request });
    let sends = json!({ "request": request, "to": [ids["WTR"]] });
    said += &refused(&hub, DISPATCH, "sendRequest", "request", sends.clone()).await;
    done(&hub, DISPATCH, "submitRequest", "request", one.clone()).await;
    said += &refused(&hub, DISPATCH, "submitRequest", "request", one).await;
    let offers = json!({
        "request": request,
        "items": [{ "resource": engine }],
        "cost": { "currency": "USD", "personnel": 120_000 },
        "availableFrom": hours(0),
        "availableUntil": hours(48),
        "expires": hours(2),
    });
    said += &refused(&hub, WATER, "makeOffer", "offer", offers.clone()).await;
    done(&hub, DISPATCH, "sendRequest", "request", sends).await;
    let offer = done(&hub, WATER, "makeOffer", "offer", offers).await;

    // An agreement is signed once both agree on the terms; nothing moves before both have signed.
    let one = json!({ "offer": offer });
    let signs = json!({ "offer": offer, "version": 1 });
    let order = json!({ "offer": offer, "reportTo": "Staging", "assignment": "Protect houses",
        "departs": hours(0), "arrives": hours(1) });
    said += &refused(&hub, CHIEF, "signAid", "offer", signs.clone()).await;
    said += &refused(&hub, WATER, "acceptOffer", "offer", one.clone()).await;
    done(&hub, DISPATCH, "acceptOffer", "offer", one.clone()).await;
    said += &refused(&hub, DISPATCH, "acceptOffer", "offer", one.clone()).await;
    done(&hub, CHIEF, "signAid", "offer", signs.clone()).await;
    said += &refused(&hub, WATER, "issueMissionOrder", "offer", order.clone()).await;
    done(&hub, WATER, "signAid", "offer", signs.clone()).await;
    let incident = hub.ask(
        DISPATCH,
        "query($id: ID!) { resourceRequest(id: $id) { incident { id } } }",
        json!({ "id": request }),
    );
    let incident = incident.await["data"]["resourceRequest"]["incident"]["id"].clone();
    let there = json!({ "resource": engine, "incident": incident });
    let with = |more: Value| {
        let both = there.as_object().unwrap().clone().into_iter();
        Value::Object(both.chain(more.as_object().unwrap().clone()).collect())
    };
    let arrives = with(json!({ "people": 4, "place": "Staging" }));
    let works = with(json!({ "to": { "name": "Division A" } }));
    let goes = with(json!({ "boxes": ["TIME"] }));
    said += &refused(&hub, DISPATCH, "checkInResource", "resource", arrives.clone()).await;
    done(&hub, WATER, "issueMissionOrder", "offer", order).await;
    said += &refused(&hub, DISPATCH, "assignResource", "resource", works.clone()).await;
    said += &refused(&hub, DISPATCH, "startDemobilization", "resource", goes.clone()).await;
    done(&hub, DISPATCH, "checkInResource", "resource", arrives.clone()).await;
    done(&hub, DISPATCH, "assignResource", "resource", works).await;
    said += &refused(&hub, DISPATCH, "releaseResource", "resource", there.clone()).await;
    done(&hub, DISPATCH, "startDemobilization", "resource", goes).await;
    said += &refused(&hub, DISPATCH, "checkInResource", "resource", arrives).await;
    said += &refused(&hub, DISPATCH, "releaseResource", "resource", there.clone()).await;
    let signs = with(json!({ "box": "TIME" }));
    done(&hub, DISPATCH, "signDemobilization", "resource", signs).await;
    done(&hub, DISPATCH, "releaseResource", "resource", there.clone()).await;
    said += &refused(&hub, DISPATCH, "releaseResource", "resource", there).await;
    let said = without_ids(&said);
    insta::assert_snapshot!(said, @r#"
    sendRequest: REQUEST_STEP_MISSING request HFD-RR-2026-0001 is a draft; this can be done while it is approved, sent or partly filled
    submitRequest: REQUEST_STEP_MISSING request HFD-RR-2026-0001 is approved; this can be done while it is a draft
    makeOffer: REQUEST_UNKNOWN there is no resource request [id]; check the id
    signAid: OFFER_STEP_MISSING the offer is offered; this can be done while it is accepted
    acceptOffer: ANSWER_OF_OTHER these are your own terms; the other side has to answer them
    acceptOffer: OFFER_STEP_MISSING the offer is accepted and not signed by both; this can be done while it is offered or countered
    issueMissionOrder: OFFER_STEP_MISSING the offer is accepted and not signed by both; this can be done while it is binding, before its mission order
    checkInResource: MISSION_ORDER_MISSING nothing moves before the mission order; issue it first
    assignResource: RESOURCE_NOT_CHECKED_IN Engine 4 is committed; only what is checked in can be assigned
    startDemobilization: COMMITMENT_STEP_MISSING Engine 4 is committed and cannot become demobilizing; from there it can become mobilizing, en route, checked in, cancelled
    releaseResource: COMMITMENT_STEP_MISSING Engine 4 is checked in and cannot become released; from there it can become demobilizing
    checkInResource: COMMITMENT_STEP_MISSING Engine 4 is demobilizing and cannot become checked in; from there it can become released
    releaseResource: SIGNATURES_MISSING Engine 4 cannot be released yet; still to be signed: time
    releaseResource: RESOURCE_UNKNOWN there is no resource [id]; check the id
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_goes_to_those_who_show_such_a_resource_within_so_many_kilometres() {
    let hub = TestHub::shared_by_three(Clock::system()).await;
    let (request, engine) = begin(&hub).await;
    let one = json!({ "request": request });
    done(&hub, DISPATCH, "submitRequest", "request", one).await;
    let sends = json!({ "request": request, "withinKm": 20.0 });
    let nobody = refused(&hub, DISPATCH, "sendRequest", "request", sends.clone()).await;
    insta::assert_snapshot!(nobody, @"sendRequest: NOBODY_IN_RANGE nobody who shows you such a resource is within `withinKm` of where it is to be delivered; widen it, or name organizations in `to`");
    let at = json!({ "resource": engine, "position": [-71.1, 42.4], "source": "AVL" });
    done(&hub, WATER, "reportPosition", "resource", at).await;
    let nobody = refused(&hub, DISPATCH, "sendRequest", "request", sends.clone()).await;
    assert!(nobody.contains("NOBODY_IN_RANGE"), "what is not shown does not count: {nobody}");

    let ids = organizations(&hub).await;
    // Whom it goes to is said in one way, which can be meant.
    let backwards = json!({ "request": request, "withinKm": -1.0 });
    let both = json!({ "request": request, "to": [ids["WTR"]], "toAll": true });
    let mut said = refused(&hub, DISPATCH, "sendRequest", "request", backwards).await;
    said += &refused(&hub, DISPATCH, "sendRequest", "request", both).await;
    insta::assert_snapshot!(said, @r#"
    sendRequest: DISTANCE_UNUSABLE `withinKm` is no distance; give kilometres, more than 0
    sendRequest: RECEIVERS_UNCLEAR `toAll` says whom it goes to; leave out `to` and `withinKm`, or `toAll`
    "#);
    let term = json!({ "gives": [ids["WTR"]], "receives": [ids["HFD"]], "records": ["RESOURCE"],
        "groups": ["IDENTITY", "PLACE"] });
    let parties = json!([ids["HFD"], ids["WTR"]]);
    let agreement = json!({ "title": "Engines", "purpose": "Nearest help", "parties": parties,
        "terms": [term] });
    let agreement = super::agreements::propose(&hub, &agreement).await;
    super::agreements::sign(&hub, WATER, &agreement).await;
    let shows = "request { status receivers { organization { code } } }";
    let near = json!({ "request": request, "withinKm": 1.0 });
    let too_near = refused(&hub, DISPATCH, "sendRequest", "request", near).await;
    assert!(too_near.contains("NOBODY_IN_RANGE"), "{too_near}");
    let sent = mutate(&hub, DISPATCH, "sendRequest", sends, shows).await;
    assert_eq!(
        sent["request"]["receivers"],
        json!([{ "organization": { "code": "WTR" } }]),
        "{sent}"
    );
}

/// The same with each id named as one.
fn without_ids(text: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_end_matches(';');
        if bare.parse::<uuid::Uuid>().is_ok() {
            word.replace(bare, "[id]")
        } else {
            word.to_owned()
        }
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    text.lines().map(|l| line(l) + "\n").collect()
}
