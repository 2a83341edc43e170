//! Where something is.

use std::borrow::Cow;

use async_graphql::{InputObject, Object, Result, SimpleObject};
use muster_contract as contract;

use crate::domain::place;
use crate::graphql::fault::fault;
use crate::graphql::scalars::{MultiPolygon, Position};

/// A place: a point, a perimeter, a name, or several of these.
pub(crate) struct Location<'a>(pub(super) Cow<'a, place::Location>);

#[Object]
impl Location<'_> {
    /// One position, such as the address of the first call.
    async fn point(&self) -> Option<Position> {
        self.0.point.map(Position)
    }

    /// The outline of what is affected.
    async fn perimeter(&self) -> Option<MultiPolygon> {
        self.0.perimeter.clone().map(MultiPolygon)
    }

    /// What people call the place.
    async fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }
}

/// A place: at least a point, a perimeter or a name.
#[derive(InputObject)]
pub(crate) struct LocationInput {
    /// One position, such as the address of the first call.
    point: Option<Position>,
    /// The outline of what is affected.
    perimeter: Option<MultiPolygon>,
    /// What people call the place.
    name: Option<String>,
}

impl From<LocationInput> for place::Location {
    fn from(input: LocationInput) -> Self {
        Self {
            point: input.point.map(|point| point.0),
            perimeter: input.perimeter.map(|perimeter| perimeter.0),
            name: input.name,
        }
    }
}

/// A box of longitudes and latitudes in degrees. `west` greater than `east` means that it crosses
/// the antimeridian.
#[derive(SimpleObject, InputObject, Clone, Copy)]
#[graphql(input_name = "BoundingBoxInput")]
pub(crate) struct BoundingBox {
    /// Western edge, −180 to 180.
    west: f64,
    /// Southern edge, −90 to 90.
    south: f64,
    /// Eastern edge, −180 to 180.
    east: f64,
    /// Northern edge, −90 to 90.
    north: f64,
}

impl BoundingBox {
    /// The box, if it lies on the globe.
    pub(in crate::graphql) fn checked(self) -> Result<contract::BoundingBox> {
        let Self { west, south, east, north } = self;
        let longitudes = [west, east].iter().all(|lon| (-180.0..=180.0).contains(lon));
        let latitudes = [south, north].iter().all(|lat| (-90.0..=90.0).contains(lat));
        if longitudes && latitudes && south <= north {
            return Ok(contract::BoundingBox { west, south, east, north });
        }
        let message = format!(
            "`box` is not on the globe: west {west}, south {south}, east {east}, north {north}"
        );
        Err(fault("BAD_BOX", message))
    }
}

impl From<contract::BoundingBox> for BoundingBox {
    fn from(b: contract::BoundingBox) -> Self {
        Self { west: b.west, south: b.south, east: b.east, north: b.north }
    }
}
