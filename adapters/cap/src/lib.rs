//! Common Alerting Protocol 1.0, 1.1 and 1.2: bytes in, canonical alerts out, and back.
//!
//! [`Cap`] reads what real senders send, which is not always what the standard says, and
//! [`encode`] writes only what the standard says. A departure that loses nothing becomes a warning
//! beside the alert; one that leaves open what was meant becomes a rejection that names the
//! element, its line and the clause. Example: a warning of the weather service gives its time as
//! `2026-03-01T06:00:00Z`. CAP wants `-00:00`, but nobody can misread it, so it is read with a
//! warning. Were the severity missing, nobody could say what the service meant, so the alert is
//! refused and the service told where to look.
//!
//! Reading goes through four steps, each in its module:
//!
//! - `encoding`: bytes to text, by byte order mark or declaration.
//! - `scan` with `markup`: bounds, DOCTYPEs, and a `tree` for each root element of the text.
//! - `document`: the alerts inside a root: bare, in a list, in a feed, in an envelope.
//! - `read`: one alert, element by element.
//!
//! Nothing here opens a socket, reads a clock or fetches what an alert points to.

mod document;
mod encoding;
mod limits;
mod lines;
mod markup;
mod read;
pub mod sample;
mod scan;
mod tree;
mod write;

use muster_contract::{Decoded, Decoder, Rejection};
pub use write::{EncodeError, encode};

/// The decoder of CAP 1.0, 1.1 and 1.2. Its limits are its constants.
///
/// Besides a single `<alert>` it reads several roots one after another, a list in any wrapper
/// element, Atom and RSS feeds and EDXL-DE envelopes that embed alerts as elements or as text, and
/// JSON envelopes that hold alerts as strings. A feed without entries holds no alert, which is not
/// an error: the answer is empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cap;

impl Decoder for Cap {
    fn decode(&self, bytes: &[u8]) -> Vec<Result<Decoded, Rejection>> {
        document::decode(bytes)
    }
}

/// The namespaces of the versions that are read, oldest first.
pub const NAMESPACES: [&str; 3] = [
    "http://www.incident.com/cap/1.0",
    "urn:oasis:names:tc:emergency:cap:1.1",
    "urn:oasis:names:tc:emergency:cap:1.2",
];
