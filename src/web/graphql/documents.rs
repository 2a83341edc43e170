//! Parsed documents, kept because clients send the same few again and again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::parser::{self, types::ExecutableDocument};

use crate::web::limits::DOCUMENTS_KEPT;

/// Documents by their text.
#[derive(Default)]
pub(in crate::web) struct Documents {
    /// The lock is held for a look-up or an insertion; parsing goes on outside of it.
    kept: Mutex<HashMap<Arc<str>, Arc<ExecutableDocument>>>,
}

impl Documents {
    /// The document of a text.
    pub(in crate::web) fn parse(
        &self,
        text: &str,
    ) -> Result<Arc<ExecutableDocument>, parser::Error> {
        if let Some(document) = self.lock().get(text) {
            return Ok(Arc::clone(document));
        }
        let document = Arc::new(parser::parse_query(text)?);
        let mut kept = self.lock();
        // Beginning anew is crude and rare: few clients have a thousand documents.
        if kept.len() >= DOCUMENTS_KEPT {
            kept.clear();
        }
        kept.insert(text.into(), Arc::clone(&document));
        Ok(document)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Arc<str>, Arc<ExecutableDocument>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
