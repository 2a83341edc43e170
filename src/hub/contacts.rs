//! How people are reached: sealed on its way in, and opened for whoever reaches them within this
//! process, never for the API.
//!
//! What was opened is kept in memory, so that whose address it is that somebody writes from is known
//! at once, and so is who has a place in an area.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_lc_rs::hmac;
use muster_contract::Position;
use muster_contract::channel::Address;
use zeroize::Zeroizing;

use super::Hub;
use crate::domain::contact::{Channel, Contact};
use crate::domain::message::Message;
use crate::domain::message::audience::Located;
use crate::domain::person::{Person, SealContact};
use crate::domain::{Id, World};
use crate::log::sealing::{self, SealingError};
use crate::log::{Kept, LogError, SealingKey};

/// Contact data that cannot be opened or sealed now. Says nothing of what is in it.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// The vault does not answer; try again.
    #[error("the vault does not answer")]
    Vault(#[from] LogError),
    /// It does not open: it was changed, or belongs to another key.
    #[error(transparent)]
    Sealed(#[from] SealingError),
    /// It is not contact data of this release.
    #[error("it is no contact data that this release reads")]
    Unreadable,
}

/// What was opened.
#[derive(Default)]
pub(super) struct Contacts(Mutex<Opened>);

#[derive(Default)]
struct Opened {
    persons: HashMap<Id<Person>, Known>,
    owners: HashMap<(Channel, Address), BTreeSet<Id<Person>>>,
}

/// What was opened, and from what, so that a change is noticed.
#[derive(Clone)]
struct Known {
    sealed: String,
    contact: Arc<Contact>,
}

impl Hub {
    /// How a person is reached; none when nobody said, or when they were forgotten.
    ///
    /// # Errors
    /// [`ContactError`] when the vault does not answer or what it opens is not contact data.
    pub async fn contact_of(
        &self,
        person: Id<Person>,
    ) -> Result<Option<Arc<Contact>>, ContactError> {
        let contacts = &self.shared.contacts;
        let Some(sealed) = sealed_contact(&self.picture().world, person) else {
            contacts.forget(person);
            return Ok(None);
        };
        if let Some(known) = contacts.known(person).filter(|known| known.sealed == sealed) {
            return Ok(Some(known.contact));
        }
        let Some(key) = self.store().key(person.uuid()).await? else {
            contacts.forget(person);
            return Ok(None);
        };
        let contact = Arc::new(opened(&key, person, &sealed)?);
        contacts.keep(person, Known { sealed, contact: Arc::clone(&contact) });
        Ok(Some(contact))
    }

    /// What seals contact data under a person's key, which is made when it is needed first; none when
    /// they were forgotten.
    ///
    /// # Errors
    /// [`ContactError`] when the vault does not answer, or gives no key that seals.
    pub async fn seal_contact(
        &self,
        person: Id<Person>,
        contact: &Contact,
    ) -> Result<Option<SealContact>, ContactError> {
        let Some(key) = self.sealing_key(person).await? else { return Ok(None) };
        let plain = serde_json::to_vec(contact).map_err(|_| ContactError::Unreadable)?;
        let plain = Zeroizing::new(plain);
        let sealed = sealing::seal(&key, person.uuid(), &plain)?;
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()), &plain);
        Ok(Some(SealContact {
            person,
            sealed: hex::encode(&sealed),
            fingerprint: hex::encode(tag.as_ref()),
            reachability: Some(contact.reachability()),
        }))
    }

    async fn sealing_key(&self, person: Id<Person>) -> Result<Option<SealingKey>, ContactError> {
        let vault = self.store();
        if let Some(key) = vault.key(person.uuid()).await? {
            return Ok(Some(key));
        }
        let key = SealingKey::generate()?;
        Ok(match vault.put_key(person.uuid(), &key).await? {
            Kept::Stored => Some(key),
            Kept::AlreadyThere => vault.key(person.uuid()).await?,
            Kept::Forgotten => None,
        })
    }

    /// Opens the contact data of everybody, so that who writes to the hub is known. What cannot be
    /// opened is left out.
    ///
    /// # Errors
    /// [`LogError`] when the vault does not answer.
    pub async fn open_contacts(&self) -> Result<(), LogError> {
        let world = Arc::clone(&self.picture().world);
        let persons = world.persons().filter(|person| person.contact.is_some());
        for person in persons.map(|person| person.id).collect::<Vec<_>>() {
            match self.contact_of(person).await {
                Ok(_) => {}
                Err(ContactError::Vault(error)) => return Err(error),
                Err(error) => tracing::warn!(%person, %error, "contact data cannot be opened"),
            }
        }
        Ok(())
    }

    /// Whose address it is. Only those are found who were opened before.
    #[must_use]
    pub fn owners_of_address(&self, channel: Channel, address: &Address) -> Vec<Id<Person>> {
        let opened = self.shared.contacts.lock();
        let owners = opened.owners.get(&(channel, address.clone()));
        owners.map_or_else(Vec::new, |owners| owners.iter().copied().collect())
    }

    /// Who has a place in each of the areas of a message's plan. Nobody learns where they are.
    ///
    /// # Errors
    /// [`LogError`] when the vault does not answer.
    pub async fn located(&self, message: Id<Message>) -> Result<Located, LogError> {
        let world = Arc::clone(&self.picture().world);
        // One that is not there is refused for that later.
        let Some(message) = world.message(message) else { return Ok(Located::new()) };
        let areas: Vec<_> = message.plan.areas().collect();
        let mut located = vec![Vec::new(); areas.len()];
        if areas.is_empty() {
            return Ok(located);
        }
        self.open_contacts().await?;
        let opened = self.shared.contacts.lock();
        for (area, found) in areas.iter().zip(&mut located) {
            let inside = |known: &Known| {
                let mut places = known.contact.places.iter();
                places.any(|place| area.contains(Position { lon: place.lon, lat: place.lat }))
            };
            let persons = opened.persons.iter().filter(|(_, known)| inside(known));
            found.extend(persons.map(|(person, _)| *person));
        }
        Ok(located)
    }
}

impl Contacts {
    fn known(&self, person: Id<Person>) -> Option<Known> {
        self.lock().persons.get(&person).cloned()
    }

    fn keep(&self, person: Id<Person>, known: Known) {
        let mut opened = self.lock();
        opened.forget(person);
        for key in addresses(&known.contact) {
            opened.owners.entry(key).or_default().insert(person);
        }
        opened.persons.insert(person, known);
    }

    fn forget(&self, person: Id<Person>) {
        self.lock().forget(person);
    }

    fn lock(&self) -> MutexGuard<'_, Opened> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Opened {
    fn forget(&mut self, person: Id<Person>) {
        let Some(known) = self.persons.remove(&person) else { return };
        for key in addresses(&known.contact) {
            if let Some(owners) = self.owners.get_mut(&key) {
                owners.remove(&person);
                if owners.is_empty() {
                    self.owners.remove(&key);
                }
            }
        }
    }
}

/// Every address of a contact with its channel.
fn addresses(contact: &Contact) -> impl Iterator<Item = (Channel, Address)> + '_ {
    let of = |channel| contact.addresses(channel).map(move |address| (channel, address));
    Channel::ALL.into_iter().flat_map(of)
}

/// A person's contact data as it is sealed, if there is some.
fn sealed_contact(world: &World, person: Id<Person>) -> Option<String> {
    world.person(person).filter(|person| !person.forgotten)?.contact.clone()
}

fn opened(key: &SealingKey, person: Id<Person>, sealed: &str) -> Result<Contact, ContactError> {
    let bytes = hex::decode(sealed).map_err(|_| ContactError::Unreadable)?;
    let plain = sealing::open(key, person.uuid(), &bytes)?;
    Contact::unsealed(&plain).ok_or(ContactError::Unreadable)
}
