//! What is asked of schedules and groups, one story each; each refusal once, in its words.

use jiff::civil::Time;

use super::super::{
    AddOverride, Amend, End, Holiday, Hours, ImportCalendar, Leg, Make, RemoveOverride, Schedule,
    Shift, Swap, Weekday, on_call, shifts,
};
use super::{at, plan, rotation};
use crate::domain::command::Command;
use crate::domain::group;
use crate::domain::limits::{CALENDAR_SHIFTS_MAX, GROUP_MEMBERS_MAX, ROTATIONS_MAX};
use crate::domain::organization::{self, Profile};
use crate::domain::person;
use crate::domain::testing::{Story, assert_lawful, given, id, refusals};

/// Harbor Fire (1) with Sam (2), Lee (3) and Kim (4).
fn harbor() -> Story {
    let profile = Profile {
        code: "HFD".to_owned(),
        name: "Harbor Fire".to_owned(),
        kind: organization::Kind::Fire,
        jurisdiction: None,
        parents: Vec::new(),
    };
    let mut story = given([organization::Register { profile }]);
    story.by.organization = Some(id(1));
    for name in ["Sam", "Lee", "Kim"] {
        story.must(person::Register { name: name.to_owned() });
    }
    story
}

/// The same with a schedule (5): a week each from Monday 4 May at 08:00.
fn on_duty() -> Story {
    let mut story = harbor();
    let weeks = rotation("First", &[2, 3, 4], "2026-05-04T08:00:00", 7);
    story.must(Make { plan: plan("america/new_york", vec![weeks]) });
    story
}

fn kept(story: &Story) -> &Schedule {
    story.world.schedule(id(5)).unwrap()
}

/// Who is on call in a time, one line a stretch.
fn told(story: &Story, from: &str, to: &str) -> String {
    let line = |duty: &super::super::OnCall| {
        let name = &story.world.person(duty.person).unwrap().name;
        let rotation = duty.rotation.as_deref().unwrap_or("-");
        format!("{} {} {name} {rotation} {:?}\n", duty.from, duty.until, duty.why)
    };
    shifts(kept(story), at(from), at(to)).iter().map(line).collect()
}

fn stand_in(out: Option<u64>, person_in: Option<u64>, from: &str, to: &str) -> AddOverride {
    AddOverride {
        schedule: id(5),
        from: at(from),
        to: at(to),
        rotation: None,
        person_out: out.map(id),
        person_in: person_in.map(id),
        reason: "at a course".to_owned(),
    }
}

#[test]
fn duty_goes_round_and_somebody_stands_in() {
    let mut story = on_duty();
    assert_eq!(kept(&story).plan.time_zone, "America/New_York");
    assert!(
        on_call(kept(&story), at("2026-05-04T11:59:59Z")).is_empty(),
        "nobody before the first"
    );
    story.must(stand_in(Some(2), Some(4), "2026-05-05T16:00:00Z", "2026-05-05T22:00:00Z"));
    story.must(stand_in(None, Some(3), "2026-05-06T00:00:00Z", "2026-05-06T04:00:00Z"));
    story.must(stand_in(Some(3), None, "2026-05-17T00:00:00Z", "2026-05-18T12:00:00Z"));
    insta::assert_snapshot!(told(&story, "2026-05-04T12:00:00Z", "2026-05-25T12:00:00Z"), @"
    2026-05-04T12:00:00Z 2026-05-05T16:00:00Z Sam First Rotation
    2026-05-05T16:00:00Z 2026-05-05T22:00:00Z Kim First Override
    2026-05-05T22:00:00Z 2026-05-11T12:00:00Z Sam First Rotation
    2026-05-06T00:00:00Z 2026-05-06T04:00:00Z Lee - Override
    2026-05-11T12:00:00Z 2026-05-17T00:00:00Z Lee First Rotation
    2026-05-18T12:00:00Z 2026-05-25T12:00:00Z Kim First Rotation
    ");
    // What is said later sees what was said before.
    story.must(stand_in(Some(4), Some(3), "2026-05-05T20:00:00Z", "2026-05-05T22:00:00Z"));
    let now = on_call(kept(&story), at("2026-05-05T21:00:00Z"));
    assert_eq!(now.iter().map(|duty| duty.person).collect::<Vec<_>>(), [id(3)]);
    let first = kept(&story).overrides[0].id;
    story.must(RemoveOverride { schedule: id(5), id: first });
    let now = on_call(kept(&story), at("2026-05-05T17:00:00Z"));
    assert_eq!(now.iter().map(|duty| duty.person).collect::<Vec<_>>(), [id(2)]);
    assert_lawful(&story);
}

#[test]
fn holidays_and_hours_cut_turns() {
    let mut story = on_duty();
    let office = Hours {
        days: vec![Weekday::Friday, Weekday::Monday, Weekday::Friday],
        from: Time::constant(8, 0, 0, 0),
        to: Time::constant(17, 0, 0, 0),
    };
    let mut backup = rotation("Backup", &[3], "2026-05-01T00:00:00", 30);
    backup.hours = vec![office];
    let holiday = Holiday {
        date: "2026-05-25".parse().unwrap(),
        name: "Memorial Day".to_owned(),
        rotation: Some("First".to_owned()),
        members: vec![id(3), id(4), id(3)],
    };
    let mut amended = kept(&story).plan.clone();
    amended.rotations.push(backup);
    amended.holidays.push(holiday);
    story.must(Amend { schedule: id(5), plan: amended.clone() });
    insta::assert_snapshot!(told(&story, "2026-05-22T00:00:00Z", "2026-05-27T00:00:00Z"), @"
    2026-05-18T12:00:00Z 2026-05-25T04:00:00Z Kim First Rotation
    2026-05-22T12:00:00Z 2026-05-22T21:00:00Z Lee Backup Rotation
    2026-05-25T04:00:00Z 2026-05-25T12:00:00Z Lee First Holiday
    2026-05-25T04:00:00Z 2026-05-25T12:00:00Z Kim First Holiday
    2026-05-25T12:00:00Z 2026-05-25T21:00:00Z Lee Backup Rotation
    2026-05-25T12:00:00Z 2026-05-26T04:00:00Z Lee First Holiday
    2026-05-25T12:00:00Z 2026-05-26T04:00:00Z Kim First Holiday
    2026-05-26T04:00:00Z 2026-06-01T12:00:00Z Sam First Rotation
    ");
    let again = Amend { schedule: id(5), plan: kept(&story).plan.clone() };
    assert_lawful(&story.when(again).unchanged());
}

#[test]
fn two_persons_swap_and_get_back_what_is_not_theirs_to_lose() {
    let mut story = on_duty();
    let leg =
        |person, from, to| Leg { person: id(person), from: at(from), to: at(to), rotation: None };
    let first = leg(2, "2026-05-04T12:00:00Z", "2026-05-11T12:00:00Z");
    let second = leg(3, "2026-05-11T12:00:00Z", "2026-05-18T12:00:00Z");
    let reason = "wedding".to_owned();
    story.must(Swap { schedule: id(5), first: first.clone(), second, reason: reason.clone() });
    insta::assert_snapshot!(told(&story, "2026-05-04T12:00:00Z", "2026-05-25T12:00:00Z"), @"
    2026-05-04T12:00:00Z 2026-05-11T12:00:00Z Lee First Override
    2026-05-11T12:00:00Z 2026-05-18T12:00:00Z Sam First Override
    2026-05-18T12:00:00Z 2026-05-25T12:00:00Z Kim First Rotation
    ");
    let overlapping = Leg { person: id(3), ..first.clone() };
    let said = refusals(
        &story,
        [
            Swap {
                schedule: id(5),
                first: first.clone(),
                second: overlapping,
                reason: reason.clone(),
            }
            .into(),
            Swap { schedule: id(5), first: first.clone(), second: first, reason }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    SWAP_OVERLAPS: the two shifts overlap; swap shifts at different times, or name two different rotations
    NOBODY_STANDS_IN: name who comes in or who goes out, two different persons where it is both
    ");
    assert_lawful(&story);
}

#[test]
fn a_calendar_from_elsewhere_takes_the_place_of_the_one_before() {
    let mut story = on_duty();
    let shift = |person, day: i8| Shift {
        from: at(&format!("2026-06-{day:02}T00:00:00Z")),
        to: at(&format!("2026-06-{:02}T00:00:00Z", day + 1)),
        person: id(person),
    };
    let import = |shifts| ImportCalendar { schedule: id(5), name: "Medics".to_owned(), shifts };
    story.must(import(vec![shift(4, 3), shift(3, 2), shift(3, 2)]));
    assert_eq!(kept(&story).calendars[0].shifts, [shift(3, 2), shift(4, 3)]);
    let story = story.when(import(vec![shift(3, 2), shift(4, 3)])).unchanged();
    let mut story = story.when(import(vec![shift(4, 2)])).then(|story, _| {
        insta::assert_snapshot!(told(story, "2026-06-02T05:00:00Z", "2026-06-02T06:00:00Z"), @"
        2026-06-01T12:00:00Z 2026-06-08T12:00:00Z Lee First Rotation
        2026-06-02T00:00:00Z 2026-06-03T00:00:00Z Kim Medics Calendar
        ");
    });
    story.must(import(Vec::new()));
    assert!(kept(&story).calendars.is_empty());
    story.must(End { schedule: id(5) });
    assert!(on_call(kept(&story), at("2026-06-02T05:00:00Z")).is_empty());
    assert_lawful(&story.when(End { schedule: id(5) }).unchanged());
}

#[test]
fn a_plan_is_refused_with_what_to_do_about_it() {
    let story = on_duty();
    let weeks = |members: &[u64], days| rotation("First", members, "2026-05-04T08:00:00", days);
    let make = |rotations| Command::from(Make { plan: plan("UTC", rotations) });
    let with = |change: fn(&mut super::super::Plan)| {
        let mut changed = plan("UTC", vec![weeks(&[2], 7)]);
        changed.name = "Other".to_owned();
        change(&mut changed);
        Command::from(Make { plan: changed })
    };
    let mut said = refusals(
        &story,
        [
            make(vec![weeks(&[2], 7)]),
            make(vec![weeks(&[], 7)]),
            make(vec![weeks(&[9], 7)]),
            make(vec![weeks(&[2], 0)]),
            make(vec![weeks(&[2], 400)]),
            make(vec![weeks(&[2], 7), weeks(&[3], 7)]),
            make(vec![weeks(&[2], 7); ROTATIONS_MAX + 1]),
            with(|plan| plan.time_zone = "Mars/Olympus".to_owned()),
            with(|plan| plan.name = " ".to_owned()),
            with(|plan| plan.rotations[0].first = "0001-01-01T00:00:00".parse().unwrap()),
            with(|plan| {
                let (from, to) = (Time::midnight(), Time::midnight());
                plan.rotations[0].hours = vec![Hours { days: Vec::new(), from, to }];
            }),
            with(|plan| plan.holidays = vec![holiday(None), holiday(None)]),
            with(|plan| plan.holidays = vec![holiday(Some("Third"))]),
            Amend { schedule: id(9), plan: plan("UTC", vec![]) }.into(),
        ],
    );
    let mut hub = story;
    hub.by.organization = None;
    let group = group::Make { name: "All".to_owned(), members: vec![] };
    said += &refusals(&hub, [make(vec![]), group.into()]);
    insta::assert_snapshot!(said, @"
    SCHEDULE_NAME_TAKEN: your organization has a schedule `Duty officer` already; choose another name
    COUNT_OUT_OF_RANGE: `rotations.members` has 0 entries and takes 1 to 200
    PERSON_UNKNOWN: there is no person 01968f00-0009-7000-8000-000000090000; check the id
    NUMBER_OUT_OF_RANGE: `rotations.turnDays` is 0 and must be from 1 to 366
    NUMBER_OUT_OF_RANGE: `rotations.turnDays` is 400 and must be from 1 to 366
    ROTATION_TWICE: two rotations or calendars are called `First`; give each its own name
    COUNT_OUT_OF_RANGE: `rotations` has 21 entries and takes 0 to 20
    TIME_ZONE_UNKNOWN: there is no time zone `Mars/Olympus`; give an IANA name such as `America/New_York`
    TEXT_EMPTY: `name` is empty; write at least one word
    DATE_UNUSABLE: 0001-01-01 is not a date for a schedule; choose one from 1970 to 2200
    HOURS_WITHOUT_DAYS: `hours` without days are never; name at least one day of the week
    HOLIDAY_TWICE: 2026-05-25 is a holiday twice for the same rotation; name it once
    ROTATION_UNKNOWN: there is no rotation or calendar `Third` in this schedule; check the name
    SCHEDULE_UNKNOWN: there is no schedule 01968f00-0009-7000-8000-000000090000; check the id
    SCHEDULE_ORGANIZATION_MISSING: a schedule belongs to an organization; act for one
    GROUP_ORGANIZATION_MISSING: a group belongs to an organization; act for one
    ");
}

fn holiday(rotation: Option<&str>) -> Holiday {
    Holiday {
        date: "2026-05-25".parse().unwrap(),
        name: "Memorial Day".to_owned(),
        rotation: rotation.map(str::to_owned),
        members: vec![id(2)],
    }
}

#[test]
fn a_stand_in_or_a_calendar_is_refused_with_what_to_do_about_it() {
    let story = on_duty();
    let (from, to) = ("2026-05-05T16:00:00Z", "2026-05-05T22:00:00Z");
    let sensible = || stand_in(Some(2), Some(4), from, to);
    let shift = Shift { from: at(to), to: at(from), person: id(2) };
    let import =
        |name: &str, shifts| ImportCalendar { schedule: id(5), name: name.to_owned(), shifts };
    let mut said = refusals(
        &story,
        [
            stand_in(Some(2), Some(2), from, to).into(),
            stand_in(None, None, from, to).into(),
            stand_in(Some(3), Some(4), from, to).into(),
            stand_in(Some(2), Some(9), from, to).into(),
            stand_in(Some(2), Some(4), to, from).into(),
            stand_in(Some(2), Some(4), from, "2027-05-05T22:00:00Z").into(),
            AddOverride { rotation: Some("Third".to_owned()), ..sensible() }.into(),
            AddOverride { reason: String::new(), ..sensible() }.into(),
            RemoveOverride { schedule: id(5), id: id(9) }.into(),
            import("first", Vec::new()).into(),
            import("Medics", vec![shift.clone()]).into(),
            import("Medics", vec![shift; CALENDAR_SHIFTS_MAX + 1]).into(),
            End { schedule: id(9) }.into(),
        ],
    );
    let mut ended = story;
    ended.must(End { schedule: id(5) });
    said += &refusals(&ended, [sensible().into()]);
    insta::assert_snapshot!(said, @"
    NOBODY_STANDS_IN: name who comes in or who goes out, two different persons where it is both
    NOBODY_STANDS_IN: name who comes in or who goes out, two different persons where it is both
    NOT_ON_CALL: person 01968f00-0003-7000-8000-000000030000 is not on call between 2026-05-05T16:00:00Z and 2026-05-05T22:00:00Z; look at the shifts again
    PERSON_UNKNOWN: there is no person 01968f00-0009-7000-8000-000000090000; check the id
    TIMES_UNUSABLE: from 2026-05-05T22:00:00Z to 2026-05-05T16:00:00Z is not a time to be on call; it ends after it begins and takes at most 93 days
    TIMES_UNUSABLE: from 2026-05-05T16:00:00Z to 2027-05-05T22:00:00Z is not a time to be on call; it ends after it begins and takes at most 93 days
    ROTATION_UNKNOWN: there is no rotation or calendar `Third` in this schedule; check the name
    TEXT_EMPTY: `reason` is empty; write at least one word
    OVERRIDE_UNKNOWN: there is no override 01968f00-0009-7000-8000-000000090000 in this schedule; it may have been removed
    ROTATION_TWICE: two rotations or calendars are called `first`; give each its own name
    TIMES_UNUSABLE: from 2026-05-05T22:00:00Z to 2026-05-05T16:00:00Z is not a time to be on call; it ends after it begins and takes at most 93 days
    COUNT_OUT_OF_RANGE: `shifts` has 2001 entries and takes 0 to 2000
    SCHEDULE_UNKNOWN: there is no schedule 01968f00-0009-7000-8000-000000090000; check the id
    SCHEDULE_ENDED: the schedule `Duty officer` was ended; make a new one
    ");
}

#[test]
fn a_group_changes_its_name_and_its_members() {
    let mut story = harbor();
    let make = |name: &str, members: &[u64]| group::Make {
        name: name.to_owned(),
        members: members.iter().map(|n| id(*n)).collect(),
    };
    let change = |add: &[u64], remove: &[u64]| group::ChangeMembers {
        group: id(5),
        add: add.iter().map(|n| id(*n)).collect(),
        remove: remove.iter().map(|n| id(*n)).collect(),
    };
    let rename = |name: &str| group::Rename { group: id(5), name: name.to_owned() };
    story.must(make(" Swift water ", &[2, 3, 2]));
    assert_eq!(story.world.group(id(5)).unwrap().members, [id(2), id(3)]);
    story.must(change(&[4, 2], &[3]));
    assert_eq!(story.world.group(id(5)).unwrap().members, [id(2), id(4)]);
    let story = story.when(change(&[4], &[3])).unchanged();
    let mut story = story.when(rename("Swift water")).unchanged();
    story.must(rename("River rescue"));
    story.must(make("Swift water", &[]));
    let said = refusals(
        &story,
        [
            make("", &[]).into(),
            make("river RESCUE", &[]).into(),
            make("Divers", &[9]).into(),
            make("Divers", &[2; GROUP_MEMBERS_MAX + 1]).into(),
            rename("Swift Water").into(),
            change(&[2], &[2]).into(),
            group::Dissolve { group: id(9) }.into(),
        ],
    );
    insta::assert_snapshot!(said, @"
    TEXT_EMPTY: `name` is empty; write at least one word
    GROUP_NAME_TAKEN: your organization has a group `River rescue` already; choose another name
    PERSON_UNKNOWN: there is no person 01968f00-0009-7000-8000-000000090000; check the id
    COUNT_OUT_OF_RANGE: `members` has 10001 entries and takes 0 to 10000
    GROUP_NAME_TAKEN: your organization has a group `Swift water` already; choose another name
    GROUP_MEMBER_ADDED_AND_REMOVED: person 01968f00-0002-7000-8000-000000020000 is both to come in and to go out; name them once
    GROUP_UNKNOWN: there is no group 01968f00-0009-7000-8000-000000090000; check the id
    ");
    assert_eq!(story.world.groups_of(id(1)).count(), 2);
    story.must(group::Dissolve { group: id(5) });
    let story = story.when(group::Dissolve { group: id(5) }).unchanged();
    insta::assert_snapshot!(refusals(&story, [change(&[3], &[]).into()]), @"GROUP_DISSOLVED: the group `River rescue` was dissolved; make a new one");
    assert_lawful(&story);
}
