//! How people are reached, opened for whoever reaches them: within this process, never for the API.

use super::Hub;
use crate::domain::contact::Contact;
use crate::domain::person::Person;
use crate::domain::{Id, World};
use crate::log::sealing::{self, SealingError};
use crate::log::{LogError, SealingKey};

/// Contact data that cannot be opened now. Says nothing of what is in it.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// The vault does not answer; try again.
    #[error("the vault does not answer")]
    Vault(#[from] LogError),
    /// It does not open: it was changed, or belongs to another key.
    #[error(transparent)]
    Sealed(#[from] SealingError),
    /// What is sealed is not contact data of this release.
    #[error("what is sealed is no contact data that this release reads")]
    Unreadable,
}

impl Hub {
    /// How a person is reached; none when nobody said, or when they were forgotten.
    ///
    /// # Errors
    /// [`ContactError`] when the vault does not answer or what it opens is not contact data.
    pub async fn contact_of(&self, person: Id<Person>) -> Result<Option<Contact>, ContactError> {
        let Some(sealed) = sealed_contact(&self.picture().world, person) else { return Ok(None) };
        let Some(key) = self.store().key(person.uuid()).await? else { return Ok(None) };
        opened(&key, person, &sealed).map(Some)
    }
}

/// The sealed bytes of a person's contact data, if there are some and they are whole.
fn sealed_contact(world: &World, person: Id<Person>) -> Option<Vec<u8>> {
    let person = world.person(person).filter(|person| !person.forgotten)?;
    let digits = person.contact.as_deref()?.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    Some(digits.map_while(byte).collect())
}

fn opened(key: &SealingKey, person: Id<Person>, sealed: &[u8]) -> Result<Contact, ContactError> {
    let plain = sealing::open(key, person.uuid(), sealed)?;
    Contact::unsealed(&plain).ok_or(ContactError::Unreadable)
}
