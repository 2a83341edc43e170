//! The nearest resources that somebody may see.

use muster_contract::Position;

use super::{Seen, View, precision};
use crate::domain::agreement::{Group, PlacePrecision, Shareable};
use crate::domain::resource::{Definition, Resource};

/// What is searched for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The kind, and what its types mean.
    pub definition: &'a Definition,
    /// The NIMS type, at least; any when absent.
    pub level: Option<u8>,
    /// Only what can be committed now.
    pub free: bool,
    /// For an exercise, or for reality.
    pub exercise: bool,
}

impl View {
    /// The nearest resources to a place that fit, with the distance in metres, the nearest first.
    ///
    /// Everything is judged by what the viewer is shown: distances go from the place as exactly as
    /// it is shown, and what is withheld answers no question. Who is not shown where a resource is,
    /// or whether it is free when that is asked, does not find it.
    #[must_use]
    pub fn nearest(
        &self,
        wanted: Wanted<'_>,
        from: Position,
        count: usize,
    ) -> Vec<(Seen<Resource>, f64)> {
        let Wanted { definition, level, free, exercise } = wanted;
        let shown = |resource: &Resource| {
            // What does not depend on the viewer is asked first: it costs least.
            if free && resource.free() == 0 {
                return None;
            }
            let seen = self.resource(resource.id)?;
            let counts = (!free || seen.is_free() == Some(true)) && seen.fits(definition, level);
            seen.whereabouts().filter(|_| counts)
        };
        let kind = (definition.id.as_str(), exercise);
        let found = self.world().nearest(kind, from, count, self.places_off(), shown);
        found.into_iter().filter_map(|(id, metres)| Some((self.resource(id)?, metres))).collect()
    }

    /// The most by which any place of a resource is shown to be elsewhere. Policies that were
    /// written by hand may show places as coarsely as there is.
    fn places_off(&self) -> f64 {
        let world = self.world();
        let handwritten = world.policies().any(|policies| !policies.source.is_empty());
        let terms = world.agreements().flat_map(|agreement| &agreement.text.terms);
        let coarse = terms.filter(|term| {
            term.records.contains(&Shareable::Resource) && term.groups.contains(&Group::Place)
        });
        let coarsest = coarse.map(|term| term.place).max();
        let coarsest = if handwritten { Some(PlacePrecision::County) } else { coarsest };
        coarsest.map_or(0.0, precision::metres_off_max)
    }
}
