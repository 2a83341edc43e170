//! From events to shifts: what recurs is expanded, less what is taken out or replaced.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::event::{Event, When};
use crate::limits::{SHIFTS_MAX, STEPS_MAX};
use crate::{Shift, Warnings, Window};

/// The shifts of all events that touch the window, in order.
pub(crate) fn shifts(events: &[Event], window: Window, warnings: &mut Warnings) -> Vec<Shift> {
    let mut steps = STEPS_MAX;
    let mut shifts = Vec::new();
    for same in newest(events).values() {
        let replaced: Vec<_> = same.iter().filter_map(|event| event.replaces.as_ref()).collect();
        for event in same.iter().filter(|event| !event.cancelled) {
            if shifts.len() >= SHIFTS_MAX {
                warnings.add(event.line, TOO_MANY);
                break;
            }
            if event.replaces.is_some() {
                shifts.extend(shift(event, &event.start, window, warnings));
            } else {
                let out = Out::of(event, &replaced);
                expand(event, &out, window, &mut steps, warnings, &mut shifts);
            }
        }
    }
    shifts.sort();
    shifts.dedup();
    shifts.truncate(SHIFTS_MAX);
    shifts
}

const TOO_MANY: &str = "the calendar has too many shifts; later ones are left out";

/// The events by their id, of each occurrence that they speak of the newest version.
fn newest(events: &[Event]) -> BTreeMap<&str, Vec<&Event>> {
    let mut newest: BTreeMap<_, &Event> = BTreeMap::new();
    for event in events {
        let which = match &event.replaces {
            Some(replaced) => (true, replaced.moment()),
            None => (false, event.start.moment()),
        };
        let known = newest.entry((event.uid.as_str(), which)).or_insert(event);
        if known.sequence <= event.sequence {
            *known = event;
        }
    }
    let mut by_id: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for ((uid, _), event) in newest {
        by_id.entry(uid).or_default().push(event);
    }
    by_id
}

/// The occurrences of an event that are taken out or replaced.
struct Out {
    moments: BTreeSet<Timestamp>,
    /// A day among times means what begins on that day.
    days: BTreeSet<Date>,
}

impl Out {
    fn of(event: &Event, replaced: &[&When]) -> Self {
        let all = || event.except.iter().chain(replaced.iter().copied());
        let days = all().filter(|when| when.whole_day && !event.start.whole_day);
        Self {
            moments: all().filter_map(When::moment).collect(),
            days: days.map(|when| when.civil.date()).collect(),
        }
    }

    fn contains(&self, when: &When, moment: Timestamp) -> bool {
        self.moments.contains(&moment) || self.days.contains(&when.civil.date())
    }
}

fn expand(
    event: &Event,
    out: &Out,
    window: Window,
    steps: &mut usize,
    warnings: &mut Warnings,
    shifts: &mut Vec<Shift>,
) {
    let mut take = |when: &When, warnings: &mut Warnings| -> ControlFlow<()> {
        let Some(moment) = when.moment().filter(|moment| *moment < window.to) else {
            return ControlFlow::Break(());
        };
        if !out.contains(when, moment) {
            shifts.extend(shift(event, when, window, warnings));
        }
        if shifts.len() < SHIFTS_MAX {
            return ControlFlow::Continue(());
        }
        warnings.add(event.line, TOO_MANY);
        ControlFlow::Break(())
    };
    match &event.rule {
        None => {
            let _ = take(&event.start, warnings);
        }
        Some(rule) => {
            let is_whole = rule
                .each(&event.start, steps, |civil| take(&event.start.at(civil), warnings))
                .is_ok();
            if !is_whole {
                warnings
                    .add(event.line, "the calendar recurs too often; later shifts are left out");
            }
        }
    }
    for more in &event.more {
        let _ = take(more, warnings);
    }
}

/// One occurrence, if it touches the window.
fn shift(event: &Event, start: &When, window: Window, warnings: &mut Warnings) -> Option<Shift> {
    let (from, to) = (start.moment()?, start.end(event.length)?);
    if from >= to {
        warnings.add(event.line, "the event does not end after it begins and was passed over");
        return None;
    }
    (from < window.to && window.from < to).then(|| Shift {
        from,
        to,
        uid: event.uid.clone(),
        summary: event.summary.clone(),
        attendees: event.attendees.clone(),
        all_day: start.whole_day,
    })
}
