//! The columns of resource requests.

use super::place::{bounding_box, location};
use super::{Column, Row, Selection, column};
use crate::domain::resource::Need;
use crate::graphql::types::codes::FieldGroup;
use crate::graphql::types::organization::Organization;
use crate::graphql::types::resource_request::{RequestPriority, RequestStatus, ResourceRequest};

impl Row for ResourceRequest {
    fn column(asked: &Selection<'_>) -> Option<Column<Self>> {
        asked.object("ResourceRequest", |name, asked| match name {
            "id" => column(|r: &Self, json| json.put(r.0.id())),
            "number" => column(|r: &Self, json| json.put(r.0.number())),
            "quantity" => column(|r: &Self, json| json.put(r.0.quantity())),
            "substitutes" => column(|r: &Self, json| json.put(r.0.substitutes())),
            "priority" => column(|r: &Self, json| json.choice::<RequestPriority>(r.0.priority())),
            "exercise" => column(|r: &Self, json| json.put(r.0.exercise())),
            "status" => column(|r: &Self, json| json.choice_or_null::<RequestStatus>(r.0.status())),
            "filled" => column(|r: &Self, json| json.put(r.0.filled())),
            "outstanding" => column(|r: &Self, json| json.put(r.0.outstanding())),
            "wantedBy" => column(|r: &Self, json| json.put(r.0.wanted_by())),
            "changedAt" => column(|r: &Self, json| json.put(r.0.changed_at())),
            "withheld" => column(|r: &Self, json| {
                json.choices::<FieldGroup>(r.0.decision().withheld());
            }),
            _ => object(name, asked),
        })
    }
}

/// The columns that are objects themselves.
fn object(name: &str, asked: &Selection<'_>) -> Option<Column<ResourceRequest>> {
    match name {
        "need" => {
            let need = need(asked)?;
            column(move |r: &ResourceRequest, json| need(r.0.need(), json))
        }
        "askedBy" => {
            let asked_by = Organization::column(asked)?;
            column(move |r: &ResourceRequest, json| {
                json.option(r.0.asked_by().map(Organization), &asked_by);
            })
        }
        "deliverTo" => {
            let location = location(asked)?;
            column(move |r: &ResourceRequest, json| json.option(r.0.deliver_to(), &location))
        }
        "boundingBox" => {
            let bounding_box = bounding_box(asked)?;
            column(move |r: &ResourceRequest, json| {
                json.option(r.0.bounding_box(), &bounding_box);
            })
        }
        _ => None,
    }
}

fn need(asked: &Selection<'_>) -> Option<Column<Need>> {
    asked.object("ResourceNeed", |name, _| match name {
        "definition" => column(|need: &Need, json| json.put(&need.definition.id)),
        "version" => column(|need: &Need, json| json.put(need.definition.version)),
        "type" => column(|need: &Need, json| json.put(need.level)),
        _ => None,
    })
}
