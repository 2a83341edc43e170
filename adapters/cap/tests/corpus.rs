//! Real files of real senders, kept outside the repository: MUSTER_CORPUS names their directory.

#![expect(clippy::unwrap_used, reason = "a test may fall over")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use muster_cap::{Cap, encode};
use muster_contract::{Decoder, Rejection};

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

/// What a document is refused for, in a word that groups the reasons.
fn kind(rejection: &Rejection) -> &'static str {
    let kinds = [
        ("without a CAP document in any", "JSON without CAP XML"),
        ("there is no CAP `alert`", "other XML"),
        ("only points to alerts", "index feed"),
        ("element is missing", "missing element"),
        ("is no position", "malformed position"),
        ("is off the globe", "off the globe"),
        ("is no time", "malformed time"),
        ("is not UTF-8", "wrong encoding"),
        ("document type declaration", "DOCTYPE"),
        ("is not known to be CAP", "wrong namespace"),
    ];
    let found = kinds.iter().find(|(words, _)| rejection.message.contains(words));
    found.map_or("another reason", |(_, kind)| *kind)
}

/// Each refusal was looked at by hand: the index feeds and JSON formats hold no CAP; the elements
/// missing are a scope, three certainties and the scope of a feed's torso of an alert; the
/// positions have a bracket or three dots in them.
#[test]
fn every_real_file_is_read_or_refused_for_a_known_reason() {
    let Some(corpus) = corpus() else { return };
    let (mut read, mut warned) = (0, 0);
    let mut refused: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, bytes) in files(&corpus) {
        for outcome in Cap.decode(&bytes) {
            match outcome {
                Ok(decoded) => {
                    read += 1;
                    warned += usize::from(!decoded.warnings.is_empty());
                }
                Err(rejection) => {
                    refused
                        .entry(kind(&rejection))
                        .or_default()
                        .push(format!("{name}: {rejection}"));
                }
            }
        }
    }
    println!("{read} read, {warned} of them with warnings; refused: {refused:#?}");
    assert!(read >= 187, "only {read} alerts were read");
    let count = |kind| refused.get(kind).map_or(0, Vec::len);
    assert_eq!(count("another reason"), 0);
    assert_eq!(count("missing element"), 5);
    assert_eq!(count("malformed position"), 2);
    assert_eq!(count("off the globe"), 0);
    assert_eq!(count("malformed time"), 2);
    assert_eq!(count("wrong encoding"), 2);
    assert_eq!(count("DOCTYPE"), 2);
    assert_eq!(count("wrong namespace"), 1);
}

/// What was read of real files can be written and read again, unless the sender left out what the
/// standard requires.
#[test]
fn real_alerts_survive_being_written_and_read_again() {
    let Some(corpus) = corpus() else { return };
    let (mut same, mut unwritable) = (0, 0);
    for (name, bytes) in files(&corpus) {
        for decoded in Cap.decode(&bytes).into_iter().flatten() {
            let mut alert = decoded.alert;
            (alert.signed, alert.unknown) = (false, Vec::new());
            let Ok(document) = encode(&alert) else {
                unwritable += 1;
                continue;
            };
            let again = Cap.decode(document.as_bytes());
            let [Ok(again)] = again.as_slice() else { panic!("{name}: {again:?}") };
            assert_eq!(again.alert, alert, "{name}");
            same += 1;
        }
    }
    println!("{same} the same, {unwritable} that lack something mandatory");
    assert!(same >= 150, "only {same} alerts could be written");
}
