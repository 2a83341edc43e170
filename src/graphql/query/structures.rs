//! Command structures, posts, positions and qualifications, one by one and in lists.

use async_graphql::{Context, ID, Object, Result};

use crate::domain::{RecordRef, structure};
use crate::graphql::asked::{Asked, parse_id_option};
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::page::{Cursor, Page, Paging};
use crate::graphql::types::post::Post;
use crate::graphql::types::qualification::{Position, Qualification};
use crate::graphql::types::structure::Structure;

#[derive(Default)]
pub(super) struct StructureQueries;

#[Object]
impl StructureQueries {
    /// One command structure; null when there is none with this id.
    async fn structure(&self, context: &Context<'_>, id: ID) -> Option<Structure> {
        let asked = Asked::from(context);
        let structure = asked.view.structure(id.parse().ok()?)?;
        asked.note_opening(RecordRef::Structure(structure.id()));
        Some(Structure(structure))
    }

    /// Command structures, oldest first.
    async fn structures(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only emergency operations centers, or only those of incidents.")]
        eoc: Option<bool>,
        #[graphql(desc = "Only those in force, or only the others.")] live: Option<bool>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Structure>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let list = Asked::from(context).view.structures().filter(|structure| {
            eoc.is_none_or(|eoc| structure.eoc().is_some() == eoc)
                && live.is_none_or(|live| structure.is_live() == live)
        });
        Ok(paging.page(list, |structure| Cursor::of_id(structure.id().uuid()), Structure))
    }

    /// One post; null when there is none with this id.
    async fn post(&self, context: &Context<'_>, id: ID) -> Option<Post> {
        let asked = Asked::from(context);
        let post = asked.view.post(id.parse().ok()?)?;
        asked.note_opening(RecordRef::Post(post.id()));
        Some(Post(post))
    }

    /// One qualification; null when there is none with this id.
    async fn qualification(&self, context: &Context<'_>, id: ID) -> Option<Qualification> {
        let asked = Asked::from(context);
        let qualification = asked.view.qualification(id.parse().ok()?)?;
        asked.note_opening(RecordRef::Qualification(qualification.id()));
        Some(Qualification(qualification))
    }

    /// The positions of NIMS, and those that an organization has beside them.
    async fn positions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The organization; your own when null.")] organization: Option<ID>,
    ) -> Result<Vec<Position>> {
        let view = &Asked::from(context).view;
        let asked = parse_id_option("organization", organization.as_ref())?;
        let of = asked.or_else(|| view.viewer().organization());
        let of = of.and_then(|organization| view.organization(organization));
        let mut positions: Vec<_> = structure::catalogue().map(Position::from).collect();
        if let Some(organization) = of {
            positions.extend(organization.positions().iter().map(Position::from));
        }
        Ok(positions)
    }
}
