//! The configuration file, as it is written.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::ConfigError;
use crate::base_map;
use crate::identity::LoginClaim;
use crate::notify::clients;

/// Bytes of a configuration file.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// A configuration file. Every key is optional.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigFile {
    /// Address of the store.
    pub store: Option<String>,
    /// Where to listen.
    pub listen: Option<String>,
    /// The address by which browsers reach the hub.
    pub public_url: Option<String>,
    /// The tokens file.
    pub tokens: Option<PathBuf>,
    /// The rules file.
    pub rules: Option<PathBuf>,
    /// The folder of geocode tables.
    pub geocodes: Option<PathBuf>,
    /// The watched folder.
    pub watch: Option<PathBuf>,
    /// `text` or `json`.
    pub log_format: Option<String>,
    /// Where to send traces.
    pub otlp: Option<String>,
    /// The identity provider.
    pub oidc: Option<OidcEntry>,
    /// The base map below the dashboard's coarse one.
    pub map: Option<base_map::Entry>,
    /// Whether messages go to a page of the hub, on which they can be answered, instead of to people.
    #[serde(default)]
    pub sandbox: bool,
    /// The feeds to poll.
    #[serde(default)]
    pub feed: Vec<FeedEntry>,
    /// Who hands messages to people.
    #[serde(default)]
    pub provider: Vec<clients::Entry>,
}

/// An identity provider as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcEntry {
    /// Its address.
    pub issuer: String,
    /// What the hub is called there.
    pub client_id: String,
    /// The file with what the provider recognizes the hub by.
    pub client_secret_file: PathBuf,
    /// The claim that is a login here; without it an administrator links each account.
    pub login_claim: Option<LoginClaim>,
}

/// A feed as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedEntry {
    /// What operators call it.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// How often it is asked.
    #[serde(default = "every_seconds")]
    pub every_seconds: u64,
}

fn every_seconds() -> u64 {
    60
}

impl ConfigFile {
    /// Reads the file; without one every key is absent.
    ///
    /// # Errors
    /// [`ConfigError`] when it cannot be read, or with the line and the key of the mistake.
    pub fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        let Some(path) = path else { return Ok(Self::default()) };
        let mistake = |what: String| ConfigError(vec![format!("`{}`: {what}", path.display())]);
        let size = std::fs::metadata(path).map_err(|error| mistake(error.to_string()))?.len();
        if size > FILE_BYTES_MAX {
            return Err(mistake(format!("it has {size} bytes and may have {FILE_BYTES_MAX}")));
        }
        let text = std::fs::read_to_string(path).map_err(|error| mistake(error.to_string()))?;
        Self::parse(&text).map_err(|error| mistake(error.to_string()))
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// The line and the key of the first mistake.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
