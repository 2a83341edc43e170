//! Any text is read as a configuration file, or its mistake is told.
#![no_main]

#[path = "../../../src/config/file.rs"]
mod file;

use file::ConfigFile;
use libfuzzer_sys::fuzz_target;

/// Stands for the hub's own.
pub struct ConfigError(pub Vec<String>);

fuzz_target!(|text: &str| {
    if let Err(mistake) = ConfigFile::parse(text) {
        assert!(!mistake.to_string().is_empty());
    }
});
