//! The pages for logging in and for using a set-up link: self-contained, and usable with a
//! keyboard and with a screen reader.

use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;

use crate::web::AppState;

/// The browser may load and ask nothing but this hub, and no page may frame or be sent this one's
/// forms.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The routes. Nothing of them is secret, so nobody has to be recognized.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/login", get(async || page(include_str!("login.html"))))
        .route("/setup", get(async || page(include_str!("setup.html"))))
        .route("/session/page.js", get(async || file("text/javascript", include_str!("page.js"))))
        .route("/session/page.css", get(async || file("text/css", include_str!("page.css"))))
}

fn page(text: &'static str) -> Response {
    ([(CONTENT_SECURITY_POLICY, POLICY)], Html(text)).into_response()
}

fn file(media_type: &'static str, text: &'static str) -> Response {
    ([(CONTENT_TYPE, format!("{media_type}; charset=utf-8"))], text).into_response()
}
