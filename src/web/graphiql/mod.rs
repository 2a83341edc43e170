//! A page to try the API in a browser: GraphiQL, served by the hub itself, so that it works where
//! the network ends at the county line.
//!
//! `build.rs` lays out what is embedded here. Where the npm packages are not installed, the page
//! is one sentence that says how to get it, and its files are empty.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use super::AppState;
use super::asset::{ASKED_AGAIN, Asset};

/// The browser may load and ask nothing but this hub. GraphiQL's editor writes styles of its own,
/// and its style sheet holds fonts and images.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Embeds a file that `build.rs` laid out.
macro_rules! built {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/graphiql/", $name))
    };
}

const PAGE: &[u8] = built!("page.html");

static ASSETS: LazyLock<[Asset; 7]> = LazyLock::new(|| {
    [
        Asset::new("page.js", include_bytes!("page.js")),
        Asset::new("page.css", include_bytes!("page.css")),
        Asset::new("react.production.min.js", built!("react.production.min.js")),
        Asset::new("react-dom.production.min.js", built!("react-dom.production.min.js")),
        Asset::new("graphql-ws.min.js", built!("graphql-ws.min.js")),
        Asset::new("graphiql.min.js", built!("graphiql.min.js")),
        Asset::new("graphiql.min.css", built!("graphiql.min.css")),
    ]
});

/// The page and its files. Nothing of it is secret, so no token is asked for.
pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/graphiql", get(page)).route("/graphiql/{file}", get(file))
}

async fn page() -> Response {
    ([(CONTENT_SECURITY_POLICY, POLICY)], Html(PAGE)).into_response()
}

async fn file(Path(name): Path<String>, asked: HeaderMap) -> Response {
    let asset = ASSETS.iter().find(|asset| asset.name == name);
    asset.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |asset| asset.reply(&asked, ASKED_AGAIN),
    )
}
