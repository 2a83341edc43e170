//! A watched folder.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use muster::intake::report::Word;
use muster::intake::watch::Watch;
use tokio_util::sync::CancellationToken;

use super::place::{Place, alert, malformed, until, write};

fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.path().is_file());
    let mut names: Vec<_> = files.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_taken_and_put_away_and_unfinished_ones_are_left() {
    let place = Place::new().await;
    let folder = place.path("drop");
    let stop = CancellationToken::new();
    let watch = Watch::new(place.intake.clone(), folder.clone()).unwrap();
    let running = tokio::spawn(watch.run(stop.clone()));

    for name in [".writing.xml", "half.xml.part", "half.xml.tmp"] {
        write(&folder.join(name), alert(name));
    }
    write(&folder.join("a.xml"), alert("A"));
    write(&folder.join("b.xml"), malformed("B"));
    until("three files put away", || {
        names(&folder.join("done")).len() + names(&folder.join("quarantined")).len() == 3
    })
    .await;
    // The same name again is put away beside the first.
    fs::rename(folder.join("half.xml.part"), folder.join("a.xml")).unwrap();
    until("the second a.xml", || names(&folder.join("done")).len() == 2).await;
    stop.cancel();
    tokio::time::timeout(Duration::from_secs(10), running).await.unwrap().unwrap();

    assert_eq!(names(&folder), [".writing.xml", "half.xml.tmp"]);
    assert_eq!(names(&folder.join("quarantined")), ["b.xml", "b.xml.error.txt"]);
    let error = fs::read_to_string(folder.join("quarantined/b.xml.error.txt")).unwrap();
    insta::assert_snapshot!(error, @"`alert/info[1]/severity` (line 5): the element is missing; CAP 1.2 section 3.2.2 requires it");
    assert_eq!(place.signals(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writer_that_rests_in_the_middle_loses_nothing() {
    let place = Place::new().await;
    let folder = place.path("drop");
    fs::create_dir_all(&folder).unwrap();
    let whole = alert("SLOW");
    write(&folder.join("slow.xml"), &whole[..200]);
    write(&folder.join("never.xml"), "");
    // What is whole and wrong is told at once.
    write(&folder.join("wrong.xml"), malformed("WRONG"));
    let watch = Watch::new(place.intake.clone(), folder.clone()).unwrap();
    let watch = watch.with_patience(Duration::from_secs(4));
    let stop = CancellationToken::new();
    let running = tokio::spawn(watch.run(stop.clone()));
    let quarantined = folder.join("quarantined");
    until("the wrong one", || names(&quarantined).len() == 2).await;
    assert_eq!(names(&folder), ["never.xml", "slow.xml"]);
    write(&folder.join("slow.xml"), whole);
    place.until_signals(1).await;
    until("the one that nobody ends", || quarantined.join("never.xml.error.txt").exists()).await;
    stop.cancel();
    running.await.unwrap();
    assert_eq!(
        (names(&folder).len(), names(&folder.join("done"))),
        (0, vec!["slow.xml".to_owned()])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_the_hub_cannot_take_stays() {
    let place = Place::new().await;
    let folder = place.path("drop");
    write(&folder.join("a.xml"), alert("A"));
    let (intake, _kept) = place.stop_hub().await;
    let tally = Arc::clone(intake.tally());
    let stop = CancellationToken::new();
    let watch = Watch::new(intake, folder.clone()).unwrap();
    let running = tokio::spawn(watch.run(stop.clone()));
    // Two looks see that it does not change, and the second tries to take it.
    let not_taken = ("folder", Word::NotTaken, 1);
    until("the file to be tried", || tally.counts().any(|count| count == not_taken)).await;
    // What the watch has in hand it takes to its end.
    stop.cancel();
    tokio::time::timeout(Duration::from_secs(10), running).await.unwrap().unwrap();
    assert_eq!(names(&folder), ["a.xml"]);
    assert!(names(&folder.join("done")).is_empty());
}
