//! What can be asked.

mod aid;
mod records;
mod resources;
mod sharing;

use async_graphql::MergedObject;

use super::admission::AdmissionQueries;

/// Everything that can be asked. The whole answer is of one moment, whose log entry stands in
/// `extensions.sequence`.
#[derive(MergedObject, Default)]
pub struct Query(
    records::RecordQueries,
    resources::ResourceQueries,
    sharing::SharingQueries,
    AdmissionQueries,
    aid::AidQueries,
);
