//! What a document would cost, measured before anything is executed.
//!
//! Fragments are measured once and counted each time they are used, so a document whose fragments
//! use each other to grow without end costs no more to refuse than any other.

use std::collections::HashMap;

use async_graphql::parser::types::{
    ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql::{Name, Positioned, Variables};
use async_graphql_value::{ConstValue, Value};

use super::limits::{
    ALIASES_MAX, COMPLEXITY_MAX, COP_PAGE_DEFAULT, DEPTH_MAX, DIRECTIVES_MAX, LIST_WEIGHT,
    PAGE_DEFAULT, SELECTIONS_MAX,
};
use crate::sharing::SIGHTS_MAX;

/// Lists that are given in pages, with the size of a page unless asked otherwise.
const PAGED: &[(&str, usize)] = &[
    ("records", COP_PAGE_DEFAULT),
    ("incidents", PAGE_DEFAULT),
    ("signals", PAGE_DEFAULT),
    ("organizations", PAGE_DEFAULT),
    ("persons", PAGE_DEFAULT),
    ("journal", PAGE_DEFAULT),
    ("timeline", PAGE_DEFAULT),
    ("accounts", PAGE_DEFAULT),
    ("tokens", PAGE_DEFAULT),
    ("sessions", PAGE_DEFAULT),
    ("agreements", PAGE_DEFAULT),
    ("breakGlasses", PAGE_DEFAULT),
    ("reads", PAGE_DEFAULT),
    ("sights", SIGHTS_MAX),
    ("resources", PAGE_DEFAULT),
    ("resourceDefinitions", PAGE_DEFAULT),
    ("nearestResources", 10),
];
/// Lists that are given whole.
const WHOLE: &[&str] = &[
    "added",
    "updated",
    "removed",
    "areas",
    "attachments",
    "circles",
    "duplicates",
    "eventCodes",
    "explain",
    "geocodes",
    "gives",
    "grants",
    "hazardKinds",
    "infos",
    "kinds",
    "memberships",
    "parameters",
    "parents",
    "parties",
    "parts",
    "receives",
    "references",
    "storedQueries",
    "signatures",
    "terms",
    "unknownElements",
    "warnings",
    "assignments",
    "boxes",
    "capabilities",
    "commitments",
    "lines",
    "members",
    "metrics",
    "pars",
    "rates",
    "types",
];

/// Types that a record may have besides its own. A record has one of all others.
const UNIONS: &[&str] = &["CopRecord", "MarkedRecord"];

/// Questions whose answers differ without a new log entry.
const VOLATILE: &[&str] = &["hub", "accounts", "tokens", "sessions", "messagePreview", "outbox"];

/// Questions that are noted as readings when somebody else's record is opened, so that no answer
/// of another stands in for theirs.
const NOTED: &[&str] = &[
    "incident",
    "signal",
    "person",
    "note",
    "journal",
    "explain",
    "pictureAs",
    "simulate",
    "resource",
    "message",
];

/// What a document would cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Levels of fields within fields.
    pub depth: usize,
    /// One for each field of each record that may be returned, each of the type that has the most.
    pub complexity: u64,
    selections: u64,
    aliases: u64,
    directives: u64,
}

/// A document asks for more than is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the document has {what} {used}{more} and may have {max}; {mend}")]
pub struct TooCostly {
    what: &'static str,
    used: u64,
    more: &'static str,
    max: u64,
    mend: &'static str,
}

/// What is known of an operation before it is executed.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Whether it asks, changes or follows.
    pub kind: OperationType,
    /// What it would cost.
    pub cost: Cost,
    /// Whether the answer depends on who asks, beyond what they may see: it asks for `me`.
    pub personal: bool,
    /// Whether the answer may differ without a new log entry: it asks for `hub`, for when something
    /// was used last, or for what is noted as a reading.
    pub volatile: bool,
    /// How many fields it asks of the root.
    pub roots: usize,
    /// The variable that holds the cursor to resume after.
    pub cursor_variable: Option<Name>,
}

/// Finds the operation to execute and measures it.
///
/// Gives none when the document has no such operation; executing it then tells the error.
///
/// # Errors
/// [`TooCostly`] names the limit.
pub fn measure(
    document: &ExecutableDocument,
    operation_name: Option<&str>,
    variables: &Variables,
) -> Result<Option<Operation>, TooCostly> {
    let mut operations = document.operations.iter();
    let chosen = match operation_name {
        Some(name) => operations.find(|(n, _)| n.is_none_or(|n| n.as_str() == name)),
        None => operations.next(),
    };
    let Some((_, operation)) = chosen else { return Ok(None) };
    let operation = &operation.node;
    let mut measuring =
        Measuring { fragments: &document.fragments, variables, operation, known: HashMap::new() };
    let mut cost = measuring.selection_set(&operation.selection_set.node, 0)?;
    cost.directives = cost.directives.saturating_add(count(&operation.directives));
    cost.check()?;
    let root = root_fields(document, &operation.selection_set.node);
    let asks = |name: &str| root.iter().any(|field| field.name.node == name);
    Ok(Some(Operation {
        kind: operation.ty,
        cost,
        personal: asks("me"),
        volatile: VOLATILE.iter().chain(NOTED).any(|n| asks(n))
            || root.iter().any(|field| looks_back(field, variables)),
        roots: root.len(),
        cursor_variable: cursor_variable(&root),
    }))
}

struct Measuring<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    variables: &'a Variables,
    operation: &'a OperationDefinition,
    /// The cost of fragments that were measured.
    known: HashMap<&'a str, Cost>,
}

impl<'a> Measuring<'a> {
    fn selection_set(&mut self, set: &'a SelectionSet, level: usize) -> Result<Cost, TooCostly> {
        // Also what ends a fragment that uses itself.
        if level > DEPTH_MAX * 2 {
            return Err(TooCostly::depth(level, " or more"));
        }
        let mut total = Cost::default();
        let mut by_type: HashMap<&str, u64> = HashMap::new();
        for selection in &set.items {
            let (on, mut cost) = match &selection.node {
                Selection::Field(field) => (None, self.field(&field.node, level)?),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref();
                    let set = &fragment.node.selection_set.node;
                    (on, self.selection_set(set, level + 1)?)
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    let on = self.fragments.get(name).map(|f| &f.node.type_condition);
                    (on, self.fragment(name, level)?)
                }
            };
            cost.directives = cost.directives.saturating_add(count(selection.node.directives()));
            cost.selections = cost.selections.saturating_add(1);
            let on = on.map(|on| on.node.on.node.as_str()).filter(|on| !UNIONS.contains(on));
            if let Some(on) = on {
                let sum = by_type.entry(on).or_default();
                *sum = sum.saturating_add(std::mem::take(&mut cost.complexity));
            }
            total = total.and(cost);
        }
        // A record has one of these types.
        let costliest = by_type.into_values().max().unwrap_or_default();
        total.complexity = total.complexity.saturating_add(costliest);
        Ok(total)
    }

    fn fragment(&mut self, name: &'a str, level: usize) -> Result<Cost, TooCostly> {
        if let Some(cost) = self.known.get(name) {
            return Ok(*cost);
        }
        // One that does not exist is told when the document is checked against the schema.
        let Some(fragment) = self.fragments.get(name) else { return Ok(Cost::default()) };
        let cost = self.selection_set(&fragment.node.selection_set.node, level + 1)?;
        self.known.insert(name, cost);
        Ok(cost)
    }

    fn field(&mut self, field: &'a Field, level: usize) -> Result<Cost, TooCostly> {
        let within = self.selection_set(&field.selection_set.node, level + 1)?;
        let leaf = field.selection_set.node.items.is_empty();
        let weight = if leaf { 0 } else { self.weight(field) };
        Ok(Cost {
            depth: within.depth + 1,
            complexity: within.complexity.saturating_mul(weight).saturating_add(1),
            aliases: within.aliases.saturating_add(u64::from(field.alias.is_some())),
            ..within
        })
    }

    /// How many records a field may give.
    fn weight(&self, field: &Field) -> u64 {
        let name = field.name.node.as_str();
        if let Some(first) = field.get_argument("first").and_then(|value| self.first(&value.node)) {
            return first.max(1);
        }
        if WHOLE.contains(&name) {
            return LIST_WEIGHT;
        }
        let paged = PAGED.iter().find(|(paged, _)| *paged == name);
        // `Incident.signals` is a whole list of the same name as a paged one of the root.
        paged.map_or(1, |(_, default)| u64::try_from(*default).unwrap_or(u64::MAX))
    }

    fn first(&self, value: &Value) -> Option<u64> {
        match value {
            Value::Number(number) => number.as_u64(),
            Value::Variable(name) => {
                let given = self.variables.get(name).cloned();
                let definitions = self.operation.variable_definitions.iter();
                let default = || {
                    let definition = definitions.map(|d| &d.node).find(|d| d.name.node == *name);
                    definition.and_then(|d| d.default_value()).cloned()
                };
                match given.or_else(default) {
                    Some(async_graphql::Value::Number(number)) => number.as_u64(),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

impl Cost {
    fn and(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            complexity: self.complexity.saturating_add(other.complexity),
            selections: self.selections.saturating_add(other.selections),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
        }
    }

    fn check(self) -> Result<(), TooCostly> {
        if self.depth > DEPTH_MAX {
            return Err(TooCostly::depth(self.depth, ""));
        }
        let bounds = [
            ("selections", self.selections, SELECTIONS_MAX, "split it"),
            ("aliases", self.aliases, ALIASES_MAX, "split it"),
            ("directives", self.directives, DIRECTIVES_MAX, "leave some out"),
            ("a complexity of", self.complexity, COMPLEXITY_MAX, "ask for smaller pages"),
        ];
        let over = bounds.into_iter().find(|(_, used, max, _)| used > max);
        match over {
            None => Ok(()),
            Some((what, used, max, mend)) => Err(TooCostly { what, used, more: "", max, mend }),
        }
    }
}

impl TooCostly {
    fn depth(used: usize, more: &'static str) -> Self {
        let [used, max] = [used, DEPTH_MAX].map(|n| u64::try_from(n).unwrap_or(u64::MAX));
        Self { what: "a depth of", used, more, max, mend: "ask in several steps" }
    }
}

/// The fields of the root, also those that come by fragments.
fn root_fields<'a>(document: &'a ExecutableDocument, root: &'a SelectionSet) -> Vec<&'a Field> {
    let mut fields = Vec::new();
    let mut open = vec![root];
    // Bounded, because fragments may use each other without end until that is refused.
    for _ in 0..SELECTIONS_MAX {
        let Some(set) = open.pop() else { break };
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => fields.push(&field.node),
                Selection::InlineFragment(inline) => open.push(&inline.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    let fragment = document.fragments.get(&spread.node.fragment_name.node);
                    open.extend(fragment.map(|fragment| &fragment.node.selection_set.node));
                }
            }
        }
    }
    fields
}

/// Whether a picture of the past is asked for, which is noted as a reading.
fn looks_back(field: &Field, variables: &Variables) -> bool {
    field.get_argument("asOf").is_some_and(|moment| match &moment.node {
        Value::Null => false,
        Value::Variable(name) => variables.get(name).is_some_and(|v| *v != ConstValue::Null),
        _ => true,
    })
}

fn cursor_variable(root: &[&Field]) -> Option<Name> {
    let follows = root.iter().find(|field| field.name.node == "copChanges")?;
    match &follows.get_argument("after")?.node {
        Value::Variable(name) => Some(name.clone()),
        _ => None,
    }
}

fn count(directives: &[impl Sized]) -> u64 {
    u64::try_from(directives.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::UNIONS;

    #[test]
    fn every_union_of_the_schema_is_known() {
        let schema = include_str!("../../schema/hub.graphql").lines();
        let unions = schema.filter_map(|line| line.strip_prefix("union ")?.split(' ').next());
        assert_eq!(unions.collect::<Vec<_>>(), UNIONS);
    }
}
