//! The channel that notifies a browser, by RFC 8030, 8291 and 8292.
//!
//! [`WebPush`] encrypts each message for the one browser that it is for and hands it to the push
//! service that the browser named. The address is the browser's subscription as it gives it:
//! `{"endpoint": .., "keys": {"p256dh": .., "auth": ..}}`. Example: Ada allowed notifications on
//! her telephone; its subscription names her vendor's push service, which learns when she is told
//! something and how urgent it is, and nothing of what.
//!
//! - [`vapid`]: who pushes, by a key that browsers subscribe to.
//! - [`subscription`]: the address.
//! - [`payload`]: what the page's service worker gets.
//! - `encrypt`: the encryption of it.

mod encrypt;
pub mod payload;
pub mod subscription;
pub mod vapid;

use jiff::Timestamp;
use muster_contract::channel::{Channel, Failure, FailureKind, Outgoing, Submitted, Task};
use muster_webhook::post::{self, Answer, Poster};
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, HeaderMap, HeaderName, HeaderValue};

use subscription::Subscription;
use vapid::Vapid;

/// The code of a failure that means: this subscription is over, forget it.
pub const GONE: &str = "gone";

/// How long a push service keeps a message that never expires, in seconds: a day.
const KEPT: i64 = 24 * 3_600;
/// The longest time that push services keep one, in seconds: four weeks.
const KEPT_MAX: i64 = 28 * 24 * 3_600;
/// The longest name that a push service may give a message.
const LOCATION_MAX: usize = 2_048;

/// A client of all push services.
pub struct WebPush {
    poster: Poster,
    vapid: Vapid,
    clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

impl WebPush {
    /// A client that pushes under this key.
    ///
    /// # Errors
    ///
    /// [`post::SettingsError`] when a setting cannot be used.
    pub fn new(
        settings: &post::Settings,
        vapid: Vapid,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Result<Self, post::SettingsError> {
        Ok(Self { poster: Poster::new(settings)?, vapid, clock: Box::new(clock) })
    }

    async fn push(&self, message: &Outgoing) -> Result<Submitted, Failure> {
        let permanent = |code, says| Failure::new(FailureKind::Permanent, code, says);
        let subscription = Subscription::read(message.to.reveal())
            .ok_or_else(|| permanent(GONE, "the address is not the subscription of a browser"))?;
        let payload = payload::write(message)
            .ok_or_else(|| permanent("size", "the link is too long for a notification"))?;
        let body = encrypt::encrypt(&subscription, &payload)
            .ok_or_else(|| permanent(GONE, "the browser's key is not on the curve"))?;
        let headers = self
            .headers(message, &subscription)
            .ok_or_else(|| permanent("message", "the message's key is none"))?;
        let answer = self.poster.post(&subscription.endpoint, headers, body).await?;
        judge(answer)
    }

    fn headers(&self, message: &Outgoing, subscription: &Subscription) -> Option<HeaderMap> {
        let now = (self.clock)();
        let kept = message
            .expires
            .map_or(KEPT, |time| time.duration_since(now).as_secs().clamp(0, KEPT_MAX));
        let urgency = if message.urgent { "high" } else { "normal" };
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("aes128gcm"));
        headers.insert("ttl", HeaderValue::from(kept));
        headers.insert("urgency", HeaderValue::from_static(urgency));
        let authorization = self.vapid.authorize(&subscription.origin, now);
        headers.insert(AUTHORIZATION, HeaderValue::try_from(authorization).ok()?);
        let topic = HeaderValue::try_from(payload::topic(&message.key)).ok()?;
        headers.insert(HeaderName::from_static("topic"), topic);
        Some(headers)
    }
}

impl Channel for WebPush {
    fn submit<'a>(&'a self, message: &'a Outgoing) -> Task<'a, Result<Submitted, Failure>> {
        Box::pin(self.push(message))
    }

    /// Browsers name their push services, so there is none to ask.
    fn probe(&self) -> Task<'_, Result<(), Failure>> {
        Box::pin(async { Ok(()) })
    }
}

/// What a push service's answer means (RFC 8030 section 5 and 7.3, RFC 8292 section 4.2).
fn judge(answer: Answer) -> Result<Submitted, Failure> {
    let (kind, says) = match answer.status {
        200..=299 => {
            let reference = answer.location.filter(|location| location.len() <= LOCATION_MAX);
            return Ok(Submitted { reference, delivered: false });
        }
        404 | 410 => {
            let says = "the browser ended its subscription; forget it";
            return Err(Failure::new(FailureKind::Permanent, GONE, says));
        }
        401 | 403 => (FailureKind::Technical, "the push service refuses our key"),
        408 | 421 | 425 | 429 => (FailureKind::Temporary, "the push service wants it later"),
        300..=499 => (FailureKind::Permanent, "the push service refuses the message"),
        _ => (FailureKind::Temporary, "the push service is out of order"),
    };
    let failure = Failure::new(kind, answer.status.to_string(), says);
    Err(match answer.retry_after.filter(|_| kind == FailureKind::Temporary) {
        Some(wait) => failure.after(wait),
        None => failure,
    })
}
