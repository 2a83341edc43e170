//! The columns of resources.

use super::place::location;
use super::{Column, Row, Selection, column};
use crate::graphql::scalars::Position;
use crate::graphql::types::codes::{FieldGroup, ResourceGrouping, ResourceStatus};
use crate::graphql::types::organization::Organization;
use crate::graphql::types::resource::Resource;

impl Row for Resource {
    fn column(asked: &Selection<'_>) -> Option<Column<Self>> {
        asked.object("Resource", |name, asked| match name {
            "id" => column(|r: &Self, json| json.put(r.0.id())),
            "name" => column(|r: &Self, json| json.put(r.0.name())),
            "type" => column(|r: &Self, json| json.put(r.0.level())),
            "grouping" => column(|r: &Self, json| json.choice::<ResourceGrouping>(r.0.grouping())),
            "exercise" => column(|r: &Self, json| json.put(r.0.exercise())),
            "retired" => column(|r: &Self, json| json.put(r.0.is_retired())),
            "status" => column(|r: &Self, json| {
                json.choice_or_null::<ResourceStatus>(r.0.status().map(ResourceStatus::of));
            }),
            "statusSince" => column(|r: &Self, json| json.put(r.0.status_since())),
            "free" => column(|r: &Self, json| json.put(r.0.is_free())),
            "people" => column(|r: &Self, json| json.put(r.0.people())),
            "crewLeader" => column(|r: &Self, json| json.put(r.0.crew_leader())),
            "position" => column(|r: &Self, json| json.scalar(r.0.position().map(Position))),
            "positionAt" => column(|r: &Self, json| json.put(r.0.position_at())),
            "changedAt" => column(|r: &Self, json| json.put(r.0.changed_at())),
            "withheld" => column(|r: &Self, json| {
                json.choices::<FieldGroup>(r.0.decision().withheld());
            }),
            "home" => {
                let home = location(asked)?;
                column(move |r: &Self, json| json.option(r.0.home(), &home))
            }
            "owner" => {
                let owner = Organization::column(asked)?;
                column(move |r: &Self, json| json.option(r.0.owner().map(Organization), &owner))
            }
            _ => None,
        })
    }
}
