//! HTTP gateways, each described by a [`Mapping`] in YAML: how it is asked, how it answers, how it
//! calls back.
//!
//! `node` and `read` turn YAML into a mapping and tell all its mistakes at once; `template` fills
//! in values; `answer` and `callback` are pure readers of what a gateway says.

mod answer;
mod callback;
mod mapping;
mod node;
mod read;
mod template;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use muster_contract::Secret;
use muster_contract::channel::{
    Channel, Failure, FailureKind, Incoming, Outgoing, Submitted, Task,
};
use reqwest::redirect::Policy;
use serde::Deserialize;

use self::answer::Answered;
pub use self::callback::{CallbackRequest, Refusal};
use self::mapping::{Body, Request};
pub use self::mapping::{CallbackAnswer, KANNEL, Mapping, TWILIO};
pub use self::node::{Mistake, Mistakes};
use self::template::{Template, Values};
use crate::number;
use crate::text::{self, Encoding, LookAlikes};

/// Octets of an answer that are read.
const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// Connections that are kept open without use.
const IDLE_MAX: usize = 32;

/// The settings of a gateway, beside its mapping.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewaySettings {
    /// Who messages are from.
    pub from: String,
    /// The address that the gateway calls back, as the gateway reaches it.
    #[serde(default)]
    pub callback: String,
    /// Values that the mapping needs, such as the gateway's address and the account.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Values that are secret.
    #[serde(default)]
    pub secrets: BTreeMap<String, Secret>,
    /// Messages that one text may become; a longer text is refused.
    #[serde(default = "parts_max")]
    pub parts_max: usize,
    /// What is done with typographic characters.
    #[serde(default)]
    pub look_alikes: LookAlikes,
    /// Seconds that connecting may take.
    #[serde(default = "connect_seconds")]
    pub connect_seconds: u64,
    /// Seconds that a request with its answer may take.
    #[serde(default = "answer_seconds")]
    pub answer_seconds: u64,
}

fn parts_max() -> usize {
    10
}

fn connect_seconds() -> u64 {
    10
}

fn answer_seconds() -> u64 {
    30
}

/// Why a gateway cannot be used with these settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadGateway {
    /// The settings lack values that the mapping needs.
    #[error("the gateway `{name}` needs values for `{}`", .lacking.join("`, `"))]
    Lacking {
        /// The mapping's name.
        name: String,
        /// What the settings lack.
        lacking: Vec<String>,
    },
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made: no provider of cryptography is installed")]
    Client,
}

/// A client of one HTTP gateway.
pub struct Gateway {
    mapping: Mapping,
    settings: GatewaySettings,
    /// What the settings give to templates.
    values: Values,
    client: reqwest::Client,
    now: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

impl Gateway {
    /// A client with its own pool of connections. `now` is the clock, for gateways that are told
    /// how long a message is worth sending.
    ///
    /// # Errors
    ///
    /// [`BadGateway`] when the settings lack something.
    pub fn new(
        mapping: Mapping,
        settings: GatewaySettings,
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Result<Self, BadGateway> {
        let mut values = settings.values.clone();
        let secrets = settings.secrets.iter();
        values.extend(secrets.map(|(name, secret)| (name.clone(), secret.reveal().to_owned())));
        let given = |need: &&String| values.get(*need).is_some_and(|value| !value.is_empty());
        let lacking: Vec<_> = mapping.needs.iter().filter(|need| !given(need)).cloned().collect();
        if !lacking.is_empty() {
            return Err(BadGateway::Lacking { name: mapping.name, lacking });
        }
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .retry(reqwest::retry::never())
            .pool_max_idle_per_host(IDLE_MAX)
            .connect_timeout(Duration::from_secs(settings.connect_seconds))
            .timeout(Duration::from_secs(settings.answer_seconds))
            .build()
            .map_err(|_| BadGateway::Client)?;
        Ok(Self { mapping, settings, values, client, now: Box::new(now) })
    }

    /// Reads a request that came in on the callback address. Nothing is to be answered as taken
    /// before all of what it says is.
    ///
    /// # Errors
    ///
    /// [`Refusal`] with the status to answer.
    pub fn read_callback(&self, request: &CallbackRequest<'_>) -> Result<Vec<Incoming>, Refusal> {
        let callback = self.mapping.callback.as_ref().ok_or(Refusal::None)?;
        callback::read(callback, &self.values, request)
    }

    /// What to answer to a callback that was taken in.
    #[must_use]
    pub fn callback_answer(&self) -> Option<&CallbackAnswer> {
        self.mapping.callback.as_ref().map(|callback| &callback.answer)
    }

    async fn send(&self, message: &Outgoing) -> Result<Submitted, Failure> {
        let values = self.values_of(message)?;
        let answered = self.ask(&self.mapping.request, &values).await?;
        answer::read(&self.mapping.answer, &answered)
    }

    async fn check(&self) -> Result<(), Failure> {
        let Some(probe) = &self.mapping.probe else { return Ok(()) };
        let answered = self.ask(&probe.request, &self.values).await;
        let answered = answered.map_err(|f| Failure { kind: FailureKind::Technical, ..f })?;
        if probe.alive.fits(&answered) {
            return Ok(());
        }
        let says = "the gateway does not answer as it does when all is well";
        Err(technical(&answered.status.to_string(), says))
    }

    /// The values that a message gives to templates.
    fn values_of(&self, message: &Outgoing) -> Result<Values, Failure> {
        let look_alikes = self.settings.look_alikes;
        let (text, _) = text::written(&message.content.text, look_alikes);
        let segments = text::segments(&text, LookAlikes::Keep);
        let (count, most) = (segments.count, self.settings.parts_max);
        if count > most {
            let says = format!("the text takes {count} messages and may take {most}");
            return Err(Failure::new(FailureKind::Permanent, "too long", says));
        }
        let coding = if segments.encoding == Encoding::Gsm7 { "0" } else { "2" };
        let to = message.to.reveal();
        let (to_digits, _) = number::of_recipient(to)?;
        let mut values = self.values.clone();
        let mut give = |name: &str, value: &str| values.insert(name.to_owned(), value.to_owned());
        give("to", to);
        give("to_digits", to_digits);
        give("from", &self.settings.from);
        give("text", &text);
        give("key", &message.key);
        give("callback", &self.settings.callback);
        give("coding", coding);
        give("urgent", if message.urgent { "1" } else { "0" });
        if let Some(expires) = message.expires {
            let left = expires.duration_since((self.now)()).as_secs().max(1);
            give("seconds_left", &left.to_string());
            give("minutes_left", &(left.div_euclid(60) + 1).to_string());
        }
        Ok(values)
    }

    async fn ask(&self, request: &Request, values: &Values) -> Result<Answered, Failure> {
        let request = self.request(request, values)?;
        let mut response = self.client.execute(request).await.map_err(|error| failed(&error))?;
        let retry_after = response.headers().get("retry-after");
        let retry_after = retry_after.and_then(|wait| wait.to_str().ok()).map(str::to_owned);
        let status = response.status().as_u16();
        let mut body = Some(Vec::new());
        while let Some(octets) = body.as_mut() {
            match response.chunk().await {
                Ok(Some(chunk)) if octets.len() + chunk.len() <= ANSWER_BYTES_MAX => {
                    octets.extend_from_slice(&chunk);
                }
                Ok(None) => break,
                // Too long, too slow or cut off: the status is all that is known.
                Ok(Some(_)) | Err(_) => body = None,
            }
        }
        let body = body.and_then(|octets| String::from_utf8(octets).ok());
        Ok(Answered { status, body, retry_after })
    }

    fn request(&self, request: &Request, values: &Values) -> Result<reqwest::Request, Failure> {
        let wrong = || technical("settings", "the settings do not make a request of this gateway");
        let mut url = request.url.fill(values).ok_or_else(wrong)?;
        if !request.query.is_empty() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&encoded(&request.query, values));
        }
        let method = if request.post { reqwest::Method::POST } else { reqwest::Method::GET };
        let mut builder = self.client.request(method, url);
        for (name, template) in &request.headers {
            if let Some(value) = template.fill(values) {
                builder = builder.header(name, value);
            }
        }
        if let Some((user, password)) = &request.basic {
            let user = user.fill(values).ok_or_else(wrong)?;
            builder = builder.basic_auth(user, password.fill(values));
        }
        let (media, body) = match &request.body {
            Body::Empty => return builder.build().map_err(|_| wrong()),
            Body::Form(form) => ("application/x-www-form-urlencoded", encoded(form, values)),
            Body::Json(json) => {
                ("application/json", json.fill(values).unwrap_or_default().to_string())
            }
        };
        builder.header("content-type", media).body(body).build().map_err(|_| wrong())
    }
}

impl Channel for Gateway {
    fn submit<'a>(&'a self, message: &'a Outgoing) -> Task<'a, Result<Submitted, Failure>> {
        Box::pin(self.send(message))
    }

    fn probe(&self) -> Task<'_, Result<(), Failure>> {
        Box::pin(self.check())
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway").field("name", &self.mapping.name).finish_non_exhaustive()
    }
}

/// The fields that have their values, encoded. What lacks a value is left out.
fn encoded(fields: &[(String, Template)], values: &Values) -> String {
    let filled = fields.iter().filter_map(|(name, value)| Some((name, value.fill(values)?)));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(filled).finish()
}

/// What an exchange without an answer is. Errors of the HTTP client name the URL, in which the
/// number and the text may stand, so none of their words is kept.
fn failed(error: &reqwest::Error) -> Failure {
    if error.is_connect() || error.is_builder() {
        let code = if error.is_timeout() { "timeout" } else { "not reached" };
        return technical(code, "the gateway cannot be reached, or not securely");
    }
    let code = if error.is_timeout() { "timeout" } else { "connection lost" };
    let says = "the message was handed over and the gateway did not answer";
    Failure::new(FailureKind::InDoubt, code, says)
}

fn technical(code: &str, says: &str) -> Failure {
    Failure::new(FailureKind::Technical, code, says)
}

#[cfg(test)]
mod tests;
