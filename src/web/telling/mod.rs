//! Pages for those who are told: where a message is answered, and the sandbox's telephone.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /a/TOKEN` | the message, with a button for each answer; changes nothing, so that mail scanners may follow the link |
//! | `POST /a/TOKEN` | records the answer |
//! | `/provider/NAME` | takes in what that provider says: receipts, replies, keys that were pressed |
//! | `GET /sandbox` | what the sandbox was handed, the newest first |
//! | `GET /sandbox/N`, `POST /sandbox/N` | one message of it, and a reply to it |

mod answer;
mod callback;
mod sandbox;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{any, get};
use minijinja::{AutoEscape, Environment, Value};

use crate::notify::Notify;
use crate::notify::sandbox::Shelf;

/// Bytes of a form.
const FORM_BYTES_MAX: usize = 8 * 1024;
/// Bytes of what a provider says; a mail that came back is the longest.
const CALLBACK_BYTES_MAX: usize = 256 * 1024;
/// A page may load this hub's style and send its form back, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

static PAGES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut pages = Environment::new();
    pages.set_auto_escape_callback(|_| AutoEscape::Html);
    let all = [
        ("answer", include_str!("answer.html")),
        ("sandbox", include_str!("sandbox.html")),
        ("letter", include_str!("letter.html")),
    ];
    for (name, page) in all {
        #[expect(clippy::expect_used, reason = "the pages are compiled in, and a test reads them")]
        pages.add_template(name, page).expect("a page");
    }
    pages
});

/// What the pages need.
#[derive(Clone)]
struct Told {
    notify: Arc<Notify>,
    shelf: Option<Arc<Shelf>>,
}

/// The routes; those of the sandbox only where there is one. Whoever has the link may answer, so
/// nobody has to be recognized; providers are, each in its own way.
pub fn router(notify: Arc<Notify>, shelf: Option<Arc<Shelf>>) -> Router {
    let routes = Router::new().route("/a/{token}", get(answer::show).post(answer::take));
    let routes = if shelf.is_some() {
        routes
            .route("/sandbox", get(sandbox::list))
            .route("/sandbox/{number}", get(sandbox::show).post(sandbox::reply))
    } else {
        routes
    };
    let callbacks = Router::new()
        .route("/provider/{name}", any(callback::take))
        .layer(DefaultBodyLimit::max(CALLBACK_BYTES_MAX));
    let routes = routes.layer(DefaultBodyLimit::max(FORM_BYTES_MAX)).merge(callbacks);
    routes.with_state(Told { notify, shelf })
}

fn page(status: StatusCode, name: &str, values: Value) -> Response {
    let text = PAGES.get_template(name).and_then(|page| page.render(values));
    match text {
        Ok(text) => (status, [(CONTENT_SECURITY_POLICY, POLICY)], Html(text)).into_response(),
        Err(error) => {
            tracing::error!(%error, name, "a page cannot be filled in");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
