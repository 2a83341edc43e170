//! Resources that organizations help each other with.

use std::collections::BTreeMap;

use muster::domain::resource::{DefinitionRef, Grouping, Profile, Register};

/// What registers a Type 3 engine of the acting organization.
pub(crate) fn engine(name: &str) -> Register {
    let profile = Profile {
        name: name.to_owned(),
        definition: DefinitionRef { id: "fire-engine".to_owned(), version: 1 },
        level: Some(3),
        grouping: Grouping::SingleResource,
        members: Vec::new(),
        leader: None,
        home: None,
        crew: None,
        capabilities: BTreeMap::new(),
        rates: Vec::new(),
    };
    Register { owner: None, profile, held: None, exercise: false }
}
