//! Files of base maps.

use std::path::Path;
use std::sync::Arc;

use muster::base_map::{BaseMap, Entry};
use muster::identity::Site;

/// A PMTiles file of this length: a true header, and bytes that differ from each other behind it.
pub(crate) fn archive(length: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
    bytes[..127].fill(0);
    bytes[..8].copy_from_slice(b"PMTiles\x03");
    let tiles = (length - 200) as u64;
    for (at, number) in [(8, 127_u64), (16, 30), (24, 157), (32, 43), (56, 200), (64, tiles)] {
        bytes[at..at + 8].copy_from_slice(&number.to_le_bytes());
    }
    // Gzip, gzip, vector tiles, zooms 0 to 14.
    bytes[97..102].copy_from_slice(&[2, 2, 1, 0, 14]);
    bytes
}

/// Writes such a file into a folder and opens it.
pub(crate) fn open(folder: &Path, bytes: &[u8]) -> Arc<BaseMap> {
    let path = folder.join("map.pmtiles");
    std::fs::write(&path, bytes).unwrap();
    let site = Site::of_listener(([127, 0, 0, 1], 80).into());
    Arc::new(BaseMap::open(Entry { pmtiles: Some(path), ..Entry::default() }, &site).unwrap())
}
