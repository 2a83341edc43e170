//! Which open incident a message belongs to, and why.
//!
//! What is cheap to ask is asked first: exercise, time, kind and the boxes around the areas, over
//! an index of open incidents; only the few that are left have their outlines compared.

use std::cell::OnceCell;
use std::cmp::Reverse;

use geo::{Area as _, Intersects as _};
use jiff::{SignedDuration, Timestamp};
use muster_contract::MultiPolygon;

use super::circle::Circle;
use super::rule::{Correlate, KindMatch};
use super::{codes, outline, overlap};
use crate::domain::hazard;
use crate::domain::ids::Id;
use crate::domain::incident::{Glance, Incident};
use crate::domain::organization::Organization;
use crate::domain::signal::Signal;
use crate::domain::world::World;

/// A message among what is known when it arrives.
pub(super) struct Scene<'a> {
    pub(super) world: &'a World,
    pub(super) signal: &'a Signal,
    pub(super) kind: hazard::Kind,
    pub(super) now: Timestamp,
    outline: OnceCell<geo::MultiPolygon<f64>>,
}

/// The incident that a message belongs to.
pub(super) struct Match<'a> {
    pub(super) incident: &'a Incident,
    /// Why, in a sentence.
    pub(super) reason: String,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        world: &'a World,
        signal: &'a Signal,
        kind: hazard::Kind,
        now: Timestamp,
    ) -> Self {
        Self { world, signal, kind, now, outline: OnceCell::new() }
    }

    /// The open incident that the message fits best: the same kind before a related one, more
    /// common ground before less, later changed before earlier.
    pub(super) fn best_match(&self, correlate: &Correlate, circle: Circle) -> Option<Match<'a>> {
        let ours = self.near(correlate).filter(|(_, open)| circle.holds(open.owner));
        let mut near: Vec<_> = ours.collect();
        near.sort_by_key(|(id, open)| (Reverse(open.changed_at), **id));
        let incidents = near
            .into_iter()
            .take(circle.outlines_max())
            .filter_map(|(id, open)| Some((self.world.incident(*id)?.as_ref(), open)))
            .filter_map(|(found, open)| Some((found, open, self.common_ground(found, correlate)?)));
        let rank = |incident: &Incident, share: Option<f64>| {
            (incident.kind == self.kind, share.unwrap_or(0.0))
        };
        let (incident, open, share) = incidents.reduce(|best, next| {
            let better = rank(next.0, next.2) > rank(best.0, best.2);
            if better { next } else { best }
        })?;
        let reason = self.reason(incident, open, share.is_some());
        Some(Match { incident, reason })
    }

    /// The organizations that have open incidents which the message may belong to.
    pub(super) fn owners_near(
        &self,
        correlate: &Correlate,
    ) -> impl Iterator<Item = Id<Organization>> {
        self.near(correlate).filter_map(|(_, open)| open.owner)
    }

    fn near(&self, correlate: &Correlate) -> impl Iterator<Item = (&'a Id<Incident>, &'a Glance)> {
        self.world.open_incidents.iter().filter(|(_, open)| self.is_near(open, correlate))
    }

    fn is_near(&self, open: &Glance, correlate: &Correlate) -> bool {
        let kinds_fit = || match correlate.kind {
            KindMatch::Same => open.kind == self.kind,
            KindMatch::Related => open.kind.is_related(self.kind),
            KindMatch::Any => true,
        };
        let boxes_meet = || match (correlate.overlap, self.signal.bounding_box, open.bounding_box) {
            (None, ..) => true,
            (Some(_), Some(a), Some(b)) => a.intersects(&b),
            // Where neither is drawn, the codes are compared.
            (Some(_), a, b) => a.is_none() && b.is_none(),
        };
        open.exercise == self.signal.exercise
            && self.now.duration_since(open.changed_at) <= correlate.within
            && boxes_meet()
            && kinds_fit()
    }

    /// The share of the smaller area that both have in common, if it suffices; nothing inside
    /// when the rule does not ask for it.
    #[expect(clippy::option_option, reason = "not enough, not asked for, and how much are three")]
    fn common_ground(&self, incident: &Incident, correlate: &Correlate) -> Option<Option<f64>> {
        let Some(share_min) = correlate.overlap else { return Some(None) };
        let share = self.share(incident);
        (share > 0.0 && share >= share_min).then_some(Some(share))
    }

    /// The share with the incident or, where that is more, with one that was merged into it: people
    /// merge those whose areas are apart, and what concerns the one then concerns both.
    fn share(&self, incident: &Incident) -> f64 {
        let merged = self.world.merged_into(incident);
        let shares = std::iter::once(incident).chain(merged).map(|one| self.share_of(one));
        shares.fold(0.0, f64::max)
    }

    fn share_of(&self, incident: &Incident) -> f64 {
        if self.signal.bounding_box.is_none() {
            return codes::share(self.world, self.signal, incident);
        }
        let outline = self.outline.get_or_init(|| outline::thinned(&self.signal.area()));
        let Some(perimeter) = &incident.location.perimeter else {
            let inside = incident
                .location
                .point
                .is_some_and(|point| outline.intersects(&geo::Point::new(point.lon, point.lat)));
            return if inside { 1.0 } else { 0.0 };
        };
        let perimeter = outline::thinned(&MultiPolygon::to_geo(perimeter));
        let enclose = |area: &geo::MultiPolygon<f64>| area.unsigned_area() > 0.0;
        if enclose(outline) && enclose(&perimeter) {
            overlap::share(outline, &perimeter)
        } else {
            f64::from(u8::from(outline.intersects(&perimeter)))
        }
    }

    /// The time is that since the last change which all may know of who are shown the incident.
    fn reason(&self, incident: &Incident, open: &Glance, overlaps: bool) -> String {
        let Incident { number, name, .. } = incident;
        let place = match (overlaps, self.signal.bounding_box) {
            (true, Some(_)) => "its area overlaps incident",
            (true, None) => "it names places of incident",
            (false, _) => "it fits incident",
        };
        let apart = in_words(self.now.duration_since(open.changed_at));
        let kinds = kinds_in_words(self.kind, incident.kind);
        format!("{place} {number} {name}, {kinds}, {apart} apart")
    }
}

/// How two kinds stand to each other.
fn kinds_in_words(ours: hazard::Kind, theirs: hazard::Kind) -> String {
    let (our_name, their_name) = (ours.name().to_lowercase(), theirs.name().to_lowercase());
    if ours == theirs {
        format!("both are of the kind {our_name}")
    } else if ours.is_within(theirs) {
        format!("{our_name} is a kind of {their_name}")
    } else if theirs.is_within(ours) {
        format!("{their_name} is a kind of {our_name}")
    } else {
        format!("this is {our_name} and that is {their_name}")
    }
}

/// A length of time in the unit that people would use.
fn in_words(time: SignedDuration) -> String {
    let minutes = time.as_mins().unsigned_abs();
    match minutes {
        0 => "less than a minute".to_owned(),
        1 => "1 minute".to_owned(),
        2..=119 => format!("{minutes} minutes"),
        120..=2_879 => format!("{} hours", minutes / 60),
        _ => format!("{} days", minutes / 1_440),
    }
}
