//! Resource requests, offers, and who waits for whom.

use async_graphql::{Context, ID, InputObject, Object, Result};

use crate::domain::RecordRef;
use crate::graphql::asked::{Asked, parse_id_option};
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::page::{Cursor, Page, Paging};
use crate::graphql::types::mutual_aid::{Offer, OfferStage};
use crate::graphql::types::resource_request::{OpenQuestion, RequestStatus, ResourceRequest};

#[derive(Default)]
pub(super) struct AidQueries;

/// Which requests are asked for. What is null does not narrow the list.
#[derive(InputObject, Default)]
pub(crate) struct RequestFilterInput {
    /// Only those of this incident.
    incident: Option<ID>,
    /// Only those of this organization.
    asked_by: Option<ID>,
    /// Only those that your own organization was asked, or only the others.
    asked: Option<bool>,
    /// Only these statuses.
    statuses: Option<Vec<RequestStatus>>,
    /// Only exercises, or only real events.
    exercise: Option<bool>,
}

#[Object]
impl AidQueries {
    /// One resource request; null when there is none with this id.
    async fn resource_request(&self, context: &Context<'_>, id: ID) -> Option<ResourceRequest> {
        let asked = Asked::from(context);
        let request = asked.view.resource_request(id.parse().ok()?)?;
        asked.note_opening(RecordRef::ResourceRequest(request.id()));
        Some(ResourceRequest(request))
    }

    /// Resource requests, closed ones included, oldest first.
    async fn resource_requests(
        &self,
        context: &Context<'_>,
        filter: Option<RequestFilterInput>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<ResourceRequest>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let filter = filter.unwrap_or_default();
        let incident = parse_id_option("incident", filter.incident.as_ref())?;
        let asked_by = parse_id_option("askedBy", filter.asked_by.as_ref())?;
        let requests = Asked::from(context).view.resource_requests();
        // What is withheld answers no question.
        let list = requests.filter(|request| {
            incident.is_none_or(|id| request.incident().is_some_and(|i| i.id() == id))
                && asked_by.is_none_or(|id| request.asked_by().is_some_and(|o| o.id() == id))
                && filter.asked.is_none_or(|asked| asked == request.question().is_some())
                && filter.exercise.is_none_or(|exercise| exercise == request.exercise())
                && filter.statuses.as_ref().is_none_or(|wanted| {
                    request.status().is_some_and(|status| wanted.contains(&status.into()))
                })
        });
        Ok(paging.page(list, |r| Cursor::of_id(r.id().uuid()), ResourceRequest))
    }

    /// One offer; null when there is none with this id.
    async fn offer(&self, context: &Context<'_>, id: ID) -> Option<Offer> {
        let asked = Asked::from(context);
        let offer = asked.view.offer(id.parse().ok()?)?;
        asked.note_opening(RecordRef::Offer(offer.id()));
        Some(Offer(offer))
    }

    /// The offers that you made or got, oldest first.
    async fn offers(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those in these stages.")] stages: Option<Vec<OfferStage>>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Offer>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let list = Asked::from(context).view.offers().filter(|offer| {
            stages.as_ref().is_none_or(|stages| stages.contains(&offer.stage().into()))
        });
        Ok(paging.page(list, |offer| Cursor::of_id(offer.id().uuid()), Offer))
    }

    /// What your organization has to answer, and what it waits for, the oldest first.
    async fn open_questions(&self, context: &Context<'_>) -> Vec<OpenQuestion> {
        let view = &Asked::from(context).view;
        let questions = view.open_questions().into_iter();
        questions.map(|question| OpenQuestion::of(view, question)).collect()
    }
}
