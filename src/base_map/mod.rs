//! The base map that whoever runs the hub adds below the dashboard's coarse one.
//!
//! It is either a PMTiles file on the hub's own machine ([`archive`]), which needs no other host, or
//! tiles of a host that they name ([`host`]); then browsers ask that host, and no other.

mod archive;
mod host;

use std::path::PathBuf;

use serde::Deserialize;

use crate::identity::Site;

pub use archive::{Archive, ArchiveError, PIECE_BYTES};
pub use host::TileHost;

/// Characters of the words that say whose map it is; they have one corner of the map.
const ATTRIBUTION_CHARS_MAX: usize = 200;

/// The section `[map]` as it is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// A PMTiles file.
    pub pmtiles: Option<PathBuf>,
    /// The address of one tile, with `{z}`, `{x}` and `{y}`.
    pub tiles: Option<String>,
    /// Whose map it is. A PMTiles file says so itself, where its maker has written it.
    pub attribution: Option<String>,
    /// The nearest zoom that the host has tiles of.
    pub max_zoom: Option<u8>,
}

/// A base map that can be shown.
#[derive(Debug)]
pub struct BaseMap {
    /// Where its tiles are.
    pub source: Source,
    /// Whose map it is, when that was told.
    pub attribution: Option<String>,
}

/// Where tiles are.
#[derive(Debug)]
pub enum Source {
    /// In a file that the hub serves.
    Archive(Archive),
    /// At another host.
    Host(TileHost),
}

impl BaseMap {
    /// Opens what the section names, for a dashboard at this site.
    ///
    /// # Errors
    /// Each mistake with its key, and what to do.
    pub fn open(entry: Entry, site: &Site) -> Result<Self, Vec<String>> {
        let Entry { pmtiles, tiles, attribution, max_zoom } = entry;
        let mut mistakes = Vec::new();
        if let Err(mistake) = check_attribution(attribution.as_deref()) {
            mistakes.push(mistake);
        }
        let source = match (pmtiles, tiles) {
            (Some(path), None) => {
                if max_zoom.is_some() {
                    mistakes.push("`map.max_zoom`: the file itself says it; leave it out".into());
                }
                let opened = Archive::open(&path).map(Source::Archive);
                opened.map_err(|error| format!("`map.pmtiles`: `{}` {error}", path.display()))
            }
            (None, Some(address)) => {
                if attribution.is_none() {
                    mistakes.push(
                        "`map.attribution`: say whose map it is, as its licence asks; the dashboard \
                         shows it"
                            .into(),
                    );
                }
                TileHost::new(address, max_zoom, site).map(Source::Host)
            }
            (Some(_), Some(_)) => {
                Err("`map`: tiles come either from `pmtiles` or from `tiles`; leave one out".into())
            }
            (None, None) => Err("`map`: write `pmtiles`, a file on this machine, or `tiles`, an \
                                 address with {z}, {x} and {y}"
                .into()),
        };
        match source {
            Ok(source) if mistakes.is_empty() => Ok(Self { source, attribution }),
            Ok(_) => Err(mistakes),
            Err(mistake) => {
                mistakes.push(mistake);
                Err(mistakes)
            }
        }
    }
}

fn check_attribution(text: Option<&str>) -> Result<(), String> {
    let Some(text) = text else { return Ok(()) };
    let length = text.chars().count();
    if text.trim().is_empty() || length > ATTRIBUTION_CHARS_MAX || text.contains(char::is_control) {
        return Err(format!(
            "`map.attribution`: this has {length} characters; write one line of 1 to \
             {ATTRIBUTION_CHARS_MAX}"
        ));
    }
    Ok(())
}
