//! A file that is part of the program and served by it.

use aws_lc_rs::digest::{SHA256, digest};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};

/// Kept by browsers, and asked for again with its tag: a new release may bring another.
pub(super) const ASKED_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
/// Kept by browsers for good: its name changes when it does.
pub(super) const FOR_GOOD: HeaderValue =
    HeaderValue::from_static("public, max-age=31536000, immutable");

/// One embedded file.
pub(super) struct Asset {
    pub(super) name: &'static str,
    bytes: &'static [u8],
    tag: HeaderValue,
}

impl Asset {
    pub(super) fn new(name: &'static str, bytes: &'static [u8]) -> Self {
        Self { name, bytes, tag: tag(bytes) }
    }

    /// The reply to who asks for it: that nothing has changed, where they know it.
    pub(super) fn reply(&self, asked: &HeaderMap, kept: HeaderValue) -> Response {
        let mut response = match asked.get(IF_NONE_MATCH) {
            Some(known) if known == self.tag => StatusCode::NOT_MODIFIED.into_response(),
            _ => ([(CONTENT_TYPE, media_type(self.name))], self.bytes).into_response(),
        };
        response.headers_mut().insert(ETAG, self.tag.clone());
        response.headers_mut().insert(CACHE_CONTROL, kept);
        response
    }
}

/// By the ending of its name.
fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// A weak tag, because what is sent may be compressed.
fn tag(bytes: &[u8]) -> HeaderValue {
    let digest = digest(&SHA256, bytes);
    let digits = hex::encode(digest.as_ref().get(..16).unwrap_or_default());
    HeaderValue::try_from(format!("W/\"{digits}\"")).unwrap_or(HeaderValue::from_static("W/\"\""))
}
