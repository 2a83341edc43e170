//! What a viewer is shown of a record: which groups of fields, how exactly.

use crate::domain::agreement::{Group, PlacePrecision, TimePrecision};

/// What is shown of a record. Small enough to be handed around by value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Decision {
    groups: u16,
    place: PlacePrecision,
    time: TimePrecision,
    tells_withheld: bool,
}

impl Decision {
    /// Nothing at all: the record does not exist for the viewer.
    pub const NOTHING: Self = Self {
        groups: 0,
        place: PlacePrecision::County,
        time: TimePrecision::Day,
        tells_withheld: false,
    };

    /// Whether the record exists for the viewer.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        self.shows(Group::Identity)
    }

    /// Whether a group of fields is shown.
    #[must_use]
    pub const fn shows(self, group: Group) -> bool {
        self.groups & bit(group) != 0
    }

    /// How exactly the place is shown; none when it is withheld.
    #[must_use]
    pub fn place(self) -> Option<PlacePrecision> {
        self.shows(Group::Place).then_some(self.place)
    }

    /// How exactly times are shown; none when they are withheld.
    #[must_use]
    pub fn time(self) -> Option<TimePrecision> {
        self.shows(Group::History).then_some(self.time)
    }

    /// The groups that are withheld, as far as the viewer may know of them.
    #[must_use]
    pub fn withheld(self) -> Vec<Group> {
        let hidden = |group: &Group| self.tells_withheld && !self.shows(*group);
        Group::ALL.into_iter().filter(hidden).collect()
    }

    /// The same with a group shown.
    pub(super) const fn with(self, group: Group) -> Self {
        Self { groups: self.groups | bit(group), ..self }
    }

    pub(super) const fn with_place(self, place: PlacePrecision) -> Self {
        Self { place, ..self.with(Group::Place) }
    }

    pub(super) const fn with_time(self, time: TimePrecision) -> Self {
        Self { time, ..self.with(Group::History) }
    }

    pub(super) const fn telling_withheld(self, tells_withheld: bool) -> Self {
        Self { tells_withheld, ..self }
    }

    /// What either shows.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            groups: self.groups | other.groups,
            place: finer(self.place(), other.place()).unwrap_or(PlacePrecision::County),
            time: finer(self.time(), other.time()).unwrap_or(TimePrecision::Day),
            tells_withheld: self.tells_withheld || other.tells_withheld,
        }
    }

    /// What both show, as exactly as the less exact of them.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            groups: self.groups & other.groups,
            place: self.place.max(other.place),
            time: self.time.max(other.time),
            tells_withheld: self.tells_withheld && other.tells_withheld,
        }
    }
}

/// The smaller of those that there are.
fn finer<T: Ord>(mine: Option<T>, theirs: Option<T>) -> Option<T> {
    mine.into_iter().chain(theirs).min()
}

const fn bit(group: Group) -> u16 {
    1 << group as u16
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decisions() -> impl Strategy<Value = Decision> {
        (0u16..512, 0usize..4, 0usize..4, any::<bool>()).prop_map(|(groups, place, time, tells)| {
            let shown = Group::ALL.into_iter().filter(|group| groups & bit(*group) != 0);
            shown
                .fold(Decision::NOTHING, |decision, group| match group {
                    Group::Place => decision.with_place(PlacePrecision::ALL[place]),
                    Group::History => decision.with_time(TimePrecision::ALL[time]),
                    group => decision.with(group),
                })
                .telling_withheld(tells)
        })
    }

    proptest! {
        #[test]
        fn what_both_show_is_never_more_than_either(a in decisions(), b in decisions()) {
            let both = a.and(b);
            for group in Group::ALL {
                prop_assert_eq!(both.shows(group), a.shows(group) && b.shows(group));
            }
            prop_assert!(both.place().is_none_or(|p| Some(p) >= a.place() && Some(p) >= b.place()));
            prop_assert!(both.time().is_none_or(|t| Some(t) >= a.time() && Some(t) >= b.time()));
        }

        #[test]
        fn what_either_shows_is_as_exact_as_the_more_exact(a in decisions(), b in decisions()) {
            let either = a.or(b);
            let best = |x: Option<PlacePrecision>, y: Option<PlacePrecision>| {
                [x, y].into_iter().flatten().min()
            };
            prop_assert_eq!(either.place(), best(a.place(), b.place()));
            prop_assert_eq!(either.or(a), either);
        }
    }
}
