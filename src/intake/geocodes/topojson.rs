//! Tables in TopoJSON: features that share their borders, so that a border is stored once.
//!
//! An arc is a run of positions, stored as steps from each to the next where the topology has a
//! `transform`. A ring is a list of arcs; the number `~n` means arc `n` backwards.

use std::collections::HashMap;

use geo::{Coord, LineString, MultiPolygon as Shape, Polygon};
use geojson::JsonValue;
use serde::Deserialize;

use super::Feature;
use super::geojson::{FEATURES_MAX, text};

/// Positions of all features of a table: a few arcs may be named again and again.
const POSITIONS_MAX: usize = 5_000_000;

#[derive(Deserialize)]
struct Topology {
    objects: HashMap<String, Object>,
    arcs: Vec<Vec<Vec<f64>>>,
    #[serde(default)]
    transform: Option<Transform>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(default)]
    id: Option<JsonValue>,
    #[serde(default)]
    properties: Option<HashMap<String, JsonValue>>,
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(default)]
    arcs: Option<Rings>,
}

/// The numbers of arcs, as deep as the kind of geometry nests them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Rings {
    Polygon(Vec<Vec<i64>>),
    MultiPolygon(Vec<Vec<Vec<i64>>>),
    Line(#[expect(dead_code, reason = "a line has no ground")] Vec<i64>),
}

/// Reads the features of one object that have ground.
///
/// # Errors
/// Says in a sentence what is wrong with the file.
pub(crate) fn read(
    bytes: &[u8],
    object: &str,
    property: Option<&str>,
) -> Result<Vec<Feature>, String> {
    let mut topology: Topology =
        serde_json::from_slice(bytes).map_err(|error| format!("it is no TopoJSON: {error}"))?;
    let Some(Object { geometries }) = topology.objects.remove(object) else {
        return Err(format!("it has no object `{object}`"));
    };
    if geometries.len() > FEATURES_MAX {
        return Err(format!("it has more than {FEATURES_MAX} features"));
    }
    let mut arcs = Arcs { lines: topology.lines(), left: POSITIONS_MAX };
    let mut features = Vec::with_capacity(geometries.len());
    for Geometry { id, properties, kind, arcs: rings } in geometries {
        let polygons = match (kind.as_deref(), rings) {
            (Some("Polygon"), Some(Rings::Polygon(rings))) => vec![rings],
            (Some("MultiPolygon"), Some(Rings::MultiPolygon(polygons))) => polygons,
            // Points, lines and features without ground.
            _ => continue,
        };
        let polygons = polygons.iter().map(|rings| arcs.polygon(rings));
        let shape = Shape(polygons.collect::<Result<_, _>>()?);
        let property = property.and_then(|name| text(properties.as_ref()?.get(name)?));
        features.push(Feature { id: id.as_ref().and_then(text), property, shape });
    }
    Ok(features)
}

/// Whether bytes can be read as a table; for fuzzing.
#[must_use]
pub fn is_table(bytes: &[u8], object: &str, property: &str) -> bool {
    read(bytes, object, Some(property)).is_ok()
}

impl Topology {
    /// The arcs in degrees.
    fn lines(&self) -> Vec<Vec<Coord<f64>>> {
        self.arcs.iter().map(|arc| self.line(arc)).collect()
    }

    fn line(&self, arc: &[Vec<f64>]) -> Vec<Coord<f64>> {
        let positions = arc.iter().filter_map(|position| match position.as_slice() {
            [x, y, ..] => Some(Coord { x: *x, y: *y }),
            _ => None,
        });
        let Some(Transform { scale, translate }) = &self.transform else {
            return positions.collect();
        };
        let ([kx, ky], [dx, dy]) = (scale, translate);
        let mut at = Coord { x: 0.0, y: 0.0 };
        positions
            .map(|step| {
                at = at + step;
                Coord { x: at.x * kx + dx, y: at.y * ky + dy }
            })
            .collect()
    }
}

/// The arcs, and how many positions may still be made of them.
struct Arcs {
    lines: Vec<Vec<Coord<f64>>>,
    left: usize,
}

impl Arcs {
    fn polygon(&mut self, rings: &[Vec<i64>]) -> Result<Polygon<f64>, String> {
        let mut rings = rings.iter().map(|ring| self.ring(ring));
        let outer = rings.next().ok_or("a polygon has no ring")??;
        let holes = rings.collect::<Result<_, _>>()?;
        Ok(Polygon::new(outer, holes))
    }

    fn ring(&mut self, arcs: &[i64]) -> Result<LineString<f64>, String> {
        let mut ring: Vec<Coord<f64>> = Vec::new();
        for number in arcs {
            let backwards = *number < 0;
            let at = usize::try_from(if backwards { !number } else { *number });
            let line = at.ok().and_then(|at| self.lines.get(at));
            let line = line.ok_or_else(|| format!("there is no arc {number}"))?;
            self.left = self
                .left
                .checked_sub(line.len())
                .ok_or_else(|| format!("its features have more than {POSITIONS_MAX} positions"))?;
            // The first position of an arc is the last of the one before it.
            ring.pop();
            match backwards {
                true => ring.extend(line.iter().rev()),
                false => ring.extend(line),
            }
        }
        if ring.iter().any(|c| !(c.x.abs() <= 180.001 && c.y.abs() <= 90.001)) {
            return Err("a position is not on the globe".to_owned());
        }
        Ok(LineString::new(ring))
    }
}
