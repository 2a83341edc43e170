//! The columns of places and of kinds of hazard.

use super::{Column, Selection, column};
use crate::domain::hazard::Kind;
use crate::domain::place::Location;
use crate::graphql::scalars::{MultiPolygon, Position};
use crate::graphql::types::codes::Category;
use muster_contract::BoundingBox;

pub(super) fn location(asked: &Selection<'_>) -> Option<Column<Location>> {
    asked.object("Location", |name, _| match name {
        "point" => column(|l: &Location, json| json.scalar(l.point.map(Position))),
        "perimeter" => column(|l: &Location, json| {
            json.scalar(l.perimeter.clone().map(MultiPolygon));
        }),
        "name" => column(|l: &Location, json| json.put(l.name.as_deref())),
        _ => None,
    })
}

pub(super) fn bounding_box(asked: &Selection<'_>) -> Option<Column<BoundingBox>> {
    asked.object("BoundingBox", |name, _| match name {
        "west" => column(|b: &BoundingBox, json| json.put(b.west)),
        "south" => column(|b: &BoundingBox, json| json.put(b.south)),
        "east" => column(|b: &BoundingBox, json| json.put(b.east)),
        "north" => column(|b: &BoundingBox, json| json.put(b.north)),
        _ => None,
    })
}

pub(super) fn hazard_kind(asked: &Selection<'_>) -> Option<Column<Kind>> {
    asked.object("HazardKind", |name, asked| match name {
        "code" => column(|k: &Kind, json| json.put(k.code())),
        "name" => column(|k: &Kind, json| json.put(k.name())),
        "parent" => {
            let parent = hazard_kind(asked)?;
            column(move |k: &Kind, json| json.option(k.parent(), &parent))
        }
        "category" => column(|k: &Kind, json| json.choice::<Category>(k.category())),
        "eventCodes" => column(|k: &Kind, json| json.put(k.event_codes())),
        _ => None,
    })
}
