//! How many alerts of some 9 KB one core reads, checks and matches against 10,000 positions.

use std::time::{Duration, Instant};

use muster_cap::{Cap, encode, sample};
use muster_contract::Decoder;

/// Documents that differ, so that no cache answers for the reader.
const DOCUMENTS: usize = 1_000;
const POSITIONS: usize = 10_000;
const DURATION: Duration = Duration::from_secs(3);

fn main() {
    let documents: Vec<String> =
        sample::alerts(DOCUMENTS).filter_map(|alert| encode(&alert).ok()).collect();
    let positions = sample::positions(POSITIONS);
    let bytes: usize = documents.iter().map(String::len).sum();
    let mean = bytes / documents.len().max(1);
    let mut matched = 0;
    let read = rate(&documents, |document| matched += Cap.decode(document.as_bytes()).len());
    let whole = rate(&documents, |document| {
        let decoded = Cap.decode(document.as_bytes()).into_iter().flatten();
        for decoded in decoded {
            let areas = decoded.alert.infos.iter().flat_map(|info| &info.areas);
            matched += areas.map(|area| positions.matching(area).len()).sum::<usize>();
        }
    });
    let tree = rate(&documents, |document| {
        matched += usize::from(roxmltree::Document::parse(document).is_ok());
    });
    println!("{DOCUMENTS} documents of {mean} bytes, {POSITIONS} positions ({matched} matches)");
    println!("XML tree alone: {tree:.0} alerts/s");
    println!("read and checked: {read:.0} alerts/s");
    println!("read, checked and matched: {whole:.0} alerts/s");
}

/// Documents a second, taken in turn until the time is up.
fn rate(documents: &[String], mut work: impl FnMut(&str)) -> f64 {
    let start = Instant::now();
    let mut done = 0_u32;
    while start.elapsed() < DURATION {
        for document in documents.iter().take(100) {
            work(document);
            done += 1;
        }
    }
    f64::from(done) / start.elapsed().as_secs_f64()
}
