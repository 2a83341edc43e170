//! Access tokens: how a partner's system gets in, or a program of one's own.
//!
//! The hospital's bed board reads the picture of Memorial Hospital with a token that its
//! administrator issued: for reading only, until the end of the year, and bound to two stored
//! queries, so that whoever steals it can ask nothing else. The secret was shown once; the hub
//! keeps its hash.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::account::{Account, Granting};
use super::command::{Context, Decide, Decision};
use super::event::{Apply, Stamp};
use super::ids::Id;
use super::limits::{
    self, LABEL_CHARS_MAX, STORED_QUERIES_BYTES_MAX, STORED_QUERIES_MAX, TOKEN_DAYS_MAX, TOKENS_MAX,
};
use super::organization::Organization;
use super::principal::Scope;
use super::reach::Reach;
use super::record::{RecordRef, Revision};
use super::refusal::Refusal;
use super::secret::SecretHash;
use super::world::World;

/// A way in for a program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccessToken {
    /// Its id.
    pub id: Id<AccessToken>,
    /// What it is for, in a word or two; it stands in the log as part of the principal.
    pub label: String,
    /// The hash of its secret.
    pub hash: SecretHash,
    /// The organization that it acts for; absent for the hub as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id<Organization>>,
    /// The account that it belongs to, which then must have its scopes too; absent for the system
    /// of a partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Id<Account>>,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// The only documents that it may send; absent when it may send any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stored_queries: Option<Arc<[StoredQuery]>>,
    /// Since when it is there.
    pub created: Timestamp,
    /// From when on it no longer works.
    pub expires: Timestamp,
    /// When it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Timestamp>,
    /// When it was made and last changed.
    pub revision: Revision,
}

/// A GraphQL document that was stored beforehand, under a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StoredQuery {
    /// Its name.
    pub name: String,
    /// The document.
    pub document: String,
}

/// Issues a token.
#[derive(Clone, Debug, Serialize)]
pub struct Issue {
    /// How far whoever asks reaches. One's own account gets tokens for what it may do itself.
    pub reach: Reach,
    /// What it is for.
    pub label: String,
    /// The organization that it acts for; none for the hub as a whole.
    pub organization: Option<Id<Organization>>,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// The only documents that it may send.
    pub stored_queries: Option<Vec<StoredQuery>>,
    /// From when on it no longer works.
    pub expires: Timestamp,
    /// The hash of its secret. It differs each time, so it does not tell whether a request is a
    /// repeated one.
    #[serde(skip)]
    pub hash: SecretHash,
}

/// Takes a token back.
#[derive(Clone, Debug, Serialize)]
pub struct Revoke {
    /// How far whoever asks reaches.
    pub reach: Reach,
    /// The token.
    pub token: Id<AccessToken>,
}

/// A token was issued.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Issued {
    /// The new token.
    pub token: Id<AccessToken>,
    /// What it is for.
    pub label: String,
    /// The hash of its secret.
    pub hash: SecretHash,
    /// The organization that it acts for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id<Organization>>,
    /// The account that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Id<Account>>,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// The only documents that it may send.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stored_queries: Option<Vec<StoredQuery>>,
    /// From when on it no longer works.
    pub expires: Timestamp,
}

/// A token was taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revoked {
    /// The token.
    pub token: Id<AccessToken>,
}

impl Decide for Issue {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        self.reach.check(world, context)?;
        let Self { organization, expires, hash, .. } = *self;
        let Granting { scopes, .. } = Granting::checked(world, organization, &self.scopes)?;
        let account = self.owner(world, context, &scopes)?;
        let label = limits::text("label", &self.label, LABEL_CHARS_MAX)?;
        // What stands between the parts of the principal's name must not stand in this one.
        if label.contains(['/', ':']) {
            return Err(Refusal::LabelUnusable { label });
        }
        let latest = context.now + SignedDuration::from_hours(24 * TOKEN_DAYS_MAX);
        if expires <= context.now || expires > latest {
            return Err(Refusal::TokenExpiryUnusable { days_max: TOKEN_DAYS_MAX });
        }
        let stored_queries = self.stored_queries.clone();
        stored_queries.as_deref().map(check_stored).transpose()?;
        let same = |t: &&Arc<AccessToken>| t.organization == organization && t.account == account;
        let count = world.tokens().filter(same).filter(|t| t.works(context.now)).count();
        limits::room("tokens", count, TOKENS_MAX)?;
        let token = context.ids.next();
        let event =
            Issued { token, label, hash, organization, account, scopes, stored_queries, expires };
        Ok(Decision::one(RecordRef::AccessToken(token), event))
    }
}

impl Issue {
    /// The account that the token is to belong to, if it is one's own.
    fn owner(
        &self,
        world: &World,
        context: &Context<'_>,
        scopes: &[Scope],
    ) -> Result<Option<Id<Account>>, Refusal> {
        let Reach::Own(id) = self.reach else {
            self.reach.covers(self.organization, scopes, context)?;
            return Ok(None);
        };
        let account = world.known_account(id)?;
        let granted = account.grant(self.organization).map_or(&[][..], |grant| &grant.scopes);
        match scopes.iter().find(|scope| !granted.contains(scope)) {
            None => Ok(Some(id)),
            Some(missing) => {
                let principal = account.login.clone();
                Err(Refusal::OutOfReach { principal, scope: missing.as_str() })
            }
        }
    }
}

/// Checks the documents that a token is to be bound to.
fn check_stored(stored: &[StoredQuery]) -> Result<(), Refusal> {
    limits::count("storedQueries", stored.len(), STORED_QUERIES_MAX)?;
    let bytes: usize = stored.iter().map(|query| query.document.len()).sum();
    if bytes > STORED_QUERIES_BYTES_MAX {
        let (field, chars, chars_max) = ("storedQueries", bytes, STORED_QUERIES_BYTES_MAX);
        return Err(Refusal::TextTooLong { field, chars, chars_max });
    }
    for query in stored {
        limits::text("storedQueries.name", &query.name, LABEL_CHARS_MAX)?;
        limits::text("storedQueries.document", &query.document, STORED_QUERIES_BYTES_MAX)?;
        if stored.iter().filter(|other| other.name == query.name).count() > 1 {
            return Err(Refusal::StoredQueryTwice { name: query.name.clone() });
        }
    }
    Ok(())
}

impl Decide for Revoke {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        self.reach.check(world, context)?;
        let unknown = Refusal::TokenUnknown(self.token);
        let token = world.token(self.token).ok_or_else(|| unknown.clone())?;
        let covered = match self.reach {
            Reach::Hub => true,
            Reach::Organization(own) => token.organization == Some(own),
            Reach::Own(account) => token.account == Some(account),
        };
        if !covered {
            return Err(unknown);
        }
        let subject = RecordRef::AccessToken(token.id);
        match token.revoked {
            Some(_) => Ok(Decision::unchanged(subject)),
            None => Ok(Decision::one(subject, Revoked { token: token.id })),
        }
    }
}

impl AccessToken {
    /// Whether it was neither revoked nor has expired.
    #[must_use]
    pub fn works(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && now < self.expires
    }
}

impl Apply for Issued {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.insert_token(Arc::new(AccessToken {
            id: self.token,
            label: self.label.clone(),
            hash: self.hash,
            organization: self.organization,
            account: self.account,
            scopes: self.scopes.clone(),
            stored_queries: self.stored_queries.clone().map(Arc::from),
            created: stamp.at,
            expires: self.expires,
            revoked: None,
            revision: Revision::new(stamp),
        }));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::AccessToken(self.token)]
    }
}

impl Apply for Revoked {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        if let Some(token) = world.access_tokens.get_mut(&self.token) {
            let token = Arc::make_mut(token);
            token.revoked = Some(stamp.at);
            token.revision.touch(stamp);
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::AccessToken(self.token)]
    }
}

impl World {
    /// The token with this id.
    #[must_use]
    pub fn token(&self, id: Id<AccessToken>) -> Option<&Arc<AccessToken>> {
        self.access_tokens.get(&id)
    }

    /// The token whose secret has this hash, whether it works or not.
    #[must_use]
    pub fn token_by_hash(&self, hash: &SecretHash) -> Option<&Arc<AccessToken>> {
        match self.secrets.get(hash)? {
            RecordRef::AccessToken(id) => self.access_tokens.get(id),
            _ => None,
        }
    }

    /// All tokens, those that no longer work included, oldest first.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = &Arc<AccessToken>> {
        self.access_tokens.values()
    }

    pub(in crate::domain) fn insert_token(&mut self, token: Arc<AccessToken>) {
        self.secrets.insert(token.hash, RecordRef::AccessToken(token.id));
        self.access_tokens.insert(token.id, token);
    }
}
