//! What comes back by mail: delivery status notifications (RFC 3464).
//!
//! A relay that took a message and cannot deliver it sends a report to the mailbox of bounces. The
//! hub fetches it from there and [`read`] finds which message it is about and what became of it.
//! Anybody can write to that mailbox, so a report is believed only as far as it names a message of
//! ours by its Message-ID, which only its recipient and the relays on its way have seen.

use muster_contract::channel::{Receipt, ReceiptState};

use crate::answer;

/// The longest report that is read; what follows is the mail that came back.
const BYTES_MAX: usize = 256 * 1024;
/// The longest key of a message.
const KEY_MAX: usize = 64;

/// Reads a report: the receipt of the one message that it is about, by our key for it. The domain is
/// that of the sender, which our Message-IDs end in. Gives nothing for what is no report, or about
/// no message of ours.
#[must_use]
pub fn read(mail: &[u8], domain: &str) -> Option<Receipt> {
    let text = String::from_utf8_lossy(mail.get(..BYTES_MAX).unwrap_or(mail));
    let text = text.replace("\r\n", "\n");
    let (head, body) = text.split_once("\n\n")?;
    let kind = field(head, "Content-Type")?.to_ascii_lowercase();
    if !kind.starts_with("multipart/report") || !kind.contains("delivery-status") {
        return None;
    }
    let (_, status) = body.split_once("\nContent-Type: message/delivery-status").or_else(|| {
        let start = body.to_ascii_lowercase().find("\ncontent-type: message/delivery-status")?;
        Some(body.split_at(start))
    })?;
    let action = field(status, "Action")?.to_ascii_lowercase();
    let code = field(status, "Status")?;
    let code = code.split_whitespace().next()?.to_owned();
    let state = match action.as_str() {
        "failed" if code == "4.4.7" || code == "5.4.7" => ReceiptState::Expired,
        "failed" => ReceiptState::Failed(answer::bounced(answer::read_status(&code)?)),
        "delayed" => ReceiptState::Accepted,
        "delivered" => ReceiptState::Delivered,
        // Handed on to where there are no reports, or to several.
        "relayed" | "expanded" => ReceiptState::Unknown,
        _ => return None,
    };
    let reference = returned_key(status, domain)?;
    Some(Receipt { reference, state, code: Some(code) })
}

/// The key in the Message-ID of the mail that came back, which is after the report.
fn returned_key(text: &str, domain: &str) -> Option<String> {
    let id = field(text, "Message-ID")?;
    let (key, at) = id.trim().strip_prefix('<')?.strip_suffix('>')?.split_once('@')?;
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let ours = at.eq_ignore_ascii_case(domain) && !key.is_empty() && key.len() <= KEY_MAX;
    (ours && key.bytes().all(plain)).then(|| key.to_owned())
}

/// The first field of this name, unfolded.
fn field(text: &str, name: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| {
        !line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            || line.as_bytes().get(name.len()) != Some(&b':')
    });
    let mut value = lines.next()?.get(name.len() + 1..)?.trim().to_owned();
    for line in lines.take_while(|line| line.starts_with([' ', '\t'])).take(20) {
        value.push(' ');
        value.push_str(line.trim());
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use muster_contract::channel::{FailureKind, Receipt, ReceiptState};
    use proptest::prelude::*;

    use super::read;

    fn report(action: &str, status: &str, id: &str) -> String {
        format!(
            "From: MAILER-DAEMON@relay.example.net (Mail Delivery System)\r\n\
             Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nI'm sorry.\r\nStatus: 9.9.9\r\n\
             --b\r\nContent-Description: Delivery report\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; relay.example.net\r\n\r\n\
             Final-Recipient: rfc822; ada@example.org\r\nAction: {action}\r\nStatus: {status}\r\n\
             Diagnostic-Code: smtp; 550 5.1.1 <ada@example.org>: unknown\r\n\r\n\
             --b\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: x\r\n{id}\r\n\r\n--b--\r\n"
        )
    }

    #[test]
    fn a_bounce_tells_which_message_failed_and_why() {
        let id = "Message-ID: <01-callout-7@Example.org>";
        let read = |action, status| {
            read(report(action, status, id).as_bytes(), "example.org").map(|receipt| receipt.state)
        };
        assert_eq!(read("failed", "5.1.1"), Some(ReceiptState::Failed(FailureKind::Permanent)));
        assert_eq!(read("failed", "5.2.2"), Some(ReceiptState::Failed(FailureKind::Temporary)));
        assert_eq!(read("failed", "4.4.7"), Some(ReceiptState::Expired));
        assert_eq!(read("Delayed", "4.4.1"), Some(ReceiptState::Accepted));
        assert_eq!(read("delivered", "2.0.0"), Some(ReceiptState::Delivered));
        assert_eq!(read("relayed", "2.0.0"), Some(ReceiptState::Unknown));
        assert_eq!(read("eaten", "5.1.1"), None);
        assert_eq!(read("failed", "five"), None);
        assert_eq!(
            super::read(report("failed", "5.1.1 (unknown)", id).as_bytes(), "example.org"),
            Some(Receipt {
                reference: "01-callout-7".to_owned(),
                state: ReceiptState::Failed(FailureKind::Permanent),
                code: Some("5.1.1".to_owned()),
            })
        );
    }

    #[test]
    fn what_names_no_message_of_ours_is_no_bounce() {
        for id in [
            "Message-ID: <01-callout-7@elsewhere.example>",
            "Message-ID: <@example.org>",
            "Message-ID: 01-callout-7@example.org",
            "Message-ID: <A_B@example.org>",
            "X-Message-ID: <01-callout-7@example.org>",
        ] {
            assert_eq!(read(report("failed", "5.1.1", id).as_bytes(), "example.org"), None, "{id}");
        }
        assert_eq!(read(b"Subject: I am away\r\n\r\nUntil Monday.", "example.org"), None);
    }

    proptest! {
        #[test]
        fn no_mail_makes_the_reader_fail(bytes in proptest::collection::vec(any::<u8>(), 0..300), cut in 0usize..900) {
            let _ = read(&bytes, "example.org");
            let mut report = report("failed", "5.1.1", "Message-ID: <a@example.org>").into_bytes();
            report.truncate(cut);
            report.extend(bytes);
            let _ = read(&report, "example.org");
        }
    }
}
