//! Writing JSON, and taking what was written into an answer.

use std::borrow::Borrow;

use async_graphql::resolver_utils::EnumType;
use async_graphql::{Name, ScalarType, Value};
use async_graphql_value::RAW_VALUE_TOKEN;
use serde::Serialize;

use super::Column;

/// JSON that is being written.
#[derive(Default)]
pub(crate) struct Json(Vec<u8>);

impl Json {
    /// Writes a value that serde writes as GraphQL does: text, numbers, times, ids, lists of these.
    pub(crate) fn put(&mut self, value: impl Serialize) {
        append(&mut self.0, &value);
    }

    /// Writes a scalar of this API.
    pub(super) fn scalar(&mut self, value: Option<impl ScalarType>) {
        self.put(value.map(|value| value.to_value()));
    }

    /// Writes an item of a closed list.
    pub(super) fn choice<T: EnumType>(&mut self, choice: impl Into<T>) {
        let choice = choice.into();
        self.put(T::items().iter().find(|item| item.value == choice).map(|item| item.name));
    }

    /// Writes an item of a closed list, or null.
    pub(super) fn choice_or_null<T: EnumType>(&mut self, choice: Option<impl Into<T>>) {
        match choice {
            Some(choice) => self.choice::<T>(choice),
            None => self.put(()),
        }
    }

    /// Writes items of a closed list.
    pub(super) fn choices<T: EnumType>(&mut self, choices: impl IntoIterator<Item = impl Into<T>>) {
        self.verbatim("[");
        for (number, choice) in choices.into_iter().enumerate() {
            if number > 0 {
                self.verbatim(",");
            }
            self.choice::<T>(choice);
        }
        self.verbatim("]");
    }

    /// Writes a record, or null.
    pub(super) fn option<T>(&mut self, record: Option<impl Borrow<T>>, column: &Column<T>) {
        match record {
            Some(record) => column(record.borrow(), self),
            None => self.put(()),
        }
    }

    /// Writes a list of records.
    pub(super) fn list<T>(
        &mut self,
        records: impl IntoIterator<Item = impl Borrow<T>>,
        column: &Column<T>,
    ) {
        self.verbatim("[");
        for (number, record) in records.into_iter().enumerate() {
            if number > 0 {
                self.verbatim(",");
            }
            column(record.borrow(), self);
        }
        self.verbatim("]");
    }

    /// Writes what is JSON already, or a part of it.
    pub(super) fn verbatim(&mut self, json: &str) {
        self.0.extend_from_slice(json.as_bytes());
    }

    /// What was written, as a part of an answer.
    pub(super) fn into_value(self) -> Value {
        // What is not UTF-8 cannot have been written; if it were it must not be sent.
        let text = String::from_utf8(self.0).unwrap_or_else(|_| "null".to_owned());
        Value::Object([(Name::new(RAW_VALUE_TOKEN), Value::String(text))].into_iter().collect())
    }
}

/// Appends a value of an answer. What was written as JSON is taken as it is, whereas serializing
/// the value would read it once more.
pub(crate) fn append_answer(bytes: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(written)) = fields.get(RAW_VALUE_TOKEN) {
                return bytes.extend_from_slice(written.as_bytes());
            }
            bytes.push(b'{');
            for (number, (key, value)) in fields.iter().enumerate() {
                if number > 0 {
                    bytes.push(b',');
                }
                append(bytes, key.as_str());
                bytes.push(b':');
                append_answer(bytes, value);
            }
            bytes.push(b'}');
        }
        Value::List(values) => {
            bytes.push(b'[');
            for (number, value) in values.iter().enumerate() {
                if number > 0 {
                    bytes.push(b',');
                }
                append_answer(bytes, value);
            }
            bytes.push(b']');
        }
        plain => append(bytes, plain),
    }
}

/// Appends a value as serde writes it.
pub(crate) fn append(bytes: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    let begin = bytes.len();
    if serde_json::to_writer(&mut *bytes, value).is_err() {
        // GraphQL values have a JSON form; half of one must not be sent all the same.
        bytes.truncate(begin);
        bytes.extend_from_slice(b"null");
    }
}
