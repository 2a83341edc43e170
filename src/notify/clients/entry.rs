//! A provider as it is written in the configuration, and its settings with what files they name.
//!
//! Secrets are never values there: a setting `password_file` names the file in which the password
//! stands, and certificates are named by files in the same way. Nothing here is printed but names.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::domain::message::Channel;

/// Providers of all channels together.
pub(super) const ENTRIES_MAX: usize = 64;
/// Characters of a name, which is part of an address.
const NAME_CHARS_MAX: usize = 40;
/// A name that the hub's own provider has.
const OWN_NAME: &str = "sandbox";
/// Bytes of a file that a setting names.
const FILE_BYTES_MAX: u64 = 256 * 1024;
/// What a setting that names a file ends with.
const FILE: &str = "_file";
/// Settings that are secret, so that they may only stand in a file of their own.
const SECRET: [&str; 6] = ["password", "auth_token", "token", "secret", "key", "bounce_secret"];
/// A table of settings all of which are secret.
const SECRETS: &str = "secrets";

/// A provider as it is written.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its name, which stands in the log beside what it was handed, and in the address that it calls
    /// back: small letters, digits and `-`.
    pub name: String,
    /// Its channel: `email`, `sms`, `voice`, `mqtt`, `webhook` or `web-push`.
    pub channel: Channel,
    /// How short messages are sent: by `smpp`, or over HTTP as `kannel`, `twilio` or a `mapping`.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// The file of that mapping.
    #[serde(default)]
    pub mapping: Option<PathBuf>,
    /// Its part of the channel's messages, beside the weights of the others.
    #[serde(default = "one")]
    pub weight: u32,
    /// Messages a second that it may be handed; as many as it takes when absent.
    #[serde(default)]
    pub per_second: Option<f64>,
    /// Messages that it may be handed at the same time; what its client can have under way when
    /// absent.
    #[serde(default)]
    pub at_once: Option<usize>,
    /// The settings of its client.
    #[serde(default)]
    pub settings: toml::Table,
}

/// How short messages are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// To a message centre, by SMPP 3.4.
    Smpp,
    /// To Kannel's `smsbox`.
    Kannel,
    /// To Twilio, or what is compatible with it.
    Twilio,
    /// To a gateway that a file describes.
    Mapping,
}

/// Settings are not printed, for somebody may have written a secret where none belongs.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, channel, kind, .. } = self;
        write!(f, "Entry({name}, {channel:?}, {kind:?})")
    }
}

fn one() -> u32 {
    1
}

impl Entry {
    /// What is wrong with it that can be said without its settings.
    pub(super) fn mistakes(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let fits = (1..=NAME_CHARS_MAX).contains(&self.name.len());
        if !fits || !self.name.chars().all(plain) || self.name == OWN_NAME {
            wrong.push(format!(
                "`name` must be 1 to {NAME_CHARS_MAX} small letters, digits and `-`, and not \
                 `{OWN_NAME}`"
            ));
        }
        match (self.channel, self.kind) {
            (Channel::Sms, None) => wrong.push(
                "`kind` must say how short messages are sent: `smpp`, `kannel`, `twilio` or \
                 `mapping`"
                    .to_owned(),
            ),
            (Channel::Sms, Some(_)) | (_, None) => {}
            (_, Some(_)) => wrong.push("`kind` is for the channel `sms` alone".to_owned()),
        }
        if (self.kind == Some(Kind::Mapping)) != self.mapping.is_some() {
            wrong.push("`mapping` names the file for `kind = \"mapping\"`; give both".to_owned());
        }
        if self.weight == 0 || self.weight > 1_000 {
            wrong.push("`weight` must be from 1 to 1000".to_owned());
        }
        if self.per_second.is_some_and(|rate| !(0.01..=100_000.0).contains(&rate)) {
            wrong.push("`per_second` must be from 0.01 to 100000".to_owned());
        }
        if self.at_once.is_some_and(|count| !(1..=10_000).contains(&count)) {
            wrong.push("`at_once` must be from 1 to 10000".to_owned());
        }
        wrong
    }

    /// Its settings with the content of the files that they name.
    ///
    /// # Errors
    /// Every file that cannot be read, and every secret that does not stand in one.
    pub(super) fn read_settings(&self) -> Result<Settings, Vec<String>> {
        let mut wrong = Vec::new();
        let read = with_files(&self.settings, "settings", false, &mut wrong);
        if wrong.is_empty() { Ok(Settings(read)) } else { Err(wrong) }
    }
}

/// Settings of a client, with what stood in files. They are not printed.
pub(super) struct Settings(Map<String, Value>);

impl Settings {
    /// Takes a text out that is the hub's own to use.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        match self.0.remove(name)? {
            Value::String(text) => Some(text),
            other => {
                // It is told as a mistake by whoever reads the rest.
                self.0.insert(name.to_owned(), other);
                None
            }
        }
    }

    /// Sets a text unless one is there.
    pub(super) fn fill(&mut self, name: &str, text: &str) {
        self.0.entry(name).or_insert_with(|| Value::from(text));
    }

    /// Reads them as the settings of a client.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, Vec<String>> {
        serde_path_to_error::deserialize(Value::Object(self.0)).map_err(|error| {
            let place = match error.path().to_string().as_str() {
                "." => "settings".to_owned(),
                path => format!("settings.{path}"),
            };
            vec![format!("`{place}`: {}", without_value(error.inner().to_string()))]
        })
    }
}

/// Serde tells the value that it met, which may be a secret.
fn without_value(error: String) -> String {
    match error.split_once(": ") {
        Some((kind @ ("invalid type" | "invalid value"), rest)) => {
            let expected = rest.rsplit_once(", expected ").map_or("something else", |(_, e)| e);
            format!("{kind}; expected {expected}")
        }
        _ => error,
    }
}

fn with_files(
    table: &toml::Table,
    place: &str,
    all_secret: bool,
    wrong: &mut Vec<String>,
) -> Map<String, Value> {
    let mut read = Map::new();
    for (name, value) in table {
        let here = format!("{place}.{name}");
        match (name.strip_suffix(FILE), value) {
            (Some(plain), toml::Value::String(path)) => match content(Path::new(path)) {
                Ok(text) => {
                    read.insert(plain.to_owned(), Value::from(text));
                }
                Err(error) => wrong.push(format!("`{here}`: `{path}` cannot be read: {error}")),
            },
            (_, toml::Value::Table(inner)) => {
                let inner = with_files(inner, &here, all_secret || name == SECRETS, wrong);
                read.insert(name.clone(), Value::Object(inner));
            }
            // Not even the type of the value is told.
            (_, _) if all_secret || SECRET.contains(&name.as_str()) => {
                wrong.push(format!(
                    "`{here}`: secrets do not stand in the configuration; write `{name}_file` with \
                     the path of a file that holds it"
                ));
            }
            (_, value) => match serde_json::to_value(value) {
                Ok(value) => {
                    read.insert(name.clone(), value);
                }
                Err(_) => wrong.push(format!("`{here}`: this is no value of a setting")),
            },
        }
    }
    read
}

/// What a file holds, without the end of its last line.
fn content(path: &Path) -> Result<String, String> {
    let size = std::fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > FILE_BYTES_MAX {
        return Err(format!("it has {size} bytes and may have {FILE_BYTES_MAX}"));
    }
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    Ok(text.trim_end().to_owned())
}
