//! The file that says which table has which codes.

use std::path::Path;

use serde::Deserialize;

use super::Feature;

/// The name of the file.
const MANIFEST: &str = "geocodes.toml";
/// Tables that it may name.
const TABLES_MAX: usize = 100;
/// Bytes of the file.
const MANIFEST_BYTES_MAX: usize = 1024 * 1024;

/// The tables of geocodes cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GeocodesError {
    /// The file that names them, or one of them, cannot be read.
    #[error("`{path}` cannot be read: {source}; `ops/geocodes/fetch` makes a folder that works")]
    Unreadable {
        /// The file.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// The file that names them has a mistake.
    #[error("`{path}` has a mistake: {message}")]
    Mistaken {
        /// The file.
        path: String,
        /// The mistake, with its line where it is not TOML.
        message: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    #[serde(default)]
    table: Vec<Table>,
}

/// A table of codes and areas.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its file, in the same folder.
    pub(super) file: String,
    /// The object of a TopoJSON file; the file is GeoJSON when there is none.
    #[serde(default)]
    pub(super) object: Option<String>,
    /// The names of the code, such as `SAME`.
    pub(super) scheme: Vec<String>,
    /// The property of a feature that has the code; its id unless given.
    #[serde(default)]
    pub(super) property: Option<String>,
    /// What stands before that in the code.
    #[serde(default)]
    pub(super) prefix: String,
    /// What stands after it.
    #[serde(default)]
    pub(super) suffix: String,
}

impl Table {
    /// The code of a feature, in capitals.
    pub(super) fn code(&self, feature: &Feature) -> Option<String> {
        let of_table = if self.property.is_some() { &feature.property } else { &feature.id };
        let of_table = of_table.as_deref().filter(|code| !code.is_empty())?;
        Some(format!("{}{of_table}{}", self.prefix, self.suffix).to_ascii_uppercase())
    }
}

/// Reads the tables of a folder and checks that each is there.
pub(super) fn load(folder: &Path) -> Result<Vec<Table>, GeocodesError> {
    let path = folder.join(MANIFEST);
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(&path)
        .map_err(|source| GeocodesError::Unreadable { path: shown.clone(), source })?;
    let tables =
        parse(&text).map_err(|message| GeocodesError::Mistaken { path: shown, message })?;
    for table in &tables {
        let path = folder.join(&table.file);
        std::fs::metadata(&path).map_err(|source| GeocodesError::Unreadable {
            path: path.display().to_string(),
            source,
        })?;
    }
    Ok(tables)
}

/// Reads the text of the file that names the tables.
///
/// # Errors
/// The first mistake, in a sentence.
pub fn parse(text: &str) -> Result<Vec<Table>, String> {
    if text.len() > MANIFEST_BYTES_MAX {
        return Err(format!("it has more than {MANIFEST_BYTES_MAX} bytes"));
    }
    let manifest: Manifest = toml::from_str(text).map_err(|error| error.to_string())?;
    if manifest.table.len() > TABLES_MAX {
        return Err(format!("it has more than {TABLES_MAX} tables"));
    }
    for table in &manifest.table {
        // Only files beside it: a name such as `../x` may not lead elsewhere.
        let mut parts = Path::new(&table.file).components();
        let plain =
            matches!((parts.next(), parts.next()), (Some(std::path::Component::Normal(_)), None));
        if !plain {
            return Err(format!("`{}` must be the name of a file in the same folder", table.file));
        }
        if table.scheme.is_empty() {
            return Err(format!("the table of `{}` has no `scheme`", table.file));
        }
    }
    Ok(manifest.table)
}
