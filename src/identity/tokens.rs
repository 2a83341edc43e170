//! The file of tokens: how whoever runs the machine lets programs in, without any account.
//!
//! The file holds no secret, only the SHA-256 of each; `muster token` makes a secret and its line.
//!
//! ```toml
//! [[organization]]
//! code = "HFD"
//! name = "Harbor Fire Department"
//! kind = "fire"
//!
//! [[token]]
//! principal = "hfd-dispatch"
//! organization = "HFD"
//! scopes = ["read", "write"]
//! sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
//! ```

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::secret::hash_of;
use crate::domain::organization::{Kind, Profile};
use crate::domain::{Principal, Scope, SecretHash};

/// Tokens and organizations that one file may hold.
const ENTRIES_MAX: usize = 10_000;

/// The principals of a tokens file.
#[derive(Debug, Default)]
pub struct Tokens {
    by_hash: HashMap<SecretHash, Arc<Principal>>,
    organizations: Vec<Profile>,
}

/// The tokens file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TokensError {
    /// It cannot be read.
    #[error("the tokens file `{path}` cannot be read: {source}")]
    Unreadable {
        /// Where it should be.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// It is not what it should be.
    #[error("the tokens file `{path}` has a mistake: {message}")]
    Mistaken {
        /// Where it is.
        path: String,
        /// The mistake, with its line where the file is not TOML.
        message: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    organization: Vec<OrganizationEntry>,
    #[serde(default)]
    token: Vec<TokenEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganizationEntry {
    code: String,
    name: String,
    kind: Kind,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenEntry {
    principal: String,
    organization: Option<String>,
    scopes: Vec<Scope>,
    sha256: String,
}

impl Tokens {
    /// Reads a tokens file.
    ///
    /// # Errors
    /// [`TokensError`] names the file and the mistake.
    pub fn load(path: &Path) -> Result<Self, TokensError> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|source| TokensError::Unreadable { path: shown.clone(), source })?;
        Self::parse(&text).map_err(|message| TokensError::Mistaken { path: shown, message })
    }

    /// Reads the text of a tokens file.
    ///
    /// # Errors
    /// The first mistake, in a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        if file.token.len() + file.organization.len() > ENTRIES_MAX {
            return Err(format!("it has more than {ENTRIES_MAX} entries"));
        }
        let organizations = file.organization.into_iter().map(OrganizationEntry::profile);
        let mut tokens = Self { by_hash: HashMap::new(), organizations: organizations.collect() };
        for entry in file.token {
            tokens.add(entry)?;
        }
        Ok(tokens)
    }

    /// The principal that a secret belongs to.
    #[must_use]
    pub fn authenticate(&self, secret: &str) -> Option<Arc<Principal>> {
        // The hash of what was sent is looked up, so the time this takes tells nothing of a secret.
        self.by_hash.get(&hash_of(secret)).cloned()
    }

    /// The organizations that the file names, to be registered at the start.
    #[must_use]
    pub fn organizations(&self) -> &[Profile] {
        &self.organizations
    }

    /// Adds a principal whose secret is made at run time, as the demo does.
    pub fn insert(&mut self, secret: &str, principal: Principal) {
        self.by_hash.insert(hash_of(secret), Arc::new(principal));
    }

    fn add(&mut self, entry: TokenEntry) -> Result<(), String> {
        let TokenEntry { principal, organization, scopes, sha256 } = entry;
        if principal.trim().is_empty() || principal == Principal::hub().name {
            return Err(format!("`{principal}` cannot be the name of a principal"));
        }
        let hash = sha256.parse().map_err(|_| {
            format!(
                "`sha256` of `{principal}` must be 64 hexadecimal digits; `muster token` makes it"
            )
        })?;
        let principal = Principal::new(principal, organization, scopes);
        match self.by_hash.insert(hash, Arc::new(principal)) {
            None => Ok(()),
            Some(other) => Err(format!("the `sha256` of `{}` stands twice", other.name)),
        }
    }
}

impl OrganizationEntry {
    fn profile(self) -> Profile {
        let Self { code, name, kind } = self;
        Profile { code, name, kind, jurisdiction: None, parents: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::secret::NewSecret;
    use super::*;

    #[test]
    fn a_generated_token_is_recognized_and_any_other_is_not() {
        let NewSecret { secret, hash } = NewSecret::token().unwrap();
        let text =
            format!("[[token]]\nprincipal = \"dana\"\nscopes = [\"read\"]\nsha256 = \"{hash}\"\n");
        let tokens = Tokens::parse(&text).unwrap();
        assert_eq!(tokens.authenticate(&secret).unwrap().name, "dana");
        assert!(tokens.authenticate(&secret.replace("mstr_", "")).is_none());
        assert!(tokens.authenticate("").is_none());
    }

    #[test]
    fn mistakes_name_the_entry_and_the_mend() {
        let mistake = |text| Tokens::parse(text).unwrap_err();
        insta::assert_snapshot!(mistake("[[token]]\nprincipal = \"dana\"\nscopes = []\nsha256 = \"secret\"\n"),
            @"`sha256` of `dana` must be 64 hexadecimal digits; `muster token` makes it");
        insta::assert_snapshot!(mistake("[[token]]\nprincipal = \"muster\"\nscopes = []\nsha256 = \"00\"\n"),
            @"`muster` cannot be the name of a principal");
    }
}
