//! What can be asked.

mod records;
mod sharing;

use async_graphql::MergedObject;

/// Everything that can be asked. The whole answer is of one moment, whose log entry stands in
/// `extensions.sequence`.
#[derive(MergedObject, Default)]
pub struct Query(records::RecordQueries, sharing::SharingQueries);
