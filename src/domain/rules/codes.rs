//! How much ground two messages have in common that draw none and name it by codes.
//!
//! Example: a watch for the counties SAME 006029 and 006107, and an hour later a warning for 006107,
//! where no table is at hand that says where these are.

use std::collections::BTreeSet;

use crate::domain::incident::Incident;
use crate::domain::signal::Signal;
use crate::domain::world::World;

/// Messages of an incident whose codes are compared, the latest first.
const SIGNALS_COMPARED_MAX: usize = 16;

/// The share of the codes of the one that names fewer which a message has in common with one that an
/// incident has: 0 to 1. What others attached for themselves does not count.
pub(super) fn share(world: &World, signal: &Signal, incident: &Incident) -> f64 {
    let ours = signal.geocodes();
    if ours.is_empty() {
        return 0.0;
    }
    let known = world.signals_of(incident.id).filter(|known| incident.is_beside(known.owner));
    let mut known: Vec<_> = known.collect();
    known.sort_unstable_by_key(|known| std::cmp::Reverse(known.revision.created));
    let compared = known.into_iter().take(SIGNALS_COMPARED_MAX);
    compared.map(|known| share_of(&ours, &known.geocodes())).fold(0.0, f64::max)
}

fn share_of(a: &BTreeSet<(&str, &str)>, b: &BTreeSet<(&str, &str)>) -> f64 {
    let fewer = u32::try_from(a.len().min(b.len())).unwrap_or(u32::MAX);
    let common = u32::try_from(a.intersection(b).count()).unwrap_or(u32::MAX);
    if fewer > 0 { f64::from(common) / f64::from(fewer) } else { 0.0 }
}
