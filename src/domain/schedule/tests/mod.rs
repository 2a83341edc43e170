//! Schedules told as stories, and the laws of civil time that they keep.

mod laws;
mod stories;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::{Override, Plan, Rotation, Schedule};
use crate::domain::ids::Id;
use crate::domain::record::Revision;
use crate::domain::testing::id;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn civil(text: &str) -> DateTime {
    text.parse().unwrap()
}

/// A rotation of the persons with these numbers.
fn rotation(name: &str, members: &[u64], first: &str, turn_days: u16) -> Rotation {
    let members = members.iter().map(|n| id(*n)).collect();
    Rotation { name: name.to_owned(), members, first: civil(first), turn_days, hours: Vec::new() }
}

fn plan(time_zone: &str, rotations: Vec<Rotation>) -> Plan {
    let (name, time_zone) = ("Duty officer".to_owned(), time_zone.to_owned());
    Plan { name, time_zone, rotations, holidays: Vec::new() }
}

fn schedule(plan: Plan, overrides: Vec<Override>) -> Schedule {
    Schedule {
        id: id(1),
        organization: Id::new(uuid::Uuid::nil()),
        plan,
        calendars: Vec::<Arc<_>>::new(),
        overrides,
        ended: false,
        revision: Revision {
            created: 1,
            created_at: Timestamp::UNIX_EPOCH,
            changed: 1,
            changed_at: Timestamp::UNIX_EPOCH,
        },
    }
}
