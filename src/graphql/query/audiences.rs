//! Groups and on-call schedules, one by one and in lists.

use async_graphql::{Context, ID, Object, Result};

use crate::domain::{RecordRef, group, schedule};
use crate::graphql::asked::Asked;
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::page::{Cursor, Page, Paging};
use crate::graphql::types::group::Group;
use crate::graphql::types::schedule::Schedule;
use crate::sharing::Seen;

#[derive(Default)]
pub(super) struct AudienceQueries;

#[Object]
impl AudienceQueries {
    /// One group; null when there is none with this id.
    async fn group(&self, context: &Context<'_>, id: ID) -> Option<Group> {
        let asked = Asked::from(context);
        let group = asked.view.group(id.parse().ok()?)?;
        asked.note_opening(RecordRef::Group(group.id()));
        Some(Group(group))
    }

    /// The groups of your organization that were not dissolved, oldest first.
    async fn groups(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Group>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let live = |group: &Seen<group::Group>| group.is_dissolved() != Some(true);
        let list = Asked::from(context).view.groups().filter(live);
        Ok(paging.page(list, |group| Cursor::of_id(group.id().uuid()), Group))
    }

    /// One on-call schedule; null when there is none with this id.
    async fn schedule(&self, context: &Context<'_>, id: ID) -> Option<Schedule> {
        let asked = Asked::from(context);
        let schedule = asked.view.schedule(id.parse().ok()?)?;
        asked.note_opening(RecordRef::Schedule(schedule.id()));
        Some(Schedule(schedule))
    }

    /// The on-call schedules of your organization that were not ended, oldest first.
    async fn schedules(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Schedule>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let live = |schedule: &Seen<schedule::Schedule>| schedule.is_ended() != Some(true);
        let list = Asked::from(context).view.schedules().filter(live);
        Ok(paging.page(list, |schedule| Cursor::of_id(schedule.id().uuid()), Schedule))
    }
}
