//! How much ground two areas have in common.
//!
//! Both are cut into slices from south to north, and in the middle of each slice the stretches inside
//! them are compared. The work is so many slices times so many sides, however often the sides cross:
//! whoever sends a tangle of lines holds up nobody.

use geo::{BoundingRect as _, LinesIter as _, MultiPolygon, Polygon, Rect};

/// Slices of an area. A share is off by about one of them.
const SLICES: u32 = 256;

/// A stretch of a slice, from west to east.
type Stretch = (f64, f64);

/// The share of the smaller area that lies in both: 0 to 1.
pub(super) fn share(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> f64 {
    let (Some(of_a), Some(of_b)) = (a.bounding_rect(), b.bounding_rect()) else { return 0.0 };
    let south = of_a.min().y.max(of_b.min().y);
    let north = of_a.max().y.min(of_b.max().y);
    let common = slices(south, north, |y| common_length(&stretches(a, y), &stretches(b, y)));
    let whole = |of: &MultiPolygon<f64>, within: Rect<f64>| {
        slices(within.min().y, within.max().y, |y| length(&stretches(of, y)))
    };
    let smaller = whole(a, of_a).min(whole(b, of_b));
    if smaller > 0.0 { (common / smaller).min(1.0) } else { 0.0 }
}

/// What the slices between two latitudes add up to.
fn slices(south: f64, north: f64, length: impl Fn(f64) -> f64) -> f64 {
    if north <= south {
        return 0.0;
    }
    let height = (north - south) / f64::from(SLICES);
    let middle = |n: u32| (f64::from(n) + 0.5).mul_add(height, south);
    (0..SLICES).map(|n| length(middle(n)) * height).sum()
}

/// The stretches of a latitude that lie inside, apart from each other, from west to east.
fn stretches(area: &MultiPolygon<f64>, y: f64) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = area.iter().flat_map(|polygon| inside(polygon, y)).collect();
    all.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let mut apart: Vec<Stretch> = Vec::with_capacity(all.len());
    for (from, to) in all {
        match apart.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to)),
        }
    }
    apart
}

/// The stretches of a latitude inside one polygon: between every other pair of its sides.
fn inside(polygon: &Polygon<f64>, y: f64) -> Vec<Stretch> {
    let crosses = |line: &geo::Line<f64>| (line.start.y <= y) != (line.end.y <= y);
    let at = |line: geo::Line<f64>| {
        let part = (y - line.start.y) / (line.end.y - line.start.y);
        part.mul_add(line.end.x - line.start.x, line.start.x)
    };
    let mut sides: Vec<f64> = polygon.lines_iter().filter(crosses).map(at).collect();
    sides.sort_unstable_by(f64::total_cmp);
    sides.as_chunks().0.iter().map(|[from, to]| (*from, *to)).collect()
}

fn length(stretches: &[Stretch]) -> f64 {
    stretches.iter().map(|(from, to)| to - from).sum()
}

/// How long both are inside at once.
fn common_length(a: &[Stretch], b: &[Stretch]) -> f64 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut common = 0.0;
    while let (Some(first), Some(second)) = (a.peek(), b.peek()) {
        common += (first.1.min(second.1) - first.0.max(second.0)).max(0.0);
        if first.1 <= second.1 {
            a.next()
        } else {
            b.next()
        };
    }
    common
}

#[cfg(test)]
mod tests {
    use geo::{Area as _, BooleanOps as _, MultiPolygon, polygon};
    use proptest::prelude::*;

    use super::share;

    fn square(x: f64, y: f64, side: f64) -> geo::Polygon<f64> {
        polygon![(x: x, y: y), (x: x + side, y: y), (x: x + side, y: y + side), (x: x, y: y + side)]
    }

    proptest! {
        #[test]
        fn the_share_is_that_of_an_exact_intersection_but_for_a_slice(
            (x, y, side) in (-3.0..3.0f64, -3.0..3.0f64, 0.1..3.0f64),
            (h, w) in (0.1..3.0f64, 0.1..3.0f64),
        ) {
            let a = MultiPolygon::from(square(0.0, 0.0, 2.0));
            let b = MultiPolygon::from(vec![
                polygon![(x: x, y: y), (x: x + w, y: y + h), (x: x, y: y + 2.0 * h)],
                square(x + 10.0, y, side),
            ]);
            let exact = a.intersection(&b).unsigned_area() / a.unsigned_area().min(b.unsigned_area());
            prop_assert!((share(&a, &b) - exact).abs() < 0.02, "{} {exact}", share(&a, &b));
        }
    }

    #[test]
    fn what_is_drawn_twice_counts_once_and_a_hole_is_outside() {
        let one = MultiPolygon::from(square(0.0, 0.0, 2.0));
        let twice = MultiPolygon::from(vec![square(0.0, 0.0, 2.0), square(0.0, 0.0, 2.0)]);
        assert!((share(&one, &twice) - 1.0).abs() < 0.01);
        let hole = square(0.5, 0.5, 1.0).exterior().clone();
        let ring = geo::Polygon::new(square(0.0, 0.0, 2.0).exterior().clone(), vec![hole]);
        assert!(
            share(&MultiPolygon::from(ring), &MultiPolygon::from(square(0.6, 0.6, 0.5))) < 0.01
        );
    }
}
