//! What wants attention, over all incidents.

use async_graphql::{Context, ID, Object, Result};

use crate::graphql::asked::{Asked, parse_id_option};
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::page::{Cursor, Page, Paging};
use crate::graphql::types::watch::{AttentionLevel, Concern};

#[derive(Default)]
pub(super) struct AttentionQueries;

#[Object]
impl AttentionQueries {
    /// What wants attention over all incidents that you see: what stands out on them, and the
    /// questions that your organization has to answer or waits for. The most pressing first, then
    /// what is longest so. An entry clears itself once what is wrong is put right.
    async fn attention(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only of this incident.")] incident: Option<ID>,
        #[graphql(desc = "Only what presses as much.")] levels: Option<Vec<AttentionLevel>>,
        #[graphql(
            desc = "Only what your organization has to do something about, or only the rest."
        )]
        mine: Option<bool>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Concern>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let incident = parse_id_option("incident", incident.as_ref())?;
        let asked = Asked::from(context);
        let own = asked.view.viewer().organization();
        let now = asked.hub.clock().now();
        let list = asked.view.attention().into_iter().filter(|concern| {
            let owner = concern.owner().map(|owner| owner.id());
            incident.is_none_or(|id| concern.incident().is_some_and(|i| i.id() == id))
                && levels.as_ref().is_none_or(|levels| levels.contains(&concern.level().into()))
                && mine.is_none_or(|mine| mine == (owner.is_some() && owner == own))
        });
        let cursor = |concern: &crate::sharing::Concern| {
            let (level, since, number) = concern.place();
            Cursor::of_oldest_first(since, number).in_group(level as u8)
        };
        Ok(paging.page(list, cursor, |concern| Concern::of(concern, now)))
    }
}
