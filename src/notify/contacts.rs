//! The addresses of persons. They are sealed in the log, opened here alone, and kept in memory only
//! by the node that tells people.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use muster_contract::Position;
use muster_contract::channel::Address;

use crate::domain::contact::{Channel, Contact};
use crate::domain::message::audience::Located;
use crate::domain::message::plan::Plan;
use crate::domain::person::Person;
use crate::domain::{Id, World};
use crate::hub::{ContactError, Hub};
use crate::log::LogError;

/// The addresses of persons, opened as they are needed.
pub struct Contacts {
    hub: Hub,
    opened: Mutex<Opened>,
}

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

impl Contacts {
    pub(super) fn new(hub: Hub) -> Self {
        Self { hub, opened: Mutex::default() }
    }

    /// How a person is reached; none when nothing is known or they were forgotten.
    ///
    /// # Errors
    /// [`LogError`] when the vault does not answer.
    pub async fn of(&self, person: Id<Person>) -> Result<Option<Arc<Contact>>, LogError> {
        let world = Arc::clone(&self.hub.picture().world);
        let sealed = world.person(person).and_then(|known| known.contact.clone());
        let Some(sealed) = sealed else {
            self.forget(person);
            return Ok(None);
        };
        if let Some(known) = self.known(person).filter(|known| known.sealed == sealed) {
            return Ok(Some(known.contact));
        }
        let contact = match self.hub.contact_of(person).await {
            Ok(contact) => contact.map(Arc::new),
            Err(ContactError::Vault(error)) => return Err(error),
            Err(error) => {
                tracing::warn!(%person, %error, "contact data cannot be opened");
                None
            }
        };
        let Some(contact) = contact else {
            self.forget(person);
            return Ok(None);
        };
        self.keep(person, Known { sealed, contact: Arc::clone(&contact) });
        Ok(Some(contact))
    }

    /// Where a person is reached by a channel.
    ///
    /// # Errors
    /// [`LogError`] when the vault does not answer.
    pub async fn address(
        &self,
        person: Id<Person>,
        channel: Channel,
    ) -> Result<Option<Address>, LogError> {
        let contact = self.of(person).await?;
        Ok(contact.and_then(|contact| contact.addresses(channel).next()))
    }

    /// Whose address it is. Only those are found who were opened before; see [`Contacts::open_all`].
    #[must_use]
    pub fn owners(&self, channel: Channel, address: &Address) -> Vec<Id<Person>> {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let owners = opened.owners.get(&(channel, address.clone()));
        owners.map_or_else(Vec::new, |owners| owners.iter().copied().collect())
    }

    /// Opens the contact data of everybody, so that who writes to the hub is known.
    ///
    /// # Errors
    /// [`LogError`] when the vault does not answer.
    pub async fn open_all(&self, world: &World) -> Result<(), LogError> {
        let persons = world.persons().filter(|person| person.contact.is_some());
        for person in persons.map(|person| person.id).collect::<Vec<_>>() {
            self.of(person).await?;
        }
        Ok(())
    }

    /// Who has a place in each of these areas, by what is opened: on the node that tells people all
    /// of it. Nobody learns where they are.
    ///
    /// # Errors
    /// [`LogError`] when the vault does not answer.
    pub async fn located(&self, world: &World, plan: &Plan) -> Result<Located, LogError> {
        let areas: Vec<_> = plan.areas().collect();
        let mut located = vec![Vec::new(); areas.len()];
        if areas.is_empty() {
            return Ok(located);
        }
        self.open_all(world).await?;
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
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

    fn known(&self, person: Id<Person>) -> Option<Known> {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.persons.get(&person).cloned()
    }

    fn keep(&self, person: Id<Person>, known: Known) {
        self.forget(person);
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        for channel in Channel::ALL {
            for address in known.contact.addresses(channel) {
                opened.owners.entry((channel, address)).or_default().insert(person);
            }
        }
        opened.persons.insert(person, known);
    }

    fn forget(&self, person: Id<Person>) {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(known) = opened.persons.remove(&person) else { return };
        for channel in Channel::ALL {
            for address in known.contact.addresses(channel).collect::<Vec<_>>() {
                let key = (channel, address);
                if let Some(owners) = opened.owners.get_mut(&key) {
                    owners.remove(&person);
                    if owners.is_empty() {
                        opened.owners.remove(&key);
                    }
                }
            }
        }
    }
}
