//! A request to a URL that a stranger named.
//!
//! It goes to the open internet only, unless the operator allows otherwise: names are resolved here
//! and the connection is made to the very addresses that were checked, so that a name cannot lead
//! elsewhere a moment later. Redirects are not followed, proxies are not used, and of the answer
//! only its status and how long to wait are read.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use muster_contract::channel::{Failure, FailureKind};
use muster_contract::reach::is_public;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Certificate, Client, Response, Url, redirect};
use serde::Deserialize;

use crate::ANSWER;

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How much of an answer's body is read, and for how long, to use its connection again.
const BODY_MAX: usize = 64 * 1024;
const BODY_TIME: Duration = Duration::from_secs(1);
/// The longest URL that is requested.
const URL_MAX: usize = 2_048;
/// The longest wait that a receiver is believed.
const WAIT_MAX: u64 = 24 * 3_600;
/// The longest time that an answer may be given.
const ANSWER_MAX: u64 = 600;

/// How requests are made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Whether receivers may be inside the hub's own network, or on its own machine, and without
    /// TLS. Off by default: whoever may set a URL could then reach what the hub can reach.
    #[serde(default)]
    pub private: bool,
    /// Certificates in PEM of authorities that are trusted beside those of the system.
    #[serde(default)]
    pub authorities: Option<String>,
    /// How long a receiver may take to answer, in seconds; 20 by default.
    #[serde(default)]
    pub answer_seconds: Option<u64>,
}

/// What is wrong with how requests are to be made.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Certificates that are none.
    #[error("`authorities` has no certificate in PEM that could be read")]
    Authorities,
    /// A number out of its range.
    #[error("`answer_seconds` must be from 1 to 600")]
    AnswerSeconds,
    /// The machine has no certificates or no TLS.
    #[error("no HTTP client can be made: {0}")]
    Client(String),
}

/// What a receiver answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// How long it asks to wait.
    pub retry_after: Option<Duration>,
    /// What it calls what it was given.
    pub location: Option<String>,
}

/// A client for URLs that strangers named.
pub struct Poster {
    client: Client,
    private: bool,
}

impl Poster {
    /// A client with these settings. A provider for TLS must have been installed in the process.
    ///
    /// # Errors
    ///
    /// [`SettingsError`] when a setting cannot be used.
    pub fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let answer = settings.answer_seconds.unwrap_or(ANSWER.as_secs());
        if answer == 0 || answer > ANSWER_MAX {
            return Err(SettingsError::AnswerSeconds);
        }
        let answer = Duration::from_secs(answer);
        let connect = CONNECT.min(answer);
        let mut builder = Client::builder()
            .user_agent(concat!("muster/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(connect)
            .timeout(connect + answer)
            .redirect(redirect::Policy::none())
            .no_proxy();
        if !settings.private {
            builder = builder.https_only(true).dns_resolver(Arc::new(Public));
        }
        if let Some(pem) = &settings.authorities {
            let given = Certificate::from_pem_bundle(pem.as_bytes())
                .ok()
                .filter(|given| !given.is_empty())
                .ok_or(SettingsError::Authorities)?;
            builder = builder.tls_certs_merge(given);
        }
        let client = builder.build().map_err(|error| SettingsError::Client(error.to_string()))?;
        Ok(Self { client, private: settings.private })
    }

    /// Posts a body.
    ///
    /// # Errors
    ///
    /// [`Failure`] when there is no answer: permanent if the URL may not be requested, temporary if
    /// nobody was reached, in doubt if the request was sent. An answer is none, whatever it says.
    pub async fn post(
        &self,
        url: &str,
        headers: HeaderMap,
        body: Vec<u8>,
    ) -> Result<Answer, Failure> {
        let url = self.allowed(url)?;
        let request = self.client.post(url).headers(headers).body(body);
        let response = request.send().await.map_err(|error| failed(&error))?;
        let answer = Answer {
            status: response.status().as_u16(),
            retry_after: retry_after(response.headers()),
            location: response
                .headers()
                .get("location")
                .and_then(|value| value.to_str().ok())
                .map(ToOwned::to_owned),
        };
        // What the body says or whether it ends changes nothing any more.
        let _ = tokio::time::timeout(BODY_TIME, drain(response)).await;
        Ok(answer)
    }

    fn allowed(&self, url: &str) -> Result<Url, Failure> {
        let no = |code, says| Failure::new(FailureKind::Permanent, code, says);
        let url = Some(url)
            .filter(|url| url.len() <= URL_MAX)
            .and_then(|url| Url::parse(url).ok())
            .filter(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
            .ok_or_else(|| no("url", "the address is not the URL of a web server"))?;
        if !self.private {
            if url.scheme() != "https" {
                return Err(no("url", "the URL must begin with https"));
            }
            // Names are checked when they are resolved.
            let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
            if host.parse().is_ok_and(|address| !is_public(address)) {
                return Err(not_public());
            }
        }
        Ok(url)
    }
}

/// Resolves names to their public addresses only.
struct Public;

/// That a name has none.
#[derive(Debug, thiserror::Error)]
#[error("the name has no public address")]
struct NotPublic;

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|a| is_public(a.ip())).collect();
            if public.is_empty() {
                return Err(NotPublic.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

fn not_public() -> Failure {
    let says = "the receiver is not on the open internet; `private` allows that";
    Failure::new(FailureKind::Permanent, "private", says)
}

/// The failure behind an error of the client, whose words are kept back: they name the URL.
fn failed(error: &reqwest::Error) -> Failure {
    if is_not_public(error) {
        return not_public();
    }
    if error.is_connect() || error.is_builder() {
        let code = if error.is_dns() { "dns" } else { "connect" };
        return Failure::new(FailureKind::Temporary, code, "the receiver cannot be reached");
    }
    let code = if error.is_timeout() { "timeout" } else { "connection" };
    let says = "the message was sent, and no answer came that could be read";
    Failure::new(FailureKind::InDoubt, code, says)
}

fn is_not_public(error: &reqwest::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if inner.is::<NotPublic>() {
            return true;
        }
        source = inner.source();
    }
    false
}

/// Seconds, bounded. A date is not read: receivers that name one are rare and their clocks may be
/// wrong.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.min(WAIT_MAX)))
}

async fn drain(mut response: Response) {
    let mut left = BODY_MAX;
    while let Ok(Some(chunk)) = response.chunk().await {
        match left.checked_sub(chunk.len()) {
            Some(rest) => left = rest,
            None => return,
        }
    }
}
