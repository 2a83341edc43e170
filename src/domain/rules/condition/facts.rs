//! What a condition can see of a message.
//!
//! What the sender left out is there all the same: an empty text or an empty list, so that a
//! condition need not ask first. Only the tables `eventCodes`, `parameters` and `geocodes` have no
//! more names than the message gave; ask `"name" in info.parameters` before reading one.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use cel::objects::{Key, Map};
use cel::{Context, Value};
use muster_contract::Alert;
use muster_contract::alert::{
    Category, Certainty, Info, MsgType, Named, ResponseType, Scope, Severity, Status, Urgency,
};

use super::ENVIRONMENT;
use crate::domain::hazard;

/// How many entries of a list a condition can see; the rest of a monstrous message is left out.
const ENTRIES_MAX: usize = 1_000;

/// The words of one message, bound to the names that conditions use.
pub(in crate::domain::rules) struct Facts(pub(super) Context<'static, 'static>);

/// A name that conditions may use.
pub(super) struct Field {
    /// The variable.
    pub(super) variable: &'static str,
    /// The field in it; empty for a variable without fields.
    pub(super) name: &'static str,
    /// The words that can stand in it.
    pub(super) words: Words,
}

/// The words that can stand in a field.
pub(super) enum Words {
    /// Whatever the sender wrote.
    Free,
    /// Those of a closed list.
    Of(fn() -> Vec<&'static str>),
}

const fn free(variable: &'static str, name: &'static str) -> Field {
    Field { variable, name, words: Words::Free }
}

const fn closed(
    variable: &'static str,
    name: &'static str,
    of: fn() -> Vec<&'static str>,
) -> Field {
    Field { variable, name, words: Words::Of(of) }
}

/// Every name that conditions may use.
pub(super) const FIELDS: &[Field] = &[
    closed("alert", "status", || Status::ALL.iter().map(|w| w.as_str()).collect()),
    closed("alert", "msgType", || MsgType::ALL.iter().map(|w| w.as_str()).collect()),
    closed("alert", "scope", || Scope::ALL.iter().map(|w| w.as_str()).collect()),
    free("alert", "sender"),
    free("alert", "source"),
    free("alert", "codes"),
    free("alert", "note"),
    free("alert", "exercise"),
    free("info", "language"),
    closed("info", "categories", || Category::ALL.iter().map(|w| w.as_str()).collect()),
    free("info", "event"),
    closed("info", "urgency", || Urgency::ALL.iter().map(|w| w.as_str()).collect()),
    closed("info", "severity", || Severity::ALL.iter().map(|w| w.as_str()).collect()),
    closed("info", "certainty", || Certainty::ALL.iter().map(|w| w.as_str()).collect()),
    closed("info", "responseTypes", || ResponseType::ALL.iter().map(|w| w.as_str()).collect()),
    free("info", "eventCodes"),
    free("info", "parameters"),
    free("info", "headline"),
    free("info", "senderName"),
    free("area", "descriptions"),
    free("area", "geocodes"),
    closed("kind", "", || hazard::Kind::all().map(hazard::Kind::code).collect()),
    closed("kinds", "", || hazard::Kind::all().map(hazard::Kind::code).collect()),
];

/// The keys as CEL holds them, made once.
static KEYS: LazyLock<HashMap<&'static str, Key>> = LazyLock::new(|| {
    FIELDS.iter().map(|f| (f.name, Key::String(Arc::new(f.name.to_owned())))).collect()
});

impl Facts {
    /// The words of a message, as one of its infos has them.
    pub(in crate::domain::rules) fn new(alert: &Alert, info: &Info, kind: hazard::Kind) -> Self {
        let mut context = Context::with_env(Arc::clone(&ENVIRONMENT));
        context.add_variable_from_value("alert", alert_facts(alert));
        context.add_variable_from_value("info", info_facts(info));
        context.add_variable_from_value("area", area_facts(info));
        context.add_variable_from_value("kind", text(kind.code()));
        let kinds = std::iter::successors(Some(kind), |kind| kind.parent());
        context.add_variable_from_value("kinds", texts(kinds.map(hazard::Kind::code)));
        Self(context)
    }

    /// A message that says nothing, for trying a condition out.
    pub(super) fn example() -> Self {
        let object = |variable: &str| {
            object(FIELDS.iter().filter(|f| f.variable == variable).map(|f| {
                let value = match f.name {
                    "exercise" => Value::Bool(false),
                    "codes" | "categories" | "responseTypes" | "descriptions" => texts([]),
                    "eventCodes" | "parameters" | "geocodes" => table([]),
                    _ => text(""),
                };
                (f.name, value)
            }))
        };
        let mut context = Context::with_env(Arc::clone(&ENVIRONMENT));
        for variable in ["alert", "info", "area"] {
            context.add_variable_from_value(variable, object(variable));
        }
        context.add_variable_from_value("kind", text(hazard::Kind::OTHER.code()));
        context.add_variable_from_value("kinds", texts([hazard::Kind::OTHER.code()]));
        Self(context)
    }
}

fn alert_facts(alert: &Alert) -> Value {
    object([
        ("status", text(alert.status.as_str())),
        ("msgType", text(alert.msg_type.as_str())),
        ("scope", text(alert.scope.as_str())),
        ("sender", text(&alert.key.sender)),
        ("source", text(alert.source.as_deref().unwrap_or(""))),
        ("codes", texts(alert.codes.iter().map(String::as_str))),
        ("note", text(alert.note.as_deref().unwrap_or(""))),
        ("exercise", Value::Bool(alert.status == Status::Exercise)),
    ])
}

fn info_facts(info: &Info) -> Value {
    object([
        ("language", text(&info.language)),
        ("categories", texts(info.categories.iter().map(|word| word.as_str()))),
        ("event", text(&info.event)),
        ("urgency", text(info.urgency.as_str())),
        ("severity", text(info.severity.as_str())),
        ("certainty", text(info.certainty.as_str())),
        ("responseTypes", texts(info.response_types.iter().map(|word| word.as_str()))),
        ("eventCodes", table(&info.event_codes)),
        ("parameters", table(&info.parameters)),
        ("headline", text(info.headline.as_deref().unwrap_or(""))),
        ("senderName", text(info.sender_name.as_deref().unwrap_or(""))),
    ])
}

fn area_facts(info: &Info) -> Value {
    object([
        ("descriptions", texts(info.areas.iter().map(|area| area.description.as_str()))),
        ("geocodes", table(info.areas.iter().flat_map(|area| &area.geocodes))),
    ])
}

fn text(text: &str) -> Value {
    Value::String(Arc::new(text.to_owned()))
}

fn texts<'t>(list: impl IntoIterator<Item = &'t str>) -> Value {
    Value::List(Arc::new(list.into_iter().take(ENTRIES_MAX).map(text).collect()))
}

/// Named values as a map from name to the list of its values.
fn table<'n>(named: impl IntoIterator<Item = &'n Named>) -> Value {
    let mut lists: HashMap<&str, Vec<Value>> = HashMap::new();
    for Named { name, value } in named.into_iter().take(ENTRIES_MAX) {
        lists.entry(name).or_default().push(text(value));
    }
    let key = |name: &str| Key::String(Arc::new(name.to_owned()));
    let map = lists.into_iter().map(|(name, list)| (key(name), Value::List(Arc::new(list))));
    Value::Map(Map { map: Arc::new(map.collect()) })
}

fn object(fields: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let map = fields.into_iter().filter_map(|(name, value)| Some((KEYS.get(name)?.clone(), value)));
    Value::Map(Map { map: Arc::new(map.collect()) })
}
