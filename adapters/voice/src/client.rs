//! The client: asks the provider to call.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use muster_contract::channel::{Channel, Failure, FailureKind, Outgoing, Submitted, Task};
use reqwest::{Client, RequestBuilder, Response, StatusCode, header, redirect};
use serde::Deserialize;

use crate::reasons;
use crate::script::script;
use crate::settings::{BadSettings, Settings, is_id, is_number};

/// Tells what time it is.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A client of one provider.
pub struct Voice {
    settings: Settings,
    http: Client,
    clock: Clock,
}

/// The provider's answer to a call that it has taken.
#[derive(Deserialize)]
struct Taken {
    sid: String,
    #[serde(default)]
    status: Option<String>,
}

/// The provider's answer when it has not.
#[derive(Deserialize)]
struct Refused {
    code: u32,
}

/// The provider's answer about the account.
#[derive(Deserialize)]
struct Account {
    status: String,
}

/// The largest answer that is read, in bytes.
const MAX_ANSWER: usize = 65_536;

/// The longest key, in characters.
const MAX_KEY: usize = 64;

/// The longest wait that a provider can ask for.
const MAX_RETRY_AFTER: u64 = 24 * 60 * 60;

/// No call lasts longer, in seconds.
const MAX_CALL: u16 = 600;

/// How long connections are kept for the next call.
const IDLE: Duration = Duration::from_secs(60);

impl Voice {
    /// A client, not yet connected. The process must have installed its provider of cryptography.
    ///
    /// # Errors
    ///
    /// [`BadSettings`] when a setting will not do.
    pub fn new(settings: Settings, clock: Clock) -> Result<Self, BadSettings> {
        settings.check()?;
        let http = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(settings.connect_seconds.into()))
            .timeout(Duration::from_secs(settings.answer_seconds.into()))
            .pool_idle_timeout(IDLE)
            .build()
            .map_err(|error| BadSettings::Client(error.to_string()))?;
        Ok(Self { settings, http, clock })
    }

    async fn call(&self, message: &Outgoing) -> Result<Submitted, Failure> {
        let form = self.form(message)?;
        let request = self.http.post(self.url("/Calls.json")).form(&form);
        let answer = self.sent(request).await.map_err(|error| lost(&error))?;
        let (status, retry_after) = (answer.status(), retry_after(&answer));
        let body = read(answer).await;
        if !status.is_success() {
            let failure = refused(status, body.as_deref());
            return Err(match retry_after {
                Some(wait) if failure.kind == FailureKind::Temporary => failure.after(wait),
                _ => failure,
            });
        }
        let taken = body.and_then(|body| serde_json::from_slice::<Taken>(&body).ok());
        let Some(taken) = taken.filter(|taken| is_id(&taken.sid)) else {
            let says = "the provider took the call and did not say under which name";
            return Err(Failure::new(FailureKind::InDoubt, "garbage", says));
        };
        if matches!(taken.status.as_deref(), Some("failed" | "canceled" | "busy" | "no-answer")) {
            let says = "the provider took the call and gave it up at once";
            return Err(Failure::new(FailureKind::Temporary, "given-up", says));
        }
        Ok(Submitted { reference: Some(taken.sid), delivered: false })
    }

    /// What is asked of the provider.
    fn form(&self, message: &Outgoing) -> Result<Vec<(&'static str, String)>, Failure> {
        let permanent = |code, says| Err(Failure::new(FailureKind::Permanent, code, says));
        let settings = &self.settings;
        let to = message.to.reveal();
        if !is_number(to) {
            return permanent("not-a-number", "the address is not a telephone number with `+`");
        }
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let key = &message.key;
        if !(1..=MAX_KEY).contains(&key.len()) || !key.bytes().all(plain) {
            return permanent("key", "the key is not 1 to 64 of `a-z 0-9 -`");
        }
        if message.expires.is_some_and(|expires| expires <= (self.clock)()) {
            return permanent("expired", "the message had expired before the call was placed");
        }
        let callback = |kind: &str| format!("{}?kind={kind}&key={key}", settings.callback_url);
        let mut form = vec![
            ("To", to.to_owned()),
            ("From", settings.from.clone()),
            ("Twiml", script(&message.content, &callback("answer"), settings)?),
            ("StatusCallback", callback("status")),
            ("StatusCallbackMethod", "POST".to_owned()),
            ("Timeout", settings.ring_seconds.to_string()),
            ("TimeLimit", MAX_CALL.to_string()),
        ];
        for event in ["initiated", "ringing", "answered", "completed"] {
            form.push(("StatusCallbackEvent", event.to_owned()));
        }
        if settings.machine_detection {
            form.push(("MachineDetection", "Enable".to_owned()));
        }
        Ok(form)
    }

    async fn ask(&self) -> Result<(), Failure> {
        let sent = self.sent(self.http.get(self.url(".json"))).await;
        let technical = |code: &str, says: &str| Failure::new(FailureKind::Technical, code, says);
        let answer =
            sent.map_err(|error| Failure { kind: FailureKind::Technical, ..lost(&error) })?;
        let status = answer.status();
        let body = read(answer).await;
        if !status.is_success() {
            let failure = refused(status, body.as_deref());
            return Err(Failure { kind: FailureKind::Technical, ..failure });
        }
        match body.and_then(|body| serde_json::from_slice::<Account>(&body).ok()) {
            Some(account) if account.status == "active" => Ok(()),
            Some(_) => Err(technical("account", "the account is not active")),
            None => {
                Err(technical("garbage", "the provider's answer about the account is unreadable"))
            }
        }
    }

    async fn sent(&self, request: RequestBuilder) -> Result<Response, reqwest::Error> {
        let token = self.settings.auth_token.reveal();
        request.basic_auth(&self.settings.account_sid, Some(token)).send().await
    }

    fn url(&self, end: &str) -> String {
        let base = self.settings.base_url.trim_end_matches('/');
        format!("{base}/2010-04-01/Accounts/{}{end}", self.settings.account_sid)
    }
}

impl Channel for Voice {
    /// `Ok` when the provider has taken the call; the reference is its name for it. Receipts and
    /// answers name the message by its key instead, which each callback carries: they may come
    /// before this answer does.
    fn submit<'a>(&'a self, message: &'a Outgoing) -> Task<'a, Result<Submitted, Failure>> {
        Box::pin(self.call(message))
    }

    /// Asks whether the account is active.
    fn probe(&self) -> Task<'_, Result<(), Failure>> {
        Box::pin(self.ask())
    }
}

/// The body, if it comes whole and is not too large.
async fn read(mut answer: Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.ok()? {
        if body.len() + chunk.len() > MAX_ANSWER {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}

/// What no answer means. Nothing was handed over only if there was no connection; the library's
/// words stay behind, for they have the URL.
fn lost(error: &reqwest::Error) -> Failure {
    let (kind, code, says) = if error.is_connect() {
        (FailureKind::Technical, "connect", "the provider could not be reached")
    } else if error.is_builder() {
        (FailureKind::Technical, "request", "the request to the provider could not be made")
    } else if error.is_timeout() {
        (FailureKind::InDoubt, "timeout", "the provider did not answer in time")
    } else {
        (FailureKind::InDoubt, "connection-lost", "the connection was lost before the answer")
    };
    Failure::new(kind, code, says)
}

fn refused(status: StatusCode, body: Option<&[u8]>) -> Failure {
    let said = body.and_then(|body| serde_json::from_slice::<Refused>(body).ok());
    let numbered = said.filter(|_| status.is_client_error());
    let numbered = numbered.and_then(|said| Some((said.code, reasons::numbered(said.code)?)));
    match numbered {
        Some((code, (kind, says))) => Failure::new(kind, code.to_string(), says),
        None => {
            let (kind, says) = reasons::status(status);
            Failure::new(kind, format!("http-{}", status.as_u16()), says)
        }
    }
}

/// The wait that the provider asks for, if it says so in seconds.
fn retry_after(answer: &Response) -> Option<Duration> {
    let seconds = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(u64::min(seconds, MAX_RETRY_AFTER)))
}
