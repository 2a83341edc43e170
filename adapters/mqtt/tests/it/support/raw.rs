//! A broker that does what the test tells it, right or wrong.

use bytes::BytesMut;
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{
    ConnAck, ConnAckProperties, ConnectReturnCode, Packet, PubAck, PubAckReason, Publish, SubAck,
    SubscribeReasonCode,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::soon;

pub(crate) struct Raw(TcpListener);

/// One connection to it.
pub(crate) struct Peer {
    pub(crate) stream: TcpStream,
    buffer: BytesMut,
}

impl Raw {
    pub(crate) async fn listen() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }

    /// The next connection, with nothing said yet.
    pub(crate) async fn accept(&self) -> Peer {
        let (stream, _) = soon(self.0.accept()).await.unwrap();
        Peer { stream, buffer: BytesMut::new() }
    }

    /// The next connection, welcomed and subscribed.
    pub(crate) async fn welcome(&self) -> Peer {
        let mut peer = self.accept().await;
        peer.welcome(|_| {}, SubscribeReasonCode::Success(QoS::AtLeastOnce)).await;
        peer
    }
}

impl Peer {
    pub(crate) async fn welcome(
        &mut self,
        tell: impl Fn(&mut ConnAckProperties),
        subscribed: SubscribeReasonCode,
    ) {
        assert!(matches!(self.hears().await, Packet::Connect(..)));
        self.say(&connack(tell)).await;
        let Packet::Subscribe(asked) = self.hears().await else { panic!("no subscription") };
        let suback = SubAck { pkid: asked.pkid, return_codes: vec![subscribed], properties: None };
        self.say(&Packet::SubAck(suback)).await;
    }

    /// The next packet of the client.
    pub(crate) async fn hears(&mut self) -> Packet {
        loop {
            if let Ok(packet) = Packet::read(&mut self.buffer, None) {
                return packet;
            }
            let read = soon(self.stream.read_buf(&mut self.buffer)).await.unwrap();
            assert!(read > 0, "the client closed the connection");
        }
    }

    /// The next packet of the client; nothing when it has hung up.
    pub(crate) async fn hears_or_ends(&mut self) -> Option<Packet> {
        loop {
            if let Ok(packet) = Packet::read(&mut self.buffer, None) {
                return Some(packet);
            }
            let read = soon(self.stream.read_buf(&mut self.buffer)).await;
            if !read.is_ok_and(|read| read > 0) {
                return None;
            }
        }
    }

    /// The next message of the client.
    pub(crate) async fn hears_message(&mut self) -> Publish {
        loop {
            if let Packet::Publish(publish) = self.hears().await {
                return publish;
            }
        }
    }

    pub(crate) async fn say(&mut self, packet: &Packet) {
        self.say_bytes(&written(&[packet])).await;
    }

    pub(crate) async fn say_bytes(&mut self, bytes: &[u8]) {
        // The client may have hung up already; that is its right.
        let _ = self.stream.write_all(bytes).await;
    }

    /// Waits until the client has hung up.
    pub(crate) async fn is_left(&mut self) {
        let mut scrap = [0; 4096];
        let end = async { while self.stream.read(&mut scrap).await.is_ok_and(|read| read > 0) {} };
        soon(end).await;
    }
}

pub(crate) fn written(packets: &[&Packet]) -> Vec<u8> {
    let mut bytes = BytesMut::new();
    for packet in packets {
        packet.write(&mut bytes, None).unwrap();
    }
    bytes.to_vec()
}

pub(crate) fn puback(pkid: u16, reason: PubAckReason) -> Packet {
    Packet::PubAck(PubAck { reason, ..PubAck::new(pkid, None) })
}

pub(crate) fn connack(tell: impl Fn(&mut ConnAckProperties)) -> Packet {
    let mut properties = ConnAckProperties {
        session_expiry_interval: None,
        receive_max: None,
        max_qos: None,
        retain_available: None,
        max_packet_size: None,
        assigned_client_identifier: None,
        topic_alias_max: None,
        reason_string: None,
        user_properties: Vec::new(),
        wildcard_subscription_available: None,
        subscription_identifiers_available: None,
        shared_subscription_available: None,
        server_keep_alive: None,
        response_information: None,
        server_reference: None,
        authentication_method: None,
        authentication_data: None,
    };
    tell(&mut properties);
    let code = ConnectReturnCode::Success;
    Packet::ConnAck(ConnAck { session_present: false, code, properties: Some(properties) })
}
