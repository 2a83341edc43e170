//! Against a broker that misbehaves: the test is the broker.

use std::time::Duration;

use muster_contract::channel::{Channel, Incoming};
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{
    Packet, PubAckReason, PubRec, Publish, PublishProperties, SubscribeReasonCode,
};

use crate::support::raw::{Raw, connack, puback, written};
use crate::support::{Tray, channel, message, outcome, settings, shown, soon, start, until_down};

const QUICK: &str = r#","keep_alive_seconds":5"#;

#[tokio::test]
async fn each_code_of_the_broker_says_what_to_do_next() {
    let broker = Raw::listen().await;
    let hub = channel(broker.port(), "");
    let mut peer = broker.welcome().await;
    let codes = [
        PubAckReason::Success,
        PubAckReason::NoMatchingSubscribers,
        PubAckReason::UnspecifiedError,
        PubAckReason::NotAuthorized,
        PubAckReason::TopicNameInvalid,
        PubAckReason::PacketIdentifierInUse,
        PubAckReason::QuotaExceeded,
        PubAckReason::PayloadFormatInvalid,
    ];
    let mut lines = Vec::new();
    for code in codes {
        let message = message("n-1", "sirens/4");
        let answer = async {
            let heard = peer.hears_message().await;
            peer.say(&puback(heard.pkid, code)).await;
        };
        lines.push(tokio::join!(outcome(&hub, &message), answer).0);
    }
    insta::assert_snapshot!(lines.join("\n"), @"
    taken as n-1
    Temporary: no device listens on this topic now (`no-matching-subscribers`)
    Temporary: the broker did not take the message (`unspecified-error`)
    Permanent: the broker does not let this hub publish to this topic (`not-authorized`)
    Permanent: the broker does not accept this topic (`topic-name-invalid`)
    Temporary: the broker still waits for an earlier packet (`packet-identifier-in-use`)
    Temporary: the broker takes no more messages for now (`quota-exceeded`)
    Permanent: the broker does not accept this payload (`payload-format-invalid`)
    ");
}

#[tokio::test]
async fn a_message_that_was_out_when_the_connection_was_lost_is_in_doubt() {
    let broker = Raw::listen().await;
    let hub = channel(broker.port(), "");
    let first = message("n-1", "sirens/4");
    let lose = async {
        let mut peer = broker.welcome().await;
        peer.hears_message().await;
    };
    let (lost, ()) = tokio::join!(outcome(&hub, &first), lose);
    insta::assert_snapshot!(lost, @"InDoubt: the connection to the broker was lost before it acknowledged the message (`connection-lost`)");
    // The library does not send it again by itself: the next thing that comes is the next message.
    let mut peer = broker.welcome().await;
    let second = message("n-2", "sirens/4");
    let answer = async {
        let heard = peer.hears_message().await;
        assert_eq!(heard.properties.unwrap().correlation_data.unwrap(), "n-2");
        peer.say(&puback(heard.pkid, PubAckReason::Success)).await;
    };
    // The link is open a moment after the broker has said so.
    let submit = async {
        loop {
            let said = shown(hub.submit(&second).await);
            if !said.starts_with("Technical") {
                return said;
            }
            tokio::task::yield_now().await;
        }
    };
    assert_eq!(tokio::join!(soon(submit), answer).0, "taken as n-2");
}

#[tokio::test]
async fn a_broker_that_gives_our_place_to_another_client_is_quoted() {
    let broker = Raw::listen().await;
    let hub = channel(broker.port(), "");
    let mut peer = broker.welcome().await;
    let message = message("n-1", "sirens/4");
    let take_over = async {
        peer.hears_message().await;
        peer.say_bytes(&[0xe0, 0x02, 0x8e, 0x00]).await;
    };
    let (said, ()) = tokio::join!(outcome(&hub, &message), take_over);
    assert!(said.starts_with("InDoubt: ") && said.ends_with("(`session-taken-over`)"), "{said}");
}

#[tokio::test]
async fn an_acknowledgement_in_the_last_packet_before_the_end_counts() {
    let broker = Raw::listen().await;
    let hub = channel(broker.port(), "");
    let answer = async {
        let mut peer = broker.welcome().await;
        let heard = peer.hears_message().await;
        let mut bytes = written(&[&puback(heard.pkid, PubAckReason::Success)]);
        // Something that no broker may send, in the same breath.
        bytes.extend([0xf0, 0x02, 0x00, 0x00]);
        peer.say_bytes(&bytes).await;
    };
    let message = message("n-1", "sirens/4");
    assert_eq!(tokio::join!(outcome(&hub, &message), answer).0, "taken as n-1");
}

#[tokio::test]
async fn an_answer_to_another_packet_or_of_another_kind_is_no_answer() {
    for wrong in [
        |id: u16| puback(id + 7, PubAckReason::Success),
        |id: u16| puback(id + 7_000, PubAckReason::Success),
        |id: u16| Packet::PubRec(PubRec::new(id, None)),
    ] {
        let broker = Raw::listen().await;
        let hub = channel(broker.port(), "");
        let answer = async {
            let mut peer = broker.welcome().await;
            let heard = peer.hears_message().await;
            peer.say(&wrong(heard.pkid)).await;
            peer
        };
        let message = message("n-1", "sirens/4");
        let (said, _peer) = tokio::join!(outcome(&hub, &message), answer);
        assert!(said.starts_with("InDoubt: "), "{said}");
    }
}

#[tokio::test]
async fn a_broker_that_never_acknowledges_leaves_the_message_in_doubt_and_is_left() {
    let broker = Raw::listen().await;
    let hub = channel(broker.port(), "");
    let listen = async {
        let mut peer = broker.welcome().await;
        peer.hears_message().await;
        peer.is_left().await;
    };
    let message = message("n-1", "sirens/4");
    let (said, ()) = tokio::join!(outcome(&hub, &message), listen);
    insta::assert_snapshot!(said, @"InDoubt: the connection to the broker was lost before it acknowledged the message (`puback-timeout`)");
}

#[tokio::test]
async fn a_broker_that_does_not_welcome_us_takes_nothing() {
    let too_much = [0x30, 0xff, 0xff, 0xff, 0x7f];
    let refused = [0x20, 0x03, 0x00, 0x87, 0x00];
    let no_qos = written(&[&connack(|told| told.max_qos = Some(0))]);
    let says: [&[u8]; 7] = [
        b"",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        &[0xd0, 0],
        &too_much,
        &refused,
        &no_qos,
        &[0x20],
    ];
    let mut tasks = Vec::new();
    for bytes in says {
        let bytes = bytes.to_vec();
        tasks.push(tokio::spawn(async move {
            let broker = Raw::listen().await;
            let hub = channel(broker.port(), "");
            let answer = async {
                let mut peer = broker.accept().await;
                peer.hears().await;
                peer.say_bytes(&bytes).await;
                peer.is_left().await;
            };
            let message = message("n-1", "sirens/4");
            tokio::join!(outcome(&hub, &message), answer).0
        }));
    }
    let mut lines = Vec::new();
    for task in tasks {
        lines.push(task.await.unwrap());
    }
    insta::assert_snapshot!(lines.join("\n"), @"
    Technical: the broker did not answer in time (`connect-timeout`)
    Technical: the broker did not answer in time (`connect-timeout`)
    Technical: the broker answered with something else than MQTT asks for (`protocol`)
    Technical: the broker sent something else than MQTT asks for (`protocol`)
    Technical: the broker does not let this hub connect (`not-authorized`)
    Technical: the broker does not acknowledge messages: it offers QoS 0 alone (`qos-not-supported`)
    Technical: the broker did not answer in time (`connect-timeout`)
    ");
}

#[tokio::test]
async fn a_welcome_that_drips_is_not_waited_for() {
    let broker = Raw::listen().await;
    let hub = channel(broker.port(), "");
    let drip = async {
        let mut peer = broker.accept().await;
        // A packet of 200 bytes, one at a time.
        peer.say_bytes(&[0x20, 0xc8, 0x01]).await;
        for _ in 0..200 {
            peer.say_bytes(&[0]).await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let message = message("n-1", "sirens/4");
    tokio::select! {
        said = outcome(&hub, &message) => insta::assert_snapshot!(said, @"Technical: the broker did not answer in time (`connect-timeout`)"),
        () = drip => panic!("it was waited for"),
    }
}

#[tokio::test]
async fn a_broker_that_stops_reading_does_not_hold_us() {
    let broker = Raw::listen().await;
    let hub = channel(broker.port(), r#","max_packet_bytes":1048576,"in_flight":64"#);
    let _peer = broker.welcome().await;
    let mut large = message("n-1", "sirens/4");
    large.content.text = "x".repeat(900_000);
    let all = (0..14).map(|_| hub.submit(&large));
    let mut tasks: Vec<_> = all.collect();
    let mut kinds = std::collections::BTreeSet::new();
    let both = async {
        for task in &mut tasks {
            kinds.insert(task.await.unwrap_err().kind);
        }
    };
    soon(both).await;
    assert!(!kinds.is_empty());
}

#[tokio::test]
async fn a_broker_falling_silent_is_noticed_whatever_keep_alive_it_has_told() {
    let silent = async |told: u16| {
        let broker = Raw::listen().await;
        let hub = channel(broker.port(), QUICK);
        let mut peer = broker.accept().await;
        let granted = SubscribeReasonCode::Success(QoS::AtLeastOnce);
        peer.welcome(|all| all.server_keep_alive = Some(told), granted).await;
        let message = message("n-1", "sirens/4");
        let answer = async {
            let heard = peer.hears_message().await;
            peer.say(&puback(heard.pkid, PubAckReason::Success)).await;
            peer
        };
        let (said, mut peer) = tokio::join!(outcome(&hub, &message), answer);
        assert_eq!(said, "taken as n-1");
        peer.is_left().await;
    };
    tokio::join!(silent(0), silent(u16::MAX));
}

#[tokio::test]
async fn a_refused_subscription_is_told_by_the_probe_and_messages_go_all_the_same() {
    let broker = Raw::listen().await;
    let hub = channel(broker.port(), "");
    let mut peer = broker.accept().await;
    peer.welcome(|_| {}, SubscribeReasonCode::NotAuthorized).await;
    tokio::spawn(async move {
        loop {
            let heard = peer.hears_message().await;
            peer.say(&puback(heard.pkid, PubAckReason::Success)).await;
        }
    });
    assert_eq!(outcome(&hub, &message("n-1", "sirens/4")).await, "taken as n-1");
    assert_eq!(until_down(&hub).await, "replies-refused");
}

#[tokio::test]
async fn a_broker_that_never_stops_talking_does_not_keep_us_from_looking_at_the_clock() {
    let broker = Raw::listen().await;
    let hub = channel(broker.port(), "");
    let message = message("n-1", "sirens/4");
    let talk = async {
        let mut peer = broker.welcome().await;
        peer.hears_message().await;
        let pongs = [0xd0, 0].repeat(10_000);
        loop {
            peer.say_bytes(&pongs).await;
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        said = outcome(&hub, &message) => assert!(said.ends_with("(`puback-timeout`)"), "{said}"),
        () = talk => {}
    }
}

#[tokio::test]
async fn replies_without_acknowledgement_are_dropped_and_counted_when_too_many_come() {
    let broker = Raw::listen().await;
    let hub = start(&settings(broker.port(), ""), Tray::new(u32::MAX).0);
    let mut peer = broker.welcome().await;
    let mut packet = Publish::new("replies", QoS::AtMostOnce, r#"{"key":"n","answer":"1"}"#, None);
    let flood = written(&[&Packet::Publish(packet.clone())]).repeat(3_000);
    peer.say_bytes(&flood).await;
    packet.topic = "elsewhere".into();
    peer.say(&Packet::Publish(packet)).await;
    // The connection lives.
    let message = message("n-1", "sirens/4");
    let answer = async {
        let heard = peer.hears_message().await;
        peer.say(&puback(heard.pkid, PubAckReason::Success)).await;
    };
    assert_eq!(tokio::join!(outcome(&hub, &message), answer).0, "taken as n-1");
    assert!((1_900..=2_001).contains(&hub.dropped()), "{}", hub.dropped());
}

#[tokio::test]
async fn a_flood_of_replies_is_bounded_and_none_is_acknowledged_before_it_is_taken() {
    let broker = Raw::listen().await;
    let hub = start(&settings(broker.port(), ""), Tray::new(u32::MAX).0);
    let mut peer = broker.welcome().await;
    let flood = written(&[&reply(1, None)]).repeat(50_000);
    peer.say_bytes(&flood).await;
    let heard = async {
        let mut bytes = Vec::new();
        let mut scrap = [0; 4096];
        use tokio::io::AsyncReadExt;
        while let Ok(read @ 1..) = peer.stream.read(&mut scrap).await {
            bytes.extend_from_slice(&scrap[..read]);
        }
        bytes
    };
    assert_eq!(soon(heard).await, b"", "nothing is acknowledged");
    drop(hub);
}

#[tokio::test]
async fn a_topic_alias_that_we_did_not_allow_ends_the_connection() {
    let broker = Raw::listen().await;
    let (tray, mut given) = Tray::new(0);
    let _hub = start(&settings(broker.port(), ""), tray);
    let mut peer = broker.welcome().await;
    let aliased = PublishProperties { topic_alias: Some(1), ..PublishProperties::default() };
    peer.say(&reply(1, None)).await;
    peer.say(&reply(2, Some(aliased))).await;
    assert!(matches!(soon(given.recv()).await, Some(Incoming::Receipt(_))));
    peer.is_left().await;
    assert!(given.try_recv().is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_bytes_of_a_broker_make_the_channel_fall_over() {
    // A fixed sequence of chance: the same in each run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut chance = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut hubs = tokio::task::JoinSet::new();
    for _ in 0..60 {
        let broker = Raw::listen().await;
        let hub = channel(broker.port(), "");
        let kind = chance();
        let mut bytes: Vec<u8> = (0..chance() % 200).map(|_| chance() as u8).collect();
        if kind % 2 == 0 && bytes.len() > 2 {
            // The beginning of a packet that may come, with its right length.
            bytes[0] = [0x32, 0x40, 0x90, 0x20, 0xe0, 0x50, 0x62, 0x70][(kind / 2 % 8) as usize];
            bytes.truncate(120);
            bytes[1] = (bytes.len() - 2) as u8;
        }
        hubs.spawn(async move {
            let mut peer = broker.welcome().await;
            let message = message("n-1", "sirens/4");
            let nasty = async {
                peer.hears_message().await;
                peer.say_bytes(&bytes).await;
                drop(peer);
            };
            let (said, ()) = tokio::join!(outcome(&hub, &message), nasty);
            assert!(!said.starts_with("Technical"), "{said}: it was on the wire");
            // And the channel lives: it comes back.
            let _peer = broker.welcome().await;
        });
    }
    soon(hubs.join_all()).await;
}

fn reply(id: u16, properties: Option<PublishProperties>) -> Packet {
    let payload = r#"{"key":"n-1","state":"delivered"}"#;
    let mut packet = Publish::new("replies", QoS::AtLeastOnce, payload, properties);
    packet.pkid = id;
    Packet::Publish(packet)
}
