//! Scalars of the API: positions in the course of events, and places.

use async_graphql::{
    InputValueError, InputValueResult, Result, Scalar, ScalarType, Value, from_value,
};
use muster_contract as contract;

use crate::domain::Seq;
use crate::graphql::asked::Asked;
use crate::graphql::fault::fault;
use crate::hub::Position as Standing;

/// A moment in the course of events, to come back to: a text that the hub gave. It is the same as
/// long as nothing changes on your picture, and tells nothing of what others do: neither its order
/// nor its distance to another can be told from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sequence(pub Standing);

impl Sequence {
    /// The log entry that it stands for.
    pub(super) fn entry(&self, asked: &Asked) -> Result<Seq> {
        let known = asked.hub.seq_of(&self.0);
        known.ok_or_else(|| fault("BAD_SEQUENCE", "this hub did not give that sequence"))
    }
}

#[Scalar]
impl ScalarType for Sequence {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map(Self).map_err(InputValueError::custom),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        self.0.as_str().into()
    }
}

/// A position on WGS 84 as in GeoJSON: `[longitude, latitude]` in degrees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position(pub contract::Position);

#[Scalar]
impl ScalarType for Position {
    fn parse(value: Value) -> InputValueResult<Self> {
        from_value(value).map(Self).map_err(|_| {
            InputValueError::custom("a position is `[longitude, latitude]` in degrees")
        })
    }

    fn to_value(&self) -> Value {
        position(self.0)
    }
}

/// An area on WGS 84: the `coordinates` of a GeoJSON MultiPolygon (RFC 7946 section 3.1.7), so
/// polygons of closed rings of `[longitude, latitude]`, the outer ring first.
#[derive(Clone, Debug)]
pub(crate) struct MultiPolygon(pub contract::MultiPolygon);

#[Scalar]
impl ScalarType for MultiPolygon {
    fn parse(value: Value) -> InputValueResult<Self> {
        from_value(value).map(Self).map_err(|_| {
            InputValueError::custom("an area is the `coordinates` of a GeoJSON MultiPolygon")
        })
    }

    fn to_value(&self) -> Value {
        polygons(&self.0.polygons)
    }
}

fn polygons(polygons: &[contract::Polygon]) -> Value {
    let ring = |ring: &Vec<_>| Value::List(ring.iter().copied().map(position).collect());
    let polygon = |p: &contract::Polygon| Value::List(p.rings.iter().map(ring).collect());
    Value::List(polygons.iter().map(polygon).collect())
}

fn position(position: contract::Position) -> Value {
    Value::List(vec![position.lon.into(), position.lat.into()])
}
