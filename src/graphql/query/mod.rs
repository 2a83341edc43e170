//! What can be asked.

mod records;
mod sharing;
mod structures;

use async_graphql::MergedObject;

use super::admission::AdmissionQueries;

/// Everything that can be asked. The whole answer is of one moment, whose log entry stands in
/// `extensions.sequence`.
#[derive(MergedObject, Default)]
pub struct Query(
    records::RecordQueries,
    sharing::SharingQueries,
    AdmissionQueries,
    structures::StructureQueries,
);
