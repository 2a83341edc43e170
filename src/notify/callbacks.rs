//! What providers say by calling the hub: receipts and replies over HTTP, keys that were pressed in
//! a call, and mails that came back.
//!
//! Nothing is answered as taken before it stands in the log; a provider that is told to come again
//! does.

use std::sync::Arc;

use muster_contract::channel::{Incoming, NotTaken, Reply};
use muster_email::bounce;
use muster_sms::http::{CallbackRequest, Gateway};
use muster_voice::{Callbacks, HeaderMap, NOTHING, Refusal, Settings};

use super::clients::Callback;
use super::{Notify, words};
use crate::domain::message::Channel;

/// A request of a provider.
#[derive(Clone, Copy, Debug)]
pub struct Called<'a> {
    /// Its method.
    pub method: &'a str,
    /// Its path, with the query, below the address of the hub.
    pub path: &'a str,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its body.
    pub body: &'a [u8],
}

/// What a provider is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// The media type of the body.
    pub content_type: String,
    /// The body.
    pub body: String,
}

/// The answer that makes a provider come again.
const LATER: u16 = 503;

impl Notify {
    /// Takes in what a provider says; none where the hub has none of this name that calls.
    pub async fn called_back(&self, provider: &str, called: Called<'_>) -> Option<Answered> {
        let (callback, channel) = self.clients.callback(provider)?;
        Some(match callback {
            Callback::Gateway(gateway) => self.by_gateway(provider, channel, gateway, called).await,
            Callback::Voice(reads, settings) => {
                self.by_voice(provider, reads, settings, called).await
            }
            Callback::Bounces { secret, domain } => {
                let given = called.headers.get("authorization");
                let wanted = format!("Bearer {}", secret.reveal());
                let is_ours = given.is_some_and(|given| same(given.as_bytes(), wanted.as_bytes()));
                if is_ours { self.by_bounce(provider, domain, called).await } else { plain(403) }
            }
        })
    }

    async fn by_gateway(
        &self,
        provider: &str,
        channel: Channel,
        gateway: &Gateway,
        called: Called<'_>,
    ) -> Answered {
        let url = self.links.address(called.path);
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let headers: Vec<_> = called
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
            .collect();
        let Called { method, body, .. } = called;
        let request = CallbackRequest { method, url: &url, headers: &headers, body };
        let said = match gateway.read_callback(&request) {
            Ok(said) => said,
            Err(refusal) => {
                tracing::info!(provider, %refusal, "a callback is not taken in");
                return plain(refusal.status());
            }
        };
        for incoming in said {
            if self.inboxes.of(provider, channel).take(incoming).await.is_err() {
                return plain(LATER);
            }
        }
        match gateway.callback_answer() {
            Some(answer) => Answered {
                status: answer.status,
                content_type: answer.content_type.clone(),
                body: answer.body.clone(),
            },
            None => plain(200),
        }
    }

    async fn by_voice(
        &self,
        provider: &str,
        reads: &Callbacks,
        settings: &Settings,
        called: Called<'_>,
    ) -> Answered {
        let url = self.links.address(called.path);
        let said = match reads.read(called.method, &url, called.headers, called.body) {
            Ok(said) => said,
            Err(refusal) => {
                tracing::info!(provider, %refusal, "a callback is not taken in");
                return plain(match refusal {
                    Refusal::Method => 405,
                    Refusal::Large => 413,
                    Refusal::Fields | Refusal::Call => 400,
                    Refusal::Signature | Refusal::Account => 403,
                });
            }
        };
        let mut script = NOTHING.to_owned();
        for incoming in said {
            let taken = match incoming {
                Incoming::Reply(reply) => self.pressed(provider, reply, settings).await,
                receipt @ Incoming::Receipt(_) => {
                    let taken = self.inboxes.of(provider, Channel::Voice).take(receipt).await;
                    taken.map(|()| NOTHING.to_owned())
                }
            };
            match taken {
                Ok(words) => script = words,
                Err(NotTaken) => return plain(LATER),
            }
        }
        Answered { status: 200, content_type: "text/xml".to_owned(), body: script }
    }

    /// Takes in a key that was pressed in a call, and gives what is said in the same call.
    async fn pressed(
        &self,
        provider: &str,
        reply: Reply,
        settings: &Settings,
    ) -> Result<String, NotTaken> {
        let Some((person, says)) = self.hear(provider, Channel::Voice, reply).await? else {
            return Ok(NOTHING.to_owned());
        };
        let world = Arc::clone(&self.hub.picture().world);
        let reach = world.person(person).and_then(|known| known.reachability.as_ref());
        let said = words::notice(&world, &says, reach.and_then(|r| r.language.as_deref()));
        Ok(muster_voice::words(&said.text, &said.language, settings))
    }

    async fn by_bounce(&self, provider: &str, domain: &str, called: Called<'_>) -> Answered {
        if called.method != "POST" {
            return plain(405);
        }
        // What is no report of ours (somebody is away, or writes to the mailbox) is nobody's news.
        let Some(receipt) = bounce::read(called.body, domain) else { return plain(204) };
        let inbox = self.inboxes.of(provider, Channel::Email);
        match inbox.take(Incoming::Receipt(receipt)).await {
            Ok(()) => plain(204),
            Err(NotTaken) => plain(LATER),
        }
    }
}

fn plain(status: u16) -> Answered {
    Answered { status, content_type: "text/plain".to_owned(), body: String::new() }
}

fn same(given: &[u8], wanted: &[u8]) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(given, wanted).is_ok()
}
