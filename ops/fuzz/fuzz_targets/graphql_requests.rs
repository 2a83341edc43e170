//! Any bytes are read as a request, in a body, a query string or a message of a WebSocket, or
//! refused; the document in it is refused or measured before anything is executed.
#![no_main]

mod graphql;
/// What measuring a document takes of it, without the rest and its policies.
mod sharing {
    pub const SIGHTS_MAX: usize = 200;
}
mod web;

use graphql::document::measure;
use graphql::limits::{COMPLEXITY_MAX, DEPTH_MAX, DOCUMENT_BYTES_MAX};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for request in web::requests(bytes) {
        assert!(request.query.len() <= DOCUMENT_BYTES_MAX);
        let Ok(document) = async_graphql::parser::parse_query(&request.query) else { continue };
        match measure(&document, request.operation_name.as_deref(), &request.variables) {
            Err(too_costly) => assert!(too_costly.to_string().contains("may have")),
            Ok(Some(operation)) => {
                let cost = operation.cost;
                assert!(cost.depth <= DEPTH_MAX && cost.complexity <= COMPLEXITY_MAX, "{cost:?}");
            }
            Ok(None) => {}
        }
    }
});
