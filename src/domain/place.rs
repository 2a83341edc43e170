//! Where something is: a point, a perimeter, a named place, or several of these.

mod rings;

use muster_contract::{BoundingBox, MultiPolygon, Position};
use serde::{Deserialize, Serialize};

use super::limits::{self, NAME_CHARS_MAX, POSITIONS_MAX};
use super::refusal::Refusal;

/// Where an incident is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// One position, such as the address of the first call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<Position>,
    /// The outline of what is affected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub perimeter: Option<MultiPolygon>,
    /// What people call the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Location {
    /// The smallest box around point and perimeter; none for a place known by name only.
    #[must_use]
    pub fn bounding_box(&self) -> Option<BoundingBox> {
        let point = self.point.map(BoundingBox::around);
        let perimeter = self.perimeter.as_ref().and_then(MultiPolygon::bounding_box);
        let (Some(point), Some(perimeter)) = (point, perimeter) else {
            return point.or(perimeter);
        };
        BoundingBox::around_all([point, perimeter])
    }

    /// The same place, if it is usable: it says something, its positions are on the globe, its
    /// rings are closed and do not cross themselves, and it is within bounds.
    ///
    /// # Errors
    /// [`Refusal::PlaceUnusable`] or [`Refusal::TooManyPositions`], naming the part.
    pub fn checked(&self) -> Result<Self, Refusal> {
        let nothing = self.point.is_none() && self.perimeter.is_none() && self.name.is_none();
        if nothing {
            let problem = "give a point, a perimeter or a name".to_owned();
            return Err(Refusal::PlaceUnusable { field: "location", problem });
        }
        if let Some(point) = self.point {
            check_on_globe("location.point", point)?;
        }
        if let Some(perimeter) = &self.perimeter {
            check_area("location.perimeter", perimeter)?;
        }
        let name = self.name.as_deref();
        let name =
            name.map(|text| limits::text("location.name", text, NAME_CHARS_MAX)).transpose()?;
        Ok(Self { name, ..self.clone() })
    }
}

/// Checks an area that a person or partner sent.
///
/// # Errors
/// [`Refusal::PlaceUnusable`] or [`Refusal::TooManyPositions`] under the given field name.
pub fn check_area(field: &'static str, area: &MultiPolygon) -> Result<(), Refusal> {
    let count = area.position_count();
    if count > POSITIONS_MAX {
        return Err(Refusal::TooManyPositions { field, count, count_max: POSITIONS_MAX });
    }
    let unusable = |problem: &str| Refusal::PlaceUnusable { field, problem: problem.to_owned() };
    for ring in area.polygons.iter().flat_map(|polygon| &polygon.rings) {
        ring.iter().try_for_each(|p| check_on_globe(field, *p))?;
        if ring.len() < 4 || ring.first() != ring.last() {
            return Err(unusable(
                "each ring needs at least 4 positions, the last equal to the first",
            ));
        }
    }
    if area.is_empty() {
        return Err(unusable("it encloses nothing; give at least one polygon with an inside"));
    }
    rings::problem(&area.to_geo()).map_or(Ok(()), |problem| Err(unusable(&problem)))
}

fn check_on_globe(field: &'static str, p: Position) -> Result<(), Refusal> {
    if p.is_on_globe() {
        return Ok(());
    }
    let problem = format!(
        "longitude {} and latitude {} are not on the globe; are they swapped?",
        p.lon, p.lat
    );
    Err(Refusal::PlaceUnusable { field, problem })
}
