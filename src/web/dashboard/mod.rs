//! The coordinators' dashboard: one page and its files, served by the hub itself, so that it works
//! where the network ends at the county line.
//!
//! `ops/setup` builds it from `src/dashboard`, and `build.rs` lists what is embedded here. Where it
//! has not been built, the page is one sentence that says how to get it.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use super::asset::{ASKED_AGAIN, Asset, FOR_GOOD};
use super::{AppState, base_map};

const PAGE: &str = "index.html";

/// Each file of it with its path, by `/`.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/dashboard.rs"));

static ASSETS: LazyLock<HashMap<&str, Asset>> =
    LazyLock::new(|| FILES.iter().map(|(name, bytes)| (*name, Asset::new(name, bytes))).collect());

/// The page's files. Nothing of them is secret, so no token is asked for.
pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/assets/{*path}", get(file))
}

/// The page, under every address that nothing else has: which of its views is meant, it finds out
/// from the address. Programs are told that there is nothing.
pub(super) async fn page(
    State(app): State<AppState>,
    method: Method,
    uri: Uri,
    asked: HeaderMap,
) -> Response {
    if method != Method::GET {
        return StatusCode::NOT_FOUND.into_response();
    }
    // What lies beside the page, as its icon; the names of these stay the same.
    let name = uri.path().trim_start_matches('/');
    if let Some(asset) = ASSETS.get(name).filter(|_| name != PAGE) {
        return asset.reply(&asked, ASKED_AGAIN);
    }
    let accepted = asked.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let Some(page) = ASSETS.get(PAGE).filter(|_| accepted.contains("text/html")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = page.reply(&asked, ASKED_AGAIN);
    let tiles = app.base_map().and_then(|map| base_map::other_origin(map));
    // An origin is plain text: letters, digits, dots, hyphens and a port.
    if let Ok(policy) = HeaderValue::try_from(policy(tiles)) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

async fn file(Path(path): Path<String>, asked: HeaderMap) -> Response {
    let asset = ASSETS.get(format!("assets/{path}").as_str());
    asset.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |asset| asset.reply(&asked, FOR_GOOD),
    )
}

/// The browser may load and ask nothing but this hub, and the host of tiles that its operator named.
/// The map draws images that it makes itself, and works in threads of its own.
fn policy(tiles: Option<&str>) -> String {
    let tiles = tiles.map(|origin| format!(" {origin}")).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'{tiles}; \
         img-src 'self' data: blob:{tiles}; font-src 'self'; worker-src 'self' blob:; \
         manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}
