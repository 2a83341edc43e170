//! Three organizations with an incident each, none of which shows the others anything.

use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::incident::{Incident, Open};
use crate::domain::organization::{Kind, Organization, Profile, Register};
use crate::domain::place::Location;
use crate::domain::{Id, Principal, RecordRef, Scope, hazard};
use crate::sharing::{Sharing, View, Viewer};
use crate::table::Table;

/// An organization with its incident.
pub type One = (Id<Organization>, Id<Incident>);

/// When everything happens.
pub fn now() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().expect("it is a time")
}

/// The fire department, the hospital and the waterworks.
pub fn county() -> (Table, [One; 3]) {
    let mut table = Table::default();
    let ones = ["HFD", "MEM", "WTR"].map(|code| add(&mut table, code));
    (table, ones)
}

fn add(table: &mut Table, code: &str) -> One {
    let profile = Profile {
        code: code.into(),
        name: code.into(),
        kind: Kind::Fire,
        jurisdiction: None,
        parents: Vec::new(),
    };
    let registered = table.submit(&Register { profile }.into(), None, now());
    let Ok(RecordRef::Organization(organization)) = registered else { unreachable!() };
    let open = Open {
        name: code.into(),
        kind: hazard::Kind::from_code("flood").expect("it is a kind"),
        confirmed: true,
        location: Location { name: Some(code.into()), ..Location::default() },
        complexity: None,
        lead: None,
        parent: None,
        signal: None,
        exercise: false,
    };
    let opened = table.submit(&open.into(), Some(organization), now());
    let Ok(RecordRef::Incident(incident)) = opened else { unreachable!() };
    (organization, incident)
}

/// What somebody of an organization may see.
pub fn view_of(table: &Table, organization: Id<Organization>) -> View {
    let code = table.world.organization(organization).map(|o| o.profile.code.clone());
    let principal = Principal::new("kim", code, vec![Scope::Read]);
    let viewer = Arc::new(Viewer::of(&principal, &table.world));
    Sharing::default().view(Arc::new(table.world.clone()), &viewer, now())
}
