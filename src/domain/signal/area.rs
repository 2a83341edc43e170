//! The ground that a message covers.

use std::collections::BTreeSet;

use muster_contract::{Alert, Area, MultiPolygon, matching};

use super::info::is_over;

/// Areas of one message that are compared with each other.
const COMPARED_AREAS_MAX: usize = 200;

/// Polygons, circles and resolved geocodes together, cut at the antimeridian. Of a message that is
/// over in some places, it is the ground where it is not; what is drawn in two languages counts once.
pub(super) fn of(alert: &Alert, resolved: Option<&MultiPolygon>) -> geo::MultiPolygon<f64> {
    let mut areas: Vec<&Area> = Vec::new();
    for area in that_count(alert) {
        let same =
            |other: &&Area| (&other.polygons, &other.circles) == (&area.polygons, &area.circles);
        // Far more areas than any sender draws are not looked through for those drawn twice.
        if areas.len() > COMPARED_AREAS_MAX || !areas.iter().any(same) {
            areas.push(area);
        }
    }
    let areas = areas.into_iter();
    let drawn = areas.flat_map(|area| matching::outline(area).0);
    let resolved = resolved.into_iter().flat_map(|multi| multi.to_geo().0);
    drawn.chain(resolved).collect()
}

/// The codes by which a message names the same ground, each with the name of its list.
pub(super) fn geocodes(alert: &Alert) -> BTreeSet<(&str, &str)> {
    let codes = that_count(alert).flat_map(|area| &area.geocodes);
    codes.map(|code| (code.name.as_str(), code.value.as_str())).collect()
}

/// The areas where the message is not over; all of them when it is over everywhere.
fn that_count(alert: &Alert) -> impl Iterator<Item = &Area> {
    let all_over = alert.infos.iter().all(is_over);
    let infos = alert.infos.iter().filter(move |info| all_over || !is_over(info));
    infos.flat_map(|info| &info.areas)
}

#[cfg(test)]
mod tests {
    use geo::Intersects as _;
    use muster_contract::{BoundingBox, Circle, Position};

    use crate::domain::Command;
    use crate::domain::rules::{Adopt, DEFAULT};
    use crate::domain::testing::{Message, Story, given, message};

    /// A flood warning for one circle.
    fn circle(identifier: &str, lon: f64, lat: f64, radius_km: f64) -> Message {
        let circle = Circle { center: Position { lon, lat }, radius_km };
        message(identifier).info(|info| {
            for area in &mut info.areas {
                (area.polygons, area.circles) = (Vec::new(), vec![circle]);
            }
        })
    }

    fn received<const N: usize>(messages: [Message; N]) -> Story {
        let rules = Command::from(Adopt { source: DEFAULT.to_owned() });
        given(std::iter::once(rules).chain(messages.map(Command::from)))
    }

    fn box_of(message: Message) -> BoundingBox {
        received([message]).world.signals().next().unwrap().bounding_box.unwrap()
    }

    #[test]
    fn the_box_of_a_circle_over_the_antimeridian_is_as_wide_as_the_circle() {
        for lon in [179.9, 180.0, -180.0, -179.9] {
            let b = box_of(circle("fiji", lon, -17.0, 50.0));
            assert!(b.west > 179.0 && b.east < -179.0, "{lon}: {b:?}");
            assert!(b.contains(Position { lon: 179.8, lat: -17.0 }), "{lon}: {b:?}");
            assert!(b.contains(Position { lon: -179.8, lat: -17.0 }), "{lon}: {b:?}");
            assert!(b.middle().lon.abs() > 179.8, "{lon}: {:?}", b.middle());
        }
    }

    #[test]
    fn a_circle_round_a_pole_reaches_it_at_all_longitudes() {
        let north = received([circle("north", 30.0, 89.0, 500.0)]);
        let signal = north.world.signals().next().unwrap();
        let b = signal.bounding_box.unwrap();
        assert_eq!((b.west, b.east, b.north), (-180.0, 180.0, 90.0));
        assert!((84.5..84.6).contains(&b.south), "{b:?}");
        let area = signal.area();
        for (lon, lat) in [(30.0, 86.0), (-150.0, 88.0), (180.0, 89.9), (-179.0, 87.0)] {
            assert!(area.intersects(&geo::Point::new(lon, lat)), "{lon} {lat}");
        }
        assert!(!area.intersects(&geo::Point::new(-150.0, 86.0)));
        let south = box_of(circle("south", -120.0, -89.5, 200.0));
        assert_eq!((south.west, south.south, south.east), (-180.0, -90.0, 180.0));
    }

    #[test]
    fn circles_on_both_sides_of_the_antimeridian_are_one_incident_and_those_far_off_another() {
        let story = received([
            circle("east", 179.9, -17.0, 50.0),
            circle("west", -179.9, -17.0, 50.0),
            circle("greenwich", 0.0, -17.0, 50.0),
        ]);
        let attached = |n: usize| story.world.signals().nth(n).unwrap().attachments.len();
        assert_eq!([attached(0), attached(1), attached(2)], [1, 1, 1]);
        assert_eq!(story.world.incidents().count(), 2);
    }

    #[test]
    fn a_point_lies_in_the_area_of_its_warning() {
        let story =
            received([circle("wide", -180.0, 66.0, 20.0), circle("point", 180.0, 66.0, 0.0)]);
        assert_eq!(story.world.incidents().count(), 1);
    }
}
