//! What kind and type is asked for.

use serde::{Deserialize, Serialize};

use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// A kind of resource by its definition, and the type that is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// The definition, such as `engine`.
    pub definition: String,
    /// Its version when the request was written: types may mean something else later.
    pub version: u32,
    /// The least capable type that will do; 1 is the most capable. Any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "type")]
    pub wanted_type: Option<u8>,
}

impl Need {
    pub(super) fn check(&self, world: &World) -> Result<(), Refusal> {
        let _ = world;
        Ok(())
    }
}
