//! What the executor gave, brought into the shape that the specification and clients want.

use async_graphql::indexmap::IndexMap;
use async_graphql::{Name, PathSegment, Response, ServerError, Value};

use super::execute::Outcome;
use crate::graphql::{append, append_answer};

/// Puts a null where a mutation failed, as the specification says (section 6.4.4): the fields at
/// its root are nullable, and async-graphql leaves out the key of one that failed.
pub(super) fn put_nulls(response: &mut Response) {
    let failed = response.errors.iter().filter_map(|error| match error.path.as_slice() {
        [PathSegment::Field(key)] => Some((Name::new(key), Value::Null)),
        _ => None,
    });
    let failed: Vec<_> = failed.collect();
    if failed.is_empty() {
        return;
    }
    let mut fields = match std::mem::take(&mut response.data) {
        Value::Object(fields) => fields,
        _ => IndexMap::new(),
    };
    for (key, null) in failed {
        fields.entry(key).or_insert(null);
    }
    response.data = Value::Object(fields);
}

/// Sees to it that each error has a code, those that the executor found as well.
pub(in crate::web) fn put_codes(response: &mut Response) {
    for error in &mut response.errors {
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_none() {
            let of_value = ["Failed to parse", "Invalid value", "Expected input type"];
            let is_value = of_value.iter().any(|start| error.message.starts_with(start));
            extensions.set("code", if is_value { "BAD_INPUT" } else { "BAD_DOCUMENT" });
            error.message = error.message.replacen(NOT_A_NUMBER, A_NUMBER_IS, 1);
        }
    }
}

/// What the executor says of a number that does not fit, and what a person can act on.
const NOT_A_NUMBER: &str = "Invalid number";
const A_NUMBER_IS: &str = "not a whole number, or one below 0 where none can be";

pub(super) fn outcome_of(response: &Response) -> Outcome {
    if response.errors.is_empty() {
        return Outcome::Executed;
    }
    let nothing = match &response.data {
        Value::Null => true,
        Value::Object(fields) => fields.values().all(|value| *value == Value::Null),
        _ => false,
    };
    if nothing && response.errors.iter().all(|error| error.path.is_empty()) {
        return Outcome::Invalid;
    }
    let retries = response.errors.iter().map(retry_after_ms).collect::<Option<Vec<_>>>();
    match retries.and_then(|retries| retries.into_iter().max()) {
        Some(retry_after_ms) if nothing => Outcome::Unavailable { retry_after_ms },
        _ => Outcome::Executed,
    }
}

fn retry_after_ms(error: &ServerError) -> Option<u64> {
    match error.extensions.as_ref()?.get("retryAfterMs")? {
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

/// `errors` before `data`, as the specification advises, and no `data` where nothing was executed.
pub(in crate::web) fn members(response: &Response, outcome: Outcome) -> Vec<u8> {
    let mut members = Vec::with_capacity(1_024);
    if !response.errors.is_empty() {
        members.extend_from_slice(b"\"errors\":");
        append(&mut members, &response.errors);
    }
    let executed = matches!(outcome, Outcome::Executed | Outcome::Unavailable { .. });
    if executed {
        if !members.is_empty() {
            members.push(b',');
        }
        members.extend_from_slice(b"\"data\":");
        append_answer(&mut members, &response.data);
    }
    members
}

pub(in crate::web) fn coded(code: &'static str, message: String) -> ServerError {
    let mut error = ServerError::new(message, None);
    let mut extensions = async_graphql::ErrorExtensionValues::default();
    extensions.set("code", code);
    error.extensions = Some(extensions);
    error
}
