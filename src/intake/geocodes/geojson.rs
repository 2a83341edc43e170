//! Tables in GeoJSON (RFC 7946): a collection of features.

use geo::{Geometry, MultiPolygon as Shape};
use geojson::feature::Id;
use geojson::{FeatureCollection, JsonValue};

use super::Feature;

/// Features of one table.
pub(super) const FEATURES_MAX: usize = 100_000;

/// Reads the features that have ground.
///
/// # Errors
/// Says in a sentence what is wrong with the file.
pub(crate) fn read(bytes: &[u8], property: Option<&str>) -> Result<Vec<Feature>, String> {
    let collection: FeatureCollection = serde_json::from_slice(bytes)
        .map_err(|error| format!("it is no GeoJSON FeatureCollection: {error}"))?;
    if collection.features.len() > FEATURES_MAX {
        return Err(format!("it has more than {FEATURES_MAX} features"));
    }
    let features = collection.features.into_iter().filter_map(|feature| {
        let id = feature.id.as_ref().map(|id| match id {
            Id::String(id) => id.clone(),
            Id::Number(id) => id.to_string(),
        });
        let property = property.and_then(|name| feature.property(name)).and_then(text);
        let geometry = Geometry::try_from(feature.geometry?).ok()?;
        Some(Feature { id, property, shape: shape(geometry)? })
    });
    Ok(features.collect())
}

/// Whether bytes can be read as a table; for fuzzing.
#[must_use]
pub fn is_table(bytes: &[u8], property: &str) -> bool {
    read(bytes, Some(property)).is_ok()
}

/// A code as text: some tables write it as a number.
pub(super) fn text(value: &JsonValue) -> Option<String> {
    match value {
        JsonValue::String(text) => Some(text.clone()),
        JsonValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn shape(geometry: Geometry<f64>) -> Option<Shape<f64>> {
    match geometry {
        Geometry::Polygon(polygon) => Some(polygon.into()),
        Geometry::MultiPolygon(polygons) => Some(polygons),
        _ => None,
    }
}
