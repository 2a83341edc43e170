//! Any text is a scenario or has mistakes with their lines; a scenario plays to its end.
#![no_main]

#[path = "../../../src/domain/mod.rs"]
mod domain;
#[path = "../../../src/scenario/mod.rs"]
mod scenario;
mod table;

use std::sync::Arc;

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use scenario::{Player, Scenario, Speed};
use table::Table;

fuzz_target!(|text: &str| {
    let scenario = match Scenario::parse(text) {
        Err(mistakes) => return assert!(!mistakes.to_string().is_empty()),
        Ok(scenario) => scenario,
    };
    let began: Timestamp = "2026-03-01T12:00:00Z".parse().expect("it is a time");
    let mut table = Table::default();
    for register in scenario.registrations() {
        // The hub may find fault with a name that is empty; its steps are left out then.
        let _ = table.submit(&register.into(), None, began);
    }
    let organizations = table.world.organizations().map(|o| (o.profile.code.clone(), o.id));
    let organizations = organizations.collect();
    let mut player = Player::new(Arc::new(scenario), organizations, began, Speed::default());
    while let Some(now) = player.due() {
        let Some(due) = player.next(now) else { continue };
        if let Ok(subject) = table.submit(&due.command, Some(due.actor.organization), now) {
            player.answered(due.step, subject);
        }
    }
    assert!(table.world.incidents().all(|incident| incident.exercise));
    assert!(table.world.signals().all(|signal| signal.exercise));
});
