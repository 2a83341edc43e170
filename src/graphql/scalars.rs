//! Scalars of the API: numbers of log entries, and places.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value, from_value};
use muster_contract as contract;

use crate::domain::Seq;

/// The number of a log entry, from 1; 0 is before the first. A JSON number without fraction, up to
/// 2^53.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sequence(pub Seq);

#[Scalar]
impl ScalarType for Sequence {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::Number(number) => number
                .as_u64()
                .map(Self)
                .ok_or_else(|| InputValueError::custom("a sequence is a whole number from 0")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        self.0.into()
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
