//! A page to try the API in a browser: GraphiQL, served by the hub itself, so that it works where
//! the network ends at the county line.
//!
//! `build.rs` lays out what is embedded here. Where the npm packages are not installed, the page
//! is one sentence that says how to get it, and its files are empty.

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use axum::Router;
use axum::extract::Path;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use super::AppState;

/// The browser may load and ask nothing but this hub. GraphiQL's editor writes styles of its own,
/// and its style sheet holds fonts and images.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Kept by browsers, and asked for again with its tag: a new release may bring another.
const CACHED: &str = "no-cache";

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// One file of the page.
struct Asset {
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
}

/// Embeds a file that `build.rs` laid out.
macro_rules! built {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/graphiql/", $name))
    };
}

const PAGE: &[u8] = built!("page.html");
const ASSETS: [Asset; 7] = [
    Asset { name: "page.js", media_type: SCRIPT, bytes: include_bytes!("page.js") },
    Asset { name: "page.css", media_type: STYLE, bytes: include_bytes!("page.css") },
    Asset {
        name: "react.production.min.js",
        media_type: SCRIPT,
        bytes: built!("react.production.min.js"),
    },
    Asset {
        name: "react-dom.production.min.js",
        media_type: SCRIPT,
        bytes: built!("react-dom.production.min.js"),
    },
    Asset { name: "graphql-ws.min.js", media_type: SCRIPT, bytes: built!("graphql-ws.min.js") },
    Asset { name: "graphiql.min.js", media_type: SCRIPT, bytes: built!("graphiql.min.js") },
    Asset { name: "graphiql.min.css", media_type: STYLE, bytes: built!("graphiql.min.css") },
];

/// The tag of each asset, computed when the first is asked for.
static TAGS: LazyLock<Vec<HeaderValue>> =
    LazyLock::new(|| ASSETS.iter().map(|asset| tag(asset.bytes)).collect());

/// The page and its files. Nothing of it is secret, so no token is asked for.
pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/graphiql", get(page)).route("/graphiql/{file}", get(file))
}

async fn page() -> Response {
    ([(CONTENT_SECURITY_POLICY, POLICY)], Html(PAGE)).into_response()
}

async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let found = ASSETS.iter().zip(TAGS.iter()).find(|(asset, _)| asset.name == name);
    let Some((asset, tag)) = found else { return StatusCode::NOT_FOUND.into_response() };
    let mut response = match headers.get(IF_NONE_MATCH) {
        Some(known) if known == tag => StatusCode::NOT_MODIFIED.into_response(),
        _ => ([(CONTENT_TYPE, asset.media_type)], asset.bytes).into_response(),
    };
    response.headers_mut().insert(ETAG, tag.clone());
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(CACHED));
    response
}

/// A weak tag, because what is sent may be compressed.
fn tag(bytes: &[u8]) -> HeaderValue {
    let hex: String =
        digest(&SHA256, bytes).as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::try_from(format!("W/\"{hex}\"")).unwrap_or(HeaderValue::from_static("W/\"\""))
}
