//! Laws of duty, over every time zone of the database and each of its transitions from 2024 to 2030.

use jiff::civil::{Date, Time, date};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::super::{Holiday, Hours, Override, Plan, Rotation, Schedule, Weekday, on_call, shifts};
use super::{at, id, plan, rotation, schedule};

/// Every time zone that the hub knows, with the moments at which its clocks change.
fn zones() -> impl Iterator<Item = (String, TimeZone, Vec<Timestamp>)> {
    let database = TimeZoneDatabase::bundled();
    let names: Vec<_> = database.available().map(|name| name.to_string()).collect();
    names.into_iter().map(move |name| {
        let zone = database.get(&name).unwrap();
        let (first, last) = (at("2024-01-01T00:00:00Z"), at("2031-01-01T00:00:00Z"));
        let changes = zone.following(first).map(|change| change.timestamp());
        let changes = changes.take_while(|change| *change < last).collect();
        (name, zone, changes)
    })
}

/// The moment that a clock on the wall shows a civil time for the first time, or would.
fn first_shown(zone: &TimeZone, civil: jiff::civil::DateTime) -> Timestamp {
    let ambiguous = zone.to_ambiguous_timestamp(civil);
    match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(civil).unwrap(),
        // Clocks jump from before to after: counted on by the old clock, it is this moment.
        AmbiguousOffset::Gap { before, .. } => before.to_timestamp(civil).unwrap(),
        AmbiguousOffset::Fold { before, after } => {
            before.to_timestamp(civil).unwrap().min(after.to_timestamp(civil).unwrap())
        }
    }
}

fn at_midnight(hour: i8, minute: i8) -> Time {
    Time::constant(hour, minute, 0, 0)
}

#[test]
fn somebody_is_on_call_at_each_moment_and_nobody_beside_them_in_every_zone() {
    let mut changes_seen = 0;
    for (name, zone, changes) in zones() {
        for handover in ["00:00", "01:30", "02:30", "23:30"] {
            let first = format!("2023-12-31T{handover}:00");
            let kept =
                schedule(plan(&name, vec![rotation("First", &[1, 2, 3], &first, 1)]), vec![]);
            for change in &changes {
                changes_seen += 1;
                let (from, to) = (*change - 72_i64.hours(), *change + 72_i64.hours());
                let duty = shifts(&kept, from, to);
                assert!(duty.first().unwrap().from <= from && duty.last().unwrap().until >= to);
                for pair in duty.windows(2) {
                    assert_eq!(pair[0].until, pair[1].from, "{name} {handover} {change}");
                }
                for turn in &duty {
                    let shown = zone.to_datetime(turn.from);
                    let time: Time = handover.parse().unwrap();
                    // In a gap the clock shows more than was agreed; never less.
                    let agreed = shown.date().to_datetime(time);
                    let expected = [agreed, agreed - 1_i64.days()];
                    assert!(
                        expected.iter().any(|civil| first_shown(&zone, *civil) == turn.from),
                        "{name}: {} shows {shown}",
                        turn.from
                    );
                    assert!(turn.from < turn.until);
                }
                for minutes in [-1_440, -61, -60, -31, -1, 0, 1, 29, 30, 59, 60, 90, 1_440] {
                    let moment = *change + SignedDuration::from_mins(minutes);
                    assert_eq!(on_call(&kept, moment).len(), 1, "{name} {handover} {moment}");
                }
            }
        }
    }
    assert!(changes_seen > 5_000, "{changes_seen}");
}

#[test]
fn day_and_night_shifts_fit_together_over_each_change_of_the_clocks() {
    let every_day = [1, 2, 3, 4, 5, 6, 7].map(|n| Weekday::from(date(2026, 6, n).weekday()));
    for (name, _, changes) in zones() {
        for (morning, evening) in [((2, 30), (14, 30)), ((1, 0), (23, 0)), ((7, 0), (19, 0))] {
            let (morning, evening) =
                (at_midnight(morning.0, morning.1), at_midnight(evening.0, evening.1));
            let of = |name: &str, member, from, to| {
                let hours = vec![Hours { days: every_day.to_vec(), from, to }];
                Rotation { hours, ..rotation(name, &[member], "2023-12-30T00:00:00", 7) }
            };
            let day = of("Day", 1, morning, evening);
            let night = of("Night", 2, evening, morning);
            let kept = schedule(plan(&name, vec![day, night]), vec![]);
            for change in &changes {
                let (from, to) = (*change - 36_i64.hours(), *change + 36_i64.hours());
                let mut reached = from;
                for duty in shifts(&kept, from, to) {
                    assert!(duty.from <= from || duty.from == reached, "{name} {morning} {change}");
                    reached = duty.until;
                }
                assert!(reached >= to);
            }
        }
    }
}

#[test]
fn a_handover_is_at_the_agreed_time_of_day_on_the_wall() {
    let kept = |zone: &str, first: &str| {
        schedule(plan(zone, vec![rotation("First", &[1, 2], first, 1)]), vec![])
    };
    let handovers = |zone: &str, first: &str, from: &str, to: &str| {
        let duty = shifts(&kept(zone, first), at(from), at(to));
        duty.iter().map(|turn| turn.from.to_string()).collect::<Vec<_>>().join(" ")
    };
    let new_york =
        |first: &str, from: &str, to: &str| handovers("America/New_York", first, from, to);
    // Clocks go from 02:00 to 03:00 on 8 March 2026: 02:30 is 03:30 on that day.
    insta::assert_snapshot!(
        new_york("2026-03-01T02:30:00", "2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z"), @"2026-03-07T07:30:00Z 2026-03-08T07:30:00Z 2026-03-09T06:30:00Z");
    // They go from 02:00 to 01:00 on 1 November 2026: 01:30 is the first of two.
    insta::assert_snapshot!(
        new_york("2026-10-01T01:30:00", "2026-10-31T12:00:00Z", "2026-11-02T12:00:00Z"), @"2026-10-31T05:30:00Z 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z");
    // Half an hour on Lord Howe Island.
    insta::assert_snapshot!(
        handovers("Australia/Lord_Howe", "2026-10-01T02:15:00", "2026-10-03T00:00:00Z", "2026-10-05T00:00:00Z"), @"2026-10-02T15:45:00Z 2026-10-03T15:45:00Z 2026-10-04T15:15:00Z");
}

/// Plans of all kinds.
fn schedules() -> impl Strategy<Value = Schedule> {
    let days = proptest::sample::subsequence(
        vec![
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
            Weekday::Saturday,
            Weekday::Sunday,
        ],
        1..=7,
    );
    let time = (0..24_i8, prop_oneof![Just(0_i8), Just(30)]).prop_map(|(h, m)| at_midnight(h, m));
    let hours =
        (days, time.clone(), time.clone()).prop_map(|(days, from, to)| Hours { days, from, to });
    let members = proptest::collection::vec(1..6_u64, 1..5);
    let rotations = (members, 0..60_i64, time, 1..20_u16, proptest::collection::vec(hours, 0..4));
    let rotations = proptest::collection::vec(rotations, 1..4).prop_map(|all| {
        let make = |(n, (members, day, time, turn_days, hours)): (
            usize,
            (Vec<u64>, i64, Time, u16, _),
        )| {
            let first = (date(2026, 2, 1) + day.days()).to_datetime(time);
            let members = members.into_iter().map(id).collect();
            Rotation { name: n.to_string(), members, first, turn_days, hours }
        };
        all.into_iter().enumerate().map(make).collect::<Vec<_>>()
    });
    let zones = prop_oneof![
        Just("America/New_York"),
        Just("Europe/Berlin"),
        Just("Australia/Lord_Howe"),
        Just("America/Havana"),
        Just("Africa/Casablanca"),
        Just("Asia/Kathmandu"),
    ];
    let holiday =
        (0..90_i64, 1..6_u64, proptest::option::of(0..3_usize)).prop_map(|(day, who, of)| {
            let (name, rotation) = ("Holiday".to_owned(), of.map(|n| n.to_string()));
            Holiday { date: date(2026, 2, 1) + day.days(), name, rotation, members: vec![id(who)] }
        });
    let stand_in =
        (0..2_200_i64, 1..500_i64, proptest::option::of(1..6_u64), proptest::option::of(1..6_u64));
    let stand_in = stand_in.prop_map(|(hour, hours, person_out, person_in)| {
        let from = at("2026-02-01T00:00:00Z") + hour.hours();
        Override {
            id: id(9),
            from,
            to: from + hours.hours(),
            rotation: None,
            person_out: person_out.map(id),
            person_in: person_in.map(id),
            reason: "ill".to_owned(),
            by: "dana".to_owned(),
        }
    });
    let holidays = proptest::collection::vec(holiday, 0..6);
    let overrides = proptest::collection::vec(stand_in, 0..6);
    (zones, rotations, holidays, overrides).prop_map(|(zone, rotations, holidays, overrides)| {
        let plan = Plan { holidays, ..plan(zone, rotations) };
        schedule(plan, overrides)
    })
}

/// Who is on call at a moment, found the slow way: day by day and rule by rule.
fn slowly(kept: &Schedule, moment: Timestamp) -> Vec<(u128, Option<String>)> {
    let zone = kept.plan.zone();
    let mut duty: Vec<(u128, Option<String>)> = Vec::new();
    for rotation in &kept.plan.rotations {
        let mut begun = None;
        let mut next = rotation.first;
        while first_shown(&zone, next) <= moment {
            begun = Some(begun.map_or(0, |n: usize| n + 1));
            next += i64::from(rotation.turn_days).days();
        }
        let Some(turn) = begun else { continue };
        let today = zone.to_datetime(moment).date();
        let is_within = |hours: &Hours, day: Date| {
            let to = if hours.to > hours.from { day } else { day.tomorrow().unwrap() };
            hours.days.contains(&day.weekday().into())
                && first_shown(&zone, day.to_datetime(hours.from)) <= moment
                && moment < first_shown(&zone, to.to_datetime(hours.to))
        };
        let days = [today.yesterday().unwrap(), today, today.tomorrow().unwrap()];
        let covered = |hours: &Hours| days.iter().any(|day| is_within(hours, *day));
        if !rotation.hours.is_empty() && !rotation.hours.iter().any(covered) {
            continue;
        }
        let is_on = |day: &Holiday| {
            let midnight = |day: Date| first_shown(&zone, day.to_datetime(Time::midnight()));
            midnight(day.date) <= moment && moment < midnight(day.date.tomorrow().unwrap())
        };
        let is_for = |day: &&Holiday| day.rotation.as_ref().is_none_or(|n| *n == rotation.name);
        let days = kept.plan.holidays.iter().filter(is_for).filter(|day| is_on(day));
        let name = Some(rotation.name.clone());
        match days.min_by_key(|day| day.rotation.is_none()) {
            Some(day) => {
                duty.extend(day.members.iter().map(|m| (m.uuid().as_u128(), name.clone())));
            }
            None => {
                let member = rotation.members[turn % rotation.members.len()];
                duty.push((member.uuid().as_u128(), name));
            }
        }
    }
    for each in kept.overrides.iter().filter(|o| o.from <= moment && moment < o.to) {
        let out = each.person_out.map(|person| person.uuid().as_u128());
        let person_in = each.person_in.map(|person| person.uuid().as_u128());
        match out {
            Some(out) => {
                duty = duty
                    .into_iter()
                    .filter_map(|(who, name)| {
                        if who == out { Some((person_in?, name)) } else { Some((who, name)) }
                    })
                    .collect();
            }
            None => duty.extend(person_in.map(|who| (who, None))),
        }
    }
    duty.sort();
    duty
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn shifts_and_on_call_agree_with_each_other_and_with_the_slow_way(
        kept in schedules(),
        moments in proptest::collection::vec(0..130_000_i64, 24),
    ) {
        let (from, to) = (at("2026-02-01T00:00:00Z"), at("2026-05-02T00:00:00Z"));
        let all = shifts(&kept, from, to);
        for duty in &all {
            prop_assert!(duty.from < duty.until);
        }
        let edges = all.iter().take(30).flat_map(|duty| [duty.from, duty.until]);
        let edges = edges.filter(|edge| (from..to).contains(edge));
        let some = moments.iter().map(|minutes| from + minutes.minutes());
        for moment in edges.chain(some).filter(|moment| *moment < to) {
            let mut now = on_call(&kept, moment);
            now.sort();
            let listed: Vec<_> = all
                .iter()
                .filter(|duty| duty.from <= moment && moment < duty.until)
                .cloned()
                .collect();
            prop_assert_eq!(&now, &listed, "at {}", moment);
            let mut plain: Vec<_> = now
                .into_iter()
                .map(|duty| (duty.person.uuid().as_u128(), duty.rotation))
                .collect();
            plain.sort();
            prop_assert_eq!(plain, slowly(&kept, moment), "at {}", moment);
        }
    }
}
