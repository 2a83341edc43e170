//! A process is killed in the middle of its appends; what it was told is durable is there.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use muster::log::verify::verify;
use muster::log::{Head, Seq};

use super::place::{Place, drafts};

/// Tells the test that is the child where to append, and tells it from a run of all tests.
const CHILD: &str = "MUSTER_TEST_APPEND_TO";
const GROUP: u128 = 16;

/// The child: appends for ever and says each head that it was given.
#[tokio::test]
async fn the_child_that_appends_until_it_is_killed() {
    let Ok(url) = std::env::var(CHILD) else { return };
    let store = muster::log::open(&url).await.unwrap();
    let mut head = store.head().await.unwrap();
    let mut out = std::io::stdout();
    for n in 1.. {
        head = store.append(head, &drafts(n * GROUP..=n * GROUP + GROUP - 1)).await.unwrap();
        writeln!(out, "\nappended {head}").unwrap();
    }
}

/// Lets a child append for a while, kills it, and gives the last head that it was given.
fn append_and_kill(place: &Place, appends: usize) -> Head {
    let me = "log::power_cut::the_child_that_appends_until_it_is_killed";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", me, "--nocapture"])
        .env(CHILD, &place.url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .filter_map(|line| Some(line.unwrap().strip_prefix("appended ")?.to_owned()));
    let mut last = said.nth(appends).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    // What it had said before it died counts too, but for a line that was cut off.
    last = said.filter(|line| line.len() > 64 && parse(line).is_some()).last().unwrap_or(last);
    parse(&last).unwrap()
}

fn parse(head: &str) -> Option<Head> {
    let (seq, hash) = head.split_once(' ')?;
    Some(Head { seq: Seq(seq.parse().ok()?), hash: hash.parse().ok()? })
}

async fn nothing_appended_is_lost_by_a_kill(place: &Place) {
    place.open().await;
    for appends in [3, 20, 57] {
        let told = append_and_kill(place, appends);
        let store = place.open().await;
        let report = verify(&*store, |_| ()).await.unwrap();
        let entry = &store.read(Seq(told.seq.0 - 1), 1).await.unwrap()[0];
        assert_eq!(entry.hash, told.hash);
        // At most one more append was made and not yet told of, and never a part of one.
        let beyond = report.entries - told.seq.0;
        assert!(beyond == 0 || u128::from(beyond) == GROUP, "{beyond} entries beyond {told}");
    }
}

super::on_both_stores!(nothing_appended_is_lost_by_a_kill);
