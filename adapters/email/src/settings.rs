//! How a relay is reached and what our mails say of themselves.

use std::net::IpAddr;

use lettre::Address;
use lettre::message::Mailbox;
use serde::Deserialize;

/// Connections that a relay may be given at most.
const CONNECTIONS_MAX: usize = 500;

/// How one relay is reached, and what our mails through it say of themselves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The relay's name, to which its certificate must belong.
    pub host: String,
    /// Its port; by default 587 with `starttls`, 465 with `implicit` and 25 with `none`.
    #[serde(default)]
    pub port: Option<u16>,
    /// How the connection is encrypted.
    #[serde(default)]
    pub tls: Tls,
    /// Certificates in PEM of authorities that are trusted beside those of the system.
    #[serde(default)]
    pub authorities: Option<String>,
    /// The name to log in with. Its password is given beside these settings.
    #[serde(default)]
    pub user: Option<String>,
    /// Who writes, such as `Muster <alerts@example.org>`.
    pub from: String,
    /// The mailbox that gets bounces; by default the one in `from`.
    #[serde(default)]
    pub bounces: Option<String>,
    /// The mailbox for answers. `{key}` in it stands for the message's key, as in
    /// `answers+{key}@example.org`; where that makes its first part longer than SMTP allows (64
    /// octets), the message has no such line.
    #[serde(default)]
    pub reply_to: Option<String>,
    /// What the line `List-Id` says (RFC 2919), such as `Callouts <callouts.example.org>`.
    #[serde(default)]
    pub list_id: Option<String>,
    /// Where people can end these mails (RFC 2369): a `https:` or `mailto:` address, in which `{key}`
    /// stands for the message's key.
    #[serde(default)]
    pub unsubscribe: Option<String>,
    /// The name by which we greet the relay; by default the domain in `from`.
    #[serde(default)]
    pub hello: Option<String>,
    /// How many connections the relay is used with at once.
    #[serde(default = "ten_connections")]
    pub connections: usize,
    /// How long the TCP and TLS connections may take to establish, in seconds.
    #[serde(default = "ten_seconds")]
    pub connect_seconds: u64,
    /// How long the relay may take for each answer, in seconds.
    #[serde(default = "thirty_seconds")]
    pub answer_seconds: u64,
    /// How long the relay may take to say that it has taken a whole message, in seconds. Scanners
    /// work in this time (RFC 5321 section 4.5.3.2.6 wants ten minutes); a shorter one leaves more
    /// messages in doubt.
    #[serde(default = "two_minutes")]
    pub taken_seconds: u64,
}

/// How the connection to a relay is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// Not at all: for a relay on the same machine.
    None,
    /// By STARTTLS, and not used when the relay offers none.
    #[default]
    Starttls,
    /// From the first byte (RFC 8314).
    Implicit,
}

/// What is wrong with the settings of a relay.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// A mailbox that is none.
    #[error("`{value}` in `{field}` is not a mailbox; write `name@example.org`")]
    Mailbox {
        /// The setting.
        field: &'static str,
        /// What it says.
        value: String,
    },
    /// A line of a header that cannot be written as it is.
    #[error("`{0}` must be one line of ASCII characters, up to 200")]
    Line(&'static str),
    /// A number out of its range.
    #[error("`{field}` must be from 1 to {most}")]
    Range {
        /// The setting.
        field: &'static str,
        /// Its largest value.
        most: u64,
    },
    /// The password would travel for all to read.
    #[error("logging in to `{0}` needs TLS; set `tls` to `starttls` or `implicit`")]
    OpenPassword(String),
    /// A user without a password, or the other way round.
    #[error("`user` and its password belong together; give both or none")]
    HalfLogin,
    /// What should be certificates is none, or there are none at all.
    #[error("no certificate of an authority could be read from `{0}`")]
    Authorities(&'static str),
    /// The relay's name is none.
    #[error("`{0}` in `host` is not the name of a host")]
    Host(String),
}

/// What of the settings has been read already.
pub(crate) struct Mailboxes {
    pub(crate) from: Mailbox,
    pub(crate) bounces: Address,
}

impl Settings {
    /// The port, given or by custom.
    pub(crate) fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            Tls::None => 25,
            Tls::Starttls => 587,
            Tls::Implicit => 465,
        })
    }

    /// Checks everything that can be checked without the relay.
    pub(crate) fn check(&self, has_password: bool) -> Result<Mailboxes, SettingsError> {
        let from: Mailbox = self.from.parse().map_err(|_| not_a_mailbox("from", &self.from))?;
        if !from.email.to_string().is_ascii() {
            return Err(not_a_mailbox("from", &self.from));
        }
        let bounces = match &self.bounces {
            Some(text) => text.parse().map_err(|_| not_a_mailbox("bounces", text))?,
            None => from.email.clone(),
        };
        if let Some(text) = &self.reply_to {
            let sample = text.replace("{key}", "0");
            sample.parse::<Address>().map_err(|_| not_a_mailbox("reply_to", text))?;
        }
        let lines = [
            ("list_id", &self.list_id),
            ("unsubscribe", &self.unsubscribe),
            ("hello", &self.hello),
        ];
        for (field, line) in lines {
            let plain = |c: char| c.is_ascii_graphic() || c == ' ';
            if line.as_ref().is_some_and(|line| line.len() > 200 || !line.chars().all(plain)) {
                return Err(SettingsError::Line(field));
            }
        }
        let ranges = [
            ("connections", self.connections as u64, CONNECTIONS_MAX as u64),
            ("connect_seconds", self.connect_seconds, 600),
            ("answer_seconds", self.answer_seconds, 600),
            ("taken_seconds", self.taken_seconds, 3_600),
        ];
        for (field, value, most) in ranges {
            if value == 0 || value > most {
                return Err(SettingsError::Range { field, most });
            }
        }
        if self.user.is_some() != has_password {
            return Err(SettingsError::HalfLogin);
        }
        if has_password && self.tls == Tls::None && !is_this_machine(&self.host) {
            return Err(SettingsError::OpenPassword(self.host.clone()));
        }
        Ok(Mailboxes { from, bounces })
    }
}

fn not_a_mailbox(field: &'static str, value: &str) -> SettingsError {
    SettingsError::Mailbox { field, value: value.to_owned() }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

fn ten_connections() -> usize {
    10
}

fn ten_seconds() -> u64 {
    10
}

fn thirty_seconds() -> u64 {
    30
}

fn two_minutes() -> u64 {
    120
}
