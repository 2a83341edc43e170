//! What the provider tells about a call, at the hub's own address.

use muster_contract::Secret;
use muster_contract::channel::{Address, FailureKind, Incoming, Receipt, ReceiptState, Reply};
use reqwest::header::HeaderMap;

use crate::reasons;
use crate::settings::{Settings, is_id, is_number};
use crate::signature::is_signed;

/// Reads callbacks. It keeps nothing: the same request always reads the same.
pub struct Callbacks {
    account: String,
    token: Secret,
    detects: bool,
}

/// Why a callback is not read. None of it says what was in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is not `POST`: answer 405.
    #[error("a callback must be sent by POST")]
    Method,
    /// It is larger than [`Callbacks::MAX_BODY`]: answer 413.
    #[error("the callback is too large")]
    Large,
    /// It has more than [`Callbacks::MAX_FIELDS`] fields: answer 400.
    #[error("the callback has too many fields")]
    Fields,
    /// It has no signature, several, or a wrong one: answer 403.
    #[error("the callback is not signed by the provider: check the public address and the token")]
    Signature,
    /// It is signed, and of another account: answer 403.
    #[error("the callback is about another account")]
    Account,
    /// It is signed, and not about a message of ours: answer 400.
    #[error("the callback does not name a call that this hub has made")]
    Call,
}

type Fields = Vec<(String, String)>;

impl Callbacks {
    /// The largest body of a callback, in bytes.
    pub const MAX_BODY: usize = 65_536;

    /// The most fields of a callback.
    pub const MAX_FIELDS: usize = 200;

    /// Reads the callbacks of one provider.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        Self {
            account: settings.account_sid.clone(),
            token: settings.auth_token.clone(),
            detects: settings.machine_detection,
        }
    }

    /// What a callback says: a receipt, or the key that was pressed, or nothing of interest.
    ///
    /// `url` is the whole address as the provider was given it, so a hub behind another server
    /// builds it from its public address, the path and the query. Answer it with
    /// [`NOTHING`](crate::NOTHING), or after a key with [`words`](crate::words).
    ///
    /// # Errors
    ///
    /// [`Refusal`] when it does not come from the provider or cannot be read.
    pub fn read(
        &self,
        method: &str,
        url: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Vec<Incoming>, Refusal> {
        if method != "POST" {
            return Err(Refusal::Method);
        }
        if body.len() > Self::MAX_BODY || url.len() > Self::MAX_BODY {
            return Err(Refusal::Large);
        }
        let fields = form(body)?;
        let mut signatures = headers.get_all("x-twilio-signature").iter();
        let (Some(signature), None) = (signatures.next(), signatures.next()) else {
            return Err(Refusal::Signature);
        };
        let signature = signature.to_str().map_err(|_| Refusal::Signature)?;
        if !is_signed(self.token.reveal(), url, &fields, signature) {
            return Err(Refusal::Signature);
        }
        if field(&fields, "AccountSid").is_some_and(|account| account != self.account) {
            return Err(Refusal::Account);
        }
        let query = form(url.split_once('?').unwrap_or_default().1.as_bytes())?;
        let call = field(&fields, "CallSid").filter(|sid| is_id(sid)).ok_or(Refusal::Call)?;
        let key = field(&query, "key").filter(|key| is_id(key)).ok_or(Refusal::Call)?;
        match field(&query, "kind") {
            Some("answer") => Ok(pressed(&fields, call, key).into_iter().collect()),
            Some("status") => Ok(self.told(&fields, key).into_iter().collect()),
            _ => Err(Refusal::Call),
        }
    }

    fn told(&self, fields: &Fields, key: &str) -> Option<Incoming> {
        let (state, code) = match field(fields, "CallStatus")? {
            status @ ("queued" | "initiated" | "ringing" | "in-progress" | "answered") => {
                (ReceiptState::Accepted, status.to_owned())
            }
            "completed" => self.completed(field(fields, "AnsweredBy")),
            status @ ("busy" | "no-answer" | "canceled") => {
                (ReceiptState::Failed(FailureKind::Temporary), status.to_owned())
            }
            "failed" => failed(fields),
            // A state of a newer provider: what it means is not known, and nothing is made up.
            _ => return None,
        };
        Some(Incoming::Receipt(Receipt { reference: key.to_owned(), state, code: Some(code) }))
    }

    /// A call that was answered, by whom is the question: what a machine heard, nobody was told.
    fn completed(&self, answered_by: Option<&str>) -> (ReceiptState, String) {
        let (state, code) = match answered_by {
            Some("human") => (ReceiptState::Delivered, "human"),
            Some("fax") => (ReceiptState::Failed(FailureKind::Permanent), "fax"),
            Some(by) if by.starts_with("machine") => {
                (ReceiptState::Failed(FailureKind::Temporary), "machine")
            }
            None if !self.detects => (ReceiptState::Delivered, "completed"),
            Some(_) | None => (ReceiptState::Unknown, "answered-by-unknown"),
        };
        (state, code.to_owned())
    }
}

/// A call that could not be made, by the provider's number or else by the network's answer.
fn failed(fields: &Fields) -> (ReceiptState, String) {
    let number = field(fields, "ErrorCode").and_then(|code| code.parse().ok());
    if let Some((code, (kind, _))) = number.and_then(|code| Some((code, reasons::numbered(code)?)))
    {
        return (ReceiptState::Failed(kind), code.to_string());
    }
    match field(fields, "SipResponseCode").and_then(|code| code.parse::<u16>().ok()) {
        Some(sip) => (ReceiptState::Failed(reasons::network(sip)), format!("sip-{sip}")),
        None => (ReceiptState::Failed(FailureKind::Temporary), "failed".to_owned()),
    }
}

/// The key that was pressed. It is named by the call and the key: pressing it again in the same
/// call, or the provider telling it again, is the same reply.
fn pressed(fields: &Fields, call: &str, key: &str) -> Option<Incoming> {
    let digits = field(fields, "Digits")?;
    if !matches!(digits.as_bytes(), [b'0'..=b'9' | b'*' | b'#']) {
        return None;
    }
    // We call them: they are the ones who are called.
    let from = field(fields, "To").filter(|number| is_number(number)).unwrap_or_default();
    Some(Incoming::Reply(Reply {
        from: Address::new(from),
        text: digits.to_owned(),
        reference: Some(format!("{call}-{digits}")),
        answers: Some(key.to_owned()),
    }))
}

fn form(bytes: &[u8]) -> Result<Fields, Refusal> {
    let mut fields = Fields::new();
    for (name, value) in form_urlencoded::parse(bytes) {
        if fields.len() == Callbacks::MAX_FIELDS {
            return Err(Refusal::Fields);
        }
        fields.push((name.into_owned(), value.into_owned()));
    }
    Ok(fields)
}

/// The value of a field that is there once.
fn field<'a>(fields: &'a Fields, wanted: &str) -> Option<&'a str> {
    let mut all = fields.iter().filter(|(name, _)| name == wanted);
    match (all.next(), all.next()) {
        (Some((_, value)), None) => Some(value),
        _ => None,
    }
}
