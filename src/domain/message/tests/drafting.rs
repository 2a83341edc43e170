//! What is written, and for whom.

use muster_contract::{MultiPolygon, Position};

use super::*;
use crate::domain::command::Command;
use crate::domain::incident::Open;
use crate::domain::limits::{
    CYCLES_MAX, MESSAGE_CHARS_MAX, RESPONSES_MAX, SELECTORS_MAX, WAVES_MAX, WORDINGS_MAX,
};
use crate::domain::message::plan::Quorum;
use crate::domain::message::{Amend, Discard, Release};
use crate::domain::qualification::{RecordQualification, Status};
use crate::domain::structure::AssumeCommand;
use crate::domain::testing::{assert_lawful, refusals};

fn said(change: impl FnOnce(&mut Content)) -> Command {
    let mut content = content(Priority::Routine);
    change(&mut content);
    draft_of(content, plan(vec![to(&[ANA])])).into()
}

fn planned(change: impl FnOnce(&mut Plan)) -> Command {
    let mut plan = plan(vec![to(&[ANA])]);
    change(&mut plan);
    draft(plan).into()
}

fn for_whom(selector: Selector) -> Command {
    draft(plan(vec![by(0, vec![selector])])).into()
}

#[test]
fn what_is_said_is_refused_with_what_to_do_about_it() {
    let response = |meaning, labels: &[&str]| Response {
        meaning,
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
    };
    let said = refusals(
        &town(),
        [
            said(|content| content.wordings.clear()),
            said(|content| content.wordings[0].what = " ".to_owned()),
            said(|content| content.wordings[0].to_do = Some("x".repeat(MESSAGE_CHARS_MAX + 1))),
            said(|content| content.wordings[0].language = "in English".to_owned()),
            said(|content| content.wordings.push(wording("en", "Fire"))),
            said(|content| content.wordings = vec![wording("en", "x"); WORDINGS_MAX + 1]),
            said(|content| {
                content.responses = vec![response(Meaning::Done, &[]); RESPONSES_MAX + 1];
            }),
            said(|content| content.responses = vec![response(Meaning::Other, &[])]),
            said(|content| content.responses = vec![response(Meaning::Accept, &["Yes", "Sí"])]),
            said(|content| content.responses = vec![response(Meaning::Accept, &["\n"])]),
        ],
    );
    insta::assert_snapshot!(said, @"
    NOTHING_SAID: the message says nothing; write it in at least one language
    TEXT_EMPTY: `what` is empty; write at least one word
    TEXT_TOO_LONG: `toDo` has 2001 characters and may have 2000; shorten it
    LANGUAGE_UNUSABLE: `in English` is no language; write a tag such as `en`, `es` or `pt-BR`
    LANGUAGE_TWICE: the message stands there twice in `en`; keep one of them
    COUNT_OUT_OF_RANGE: `wordings` has 13 entries and takes 0 to 12
    COUNT_OUT_OF_RANGE: `responses` has 10 entries and takes 0 to 9
    LABELS_UNFIT: a response has 0 labels and the message 1 languages; give one for each
    LABELS_UNFIT: a response has 2 labels and the message 1 languages; give one for each
    TEXT_EMPTY: `label` is empty; write at least one word
    ");
}

#[test]
fn a_plan_is_refused_with_what_to_do_about_it() {
    let quorum = |count, position: Option<&str>, organization: Option<u64>| Quorum {
        count,
        position: position.map(str::to_owned),
        organization: organization.map(id),
    };
    let story = town();
    let now = story.now;
    let said = refusals(
        &story,
        [
            planned(|plan| plan.interval_seconds = 9),
            planned(|plan| plan.cycles = 0),
            planned(|plan| plan.cycles = CYCLES_MAX + 1),
            planned(|plan| plan.channels = vec![Channel::Sms; 7]),
            planned(|plan| plan.waves.clear()),
            planned(|plan| plan.waves = vec![to(&[ANA]); WAVES_MAX + 1]),
            planned(|plan| plan.waves[0].after_minutes = 1_441),
            planned(|plan| plan.enough = vec![quorum(0, None, None)]),
            planned(|plan| plan.enough = vec![quorum(1, Some(" "), None)]),
            planned(|plan| plan.enough = vec![quorum(1, None, Some(99))]),
            planned(|plan| plan.enough = vec![quorum(1, None, None); 11]),
            planned(|plan| plan.ask_again_minutes = Some(0)),
            planned(|plan| plan.until = Some(now)),
        ],
    );
    insta::assert_snapshot!(said, @"
    NUMBER_OUT_OF_RANGE: `intervalSeconds` is 9 and must be from 10 to 86400
    NUMBER_OUT_OF_RANGE: `cycles` is 0 and must be from 1 to 10
    NUMBER_OUT_OF_RANGE: `cycles` is 11 and must be from 1 to 10
    COUNT_OUT_OF_RANGE: `channels` has 7 entries and takes 0 to 6
    NOBODY_TO_TELL: nobody is in the audience; name persons, members, positions or a place
    COUNT_OUT_OF_RANGE: `waves` has 11 entries and takes 0 to 10
    NUMBER_OUT_OF_RANGE: `afterMinutes` is 1441 and must be from 0 to 1440
    NUMBER_OUT_OF_RANGE: `count` is 0 and must be from 1 to 200000
    TEXT_EMPTY: `position` is empty; write at least one word
    ORGANIZATION_UNKNOWN: there is no organization `01968f00-0063-7000-8000-000000630000`; choose one from the list of organizations
    COUNT_OUT_OF_RANGE: `enough` has 11 entries and takes 0 to 10
    NUMBER_OUT_OF_RANGE: `askAgainMinutes` is 0 and must be from 1 to 1440
    DEADLINE_PAST: nobody would need it any more by its own deadline; set a later one
    ");
}

#[test]
fn an_audience_is_refused_with_what_to_do_about_it() {
    let position = Position { lon: 0.0, lat: 91.0 };
    let here = Position { lon: 0.0, lat: 0.0 };
    let outline = MultiPolygon { polygons: Vec::new() };
    let named = |position: &str| Selector::Qualified {
        organization: id(HFD),
        position: position.to_owned(),
        level: None,
    };
    let post = |incident| Selector::Position { incident: id(incident), position: "OSC".to_owned() };
    let said = refusals(
        &town(),
        [
            planned(|plan| plan.waves[0].audience.any_of.clear()),
            planned(|plan| plan.waves[0].audience.except = vec![named("OSC"); SELECTORS_MAX + 1]),
            draft(plan(vec![to(&[99])])).into(),
            for_whom(Selector::Members { organization: id(99) }),
            for_whom(post(99)),
            for_whom(Selector::Staff { incident: id(99) }),
            for_whom(named("")),
            for_whom(Selector::Inside { outline }),
            for_whom(Selector::Near { position, meters: 500 }),
            for_whom(Selector::Near { position: here, meters: 0 }),
            for_whom(Selector::ReachedBy { message: id(99) }),
        ],
    );
    insta::assert_snapshot!(said, @"
    NOBODY_TO_TELL: nobody is in the audience; name persons, members, positions or a place
    COUNT_OUT_OF_RANGE: `except` has 51 entries and takes 0 to 50
    PERSON_UNKNOWN: there is no person 01968f00-0063-7000-8000-000000630000; check the id
    ORGANIZATION_UNKNOWN: there is no organization `01968f00-0063-7000-8000-000000630000`; choose one from the list of organizations
    INCIDENT_UNKNOWN: there is no incident 01968f00-0063-7000-8000-000000630000; check the id
    INCIDENT_UNKNOWN: there is no incident 01968f00-0063-7000-8000-000000630000; check the id
    TEXT_EMPTY: `position` is empty; write at least one word
    PLACE_UNUSABLE: `outline` is not a usable place: it encloses nothing; give at least one polygon with an inside
    PLACE_UNUSABLE: `position` is not a usable place: the position is not on the globe
    NUMBER_OUT_OF_RANGE: `meters` is 0 and must be from 1 to 200000
    MESSAGE_UNKNOWN: there is no message 01968f00-0063-7000-8000-000000630000; check the id
    ");
}

#[test]
fn a_draft_belongs_to_an_organization_and_to_reality_or_an_exercise() {
    let mut story = town();
    story.must(Open { exercise: true, ..incident("Tabletop") });
    let exercise = FIRE + 1;
    let staff = |incident| plan(vec![by(0, vec![Selector::Staff { incident: id(incident) }])]);
    let of = |incident, exercise, plan| Draft {
        incident: Some(id(incident)),
        exercise,
        ..draft_of(content(Priority::Routine), plan)
    };
    let mut said = refusals(
        &story,
        [
            of(FIRE, true, plan(vec![to(&[ANA])])).into(),
            of(FIRE, false, staff(exercise)).into(),
            of(exercise, true, staff(FIRE)).into(),
            of(99, false, plan(vec![to(&[ANA])])).into(),
        ],
    );
    let (drill, message) = drafted(story.clone(), of(exercise, false, plan(vec![to(&[ANA])])));
    assert!(drill.world.message(message).unwrap().exercise, "as its incident");
    story.by.organization = None;
    said += &refusals(&story, [draft(plan(vec![to(&[ANA])])).into()]);
    insta::assert_snapshot!(said, @"
    EXERCISE_MIXED: an exercise and a real event cannot be joined; open a separate incident for the exercise
    EXERCISE_MIXED: an exercise and a real event cannot be joined; open a separate incident for the exercise
    EXERCISE_MIXED: an exercise and a real event cannot be joined; open a separate incident for the exercise
    INCIDENT_UNKNOWN: there is no incident 01968f00-0063-7000-8000-000000630000; check the id
    MESSAGE_NO_ORGANIZATION: you act for no organization; a message is told for one
    ");
}

#[test]
fn a_draft_that_is_changed_has_a_new_author_and_no_release() {
    let mut story = town();
    story.must(draft(plan(vec![to(&[ANA])])));
    let digest = preview(&story, FIRST).digest;
    story.by.principal = "lee".to_owned();
    story.must(Release { message: id(FIRST), digest, located: Vec::new() });
    let release = known(&story, FIRST).release.clone().unwrap();
    assert_eq!((release.by.as_str(), release.digest), ("lee", digest));
    let amend = |persons: &[u64]| Amend {
        message: id(FIRST),
        content: content(Priority::Routine),
        plan: plan(vec![to(persons)]),
    };
    let mut story = story.when(amend(&[ANA])).unchanged();
    story.must(amend(&[ANA, BEN]));
    let message = known(&story, FIRST);
    assert_eq!((message.author.as_str(), &message.release), ("lee", &None));
    assert_lawful(&story);
}

#[test]
fn what_was_discarded_or_launched_is_no_draft_any_more() {
    let mut story = town();
    story.must(draft(plan(vec![to(&[ANA])])));
    let digest = preview(&story, FIRST).digest;
    let launched = launched(story.clone(), draft(plan(vec![to(&[BEN])])));
    story.must(Discard { message: id(FIRST) });
    let all = |message: u64| -> Vec<Command> {
        let (content, plan) = (content(Priority::Routine), plan(vec![to(&[ANA])]));
        vec![
            Amend { message: id(message), content, plan }.into(),
            Discard { message: id(message) }.into(),
            Release { message: id(message), digest, located: Vec::new() }.into(),
            launch_as(message, digest).into(),
        ]
    };
    let mut said = refusals(&story, all(FIRST));
    said += &refusals(&launched, all(FIRST + 1));
    said += &refusals(&story, all(99));
    insta::assert_snapshot!(said, @"
    MESSAGE_STAGE: the message is discarded; this can be done while it is a draft
    MESSAGE_STAGE: the message is discarded; this can be done while it is a draft
    MESSAGE_STAGE: the message is discarded; this can be done while it is a draft
    MESSAGE_STAGE: the message is discarded; this can be done while it is a draft
    MESSAGE_STAGE: the message is running; this can be done while it is a draft
    MESSAGE_STAGE: the message is running; this can be done while it is a draft
    MESSAGE_STAGE: the message is running; this can be done while it is a draft
    MESSAGE_STAGE: the message is running; this can be done while it is a draft
    MESSAGE_UNKNOWN: there is no message 01968f00-0063-7000-8000-000000630000; check the id
    MESSAGE_UNKNOWN: there is no message 01968f00-0063-7000-8000-000000630000; check the id
    MESSAGE_UNKNOWN: there is no message 01968f00-0063-7000-8000-000000630000; check the id
    MESSAGE_UNKNOWN: there is no message 01968f00-0063-7000-8000-000000630000; check the id
    ");
    assert_lawful(&story);
}

#[test]
fn each_reads_their_language_its_base_or_the_first() {
    let mut content = content(Priority::Routine);
    content.wordings =
        vec![wording("en", "Fire"), wording("pt-BR", "Fogo"), wording("es", "Fuego")];
    let read = |language| content.wording(language).unwrap().1.what.as_str();
    assert_eq!(read(None), "Fire");
    assert_eq!(read(Some("ES")), "Fuego");
    assert_eq!(read(Some("es-MX")), "Fuego");
    assert_eq!(read(Some("pt")), "Fogo");
    assert_eq!(read(Some("de")), "Fire");
}

#[test]
fn an_audience_is_whoever_it_names_now_each_once() {
    let mut story = town();
    story.must(AssumeCommand {
        incident: id(FIRE),
        person: id(CY),
        organization: id(HFD),
        area: false,
        waiver: Some("nobody else is there".to_owned()),
    });
    let qualify = |person, status, level| RecordQualification {
        person: id(person),
        position: "OSC".to_owned(),
        level,
        status,
        issued: START.parse().unwrap(),
        expires: Some("2026-05-01T13:00:00Z".parse().unwrap()),
    };
    story.must(qualify(ANA, Status::Qualified, Some(2)));
    story.must(qualify(BEN, Status::Trainee, None));
    story.must(qualify(DEE, Status::Certified, Some(4)));
    let whom = |story: &Story, any_of: Vec<Selector>, except: Vec<Selector>| {
        let audience = Audience { any_of, except };
        let mut none = [].iter();
        let found = audience.resolve(&story.world, &mut none, story.now);
        found.into_iter().map(|person| name(story, person)).collect::<Vec<_>>().join(" ")
    };
    let members = || Selector::Members { organization: id(HFD) };
    let qualified =
        |level| Selector::Qualified { organization: id(HFD), position: "OSC".to_owned(), level };
    // Nobody is Operations Section Chief, so whoever commands answers for it.
    let operations = || Selector::Position { incident: id(FIRE), position: "OSC".to_owned() };
    let staff = || Selector::Staff { incident: id(FIRE) };
    let persons = |all: &[u64]| Selector::Persons { persons: all.iter().map(|n| id(*n)).collect() };
    assert_eq!(whom(&story, vec![members(), persons(&[EVE, ANA])], vec![]), "Ana Ben Cy Dee Eve");
    assert_eq!(whom(&story, vec![members()], vec![persons(&[BEN]), staff()]), "Ana Dee");
    assert_eq!(whom(&story, vec![operations()], vec![]), "Cy");
    assert_eq!(whom(&story, vec![staff()], vec![]), "Cy");
    assert_eq!(whom(&story, vec![qualified(None)], vec![]), "Ana Dee");
    assert_eq!(whom(&story, vec![qualified(Some(3))], vec![]), "Ana");
    story.must(person::Leave { person: id(DEE), organization: id(HFD) });
    story.must(person::Forget { person: id(BEN) });
    assert_eq!(whom(&story, vec![members(), persons(&[BEN])], vec![]), "Ana Cy");
    let later = story.after(61);
    assert_eq!(whom(&later, vec![qualified(None)], vec![]), "", "it ran out");
}
