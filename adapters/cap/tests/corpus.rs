//! Real files of real senders, kept outside the repository: MUSTER_CORPUS names their directory.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use muster_cap::Cap;
use muster_contract::{Decoded, Decoder, Rejection};

/// The corpus directory; says so when the test cannot run.
fn corpus() -> Option<PathBuf> {
    let directory = std::env::var_os("MUSTER_CORPUS").map(PathBuf::from);
    if directory.is_none() {
        println!("skipped: MUSTER_CORPUS is not set");
    }
    directory
}

/// Every file that may hold CAP, by its path in the corpus.
fn files(corpus: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut waiting =
        vec![corpus.join("cap"), corpus.join("cap-subscriptions"), corpus.join("edxl-de")];
    let mut files = BTreeMap::new();
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(corpus).unwrap().display().to_string();
            if path.is_dir() {
                if !name.ends_with("schema") {
                    waiting.push(path);
                }
            } else if [".xml", ".XML", ".cap", ".atom", ".rss", ".json", ".txt"]
                .iter()
                .any(|end| name.ends_with(end))
            {
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

#[test]
fn every_real_file_is_read_or_refused_with_a_reason() {
    let Some(corpus) = corpus() else { return };
    let (mut read, mut warned) = (0, 0);
    let mut refused = Vec::new();
    for (name, bytes) in files(&corpus) {
        for outcome in Cap.decode(&bytes) {
            match outcome {
                Ok(decoded) => {
                    read += 1;
                    warned += usize::from(!decoded.warnings.is_empty());
                    report(&name, &decoded);
                }
                Err(rejection) => refused.push((name.clone(), rejection)),
            }
        }
    }
    for (name, rejection) in &refused {
        println!("refused {name} {rejection}");
    }
    println!("{read} read, {warned} of them with warnings, {} refused", refused.len());
}

fn report(name: &str, decoded: &Decoded) {
    for warning in &decoded.warnings {
        println!("warning {name} {} {}", warning.place, warning.message);
    }
    for unknown in &decoded.alert.unknown {
        println!("unknown {name} {}", unknown.name);
    }
}
