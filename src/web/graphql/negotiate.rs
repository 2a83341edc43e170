//! Which media type a reply has, and which one a request must have.

use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};

use super::reply::Problem;

/// The media types of replies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaType {
    /// `application/graphql-response+json`: the status code tells whether the request was good.
    GraphqlResponse,
    /// `application/json`: 200 whenever the request was understood, for older clients.
    Json,
}

impl MediaType {
    /// The best media type that the client accepts.
    pub(super) fn accepted(headers: &HeaderMap) -> Result<Self, Problem> {
        let mut values = headers.get_all(ACCEPT).iter().peekable();
        if values.peek().is_none() {
            return Ok(Self::Json);
        }
        let ranges = values.filter_map(|value| value.to_str().ok()).flat_map(|v| v.split(','));
        let best = ranges.filter_map(Self::of_range).max_by_key(|(_, weight)| *weight);
        best.map(|(media_type, _)| media_type).ok_or(Problem::NotAcceptable)
    }

    /// The value of the reply's `Content-Type`.
    pub(super) const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        })
    }

    /// The media type that a range stands for, with its weight in thousandths and, between equal
    /// weights, the more exact one first.
    fn of_range(range: &str) -> Option<(Self, (u16, u8))> {
        let mut parts = range.split(';').map(str::trim);
        let (media_type, exactness) = match parts.next()?.to_ascii_lowercase().as_str() {
            "application/graphql-response+json" => (Self::GraphqlResponse, 2),
            "application/json" => (Self::Json, 1),
            "application/*" | "*/*" => (Self::Json, 0),
            _ => return None,
        };
        let mut weight = 1_000;
        for parameter in parts {
            match parameter.split_once('=') {
                Some(("q", value)) => {
                    let value: f32 = value.parse().ok().filter(|q| (0.0..=1.0).contains(q))?;
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "it is from 0 to 1000"
                    )]
                    let thousandths = (value * 1_000.0) as u16;
                    weight = thousandths;
                }
                Some(("charset", value)) if !value.eq_ignore_ascii_case("utf-8") => return None,
                _ => {}
            }
        }
        (weight > 0).then_some((media_type, (weight, exactness)))
    }
}

/// Checks that a body is JSON in UTF-8.
pub(super) fn check_content_type(headers: &HeaderMap) -> Result<(), Problem> {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mut parts = value.unwrap_or_default().split(';').map(str::trim);
    let json = parts.next().is_some_and(|t| t.eq_ignore_ascii_case("application/json"));
    let charset = |parameter: &str| match parameter.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    };
    if json && parts.all(charset) { Ok(()) } else { Err(Problem::UnsupportedMediaType) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_media_type_follows_the_accept_header() {
        let accepted = |accept: &'static str| {
            let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]);
            MediaType::accepted(&headers).ok()
        };
        assert_eq!(MediaType::accepted(&HeaderMap::new()).ok(), Some(MediaType::Json));
        assert_eq!(accepted("*/*"), Some(MediaType::Json));
        assert_eq!(
            accepted("application/graphql-response+json, application/json;q=0.9"),
            Some(MediaType::GraphqlResponse)
        );
        assert_eq!(
            accepted("application/graphql-response+json;q=0.1, application/json"),
            Some(MediaType::Json)
        );
        assert_eq!(accepted("text/html"), None);
        assert_eq!(accepted("application/json; charset=iso-8859-1"), None);
        assert_eq!(accepted("application/json;q=0"), None);
    }
}
