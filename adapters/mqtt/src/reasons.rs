//! What the codes of brokers, and lost connections, mean for what to do next.

use muster_contract::channel::{Failure, FailureKind};
use rumqttc::v5::mqttbytes::v5::{ConnectReturnCode as Refused, PubAckReason};
use rumqttc::v5::{ConnectionError, StateError};

/// What a broker's acknowledgement of a published packet means: MQTT 5, section 3.4.2.1.
///
/// "No matching subscribers" is a success to the broker, and yet it has thrown the message away:
/// nobody listens there and nothing keeps it for a device that comes back.
pub(crate) fn acknowledged(reason: PubAckReason) -> Result<(), Failure> {
    use FailureKind::{Permanent, Temporary};
    let (kind, code, says) = match reason {
        PubAckReason::Success => return Ok(()),
        PubAckReason::NoMatchingSubscribers => {
            (Temporary, "no-matching-subscribers", "no device listens on this topic now")
        }
        PubAckReason::UnspecifiedError => {
            (Temporary, "unspecified-error", "the broker did not take the message")
        }
        PubAckReason::ImplementationSpecificError => {
            (Temporary, "implementation-specific-error", "the broker did not take the message")
        }
        PubAckReason::PacketIdentifierInUse => {
            (Temporary, "packet-identifier-in-use", "the broker still waits for an earlier packet")
        }
        PubAckReason::QuotaExceeded => {
            (Temporary, "quota-exceeded", "the broker takes no more messages for now")
        }
        PubAckReason::NotAuthorized => {
            (Permanent, "not-authorized", "the broker does not let this hub publish to this topic")
        }
        PubAckReason::TopicNameInvalid => {
            (Permanent, "topic-name-invalid", "the broker does not accept this topic")
        }
        PubAckReason::PayloadFormatInvalid => {
            (Permanent, "payload-format-invalid", "the broker does not accept this payload")
        }
    };
    Err(Failure::new(kind, code, says))
}

/// Why there is no connection. The library's own words stay behind: they may quote packets.
pub(crate) fn disconnected(error: &ConnectionError) -> Failure {
    let (code, says) = match error {
        ConnectionError::Timeout(_) => ("connect-timeout", "the broker did not answer in time"),
        ConnectionError::Tls(_) => ("tls", "no secure connection to the broker could be made"),
        ConnectionError::Io(_) => ("connect", "the broker could not be reached"),
        ConnectionError::ConnectionRefused(code) => refused(*code),
        ConnectionError::NotConnAck(_) => {
            ("protocol", "the broker answered with something else than MQTT asks for")
        }
        ConnectionError::RequestsDone => ("closed", "the connection was closed by this hub"),
        ConnectionError::MqttState(error) => lost(error),
    };
    technical(code, says)
}

/// A failure of the provider, with nothing taken.
pub(crate) fn technical(code: &str, says: &str) -> Failure {
    Failure::new(FailureKind::Technical, code, says)
}

/// What was published and not acknowledged before the connection was lost.
pub(crate) fn in_doubt(why: &Failure) -> Failure {
    let says = "the connection to the broker was lost before it acknowledged the message";
    Failure::new(FailureKind::InDoubt, why.code.clone(), says)
}

fn lost(error: &StateError) -> (&'static str, &'static str) {
    use rumqttc::v5::mqttbytes::v5::DisconnectReasonCode as Gone;
    match error {
        StateError::ServerDisconnect { reason_code: Gone::SessionTakenOver, .. } => (
            "session-taken-over",
            "another client has connected with the same `client_id` and taken our place",
        ),
        StateError::ServerDisconnect { reason_code: Gone::PacketTooLarge, .. }
        | StateError::OutgoingPacketTooLarge { .. } => {
            ("packet-too-large", "the broker closed the connection over a packet of ours")
        }
        StateError::ServerDisconnect { reason_code: Gone::NotAuthorized, .. } => {
            ("not-authorized", "the broker closed the connection: it is not allowed")
        }
        StateError::ServerDisconnect { .. } => {
            ("server-disconnect", "the broker closed the connection and said so")
        }
        StateError::ConnectionAborted | StateError::Io(_) => {
            ("connection-lost", "the connection to the broker was lost")
        }
        StateError::AwaitPingResp | StateError::CollisionTimeout => {
            ("silent", "the broker does not answer any more")
        }
        _ => ("protocol", "the broker sent something else than MQTT asks for"),
    }
}

fn refused(code: Refused) -> (&'static str, &'static str) {
    match code {
        Refused::BadUserNamePassword => {
            ("bad-user-name-or-password", "the broker refuses the user name or the password")
        }
        Refused::NotAuthorized => ("not-authorized", "the broker does not let this hub connect"),
        Refused::Banned => ("banned", "the broker has banned this hub"),
        Refused::BadClientId | Refused::ClientIdentifierNotValid => {
            ("client-identifier-not-valid", "the broker does not accept the `client_id`")
        }
        Refused::RefusedProtocolVersion | Refused::UnsupportedProtocolVersion => {
            ("unsupported-protocol-version", "the broker does not speak MQTT 5")
        }
        Refused::ServiceUnavailable | Refused::ServerUnavailable | Refused::ServerBusy => {
            ("server-unavailable", "the broker takes no connections for now")
        }
        Refused::QuotaExceeded | Refused::ConnectionRateExceeded => {
            ("quota-exceeded", "the broker takes no more connections for now")
        }
        Refused::UseAnotherServer | Refused::ServerMoved => {
            ("server-moved", "the broker says to use another one: change `url`")
        }
        _ => ("refused", "the broker refused the connection"),
    }
}
