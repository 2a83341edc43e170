//! The PDUs that go out.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use muster_contract::channel::{Failure, FailureKind, Outgoing};
use rusmpp::Pdu;
use rusmpp::pdus::{BindReceiver, BindTransceiver, BindTransmitter, SubmitSm};
use rusmpp::tlvs::MessageSubmissionRequestTlvValue;
use rusmpp::types::{AnyOctetString, COctetString, EmptyOrFullCOctetString, OctetString};
use rusmpp::values::{
    DataCoding, EsmClass, InterfaceVersion, MessagePayload, Npi, PriorityFlag, RegisteredDelivery,
    ServiceType, Ton,
};

use super::settings::{Long, SmppSettings};
use crate::number;
use crate::text::{Encoding, Split, split};

const UCS2: u8 = 8;
const HAS_HEADER: u8 = 0x40;
const TON_UNKNOWN: u8 = 0;
const TON_INTERNATIONAL: u8 = 1;
const TON_ALPHANUMERIC: u8 = 5;
const NPI_UNKNOWN: u8 = 0;
const NPI_ISDN: u8 = 1;

/// Which half of a pair a connection is, or whether it is both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Both,
    Transmitter,
    Receiver,
}

/// The bind request of a connection. Settings were checked, so no field is too long.
pub(super) fn bind(settings: &SmppSettings, role: Role) -> Pdu {
    let system_id = text(&settings.system_id);
    let password = text(settings.password.reveal());
    let system_type = text(&settings.system_type);
    let version = InterfaceVersion::Smpp3_4;
    let (ton, npi, range) = (Ton::Unknown, Npi::Unknown, COctetString::empty());
    match role {
        Role::Both => {
            BindTransceiver::new(system_id, password, system_type, version, ton, npi, range).into()
        }
        Role::Transmitter => {
            BindTransmitter::new(system_id, password, system_type, version, ton, npi, range).into()
        }
        Role::Receiver => {
            BindReceiver::new(system_id, password, system_type, version, ton, npi, range).into()
        }
    }
}

/// The PDUs that a message becomes, or why it cannot be one. `number` tells its parts from those of
/// other messages.
pub(super) fn submissions(
    settings: &SmppSettings,
    message: &Outgoing,
    number: u8,
) -> Result<Vec<SubmitSm>, Failure> {
    let Split { segments, parts } = split(&message.content.text, settings.look_alikes);
    if segments.count > settings.parts_max {
        let says = format!(
            "the text takes {} messages and may take {}",
            segments.count, settings.parts_max
        );
        return Err(Failure::new(FailureKind::Permanent, "too long", says));
    }
    let base = envelope(settings, message, segments.encoding)?;
    if let [only] = parts.as_slice() {
        return Ok(vec![base.with_short_message(octets(only))]);
    }
    if settings.long == Long::Payload {
        let mut whole = base;
        let payload = MessagePayload::new(AnyOctetString::from_vec(parts.concat()));
        whole.push_tlv(MessageSubmissionRequestTlvValue::MessagePayload(payload));
        return Ok(vec![whole]);
    }
    let total = u8::try_from(parts.len()).unwrap_or(u8::MAX);
    let numbered = (1..=total).zip(&parts).map(|(place, part)| {
        let header = [5, 0, 3, number, total, place];
        let mut submission =
            base.clone().with_short_message(octets(&[&header, &part[..]].concat()));
        submission.esm_class = EsmClass::from(HAS_HEADER);
        submission
    });
    Ok(numbered.collect())
}

/// Everything about a submission but its text.
fn envelope(
    settings: &SmppSettings,
    message: &Outgoing,
    encoding: Encoding,
) -> Result<SubmitSm, Failure> {
    let (to, international) = number::of_recipient(message.to.reveal())?;
    let (source, ton, npi) = source(settings);
    let coding = if encoding == Encoding::Gsm7 { settings.gsm_data_coding } else { UCS2 };
    let priority = if message.urgent { settings.urgent_priority } else { 0 };
    let service_type = ServiceType::new(text(&settings.service_type));
    let submission = SubmitSm::builder()
        .service_type(service_type)
        .source_addr_ton(Ton::from(settings.source_ton.unwrap_or(ton)))
        .source_addr_npi(Npi::from(settings.source_npi.unwrap_or(npi)))
        .source_addr(text(source))
        .dest_addr_ton(Ton::from(ton_of(international)))
        .dest_addr_npi(Npi::from(NPI_ISDN))
        .destination_addr(text(to))
        // The codec's default sets a bit of ANSI-41.
        .esm_class(EsmClass::from(0))
        .priority_flag(PriorityFlag::new(priority))
        .registered_delivery(RegisteredDelivery::from(u8::from(settings.receipts)))
        .data_coding(DataCoding::from(coding))
        .validity_period(message.expires.map_or_else(EmptyOrFullCOctetString::empty, validity));
    Ok(submission.build())
}

/// The source as it is written, with type and plan by its form.
fn source(settings: &SmppSettings) -> (&str, u8, u8) {
    match number::digits(&settings.source) {
        Some((digits, international)) => (digits, ton_of(international), NPI_ISDN),
        None => (&settings.source, TON_ALPHANUMERIC, NPI_UNKNOWN),
    }
}

fn ton_of(international: bool) -> u8 {
    if international { TON_INTERNATIONAL } else { TON_UNKNOWN }
}

/// A moment in the absolute form of section 7.1.1: in UTC, to the second.
fn validity(expires: Timestamp) -> EmptyOrFullCOctetString<17> {
    let expires = expires.to_zoned(TimeZone::UTC).strftime("%y%m%d%H%M%S000+").to_string();
    EmptyOrFullCOctetString::from_vec([expires.as_bytes(), b"\0"].concat()).unwrap_or_default()
}

/// Settings and numbers were checked; what they let through fits.
fn text<const MAX: usize>(value: &str) -> COctetString<1, MAX> {
    COctetString::from_vec([value.as_bytes(), b"\0"].concat()).unwrap_or_default()
}

fn octets(part: &[u8]) -> OctetString<0, 255> {
    OctetString::from_slice(part).unwrap_or_default()
}
