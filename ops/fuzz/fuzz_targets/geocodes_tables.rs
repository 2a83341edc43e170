//! Any bytes are read as a manifest or a table of geocodes, or refused.
#![no_main]

#[path = "../../../src/intake/geocodes/mod.rs"]
mod geocodes;

use geocodes::{geojson, parse_manifest, topojson};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = topojson::is_table(bytes, "counties", "name");
    let _ = geojson::is_table(bytes, "ugc");
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = parse_manifest(text);
    }
});
