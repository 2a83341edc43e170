//! What several tests need.

pub(crate) mod bare;
pub(crate) mod hub;
pub(crate) mod postgres;
