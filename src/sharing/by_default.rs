//! What the hub's default policies say by themselves, found out once for all viewers.
//!
//! They ask what a record is like, and how the viewer's organization stands to it: whether it owns
//! it, whether it takes part in it. They name no organization, incident, hazard or area. So whoever
//! stands alike is answered alike, and where many organizations share a hub, most of them show most
//! others nothing else.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{LazyLock, PoisonError, RwLock};

use uuid::Uuid;

use super::class::Class;
use super::decision::Decision;
use super::policies::ask::{Asked, Asker};
use super::policies::default_set;
use super::viewer::Viewer;
use crate::domain::organization::Organization;
use crate::domain::{Id, Scope};

/// Answers remembered; past that each is found out again.
const ANSWERS_MAX: usize = 50_000;
/// The viewer's organization, whichever it is.
const MINE: Id<Organization> = Id::new(Uuid::max());
/// Any other organization.
const ANOTHERS: Id<Organization> = Id::new(Uuid::nil());

/// How a viewer stands to a record: all that the default policies ask for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Standing {
    organization: Option<Id<Organization>>,
    scopes: Vec<Scope>,
    class: Class,
}

static DECISIONS: LazyLock<RwLock<HashMap<Standing, Decision>>> = LazyLock::new(RwLock::default);
static PERMISSIONS: LazyLock<RwLock<HashMap<(&'static str, Standing), bool>>> =
    LazyLock::new(RwLock::default);

/// What the viewer is shown of a class of records.
pub(super) fn decision(viewer: &Viewer, class: &Class) -> Decision {
    remembered(&DECISIONS, Standing::of(viewer, class), |standing| {
        standing.asked().map_or(Decision::NOTHING, |asked| asked.decide(default_set()))
    })
}

/// Whether the viewer may do something to a class of records.
pub(super) fn permits(viewer: &Viewer, action: &'static str, class: &Class) -> bool {
    let question = (action, Standing::of(viewer, class));
    remembered(&PERMISSIONS, question, |(action, standing)| {
        standing.asked().is_some_and(|asked| asked.may(default_set(), action, None).permitted)
    })
}

impl Standing {
    fn of(viewer: &Viewer, class: &Class) -> Self {
        let own = viewer.organization();
        let is_mine = |organization| own == Some(organization);
        let takes_part = class.participants.into_iter().flatten().any(is_mine);
        let class = Class {
            owner: class.owner.map(|owner| if is_mine(owner) { MINE } else { ANOTHERS }),
            participants: [takes_part.then_some(MINE), None],
            hazard: None,
            incident: None,
            areas: 0,
            ..*class
        };
        Self { organization: own.map(|_| MINE), scopes: viewer.scopes().collect(), class }
    }

    fn asked(&self) -> Option<Asked> {
        let asker = Asker::new(
            self.organization,
            self.organization.as_slice(),
            self.scopes.iter().copied(),
        );
        Asked::new(&asker?, &self.class, &[])
    }
}

/// An answer from a table, found out where it is not there.
fn remembered<Q: Eq + Hash, A: Copy>(
    table: &RwLock<HashMap<Q, A>>,
    question: Q,
    find_out: impl FnOnce(&Q) -> A,
) -> A {
    if let Some(answer) = table.read().unwrap_or_else(PoisonError::into_inner).get(&question) {
        return *answer;
    }
    let answer = find_out(&question);
    let mut table = table.write().unwrap_or_else(PoisonError::into_inner);
    if table.len() < ANSWERS_MAX {
        table.insert(question, answer);
    }
    answer
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::hazard;
    use crate::domain::marking::Tlp;
    use crate::sharing::class::Kind;

    const KINDS: [Kind; 6] = [
        Kind::Incident,
        Kind::Signal,
        Kind::Resource,
        Kind::ResourceRequest,
        Kind::Person,
        Kind::Period,
    ];
    const MARKINGS: [Tlp; 5] = [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red];

    fn organizations() -> impl Strategy<Value = Option<Id<Organization>>> {
        (0..4_u128).prop_map(|n| (n > 0).then(|| Id::new(Uuid::from_u128(n))))
    }

    fn classes() -> impl Strategy<Value = Class> {
        let sorts = (0..KINDS.len(), 0..MARKINGS.len(), any::<[bool; 8]>());
        (sorts, organizations(), organizations(), any::<bool>()).prop_map(
            |((kind, marking, flags), owner, participant, hazard)| {
                let [mine, public, assisting, exercise, serving, commanding, briefed, delegated] =
                    flags;
                Class {
                    owner,
                    participants: [participant, None],
                    marking: MARKINGS[marking],
                    mine,
                    public,
                    assisting,
                    exercise,
                    hazard: hazard.then_some(hazard::Kind::OTHER),
                    incident: None,
                    areas: 1,
                    serving,
                    commanding,
                    briefed,
                    delegated,
                    ..Class::bare(KINDS[kind])
                }
            },
        )
    }

    proptest! {
        #[test]
        fn whoever_stands_alike_is_answered_alike(class in classes(), own in organizations()) {
            let Some(own) = own else { return Ok(()) };
            let viewer = Viewer::of_organization(own);
            // With an organization above it, which may be the owner.
            let above = Id::new(Uuid::from_u128(1));
            let asker = Asker::new(Some(own), &[own, above], viewer.scopes()).unwrap();
            let asked = Asked::new(&asker, &class, &["an area".to_owned()]).unwrap();
            prop_assert_eq!(decision(&viewer, &class), asked.decide(default_set()));
            for action in ["writeNote", "locateIncident", "breakGlass", "assignResource"] {
                let permitted = asked.may(default_set(), action, None).permitted;
                prop_assert_eq!(permits(&viewer, action, &class), permitted);
            }
        }
    }
}
