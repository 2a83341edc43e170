//! Any text is adopted as rules or refused with lines; what is adopted decides about messages.
#![no_main]

#[path = "../../../src/domain/mod.rs"]
mod domain;
mod table;

use std::sync::{Arc, LazyLock};

use domain::Command;
use domain::rules::{Adopt, RuleSet};
use domain::signal::Receive;
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use muster_cap::Cap;
use muster_contract::Decoder as _;
use table::Table;

/// A warning and its Update, so that rules also correlate.
const MESSAGES: [&str; 2] = [
    include_str!("messages/alert.xml"),
    include_str!("messages/update.xml"),
];

static RECEIVED: LazyLock<Vec<Command>> = LazyLock::new(|| {
    let decoded = MESSAGES.iter().flat_map(|text| Cap.decode(text.as_bytes()));
    let receive = |alert| Receive {
        alert: Arc::new(alert),
        via: "fuzz".to_owned(),
        digest: "00".repeat(32),
        resolved: None,
        warnings: Vec::new(),
    };
    decoded.map(|one| receive(one.expect("it is an alert").alert).into()).collect()
});

fuzz_target!(|text: &str| {
    match RuleSet::parse(text) {
        Err(problems) => assert!(problems.to_string().contains("line "), "{problems}"),
        Ok(rules) => assert_eq!(rules.source(), text),
    }
    let now: Timestamp = "2026-03-01T12:00:00Z".parse().expect("it is a time");
    let mut table = Table::default();
    if table.submit(&Adopt { source: text.to_owned() }.into(), None, now).is_ok() {
        for command in &*RECEIVED {
            table.submit(command, None, now).expect("a message is always recorded");
        }
    }
});
