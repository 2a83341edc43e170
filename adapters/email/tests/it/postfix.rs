//! The channel against a Postfix of the test's own: TLS, greylisting, refusals, and a real bounce.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use muster_contract::channel::{Channel, FailureKind, ReceiptState};
use muster_email::bounce;
use serde_json::json;
use tempfile::TempDir;

use crate::sink::sink;
use crate::support::{Process, client, free_port, has, listening, message, run};

const POSTFIX: &str = "/usr/sbin/postfix";

const SERVICES: &str = "
smtps inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
virtual unix - n n - - virtual
tlsmgr unix - - n 1000? 1 tlsmgr
anvil unix - - n - 1 anvil
smtp unix - - n - - smtp
";

/// A Postfix that runs until this is dropped.
struct Postfix {
    folder: TempDir,
    plain: u16,
    implicit: u16,
    authority: String,
    /// Where mail for `gone` is handed on to, which does not take it.
    _next: (u16, Process, TempDir),
}

impl Postfix {
    /// Starts one that knows `ada`, `alerts` and `gone`, whom the next server no longer knows.
    async fn start() -> Option<Self> {
        if !has(POSTFIX) {
            return None;
        }
        if Command::new("id").arg("-u").output().unwrap().stdout != b"0\n" {
            let _ = writeln!(std::io::stderr(), "skipped: Postfix can only be started as root");
            return None;
        }
        let next = sink(&["-f", "RCPT", "-B", "550 5.2.1 Mailbox disabled"]).await?;
        let folder = tempfile::tempdir().unwrap();
        let (plain, implicit) = (free_port(), free_port());
        configure(folder.path(), plain, implicit, next.0);
        run(POSTFIX, &["-c", folder.path().to_str().unwrap(), "start"]);
        listening(plain).await;
        listening(implicit).await;
        let authority = fs::read_to_string(folder.path().join("cert.pem")).unwrap();
        Some(Self { folder, plain, implicit, authority, _next: next })
    }

    /// The mail in a mailbox, when there is some.
    async fn mailbox(&self, name: &str) -> String {
        let path = self.folder.path().join("mail").join(name);
        for _ in 0..500 {
            match fs::read_to_string(&path) {
                // One delivery is written at once, and ends with an empty line.
                Ok(text) if text.ends_with("\n\n") => return text,
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
        panic!("no mail came to {name}");
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let folder = self.folder.path().to_str().unwrap();
        let _ = Command::new(POSTFIX).args(["-c", folder, "stop"]).output();
    }
}

fn configure(folder: &Path, plain: u16, implicit: u16, refusing: u16) {
    // Postfix's own users must get in.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    for name in ["queue", "data", "mail"] {
        fs::create_dir(folder.join(name)).unwrap();
    }
    run("chown", &["postfix", folder.join("data").to_str().unwrap()]);
    run("chown", &["nobody", folder.join("mail").to_str().unwrap()]);
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    run(
        "openssl",
        &[
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "30",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-addext",
            "basicConstraints=critical,CA:FALSE",
            "-keyout",
            &path("key.pem"),
            "-out",
            &path("cert.pem"),
        ],
    );
    let folder = folder.display();
    let main = format!(
        "compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
inet_interfaces = loopback-only
myhostname = relay.example.net
mydestination =
smtputf8_enable = no
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ ada@example.org=ada, alerts@example.org=alerts, gone@example.org=gone }}
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
transport_maps = inline:{{ {{ gone@example.org = smtp:[127.0.0.1]:{refusing} }} }}
smtpd_tls_cert_file = {folder}/cert.pem
smtpd_tls_key_file = {folder}/key.pem
smtpd_tls_security_level = may
smtpd_tls_received_header = yes
smtpd_peername_lookup = no
smtpd_error_sleep_time = 0
smtpd_recipient_restrictions =
  check_recipient_access inline:{{
    {{ grey@example.org = 450 4.7.1 Greylisted, see http://example.net/, try again in 300 seconds }}
    {{ full@example.org = 452 4.2.2 Mailbox full }} }}
  reject_unauth_destination
message_size_limit = 20000
"
    );
    fs::write(path("main.cf"), main).unwrap();
    let services = SERVICES.replacen("smtps inet", &format!("127.0.0.1:{implicit} inet"), 1);
    let master = format!("127.0.0.1:{plain} inet n - n - - smtpd\n{services}");
    fs::write(path("master.cf"), master).unwrap();
}

#[tokio::test]
async fn postfix_takes_refuses_and_bounces_as_it_is_understood() {
    let Some(postfix) = Postfix::start().await else { return };
    let starttls = json!({ "tls": "starttls", "authorities": postfix.authority });
    let implicit = json!({ "tls": "implicit", "authorities": postfix.authority });

    client(postfix.implicit, &implicit).submit(&message("k-1", "ada@example.org")).await.unwrap();
    let mail = postfix.mailbox("ada").await;
    assert!(mail.contains("with ESMTPS id") && mail.contains("TLSv1.3"), "{mail}");
    assert!(mail.contains("Message-ID: <k-1@example.org>"), "{mail}");

    let client = client(postfix.plain, &starttls);
    client.probe().await.unwrap();
    for (to, kind, code, wait) in [
        ("grey@example.org", FailureKind::Temporary, "450 4.7.1", Some(300)),
        ("full@example.org", FailureKind::Temporary, "452 4.2.2", Some(900)),
        ("nobody@example.org", FailureKind::Permanent, "550 5.1.1", None),
        ("ada@elsewhere.example", FailureKind::Technical, "554 5.7.1", None),
    ] {
        let failure = client.submit(&message("k-2", to)).await.unwrap_err();
        assert_eq!((failure.kind, failure.code.as_str()), (kind, code), "{to}");
        assert_eq!(failure.retry_after, wait.map(Duration::from_secs), "{to}");
    }
    let mut long = message("k-3", "ada@example.org");
    long.content.text = "long ".repeat(10_000);
    let failure = client.submit(&long).await.unwrap_err();
    assert_eq!((failure.kind, failure.code.as_str()), (FailureKind::Permanent, "552 5.3.4"));

    client.submit(&message("k-4", "gone@example.org")).await.unwrap();
    let report = postfix.mailbox("alerts").await;
    let receipt = bounce::read(report.as_bytes(), "example.org").unwrap();
    assert_eq!(receipt.reference, "k-4");
    assert_eq!(receipt.state, ReceiptState::Failed(FailureKind::Permanent));
    assert_eq!(receipt.code.as_deref(), Some("5.2.1"));
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let Some(postfix) = Postfix::start().await else { return };
    for (port, tls) in [(postfix.plain, "starttls"), (postfix.implicit, "implicit")] {
        let client = client(port, &json!({ "tls": tls }));
        let failure = client.submit(&message("k-1", "ada@example.org")).await.unwrap_err();
        assert_eq!((failure.kind, failure.code.as_str()), (FailureKind::Technical, "tls"));
    }
    let by_address =
        json!({ "tls": "implicit", "host": "127.0.0.1", "authorities": postfix.authority });
    let client = client(postfix.implicit, &by_address);
    let failure = client.submit(&message("k-1", "ada@example.org")).await.unwrap_err();
    assert_eq!((failure.kind, failure.code.as_str()), (FailureKind::Technical, "tls"));
}
