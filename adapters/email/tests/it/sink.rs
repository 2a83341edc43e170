//! The channel against `smtp-sink`, which counts, refuses and hangs up as it is told.

use std::process::{Command, Stdio};
use std::sync::Arc;

use muster_contract::channel::{Channel, FailureKind};
use serde_json::json;
use tempfile::TempDir;

use crate::support::{Process, client, free_port, has, listening, message};

const SINK: &str = "/usr/sbin/smtp-sink";

/// A sink with these options that writes what it takes into a folder.
pub(crate) async fn sink(options: &[&str]) -> Option<(u16, Process, TempDir)> {
    if !has(SINK) {
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let mut command = Command::new(SINK);
    // As root it would become `nobody`, who cannot write here.
    let user = String::from_utf8(Command::new("id").arg("-un").output().unwrap().stdout).unwrap();
    let process = command
        .args(["-u", user.trim(), "-d", "mail."])
        .args(options)
        .args([&format!("127.0.0.1:{port}"), "100"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let process = Process(process);
    listening(port).await;
    Some((port, process, folder))
}

fn taken(folder: &TempDir) -> Vec<String> {
    let files = std::fs::read_dir(folder.path()).unwrap();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_a_thousand_mails_arrives_once_on_four_connections() {
    let Some((port, _sink, folder)) = sink(&[]).await else { return };
    let client = Arc::new(client(port, &json!({})));
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..1_000 {
        let client = Arc::clone(&client);
        tasks.spawn(async move {
            client.submit(&message(&format!("k-{number}"), &format!("p{number}@example.org"))).await
        });
    }
    for result in tasks.join_all().await {
        result.unwrap();
    }
    client.probe().await.unwrap();
    let mails = taken(&folder);
    assert_eq!(mails.len(), 1_000);
    let mut ids: Vec<_> = mails
        .iter()
        .map(|mail| mail.lines().find(|line| line.starts_with("Message-ID")).unwrap().to_owned())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 1_000);
    // The dot alone on its line is still there.
    assert!(mails.iter().all(|mail| mail.contains("\n.\nBring boots.")), "{}", mails[0]);
}

#[tokio::test]
async fn refusals_hard_and_soft_and_hung_up_lines_are_told_apart() {
    let cases: [(&[&str], FailureKind, &str); 11] = [
        (&["-f", "CONNECT"], FailureKind::Technical, "500 5.3.0"),
        (&["-f", "EHLO"], FailureKind::Technical, "500 5.3.0"),
        (&["-f", "MAIL", "-B", "550 5.1.8 sender"], FailureKind::Technical, "550 5.1.8"),
        (&["-f", "RCPT", "-B", "550 5.1.1 unknown"], FailureKind::Permanent, "550 5.1.1"),
        (&["-r", "RCPT", "-b", "451 4.7.1 greylisted"], FailureKind::Temporary, "451 4.7.1"),
        (&["-r", "DATA", "-b", "452 4.2.2 full"], FailureKind::Temporary, "452 4.2.2"),
        (&["-f", ".", "-B", "552 5.3.4 too big"], FailureKind::Permanent, "552 5.3.4"),
        (&["-Q", "MAIL"], FailureKind::Technical, "421"),
        (&["-Q", "."], FailureKind::Technical, "421"),
        (&["-q", "DATA"], FailureKind::Technical, "protocol"),
        (&["-q", "."], FailureKind::InDoubt, "protocol"),
    ];
    for (options, kind, code) in cases {
        let Some((port, _sink, _folder)) = sink(options).await else { return };
        let client = client(port, &json!({}));
        for key in ["k-1", "k-2"] {
            let failure = client.submit(&message(key, "ada@example.org")).await.unwrap_err();
            assert_eq!(failure.kind, kind, "{options:?}: {failure}");
            assert!(failure.code.starts_with(code), "{options:?}: {failure}");
        }
    }
}

#[tokio::test]
async fn logging_in_works_where_it_is_offered_and_is_technical_where_it_is_not() {
    let Some((port, _sink, folder)) = sink(&[]).await else { return };
    let user = json!({ "user": "muster" });
    client(port, &user).submit(&message("k-1", "ada@example.org")).await.unwrap();
    assert_eq!(taken(&folder).len(), 1);
    let Some((port, _sink, _folder)) = sink(&["-a"]).await else { return };
    let failure = client(port, &user).submit(&message("k-1", "ada@example.org")).await.unwrap_err();
    assert_eq!((failure.kind, failure.code.as_str()), (FailureKind::Technical, "login"));
}
