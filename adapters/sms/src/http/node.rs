//! YAML as a tree that knows its lines, and a walk over it that collects every mistake.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

/// Octets of a mapping file.
const FILE_BYTES_MAX: usize = 64 * 1024;
/// How deep the tree may be; mappings need six levels, JSON bodies a few more.
const DEPTH_MAX: usize = 16;

/// A value and the line that it begins on.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) line: u64,
    pub(super) value: Value,
}

/// A value of YAML. Numbers are texts here: codes and states are names, not quantities.
#[derive(Debug)]
pub(super) enum Value {
    Nothing,
    Flag(bool),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// Something wrong in a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line that it stands on, from 1; 0 is the file as a whole.
    pub line: u64,
    /// What is wrong and what to write.
    pub message: String,
}

/// Everything wrong in a mapping, in the order of its lines.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the mapping of a gateway cannot be used: {}", listed(.0))]
pub struct Mistakes(pub Vec<Mistake>);

fn listed(mistakes: &[Mistake]) -> String {
    let lines =
        mistakes.iter().map(|mistake| format!("line {}: {}", mistake.line, mistake.message));
    lines.collect::<Vec<_>>().join("; ")
}

/// Reads one document.
pub(super) fn parse(source: &str) -> Result<Node, Mistakes> {
    if source.len() > FILE_BYTES_MAX {
        let message = format!("the file has {} bytes and may have {FILE_BYTES_MAX}", source.len());
        return Err(Mistakes(vec![Mistake { line: 0, message }]));
    }
    let mut budget = serde_saphyr::Budget::default();
    budget.max_depth = DEPTH_MAX;
    let mut options = serde_saphyr::Options::default();
    options.budget = Some(budget);
    options.with_snippet = false;
    serde_saphyr::from_str_with_options(source, options).map_err(|error| {
        let line = error.location().map_or(0, |location| location.line());
        Mistakes(vec![Mistake { line, message: format!("this is not usable YAML: {error}") }])
    })
}

/// A walk over the tree, and the mistakes that it met.
#[derive(Default)]
pub(super) struct Walk(pub(super) Vec<Mistake>);

impl Walk {
    pub(super) fn mistake(&mut self, line: u64, message: impl Into<String>) {
        self.0.push(Mistake { line, message: message.into() });
    }

    /// The entries of a map, whatever they are called.
    pub(super) fn entries<'n>(&mut self, node: &'n Node, what: &str) -> &'n [(String, Node)] {
        match &node.value {
            Value::Map(entries) => entries,
            _ => {
                self.mistake(node.line, format!("`{what}` must be a map"));
                &[]
            }
        }
    }

    /// A map whose keys are known.
    pub(super) fn fields<'n>(&mut self, node: &'n Node, what: &str, known: &[&str]) -> Fields<'n> {
        let entries = self.entries(node, what);
        for (index, (key, value)) in entries.iter().enumerate() {
            if !known.contains(&key.as_str()) {
                let known = known.join("`, `");
                self.mistake(value.line, format!("`{what}` has no `{key}`; it has `{known}`"));
            }
            if entries.iter().take(index).any(|(before, _)| before == key) {
                self.mistake(value.line, format!("`{key}` stands twice in `{what}`"));
            }
        }
        Fields { line: node.line, what: what.to_owned(), entries }
    }

    /// A field that must be there.
    pub(super) fn needed<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n Node> {
        let found = fields.get(key);
        if found.is_none() {
            self.mistake(fields.line, format!("`{}` lacks `{key}`", fields.what));
        }
        found
    }

    pub(super) fn text<'n>(&mut self, node: &'n Node, what: &str) -> &'n str {
        match &node.value {
            Value::Text(text) => text,
            _ => {
                self.mistake(node.line, format!("`{what}` must be a text"));
                ""
            }
        }
    }

    /// A list of texts, or one alone.
    pub(super) fn texts<'n>(&mut self, node: &'n Node, what: &str) -> Vec<(u64, &'n str)> {
        match &node.value {
            Value::List(nodes) => {
                nodes.iter().map(|node| (node.line, self.text(node, what))).collect()
            }
            _ => vec![(node.line, self.text(node, what))],
        }
    }
}

/// A map whose keys are known.
pub(super) struct Fields<'n> {
    pub(super) line: u64,
    what: String,
    entries: &'n [(String, Node)],
}

impl<'n> Fields<'n> {
    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(found, _)| found == key).map(|(_, node)| node)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Value>::deserialize(deserializer)?;
        Ok(Self { line: spanned.referenced.line(), value: spanned.value })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a list or a map")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = access.next_element()? {
            nodes.push(node);
        }
        Ok(Value::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Value::Map(entries))
    }
}
