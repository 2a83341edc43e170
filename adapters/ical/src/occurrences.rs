//! From events to shifts: what recurs is expanded, less what is taken out or replaced.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::event::{Event, When};
use crate::limits::{SHIFTS_MAX, STEPS_MAX};
use crate::{Shift, Warnings, Window};

/// The shifts of all events that touch the window, in order.
pub(crate) fn shifts(events: &[Event], window: Window, warnings: &mut Warnings) -> Vec<Shift> {
    let mut steps = STEPS_MAX;
    let mut shifts = Vec::new();
    for same in newest(events).values() {
        let replacements: Vec<&When> =
            same.iter().filter_map(|event| event.replaces.as_ref()).collect();
        for event in same {
            if event.cancelled {
                continue;
            }
            if shifts.len() >= SHIFTS_MAX {
                warnings
                    .add(event.line, "the calendar has too many shifts; later ones are left out");
                break;
            }
            if event.replaces.is_some() {
                shifts.extend(shift(event, &event.start, window, warnings));
            } else {
                expand(event, &replacements, window, &mut steps, warnings, &mut shifts);
            }
        }
    }
    shifts.sort();
    shifts.dedup();
    if shifts.len() > SHIFTS_MAX {
        warnings.add(1, "the calendar has too many shifts; later ones are left out");
        shifts.truncate(SHIFTS_MAX);
    }
    shifts
}

/// The events by their id, of each the newest version.
fn newest(events: &[Event]) -> BTreeMap<&str, Vec<&Event>> {
    let mut by_id: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in events {
        let same = by_id.entry(&event.uid).or_default();
        let which = |event: &Event| match &event.replaces {
            Some(replaced) => (true, replaced.moment()),
            None => (false, event.start.moment()),
        };
        match same.iter_mut().find(|known| which(known) == which(event)) {
            Some(known) if known.sequence <= event.sequence => *known = event,
            Some(_) => {}
            None => same.push(event),
        }
    }
    by_id
}

fn expand(
    event: &Event,
    replacements: &[&When],
    window: Window,
    steps: &mut usize,
    warnings: &mut Warnings,
    shifts: &mut Vec<Shift>,
) {
    let is_out = |when: &When, moment: Timestamp| {
        let means = |other: &When| {
            // A day among times means what begins on that day.
            let same_day =
                other.whole_day && !when.whole_day && other.civil.date() == when.civil.date();
            same_day || other.moment() == Some(moment)
        };
        event.except.iter().any(means) || replacements.iter().any(|other| means(other))
    };
    let mut take = |when: &When, warnings: &mut Warnings| -> ControlFlow<()> {
        let Some(moment) = when.moment().filter(|moment| *moment < window.to) else {
            return ControlFlow::Break(());
        };
        if !is_out(when, moment) {
            shifts.extend(shift(event, when, window, warnings));
        }
        if shifts.len() > SHIFTS_MAX { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    match &event.rule {
        None => {
            let _ = take(&event.start, warnings);
        }
        Some(rule) => {
            let at = |civil: DateTime| event.start.at(civil);
            rule.each(&event.start, steps, |civil| take(&at(civil), warnings));
            if *steps == 0 {
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
