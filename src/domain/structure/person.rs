//! What becomes of posts when a person leaves the organization that they came for.
//!
//! Command never lapses, so whoever holds it hands it over first; other posts end with the
//! membership. Forgetting a person destroys only the data by which they are reached: who held which
//! post stays on record, and a commander commands until the transfer.

use super::{Assignment, Capacity, Relieved, Seat, Structure, StructureRefusal, TransferWithdrawn};
use crate::domain::event::Event;
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::record::Attribution;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Why a post ends with a membership.
const LEFT: &str = "left the organization";

/// What follows in the structures in force when somebody leaves an organization.
pub(in crate::domain) fn leaving(
    world: &World,
    person: &Person,
    organization: Id<Organization>,
) -> Result<Vec<Event>, Refusal> {
    let mut events = Vec::new();
    for post in world.posts_held_by(person.id) {
        let Some(structure) = world.structure(post.structure) else { continue };
        if !world.is_live(structure) {
            continue;
        }
        let held = post.held().filter(|a| a.commander().person == person.id);
        for assignment in held.filter(|a| a.organization == organization) {
            if post.reports_to.is_none() && assignment.capacity == Capacity::Primary {
                let name = person.name.clone();
                return Err(StructureRefusal::PersonCommands { name }.into());
            }
            let seat = Seat::at(structure, post.id);
            let reason = Some(LEFT.to_owned());
            events.push(Relieved { seat, post: post.id, assignment: assignment.id, reason }.into());
        }
    }
    for structure in world.structures() {
        let open = structure.open_transfers().filter(|transfer| transfer.to.person == person.id);
        for transfer in open.filter(|transfer| transfer.to.organization == organization) {
            let (seat, reason) = (Seat::of(structure), Some(LEFT.to_owned()));
            events.push(TransferWithdrawn { seat, transfer: transfer.id, reason }.into());
        }
    }
    Ok(events)
}

impl World {
    /// The person behind whoever asks, where their account is linked to one.
    #[must_use]
    pub fn person_behind(&self, by: &Attribution) -> Option<Id<Person>> {
        // A login never changes hands; the names of tokens and of the hub are no logins.
        self.account_by_login(&by.principal)?.person
    }

    /// Whether somebody who acts for an organization works on an incident: they hold a post for it
    /// there, or in the complex that the incident is a part of.
    #[must_use]
    pub fn serves(
        &self,
        person: Id<Person>,
        organization: Id<Organization>,
        incident: Id<Incident>,
    ) -> bool {
        let member = self.person(person).is_some_and(|p| p.membership(organization).is_some());
        member
            && self.posts_held_by(person).any(|post| {
                let held = |a: &Assignment| (a.person, a.organization) == (person, organization);
                post.held().any(held)
                    && self.complexes_above(incident).iter().any(|id| self.is_on(post, *id))
            })
    }

    /// Whether somebody who acts for an organization holds a post for it in a structure.
    #[must_use]
    pub fn serves_in(
        &self,
        person: Id<Person>,
        organization: Id<Organization>,
        structure: Id<Structure>,
    ) -> bool {
        let live = self.structure(structure).is_some_and(|structure| self.is_live(structure));
        let member = self.person(person).is_some_and(|p| p.membership(organization).is_some());
        let held = |a: &Assignment| (a.person, a.organization) == (person, organization);
        let mut posts = self.posts_held_by(person).filter(|post| post.structure == structure);
        live && member && posts.any(|post| post.held().any(held))
    }

    /// Whether an organization is one of those in command of an incident.
    #[must_use]
    pub fn commands(&self, organization: Id<Organization>, incident: Id<Incident>) -> bool {
        let structure = self.structure_of(incident).filter(|structure| self.is_live(structure));
        structure.is_some_and(|structure| self.holds_command(organization, structure))
    }

    /// Whether an organization has to know what whoever commands an incident knows: it is in command,
    /// was when the incident was closed, or is asked to be.
    #[must_use]
    pub fn is_briefed(&self, organization: Id<Organization>, incident: Id<Incident>) -> bool {
        let Some(structure) = self.structure_of(incident) else { return false };
        let mut open = structure.open_transfers().filter(|_| self.is_live(structure));
        self.holds_command(organization, structure)
            || open.any(|transfer| transfer.to.organization == organization)
    }

    fn holds_command(&self, organization: Id<Organization>, structure: &Structure) -> bool {
        self.commanding(structure).iter().any(|c| c.organization == organization)
    }
}
