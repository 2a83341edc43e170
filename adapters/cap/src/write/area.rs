//! The `area` element: back to latitude first.

use std::fmt::Write as _;

use muster_contract::{Area, Circle, Polygon, Position};

use super::sheet::Sheet;
use super::{EncodeError, pairs};

/// Writes the children of an area.
pub(super) fn write(sheet: &mut Sheet, area: &Area) -> Result<(), EncodeError> {
    sheet.text("areaDesc", &area.description)?;
    for polygon in &area.polygons {
        let text = ring(polygon).map_err(|rule| sheet.unwritable("polygon", rule))?;
        sheet.text("polygon", &text)?;
    }
    for circle in &area.circles {
        let text = self::circle(circle).map_err(|rule| sheet.unwritable("circle", rule))?;
        sheet.text("circle", &text)?;
    }
    pairs(sheet, "geocode", &area.geocodes)?;
    if area.ceiling_ft.is_some() && area.altitude_ft.is_none() {
        return Err(sheet.missing("altitude", "3.2.4"));
    }
    for (name, feet) in [("altitude", area.altitude_ft), ("ceiling", area.ceiling_ft)] {
        if feet.is_some_and(|feet| !feet.is_finite()) {
            return Err(sheet.unwritable(name, "it is not a finite number of feet"));
        }
        sheet.optional(name, feet.map(|feet| feet.to_string()).as_deref())?;
    }
    Ok(())
}

fn ring(polygon: &Polygon) -> Result<String, &'static str> {
    let [ring] = polygon.rings.as_slice() else {
        return Err("CAP polygons have exactly one ring, without holes");
    };
    if ring.len() < 4 || ring.first() != ring.last() {
        return Err("a ring needs four positions, the last the same as the first");
    }
    if !ring.iter().all(|position| position.is_on_globe()) {
        return Err("a position is off the globe");
    }
    let mut text = String::with_capacity(ring.len() * 18);
    for position in ring {
        let separator = if text.is_empty() { "" } else { " " };
        text.push_str(separator);
        push(&mut text, *position);
    }
    Ok(text)
}

fn circle(circle: &Circle) -> Result<String, &'static str> {
    if !circle.center.is_on_globe() {
        return Err("its middle is off the globe");
    }
    if !(circle.radius_km.is_finite() && circle.radius_km >= 0.0) {
        return Err("its radius is no number of kilometres");
    }
    let mut text = String::new();
    push(&mut text, circle.center);
    let radius = circle.radius_km;
    Ok(format!("{text} {radius}"))
}

/// Writes `latitude,longitude` with the digits that give the same number again.
fn push(text: &mut String, Position { lon, lat }: Position) {
    // Writing to a string cannot fail.
    let _ = write!(text, "{lat},{lon}");
}
