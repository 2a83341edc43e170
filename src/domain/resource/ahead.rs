//! Records that a commitment refers to and that are kept elsewhere, by the types of their ids.

/// A post in the structure of an incident.
#[derive(Debug)]
pub enum Post {}
