//! What is to be set for a broker, and what is refused.

use muster_contract::Secret;
use serde::Deserialize;

use crate::message::is_topic;

/// How to reach one broker and as whom.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// `mqtt://host:port`, or `mqtts://host:port` for TLS; without a port, 1883 or 8883.
    pub url: String,
    /// Names this hub to the broker, up to 64 letters, digits, `-` and `_`. Two clients with one
    /// name throw each other out.
    pub client_id: String,
    /// The user name, if the broker asks for one.
    #[serde(default)]
    pub username: Option<String>,
    /// The password that goes with it.
    #[serde(default)]
    pub password: Option<Secret>,
    /// Where devices answer. Default: `muster/replies/` and the client id.
    #[serde(default)]
    pub reply_topic: Option<String>,
    /// After so many seconds of silence the broker is asked whether it is there: 5 to 600.
    #[serde(default = "keep_alive_seconds")]
    pub keep_alive_seconds: u16,
    /// How long the broker keeps replies for us while we are away, in seconds.
    #[serde(default = "session_expiry_seconds")]
    pub session_expiry_seconds: u32,
    /// The largest packet that is sent or accepted, in bytes: 1,024 to 1,048,576.
    #[serde(default = "max_packet_bytes")]
    pub max_packet_bytes: u32,
    /// How many messages may wait for the broker's acknowledgement at a time: 2 to 1,000. A quarter
    /// of them is kept for urgent ones. A broker may allow fewer; mosquitto allows 20.
    #[serde(default = "in_flight")]
    pub in_flight: u16,
    /// How long connecting may take, TLS and log-in included, in seconds: 1 to 60.
    #[serde(default = "connect_seconds")]
    pub connect_seconds: u16,
    /// How long the broker may take to acknowledge a message, in seconds: 1 to 120.
    #[serde(default = "answer_seconds")]
    pub answer_seconds: u16,
}

/// That settings will not do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSettings {
    /// The address of the broker is not of the right form.
    #[error("`url` must be `mqtt://host:port` or `mqtts://host:port`, without anything else")]
    Url,
    /// The address asks for TLS and no configuration for it was given.
    #[error("`url` begins with `mqtts`, but there is no TLS configuration to go with it")]
    NoTls,
    /// The name of the client is not of the right form.
    #[error("`client_id` must be 1 to 64 letters, digits, `-` and `_`")]
    ClientId,
    /// The reply topic is not of the right form.
    #[error("`reply_topic` must be a topic without `+` and `#` that does not begin with `$`")]
    ReplyTopic,
    /// There is a password and no user name, or one of them is too long.
    #[error("`username` and `password` must go together and be at most 1,024 bytes each")]
    Credentials,
    /// A number is out of its range.
    #[error("`{name}` must be from {least} to {most}")]
    Range {
        /// The setting.
        name: &'static str,
        /// The smallest value.
        least: u32,
        /// The largest value.
        most: u32,
    },
}

/// Where the broker is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broker {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tls: bool,
}

impl Settings {
    /// Finds everything right, or the first thing that is not. `tls` says whether a configuration for
    /// TLS goes with it.
    ///
    /// # Errors
    ///
    /// [`BadSettings`] when a setting will not do.
    pub fn check(&self, tls: bool) -> Result<(), BadSettings> {
        let broker = self.broker()?;
        if broker.tls && !tls { Err(BadSettings::NoTls) } else { Ok(()) }
    }

    /// Where the broker is, once everything has been found right.
    pub(crate) fn broker(&self) -> Result<Broker, BadSettings> {
        let broker = Broker::read(&self.url).ok_or(BadSettings::Url)?;
        if !is_client_id(&self.client_id) {
            return Err(BadSettings::ClientId);
        }
        if !is_topic(&self.reply_topic()) {
            return Err(BadSettings::ReplyTopic);
        }
        let short = |text: &str| (1..=MAX_CREDENTIAL).contains(&text.len());
        let fits = match (&self.username, &self.password) {
            (Some(name), Some(password)) => short(name) && short(password.reveal()),
            (Some(name), None) => short(name),
            (None, Some(_)) => false,
            (None, None) => true,
        };
        if !fits {
            return Err(BadSettings::Credentials);
        }
        within("keep_alive_seconds", self.keep_alive_seconds.into(), 5, 600)?;
        within("max_packet_bytes", self.max_packet_bytes, 1_024, 1_048_576)?;
        within("in_flight", self.in_flight.into(), 2, 1_000)?;
        within("connect_seconds", self.connect_seconds.into(), 1, 60)?;
        within("answer_seconds", self.answer_seconds.into(), 1, 120)?;
        Ok(broker)
    }

    /// The topic that devices answer on.
    #[must_use]
    pub fn reply_topic(&self) -> String {
        let usual = || format!("muster/replies/{}", self.client_id);
        self.reply_topic.clone().unwrap_or_else(usual)
    }
}

impl Broker {
    fn read(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let tls = match scheme {
            "mqtt" => false,
            "mqtts" => true,
            _ => return None,
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let usual = if tls { 8883 } else { 1883 };
        let (host, port) = match rest.strip_prefix('[') {
            // An address of IPv6 stands in brackets, and is looked up without them.
            Some(rest) => {
                let (host, port) = rest.split_once(']')?;
                (host, if port.is_empty() { None } else { Some(port.strip_prefix(':')?) })
            }
            None => match rest.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (rest, None),
            },
        };
        let port = port.map_or(Some(usual), |port| port.parse().ok())?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._:".contains(c);
        let fits = !host.is_empty() && host.len() <= MAX_HOST && host.chars().all(plain);
        (fits && port != 0).then(|| Self { host: host.to_owned(), port, tls })
    }
}

fn is_client_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    (1..=MAX_CLIENT_ID).contains(&text.len()) && text.bytes().all(plain)
}

fn within(name: &'static str, value: u32, least: u32, most: u32) -> Result<(), BadSettings> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(BadSettings::Range { name, least, most })
}

const MAX_CLIENT_ID: usize = 64;
const MAX_CREDENTIAL: usize = 1_024;
const MAX_HOST: usize = 253;

fn keep_alive_seconds() -> u16 {
    30
}

fn session_expiry_seconds() -> u32 {
    24 * 60 * 60
}

fn max_packet_bytes() -> u32 {
    65_536
}

fn in_flight() -> u16 {
    16
}

fn connect_seconds() -> u16 {
    10
}

fn answer_seconds() -> u16 {
    10
}

#[cfg(test)]
mod tests {
    use super::{Broker, Settings};

    fn settings(json: &str) -> Settings {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn the_address_of_a_broker_is_a_scheme_a_host_and_a_port() {
        let read = |url| Broker::read(url).map(|b| format!("{} {} {}", b.host, b.port, b.tls));
        let urls = [
            "mqtt://broker.example",
            "mqtts://broker.example",
            "mqtt://10.0.0.1:1884/",
            "mqtts://[2001:db8::1]:8884",
            "mqtt://[::1]",
            "http://broker.example",
            "mqtt://",
            "mqtt://me:secret@broker.example",
            "mqtt://broker.example/topic",
            "mqtt://broker.example:0",
            "mqtt://broker.example:70000",
            "broker.example",
        ];
        let lines: Vec<_> = urls.map(|url| format!("{url}: {:?}", read(url))).to_vec();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        mqtt://broker.example: Some("broker.example 1883 false")
        mqtts://broker.example: Some("broker.example 8883 true")
        mqtt://10.0.0.1:1884/: Some("10.0.0.1 1884 false")
        mqtts://[2001:db8::1]:8884: Some("2001:db8::1 8884 true")
        mqtt://[::1]: Some("::1 1883 false")
        http://broker.example: None
        mqtt://: None
        mqtt://me:secret@broker.example: None
        mqtt://broker.example/topic: None
        mqtt://broker.example:0: None
        mqtt://broker.example:70000: None
        broker.example: None
        "#);
    }

    #[test]
    fn a_setting_out_of_its_range_is_refused_by_name() {
        let good = r#"{"url":"mqtt://b","client_id":"hub-1"}"#;
        assert!(settings(good).check(false).is_ok());
        let changed =
            |field: &str| settings(&good.replace('}', &format!(",{field}}}"))).check(true);
        let bad = [
            r#""keep_alive_seconds":4"#,
            r#""in_flight":1"#,
            r#""max_packet_bytes":10"#,
            r#""password":"alone""#,
            r#""reply_topic":"replies/#""#,
        ];
        let lines: Vec<_> = bad.map(|field| changed(field).unwrap_err().to_string()).to_vec();
        insta::assert_snapshot!(lines.join("\n"), @"
        `keep_alive_seconds` must be from 5 to 600
        `in_flight` must be from 2 to 1000
        `max_packet_bytes` must be from 1024 to 1048576
        `username` and `password` must go together and be at most 1,024 bytes each
        `reply_topic` must be a topic without `+` and `#` that does not begin with `$`
        ");
    }

    #[test]
    fn a_password_does_not_print_and_a_typo_is_refused() {
        let json = r#"{"url":"mqtt://b","client_id":"h","username":"u","password":"hunter2"}"#;
        assert!(!format!("{:?}", settings(json)).contains("hunter2"));
        assert!(serde_json::from_str::<Settings>(&json.replace("username", "user")).is_err());
    }
}
