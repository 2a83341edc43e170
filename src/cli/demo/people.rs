//! What the hub is told of somebody whom the scenario brings in: whose account it is, and how they
//! are reached.

use std::sync::Arc;

use muster::domain::account::LinkPerson;
use muster::domain::contact::{Contact, Way};
use muster::domain::person::Person;
use muster::domain::{Id, Principal, Reach};
use muster::hub::Hub;

const CAUSE: &str = "scenario";
/// Telephone numbers that belong to nobody, in each area: 555-0100 to 555-0199.
const NUMBERS_IN_AREA: usize = 100;
/// The first of the areas.
const FIRST_AREA: usize = 201;

/// Takes note of a person whom somebody brought in.
pub(super) async fn take_note(
    hub: &Hub,
    by: &Arc<Principal>,
    person: Id<Person>,
) -> anyhow::Result<()> {
    link(hub, person).await?;
    make_reachable(hub, by, person).await
}

/// Tells the hub whose account it is, when the person has one.
async fn link(hub: &Hub, person: Id<Person>) -> anyhow::Result<()> {
    let picture = hub.picture();
    let Some(known) = picture.world.person(person) else { return Ok(()) };
    let account = picture.world.account_by_login(&login(known));
    let account = account.filter(|account| account.person.is_none()).map(|account| account.id);
    let Some(account) = account else { return Ok(()) };
    let link = LinkPerson { reach: Reach::Hub, account, person: Some(person) };
    hub.submit(&Arc::new(Principal::hub()), link, None, CAUSE.to_owned()).await?;
    Ok(())
}

/// Gives them a telephone and a mailbox that are nobody's, so that messages have somewhere to go.
async fn make_reachable(hub: &Hub, by: &Arc<Principal>, person: Id<Person>) -> anyhow::Result<()> {
    let world = Arc::clone(&hub.picture().world);
    let Some(known) = world.person(person).filter(|known| known.contact.is_none()) else {
        return Ok(());
    };
    let before = world.persons().filter(|other| other.contact.is_some()).count();
    let (area, number) = (FIRST_AREA + before / NUMBERS_IN_AREA, before % NUMBERS_IN_AREA);
    let phones = [format!("+1{area}55501{number:02}")];
    let mailboxes = [format!("{}@muster.example", login(known))];
    let channels = Way::of_numbers_and_mailboxes(&phones, &mailboxes);
    let contact = Contact { channels, ..Contact::default() }.checked()?;
    if let Some(sealed) = hub.seal_contact(person, &contact).await? {
        // The hub itself sees no persons, so it cannot say how they are reached either.
        hub.submit(by, sealed, None, CAUSE.to_owned()).await?;
    }
    Ok(())
}

/// The name by which Maria Solis logs in: `maria.solis`.
fn login(person: &Person) -> String {
    person.name.to_lowercase().replace(' ', ".")
}
