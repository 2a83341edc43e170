//! Organizations, persons and the journal, told as stories; each refusal once, in its words.

use muster_contract::{MultiPolygon, Polygon, Position};

use super::{assert_lawful, given, id, incident, refusals};
use crate::domain::command::Command;
use crate::domain::journal::Write;
use crate::domain::limits::{
    CONTACT_BYTES_MAX, MEMBERSHIPS_MAX, NAME_CHARS_MAX, NOTE_CHARS_MAX, PARENTS_MAX, POSITIONS_MAX,
};
use crate::domain::organization::{self, Profile};
use crate::domain::person;

fn profile(code: &str, parents: &[u64]) -> Profile {
    Profile {
        code: code.to_owned(),
        name: "Harbor Fire".to_owned(),
        kind: organization::Kind::Fire,
        jurisdiction: None,
        parents: parents.iter().map(|n| id(*n)).collect(),
    }
}

fn register(code: &str, parents: &[u64]) -> organization::Register {
    organization::Register { profile: profile(code, parents) }
}

fn amend(n: u64, profile: Profile) -> organization::Amend {
    organization::Amend { organization: id(n), profile }
}

fn join(person: u64, organization: u64) -> person::Join {
    person::Join { person: id(person), organization: id(organization), title: "medic".to_owned() }
}

fn leave(person: u64, organization: u64) -> person::Leave {
    person::Leave { person: id(person), organization: id(organization) }
}

fn seal(person: u64, bytes: usize) -> person::SealContact {
    let (sealed, fingerprint) = ("5e".repeat(bytes), "7".to_owned());
    person::SealContact { person: id(person), sealed, fingerprint, reachability: None }
}

fn write(incident: u64, text: &str, corrects: Option<u64>) -> Write {
    Write {
        incident: id(incident),
        text: text.to_owned(),
        log_of: None,
        corrects: corrects.map(id),
        tlp: None,
    }
}

#[test]
fn an_organization_keeps_its_id_when_its_code_and_name_change() {
    let mut story = given([register(" FD1 ", &[])]);
    assert_eq!(story.world.organization_by_code("FD1").unwrap().id, id(1));
    story.must(amend(1, Profile { name: "Port Fire".to_owned(), ..profile("PF", &[]) }));
    assert!(story.world.organization_by_code("FD1").is_none());
    assert_eq!(story.world.organization_by_code("PF").unwrap().profile.name, "Port Fire");
    let same = Profile { name: "Port Fire".to_owned(), ..profile("PF", &[]) };
    let mut story = story.when(amend(1, same)).unchanged();
    story.must(register("FD1", &[1]));
    assert!(story.world.belongs_to(id(4), id(1)) && !story.world.belongs_to(id(1), id(4)));
    assert_lawful(&story);
}

#[test]
fn an_organization_is_refused_with_what_to_do_about_it() {
    let ring = |positions: &[(f64, f64)]| {
        let ring = positions.iter().map(|(lon, lat)| Position { lon: *lon, lat: *lat }).collect();
        Some(MultiPolygon { polygons: vec![Polygon::from_ring(ring)] })
    };
    let within = |jurisdiction| {
        Command::from(organization::Register {
            profile: Profile { jurisdiction, ..profile("A", &[]) },
        })
    };
    let named = |name: &str| Profile { name: name.to_owned(), ..profile("A", &[]) };
    let story = given([register("FD1", &[]), register("FD2", &[1])]);
    let said = refusals(
        &story,
        [
            register(" ", &[]).into(),
            register("HARBOR-FIRE-AND-RESCUE", &[]).into(),
            organization::Register { profile: named("") }.into(),
            organization::Register { profile: named(&"x".repeat(NAME_CHARS_MAX + 1)) }.into(),
            register("FD1", &[]).into(),
            register("FD3", &[9]).into(),
            register("FD3", &[1; PARENTS_MAX + 1]).into(),
            amend(9, profile("FD9", &[])).into(),
            amend(2, profile("FD1", &[])).into(),
            amend(1, profile("FD1", &[2])).into(),
            amend(1, profile("FD1", &[1])).into(),
            within(ring(&[])),
            within(ring(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)])),
            within(ring(&[(0.0, 91.0), (1.0, 0.0), (1.0, 1.0), (0.0, 91.0)])),
            within(ring(&[(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 2.0), (0.0, 0.0)])),
            within(Some(MultiPolygon { polygons: Vec::new() })),
            within(ring(&vec![(0.0, 0.0); POSITIONS_MAX + 1])),
        ],
    );
    insta::assert_snapshot!(said, @"
    TEXT_EMPTY: `code` is empty; write at least one word
    TEXT_TOO_LONG: `code` has 22 characters and may have 16; shorten it
    TEXT_EMPTY: `name` is empty; write at least one word
    TEXT_TOO_LONG: `name` has 201 characters and may have 200; shorten it
    ORGANIZATION_CODE_TAKEN: the code `FD1` belongs to another organization; choose another code
    ORGANIZATION_UNKNOWN: there is no organization `01968f00-0009-7000-8000-000000090000`; choose one from the list of organizations
    TOO_MANY_PARENTS: `parents` names 9 organizations and may name 8; name fewer
    ORGANIZATION_UNKNOWN: there is no organization `01968f00-0009-7000-8000-000000090000`; choose one from the list of organizations
    ORGANIZATION_CODE_TAKEN: the code `FD1` belongs to another organization; choose another code
    ORGANIZATION_ABOVE_ITSELF: organization 01968f00-0001-7000-8000-000000010000 would be above itself; choose a parent outside its own branch
    ORGANIZATION_ABOVE_ITSELF: organization 01968f00-0001-7000-8000-000000010000 would be above itself; choose a parent outside its own branch
    PLACE_UNUSABLE: `jurisdiction` is not a usable place: each ring needs at least 4 positions, the last equal to the first
    PLACE_UNUSABLE: `jurisdiction` is not a usable place: each ring needs at least 4 positions, the last equal to the first
    PLACE_UNUSABLE: `jurisdiction` is not a usable place: longitude 0 and latitude 91 are not on the globe; are they swapped?
    PLACE_UNUSABLE: `jurisdiction` is not a usable place: its sides meet near longitude 0.66667, latitude 0.66667; draw rings that do not cross
    PLACE_UNUSABLE: `jurisdiction` is not a usable place: it encloses nothing; give at least one polygon with an inside
    TOO_MANY_POSITIONS: `jurisdiction` has 20001 positions and may have 20000; draw it with fewer
    ");
}

#[test]
fn a_person_belongs_to_several_organizations_and_comes_back_after_leaving() {
    let mut story = given([register("FD1", &[]), register("EMS", &[])]);
    story.must(person::Register { name: "Sam Ortiz".to_owned() });
    story.must(join(3, 1));
    story.must(join(3, 2));
    let mut story = story.after(30);
    story.must(leave(3, 1));
    story.must(join(3, 1));
    let person = story.world.person(id(3)).unwrap();
    let spans: Vec<_> = person.memberships.iter().map(|m| (m.organization, m.until)).collect();
    assert_eq!(spans, [(id(1), Some(story.now)), (id(2), None), (id(1), None)]);
    assert_lawful(&story);
}

#[test]
fn who_is_forgotten_is_forgotten_for_good_and_stays_on_record() {
    let mut story = given([person::Register { name: "Sam Ortiz".to_owned() }]);
    story.must(seal(1, 16));
    assert!(story.world.person(id(1)).unwrap().contact.is_some());
    story.must(person::Forget { person: id(1) });
    let person = story.world.person(id(1)).unwrap();
    assert_eq!((person.contact.as_ref(), person.forgotten), (None, true));
    let story = story.when(person::Forget { person: id(1) }).unchanged();
    assert_lawful(&story);
}

#[test]
fn what_cannot_be_done_with_a_person_is_refused_with_what_to_do_about_it() {
    let mut story = given([register("FD1", &[]), register("EMS", &[])]);
    story.must(person::Register { name: "Sam Ortiz".to_owned() });
    story.must(person::Register { name: "Lee Chan".to_owned() });
    story.must(person::Forget { person: id(4) });
    story.must(join(3, 1));
    let mut said = refusals(
        &story,
        [
            person::Register { name: " ".to_owned() }.into(),
            person::Join { title: String::new(), ..join(3, 2) }.into(),
            join(9, 1).into(),
            join(4, 1).into(),
            join(3, 9).into(),
            join(3, 1).into(),
            leave(3, 2).into(),
            leave(9, 1).into(),
            seal(9, 16).into(),
            seal(4, 16).into(),
            seal(3, CONTACT_BYTES_MAX + 1).into(),
            person::Forget { person: id(9) }.into(),
        ],
    );
    for _ in 1..MEMBERSHIPS_MAX {
        story.must(leave(3, 1));
        story.must(join(3, 1));
    }
    story.must(leave(3, 1));
    said += &refusals(&story, [join(3, 1).into()]);
    insta::assert_snapshot!(said, @"
    TEXT_EMPTY: `name` is empty; write at least one word
    TEXT_EMPTY: `title` is empty; write at least one word
    PERSON_UNKNOWN: there is no person 01968f00-0009-7000-8000-000000090000; check the id
    PERSON_FORGOTTEN: person 01968f00-0004-7000-8000-000000040000 was forgotten; their data cannot be changed or read any more
    ORGANIZATION_UNKNOWN: there is no organization `01968f00-0009-7000-8000-000000090000`; choose one from the list of organizations
    MEMBERSHIP_EXISTS: person 01968f00-0003-7000-8000-000000030000 is already a member of organization 01968f00-0001-7000-8000-000000010000
    MEMBERSHIP_MISSING: person 01968f00-0003-7000-8000-000000030000 is not a member of organization 01968f00-0002-7000-8000-000000020000; give the one that they belong to
    PERSON_UNKNOWN: there is no person 01968f00-0009-7000-8000-000000090000; check the id
    PERSON_UNKNOWN: there is no person 01968f00-0009-7000-8000-000000090000; check the id
    PERSON_FORGOTTEN: person 01968f00-0004-7000-8000-000000040000 was forgotten; their data cannot be changed or read any more
    CONTACT_TOO_LONG: the contact data takes 8193 bytes when it is sealed and may take 8192; shorten it
    PERSON_UNKNOWN: there is no person 01968f00-0009-7000-8000-000000090000; check the id
    MEMBERSHIPS_FULL: person 01968f00-0003-7000-8000-000000030000 has 32 memberships, ended ones included, and can have no more; register the person a second time for this one
    ");
}

#[test]
fn a_correction_stands_beside_the_note_that_it_corrects() {
    let mut story = given([incident("Mill Street fire")]);
    story.must(write(1, " two crews out ", None));
    story.must(write(1, "three crews out", Some(2)));
    let notes: Vec<_> = story.world.notes_of(id(1)).collect();
    let told = notes.iter().map(|note| (note.text.as_str(), note.corrects));
    let expected = [("two crews out", None), ("three crews out", Some(id(2)))];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert_eq!(notes[0].author, "dana");
    story.by.organization = Some(id(9));
    let said = refusals(&story, [write(1, "four crews out", Some(2)).into()]);
    insta::assert_snapshot!(said, @"NOTE_OF_OTHERS: this note was written by another organization, which alone can put it right; write a note of your own beside it");
    assert_lawful(&story);
}

#[test]
fn a_note_is_refused_with_what_to_do_about_it() {
    let mut story = given([incident("Mill Street fire"), incident("Mill River flood")]);
    story.must(write(1, "two crews out", None));
    let long = "x".repeat(NOTE_CHARS_MAX + 1);
    let said = refusals(
        &story,
        [
            write(1, "\n", None).into(),
            write(1, &long, None).into(),
            write(9, "two crews out", None).into(),
            write(1, "no crews", Some(9)).into(),
            write(2, "a note of another incident", Some(3)).into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    TEXT_EMPTY: `text` is empty; write at least one word
    TEXT_TOO_LONG: `text` has 20001 characters and may have 20000; shorten it
    INCIDENT_UNKNOWN: there is no incident 01968f00-0009-7000-8000-000000090000; check the id
    NOTE_UNKNOWN: there is no note 01968f00-0009-7000-8000-000000090000 in the journal of this incident; check the id
    NOTE_UNKNOWN: there is no note 01968f00-0003-7000-8000-000000030000 in the journal of this incident; check the id
    ");
}
