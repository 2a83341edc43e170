//! Real files of real senders, kept outside the repository: MUSTER_CORPUS names their folder.

use std::path::PathBuf;
use std::time::Instant;

use muster::intake::files::{FileOutcome, ingest_paths};
use muster::intake::report::Word;

use super::place::{Place, alert, write};

async fn ingest(place: &Place, path: PathBuf) -> Vec<FileOutcome> {
    let mut outcomes = Vec::new();
    ingest_paths(&place.intake, &place.principal, &[path], |outcome| outcomes.push(outcome)).await;
    outcomes
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_is_taken_or_refused_with_a_place_and_a_rule_and_twice_changes_nothing() {
    let Some(corpus) = std::env::var_os("MUSTER_CORPUS").map(PathBuf::from) else {
        return println!("skipped: MUSTER_CORPUS is not set");
    };
    let place = Place::new().await;
    let first = ingest(&place, corpus.join("cap")).await;
    let head = place.intake.hub().picture().seq();
    assert!(first.len() > 100 && place.signals() > 100);
    for FileOutcome { file, outcome, error, .. } in &first {
        match outcome {
            Word::Accepted | Word::Duplicate => assert_eq!(*error, None, "{file}"),
            Word::Quarantined => assert!(error.as_ref().unwrap().starts_with('`'), "{file}"),
            Word::Refused => assert!(error.as_ref().unwrap().contains("draft"), "{file}"),
            Word::NotTaken => panic!("{file}: {error:?}"),
        }
    }
    let quarantined = place.quarantined().await;

    let second = ingest(&place, corpus.join("cap")).await;
    for (first, second) in first.iter().zip(&second) {
        let expected = first.outcome.max(Word::Duplicate);
        let none_held = first.outcome == Word::Accepted && second.outcome == Word::Accepted;
        assert!(second.outcome == expected || none_held, "{}", second.file);
    }
    assert_eq!(place.intake.hub().picture().seq(), head);
    assert_eq!(place.quarantined().await, quarantined);
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_files_share_the_commits_of_the_hub() {
    let place = Place::new().await;
    for n in 0..2_000 {
        write(&place.path(&format!("in/{n:04}.xml")), alert(&format!("A-{n}")));
    }
    let start = Instant::now();
    let outcomes = ingest(&place, place.path("in")).await;
    println!("{} files in {:?}", outcomes.len(), start.elapsed());
    assert!(outcomes.iter().all(|outcome| outcome.outcome == Word::Accepted));
    assert_eq!((outcomes.len(), place.signals()), (2_000, 2_000));
}
