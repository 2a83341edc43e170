//! Contact data on its way in: sealed here, before it becomes a command, and never kept in clear.

use async_graphql::{Enum, InputObject, Result};
use jiff::civil::Time;

use super::asked::Asked;
use super::fault::{fault, fault_for_now};
use super::scalars::Position;
use super::types::message::MessageChannel;
use crate::domain::contact::{Contact, PlaceKind, QuietHours, Way, Whereabouts};
use crate::domain::person::{Forget, Person, SealContact};
use crate::domain::{Id, Refusal};
use crate::hub::ContactError;
use crate::log::LogError;

/// How a person is reached.
#[derive(InputObject)]
pub(crate) struct ContactInput {
    /// Telephone numbers in international form, the best one first, such as `+1 555 0100`: short
    /// for a channel `SMS` each, and a channel `VOICE` each after all others.
    #[graphql(default)]
    phones: Vec<String>,
    /// E-mail addresses, the best one first: short for a channel `EMAIL` each.
    #[graphql(default)]
    emails: Vec<String>,
    /// The ways to reach them, in the order in which they are tried, before `phones` and
    /// `emails`.
    #[graphql(default)]
    channels: Vec<ContactChannelInput>,
    /// The languages that they read, the best one first, as BCP 47 tags such as `es` or `en-US`.
    #[graphql(default)]
    languages: Vec<String>,
    /// Where they are found, to be told what happens there.
    #[graphql(default)]
    places: Vec<ContactPlaceInput>,
    /// Anything else that helps to reach them.
    note: Option<String>,
}

/// One way to reach somebody.
#[derive(InputObject)]
pub(crate) struct ContactChannelInput {
    /// Over what.
    channel: MessageChannel,
    /// Where: a telephone number in international form, a mailbox, an MQTT topic, a URL, or the
    /// subscription of a browser as JSON.
    address: String,
    /// When not to, unless life is at stake.
    quiet: Option<QuietHoursInput>,
}

/// Hours of the day in which somebody is left alone.
#[derive(InputObject)]
pub(crate) struct QuietHoursInput {
    /// Since when, such as `22:00:00`.
    from: Time,
    /// Until when: of the next day unless this is later in the day.
    to: Time,
    /// The IANA name of the time zone in which they live.
    time_zone: String,
}

/// Where somebody is found.
#[derive(InputObject)]
pub(crate) struct ContactPlaceInput {
    /// What place it is.
    kind: ContactPlaceKind,
    /// Where it is.
    position: Position,
}

/// What place it is where somebody is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "PlaceKind")]
pub(crate) enum ContactPlaceKind {
    /// Where they live.
    Home,
    /// Where they work.
    Work,
    /// A site that they answer for.
    Site,
}

impl ContactInput {
    /// What was given, checked.
    fn contact(&self) -> std::result::Result<Contact, Refusal> {
        let way = |way: &ContactChannelInput| Way {
            channel: way.channel.into(),
            address: way.address.clone(),
            quiet: way.quiet.as_ref().map(|quiet| QuietHours {
                from: quiet.from,
                to: quiet.to,
                time_zone: quiet.time_zone.clone(),
            }),
        };
        let place = |place: &ContactPlaceInput| Whereabouts {
            kind: place.kind.into(),
            lon: place.position.0.lon,
            lat: place.position.0.lat,
        };
        let short = Way::of_numbers_and_mailboxes(&self.phones, &self.emails);
        let contact = Contact {
            languages: self.languages.clone(),
            channels: self.channels.iter().map(way).chain(short).collect(),
            places: self.places.iter().map(place).collect(),
            note: self.note.clone(),
        };
        contact.checked()
    }
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
    let contact = match contact.contact() {
        Ok(contact) => contact,
        Err(refusal) => return Ok(Err(refusal)),
    };
    match asked.hub.seal_contact(person, &contact).await {
        Ok(sealed) => Ok(sealed.ok_or(Refusal::PersonForgotten(person))),
        Err(ContactError::Vault(error)) => Err(vault_failed(&error)),
        Err(error) => Err(fault("NOT_SEALED", error.to_string())),
    }
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

fn vault_failed(error: &LogError) -> async_graphql::Error {
    tracing::warn!(%error, "the vault does not answer");
    let message = "the store does not answer; nothing was done".to_owned();
    fault_for_now("STORE_UNAVAILABLE", message, 2_000)
}
