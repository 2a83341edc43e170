//! Contact data on its way in: sealed here, before it becomes a command, and never kept in clear.

use async_graphql::{InputObject, Result};
use aws_lc_rs::hmac;
use serde::Serialize;
use zeroize::Zeroizing;

use super::asked::Asked;
use super::fault::{fault, fault_for_now};
use crate::domain::person::{Forget, Person, SealContact};
use crate::domain::{Id, Refusal};
use crate::log::sealing;
use crate::log::{Kept, LogError, SealingKey};

/// How a person is reached.
#[derive(InputObject, Serialize)]
pub(crate) struct ContactInput {
    /// Telephone numbers, the best one first, such as `+1 555 0100`.
    #[graphql(default)]
    phones: Vec<String>,
    /// E-mail addresses, the best one first.
    #[graphql(default)]
    emails: Vec<String>,
    /// Anything else that helps to reach them.
    note: Option<String>,
}

/// Seals contact data under the person's key, which is made when it is needed first.
pub(super) async fn seal(
    asked: &Asked,
    person: Id<Person>,
    contact: &ContactInput,
) -> Result<Result<SealContact, Refusal>> {
    // Check before a key is made, because a refused request must leave nothing behind.
    let nothing = SealContact {
        person,
        sealed: String::new(),
        fingerprint: String::new(),
        reachability: None,
    };
    if let Err(refusal) = asked.hub.authorise(&asked.principal, &nothing.into()) {
        return Ok(Err(refusal));
    }
    if asked.view.person(person).is_none() {
        return Ok(Err(Refusal::PersonUnknown(person)));
    }
    let Some(key) = key_of(asked, person).await? else {
        return Ok(Err(Refusal::PersonForgotten(person)));
    };
    let plain = Zeroizing::new(serde_json::to_vec(contact)?);
    let sealed = sealing::seal(&key, person.uuid(), &plain)
        .map_err(|error| fault("NOT_SEALED", error.to_string()))?;
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()), &plain);
    Ok(Ok(SealContact {
        person,
        sealed: to_hex(&sealed),
        fingerprint: to_hex(tag.as_ref()),
        reachability: None,
    }))
}

/// Destroys the key of a person's contact data.
pub(super) async fn destroy_key(
    asked: &Asked,
    person: Id<Person>,
) -> Result<Result<Forget, Refusal>> {
    // The hub checks the same when it gets the command; the vault must not change before that.
    if let Err(refusal) = asked.hub.authorise(&asked.principal, &Forget { person }.into()) {
        return Ok(Err(refusal));
    }
    asked.hub.store().forget(person.uuid()).await.map_err(|error| vault_failed(&error))?;
    Ok(Ok(Forget { person }))
}

async fn key_of(asked: &Asked, person: Id<Person>) -> Result<Option<SealingKey>> {
    let vault = asked.hub.store();
    let failed = |error: LogError| vault_failed(&error);
    if let Some(key) = vault.key(person.uuid()).await.map_err(failed)? {
        return Ok(Some(key));
    }
    let key = SealingKey::generate().map_err(|error| fault("NOT_SEALED", error.to_string()))?;
    match vault.put_key(person.uuid(), &key).await.map_err(failed)? {
        Kept::Stored => Ok(Some(key)),
        Kept::AlreadyThere => vault.key(person.uuid()).await.map_err(failed),
        Kept::Forgotten => Ok(None),
    }
}

fn vault_failed(error: &LogError) -> async_graphql::Error {
    tracing::warn!(%error, "the vault does not answer");
    let message = "the store does not answer; nothing was done".to_owned();
    fault_for_now("STORE_UNAVAILABLE", message, 2_000)
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
