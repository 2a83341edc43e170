//! Stand-in until part B lands.
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::mutual_aid::Offer;
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// r
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// r
    pub id: Id<Resource>,
    /// r
    pub owner: Id<Organization>,
    /// r
    pub name: String,
    /// r
    pub exercise: bool,
}
impl World {
    /// r
    #[must_use]
    pub fn resource(&self, _: Id<Resource>) -> Option<&Arc<Resource>> {
        None
    }
    pub(in crate::domain) fn known_resource(
        &self,
        id: Id<Resource>,
    ) -> Result<&Arc<Resource>, Refusal> {
        self.resource(id).ok_or(Refusal::ExerciseMixed)
    }
}
/// r
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Committed {
    /// r
    pub resource: Id<Resource>,
    /// r
    pub incident: Id<Incident>,
    /// r
    pub quantity: u32,
    /// r
    pub offer: Option<Id<Offer>>,
}
impl Apply for Committed {
    fn apply(&self, _: &mut World, _: &Stamp<'_>) {}
    fn touches(&self) -> Vec<RecordRef> {
        vec![]
    }
}
/// r
///
/// # Errors
/// r
pub fn commit(
    _: &World,
    resource: Id<Resource>,
    incident: Id<Incident>,
    quantity: u32,
    offer: Option<Id<Offer>>,
) -> Result<Committed, Refusal> {
    Ok(Committed { resource, incident, quantity, offer })
}

/// r
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionRef {
    /// r
    pub id: String,
    /// r
    pub version: u16,
}
/// r
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// r
    pub definition: DefinitionRef,
    /// r
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// r
    pub quantity: u32,
}
impl World {
    pub(in crate::domain) fn known_definition(&self, _: &DefinitionRef) -> Result<(), Refusal> {
        let _ = self;
        Ok(())
    }
}
