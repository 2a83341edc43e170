use geo::GeodesicArea as _;
use proptest::prelude::*;

use super::*;

fn area(polygons: Vec<Polygon>, circles: Vec<Circle>) -> Area {
    Area {
        description: "somewhere".to_owned(),
        polygons,
        circles,
        geocodes: Vec::new(),
        altitude_ft: None,
        ceiling_ft: None,
    }
}

fn circle(lon: f64, lat: f64, radius_km: f64) -> Circle {
    Circle { center: Position { lon, lat }, radius_km }
}

#[test]
fn the_outline_of_a_circle_has_nearly_the_area_of_the_circle() {
    let square_km = |c| outline(&area(vec![], vec![c])).geodesic_area_unsigned() / 1e6;
    let expected = std::f64::consts::PI * 25.0 * 25.0;
    for (lon, lat) in [(8.5, 47.4), (-180.0, -17.0), (179.95, 51.9)] {
        let share = square_km(circle(lon, lat, 25.0)) / expected;
        assert!((0.997..1.001).contains(&share), "{lon} {lat}: {share}");
    }
}

#[test]
fn the_outline_of_a_point_is_a_speck_that_meets_what_it_lies_in() {
    let speck = outline(&area(vec![], vec![circle(8.5, 47.4, 0.0)]));
    let square_m = speck.geodesic_area_unsigned();
    assert!((3.1..3.2).contains(&square_m), "{square_m}");
}

#[test]
fn the_outline_of_a_circle_that_holds_both_poles_is_the_globe() {
    let wide = outline(&area(vec![], vec![circle(20.0, 10.0, 15_000.0)]));
    assert_eq!(wide, whole_globe().to_geo().into());
}

#[test]
fn a_circle_over_the_antimeridian_holds_both_sides_and_one_over_the_pole_all_longitudes() {
    let fiji = area(vec![], vec![circle(179.9, -17.0, 50.0)]);
    let matcher = AreaMatcher::new(&fiji);
    assert!(matcher.contains(Position { lon: -179.9, lat: -17.0 }));
    assert!(!matcher.contains(Position { lon: -179.0, lat: -17.0 }));
    let pole = area(vec![], vec![circle(0.0, 89.0, 500.0)]);
    assert!(AreaMatcher::new(&pole).contains(Position { lon: 180.0, lat: 88.0 }));
    assert_eq!(outline(&pole).0.len(), 1);
}

#[test]
fn a_circle_of_radius_0_holds_its_middle_only() {
    let spot = area(vec![], vec![circle(8.5, 47.4, 0.0)]);
    assert!(AreaMatcher::new(&spot).contains(Position { lon: 8.5, lat: 47.4 }));
    assert!(!AreaMatcher::new(&spot).contains(Position { lon: 8.5, lat: 47.4001 }));
}

#[test]
fn an_empty_set_matches_nothing() {
    let spot = area(vec![], vec![circle(0.0, 0.0, 100.0)]);
    assert_eq!(PointSet::new(&[]).matching(&spot), Vec::<usize>::new());
}

fn position() -> impl Strategy<Value = Position> {
    (-30.0..30.0, -30.0..30.0).prop_map(|(lon, lat)| Position { lon, lat })
}

fn ring() -> impl Strategy<Value = Polygon> {
    prop::collection::vec(position(), 3..20).prop_map(|mut ring| {
        ring.extend(ring.first().copied());
        Polygon::from_ring(ring)
    })
}

fn any_circle() -> impl Strategy<Value = Circle> {
    (position(), 0.0..3_000.0).prop_map(|(center, radius_km)| Circle { center, radius_km })
}

proptest! {
    #[test]
    fn the_set_finds_exactly_the_positions_that_the_matcher_holds(
        positions in prop::collection::vec(position(), 0..200),
        polygons in prop::collection::vec(ring(), 0..3),
        circles in prop::collection::vec(any_circle(), 0..3),
    ) {
        let area = area(polygons, circles);
        let matcher = AreaMatcher::new(&area);
        let numbered = positions.iter().enumerate();
        let expected: Vec<usize> =
            numbered.filter(|(_, p)| matcher.contains(**p)).map(|(index, _)| index).collect();
        prop_assert_eq!(PointSet::new(&positions).matching(&area), expected);
    }
}
