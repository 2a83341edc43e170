//! What was given to one is not passed to another, unless both said so.

use super::story::{Story, chief, open};
use crate::domain::RecordRef;
use crate::domain::agreement::{Group, PlacePrecision, Term, TimePrecision};
use crate::domain::incident::ChangeLead;
use crate::domain::marking::{Mark, Tlp};
use crate::sharing::Decision;

/// What C is shown of an incident of A, when A gives B and B gives C by these terms.
fn shown(marking: Tlp, a_to_b: impl Fn(&mut Term), b_to_c: impl Fn(&mut Term)) -> Decision {
    let mut story = Story::new();
    for code in ["A", "B", "C"] {
        story.organization(code, &[]);
    }
    let incident = story.incident(&chief("A"), open("fire", "flood"));
    let (record, reason) = (RecordRef::Incident(incident), "as told".to_owned());
    story.must(&chief("A"), Mark { record, tlp: marking, reason });
    let (mut first, mut second) = (story.term("A", "B"), story.term("B", "C"));
    a_to_b(&mut first);
    b_to_c(&mut second);
    story.agree(None, vec![first]);
    story.agree(None, vec![second]);
    assert!(story.view(&chief("B")).incident(incident).is_some(), "B is given it");
    let seen = story.view(&chief("C")).incident(incident);
    seen.map_or(Decision::NOTHING, |seen| seen.decision())
}

#[test]
fn nothing_is_passed_on_unless_the_giver_allows_it_and_the_receiver_does_it() {
    for (onward, passes_on) in [(false, false), (true, false), (false, true)] {
        let decision =
            shown(Tlp::Green, |term| term.onward = onward, |term| term.passes_on = passes_on);
        assert_eq!(decision, Decision::NOTHING, "onward {onward}, passes on {passes_on}");
    }
    let decision = shown(Tlp::Green, |term| term.onward = true, |term| term.passes_on = true);
    assert!(Group::ALL.into_iter().all(|group| decision.shows(group)));
}

#[test]
fn what_is_passed_on_is_what_both_terms_show_as_exactly_as_the_coarser() {
    let decision = shown(
        Tlp::Green,
        |term| {
            term.onward = true;
            term.groups = vec![Group::Identity, Group::Status, Group::Place, Group::History];
            term.place = PlacePrecision::Kilometre;
            term.time = TimePrecision::Minute;
        },
        |term| {
            term.passes_on = true;
            term.groups = vec![Group::Identity, Group::Command, Group::Place, Group::History];
            term.place = PlacePrecision::Street;
            term.time = TimePrecision::Hour;
        },
    );
    let groups: Vec<_> = Group::ALL.into_iter().filter(|group| decision.shows(*group)).collect();
    assert_eq!(groups, [Group::Identity, Group::Place, Group::History]);
    assert_eq!(decision.place(), Some(PlacePrecision::Kilometre));
    assert_eq!(decision.time(), Some(TimePrecision::Hour));
}

#[test]
fn amber_is_not_passed_on_whatever_the_terms_say() {
    for (tlp, passed_on) in [(Tlp::Clear, true), (Tlp::Green, true), (Tlp::Amber, false)] {
        let decision = shown(tlp, |term| term.onward = true, |term| term.passes_on = true);
        assert_eq!(decision.is_shown(), passed_on, "{}", tlp.label());
    }
}

#[test]
fn what_is_passed_on_is_not_passed_on_again() {
    let mut story = Story::new();
    for code in ["A", "B", "C", "D"] {
        story.organization(code, &[]);
    }
    let incident = story.incident(&chief("A"), open("fire", "flood"));
    for (giver, receiver) in [("A", "B"), ("B", "C"), ("C", "D")] {
        let term = Term { onward: true, passes_on: true, ..story.term(giver, receiver) };
        story.agree(None, vec![term]);
    }
    assert!(story.view(&chief("C")).incident(incident).is_some());
    assert!(story.view(&chief("D")).incident(incident).is_none());
}

/// Handing over the lead gives the decision away too: it is shown to whom the new owner shows its
/// own.
#[test]
fn who_takes_the_lead_decides_and_the_one_before_still_sees() {
    let mut story = Story::new();
    for code in ["A", "B", "C"] {
        story.organization(code, &[]);
    }
    let (lead, incident) = (story.id("B"), story.incident(&chief("A"), open("fire", "flood")));
    let terms = vec![story.term("A", "B")];
    story.agree(None, terms);
    let terms = vec![story.term("B", "C")];
    story.agree(None, terms);
    assert!(story.view(&chief("C")).incident(incident).is_none());
    story.must(&chief("A"), ChangeLead { incident, lead, reason: "theirs".into() });
    for code in ["A", "B", "C"] {
        assert!(story.view(&chief(code)).incident(incident).is_some(), "{code}");
    }
}
