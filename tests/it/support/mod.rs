//! What several tests need.

pub(crate) mod aid;
pub(crate) mod bare;
pub(crate) mod hub;
pub(crate) mod maps;
pub(crate) mod node;
pub(crate) mod peers;
pub(crate) mod postgres;
pub(crate) mod process;
pub(crate) mod socket;
