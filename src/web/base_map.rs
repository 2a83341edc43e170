//! The base map of whoever runs the hub: what the dashboard is told of it, and the parts of its
//! file that browsers ask for.
//!
//! The address of a file names what is in it, so browsers keep what they got for good, and never
//! put parts of two files together. Nothing of it is secret, so no token is asked for.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use futures_util::stream;
use serde_json::{Value, json};

use super::AppState;
use super::asset::FOR_GOOD;
use super::limits::MAP_PART_BYTES_MAX;
use crate::base_map::{BaseMap, PIECE_BYTES, Source, TileHost};

/// A part of a file, by where it begins and where it ends.
type Part = (u64, u64);

/// The route of the file.
pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/map/{file}", get(part))
}

/// What the dashboard has to know to show the map.
pub(super) fn told(map: &BaseMap) -> Value {
    match &map.source {
        Source::Archive(archive) => json!({
            "pmtiles": format!("/map/{}.pmtiles", archive.version()),
            "attribution": map.attribution,
        }),
        Source::Host(TileHost { address, max_zoom, is_vector, .. }) => json!({
            "tiles": address,
            "attribution": map.attribution,
            "maxZoom": max_zoom,
            "vector": is_vector,
        }),
    }
}

/// The one host besides the hub that the dashboard may ask, if the operator named one.
pub(super) fn other_origin(map: &BaseMap) -> Option<&str> {
    match &map.source {
        Source::Archive(_) => None,
        Source::Host(host) => Some(&host.origin),
    }
}

/// A part of the file. The whole is not handed out at once: it may be as large as a disk.
async fn part(State(app): State<AppState>, Path(file): Path<String>, asked: HeaderMap) -> Response {
    let Some(map) = app.base_map() else { return StatusCode::NOT_FOUND.into_response() };
    let Source::Archive(archive) = &map.source else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let is_this = file.strip_suffix(".pmtiles") == Some(archive.version());
    if !is_this || !archive.is_unchanged() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let tag = format!("\"{}\"", archive.version());
    let has = |name| asked.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let kept = [(CACHE_CONTROL, FOR_GOOD), (ETAG, header(&tag))];
    if has(IF_NONE_MATCH) == Some(&tag) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    let whole = archive.bytes();
    // Who has a part of another file asks for the whole, which they do not get.
    let fits = has(IF_RANGE).is_none_or(|known| known == tag);
    let Some((from, end)) = has(RANGE).filter(|_| fits).and_then(|text| part_of(text, whole))
    else {
        let why = format!("ask for a part of this file, of {MAP_PART_BYTES_MAX} bytes or less\n");
        let range = [(CONTENT_RANGE, header(&format!("bytes */{whole}")))];
        return (StatusCode::RANGE_NOT_SATISFIABLE, range, why).into_response();
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/vnd.pmtiles")),
        (ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (CONTENT_RANGE, header(&format!("bytes {from}-{}/{whole}", end - 1))),
        (CONTENT_LENGTH, (end - from).into()),
    ];
    (StatusCode::PARTIAL_CONTENT, kept, headers, body(map, (from, end))).into_response()
}

/// Reads piece by piece, as fast as the browser takes them.
fn body(map: &Arc<BaseMap>, part: Part) -> Body {
    let pieces = stream::try_unfold((Arc::clone(map), part), async |(map, (from, end))| {
        if from >= end {
            return Ok::<_, std::io::Error>(None);
        }
        let read = tokio::task::spawn_blocking(move || {
            let piece = match &map.source {
                Source::Archive(archive) => archive.read(from, end)?,
                Source::Host(_) => Vec::new(),
            };
            Ok::<_, std::io::Error>((Bytes::from(piece), map))
        });
        let (piece, map) = read.await??;
        Ok(Some((piece, (map, (from + PIECE_BYTES as u64, end)))))
    });
    Body::from_stream(pieces)
}

/// The part that a header `Range` names (RFC 9110, clause 14.1.2), cut to what is handed out at
/// once; none where it names several, or nothing that is there.
fn part_of(text: &str, whole: u64) -> Option<Part> {
    let (first, last) = text.strip_prefix("bytes=")?.trim().split_once('-')?;
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    let (from, end) = match (number(first), number(last)) {
        (Some(from), Some(last)) if last >= from => (from, last.saturating_add(1)),
        (Some(from), None) if last.is_empty() => (from, whole),
        (None, Some(length)) if first.is_empty() => (whole.saturating_sub(length), whole),
        _ => return None,
    };
    let end = end.min(whole).min(from.saturating_add(MAP_PART_BYTES_MAX));
    (from < end).then_some((from, end))
}

fn header(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_was_asked_for_as_far_as_it_is_there() {
        for (text, part) in [
            ("bytes=0-0", Some((0, 1))),
            ("bytes=10-19", Some((10, 20))),
            ("bytes=90-", Some((90, 100))),
            ("bytes=90-500", Some((90, 100))),
            ("bytes=90-99999999999999999999999", Some((90, 100))),
            ("bytes=-10", Some((90, 100))),
            ("bytes=-500", Some((0, 100))),
            ("bytes=100-", None),
            ("bytes=20-10", None),
            ("bytes=-0", None),
            ("bytes=-", None),
            ("bytes=0-1,5-6", None),
            ("bytes=+1-2", None),
            ("bytes=a-b", None),
            ("lines=1-2", None),
        ] {
            assert_eq!(part_of(text, 100), part, "{text}");
        }
    }

    #[test]
    fn a_part_is_never_larger_than_what_is_handed_out_at_once() {
        let whole = 100 * MAP_PART_BYTES_MAX;
        assert_eq!(part_of("bytes=7-", whole), Some((7, 7 + MAP_PART_BYTES_MAX)));
        assert_eq!(part_of(&format!("bytes=-{whole}"), whole), Some((0, MAP_PART_BYTES_MAX)));
    }
}
