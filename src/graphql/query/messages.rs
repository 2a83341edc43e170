//! Messages, what launching one would do, and what waits to be handed over.

use async_graphql::{Context, ID, Object, Result};

use crate::domain::RecordRef;
use crate::graphql::asked::{Asked, parse_id, parse_id_option};
use crate::graphql::fault::fault;
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::located::located_of;
use crate::graphql::page::{Cursor, Page, Paging};
use crate::graphql::types::message::{Message, MessageStage};
use crate::graphql::types::message_preview::MessagePreview;
use crate::graphql::types::outbox::OutboxItem;
use crate::graphql::types::provider::Provider;
use crate::sharing::seen::Waiting;

#[derive(Default)]
pub(super) struct MessageQueries;

#[Object]
impl MessageQueries {
    /// One message; null when there is none with this id.
    async fn message(&self, context: &Context<'_>, id: ID) -> Option<Message> {
        let asked = Asked::from(context);
        let message = asked.view.message(id.parse().ok()?)?;
        asked.note_opening(RecordRef::Message(message.id()));
        Some(Message(message))
    }

    /// Messages, those that are over included, newest first.
    async fn messages(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those about this incident.")] incident: Option<ID>,
        #[graphql(desc = "Only those in these stages; all but templates when null.")]
        stages: Option<Vec<MessageStage>>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<Message>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let incident = parse_id_option("incident", incident.as_ref())?;
        // What is withheld answers no question.
        let list = Asked::from(context).view.messages().rev().filter(|message| {
            incident.is_none_or(|id| message.incident().is_some_and(|i| i.id() == id))
                && match &stages {
                    Some(stages) => stages.contains(&message.stage().into()),
                    None => message.template_name().is_none(),
                }
        });
        Ok(paging.page(list, |message| Cursor::of_newest_id(message.id().uuid()), Message))
    }

    /// What launching a draft would do now: who would be told, how, and who cannot be. For whoever
    /// may launch or release it.
    async fn message_preview(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the message.")] message: ID,
    ) -> Result<MessagePreview> {
        let (asked, id) = (Asked::from(context), parse_id("message", &message)?);
        let (located, now) = (located_of(asked, id).await?, asked.hub.clock().now());
        let preview = asked.view.preview(&asked.principal, id, &located, now);
        let preview = preview.map_err(|refusal| fault(refusal.code(), refusal.to_string()))?;
        asked.note_opening(RecordRef::Message(id));
        Ok(MessagePreview(preview))
    }

    /// Who hands messages to people, and how each does; null unless you may `operate`.
    async fn providers(&self, context: &Context<'_>) -> Option<Vec<Provider>> {
        let asked = Asked::from(context);
        let notify = asked.notify.as_ref().filter(|_| asked.view.viewer().may_operate());
        notify.map(|notify| Provider::all(notify))
    }

    /// What waits to be handed over of your organization's messages, the longest first: attempts
    /// that are intended or in doubt, those that failed and are tried again, and those that
    /// something holds back.
    async fn outbox(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many at most: 1 to 200, 50 when null.")] first: Option<i32>,
        after: Option<String>,
    ) -> Result<Page<OutboxItem>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        let asked = Asked::from(context);
        let now = asked.hub.clock().now();
        let list = asked.view.outbox().into_iter();
        let cursor = |waiting: &Waiting| {
            let (since, number) = waiting.place();
            Cursor::of_oldest_first(since, number)
        };
        let notify = asked.notify.as_deref();
        Ok(paging.page(list, cursor, |waiting| OutboxItem::of(waiting, now, notify)))
    }
}
