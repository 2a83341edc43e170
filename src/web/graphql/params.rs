//! A GraphQL request out of a body or a query string.

use async_graphql::Variables;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::reply::Problem;
use crate::graphql::limits::DOCUMENT_BYTES_MAX;

/// The parameters of one request.
#[derive(Clone, Debug)]
pub(in crate::web) struct Params {
    /// The document.
    pub(in crate::web) query: String,
    /// Which operation of it.
    pub(in crate::web) operation_name: Option<String>,
    /// The variables as they were sent, which tells two requests apart.
    pub(in crate::web) variables: Option<Box<RawValue>>,
    /// The same, read.
    pub(in crate::web) values: Variables,
    /// The name of a stored query, in the place of the document.
    pub(in crate::web) stored_query: Option<String>,
}

/// What a body asks.
pub(super) enum Asked {
    /// One request.
    One(Params),
    /// Several.
    Batch(Vec<Params>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    #[serde(default)]
    query: String,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    variables: Option<Box<RawValue>>,
    #[serde(default)]
    extensions: Option<serde_json::Map<String, serde_json::Value>>,
}

impl Params {
    /// A request of the hub's own.
    pub(in crate::web) fn of(query: &str, variables: &serde_json::Value) -> Self {
        let values = Variables::from_json(variables.clone());
        let variables = serde_json::value::to_raw_value(variables).ok();
        let query = query.to_owned();
        Self { query, operation_name: None, variables, values, stored_query: None }
    }
}

impl Asked {
    /// Reads a body.
    pub(super) fn from_body(body: &[u8], batch_max: usize) -> Result<Self, Problem> {
        let bad = |error: serde_json::Error| Problem::BadRequest(format!("{BODY_IS}: {error}"));
        let batch = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
        if !batch {
            let wire: Wire = serde_json::from_slice(body).map_err(bad)?;
            return Params::from_wire(wire).map(Self::One);
        }
        // Counted before the parts are read, so that many small ones cost nothing.
        let parts: Vec<&RawValue> = serde_json::from_slice(body).map_err(bad)?;
        if parts.is_empty() || parts.len() > batch_max {
            return Err(Problem::BadRequest(format!(
                "a batch holds 1 to {batch_max} requests and this one has {}",
                parts.len()
            )));
        }
        let read =
            |part: &RawValue| Params::from_wire(serde_json::from_str(part.get()).map_err(bad)?);
        parts.into_iter().map(read).collect::<Result<_, _>>().map(Self::Batch)
    }
}

const BODY_IS: &str = "the body is not `{\"query\": …, \"variables\": …, \"operationName\": …}`";

impl Params {
    /// Reads a query string.
    pub(super) fn from_query(query: &str) -> Result<Self, Problem> {
        let mut wire =
            Wire { query: String::new(), operation_name: None, variables: None, extensions: None };
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let bad = |error| Problem::BadRequest(format!("`{name}` is not JSON: {error}"));
            match name.as_ref() {
                "query" => wire.query = value.into_owned(),
                "operationName" if !value.is_empty() => {
                    wire.operation_name = Some(value.into_owned());
                }
                "variables" if !value.is_empty() => {
                    wire.variables = Some(serde_json::from_str(&value).map_err(bad)?);
                }
                "extensions" if !value.is_empty() => {
                    wire.extensions = Some(serde_json::from_str(&value).map_err(bad)?);
                }
                _ => {}
            }
        }
        Self::from_wire(wire)
    }

    /// Reads the payload of a `subscribe` message.
    pub(in crate::web) fn from_payload(payload: &RawValue) -> Result<Self, Problem> {
        let wire = serde_json::from_str(payload.get());
        let wire = wire.map_err(|error| {
            Problem::BadRequest(format!("the payload is not a GraphQL request: {error}"))
        })?;
        Self::from_wire(wire)
    }

    fn from_wire(mut wire: Wire) -> Result<Self, Problem> {
        // Other extensions are allowed to be there and mean nothing to this hub.
        let stored_query = match wire.extensions.take().and_then(|mut e| e.remove("storedQuery")) {
            Some(serde_json::Value::String(name)) if wire.query.is_empty() => Some(name),
            Some(_) => {
                let message = "`storedQuery` is a name, and stands in the place of `query`";
                return Err(Problem::BadRequest(message.into()));
            }
            None => None,
        };
        if wire.query.trim().is_empty() && stored_query.is_none() {
            return Err(Problem::BadRequest("`query` is missing; put the document there".into()));
        }
        if wire.query.len() > DOCUMENT_BYTES_MAX {
            return Err(Problem::BadRequest(format!(
                "the document has {} bytes and may have {DOCUMENT_BYTES_MAX}; \
                 put values into `variables`",
                wire.query.len()
            )));
        }
        let Wire { query, operation_name, variables, .. } = wire;
        let variables = variables.filter(|variables| variables.get() != "null");
        let values = variables.as_deref().map_or_else(|| Ok(Variables::default()), read)?;
        Ok(Self { query, operation_name, variables, values, stored_query })
    }
}

/// The values of variables. None of them is left out: the command would be another one.
fn read(variables: &RawValue) -> Result<Variables, Problem> {
    if !variables.get().starts_with('{') {
        return Err(Problem::BadRequest("`variables` must be an object".into()));
    }
    let value = serde_json::from_str(variables.get()).map_err(|error| {
        Problem::BadRequest(format!("`variables` cannot be read, and nothing was done: {error}"))
    })?;
    Ok(Variables::from_json(value))
}
