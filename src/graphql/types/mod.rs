//! The types of the API, one file for each noun. Each shows a record as a viewer sees it.

pub(super) mod admission;
pub(super) mod agreement;
pub(super) mod alert;
pub(super) mod break_glass;
pub(super) mod codes;
pub(super) mod cop;
pub(super) mod hazard;
pub(super) mod hub;
pub(super) mod incident;
pub(super) mod journal;
pub(super) mod mutual_aid;
pub(super) mod organization;
pub(super) mod person;
pub(super) mod place;
pub(super) mod proposal;
pub(super) mod record;
pub(super) mod resource;
pub(super) mod resource_request;
pub(super) mod sharing;
pub(super) mod signal;
