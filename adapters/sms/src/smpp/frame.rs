//! What comes in over the wire, cut at the lengths that it names.
//!
//! Each PDU is read from its own octets only, so one that lies about its inside cannot take the
//! next one with it. Only the fields that matter are read, and leniently: real centres send short
//! answers, long parameters and octets outside ASCII.

use rusmpp::{CommandId, CommandStatus};
use tokio_util::bytes::{Buf, Bytes, BytesMut};

/// Octets of a PDU's header.
const HEADER_BYTES: usize = 16;
/// Octets of a PDU: a `message_payload` of 64 KiB and what stands around it.
pub(super) const FRAME_BYTES_MAX: usize = 70_000;

/// One PDU with its header read.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) id: CommandId,
    pub(super) status: CommandStatus,
    pub(super) sequence: u32,
    pub(super) body: Bytes,
}

/// That the stream names a length that no PDU has; where the next one begins is unknown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadLength;

/// Takes the next PDU off the stream, if it is there whole.
pub(super) fn next(stream: &mut BytesMut) -> Result<Option<Frame>, BadLength> {
    let Some(length) = stream.first_chunk::<4>() else { return Ok(None) };
    let length = u32::from_be_bytes(*length) as usize;
    if !(HEADER_BYTES..=FRAME_BYTES_MAX).contains(&length) {
        return Err(BadLength);
    }
    if stream.len() < length {
        return Ok(None);
    }
    let mut body = stream.split_to(length).freeze();
    body.advance(4);
    let id = CommandId::from(body.get_u32());
    let status = CommandStatus::from(body.get_u32());
    let sequence = body.get_u32();
    Ok(Some(Frame { id, status, sequence, body }))
}

/// The name that a submission's answer gives the message; `None` where it gives none.
pub(super) fn message_id(body: &[u8]) -> Option<String> {
    const ID_BYTES_MAX: usize = 64;
    let id = body.split(|octet| *octet == 0).next().unwrap_or_default();
    let id = id.get(..id.len().min(ID_BYTES_MAX)).unwrap_or_default();
    (!id.is_empty()).then(|| String::from_utf8_lossy(id).into_owned())
}

/// A `deliver_sm` or `data_sm`: a receipt, or what somebody wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Delivery {
    pub(super) source_ton: u8,
    pub(super) source: Vec<u8>,
    pub(super) destination: Vec<u8>,
    pub(super) esm_class: u8,
    pub(super) data_coding: u8,
    pub(super) message: Vec<u8>,
    pub(super) receipted_message_id: Option<Vec<u8>>,
    pub(super) message_state: Option<u8>,
    pub(super) network_error: Option<(u8, u16)>,
    /// `sar_msg_ref_num`, `sar_total_segments`, `sar_segment_seqnum`.
    pub(super) sar: (Option<u16>, Option<u8>, Option<u8>),
}

impl Delivery {
    /// Reads a `deliver_sm` (section 4.6.1).
    pub(super) fn deliver_sm(body: &[u8]) -> Option<Self> {
        let mut rest = Octets(body);
        let mut delivery = Self::addresses(&mut rest)?;
        let _protocol_and_priority = rest.take(2)?;
        let _schedule = rest.text()?;
        let _validity = rest.text()?;
        let _registered_and_replace = rest.take(2)?;
        delivery.data_coding = rest.one()?;
        let _default_message = rest.one()?;
        let length = rest.one()?;
        delivery.message = rest.take(length.into())?.to_vec();
        delivery.parameters(rest);
        Some(delivery)
    }

    /// Reads a `data_sm` (section 4.7.1), which some centres bring receipts in.
    pub(super) fn data_sm(body: &[u8]) -> Option<Self> {
        let mut rest = Octets(body);
        let mut delivery = Self::addresses(&mut rest)?;
        let _registered = rest.one()?;
        delivery.data_coding = rest.one()?;
        delivery.parameters(rest);
        Some(delivery)
    }

    fn addresses(rest: &mut Octets<'_>) -> Option<Self> {
        let _service_type = rest.text()?;
        let source_ton = rest.one()?;
        let _source_npi = rest.one()?;
        let source = rest.text()?.to_vec();
        let _destination_ton_and_npi = rest.take(2)?;
        let destination = rest.text()?.to_vec();
        let esm_class = rest.one()?;
        Some(Self { source_ton, source, destination, esm_class, ..Self::default() })
    }

    /// Reads the optional parameters up to the first that is cut off.
    fn parameters(&mut self, mut rest: Octets<'_>) {
        while let Some((tag, value)) = rest.parameter() {
            match (tag, value) {
                (0x001E, id) => {
                    let id = id.split(|octet| *octet == 0).next().unwrap_or_default();
                    self.receipted_message_id = Some(id.to_vec()).filter(|id| !id.is_empty());
                }
                (0x0427, [state, ..]) => self.message_state = Some(*state),
                (0x0423, [network, high, low]) => {
                    self.network_error = Some((*network, u16::from_be_bytes([*high, *low])));
                }
                (0x0424, payload) => self.message = payload.to_vec(),
                (0x020C, [high, low]) => self.sar.0 = Some(u16::from_be_bytes([*high, *low])),
                (0x020E, [total]) => self.sar.1 = Some(*total),
                (0x020F, [number]) => self.sar.2 = Some(*number),
                _ => {}
            }
        }
    }
}

/// A walk over octets that ends where they end.
struct Octets<'a>(&'a [u8]);

impl<'a> Octets<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn one(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// Octets up to a zero, which is gone past.
    fn text(&mut self) -> Option<&'a [u8]> {
        let length = self.0.iter().position(|octet| *octet == 0)?;
        let text = self.take(length)?;
        self.take(1)?;
        Some(text)
    }

    fn parameter(&mut self) -> Option<(u16, &'a [u8])> {
        let tag = u16::from_be_bytes(*self.take(2)?.first_chunk()?);
        let length = u16::from_be_bytes(*self.take(2)?.first_chunk()?);
        Some((tag, self.take(length.into())?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tokio_util::bytes::BytesMut;

    use super::{BadLength, Delivery, FRAME_BYTES_MAX, message_id, next};

    #[test]
    fn a_length_that_no_pdu_has_is_told_before_anything_is_kept() {
        for length in [0_u32, 15, u32::try_from(FRAME_BYTES_MAX).unwrap() + 1, u32::MAX] {
            let mut stream = BytesMut::from(&length.to_be_bytes()[..]);
            assert_eq!(next(&mut stream).unwrap_err(), BadLength);
        }
    }

    #[test]
    fn half_a_pdu_waits_for_the_rest() {
        let mut stream = BytesMut::from(&[0, 0, 0, 16, 0, 0, 0, 0x15, 0, 0, 0, 0, 0, 0, 0][..]);
        assert!(next(&mut stream).unwrap().is_none());
        stream.extend_from_slice(&[7, 0, 0]);
        assert_eq!(next(&mut stream).unwrap().unwrap().sequence, 7);
        assert_eq!(stream.len(), 2);
    }

    #[test]
    fn an_answer_without_a_name_or_without_its_end_is_still_an_answer() {
        assert_eq!(message_id(b""), None);
        assert_eq!(message_id(b"\0"), None);
        assert_eq!(message_id(b"42"), Some("42".to_owned()));
        assert_eq!(message_id(b"42\0junk"), Some("42".to_owned()));
    }

    proptest! {
        #[test]
        fn octets_from_anywhere_are_read_or_refused(octets in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Delivery::deliver_sm(&octets);
            let _ = Delivery::data_sm(&octets);
            let _ = next(&mut BytesMut::from(&octets[..]));
        }
    }
}
