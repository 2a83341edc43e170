//! The hub over HTTP.

pub mod ingest;
