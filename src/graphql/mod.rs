//! The public API: queries, mutations and subscriptions over a View.
//!
//! The types are written in Rust and the schema follows from them; `schema/hub.graphql` is the
//! published copy, and a test proves it fresh. Resolvers are handed a [`View`](crate::sharing::View)
//! of one moment, so an answer never mixes two, and can show nothing that the View does not.
//!
//! - [`admission`]: what can be asked about accounts, tokens and sessions
//! - [`query`], [`mutation`], [`subscription`]: what can be asked, changed and followed
//! - [`types`]: the nouns; [`page`]: lists in pages; [`rows`]: lists written at once; [`scalars`]:
//!   sequences and places
//! - [`document`]: what a document would cost, measured before it is executed; [`limits`]

mod admission;
mod asked;
mod contact;
pub mod document;
mod fault;
pub mod limits;
mod located;
mod mutation;
mod page;
mod progress;
mod query;
mod rows;
mod scalars;
mod subscription;
mod types;

use async_graphql::{SDLExportOptions, Schema};

pub use asked::{Asked, Outcomes};
pub(crate) use rows::json::{append, append_answer};
pub use subscription::{Part, Progress};

/// The schema, ready to execute documents.
pub type HubSchema = Schema<query::Query, mutation::Mutation, subscription::Subscription>;

/// Makes the schema.
#[must_use]
pub fn schema() -> HubSchema {
    // Limits on documents are held by `document` before they come here.
    let (query, mutation) = (query::Query::default(), mutation::Mutation::default());
    Schema::build(query, mutation, subscription::Subscription).finish()
}

/// The schema in the schema definition language.
#[must_use]
pub fn sdl() -> String {
    schema().sdl_with_options(SDLExportOptions::new().sorted_fields().sorted_enum_items())
}
