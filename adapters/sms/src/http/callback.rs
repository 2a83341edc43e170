//! What a gateway says when it calls back, and whether it is the gateway.
//!
//! Reading is pure: a request goes in, and what it says comes out.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use muster_contract::channel::{Address, FailureKind, Incoming, Receipt, ReceiptState, Reply};

use super::mapping::{Callback, Check, Event, FieldsIn, Says};
use super::template::Values;

/// Octets of a callback's body.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// Fields of a callback.
const FIELDS_MAX: usize = 200;
/// Characters of a name or code that are kept.
const NAME_CHARACTERS_MAX: usize = 128;

/// A request that came in on a gateway's callback address.
#[derive(Clone, Copy, Debug)]
pub struct CallbackRequest<'a> {
    /// Its method.
    pub method: &'a str,
    /// Its whole URL as the gateway wrote it, with scheme, host and query: Twilio signs that.
    pub url: &'a str,
    /// Its headers.
    pub headers: &'a [(String, String)],
    /// Its body.
    pub body: &'a [u8],
}

/// Why a callback is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The mapping has no callbacks.
    #[error("the gateway has no callbacks")]
    None,
    /// It does not prove to be from the gateway.
    #[error("the callback does not prove to be from the gateway")]
    Unproven,
    /// Its body is larger, or it has more fields, than any callback.
    #[error("the callback is too large")]
    TooLarge,
    /// It cannot be read.
    #[error("the callback cannot be read")]
    Unreadable,
    /// It has none of the forms that the mapping knows.
    #[error("the callback has no form that the mapping knows")]
    Unknown,
}

impl Refusal {
    /// The HTTP status to answer with.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::None => 404,
            Self::Unproven => 403,
            Self::TooLarge => 413,
            Self::Unreadable => 400,
            Self::Unknown => 422,
        }
    }
}

/// Reads a callback.
pub(super) fn read(
    callback: &Callback,
    secrets: &Values,
    request: &CallbackRequest<'_>,
) -> Result<Vec<Incoming>, Refusal> {
    if request.body.len() > BODY_BYTES_MAX || request.url.len() > BODY_BYTES_MAX {
        return Err(Refusal::TooLarge);
    }
    prove(&callback.check, secrets, request)?;
    let fields = fields(callback.fields, request)?;
    let event = callback.events.iter().find(|event| event.fits(&fields)).ok_or(Refusal::Unknown)?;
    Ok(vec![event.says.incoming(&fields)?])
}

fn prove(check: &Check, secrets: &Values, request: &CallbackRequest<'_>) -> Result<(), Refusal> {
    let secret = |name: &String| secrets.get(name).filter(|secret| !secret.is_empty());
    let header = |name: &str| {
        let found = request.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.clone())
    };
    let proven = match check {
        Check::Twilio(name) => secret(name)
            .zip(header("X-Twilio-Signature"))
            .is_some_and(|(token, signature)| signed(token, &signature, request)),
        Check::Query(field, name) => {
            let given = pairs(query(request.url).as_bytes())?.into_iter().find(|(k, _)| k == field);
            secret(name).zip(given).is_some_and(|(secret, (_, given))| same(secret, &given))
        }
        Check::Header(field, name) => {
            secret(name).zip(header(field)).is_some_and(|(secret, given)| same(secret, &given))
        }
    };
    if proven { Ok(()) } else { Err(Refusal::Unproven) }
}

/// Twilio's signature: the URL, then the fields of a form in the order of their names, each name
/// and value without anything between, under HMAC-SHA1.
fn signed(token: &str, signature: &str, request: &CallbackRequest<'_>) -> bool {
    let Ok(signature) = BASE64_STANDARD.decode(signature.trim()) else { return false };
    let Ok(mut fields) = pairs(form(request).unwrap_or_default()) else { return false };
    fields.sort();
    let mut text = request.url.to_owned();
    for (name, value) in fields {
        text.push_str(&name);
        text.push_str(&value);
    }
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    hmac::verify(&key, text.as_bytes(), &signature).is_ok()
}

/// Compares secrets in a time that does not tell where they differ.
fn same(secret: &str, given: &str) -> bool {
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"same");
    hmac::verify(&key, given.as_bytes(), hmac::sign(&key, secret.as_bytes()).as_ref()).is_ok()
}

/// The fields of a callback.
enum Read {
    Pairs(Vec<(String, String)>),
    Json(serde_json::Value),
}

impl Read {
    /// The value of a field, or at a JSON pointer.
    fn get(&self, name: &str) -> Option<String> {
        match self {
            Self::Pairs(pairs) => {
                pairs.iter().find(|(found, _)| found == name).map(|(_, value)| value.clone())
            }
            Self::Json(json) => match json.pointer(name)? {
                serde_json::Value::String(text) => Some(text.clone()),
                serde_json::Value::Number(number) => Some(number.to_string()),
                serde_json::Value::Bool(flag) => Some(flag.to_string()),
                _ => None,
            },
        }
    }

    fn name(&self, field: &str) -> Option<String> {
        let value = self.get(field)?;
        Some(value.chars().take(NAME_CHARACTERS_MAX).collect()).filter(|v: &String| !v.is_empty())
    }
}

fn fields(place: FieldsIn, request: &CallbackRequest<'_>) -> Result<Read, Refusal> {
    match place {
        FieldsIn::Query => pairs(query(request.url).as_bytes()).map(Read::Pairs),
        FieldsIn::Form => pairs(form(request).ok_or(Refusal::Unreadable)?).map(Read::Pairs),
        FieldsIn::Json => {
            serde_json::from_slice(request.body).map(Read::Json).map_err(|_| Refusal::Unreadable)
        }
    }
}

/// The body of a request that is a form.
fn form<'a>(request: &CallbackRequest<'a>) -> Option<&'a [u8]> {
    let mut headers = request.headers.iter();
    let (_, media) = headers.find(|(name, _)| name.eq_ignore_ascii_case("Content-Type"))?;
    let media = media.split(';').next().unwrap_or_default().trim();
    media.eq_ignore_ascii_case("application/x-www-form-urlencoded").then_some(request.body)
}

fn query(url: &str) -> &str {
    let url = url.split('#').next().unwrap_or_default();
    url.split_once('?').map_or("", |(_, query)| query)
}

fn pairs(encoded: &[u8]) -> Result<Vec<(String, String)>, Refusal> {
    let pairs: Vec<_> = form_urlencoded::parse(encoded).into_owned().take(FIELDS_MAX + 1).collect();
    if pairs.len() > FIELDS_MAX { Err(Refusal::TooLarge) } else { Ok(pairs) }
}

impl Event {
    fn fits(&self, fields: &Read) -> bool {
        self.when.iter().all(|(name, wanted)| {
            fields.get(name).is_some_and(|value| wanted.as_ref().is_none_or(|w| *w == value))
        })
    }
}

impl Says {
    fn incoming(&self, fields: &Read) -> Result<Incoming, Refusal> {
        match self {
            Self::Receipt { reference, state, code, states, errors } => {
                let reference = fields.name(reference).ok_or(Refusal::Unreadable)?;
                let name = fields.name(state).unwrap_or_default();
                let code = code.as_ref().and_then(|field| fields.name(field));
                let known = states.iter().find(|(known, _)| *known == name);
                let mut state = known.map_or(ReceiptState::Unknown, |(_, state)| *state);
                if let (ReceiptState::Failed(_), Some(code)) = (state, &code) {
                    state = kind(errors, code).map_or(state, ReceiptState::Failed);
                }
                // A state that the mapping does not know is told by its name.
                let code = code.or_else(|| known.is_none().then_some(name));
                Ok(Incoming::Receipt(Receipt { reference, state, code }))
            }
            Self::Reply { from, text, reference } => Ok(Incoming::Reply(Reply {
                from: Address::new(sender(&fields.name(from).ok_or(Refusal::Unreadable)?)),
                text: fields.get(text).ok_or(Refusal::Unreadable)?,
                reference: reference.as_ref().and_then(|field| fields.name(field)),
                answers: None,
            })),
        }
    }
}

fn kind(errors: &[(String, FailureKind)], code: &str) -> Option<FailureKind> {
    let found = errors.iter().find(|(known, _)| match known.strip_suffix('*') {
        Some(start) => code.starts_with(start),
        None => known == code,
    });
    found.map(|(_, kind)| *kind)
}

/// A `+` in a query that was not escaped reads as a blank.
fn sender(from: &str) -> String {
    match from.strip_prefix(' ') {
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => format!("+{digits}"),
        _ => from.to_owned(),
    }
}

#[cfg(test)]
mod tests;
