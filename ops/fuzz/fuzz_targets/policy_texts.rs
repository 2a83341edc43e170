//! Any text is adopted as an organization's policies or refused; what is adopted decides about
//! records of that organization and of no other.
#![no_main]

mod county;
#[path = "../../../src/domain/mod.rs"]
mod domain;
#[path = "../../../src/sharing/mod.rs"]
mod sharing;
mod table;

use county::{county, now, view_of};
use domain::policies::Adopt;
use domain::{RecordRef, limits::POLICIES_BYTES_MAX};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (mut table, [(fire, fires), (hospital, hospitals), (water, waters)]) = county();
    let adopt = Adopt { source: text.to_owned() };
    match table.submit(&adopt.into(), Some(fire), now()) {
        Err(refusal) => assert!(!refusal.to_string().is_empty()),
        Ok(_) => assert!(text.len() <= POLICIES_BYTES_MAX),
    }
    for (organization, own, others) in [(hospital, hospitals, waters), (water, waters, hospitals)] {
        let view = view_of(&table, organization);
        assert!(view.incident(own).is_some() && view.incident(others).is_none());
        // It may show them its own, which has to be told why.
        if view.incident(fires).is_some() {
            assert!(!view.explain(RecordRef::Incident(fires)).is_empty());
        }
    }
});
