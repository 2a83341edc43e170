//! One document over HTTP, with bounds on everything.
//!
//! Answers are asked for as they are, and one that is compressed all the same is refused: a few
//! kilobytes that unfold to gigabytes are no danger to who never unfolds them.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, ETAG, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use reqwest::{Response, StatusCode, redirect};
use url::Url;

use super::{guard, shown};

/// How long one document may take, from the first connection to its last byte.
const FETCH_WITHIN: Duration = Duration::from_secs(30);
/// How long a server may take to be connected to.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
/// Redirects that are followed.
const REDIRECTS_MAX: usize = 5;
/// Seconds that a server may ask to be left alone for.
const RETRY_AFTER_SECONDS_MAX: u64 = 3_600;
/// What is asked for.
const ACCEPT: &str = "application/cap+xml, application/atom+xml, application/rss+xml, \
                      application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1";

/// A document was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The server could not be reached, or the connection broke.
    #[error("`{url}` cannot be fetched: {reason}")]
    Unreachable {
        /// The address, without credentials.
        url: String,
        /// Why.
        reason: String,
    },
    /// The server took too long.
    #[error("`{url}` did not answer within {} s", FETCH_WITHIN.as_secs())]
    Slow {
        /// The address, without credentials.
        url: String,
    },
    /// The server answered with an error.
    #[error("`{url}` answered {status}")]
    Status {
        /// The address, without credentials.
        url: String,
        /// The status.
        status: u16,
        /// How long the server asked to be left alone.
        retry_after: Option<Duration>,
    },
    /// The document is larger than is read.
    #[error("`{url}` has more than {bytes_max} bytes, which is the most that is read")]
    TooLarge {
        /// The address, without credentials.
        url: String,
        /// The bound.
        bytes_max: usize,
    },
    /// The answer is compressed, which was not asked for.
    #[error("`{url}` answered with `{encoding}` encoding, which was not asked for")]
    Encoded {
        /// The address, without credentials.
        url: String,
        /// The encoding.
        encoding: String,
    },
    /// The document is somewhere the hub does not go.
    #[error("`{url}` is not fetched: {reason}")]
    Forbidden {
        /// The address, without credentials.
        url: String,
        /// Why not.
        reason: &'static str,
    },
}

impl FetchError {
    /// Whether trying again would give the same.
    pub(super) fn is_permanent(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Slow { .. } => false,
            Self::Status { status, .. } => {
                (400..500).contains(status) && !matches!(status, 408 | 425 | 429)
            }
            Self::TooLarge { .. } | Self::Encoded { .. } | Self::Forbidden { .. } => true,
        }
    }

    /// Whether nothing is there, which may be so only for now.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::Status { status: 404 | 410, .. })
    }
}

/// What the server said about the version of a document, to ask only for a newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Validators {
    etag: Option<String>,
    last_modified: Option<String>,
}

/// A document, or that there is no newer one.
pub(super) enum Fetched {
    Document { bytes: Vec<u8>, url: Url, validators: Validators },
    Unchanged,
}

/// Fetches documents. Clones share their connections.
#[derive(Clone)]
pub(super) struct Client {
    /// For the servers that the operator named.
    trusting: reqwest::Client,
    /// For those that a feed or a redirect named.
    guarded: reqwest::Client,
}

impl Client {
    pub(super) fn new() -> Self {
        let builder = || {
            reqwest::Client::builder()
                .user_agent(concat!("muster/", env!("CARGO_PKG_VERSION")))
                .connect_timeout(CONNECT_WITHIN)
                .timeout(FETCH_WITHIN)
                // Redirects are followed here, where each is checked.
                .redirect(redirect::Policy::none())
        };
        let build = |builder: reqwest::ClientBuilder| {
            #[expect(clippy::expect_used, reason = "fails only without a TLS provider, at start")]
            builder.build().expect("a TLS provider is installed")
        };
        let guarded = builder().no_proxy().dns_resolver(Arc::new(guard::Public));
        Self { trusting: build(builder()), guarded: build(guarded) }
    }

    /// Fetches a document that belongs to a feed, unless it is still the version that is known.
    pub(super) async fn fetch(
        &self,
        feed: &Url,
        url: Url,
        known: &Validators,
        bytes_max: usize,
    ) -> Result<Fetched, FetchError> {
        let named = url.clone();
        let fetch = self.follow(feed, url, known, bytes_max);
        match tokio::time::timeout(FETCH_WITHIN, fetch).await {
            Ok(fetched) => fetched,
            Err(_) => Err(FetchError::Slow { url: shown(&named) }),
        }
    }

    async fn follow(
        &self,
        feed: &Url,
        mut url: Url,
        known: &Validators,
        bytes_max: usize,
    ) -> Result<Fetched, FetchError> {
        for _ in 0..=REDIRECTS_MAX {
            let response = self.get(feed, &url, known).await?;
            let status = response.status();
            if status == StatusCode::NOT_MODIFIED {
                return Ok(Fetched::Unchanged);
            }
            if status.is_redirection() {
                url = redirected(&url, &response)?;
                continue;
            }
            if !status.is_success() {
                let retry_after = retry_after(response.headers());
                let (url, status) = (shown(&url), status.as_u16());
                return Err(FetchError::Status { url, status, retry_after });
            }
            let validators = Validators::of(response.headers());
            let bytes = read(&url, response, bytes_max).await?;
            return Ok(Fetched::Document { bytes, url, validators });
        }
        Err(forbidden(&url, "it redirects too often"))
    }

    async fn get(&self, feed: &Url, url: &Url, known: &Validators) -> Result<Response, FetchError> {
        let own = guard::same_server(feed, url);
        if !matches!(url.scheme(), "http" | "https") {
            return Err(forbidden(url, "only http and https are"));
        }
        if !own && guard::is_private_literal(url) {
            return Err(forbidden(url, "it is a private address outside the feed's own server"));
        }
        let client = if own { &self.trusting } else { &self.guarded };
        let mut request = client.get(url.clone()).header("accept", ACCEPT);
        // Without this a server may choose any encoding (RFC 9110, clause 12.5.3).
        request = request.header(ACCEPT_ENCODING, "identity");
        if let Some(etag) = &known.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(time) = &known.last_modified {
            request = request.header(IF_MODIFIED_SINCE, time);
        }
        request.send().await.map_err(|error| broken(url, error))
    }
}

impl Validators {
    fn of(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        Self { etag: text(ETAG), last_modified: text(LAST_MODIFIED) }
    }
}

/// Reads a body piece by piece and stops at the limit, whatever length was declared.
async fn read(url: &Url, response: Response, bytes_max: usize) -> Result<Vec<u8>, FetchError> {
    let encoding = response.headers().get(CONTENT_ENCODING).map(|v| v.to_str().unwrap_or("?"));
    if let Some(encoding) = encoding.filter(|e| !e.eq_ignore_ascii_case("identity")) {
        return Err(FetchError::Encoded { url: shown(url), encoding: encoding.to_owned() });
    }
    let mut bytes = Vec::new();
    let mut pieces = response.bytes_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|error| broken(url, error))?;
        if bytes.len() + piece.len() > bytes_max {
            return Err(FetchError::TooLarge { url: shown(url), bytes_max });
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

fn redirected(url: &Url, response: &Response) -> Result<Url, FetchError> {
    let target = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    let target = target.and_then(|target| url.join(target).ok());
    let target = target.ok_or_else(|| forbidden(url, "it redirects to nowhere"))?;
    if url.scheme() == "https" && target.scheme() != "https" {
        return Err(forbidden(&target, "https redirects to it, which is not secured"));
    }
    Ok(target)
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.min(RETRY_AFTER_SECONDS_MAX)))
}

fn forbidden(url: &Url, reason: &'static str) -> FetchError {
    FetchError::Forbidden { url: shown(url), reason }
}

fn broken(url: &Url, error: reqwest::Error) -> FetchError {
    let url = shown(url);
    if error.is_timeout() {
        return FetchError::Slow { url };
    }
    // The address stands before it already, and here it may have credentials.
    let error = error.without_url();
    let mut reason = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        reason = format!("{reason}: {inner}");
        cause = inner.source();
    }
    FetchError::Unreachable { url, reason }
}
