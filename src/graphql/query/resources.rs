//! Resources, what kinds of them there are, and which are the nearest.

use async_graphql::{Context, ID, InputObject, Object, Result};

use crate::domain::RecordRef;
use crate::graphql::asked::{Asked, parse_id_option};
use crate::graphql::fault::fault;
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::page::{Cursor, Page, Paging};
use crate::graphql::scalars::Position;
use crate::graphql::types::codes::ResourceStatus;
use crate::graphql::types::definition::ResourceDefinition;
use crate::graphql::types::resource::{NearbyResource, Resource};
use crate::sharing::Wanted;

/// Resources that a search gives at the most.
const NEAREST_MAX: usize = 100;

#[derive(Default)]
pub(super) struct ResourceQueries;

/// Which resources are asked for. What is null does not narrow the list.
#[derive(InputObject, Default)]
pub(crate) struct ResourceFilterInput {
    /// Only these kinds, by the id of the definition.
    kinds: Option<Vec<String>>,
    /// Only these statuses.
    statuses: Option<Vec<ResourceStatus>>,
    /// Only those that this organization has.
    owner: Option<ID>,
    /// Only those that can be committed now, or only those that cannot.
    free: Option<bool>,
    /// Only those for exercises, or only real ones.
    exercise: Option<bool>,
    /// Those that were retired, too.
    #[graphql(default = false)]
    retired: bool,
}

/// What is searched for.
#[derive(InputObject)]
pub(crate) struct NearestResourcesInput {
    /// The kind, by the id of its definition: `fire-engine`.
    kind: String,
    /// The version of the definition that says what the types mean; the newest when null.
    version: Option<u16>,
    /// The NIMS type that is wanted at least; any when null.
    #[graphql(name = "type")]
    level: Option<u8>,
    /// From where.
    from: Position,
    /// Only what can be committed now.
    #[graphql(default = true)]
    free: bool,
    /// For an exercise.
    #[graphql(default = false)]
    exercise: bool,
}

#[Object]
impl ResourceQueries {
    /// One resource; null when there is none with this id.
    async fn resource(&self, context: &Context<'_>, id: ID) -> Option<Resource> {
        let asked = Asked::from(context);
        let resource = asked.view.resource(id.parse().ok()?)?;
        asked.note_opening(RecordRef::Resource(resource.id()));
        Some(Resource(resource))
    }

    /// Resources, oldest first.
    async fn resources(
        &self,
        context: &Context<'_>,
        filter: Option<ResourceFilterInput>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Resource>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let filter = filter.unwrap_or_default();
        let owner = parse_id_option("owner", filter.owner.as_ref())?;
        let holds = |Resource(seen): &Resource| {
            let status = seen.status().map(ResourceStatus::of);
            let kinds = filter.kinds.as_ref();
            let statuses = filter.statuses.as_ref();
            (filter.retired || !seen.is_retired())
                && filter.exercise.is_none_or(|exercise| exercise == seen.exercise())
                && kinds.is_none_or(|kinds| kinds.contains(&seen.kind().id))
                && statuses.is_none_or(|wanted| status.is_some_and(|s| wanted.contains(&s)))
                && filter.free.is_none_or(|free| seen.is_free() == Some(free))
                && owner.is_none_or(|owner| seen.owner().is_some_and(|o| o.id() == owner))
        };
        let list = Asked::from(context).view.resources().map(Resource).filter(holds);
        Ok(paging.page(list, |resource| Cursor::of_id(resource.0.id().uuid()), |r| r))
    }

    /// The nearest resources of a kind that you may see and that fit, the nearest first. Distances
    /// go from their places as exactly as these are shown to you.
    async fn nearest_resources(
        &self,
        context: &Context<'_>,
        input: NearestResourcesInput,
        #[graphql(desc = "How many at most: 1 to 100, 10 when null.")] first: Option<i32>,
    ) -> Result<Vec<NearbyResource>> {
        let first = first.map_or(Some(10), |first| usize::try_from(first).ok());
        let first = first.filter(|first| (1..=NEAREST_MAX).contains(first)).ok_or_else(|| {
            fault("PAGE_OUT_OF_RANGE", format!("`first` must be from 1 to {NEAREST_MAX}"))
        })?;
        let Position(from) = input.from;
        if !from.is_on_globe() {
            return Err(fault("BAD_POSITION", "`from` is not on the globe"));
        }
        let view = &Asked::from(context).view;
        let Some(definition) = view.definition(&input.kind, input.version) else {
            let message = format!("no definition of `{}` is known in this version", input.kind);
            return Err(fault("RESOURCE_DEFINITION_UNKNOWN", message));
        };
        let NearestResourcesInput { level, free, exercise, .. } = input;
        let wanted = Wanted { definition, level, free, exercise };
        let found = view.nearest(wanted, from, first).into_iter().map(|(seen, metres)| {
            let fit = seen.fit(definition, level).into();
            NearbyResource::new(Resource(seen), metres, fit)
        });
        Ok(found.collect())
    }

    /// What kinds of resource there are, and what each type of them needs.
    async fn resource_definitions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only this kind, in all versions.")] id: Option<String>,
    ) -> Vec<ResourceDefinition> {
        let all = Asked::from(context).view.definitions();
        let wanted = all.filter(|definition| id.as_ref().is_none_or(|id| definition.id == *id));
        wanted.cloned().map(ResourceDefinition).collect()
    }
}
