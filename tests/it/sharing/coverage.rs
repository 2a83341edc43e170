//! Every field of the API stands in the table of what it is shown by.

use std::collections::BTreeSet;

use super::operations::Schema;

/// What the rest of the API is wrapped in, which shows nothing of its own.
const WRAPPINGS: [&str; 4] = ["Payload", "Connection", "Edge", "PageInfo"];

#[test]
fn every_field_query_and_mutation_is_assigned_to_what_it_is_shown_by() {
    let table = std::fs::read_to_string("tests/it/sharing/fields.md").unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| ")).skip(1);
    let mut assigned = BTreeSet::new();
    for row in rows {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let [_, of, _, fields, _] = cells[..] else { panic!("not a row: {row}") };
        for field in fields.split(' ') {
            assert!(assigned.insert(format!("{of}.{field}")), "{of}.{field} stands there twice");
        }
    }
    let schema = Schema::read();
    let types = schema.objects().filter(|name| !WRAPPINGS.iter().any(|end| name.ends_with(end)));
    let mut there = BTreeSet::new();
    for of in types {
        if assigned.contains(&format!("{of}.*")) {
            there.insert(format!("{of}.*"));
            continue;
        }
        let fields = schema.fields(of).into_iter().map(|field| field.name.node.to_string());
        there.extend(fields.map(|field| format!("{of}.{field}")));
    }
    let missing: Vec<_> = there.difference(&assigned).collect();
    let gone: Vec<_> = assigned.difference(&there).collect();
    assert!(missing.is_empty(), "say in fields.md what shows {missing:?}");
    assert!(gone.is_empty(), "fields.md names what is not in the schema: {gone:?}");
}
