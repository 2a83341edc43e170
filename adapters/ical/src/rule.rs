//! Recurrence rules (RFC 5545 section 3.3.10), on the wall of the event's time zone.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, Timestamp, ToSpan};

use crate::event::{When, when};

/// Entries of a list in a rule that are looked at; a year has that many days.
const LIST_MAX: usize = 366;

/// That a file recurs more often than is followed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TooOften;

/// How an event recurs.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    every: Every,
    interval: i64,
    count: Option<u64>,
    until: Option<Until>,
    week_start: Weekday,
    months: Vec<i8>,
    month_days: Vec<i8>,
    year_days: Vec<i16>,
    /// Days of the week, with which of them it is where it is not each: `-1SU` is the last Sunday.
    days: Vec<(Option<i16>, Weekday)>,
    hours: Vec<i8>,
    minutes: Vec<i8>,
    places: Vec<i16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Every {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

#[derive(Clone, Copy, Debug)]
enum Until {
    Moment(Timestamp),
    Wall(DateTime),
}

impl Rule {
    /// Reads a rule.
    ///
    /// # Errors
    /// The part that cannot be followed.
    pub(crate) fn parse(text: &str, start: &When) -> Result<Self, String> {
        let mut rule = Self {
            every: Every::Day,
            interval: 1,
            count: None,
            until: None,
            week_start: Weekday::Monday,
            months: Vec::new(),
            month_days: Vec::new(),
            year_days: Vec::new(),
            days: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            places: Vec::new(),
        };
        let text = text.to_ascii_uppercase();
        let mut has_frequency = false;
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or(part)?;
            has_frequency |= name == "FREQ";
            rule.take(name, value, start).ok_or(part)?;
        }
        if has_frequency { Ok(rule) } else { Err(text) }
    }

    fn take(&mut self, name: &str, value: &str, start: &When) -> Option<()> {
        match name {
            "FREQ" => {
                self.every = match value {
                    "HOURLY" => Every::Hour,
                    "DAILY" => Every::Day,
                    "WEEKLY" => Every::Week,
                    "MONTHLY" => Every::Month,
                    "YEARLY" => Every::Year,
                    _ => return None,
                }
            }
            "INTERVAL" => {
                self.interval = value.parse().ok().filter(|n| (1..=10_000).contains(n))?;
            }
            "COUNT" => self.count = Some(value.parse().ok()?),
            "UNTIL" => self.until = Some(until(value, start)?),
            "WKST" => self.week_start = weekday(value)?,
            "BYMONTH" => self.months = numbers(value, 1, 12)?,
            "BYMONTHDAY" => self.month_days = numbers(value, -31, 31)?,
            "BYYEARDAY" => self.year_days = numbers(value, -366, 366)?,
            "BYSETPOS" => self.places = numbers(value, -366, 366)?,
            "BYHOUR" => self.hours = numbers(value, 0, 23)?,
            "BYMINUTE" => self.minutes = numbers(value, 0, 59)?,
            "BYDAY" => {
                let day = |text: &str| {
                    let (number, day) = text.trim().split_at_checked(text.trim().len() - 2)?;
                    let number = if number.is_empty() { None } else { Some(number.parse().ok()?) };
                    Some((number, weekday(day)?))
                };
                let long = |text: &&str| text.trim().len() >= 2;
                let few = value.split(',').filter(long).take(LIST_MAX);
                self.days = few.map(day).collect::<Option<_>>()?;
                self.days.sort_by_key(|(number, day)| (*number, day.to_monday_zero_offset()));
                self.days.dedup();
            }
            // The event says at which second.
            "BYSECOND" => {}
            name if name.starts_with("X-") => {}
            _ => return None,
        }
        Some(())
    }

    /// Visits the times at which the event begins, in order, the first included, until it is told to
    /// stop.
    ///
    /// # Errors
    /// [`TooOften`] when the steps that are left for the file are used up.
    pub(crate) fn each(
        &self,
        start: &When,
        steps: &mut usize,
        mut visit: impl FnMut(DateTime) -> ControlFlow<()>,
    ) -> Result<(), TooOften> {
        let mut given = 0;
        let mut give = |civil: DateTime| {
            if self.count.is_some_and(|count| given >= count) || self.is_past(start, civil) {
                return ControlFlow::Break(());
            }
            given += 1;
            visit(civil)
        };
        // The first counts even where the rule does not give it.
        if give(start.civil).is_break() {
            return Ok(());
        }
        for turn in 0_i64.. {
            *steps = steps.checked_sub(self.work()).ok_or(TooOften)?;
            let Some(civils) = self.turn(start.civil, turn) else { return Ok(()) };
            for civil in civils.into_iter().filter(|civil| *civil > start.civil) {
                if give(civil).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// How much there is to do in one turn, in times looked at.
    fn work(&self) -> usize {
        let days = match self.every {
            Every::Hour | Every::Day => 1,
            Every::Week => 7,
            Every::Month => 31 * (1 + self.days.len()),
            Every::Year => 366 * (1 + self.days.len()),
        };
        // Those that are looked at by their number are few.
        let days = if self.days.is_empty() { days.min(1 + self.month_days.len()) } else { days };
        days * self.hours.len().max(1) * self.minutes.len().max(1)
    }

    fn is_past(&self, start: &When, civil: DateTime) -> bool {
        match self.until {
            None => false,
            Some(Until::Wall(last)) => civil > last,
            Some(Until::Moment(last)) => start.at(civil).moment().is_none_or(|at| at > last),
        }
    }

    /// The times in one step of the interval, in order; nothing where the calendar ends.
    fn turn(&self, first: DateTime, turn: i64) -> Option<Vec<DateTime>> {
        let step = turn.checked_mul(self.interval)?;
        if self.every == Every::Hour {
            let civil = first.checked_add(Span::new().try_hours(step).ok()?).ok()?;
            let fits = self.is_on(civil.date())
                && (self.hours.is_empty() || self.hours.contains(&civil.hour()));
            return Some(if fits { vec![civil] } else { Vec::new() });
        }
        let mut dates = self.dates(first.date(), step)?;
        dates.sort_unstable();
        dates.dedup();
        let times = self.times(first.time());
        let all: Vec<_> = dates
            .iter()
            .flat_map(|date| times.iter().map(|time| date.to_datetime(*time)))
            .collect();
        if self.places.is_empty() {
            return Some(all);
        }
        let placed = |place: &i16| {
            let place = usize::from(place.unsigned_abs());
            all.get(place.checked_sub(1)?)
        };
        let from_end = |place: &i16| {
            let place = usize::from(place.unsigned_abs());
            all.get(all.len().checked_sub(place)?)
        };
        let mut chosen: Vec<_> = self
            .places
            .iter()
            .filter_map(|place| if *place > 0 { placed(place) } else { from_end(place) })
            .copied()
            .collect();
        chosen.sort_unstable();
        chosen.dedup();
        Some(chosen)
    }

    fn times(&self, first: Time) -> Vec<Time> {
        let or = |all: &[i8], one: i8| if all.is_empty() { vec![one] } else { all.to_vec() };
        let (hours, minutes) = (or(&self.hours, first.hour()), or(&self.minutes, first.minute()));
        let mut times: Vec<_> = hours
            .iter()
            .flat_map(|hour| {
                minutes
                    .iter()
                    .filter_map(|minute| Time::new(*hour, *minute, first.second(), 0).ok())
            })
            .collect();
        times.sort_unstable();
        times
    }

    /// The days in one step.
    fn dates(&self, first: Date, step: i64) -> Option<Vec<Date>> {
        match self.every {
            Every::Hour | Every::Day => {
                let date = first.checked_add(Span::new().try_days(step).ok()?).ok()?;
                Some(if self.is_on(date) { vec![date] } else { Vec::new() })
            }
            Every::Week => {
                let back = i64::from(first.weekday().since(self.week_start));
                let monday = first.checked_sub(back.days()).ok()?;
                let monday = monday.checked_add(Span::new().try_weeks(step).ok()?).ok()?;
                let days = monday.series(1.day()).take(7);
                let wanted = |date: &Date| match self.days.as_slice() {
                    [] => date.weekday() == first.weekday(),
                    days => days.iter().any(|(_, day)| *day == date.weekday()),
                };
                Some(days.filter(wanted).filter(|date| self.in_months(*date)).collect())
            }
            Every::Month => {
                let month =
                    first.first_of_month().checked_add(Span::new().try_months(step).ok()?).ok()?;
                Some(if self.in_months(month) {
                    self.of_month(month, first.day())
                } else {
                    Vec::new()
                })
            }
            Every::Year => {
                let year = i16::try_from(i64::from(first.year()) + step).ok()?;
                self.of_year(Date::new(year, 1, 1).ok()?, first)
            }
        }
    }

    fn of_year(&self, year: Date, first: Date) -> Option<Vec<Date>> {
        if !self.year_days.is_empty() {
            let days = i64::from(year.days_in_year());
            let day = |number: &i16| {
                let number = i64::from(*number);
                let place = if number > 0 { number - 1 } else { days + number };
                year.checked_add(Span::new().try_days(place).ok()?)
                    .ok()
                    .filter(|date| date.year() == year.year())
            };
            let dates = self.year_days.iter().filter_map(day).filter(|date| self.in_months(*date));
            return Some(dates.filter(|date| self.on_weekday(*date)).collect());
        }
        let all = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        let months: &[i8] = match self.months.as_slice() {
            [] if self.month_days.is_empty() && self.days.is_empty() => &[first.month()],
            [] if self.month_days.is_empty() => {
                return Some(self.weekdays_of(year, year.last_of_year()));
            }
            [] => &all,
            months => months,
        };
        let month = |month: &i8| Date::new(year.year(), *month, 1).ok();
        Some(months.iter().filter_map(month).flat_map(|m| self.of_month(m, first.day())).collect())
    }

    /// The days of a month, which is given by its first day.
    fn of_month(&self, month: Date, day: i8) -> Vec<Date> {
        if self.month_days.is_empty() && !self.days.is_empty() {
            return self.weekdays_of(month, month.last_of_month());
        }
        let days = if self.month_days.is_empty() { vec![day] } else { self.month_days.clone() };
        let date = |day: i8| {
            let day = if day > 0 { day } else { month.days_in_month() + day + 1 };
            Date::new(month.year(), month.month(), day).ok()
        };
        days.into_iter().filter_map(date).filter(|date| self.on_weekday(*date)).collect()
    }

    /// The days of the week between two dates, each or the ones that are counted.
    fn weekdays_of(&self, first: Date, last: Date) -> Vec<Date> {
        let mut dates = Vec::new();
        for (number, day) in &self.days {
            let days: Vec<_> = first
                .series(1.day())
                .take_while(|date| *date <= last)
                .filter(|date| date.weekday() == *day)
                .collect();
            match number {
                None => dates.extend(days),
                Some(number) => {
                    let place = usize::from(number.unsigned_abs());
                    let index = if *number > 0 {
                        place.checked_sub(1)
                    } else {
                        days.len().checked_sub(place)
                    };
                    dates.extend(index.and_then(|index| days.get(index)));
                }
            }
        }
        dates
    }

    /// Whether a day is one of those that narrow a daily or hourly rule.
    fn is_on(&self, date: Date) -> bool {
        let from_end = date.day() - date.days_in_month() - 1;
        let in_month = |days: &[i8]| days.contains(&date.day()) || days.contains(&from_end);
        self.in_months(date)
            && self.on_weekday(date)
            && (self.month_days.is_empty() || in_month(&self.month_days))
    }

    fn in_months(&self, date: Date) -> bool {
        self.months.is_empty() || self.months.contains(&date.month())
    }

    fn on_weekday(&self, date: Date) -> bool {
        self.days.is_empty() || self.days.iter().any(|(_, day)| *day == date.weekday())
    }
}

fn until(text: &str, start: &When) -> Option<Until> {
    let last = when(text, &start.zone)?;
    if last.whole_day {
        return Some(Until::Wall(last.civil.date().to_datetime(Time::constant(23, 59, 59, 0))));
    }
    if text.ends_with('Z') {
        // Some programs write the wall time of the last occurrence as if it were UTC; a moment that
        // is right is never before it.
        return last.moment().map(Until::Moment);
    }
    Some(Until::Wall(last.civil))
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

/// Numbers in order, each once.
fn numbers<N: FromStr + Into<i16> + Copy + Ord>(
    text: &str,
    least: i16,
    most: i16,
) -> Option<Vec<N>> {
    let number = |text: &str| text.trim().trim_start_matches('+').parse::<N>().ok();
    let all: BTreeSet<N> = text.split(',').map(number).collect::<Option<_>>()?;
    let fits = all.iter().all(|number| (least..=most).contains(&(*number).into()));
    fits.then(|| all.into_iter().collect())
}
