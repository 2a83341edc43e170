//! The agreements of the reference world.

use muster::domain::agreement::{
    Group, Incidents, PlacePrecision, Propose, Shareable, Term, Text, TimePrecision,
};
use muster::domain::marking::Tlp;
use muster::domain::organization::Organization;
use muster::domain::{Command, Id};

use super::world::{Chance, ORGANIZATIONS, kind, sentence, square};

/// How many there are.
pub(crate) const AGREEMENTS: usize = 200;
/// The organization that shows all its incidents to all others, by the first agreement.
pub(crate) const GIVER: usize = 1;

/// One of them, with the numbers of its parties, the proposer first. The first is between all
/// organizations; the others are between some that are drawn, with terms as people write them:
/// most show what it is and where it stands, fewer the place exactly, and few may be passed on.
pub(crate) fn propose(
    number: usize,
    organizations: &[Id<Organization>],
    chance: &mut Chance,
) -> (Vec<usize>, Command) {
    let parties = if number == 0 { all() } else { drawn(parties_of(number), chance) };
    let ids: Vec<_> = parties.iter().filter_map(|n| organizations.get(*n).copied()).collect();
    let terms = if number == 0 {
        vec![first(&ids)]
    } else {
        ids.iter().take(1 + number % 3).map(|giver| term(*giver, &ids, chance)).collect()
    };
    let text = Text {
        title: format!("Agreement {number}"),
        purpose: sentence(chance, 8),
        parties: ids,
        terms,
        starts: None,
        ends: None,
    };
    (parties, Propose { text }.into())
}

/// One more, by which the giver is shown in turn what all others have, as the operations centre of
/// a whole region is. The numbers of the parties, and the proposal of the first of them.
pub(crate) fn show_all(organizations: &[Id<Organization>]) -> (Vec<usize>, Command) {
    let parties = all();
    let ids: Vec<_> = parties.iter().filter_map(|n| organizations.get(*n).copied()).collect();
    let (receives, gives) = ids.split_at(1.min(ids.len()));
    use Shareable::{Incident, Request, Resource, Signal};
    let records = vec![Incident, Signal, Resource, Request];
    let term = Term { gives: gives.to_vec(), receives: receives.to_vec(), records, ..first(&ids) };
    let text = Text {
        title: "All to one".to_owned(),
        purpose: "The operations centre sees what there is".to_owned(),
        parties: ids,
        terms: vec![term],
        starts: None,
        ends: None,
    };
    (parties, Propose { text }.into())
}

const fn parties_of(number: usize) -> usize {
    if number == 0 { ORGANIZATIONS } else { 2 + number % 4 }
}

/// All organizations, the giver first.
fn all() -> Vec<usize> {
    (0..ORGANIZATIONS).map(|n| (n + GIVER) % ORGANIZATIONS).collect()
}

fn drawn(count: usize, chance: &mut Chance) -> Vec<usize> {
    let mut parties = Vec::with_capacity(count);
    while parties.len() < count {
        let party = chance.below(ORGANIZATIONS);
        if !parties.contains(&party) {
            parties.push(party);
        }
    }
    parties
}

fn first(ids: &[Id<Organization>]) -> Term {
    Term {
        gives: ids.iter().take(1).copied().collect(),
        receives: ids.iter().skip(1).copied().collect(),
        records: vec![Shareable::Incident, Shareable::Resource],
        incidents: Incidents::All,
        area: None,
        exercise: None,
        up_to: Tlp::Amber,
        groups: Group::ALL.to_vec(),
        place: PlacePrecision::Exact,
        time: TimePrecision::Exact,
        tells_withheld: false,
        onward: false,
        passes_on: false,
    }
}

fn term(giver: Id<Organization>, ids: &[Id<Organization>], chance: &mut Chance) -> Term {
    let others = Group::ALL.into_iter().filter(|group| *group != Group::Identity);
    let mut groups = vec![Group::Identity];
    groups.extend(others.filter(|_| chance.below(3) > 0));
    Term {
        gives: vec![giver],
        receives: ids.iter().copied().filter(|id| *id != giver).collect(),
        records: vec![
            Shareable::Incident,
            Shareable::Note,
            Shareable::Resource,
            Shareable::Request,
        ],
        incidents: match chance.below(2) {
            0 => Incidents::All,
            _ => Incidents::Kinds(vec![kind(chance), kind(chance)]),
        },
        area: (chance.below(4) == 0).then(|| square(chance)),
        exercise: None,
        up_to: Tlp::Amber,
        groups,
        place: chance.pick(&PlacePrecision::ALL).unwrap_or_default(),
        time: chance.pick(&TimePrecision::ALL).unwrap_or_default(),
        tells_withheld: chance.below(2) == 0,
        onward: chance.below(10) == 0,
        passes_on: chance.below(10) == 0,
    }
}
