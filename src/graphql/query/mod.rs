//! What can be asked.

mod aid;
mod attention;
mod audiences;
mod messages;
mod records;
mod resources;
mod sharing;
mod structures;

use async_graphql::MergedObject;

use super::admission::AdmissionQueries;

/// Everything that can be asked. The whole answer is of one moment; where your picture stood
/// then is told by `extensions.sequence`.
#[derive(MergedObject, Default)]
pub struct Query(
    records::RecordQueries,
    resources::ResourceQueries,
    structures::StructureQueries,
    sharing::SharingQueries,
    AdmissionQueries,
    aid::AidQueries,
    attention::AttentionQueries,
    audiences::AudienceQueries,
    messages::MessageQueries,
);
