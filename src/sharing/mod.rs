//! The only way by which anybody is shown anything.
//!
//! A [`View`] is the World as one viewer may see it. GraphQL, subscriptions, exports and map layers
//! are handed Views and never a World: no resolver can show what the View does not disclose,
//! because it has nothing else to show. A test on imports holds this.
//!
//! Example: Memorial Hospital asks for the picture. Its View walks the World, and for each record
//! looks up the [`Decision`] on the record's disclosure class: which groups of fields, how exactly.
//! What is not shown is not there: not in the list, not in the counts, not in an error message.
//!
//! ```text
//!  record ──> class ──┐
//!                     ├──> table of (viewer, class) ──> decision ──> Seen, field by field
//!  agreements ──> Cedar ─┘  filled by asking Cedar once
//! ```
//!
//! - [`class`](self): what policies can know of a record; `policies`: what is in force, as Cedar
//! - `clearance`: the table; `by_default`: what stands in it where nothing was agreed, once for all;
//!   [`decision`](Decision); `precision`: places and times made coarse
//! - `records`: which records of each kind a View has; [`seen`]: records field by field;
//!   `in_words`: agreements in plain language
//! - `explain`: why something is shown or not; `eyes`: the picture as somebody else sees it;
//!   `simulate`: who would see what if something were agreed or ended
//! - `cop`: the picture; `atlas`: where its records lie; `nearest`: what is near that fits
//! - `attention`: what wants a viewer's attention, over all incidents
//! - `authority`: who may do what, by the same policies

mod atlas;
mod attention;
pub mod authority;
mod beside;
mod by_default;
mod class;
mod clearance;
mod cop;
mod decision;
mod explain;
mod eyes;
mod in_words;
mod nearest;
mod of_record;
mod policies;
mod precision;
mod reads;
mod records;
mod same;
pub mod seen;
mod simulate;
mod telling;
#[cfg(test)]
pub(crate) mod tests;
mod viewer;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use jiff::Timestamp;

use crate::domain::{Seq, World};
use atlas::Atlas;
use class::Classified;
use clearance::Clearance;
use explain::Because;
use policies::Policies;

pub use crate::domain::world::TimelineItem;
pub use attention::Concern;
pub use clearance::Judged;
pub use cop::{Cop, CopCounts, CopFilter, CopRecord, RecordKind};
pub use decision::Decision;
pub use explain::{Explanation, Source};
pub use nearest::Wanted;
pub use seen::{Seen, SeenCommitment, SeenPar};
pub use simulate::{Change, SIGHTS_MAX, Sight as SimulatedSight, Simulation, Totals};
pub use telling::{Prospect, SeenPreview};
pub use viewer::Viewer;

/// Viewers whose clearances are remembered; when there are more, all are found out again.
const CLEARANCES_MAX: usize = 10_000;

/// The policies in force with what was found out by them. One for a hub; it can be dropped at any
/// time, since all of it follows from the World.
#[derive(Default)]
pub struct Sharing {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    policies: Option<Arc<Policies>>,
    /// By viewer, each with the number of boundaries in time that had passed when it was made.
    clearances: HashMap<Arc<Viewer>, (usize, Arc<Clearance>)>,
    /// Of the World that was looked at last.
    atlas: Option<(Weak<World>, Arc<OnceLock<Atlas>>)>,
}

/// The World as one viewer may see it, at one moment. Clones share everything.
#[derive(Clone)]
pub struct View(Arc<Sight>);

/// What a View shares with its clones: one pointer to follow, since every record shown holds it.
struct Sight {
    world: Arc<World>,
    /// The World of today, where the View is of the past: what is hidden today is hidden in the
    /// past too.
    today: Option<Arc<World>>,
    clearance: Arc<Clearance>,
    /// Where the records of the World lie, for all who look at it.
    atlas: Arc<OnceLock<Atlas>>,
    /// Who looks through the viewer's eyes, and is not shown more than they may see themselves.
    through: Option<View>,
}

impl Sharing {
    /// What the viewer may see of a World now.
    #[must_use]
    pub fn view(&self, world: Arc<World>, viewer: &Arc<Viewer>, now: Timestamp) -> View {
        let clearance = self.clearance(&world, viewer, now);
        let atlas = self.atlas(&world);
        View(Arc::new(Sight { world, today: None, clearance, atlas, through: None }))
    }

    /// What the viewer may see of a past World, by the policies of today.
    #[must_use]
    pub fn view_of_past(
        &self,
        past: Arc<World>,
        today: Arc<World>,
        viewer: &Arc<Viewer>,
        now: Timestamp,
    ) -> View {
        let clearance = self.clearance(&today, viewer, now);
        let (today, atlas) = (Some(today), Arc::default());
        View(Arc::new(Sight { world: past, today, clearance, atlas, through: None }))
    }

    /// The same moment of the log, judged by a later time.
    pub(crate) fn judged_again(&self, view: &View, now: Timestamp) -> View {
        self.view(Arc::clone(&view.0.world), view.viewer(), now)
    }

    /// The viewer under the policies of a World. They are read again when they changed, and judged
    /// again when a term began or ended since.
    fn clearance(&self, world: &World, viewer: &Arc<Viewer>, now: Timestamp) -> Arc<Clearance> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let current = kept.policies.as_ref();
        // Somebody who still holds an older World is judged by the newest policies that are known.
        let known = current.filter(|known| known.changed_at() >= world.policies_changed_at());
        let policies = known
            .cloned()
            .unwrap_or_else(|| Arc::new(Policies::of(world, current.map(AsRef::as_ref))));
        kept.policies = Some(Arc::clone(&policies));
        let passed = policies.boundaries_passed(now);
        let before = kept.clearances.get(viewer);
        if let Some((then, clearance)) = before
            && *then == passed
            && Arc::ptr_eq(&clearance.policies, &policies)
        {
            return Arc::clone(clearance);
        }
        let before = before.map(|(_, clearance)| clearance.as_ref());
        let clearance = Arc::new(Clearance::new(Arc::clone(viewer), policies, now, before));
        if kept.clearances.len() >= CLEARANCES_MAX {
            kept.clearances.clear();
        }
        kept.clearances.insert(Arc::clone(viewer), (passed, Arc::clone(&clearance)));
        clearance
    }
}

impl View {
    /// The last log entry in it, which is also its cursor.
    #[must_use]
    pub fn seq(&self) -> Seq {
        self.world().seq()
    }

    /// When that entry was recorded.
    #[must_use]
    pub fn at_time(&self) -> Timestamp {
        self.world().at()
    }

    /// Who looks.
    #[must_use]
    pub fn viewer(&self) -> &Arc<Viewer> {
        &self.0.clearance.viewer
    }

    /// Whether both are judged by the same policies, with the same terms in force.
    #[must_use]
    pub fn is_judged_like(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0.clearance, &other.0.clearance)
    }

    /// How many terms have begun or ended so far. Together with the log entry it tells by what the
    /// View is judged.
    #[must_use]
    pub fn boundaries_passed(&self) -> usize {
        self.0.clearance.boundaries_passed()
    }

    /// By what it is judged.
    #[must_use]
    pub fn judged(&self) -> Judged {
        self.0.clearance.judged()
    }

    /// The next moment, after the one for which this View was judged, at which a term begins or
    /// ends, whoever it is for.
    #[must_use]
    pub fn next_boundary(&self) -> Option<Timestamp> {
        self.0.clearance.next_boundary()
    }

    /// A past World as the viewer was shown it, by its own policies: when it came to be, and from
    /// each moment up to now at which a term began or ended.
    pub(crate) fn alone(past: &Arc<World>, viewer: &Arc<Viewer>, now: Timestamp) -> Vec<Self> {
        let policies = Arc::new(Policies::of(past, None));
        let later = policies.boundaries_between(past.at(), now).iter().copied();
        let moments = std::iter::once(past.at()).chain(later);
        let judged_at = |moment| {
            let (viewer, policies) = (Arc::clone(viewer), Arc::clone(&policies));
            let clearance = Arc::new(Clearance::new(viewer, policies, moment, None));
            let (world, atlas) = (Arc::clone(past), Arc::default());
            Self(Arc::new(Sight { world, today: None, clearance, atlas, through: None }))
        };
        moments.map(judged_at).collect()
    }

    /// What there is, seen or not. It does not leave this module.
    fn world(&self) -> &World {
        &self.0.world
    }

    fn atlas(&self) -> &Atlas {
        self.0.atlas.get_or_init(|| Atlas::of(self.world()))
    }

    /// What the viewer is shown of a record of this View's World.
    fn decision<T: Classified + ?Sized>(&self, record: &T) -> Decision {
        self.decision_in(record, self.world())
    }

    fn decision_in<T: Classified + ?Sized>(&self, record: &T, world: &World) -> Decision {
        match &self.0.through {
            None => self.0.clearance.decision(record, world),
            Some(asker) => asker.narrow(&self.0.clearance, record, world),
        }
    }
}
