//! Answers by the thousand while the next wave is about to begin.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream;
use jiff::{SignedDuration, Timestamp};
use muster::domain::message::content::Meaning;
use muster::domain::message::delivery::Purpose;
use muster::domain::message::{Channel, Message, RecordAnswer, Stage, Why};
use muster::domain::{Id, Principal, World};
use muster::hub::Clock;
use muster::notify::Notify;
use muster::notify::clients::Clients;
use muster::notify::links::Links;
use muster::notify::sandbox::Shelf;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::support::hub::{CHIEF, DISPATCH, TestHub};

/// People in the first wave; as many are in the second one.
const WAVE: usize = 1_000;
/// How many have to come.
const ENOUGH: usize = 900;

/// A clock that goes by itself and can be put forward.
fn clock() -> (Clock, Arc<AtomicI64>) {
    let ahead = Arc::new(AtomicI64::new(0));
    let system = Clock::system();
    let by = Arc::clone(&ahead);
    let time = move || system.now() + SignedDuration::from_secs(by.load(Ordering::SeqCst));
    (Clock::by(time), ahead)
}

async fn ask(hub: &TestHub, token: &str, query: &str, variables: Value) -> Value {
    let answer = hub.ask(token, query, variables).await;
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"].clone()
}

/// Registers a person with a telephone, of whom Harbor Fire knows.
async fn hire(hub: &TestHub, fire: &Value, number: usize) -> Value {
    let query = "mutation($input: RegisterPersonInput!) {
        registerPerson(input: $input) { person { id } } }";
    let input = json!({ "input": { "name": format!("P{number}") } });
    let person = ask(hub, CHIEF, query, input).await["registerPerson"]["person"]["id"].clone();
    let query = "mutation($join: JoinOrganizationInput!, $contact: SetContactInput!) {
        joinOrganization(input: $join) { refusal { message } }
        setContact(input: $contact) { refusal { message } } }";
    let join = json!({ "person": person, "organization": fire, "title": "member" });
    let contact =
        json!({ "channels": [{ "channel": "SMS", "address": format!("+1202{number:07}") }] });
    let contact = json!({ "person": person, "contact": contact });
    ask(hub, CHIEF, query, json!({ "join": join, "contact": contact })).await;
    person
}

/// Launches a message in two waves, a minute apart, until enough have accepted.
async fn launch(hub: &TestHub, persons: &[Value]) -> Id<Message> {
    // An audience names some dozens of people; a thousand are a group.
    let mut groups = Vec::new();
    for (number, members) in persons.chunks(WAVE).enumerate() {
        let query = "mutation($input: MakeGroupInput!) { makeGroup(input: $input) {
            group { id } refusal { message } } }";
        let input = json!({ "name": format!("wave {number}"), "members": members });
        let formed = ask(hub, CHIEF, query, json!({ "input": input })).await;
        assert_eq!(formed["makeGroup"]["refusal"], Value::Null, "{formed}");
        groups.push(formed["makeGroup"]["group"]["id"].clone());
    }
    let content = json!({
        "wordings": [{ "language": "en", "what": "All hands" }],
        "responses": [{ "meaning": "ACCEPT" }], "priority": "LIFE_SAFETY",
    });
    let wave = |n: usize| json!({ "anyOf": { "groups": [groups[n]] }, "afterMinutes": n });
    let plan = json!({ "expects": "ANSWER", "intervalSeconds": 30, "cycles": 3,
        "channels": ["SMS"], "enough": [{ "count": ENOUGH }], "waves": [wave(0), wave(1)] });
    let input = json!({ "input": { "content": content, "plan": plan } });
    let query = "mutation($input: DraftMessageInput!) { draftMessage(input: $input) {
        message { id } refusal { message } } }";
    let drafted = ask(hub, DISPATCH, query, input).await;
    let id = drafted["draftMessage"]["message"]["id"].clone();
    assert!(id.is_string(), "{drafted}");
    let query = "query($id: ID!) { messagePreview(message: $id) { digest } }";
    let seen = ask(hub, CHIEF, query, json!({ "id": id })).await;
    let as_seen = json!({ "message": id, "digest": seen["messagePreview"]["digest"] });
    let query = "mutation($release: ReleaseMessageInput!) {
        releaseMessage(input: $release) { refusal { message } } }";
    ask(hub, CHIEF, query, json!({ "release": as_seen })).await;
    let query = "mutation($launch: LaunchMessageInput!) {
        launchMessage(input: $launch) { message { stage } refusal { message } } }";
    let mut launch = as_seen;
    launch["idempotencyKey"] = json!("launch");
    let launched = ask(hub, DISPATCH, query, json!({ "launch": launch })).await;
    assert_eq!(launched["launchMessage"]["message"]["stage"], "RUNNING", "{launched}");
    id.as_str().unwrap().parse().unwrap()
}

/// Waits until the World is as wanted.
async fn until(hub: &TestHub, wanted: impl Fn(&World) -> bool) -> Arc<World> {
    let mut steps = hub.hub().steps();
    let found = async {
        loop {
            let world = Arc::clone(&hub.hub().picture().world);
            if wanted(&world) {
                return world;
            }
            let _ = tokio::time::timeout(Duration::from_millis(200), steps.recv()).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), found).await.expect("it comes to that")
}

/// Everybody of the first wave says that they have seen it and that they come, in any order, while
/// the clock is put past the moment of the second wave.
async fn answer_all(hub: &TestHub, message: Id<Message>, persons: &[Value], ahead: &AtomicI64) {
    let by_hub = Arc::new(Principal::hub());
    let answers = persons.iter().flat_map(|person| {
        let person = person.as_str().unwrap().parse().unwrap();
        [Meaning::Acknowledge, Meaning::Accept].map(|meaning| (person, meaning))
    });
    stream::iter(answers.enumerate())
        .for_each_concurrent(200, |(number, (person, meaning))| {
            let by_hub = Arc::clone(&by_hub);
            async move {
                if number == WAVE {
                    ahead.fetch_add(58, Ordering::SeqCst);
                }
                let response = (meaning == Meaning::Accept).then_some(1);
                let (arrival, channel) = (None, Some(Channel::Sms));
                let answer = RecordAnswer { message, person, meaning, response, arrival, channel };
                hub.hub().submit(&by_hub, answer, None, "test".to_owned()).await.unwrap();
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_answers_race_the_next_wave_and_nobody_is_told_after_they_answered() {
    let (clock, ahead) = clock();
    let hub = TestHub::start_with(clock.clone()).await;
    let organizations = ask(&hub, CHIEF, "{ organizations { nodes { id } } }", json!({})).await;
    let fire = organizations["organizations"]["nodes"][0]["id"].clone();
    let persons: Vec<Value> = stream::iter((0..2 * WAVE).map(|number| hire(&hub, &fire, number)))
        .buffered(32)
        .collect()
        .await;
    let shelf = Shelf::new(clock.clone());
    let links = Links::new("http://127.0.0.1/".parse().unwrap(), &[7; 32]);
    let notify = Notify::new(hub.hub().clone(), links, Clients::sandbox(&shelf, &clock));
    let stop = CancellationToken::new();
    let telling = tokio::spawn(notify.run(stop.clone()));

    let message = launch(&hub, &persons).await;
    let begun = |world: &World| world.message(message).unwrap().run.as_ref().unwrap().begun;
    until(&hub, |world| begun(world) as usize >= WAVE).await;
    answer_all(&hub, message, &persons[..WAVE], &ahead).await;
    let over = |world: &World| !world.message(message).unwrap().is_running();
    let world = until(&hub, over).await;
    check(world.message(message).unwrap());
    stop.cancel();
    telling.await.unwrap();
}

/// What holds whatever came first.
fn check(message: &Message) {
    let Stage::Ended { why, at } = &message.stage else { panic!("{:?}", message.stage) };
    assert_eq!(*why, Why::Enough);
    let run = message.run.as_ref().unwrap();
    let late = SignedDuration::from_secs(2);
    let mut accepted = 0;
    for delivery in run.deliveries.values() {
        let answer = delivery.answer.as_ref().filter(|a| a.meaning == Meaning::Accept);
        accepted += usize::from(answer.is_some());
        let satisfied: Option<Timestamp> = answer.map(|answer| answer.at);
        for attempt in delivery.attempts.iter().filter(|a| a.purpose == Purpose::Tell) {
            assert!(attempt.at <= *at, "an attempt was intended after the end");
            assert!(satisfied.is_none_or(|at| attempt.at <= at + late), "{delivery:?}");
        }
    }
    assert!((ENOUGH..=WAVE).contains(&accepted), "{accepted}");
}
