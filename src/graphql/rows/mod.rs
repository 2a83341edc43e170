//! Lists of records, written as JSON at once.
//!
//! The ordinary way to an answer makes a future and a value of every field of every record, which
//! is most of what a picture of a thousand records costs. Here the fields that are asked for are
//! looked up once for the whole list, and each record is then written by what was found: `name`
//! means the same function for all of them. That function is a [`Column`] and reads from a
//! [`Seen`](crate::sharing::Seen) like any resolver.
//!
//! A list whose records are asked for something that no column writes, such as a page within a
//! record, takes the ordinary way as a whole. Both ways give the same answer; a test compares them.
//!
//! - [`selection`]: which fields are asked for, with fragments and merging
//! - [`json`]: writing, and taking what was written into an answer
//! - [`incident`], [`signal`], [`resource`], [`resource_request`], [`organization`], [`place`]: the
//!   columns of each noun

mod incident;
pub(crate) mod json;
mod organization;
mod place;
mod resource;
mod resource_request;
mod selection;
mod signal;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::resolve_list;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value};

pub(crate) use json::Json;
pub(crate) use selection::Selection;

/// Writes what is asked for of one record, or one field of it.
pub(crate) type Column<T> = Box<dyn Fn(&T, &mut Json) + Send + Sync>;

/// A record that can be written in a list.
pub(crate) trait Row: OutputType {
    /// What writes a record when this is asked of it; none when some of it needs a resolver.
    fn column(_asked: &Selection<'_>) -> Option<Column<Self>> {
        None
    }
}

/// A list of records.
pub(crate) struct Rows<T>(pub(crate) Vec<T>);

impl<T: Row> OutputType for Rows<T> {
    fn type_name() -> Cow<'static, str> {
        Vec::<T>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<T>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<T>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        context: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let asked = Selection::of_list(context);
        match asked.and_then(|asked| T::column(&asked)) {
            Some(column) => {
                let mut json = Json::default();
                json.list(&self.0, &column);
                Ok(json.into_value())
            }
            None => resolve_list(context, field, &self.0, Some(self.0.len())).await,
        }
    }
}

impl<T: Row + 'static> Row for &T {
    fn column(asked: &Selection<'_>) -> Option<Column<Self>> {
        let column = T::column(asked)?;
        Some(Box::new(move |record, json| column(record, json)))
    }
}

/// A column by a function, for the sake of its types.
pub(crate) fn column<T>(
    write: impl Fn(&T, &mut Json) + Send + Sync + 'static,
) -> Option<Column<T>> {
    Some(Box::new(write))
}
