//! The channel that sends e-mail over SMTP.
//!
//! [`Email`] is a client of one relay; several relays are several clients, among which the hub
//! chooses. It keeps a number of connections open, sends one message at a time on each, to one
//! recipient a message, and says truthfully what became of it. Example: a relay takes the whole
//! message and its line goes dead before it says so. The message may lie in Ada's mailbox or not,
//! so the answer is [`FailureKind::InDoubt`]; had the line gone dead a moment sooner, nothing could
//! have been taken, and another relay gets it at once.
//!
//! - [`settings`]: how a relay is reached and what our mails say of themselves.
//! - `compose` with `page`: the message, in text and HTML, with the headers that machines read.
//! - `guard`: what a relay may say, checked line by line between TLS and SMTP.
//! - `session`, `pool`: the dialogue, and the connections that it is held on.
//! - `answer`: what the relay's codes mean.
//! - [`bounce`]: what comes back later by mail.

mod answer;
pub mod bounce;
mod compose;
mod guard;
mod page;
mod pool;
mod session;
pub mod settings;

use std::sync::Arc;

use jiff::Timestamp;
use lettre::Address;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use muster_contract::Secret;
use muster_contract::channel::{Channel, Failure, FailureKind, Outgoing, Submitted, Task};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};

use pool::Pool;
use session::{Letter, Relay};
pub use settings::{Settings, SettingsError, Tls};

/// The longest address that SMTP carries (RFC 5321 section 4.5.3.1.3, without its brackets).
const ADDRESS_MAX: usize = 254;

/// A client of one relay.
pub struct Email {
    style: compose::Style,
    bounces: Address,
    pool: Pool,
    clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

impl Email {
    /// A client with these settings; the password belongs to the user in them. The clock dates the
    /// messages. No connection is opened yet.
    ///
    /// # Errors
    ///
    /// [`SettingsError`] names the setting that cannot be used.
    pub fn new(
        settings: Settings,
        password: Option<&Secret>,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Result<Self, SettingsError> {
        let mailboxes = settings.check(password.is_some())?;
        let name = ServerName::try_from(settings.host.clone())
            .map_err(|_| SettingsError::Host(settings.host.clone()))?;
        let credentials = settings
            .user
            .clone()
            .zip(password)
            .map(|(user, password)| Credentials::new(user, password.reveal().to_owned()));
        let domain = mailboxes.from.email.domain().to_owned();
        let relay = Relay {
            port: settings.port(),
            tls: settings.tls,
            name,
            config: tls_config(&settings)?,
            hello: ClientId::Domain(settings.hello.clone().unwrap_or_else(|| domain.clone())),
            credentials,
            connect: std::time::Duration::from_secs(settings.connect_seconds),
            answer: std::time::Duration::from_secs(settings.answer_seconds),
            taken: std::time::Duration::from_secs(settings.taken_seconds),
            host: settings.host.clone(),
        };
        Ok(Self {
            bounces: mailboxes.bounces,
            pool: Pool::new(relay, settings.connections),
            style: compose::Style::new(settings, mailboxes.from, domain),
            clock: Box::new(clock),
        })
    }

    fn letter(&self, message: &Outgoing) -> Result<Letter, Failure> {
        let to = recipient(message.to.reveal()).ok_or_else(|| {
            Failure::new(FailureKind::Permanent, "address", "the address is not a mailbox")
        })?;
        let bytes = self.style.compose(message, &to, (self.clock)()).ok_or_else(|| {
            Failure::new(
                FailureKind::Permanent,
                "message",
                "the message cannot be written as a mail",
            )
        })?;
        Ok(Letter { from: self.bounces.clone(), to, bytes })
    }
}

impl Channel for Email {
    fn submit<'a>(&'a self, message: &'a Outgoing) -> Task<'a, Result<Submitted, Failure>> {
        Box::pin(async move { self.pool.deliver(&self.letter(message)?).await })
    }

    fn probe(&self) -> Task<'_, Result<(), Failure>> {
        Box::pin(self.pool.probe())
    }
}

/// The mailbox that a text names, its domain in ASCII. Nothing that could end a line or a path gets
/// through.
fn recipient(text: &str) -> Option<Address> {
    let strange =
        |c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\\');
    if text.len() > ADDRESS_MAX || text.contains(strange) {
        return None;
    }
    let (user, domain) = text.rsplit_once('@')?;
    let domain =
        if domain.is_ascii() { domain.to_owned() } else { idna::domain_to_ascii(domain).ok()? };
    Address::new(user, domain).ok()
}

/// TLS by the certificates of the system and those in the settings.
fn tls_config(settings: &Settings) -> Result<Arc<ClientConfig>, SettingsError> {
    let mut roots = RootCertStore::empty();
    if settings.tls != Tls::None {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    if let Some(pem) = &settings.authorities {
        let unreadable = || SettingsError::Authorities("authorities");
        let given: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
        let given = given.map_err(|_| unreadable())?;
        if roots.add_parsable_certificates(given).0 == 0 {
            return Err(unreadable());
        }
    }
    if roots.is_empty() && settings.tls != Tls::None {
        return Err(SettingsError::Authorities("the system's store"));
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    #[expect(clippy::expect_used, reason = "the provider has cipher suites of these versions")]
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("TLS 1.2 and 1.3 are there");
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

#[cfg(test)]
mod tests {
    use super::recipient;

    #[test]
    fn only_a_mailbox_is_written_to() {
        let read = |text: &str| recipient(text).map(|address| address.to_string());
        assert_eq!(read("ada@example.org").as_deref(), Some("ada@example.org"));
        assert_eq!(read("ada@bücher.example").as_deref(), Some("ada@xn--bcher-kva.example"));
        assert_eq!(read("adá@example.org").as_deref(), Some("adá@example.org"));
        for wrong in [
            "",
            "ada",
            "@example.org",
            "ada@",
            "ada@example.org>\r\nRCPT TO:<eve@example.org",
            "ada@example.org> SIZE=1",
            "\"a\r\n.\r\n\"@example.org",
            "ada@exa mple.org",
            "ada@example.org\0",
            "ada@example.org\u{85}",
            "Ada <ada@example.org>",
            "ada@example.org,eve@example.org",
        ] {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
        assert_eq!(read(&format!("ada@{}.org", "a.".repeat(200))), None);
    }
}
