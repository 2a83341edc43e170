//! Resources in the World, with every index kept in step.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::nearest::Spot;
use super::standing::Standing;
use super::{Commitment, Resource, ResourceRefusal, Stage};
use crate::domain::event::Stamp;
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::Sentence;
use crate::domain::world::{World, under};

/// Names in a refusal; more are counted.
const NAMES_MAX: usize = 5;

impl World {
    /// The resource with this id.
    #[must_use]
    pub fn resource(&self, id: Id<Resource>) -> Option<&Arc<Resource>> {
        self.resources.get(&id)
    }

    /// All resources, oldest first.
    pub fn resources(&self) -> impl DoubleEndedIterator<Item = &Arc<Resource>> {
        self.resources.values()
    }

    /// The resources with a live commitment to an incident, oldest first.
    pub fn resources_on(&self, incident: Id<Incident>) -> impl Iterator<Item = &Arc<Resource>> {
        self.incident_resources
            .range(under(incident))
            .filter_map(|(_, resource)| self.resources.get(resource))
    }

    /// The resources that are committed to any incident, oldest first.
    #[must_use]
    pub fn committed_resources(&self) -> Vec<&Arc<Resource>> {
        let all = self.incident_resources.iter();
        let mut committed: Vec<_> = all.filter_map(|(_, id)| self.resources.get(id)).collect();
        committed.sort_unstable_by_key(|resource| resource.id);
        committed.dedup_by_key(|resource| resource.id);
        committed
    }

    /// Whether an organization has a resource with a live commitment to an incident.
    #[must_use]
    pub fn assists(&self, incident: Id<Incident>, organization: Id<Organization>) -> bool {
        self.assisting.contains_key(&(incident, organization))
    }

    /// The resources that a group is made of.
    pub fn members_of<'a>(
        &'a self,
        group: &'a Resource,
    ) -> impl Iterator<Item = &'a Arc<Resource>> {
        group.profile.members.iter().filter_map(|id| self.resources.get(id))
    }

    /// The resource whose commitments count: the group that it is a part of, or itself.
    #[must_use]
    pub fn as_committed<'a>(&'a self, resource: &'a Resource) -> &'a Resource {
        resource.member_of.and_then(|group| self.resources.get(&group)).map_or(resource, |g| g)
    }

    /// The resource, or the refusal that there is none.
    pub(in crate::domain) fn known_resource(
        &self,
        id: Id<Resource>,
    ) -> Result<&Arc<Resource>, Refusal> {
        self.resource(id).ok_or_else(|| ResourceRefusal::Unknown(id).into())
    }

    /// The resource, if its owner still has it.
    pub(in crate::domain) fn usable_resource(
        &self,
        id: Id<Resource>,
    ) -> Result<&Arc<Resource>, Refusal> {
        let resource = self.known_resource(id)?;
        match resource.retired {
            None => Ok(resource),
            Some(_) => Err(ResourceRefusal::Retired { name: resource.profile.name.clone() }.into()),
        }
    }

    /// Checks that the resource is not a part of a group, which is committed as one.
    pub(super) fn check_out_of_groups(&self, resource: &Resource) -> Result<(), Refusal> {
        let Some(group) = resource.member_of.and_then(|group| self.resources.get(&group)) else {
            return Ok(());
        };
        let (name, group) = (resource.profile.name.clone(), group.profile.name.clone());
        Err(ResourceRefusal::InGroup { name, group }.into())
    }

    /// The live commitment of a resource to an incident that is meant.
    pub(super) fn commitment(
        &self,
        resource: Id<Resource>,
        incident: Id<Incident>,
        number: Option<u32>,
    ) -> Result<&Commitment, Refusal> {
        let known = self.known_resource(resource)?;
        self.known_incident(incident)?;
        let live = known.live_commitments().filter(|c| c.incident == incident);
        let meant: Vec<_> = live.filter(|c| number.is_none_or(|n| n == c.number)).collect();
        match meant[..] {
            [] => Err(self.not_committed(resource, incident)),
            [one] => Ok(one),
            _ => Err(ResourceRefusal::CommitmentAmbiguous {
                name: known.profile.name.clone(),
                incident: self.number_of_incident(incident),
                count: meant.len(),
            }
            .into()),
        }
    }

    pub(in crate::domain) fn not_committed(
        &self,
        resource: Id<Resource>,
        incident: Id<Incident>,
    ) -> Refusal {
        let (name, incident) = (self.name_of_resource(resource), self.number_of_incident(incident));
        ResourceRefusal::NotCommitted { name, incident }.into()
    }

    pub(super) fn no_step(&self, resource: Id<Resource>, from: Stage, to: Stage) -> Refusal {
        let (name, allowed) = (self.name_of_resource(resource), from.steps());
        ResourceRefusal::StageStepMissing { name, from, to, allowed }.into()
    }

    pub(super) fn name_of_resource(&self, id: Id<Resource>) -> String {
        self.resource(id).map_or_else(|| id.to_string(), |resource| resource.profile.name.clone())
    }

    pub(super) fn number_of_incident(&self, id: Id<Incident>) -> String {
        self.incident(id).map_or_else(|| id.to_string(), |incident| incident.number.clone())
    }

    /// Checks that an incident that is to end, or to become a duplicate, has no resources. Those of
    /// its owner are named; of others, only how many there are.
    pub(in crate::domain) fn check_no_resources(&self, incident: &Incident) -> Result<(), Refusal> {
        let mut names = Vec::new();
        let mut others = 0_usize;
        for resource in self.resources_on(incident.id) {
            if Some(resource.owner) == incident.owner() && names.len() < NAMES_MAX {
                names.push(resource.profile.name.clone());
            } else {
                others += 1;
            }
        }
        if names.is_empty() && others == 0 {
            return Ok(());
        }
        if others > 0 {
            names.push(if names.is_empty() {
                others.to_string()
            } else {
                format!("{others} more")
            });
        }
        let (number, which) = (incident.number.clone(), names.join(", "));
        Err(ResourceRefusal::StillCommitted { number, which }.into())
    }

    /// Changes a resource, marked as changed by this event, with all that is known of it elsewhere.
    pub(in crate::domain) fn change_resource(
        &mut self,
        id: Id<Resource>,
        stamp: &Stamp<'_>,
        change: impl FnOnce(&mut Resource),
    ) {
        let Some(before) = self.resources.get(&id).cloned() else { return };
        let mut after = Resource::clone(&before);
        change(&mut after);
        after.forget_old_commitments(|commitment| self.agreement_rests_on(commitment));
        after.revision.touch(stamp);
        self.index_resource(Some(&before), &after);
        self.resources.insert(id, Arc::new(after));
    }

    /// Changes one commitment of a resource, and its status where that follows.
    pub(super) fn change_commitment(
        &mut self,
        id: Id<Resource>,
        number: u32,
        stamp: &Stamp<'_>,
        change: impl FnOnce(&mut Commitment, &mut Standing),
    ) {
        self.change_resource(id, stamp, |resource| {
            let Resource { commitments, standing, .. } = resource;
            if let Some(commitment) = commitments.iter_mut().find(|c| c.number == number) {
                change(commitment, standing);
            }
        });
    }

    /// A resource that is new here.
    pub(in crate::domain) fn insert_resource(&mut self, resource: Arc<Resource>) {
        self.index_resource(None, &resource);
        self.resources.insert(resource.id, resource);
    }

    /// Writes a line about a resource into the timeline of an incident.
    pub(super) fn tell_of(
        &mut self,
        resource: Id<Resource>,
        incident: Id<Incident>,
        stamp: &Stamp<'_>,
        said: Sentence,
    ) {
        self.change_incident(incident, stamp);
        self.chronicle(incident, stamp, said, &[RecordRef::Resource(resource)]);
    }

    fn index_resource(&mut self, before: Option<&Resource>, after: &Resource) {
        let incidents = |resource: &Resource| -> BTreeSet<Id<Incident>> {
            resource.live_commitments().map(|commitment| commitment.incident).collect()
        };
        let (old, new) = (before.map(incidents).unwrap_or_default(), incidents(after));
        for incident in new.difference(&old) {
            self.incident_resources.insert((*incident, after.id));
            *self.assisting.entry((*incident, after.owner)).or_default() += 1;
        }
        for incident in old.difference(&new) {
            self.incident_resources.remove(&(*incident, after.id));
            let key = (*incident, after.owner);
            let left = self.assisting.get(&key).map_or(0, |count| count - 1);
            if left == 0 {
                self.assisting.remove(&key);
            } else {
                self.assisting.insert(key, left);
            }
        }
        self.index_place(before, after);
    }

    /// Where it is, for the search of the nearest.
    fn index_place(&mut self, before: Option<&Resource>, after: &Resource) {
        let spot = |resource: &Resource| {
            let usable = resource.retired.is_none();
            let place = resource.whereabouts().filter(|_| usable)?;
            let kind = (resource.profile.definition.id.clone(), resource.exercise);
            Some((kind, Spot::at(place)))
        };
        let (old, new) = (before.and_then(spot), spot(after));
        if old == new {
            return;
        }
        if let Some((kind, _)) = old
            && let Some(fleet) = self.fleets.get_mut(&kind)
        {
            fleet.remove(&after.id);
            if fleet.is_empty() {
                self.fleets.remove(&kind);
            }
        }
        if let Some((kind, spot)) = new {
            self.fleets.entry(kind).or_default().insert(after.id, spot);
        }
    }
}
