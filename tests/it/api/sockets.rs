//! What a WebSocket client is held to. Where time must pass the clock jumps instead, so these run
//! on one thread.

use muster::web::limits::{
    OPERATIONS_PER_SOCKET_MAX, SOCKET_INIT_TIME_MAX, SOCKET_PING_EVERY, SOCKET_SILENCE_MAX,
};
use serde_json::json;
use tokio::time::{Instant, pause};

use crate::support::hub::{READER, TestHub};
use crate::support::socket::Socket;

#[tokio::test]
async fn a_client_that_does_not_begin_is_sent_away() {
    let hub = TestHub::start().await;
    let mut socket = Socket::connect(&hub, "graphql-transport-ws").await;
    pause();
    let begun = Instant::now();
    let why = "Connection initialisation timeout";
    assert_eq!(socket.hear().await, json!({ "closed": 4408, "why": why }));
    assert!(begun.elapsed() >= SOCKET_INIT_TIME_MAX / 2);
}

#[tokio::test]
async fn a_client_that_answers_pings_may_be_silent_for_ever() {
    let hub = TestHub::start().await;
    let mut socket = Socket::begin(&hub, READER).await;
    pause();
    let begun = Instant::now();
    while begun.elapsed() < 3 * SOCKET_SILENCE_MAX {
        socket.hear_ping().await;
    }
    socket.say(json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await, json!({ "type": "pong" }));
}

#[tokio::test]
async fn a_client_that_answers_nothing_is_given_up() {
    let hub = TestHub::start().await;
    let socket = Socket::begin(&hub, READER).await;
    pause();
    let begun = Instant::now();
    let heard = socket.only_listen().await;
    assert!(heard.ends_with(b"No sign of life"), "{heard:?}");
    assert!(begun.elapsed() < SOCKET_SILENCE_MAX + 2 * SOCKET_PING_EVERY);
}

#[tokio::test]
async fn operations_on_one_connection_are_bounded() {
    let hub = TestHub::start().await;
    let mut socket = Socket::begin(&hub, READER).await;
    for id in 0..=OPERATIONS_PER_SOCKET_MAX {
        let follow = "subscription { copChanges { sequence } }";
        socket.subscribe(&id.to_string(), follow, json!({})).await;
    }
    let closed = loop {
        let message = socket.hear().await;
        if message.get("closed").is_some() {
            break message;
        }
    };
    let why = "Too many operations on one connection";
    assert_eq!(closed, json!({ "closed": 1008, "why": why }));
}
