//! Areas for messages that only name codes of places.
//!
//! A weather service warns "SAME 048201" and draws nothing: the hub looks the code up in a table
//! and finds Harris County. Tables are files that the operator puts into a folder, with a
//! `geocodes.toml` that says which file has which codes; `ops/geocodes` has one to begin with.
//!
//! ```toml
//! [[table]]
//! file = "counties-10m.json"     # TopoJSON, or GeoJSON
//! object = "counties"            # TopoJSON only: which of its objects
//! scheme = ["SAME"]              # CAP's valueName, whatever its case
//! property = "id"                # of the feature; its own id unless given
//! prefix = "0"                   # what to put before it to get the code
//! ```
//!
//! Without tables everything works and codes are kept as they came. What is found is an addition
//! of the hub and never takes the place of what the sender said.

pub mod geojson;
mod manifest;
mod shrink;
pub mod topojson;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use geo::MultiPolygon as Shape;
use muster_contract::{Alert, Area, MultiPolygon, Polygon};

use manifest::Table;
pub use manifest::{GeocodesError, parse as parse_manifest};

/// Positions of the area that is found for one alert.
pub const POSITIONS_MAX: usize = 5_000;
/// Codes of one alert that are looked up.
const CODES_MAX: usize = 4_000;
/// Bytes of one table.
const TABLE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Tables from codes to areas. They are read when the first code is looked up.
#[derive(Debug, Default)]
pub struct Geocodes {
    folder: PathBuf,
    tables: Vec<Table>,
    index: OnceLock<Index>,
}

/// The areas by scheme and code, both in capitals.
#[derive(Debug, Default)]
struct Index {
    /// In the order of the manifest.
    schemes: Vec<(String, HashMap<String, Shape<f64>>)>,
}

/// A feature of a table, before its code is known.
pub(crate) struct Feature {
    /// Its own id, if it has one.
    pub(crate) id: Option<String>,
    /// The property that was asked for, if it has it.
    pub(crate) property: Option<String>,
    /// Its ground.
    pub(crate) shape: Shape<f64>,
}

impl Geocodes {
    /// The tables that the `geocodes.toml` in a folder names.
    ///
    /// # Errors
    /// [`GeocodesError`] names the file and the mistake; a table that is named must be there.
    pub fn load(folder: &Path) -> Result<Self, GeocodesError> {
        let tables = manifest::load(folder)?;
        Ok(Self { folder: folder.to_owned(), tables, index: OnceLock::new() })
    }

    /// The ground that the geocodes of an alert name, for those of its areas that have neither
    /// polygon nor circle. None when no table knows any of the codes.
    #[must_use]
    pub fn resolve(&self, alert: &Alert) -> Option<MultiPolygon> {
        let areas = alert.infos.iter().flat_map(|info| &info.areas);
        let bare = areas.filter(|area| area.polygons.is_empty() && area.circles.is_empty());
        let mut bare = bare.filter(|area| !area.geocodes.is_empty()).peekable();
        if self.tables.is_empty() || bare.peek().is_none() {
            return None;
        }
        let index = self.index.get_or_init(|| self.read());
        // Each info may name the same counties again, in another language.
        let codes: BTreeSet<(usize, String)> =
            bare.flat_map(|area| index.codes(area)).take(CODES_MAX).collect();
        let shapes: Vec<_> =
            codes.iter().filter_map(|(scheme, code)| index.find(*scheme, code)).collect();
        let found = shrink::join(&shapes, POSITIONS_MAX);
        (!found.0.is_empty())
            .then(|| MultiPolygon { polygons: found.iter().map(Polygon::from).collect() })
    }

    /// Reads all tables. One that is broken is reported and left out: codes are kept anyway.
    fn read(&self) -> Index {
        let mut index = Index::default();
        for table in &self.tables {
            let path = self.folder.join(&table.file);
            match read_table(&path, table) {
                Ok(features) => index.add(table, &features),
                Err(error) => {
                    let file = path.display();
                    tracing::error!(%file, error, "a table of geocodes cannot be used");
                }
            }
        }
        index
    }
}

impl Index {
    fn add(&mut self, table: &Table, features: &[Feature]) {
        for scheme in &table.scheme {
            let scheme = scheme.to_ascii_uppercase();
            let at = self.schemes.iter().position(|(known, _)| *known == scheme);
            let at = at.unwrap_or_else(|| {
                self.schemes.push((scheme, HashMap::new()));
                self.schemes.len() - 1
            });
            let Some((_, codes)) = self.schemes.get_mut(at) else { continue };
            for feature in features {
                let Some(code) = table.code(feature) else { continue };
                // A code that stands in several features is all their ground.
                let shape = codes.entry(code).or_insert_with(|| Shape(Vec::new()));
                shape.0.extend(feature.shape.0.iter().cloned());
            }
        }
    }

    /// The codes of an area that are to be looked up: those of the first scheme that knows all of
    /// its codes there, since schemes name the same place; or else all that any scheme knows.
    fn codes(&self, area: &Area) -> Vec<(usize, String)> {
        let mut known = Vec::new();
        for (at, (scheme, codes)) in self.schemes.iter().enumerate() {
            let named = area.geocodes.iter().filter(|g| g.name.eq_ignore_ascii_case(scheme));
            let named = named.flat_map(|geocode| geocode.value.split([' ', ',']));
            let named = named.map(str::to_ascii_uppercase).filter(|code| !code.is_empty());
            let (found, missing): (Vec<_>, Vec<_>) =
                named.partition(|code| codes.contains_key(code));
            let all = missing.is_empty() && !found.is_empty();
            let found = found.into_iter().map(|code| (at, code));
            if all {
                return found.collect();
            }
            known.extend(found);
        }
        known
    }

    fn find(&self, scheme: usize, code: &str) -> Option<&Shape<f64>> {
        self.schemes.get(scheme)?.1.get(code)
    }
}

fn read_table(path: &Path, table: &Table) -> Result<Vec<Feature>, String> {
    let bytes = std::fs::metadata(path).map_err(|error| error.to_string())?.len();
    if bytes > TABLE_BYTES_MAX {
        return Err(format!("it has {bytes} bytes and may have {TABLE_BYTES_MAX}"));
    }
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let property = table.property.as_deref();
    match &table.object {
        Some(object) => topojson::read(&bytes, object, property),
        None => geojson::read(&bytes, property),
    }
}
