//! Configuration: flags before environment before file before default.
//!
//! Every mistake is reported at the start, all of them at once, each with its key, so that an
//! operator does not mend one only to meet the next. Secrets are never values here: the tokens
//! file holds hashes, and a database password may stand in an environment variable.

mod file;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use url::Url;

use crate::base_map::{self, BaseMap};
use crate::hub::Clock;
use crate::identity::{OidcSettings, Site};
use crate::intake::feeds::{self, Feed};
use crate::notify::clients::{self, Clients};
pub use file::ConfigFile;

/// Settings that may stand on the command line, in the environment or in the file.
#[derive(Args, Clone, Debug, Default)]
pub struct Flags {
    /// The store: sqlite:PATH for one node, postgres://USER@HOST/DATABASE for several.
    #[arg(
        long,
        global = true,
        env = "MUSTER_STORE",
        value_name = "ADDRESS",
        hide_env_values = true
    )]
    pub store: Option<String>,
    /// A TOML file with settings.
    #[arg(long, global = true, env = "MUSTER_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Settings of a serving hub.
#[derive(Args, Clone, Debug, Default)]
pub struct ServeFlags {
    /// Where to listen, such as 0.0.0.0:8620.
    #[arg(long, env = "MUSTER_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// The address by which browsers reach the hub, such as <https://hub.county.example>; https,
    /// unless only this machine reaches it.
    #[arg(long, env = "MUSTER_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// The file of principals and the hashes of their tokens.
    #[arg(long, env = "MUSTER_TOKENS", value_name = "FILE")]
    pub tokens: Option<PathBuf>,
    /// The rules from signals to incidents, as YAML; the built-in ones when absent.
    #[arg(long, env = "MUSTER_RULES", value_name = "FILE")]
    pub rules: Option<PathBuf>,
    /// A folder of tables from geocodes to areas.
    #[arg(long, env = "MUSTER_GEOCODES", value_name = "FOLDER")]
    pub geocodes: Option<PathBuf>,
    /// A folder in which files of alerts appear. Names that begin with `.` or end in .tmp or .part are
    /// left alone: write under such a name, and rename the file when it is whole.
    #[arg(long, env = "MUSTER_WATCH", value_name = "FOLDER")]
    pub watch: Option<PathBuf>,
    /// How to write the log of the program: text or json.
    #[arg(long, env = "MUSTER_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<String>,
    /// Where to send traces (OTLP over HTTP); needs a build with the feature `otel`.
    #[arg(long, env = "MUSTER_OTLP", value_name = "URL")]
    pub otlp: Option<String>,
}

/// Everything that a serving hub is told.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address of the store.
    pub store: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where browsers reach the hub, if that was told.
    pub site: Option<Site>,
    /// The identity provider that people may log in by.
    pub oidc: Option<OidcSettings>,
    /// The tokens file: a way in for programs besides accounts and their tokens.
    pub tokens: Option<PathBuf>,
    /// The rules file.
    pub rules: Option<PathBuf>,
    /// The folder of geocode tables.
    pub geocodes: Option<PathBuf>,
    /// The watched folder.
    pub watch: Option<PathBuf>,
    /// The feeds to poll.
    pub feeds: Vec<Feed>,
    /// The base map below the dashboard's coarse one.
    pub map: Option<Arc<BaseMap>>,
    /// Whether messages go to the sandbox's page instead of to people.
    pub sandbox: bool,
    /// Who hands messages to people.
    pub providers: Vec<clients::Entry>,
    /// How to write the log of the program.
    pub log_format: LogFormat,
    /// Where to send traces.
    pub otlp: Option<Url>,
}

/// How the log of the program is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// JSON lines for collectors.
    Json,
}

/// Every mistake in the configuration.
#[derive(Debug, thiserror::Error)]
#[error("the configuration has mistakes:\n{}", .0.iter().map(|m| format!("- {m}")).collect::<Vec<_>>().join("\n"))]
pub struct ConfigError(pub Vec<String>);

/// The address of the store alone, for commands that need nothing else.
///
/// # Errors
/// [`ConfigError`] when the file is mistaken.
pub fn store(flags: &Flags) -> Result<String, ConfigError> {
    let file = ConfigFile::load(flags.config.as_deref())?;
    Ok(flags.store.clone().or(file.store).unwrap_or_else(|| DEFAULT_STORE.to_owned()))
}

/// Where the embedded store is unless something else is said.
pub const DEFAULT_STORE: &str = "sqlite:muster.db";
/// Where the hub listens unless something else is said: this machine only.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:8620";

impl Config {
    /// Puts flags, environment, file and defaults together.
    ///
    /// # Errors
    /// [`ConfigError`] with every mistake and its key.
    pub fn resolve(flags: &Flags, serve: &ServeFlags) -> Result<Self, ConfigError> {
        let file = ConfigFile::load(flags.config.as_deref())?;
        let mut mistakes = Vec::new();
        let listen = serve.listen.clone().or(file.listen);
        let listen = parse_listen(listen.as_deref().unwrap_or(DEFAULT_LISTEN), &mut mistakes);
        let log_format = serve.log_format.clone().or(file.log_format);
        let log_format = parse_log_format(log_format.as_deref().unwrap_or("text"), &mut mistakes);
        let otlp = serve.otlp.clone().or(file.otlp);
        let otlp = otlp.and_then(|text| parse_url("otlp", &text, &mut mistakes));
        let site = serve.public_url.clone().or(file.public_url);
        let mut config = Self {
            oidc: file.oidc.and_then(|entry| parse_oidc(entry, &mut mistakes)),
            site: site.and_then(|text| parse_site(&text, &mut mistakes)),
            store: flags.store.clone().or(file.store).unwrap_or_else(|| DEFAULT_STORE.to_owned()),
            listen: listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0))),
            tokens: serve.tokens.clone().or(file.tokens),
            rules: serve.rules.clone().or(file.rules),
            geocodes: serve.geocodes.clone().or(file.geocodes),
            watch: serve.watch.clone().or(file.watch),
            feeds: parse_feeds(file.feed, &mut mistakes),
            map: None,
            sandbox: file.sandbox,
            providers: file.provider,
            log_format: log_format.unwrap_or_default(),
            otlp,
        };
        config.map = file.map.and_then(|entry| config.open_map(entry, &mut mistakes));
        config.check_paths(&mut mistakes);
        config.check_providers(&mut mistakes);
        if mistakes.is_empty() { Ok(config) } else { Err(ConfigError(mistakes)) }
    }

    /// Clients are made once to see whether they can be, and thrown away: the hub that uses them may
    /// not know its address yet.
    fn check_providers(&self, mistakes: &mut Vec<String>) {
        if self.sandbox && !self.providers.is_empty() {
            mistakes.push(
                "`sandbox`: messages go either to its page or to providers; leave one out"
                    .to_owned(),
            );
        }
        let made = Clients::build(&self.providers, &self.site_or_listener(), &Clock::system());
        mistakes.extend(made.err().into_iter().flatten());
    }

    fn open_map(&self, entry: base_map::Entry, mistakes: &mut Vec<String>) -> Option<Arc<BaseMap>> {
        let opened = BaseMap::open(entry, &self.site_or_listener());
        opened.map(Arc::new).map_err(|told| mistakes.extend(told)).ok()
    }

    fn site_or_listener(&self) -> Site {
        self.site.clone().unwrap_or_else(|| Site::of_listener(self.listen))
    }

    fn check_paths(&self, mistakes: &mut Vec<String>) {
        let files = [("tokens", &self.tokens), ("rules", &self.rules)];
        let folders = [("geocodes", &self.geocodes), ("watch", &self.watch)];
        let mut check = |key: &str, path: &Option<PathBuf>, is: fn(&Path) -> bool, what: &str| {
            if let Some(path) = path.as_deref().filter(|path| !is(path)) {
                mistakes.push(format!("`{key}`: there is no {what} `{}`", path.display()));
            }
        };
        files.iter().for_each(|(key, path)| check(key, path, Path::is_file, "file"));
        folders.iter().for_each(|(key, path)| check(key, path, Path::is_dir, "folder"));
    }
}

fn parse_listen(text: &str, mistakes: &mut Vec<String>) -> Option<SocketAddr> {
    let parsed = text.parse().ok();
    if parsed.is_none() {
        mistakes.push(format!(
            "`listen`: `{text}` is not an address with a port; write one such as {DEFAULT_LISTEN}"
        ));
    }
    parsed
}

fn parse_log_format(text: &str, mistakes: &mut Vec<String>) -> Option<LogFormat> {
    match text {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        other => {
            mistakes.push(format!("`log_format`: `{other}` is neither `text` nor `json`"));
            None
        }
    }
}

fn parse_url(key: &str, text: &str, mistakes: &mut Vec<String>) -> Option<Url> {
    match Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https")) {
        Some(url) => Some(url),
        None => {
            mistakes.push(format!("`{key}`: this is not an http or https address"));
            None
        }
    }
}

fn parse_site(text: &str, mistakes: &mut Vec<String>) -> Option<Site> {
    match Site::new(parse_url("public_url", text, mistakes)?) {
        Ok(site) => Some(site),
        Err(error) => {
            mistakes.push(format!("`public_url`: {error}"));
            None
        }
    }
}

fn parse_oidc(entry: file::OidcEntry, mistakes: &mut Vec<String>) -> Option<OidcSettings> {
    let file::OidcEntry { issuer, client_id, client_secret_file, login_claim } = entry;
    let issuer = parse_url("oidc.issuer", &issuer, mistakes)?;
    // The same rule as for the hub itself: what is vouched for must not cross a network in clear.
    if Site::new(issuer.clone()).is_err() {
        mistakes.push("`oidc.issuer`: write an address that begins with https://".to_owned());
        return None;
    }
    match std::fs::read_to_string(&client_secret_file) {
        Ok(secret) => {
            let client_secret = secret.trim().to_owned();
            Some(OidcSettings { issuer, client_id, client_secret, login_claim })
        }
        Err(error) => {
            let path = client_secret_file.display();
            mistakes.push(format!("`oidc.client_secret_file`: `{path}` cannot be read: {error}"));
            None
        }
    }
}

fn parse_feeds(entries: Vec<file::FeedEntry>, mistakes: &mut Vec<String>) -> Vec<Feed> {
    let mut feeds = Vec::new();
    for (number, entry) in entries.into_iter().enumerate() {
        let key = format!("feed[{number}] ({}).url", entry.name);
        if let Some(url) = parse_url(&key, &entry.url, mistakes) {
            let every = Duration::from_secs(entry.every_seconds);
            feeds.push(Feed { name: entry.name, url, every });
        }
    }
    mistakes.extend(feeds::check(&feeds).into_iter().map(|mistake| mistake.to_string()));
    feeds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(toml: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("muster.toml");
        std::fs::write(&path, toml).unwrap();
        let flags = Flags { store: None, config: Some(path) };
        Config::resolve(&flags, &ServeFlags::default())
    }

    #[test]
    fn every_mistake_is_told_at_once_with_its_key() {
        let error = resolve(
            r#"
            listen = "everywhere"
            log_format = "xml"
            public_url = "http://hub.county.example"
            tokens = "/nowhere/tokens.toml"
            [oidc]
            issuer = "https://id.county.example"
            client_id = "muster"
            client_secret_file = "/nowhere/secret"
            [[feed]]
            name = "nws"
            url = "ftp://alerts.example"
            [[feed]]
            name = "dwd"
            url = "https://alerts.example/feed"
            every_seconds = 5
            "#,
        );
        insta::assert_snapshot!(error.unwrap_err(), @r"
        the configuration has mistakes:
        - `listen`: `everywhere` is not an address with a port; write one such as 127.0.0.1:8620
        - `log_format`: `xml` is neither `text` nor `json`
        - `oidc.client_secret_file`: `/nowhere/secret` cannot be read: No such file or directory (os error 2)
        - `public_url`: only this machine may be reached by plain http; write an address that begins with https://
        - `feed[0] (nws).url`: this is not an http or https address
        - feed `dwd`: ask for it every 60 s or less often
        - `tokens`: there is no file `/nowhere/tokens.toml`
        ");
    }

    #[test]
    fn a_misspelt_key_is_not_passed_over() {
        let error = resolve("lisen = \"127.0.0.1:1\"\n").unwrap_err().to_string();
        assert!(error.contains("unknown field `lisen`"), "{error}");
    }

    #[test]
    fn providers_are_checked_before_the_hub_starts_and_stand_in_for_the_sandbox() {
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let relay = r#"
            [[provider]]
            name = "relay"
            channel = "email"
            [provider.settings]
            host = "relay.example"
            from = "alerts@county.example"
            "#;
        assert_eq!(resolve(relay).unwrap().providers.len(), 1);
        let error = resolve(&format!("sandbox = true\n{relay}user = \"muster\"\n"));
        insta::assert_snapshot!(error.unwrap_err(), @r"
        the configuration has mistakes:
        - `sandbox`: messages go either to its page or to providers; leave one out
        - `provider[0] (relay)`: settings: `user` and its password belong together; give both or none
        ");
    }

    #[test]
    fn without_a_file_the_hub_serves_this_machine_from_the_embedded_store() {
        let config = Config::resolve(&Flags::default(), &ServeFlags::default()).unwrap();
        assert_eq!(config.store, DEFAULT_STORE);
        assert!(config.listen.ip().is_loopback());
    }
}
