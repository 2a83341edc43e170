//! From a provider as it is written to a client of it, or to everything that is wrong with it.

use std::path::Path;
use std::sync::Arc;

use muster_contract::Secret;
use muster_contract::channel as contract;
use muster_email::Email;
use muster_mqtt::{ClientConfig, Mqtt};
use muster_sms::http::{Gateway, GatewaySettings, KANNEL, Mapping, TWILIO};
use muster_sms::smpp::{Smpp, SmppSettings};
use muster_voice::{Callbacks, Voice};
use muster_webhook::Webhook;
use muster_webpush::WebPush;
use muster_webpush::vapid::Vapid;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use super::entry::{Entry, Kind, Settings};
use super::{Callback, Client};
use crate::domain::message::Channel;
use crate::hub::Clock;

/// Messages that a client without a number of its own is handed at the same time.
const AT_ONCE: usize = 32;
/// Bytes of a mapping file; what is longer is none.
const MAPPING_BYTES_MAX: u64 = 64 * 1024;

/// A client, how it is called back, and how many messages it takes at the same time.
pub(super) struct Built {
    pub(super) client: Client,
    pub(super) callback: Option<Callback>,
    pub(super) at_once: usize,
}

/// Makes what an entry says; `address` is where the provider calls the hub back.
///
/// # Errors
/// What is wrong with it, each with its place.
pub(super) fn build(entry: &Entry, address: &str, clock: &Clock) -> Result<Built, Vec<String>> {
    let mut wrong = entry.mistakes();
    let settings = entry.read_settings().map_err(|more| wrong.extend(more)).ok();
    let (Some(settings), true) = (settings, wrong.is_empty()) else { return Err(wrong) };
    let built = match (entry.channel, entry.kind) {
        (Channel::Email, _) => email(settings, clock),
        (Channel::Sms, Some(Kind::Smpp)) => smpp(settings),
        (Channel::Sms, kind) => {
            gateway(mapping(kind, entry.mapping.as_deref())?, settings, address, clock)
        }
        (Channel::Mqtt, _) => mqtt(settings),
        (Channel::Voice, _) => voice(settings, address, clock),
        (Channel::Webhook, _) => webhook(settings, clock),
        (Channel::WebPush, _) => web_push(settings, clock),
    }?;
    Ok(Built { at_once: entry.at_once.unwrap_or(built.at_once), ..built })
}

fn email(mut settings: Settings, clock: &Clock) -> Result<Built, Vec<String>> {
    let password = settings.take("password").map(Secret::new);
    let bounce_secret = settings.take("bounce_secret").map(Secret::new);
    let settings: muster_email::Settings = settings.read()?;
    let at_once = settings.connections;
    let domain = settings.from.rsplit_once('@').map_or("", |(_, domain)| domain);
    let domain = domain.trim_end_matches('>').to_owned();
    let client = Email::new(settings, password.as_ref(), now(clock)).map_err(one)?;
    let callback = bounce_secret.map(|secret| Callback::Bounces { secret, domain });
    Ok(Built { client: Client::Ready(Arc::new(client)), callback, at_once })
}

fn smpp(settings: Settings) -> Result<Built, Vec<String>> {
    let settings: SmppSettings = settings.read()?;
    settings.check().map_err(|bad| bad.0)?;
    let at_once = settings.window;
    Ok(Built { client: Client::Smpp(Box::new(settings)), callback: None, at_once })
}

fn gateway(
    mapping: Mapping,
    mut settings: Settings,
    address: &str,
    clock: &Clock,
) -> Result<Built, Vec<String>> {
    settings.fill("callback", address);
    let settings: GatewaySettings = settings.read()?;
    let client = Arc::new(Gateway::new(mapping, settings, now(clock)).map_err(one)?);
    let callback = Some(Callback::Gateway(Arc::clone(&client)));
    Ok(Built { client: Client::Ready(client), callback, at_once: AT_ONCE })
}

fn mapping(kind: Option<Kind>, path: Option<&Path>) -> Result<Mapping, Vec<String>> {
    let built_in = match kind {
        Some(Kind::Kannel) => KANNEL,
        Some(Kind::Twilio) => TWILIO,
        Some(Kind::Smpp | Kind::Mapping) | None => {
            let path = path.unwrap_or_else(|| Path::new(""));
            let size = std::fs::metadata(path).map(|file| file.len());
            let small = size.is_ok_and(|size| size <= MAPPING_BYTES_MAX);
            let text = small.then(|| std::fs::read_to_string(path).ok()).flatten();
            let text = text.ok_or_else(|| {
                let most = MAPPING_BYTES_MAX;
                vec![format!("`mapping`: `{}` is no text of up to {most} bytes", path.display())]
            })?;
            return Mapping::parse(&text).map_err(|bad| vec![format!("`mapping`: {bad}")]);
        }
    };
    Mapping::parse(built_in).map_err(one)
}

fn mqtt(mut settings: Settings) -> Result<Built, Vec<String>> {
    let authorities = settings.take("authorities");
    let settings: muster_mqtt::Settings = settings.read()?;
    let tls = settings.url.starts_with("mqtts").then(|| tls(authorities.as_deref())).transpose()?;
    settings.check(tls.is_some()).map_err(one)?;
    let at_once = usize::from(settings.in_flight);
    Ok(Built { client: Client::Mqtt(Box::new(settings), tls), callback: None, at_once })
}

fn voice(mut settings: Settings, address: &str, clock: &Clock) -> Result<Built, Vec<String>> {
    settings.fill("callback_url", address);
    let settings: muster_voice::Settings = settings.read()?;
    let reads = Callbacks::new(&settings);
    let client = Voice::new(settings.clone(), Arc::new(now(clock))).map_err(one)?;
    let callback = Some(Callback::Voice(Arc::new(reads), Arc::new(settings)));
    Ok(Built { client: Client::Ready(Arc::new(client)), callback, at_once: AT_ONCE })
}

fn webhook(mut settings: Settings, clock: &Clock) -> Result<Built, Vec<String>> {
    // The newest first, one a line.
    let secrets = settings.take("secret").unwrap_or_default();
    let secrets: Vec<_> = secrets.split_whitespace().map(Secret::new).collect();
    let settings: muster_webhook::Settings = settings.read()?;
    let client = Webhook::new(&settings, &secrets, now(clock)).map_err(one)?;
    Ok(Built { client: Client::Ready(Arc::new(client)), callback: None, at_once: AT_ONCE })
}

fn web_push(mut settings: Settings, clock: &Clock) -> Result<Built, Vec<String>> {
    let key = Secret::new(settings.take("key").unwrap_or_default());
    let contact = settings.take("contact").unwrap_or_default();
    let settings: muster_webhook::Settings = settings.read()?;
    let vapid = Vapid::new(&key, &contact).map_err(one)?;
    let client = WebPush::new(&settings, vapid, now(clock)).map_err(one)?;
    Ok(Built { client: Client::Ready(Arc::new(client)), callback: None, at_once: AT_ONCE })
}

impl Client {
    /// The client, begun where it keeps a connection.
    ///
    /// # Errors
    /// That its settings cannot work, which was checked before.
    pub(super) fn start(
        &self,
        inbox: &Arc<dyn contract::Inbox>,
        references: impl Fn() -> Vec<String>,
        clock: &Clock,
    ) -> Result<Arc<dyn contract::Channel>, String> {
        let inbox = Arc::clone(inbox);
        Ok(match self {
            Self::Ready(client) => Arc::clone(client),
            Self::Smpp(settings) => {
                let client = Smpp::start(settings.as_ref().clone(), inbox);
                let client = client.map_err(|error| error.to_string())?;
                references().iter().for_each(|reference| client.expect(reference));
                Arc::new(client)
            }
            Self::Mqtt(settings, tls) => {
                let client = Mqtt::start(settings, tls.clone(), inbox, Arc::new(now(clock)));
                Arc::new(client.map_err(|error| error.to_string())?)
            }
        })
    }
}

/// TLS by the certificates of the system and those that were given.
fn tls(authorities: Option<&str>) -> Result<Arc<ClientConfig>, Vec<String>> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(pem) = authorities {
        let given: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
        let added = given.map_or(0, |given| roots.add_parsable_certificates(given).0);
        if added == 0 {
            return Err(vec![
                "`settings.authorities_file`: it holds no certificate in PEM".to_owned(),
            ]);
        }
    }
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    Ok(Arc::new(config))
}

fn now(clock: &Clock) -> impl Fn() -> jiff::Timestamp + Send + Sync + 'static + use<> {
    let clock = clock.clone();
    move || clock.now()
}

fn one(error: impl std::fmt::Display) -> Vec<String> {
    vec![format!("settings: {error}")]
}
