//! The columns of organizations.

use super::{Column, Row, Selection, column};
use crate::graphql::scalars::MultiPolygon;
use crate::graphql::types::codes::OrganizationKind;
use crate::graphql::types::organization::Organization;
use crate::graphql::types::qualification::ShortfallPolicy;

impl Row for Organization {
    fn column(asked: &Selection<'_>) -> Option<Column<Self>> {
        asked.object("Organization", |name, asked| match name {
            "id" => column(|o: &Self, json| json.put(o.0.id())),
            "code" => column(|o: &Self, json| json.put(o.0.code())),
            "name" => column(|o: &Self, json| json.put(o.0.name())),
            "kind" => column(|o: &Self, json| json.choice::<OrganizationKind>(o.0.kind())),
            "jurisdiction" => column(|o: &Self, json| {
                json.scalar(o.0.jurisdiction().cloned().map(MultiPolygon));
            }),
            "parents" => {
                let parent = Self::column(asked)?;
                column(move |o: &Self, json| json.list(o.0.parents().map(Self), &parent))
            }
            "onShortfall" => {
                column(|o: &Self, json| json.choice::<ShortfallPolicy>(o.0.on_shortfall()))
            }
            "changedAt" => column(|o: &Self, json| json.put(o.0.changed_at())),
            _ => None,
        })
    }
}
