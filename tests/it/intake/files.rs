//! Files and folders that a person names.

use std::path::PathBuf;

use muster::intake::files::{FileOutcome, ingest_paths};

use super::place::{Place, alert, malformed, write};

async fn ingest(place: &Place, paths: &[PathBuf]) -> Vec<FileOutcome> {
    let mut outcomes = Vec::new();
    ingest_paths(&place.intake, &place.principal, paths, |outcome| outcomes.push(outcome)).await;
    outcomes
}

/// One line a file, as `muster ingest --json` prints it.
fn lines(outcomes: &[FileOutcome], place: &Place) -> String {
    let line = |outcome| serde_json::to_string(outcome).unwrap();
    let lines: Vec<_> = outcomes.iter().map(line).collect();
    lines.join("\n").replace(place.path("").to_str().unwrap(), "")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_taken_in_order_and_no_bad_file_stops_it() {
    let place = Place::new().await;
    let folder = place.path("in");
    write(&folder.join("a.xml"), alert("A-1"));
    write(&folder.join("b/again.xml"), alert("A-1"));
    write(&folder.join("b/empty.xml"), "");
    write(&folder.join("b/picture.png"), b"\x89PNG\r\n\x1a\n\0\0");
    write(&folder.join("c.xml"), malformed("C-1"));
    write(&folder.join("d.xml"), alert("D-1").replace("Actual", "Draft"));
    write(&folder.join("z.xml"), alert("Z-1"));
    write(&folder.join(".hidden"), alert("H-1"));

    let outcomes = ingest(&place, &[folder, place.path("missing.xml")]).await;
    insta::assert_snapshot!(lines(&outcomes, &place), @r#"
    {"file":"in/a.xml","outcome":"accepted"}
    {"file":"in/b/again.xml","outcome":"duplicate"}
    {"file":"in/b/empty.xml","outcome":"quarantined","error":"`document`: the document is empty: there is no XML element in it"}
    {"file":"in/b/picture.png","outcome":"quarantined","error":"`document` (line 1): the byte 0x89 is not UTF-8, in which the document claims to be written (UTF-8 unless it declares another); declare the encoding in which it is really saved"}
    {"file":"in/c.xml","outcome":"quarantined","error":"`alert/info[1]/severity` (line 5): the element is missing; CAP 1.2 section 3.2.2 requires it"}
    {"file":"in/d.xml","outcome":"refused","error":"message `D-1` is a draft; drafts are not recorded (CAP 1.2 section 3.2.1)"}
    {"file":"in/z.xml","outcome":"accepted"}
    {"file":"missing.xml","outcome":"not-taken","error":"it cannot be read: No such file or directory (os error 2)"}
    "#);
    assert_eq!((place.signals(), place.quarantined().await.len()), (2, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_message_of_a_file_stands_or_falls_alone() {
    let place = Place::new().await;
    let path = place.path("three.xml");
    write(&path, [alert("A"), malformed("B"), alert("C")].join("\n"));

    let outcomes = ingest(&place, &[path]).await;
    let text = lines(&outcomes, &place);
    insta::with_settings!({filters => vec![("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")]}, {
        insta::assert_snapshot!(text, @r#"{"file":"three.xml","outcome":"quarantined","error":"`alert/info[1]/severity` (line 14): the element is missing; CAP 1.2 section 3.2.2 requires it","messages":[{"outcome":"accepted","signal":"ID"},{"outcome":"quarantined","quarantine":"ID","element":"alert/info[1]/severity","line":14,"error":"the element is missing; CAP 1.2 section 3.2.2 requires it"},{"outcome":"accepted","signal":"ID"}]}"#);
    });
    assert_eq!((place.signals(), place.quarantined().await.len()), (2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_end_is_cut_off_and_refused() {
    let place = Place::new().await;
    let outcomes = ingest(&place, &[PathBuf::from("/dev/zero")]).await;
    insta::assert_snapshot!(lines(&outcomes, &place), @r#"{"file":"/dev/zero","outcome":"quarantined","error":"`document`: the document has more than 5242880 bytes, which is the most that is read; split it"}"#);
}
