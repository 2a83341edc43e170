//! Bodies and query strings.

#[path = "../../../../src/web/graphql/params.rs"]
mod params;

use params::Asked;
pub(in crate::web) use params::Params;

use crate::graphql::limits::BATCH_MAX;

mod reply {
    /// Stands for the server's own, which knows the replies too.
    #[derive(Debug)]
    pub enum Problem {
        BadRequest(String),
    }
}

pub(in crate::web) fn from_body(bytes: &[u8]) -> Vec<Params> {
    match Asked::from_body(bytes, BATCH_MAX) {
        Ok(Asked::One(one)) => vec![one],
        Ok(Asked::Batch(several)) => {
            assert!(several.len() <= BATCH_MAX);
            several
        }
        Err(reply::Problem::BadRequest(why)) => {
            assert!(!why.is_empty());
            Vec::new()
        }
    }
}

pub(in crate::web) fn from_query(text: &str) -> Option<Params> {
    Params::from_query(text).ok()
}
