//! What is known of a document before it is executed.

#[path = "../../../src/graphql/document.rs"]
pub mod document;
#[path = "../../../src/graphql/limits.rs"]
pub mod limits;
