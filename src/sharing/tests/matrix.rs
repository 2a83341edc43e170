//! Who is shown what, as tables that a duty officer can read.

use std::fmt::Write as _;

use muster_contract::alert;

use super::fields::{decision, fields};
use super::story::{Story, chief, message, open, somebody};
use crate::domain::agreement::{
    End, Group, Incidents, PlacePrecision, Shareable, Term, TimePrecision,
};
use crate::domain::incident::{ChangeLead, Incident};
use crate::domain::journal::Write;
use crate::domain::marking::{Mark, Tlp};
use crate::domain::person;
use crate::domain::{Id, Principal, RecordRef, Scope, hazard};
use crate::sharing::View;

/// Fire leads, county helps, a station of county belongs to it; strangers do not.
fn town() -> (Story, Vec<(&'static str, RecordRef)>) {
    let mut story = Story::new();
    for code in ["FIRE", "POLICE", "COUNTY", "STRANGER"] {
        story.organization(code, &[]);
    }
    story.organization("STATION", &["COUNTY"]);
    let (fire, police) = (chief("FIRE"), chief("POLICE"));

    // What the police opened for the fire department to lead.
    let lead = story.id("FIRE");
    let begun = story.incident(&police, open("begun", "flood"));
    story.must(&police, ChangeLead { incident: begun, lead, reason: "theirs".into() });
    let flood = story.incident(&fire, open("flood", "flood"));
    let wild = story.incident(&fire, open("wild", "wildland-fire"));
    let arson = story.incident(&fire, open("arson", "wildland-fire"));
    let mark = |record, tlp| Mark { record, tlp, reason: "so it is".into() };
    story.must(&fire, mark(RecordRef::Incident(wild), Tlp::Amber));
    story.must(&fire, mark(RecordRef::Incident(arson), Tlp::AmberStrict));
    let note =
        |tlp| Write { incident: flood, text: "the roof".into(), log_of: None, corrects: None, tlp };
    let (note, red) = (story.must(&fire, note(None)), story.must(&fire, note(Some(Tlp::Red))));
    let now = story.now;
    let panel = story.must(&fire, message("panel", alert::Scope::Private, now));
    let public = story.must(&Principal::hub(), message("siren", alert::Scope::Public, now));
    let everybodys = RecordRef::Incident(story.incident(&Principal::hub(), open("all", "flood")));
    let person = story.must(&fire, person::Register { name: "Kim".into() });
    let incident = |id: Id<Incident>| RecordRef::Incident(id);
    let records = vec![
        ("begun by police", incident(begun)),
        ("flood", incident(flood)),
        ("wildfire, AMBER", incident(wild)),
        ("arson, STRICT", incident(arson)),
        ("note", note),
        ("note, RED", red),
        ("private signal", panel),
        ("public signal", public),
        ("nobody's incident", everybodys),
        ("person", person),
    ];
    (story, records)
}

/// The groups in letters, with the exactness of places and times; a dot for what does not exist.
fn cell(view: &View, record: RecordRef) -> String {
    let decision = decision(view, record);
    // Nothing comes out of a field whose group is withheld.
    for (name, group, value) in fields(view, record).into_iter().flatten() {
        assert!(value.is_none() || decision.shows(group), "{name} shows {value:?}");
    }
    if !decision.is_shown() {
        return ".".into();
    }
    let letters = ["I", "S", "A", "P", "L", "C", "W", "O", "T"];
    let mut cell = String::new();
    for (group, letter) in Group::ALL.into_iter().zip(letters) {
        if decision.shows(group) {
            cell += letter;
        }
        if group == Group::Place && !matches!(decision.place(), None | Some(PlacePrecision::Exact))
        {
            cell += "~";
        }
        if group == Group::History && !matches!(decision.time(), None | Some(TimePrecision::Exact))
        {
            cell += "~";
        }
    }
    if decision.withheld().is_empty() { cell } else { cell + "?" }
}

fn table(rows: &[(String, View)], records: &[(&str, RecordRef)]) -> String {
    let mut table = String::new();
    let names: Vec<_> = records.iter().map(|(name, _)| format!("{name:<17}")).collect();
    writeln!(table, "| {:<38} | {} |", "", names.join(" | ")).unwrap();
    for (name, view) in rows {
        let cells: Vec<_> =
            records.iter().map(|(_, record)| format!("{:<17}", cell(view, *record))).collect();
        writeln!(table, "| {name:<38} | {} |", cells.join(" | ")).unwrap();
    }
    table
}

fn viewers(story: &Story) -> Vec<(String, View)> {
    use Scope::{Audit, Operate, Read, Write};
    let who = [
        ("fire, which owns", chief("FIRE")),
        ("police, which took part", chief("POLICE")),
        ("county, the partner", chief("COUNTY")),
        ("a station of county", chief("STATION")),
        ("a stranger on the hub", chief("STRANGER")),
        ("somebody at fire without read", somebody(Some("FIRE"), &[Write])),
        ("whoever runs the hub", somebody(None, &[Read, Write, Operate])),
        ("an auditor", somebody(None, &[Read, Audit])),
    ];
    who.into_iter().map(|(name, who)| (name.to_owned(), story.view(&who))).collect()
}

/// I identity, S status, A assessment, P place, L who leads, C connections, W words, O origin,
/// T times; ~ coarse; ? is told that more is withheld; a dot: does not exist.
#[test]
fn without_an_agreement_everybody_sees_their_own_and_what_is_public() {
    let (story, records) = town();
    insta::assert_snapshot!(table(&viewers(&story), &records), @r#"
    |                                        | begun by police   | flood             | wildfire, AMBER   | arson, STRICT     | note              | note, RED         | private signal    | public signal     | nobody's incident | person            |
    | fire, which owns                       | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         |
    | police, which took part                | ISAPLCWOT         | .                 | .                 | .                 | .                 | .                 | .                 | ISAPLCWOT         | ISAPLCWOT         | .                 |
    | county, the partner                    | .                 | .                 | .                 | .                 | .                 | .                 | .                 | ISAPLCWOT         | ISAPLCWOT         | .                 |
    | a station of county                    | .                 | .                 | .                 | .                 | .                 | .                 | .                 | ISAPLCWOT         | ISAPLCWOT         | .                 |
    | a stranger on the hub                  | .                 | .                 | .                 | .                 | .                 | .                 | .                 | ISAPLCWOT         | ISAPLCWOT         | .                 |
    | somebody at fire without read          | .                 | .                 | .                 | .                 | .                 | .                 | .                 | .                 | .                 | .                 |
    | whoever runs the hub                   | .                 | .                 | .                 | .                 | .                 | .                 | .                 | ISAPLCWOT         | ISAPLCWOT         | .                 |
    | an auditor                             | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | .                 | ISAPLCWOT         | .                 | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         |
    "#);
}

#[test]
fn under_an_agreement_on_everything_only_the_partner_and_its_stations_see_more() {
    let (mut story, records) = town();
    let terms = vec![story.term("FIRE", "COUNTY")];
    story.agree(None, terms);
    insta::assert_snapshot!(table(&viewers(&story), &records), @r#"
    |                                        | begun by police   | flood             | wildfire, AMBER   | arson, STRICT     | note              | note, RED         | private signal    | public signal     | nobody's incident | person            |
    | fire, which owns                       | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         |
    | police, which took part                | ISAPLCWOT         | .                 | .                 | .                 | .                 | .                 | .                 | ISAPLCWOT         | ISAPLCWOT         | .                 |
    | county, the partner                    | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | .                 | ISAPLCWOT         | .                 | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         |
    | a station of county                    | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | .                 | ISAPLCWOT         | .                 | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         |
    | a stranger on the hub                  | .                 | .                 | .                 | .                 | .                 | .                 | .                 | ISAPLCWOT         | ISAPLCWOT         | .                 |
    | somebody at fire without read          | .                 | .                 | .                 | .                 | .                 | .                 | .                 | .                 | .                 | .                 |
    | whoever runs the hub                   | .                 | .                 | .                 | .                 | .                 | .                 | .                 | ISAPLCWOT         | ISAPLCWOT         | .                 |
    | an auditor                             | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | .                 | ISAPLCWOT         | .                 | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         |
    "#);
}

#[test]
fn each_kind_of_agreement_shows_the_partner_what_it_says() {
    type Change = fn(&mut Term);
    let kinds: [(&str, Change); 8] = [
        ("everything", |_| ()),
        ("what and how it stands", |t| t.groups = vec![Group::Identity, Group::Status]),
        ("the same, told that there is more", |t| {
            t.groups = vec![Group::Identity, Group::Status];
            t.tells_withheld = true;
        }),
        ("where to 1 km, when to the hour", |t| {
            t.groups = vec![Group::Identity, Group::Place, Group::History];
            (t.place, t.time) = (PlacePrecision::Kilometre, TimePrecision::Hour);
        }),
        ("floods alone", |t| {
            t.incidents = Incidents::Kinds(hazard::Kind::from_code("flood").into_iter().collect());
        }),
        ("up to GREEN", |t| t.up_to = Tlp::Green),
        ("signals alone", |t| t.records = vec![crate::domain::agreement::Shareable::Signal]),
        ("exercises alone", |t| t.exercise = Some(true)),
    ];
    let mut rows = Vec::new();
    let mut all_records = Vec::new();
    for (name, change) in kinds {
        let (mut story, records) = town();
        let mut term = story.term("FIRE", "COUNTY");
        change(&mut term);
        story.agree(None, vec![term]);
        rows.push((name.to_owned(), story.view(&chief("COUNTY"))));
        all_records = records;
    }
    insta::assert_snapshot!(table(&rows, &all_records), @r#"
    |                                        | begun by police   | flood             | wildfire, AMBER   | arson, STRICT     | note              | note, RED         | private signal    | public signal     | nobody's incident | person            |
    | everything                             | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | .                 | ISAPLCWOT         | .                 | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         |
    | what and how it stands                 | IS                | IS                | IS                | .                 | IS                | .                 | IS                | ISAPLCWOT         | ISAPLCWOT         | IS                |
    | the same, told that there is more      | IS?               | IS?               | IS?               | .                 | IS?               | .                 | IS?               | ISAPLCWOT         | ISAPLCWOT         | IS?               |
    | where to 1 km, when to the hour        | IP~T~             | IP~T~             | IP~T~             | .                 | IP~T~             | .                 | IP~T~             | ISAPLCWOT         | ISAPLCWOT         | IP~T~             |
    | floods alone                           | ISAPLCWOT         | ISAPLCWOT         | .                 | .                 | ISAPLCWOT         | .                 | .                 | ISAPLCWOT         | ISAPLCWOT         | .                 |
    | up to GREEN                            | ISAPLCWOT         | ISAPLCWOT         | .                 | .                 | ISAPLCWOT         | .                 | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         |
    | signals alone                          | .                 | .                 | .                 | .                 | .                 | .                 | ISAPLCWOT         | ISAPLCWOT         | ISAPLCWOT         | .                 |
    | exercises alone                        | .                 | .                 | .                 | .                 | .                 | .                 | .                 | ISAPLCWOT         | ISAPLCWOT         | .                 |
    "#);
}

#[test]
fn an_agreement_that_is_not_in_force_shows_the_partner_nothing() {
    let (story, records) = town();
    let nothing = table(&[("the partner".into(), story.view(&chief("COUNTY")))], &records);
    let view_after = |change: fn(&mut Story)| {
        let (mut story, records) = town();
        change(&mut story);
        table(&[("the partner".into(), story.view(&chief("COUNTY")))], &records)
    };
    let not_signed = view_after(|story| {
        let terms = vec![story.term("FIRE", "COUNTY")];
        story.propose(None, terms);
    });
    let ended = view_after(|story| {
        let terms = vec![story.term("FIRE", "COUNTY")];
        let agreement = story.agree(None, terms);
        story.must(&chief("COUNTY"), End { agreement, reason: "over".into() });
    });
    let expired = view_after(|story| {
        let ends = story.hours_from_now(1);
        let terms = vec![story.term("FIRE", "COUNTY")];
        story.agree(Some(ends), terms);
        story.now = ends;
    });
    let other_way = view_after(|story| {
        let terms = vec![story.term("COUNTY", "FIRE")];
        story.agree(None, terms);
    });
    assert_eq!([&not_signed, &ended, &expired, &other_way], [&nothing; 4]);
}

#[test]
fn what_is_written_about_an_incident_goes_no_further_than_the_incident() {
    let (mut story, _) = town();
    let groups = Group::ALL.to_vec();
    let records = vec![Shareable::Incident, Shareable::Note];
    let terms = [("FIRE", "POLICE"), ("POLICE", "FIRE"), ("POLICE", "COUNTY")];
    let terms = terms.map(|(gives, receives)| Term {
        records: records.clone(),
        groups: groups.clone(),
        ..story.term(gives, receives)
    });
    story.agree(None, terms.to_vec());
    let incident = story.incident(&chief("FIRE"), open("Pier 4", "fire"));
    let note =
        |text: &str| Write { incident, text: text.into(), log_of: None, corrects: None, tlp: None };
    let before = story.must(&chief("FIRE"), note("before"));
    let theirs = story.must(&chief("POLICE"), note("the street is closed"));
    let sees = |story: &Story, who: &str| {
        [before, theirs].map(|record| story.view(&chief(who)).sees(record))
    };
    assert_eq!(
        ["FIRE", "POLICE", "COUNTY"].map(|who| sees(&story, who)),
        [[true, true], [true, true], [false, true]]
    );
    let (record, reason) = (RecordRef::Incident(incident), "arson".to_owned());
    story.must(&chief("FIRE"), Mark { record, tlp: Tlp::AmberStrict, reason });
    // Who wrote a note keeps it, and whoever runs the incident still has what was told to them.
    assert_eq!(
        ["FIRE", "POLICE", "COUNTY"].map(|who| sees(&story, who)),
        [[true, true], [false, true], [false, false]]
    );
}
