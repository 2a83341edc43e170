//! Who has a place in the areas that a message names.

use async_graphql::Result;

use super::asked::Asked;
use super::fault::fault_for_now;
use crate::domain::Id;
use crate::domain::message::Message;
use crate::domain::message::audience::Located;

/// Whom the hub finds in the areas of a message's plan. Where people are is sealed, and stays so.
pub(super) async fn located_of(asked: &Asked, message: Id<Message>) -> Result<Located> {
    asked.hub.located(message).await.map_err(|error| {
        tracing::warn!(%error, "the vault does not answer");
        let says = "the store does not answer; nothing was done".to_owned();
        fault_for_now("STORE_UNAVAILABLE", says, 2_000)
    })
}
