//! The columns of incidents.

use super::place::{bounding_box, hazard_kind, location};
use super::{Column, Row, Selection, column};
use crate::domain::incident::Complexity;
use crate::graphql::types::codes::{FieldGroup, IncidentStatus, Marking};
use crate::graphql::types::incident::Incident;
use crate::graphql::types::organization::Organization;

impl Row for Incident {
    fn column(asked: &Selection<'_>) -> Option<Column<Self>> {
        asked.object("Incident", |name, asked| match name {
            "id" => column(|i: &Self, json| json.put(i.0.id())),
            "number" => column(|i: &Self, json| json.put(i.0.number())),
            "name" => column(|i: &Self, json| json.put(i.0.name())),
            "status" => {
                column(|i: &Self, json| json.choice_or_null::<IncidentStatus>(i.0.status()))
            }
            "exercise" => column(|i: &Self, json| json.put(i.0.exercise())),
            "live" => column(|i: &Self, json| json.put(i.0.is_live())),
            "openedByRule" => column(|i: &Self, json| json.put(i.0.opened_by_rule())),
            "marking" => column(|i: &Self, json| {
                json.choice_or_null::<Marking>(i.0.marking().map(|marking| marking.tlp));
            }),
            "withheld" => column(|i: &Self, json| {
                json.choices::<FieldGroup>(i.0.decision().withheld());
            }),
            "changedAt" => column(|i: &Self, json| json.put(i.0.changed_at())),
            _ => object(name, asked),
        })
    }
}

/// The columns that are objects themselves.
fn object(name: &str, asked: &Selection<'_>) -> Option<Column<Incident>> {
    match name {
        "kind" => {
            let kind = hazard_kind(asked)?;
            column(move |i: &Incident, json| kind(&i.0.kind(), json))
        }
        "complexity" => {
            let complexity = complexity(asked)?;
            column(move |i: &Incident, json| json.option(i.0.complexity(), &complexity))
        }
        "location" => {
            let location = location(asked)?;
            column(move |i: &Incident, json| json.option(i.0.location(), &location))
        }
        "boundingBox" => {
            let bounding_box = bounding_box(asked)?;
            column(move |i: &Incident, json| json.option(i.0.bounding_box(), &bounding_box))
        }
        "owner" => {
            let owner = Organization::column(asked)?;
            column(move |i: &Incident, json| json.option(i.0.owner().map(Organization), &owner))
        }
        "lead" => {
            let lead = Organization::column(asked)?;
            column(move |i: &Incident, json| json.option(i.0.lead().map(Organization), &lead))
        }
        "parent" => {
            let parent = Incident::column(asked)?;
            column(move |i: &Incident, json| json.option(i.0.parent().map(Incident), &parent))
        }
        "mergedInto" => {
            let other = Incident::column(asked)?;
            column(move |i: &Incident, json| json.option(i.0.merged_into().map(Incident), &other))
        }
        _ => None,
    }
}

fn complexity(asked: &Selection<'_>) -> Option<Column<Complexity>> {
    asked.object("Complexity", |name, _| match name {
        "type" => column(|c: &Complexity, json| json.put(c.level)),
        "by" => column(|c: &Complexity, json| json.put(&c.by)),
        "reason" => column(|c: &Complexity, json| json.put(&c.reason)),
        _ => None,
    })
}
