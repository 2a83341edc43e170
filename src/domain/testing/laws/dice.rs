//! Choices read from bytes, so that what proptest makes and shrinks is plain bytes.

use muster_contract::{MultiPolygon, Position};
use uuid::Uuid;

use super::super::message;
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::REASON_CHARS_MAX;
use crate::domain::organization::Organization;
use crate::domain::place::Location;
use crate::domain::world::World;

/// The bytes behind one command; when they are used up, every choice is the first one.
pub(super) struct Dice<'d>(std::slice::Iter<'d, u8>);

impl<'d> Dice<'d> {
    pub(super) fn new(bytes: &'d [u8]) -> Self {
        Self(bytes.iter())
    }

    /// A number below `sides`.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % sides
    }

    /// True once in so many rolls.
    pub(super) fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) + 1 == sides
    }

    pub(super) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }

    /// What `make` makes, or nothing.
    pub(super) fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.roll(2) == 1).then(|| make(self))
    }

    /// One of the records, the newest more often, and now and then one that does not exist.
    pub(super) fn one_of<T>(&mut self, ids: impl Iterator<Item = Id<T>>) -> Id<T> {
        let ids: Vec<_> = ids.collect();
        let newest = ids.last().filter(|_| self.one_in(3)).copied();
        let stranger = self.one_in(16) || ids.is_empty();
        if stranger { Id::new(Uuid::nil()) } else { newest.unwrap_or_else(|| self.pick(&ids)) }
    }

    pub(super) fn incident(&mut self, world: &World) -> Id<Incident> {
        self.one_of(world.incidents().map(|incident| incident.id))
    }

    pub(super) fn organization(&mut self, world: &World) -> Id<Organization> {
        self.one_of(world.organizations().map(|organization| organization.id))
    }

    /// A text that mostly will do.
    pub(super) fn text(&mut self) -> String {
        let long = "x".repeat(REASON_CHARS_MAX + 1);
        let texts = ["smoke seen", "Flöße \u{1f6a8} \"quoted\"", "  blanks around ", "a\nb", " "];
        if self.one_in(32) { long } else { self.pick(&texts).to_owned() }
    }

    /// A place that mostly will do.
    pub(super) fn location(&mut self) -> Location {
        let usable = !self.one_in(12);
        let point = self.maybe(Self::position);
        let perimeter = self.maybe(Self::area);
        let point = if usable { point } else { Some(Position { lon: 10.0, lat: 91.0 }) };
        let nothing = point.is_none() && perimeter.is_none();
        let name = (nothing && usable).then(|| "Mill Street".to_owned());
        Location { point, perimeter, name }
    }

    /// An area near the others, whose corners need all the digits that a number has.
    pub(super) fn area(&mut self) -> MultiPolygon {
        let Position { lon, lat } = self.position();
        let side = self.pick(&[0.3, 1.0, 2.5]);
        let areas = message("").at(lon, lat, side).0.infos.remove(0).areas;
        MultiPolygon { polygons: areas.into_iter().flat_map(|area| area.polygons).collect() }
    }

    pub(super) fn position(&mut self) -> Position {
        let mut coordinate = || {
            let digits = [0; 4].map(|_| self.roll(256)).into_iter().fold(0, |n, b| n * 256 + b);
            #[expect(clippy::cast_precision_loss, reason = "32 bits fit")]
            let share = digits as f64 / f64::from(u32::MAX);
            share * 3.0
        };
        Position { lon: coordinate(), lat: coordinate() }
    }
}
