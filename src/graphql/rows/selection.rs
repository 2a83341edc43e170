//! Which fields of a record are asked for.

use std::collections::HashMap;

use async_graphql::parser::types::{self, FragmentDefinition, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, Name, Positioned, QueryPathNode, QueryPathSegment};

use super::{Column, Json};

/// What is asked of a record: one selection set, or several that add to each other. Whatever
/// `@skip` and `@include` leave out was removed before execution.
pub(crate) struct Selection<'a> {
    registry: &'a Registry,
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    sets: Vec<&'a SelectionSet>,
}

/// A field of the answer.
struct Asked<'a> {
    /// Its key in the answer.
    key: &'a str,
    /// Its name in the schema.
    name: &'a str,
    /// What is asked of it.
    of: Selection<'a>,
}

impl<'a> Selection<'a> {
    /// What is asked of the records of a list. None when another part of the document adds to the
    /// same list: the executor merges values, and cannot merge what is written already.
    pub(super) fn of_list(context: &ContextSelectionSet<'a>) -> Option<Self> {
        let document = context.query_env;
        let new = |set| Self {
            registry: &context.schema_env.registry,
            fragments: &document.fragments,
            sets: vec![set],
        };
        let mut at_path = new(&document.operation.node.selection_set.node);
        for key in keys(context.path_node.as_ref()?) {
            at_path = at_path.fields(None).into_iter().find(|field| field.key == key)?.of;
        }
        (at_path.sets.len() == 1).then(|| new(&context.item.node))
    }

    /// What writes an object of a type, with what writes each of its fields.
    pub(crate) fn object<T: 'static>(
        &self,
        of_type: &str,
        column: impl Fn(&str, &Selection<'_>) -> Option<Column<T>>,
    ) -> Option<Column<T>> {
        let mut columns = Vec::new();
        for field in self.fields(Some(of_type)) {
            let before = if columns.is_empty() { '{' } else { ',' };
            let typename = format!("\"{of_type}\"");
            let value = match field.name {
                "__typename" => super::column(move |_, json| json.verbatim(&typename)),
                name => column(name, &field.of),
            };
            columns.push((format!("{before}\"{}\":", field.key), value?));
        }
        super::column(move |record: &T, json: &mut Json| {
            for (key, value) in &columns {
                json.verbatim(key);
                value(record, json);
            }
            // The executor gives null for an object of which nothing is asked.
            json.verbatim(if columns.is_empty() { "null" } else { "}" });
        })
    }

    /// The fields that are asked of an object of a type, or of any: each key once, with all that is
    /// asked of it (`CollectFields` of the specification, section 6.3.2).
    fn fields(&self, of_type: Option<&str>) -> Vec<Asked<'a>> {
        let mut fields = Vec::new();
        for set in &self.sets {
            self.collect(set, of_type, &mut fields);
        }
        fields
    }

    fn collect(&self, set: &'a SelectionSet, of_type: Option<&str>, fields: &mut Vec<Asked<'a>>) {
        for selection in &set.items {
            let (condition, set) = match &selection.node {
                types::Selection::Field(field) => {
                    self.add(&field.node, fields);
                    continue;
                }
                types::Selection::InlineFragment(fragment) => {
                    (fragment.node.type_condition.as_ref(), &fragment.node.selection_set)
                }
                types::Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let Some(fragment) = self.fragments.get(name) else { continue };
                    (Some(&fragment.node.type_condition), &fragment.node.selection_set)
                }
            };
            let condition = condition.map(|condition| condition.node.on.node.as_str());
            if condition.zip(of_type).is_none_or(|(wanted, of_type)| self.is_a(of_type, wanted)) {
                self.collect(&set.node, of_type, fields);
            }
        }
    }

    fn add(&self, field: &'a types::Field, fields: &mut Vec<Asked<'a>>) {
        let key = field.response_key().node.as_str();
        let set = &field.selection_set.node;
        if let Some(there) = fields.iter_mut().find(|there| there.key == key) {
            return there.of.sets.push(set);
        }
        let Self { registry, fragments, .. } = *self;
        let of = Selection { registry, fragments, sets: vec![set] };
        fields.push(Asked { key, name: field.name.node.as_str(), of });
    }

    /// Whether an object of a type is one of the wanted type, which may be a union.
    fn is_a(&self, of_type: &str, wanted: &str) -> bool {
        let wanted = self.registry.types.get(wanted);
        wanted.is_some_and(|wanted| wanted.is_possible_type(of_type))
    }
}

/// The keys on a path, from the root. The places in lists are left out.
fn keys<'a>(path: &QueryPathNode<'a>) -> Vec<&'a str> {
    let mut keys = Vec::new();
    let mut at = Some(path);
    while let Some(node) = at {
        if let QueryPathSegment::Name(key) = node.segment {
            keys.push(key);
        }
        at = node.parent;
    }
    keys.reverse();
    keys
}
