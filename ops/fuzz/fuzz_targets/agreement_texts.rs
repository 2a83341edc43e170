//! Any agreement is proposed or refused; once all have signed, nobody sees what no term of it gives
//! them.
#![no_main]

mod county;
#[path = "../../../src/domain/mod.rs"]
mod domain;
#[path = "../../../src/sharing/mod.rs"]
mod sharing;
mod table;

use county::{county, now, view_of};
use domain::RecordRef;
use domain::agreement::{Propose, Sign, Text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|json: &str| {
    let Ok(text) = serde_json::from_str::<Text>(json) else { return };
    let (mut table, ones) = county();
    let parties = text.parties.clone();
    let gives = |from, to| {
        text.terms.iter().any(|term| term.gives.contains(&from) && term.receives.contains(&to))
    };
    let passes_on = text.terms.iter().any(|term| term.passes_on || term.onward);
    let proposed =
        table.submit(&Propose { text: text.clone() }.into(), parties.first().copied(), now());
    let Ok(RecordRef::Agreement(agreement)) = proposed else { return };
    for party in parties {
        // The proposer may have signed by proposing.
        drop(table.submit(&Sign { agreement }.into(), Some(party), now()));
    }
    for (viewer, own) in ones {
        let view = view_of(&table, viewer);
        assert!(view.incident(own).is_some(), "everybody sees their own");
        for (owner, incident) in ones.into_iter().filter(|(owner, _)| *owner != viewer) {
            let shown = view.incident(incident).is_some();
            assert!(!shown || gives(owner, viewer) || passes_on, "{owner} to {viewer}");
        }
        if let Some(seen) = view.agreement(agreement) {
            assert!(seen.in_words().len() >= text.terms.len());
        }
    }
});
