//! What a relay's answers mean for what to do next.
//!
//! The enhanced status (RFC 3463 and the registry of RFC 5248) decides where there is one, for it
//! says what is wrong; the reply code (RFC 5321 section 4.2) decides else. Where in the dialogue it
//! was said matters too: `550` to the sender is about us, `550` to the recipient is about them.
//!
//! | answer | means | because |
//! | --- | --- | --- |
//! | `421`, 454, 455, 521, 530, 534, 535, 538, and anything refused before a recipient was named | technical | it is about us or the relay |
//! | x.1.7, x.1.8 | technical | our own sender's address |
//! | x.1.* | permanent (5) or temporary (4) | the recipient's address |
//! | x.2.2 | temporary, and not soon | a full mailbox is "a persistent transient failure" (RFC 3463 section 3.3) |
//! | x.2.* | permanent or temporary | the recipient's mailbox |
//! | x.3.4 | permanent | the message is too big |
//! | x.3.* | technical | the relay is out of order |
//! | x.4.* | permanent or temporary | the way to the recipient's domain |
//! | x.5.3 | temporary | too many recipients |
//! | x.5.* but x.5.0 | technical | we do not understand each other |
//! | x.6.* | permanent or temporary | the message's form |
//! | 5.7.2, 5.7.13, 5.7.17, 5.7.18 | permanent | the mailbox is closed, or has a new owner |
//! | 5.7.* | technical | policy: relaying denied, quota, reputation; another relay may do |
//! | 4.7.* | temporary | greylisting and rates |

use std::time::Duration;

use muster_contract::channel::{Failure, FailureKind};

/// How long greylisting takes if the relay does not say.
const GREYLISTED: Duration = Duration::from_secs(60);
/// How long a full mailbox is left alone.
const MAILBOX_FULL: Duration = Duration::from_secs(15 * 60);
/// The longest wait that a relay is believed.
const WAIT_MAX: u64 = 3_600;

/// Where in the dialogue something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    Connecting,
    LoggingIn,
    Sender,
    Recipient,
    Message,
}

/// An enhanced status: class, subject and detail.
type Status = (u16, u16, u16);

/// The failure that a refusal is: its reply code and its text, of which only codes and times are
/// used.
pub(crate) fn refused(stage: Stage, code: u16, text: &str) -> Failure {
    let status = enhanced(code, text);
    let kind = kind(stage, code, status);
    let name = match status {
        Some((class, subject, detail)) => format!("{code} {class}.{subject}.{detail}"),
        None => code.to_string(),
    };
    let failure = Failure::new(kind, name, says(stage, kind));
    match wait(code, status, text) {
        Some(wait) if kind != FailureKind::Permanent => failure.after(wait),
        _ => failure,
    }
}

fn kind(stage: Stage, code: u16, status: Option<Status>) -> FailureKind {
    use FailureKind::{Permanent, Technical, Temporary};
    let by_class = if code < 500 { Temporary } else { Permanent };
    match (code, status) {
        (421 | 432 | 454 | 455 | 521 | 530 | 534 | 535 | 538, _) => Technical,
        _ if stage <= Stage::LoggingIn => Technical,
        (_, Some((_, 1, 7 | 8))) => Technical,
        _ if stage == Stage::Sender && code >= 500 => Technical,
        (_, Some((_, 2, 2) | (_, 5, 3))) => Temporary,
        (_, Some((5, 3, 4))) => Permanent,
        (_, Some((_, 3, _))) => Technical,
        (_, Some((_, 5, detail))) if detail != 0 => Technical,
        (_, Some((5, 7, 2 | 13 | 17 | 18))) => Permanent,
        (_, Some((5, 7, _))) => Technical,
        (_, Some((_, 1 | 2 | 4 | 6 | 7, _))) => by_class,
        // RFC 5321 section 4.5.3.1.10 has 552 to a recipient mean one too many, others a full mailbox.
        (552, _) if stage == Stage::Recipient => Temporary,
        (501, _) if stage == Stage::Recipient => Permanent,
        (500..=504 | 555, _) => Technical,
        _ => by_class,
    }
}

fn says(stage: Stage, kind: FailureKind) -> &'static str {
    match (stage, kind) {
        (Stage::Connecting, _) => "the relay refuses our connection",
        (Stage::LoggingIn, _) => "the relay refuses our name and password",
        (Stage::Sender, FailureKind::Technical) => "the relay refuses us as the sender",
        (_, FailureKind::Technical) => "the relay refuses to work for us",
        (_, FailureKind::Temporary) => "the relay does not take the message now",
        (Stage::Recipient, _) => "the relay refuses the recipient's address",
        (_, _) => "the relay refuses the message",
    }
}

/// How long to wait: what the relay says, or what is custom.
fn wait(code: u16, status: Option<Status>, text: &str) -> Option<Duration> {
    if let Some((_, 2, 2)) = status {
        return Some(MAILBOX_FULL);
    }
    if !(400..500).contains(&code) {
        return None;
    }
    let greylisting =
        matches!(code, 450 | 451) && matches!(status, None | Some((_, 7, _) | (_, 2, 0)));
    said_wait(text).or(greylisting.then_some(GREYLISTED))
}

/// The first number in a text that is followed by `second(s)` or `minute(s)`.
fn said_wait(text: &str) -> Option<Duration> {
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    words.iter().zip(words.iter().skip(1)).find_map(|(number, unit)| {
        let number: u64 = number.parse().ok()?;
        let seconds = match unit.to_ascii_lowercase().as_str() {
            "s" | "sec" | "secs" | "second" | "seconds" => number,
            "min" | "mins" | "minute" | "minutes" => number.checked_mul(60)?,
            _ => return None,
        };
        Some(Duration::from_secs(seconds.clamp(1, WAIT_MAX)))
    })
}

/// The enhanced status at the beginning of a text, if it is of the code's class (RFC 2034).
fn enhanced(code: u16, text: &str) -> Option<Status> {
    let status = read_status(text.split_whitespace().next()?)?;
    (status.0 == code / 100).then_some(status)
}

/// Reads `5.1.1`.
pub(crate) fn read_status(word: &str) -> Option<Status> {
    let mut parts = word.split('.').map(|part| {
        let digits = (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        part.parse().ok().filter(|_| digits)
    });
    let status = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(status)
}

/// What a status says of a message that bounced later.
pub(crate) fn bounced(status: Status) -> FailureKind {
    let code = if status.0 == 4 { 450 } else { 550 };
    kind(Stage::Recipient, code, Some(status))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::{Failure, Stage, refused};

    #[test]
    fn every_answer_means_one_thing() {
        let answers = [
            (Stage::Connecting, 554, "5.7.1 no service for you"),
            (Stage::Connecting, 421, "4.3.2 try later"),
            (Stage::LoggingIn, 535, "5.7.8 bad credentials"),
            (Stage::LoggingIn, 454, "4.7.0 later"),
            (Stage::Sender, 530, "5.7.0 authenticate first"),
            (Stage::Sender, 550, "5.7.1 sender refused"),
            (Stage::Sender, 451, "4.7.1 try again in 5 minutes"),
            (Stage::Sender, 452, "4.3.1 no space"),
            (Stage::Recipient, 450, "4.2.0 <jo@example.org>: Greylisted"),
            (Stage::Recipient, 451, "4.7.1 Greylisted for 300 seconds"),
            (Stage::Recipient, 450, ""),
            (Stage::Recipient, 421, "too many"),
            (Stage::Recipient, 550, "5.1.1 unknown"),
            (Stage::Recipient, 550, "no such user"),
            (Stage::Recipient, 550, "5.5.0 mailbox unavailable"),
            (Stage::Recipient, 550, "4.1.1 status of another class"),
            (Stage::Recipient, 501, "bad address syntax"),
            (Stage::Recipient, 552, "5.2.2 mailbox full"),
            (Stage::Recipient, 452, "4.2.2 mailbox full"),
            (Stage::Recipient, 452, "4.5.3 too many recipients"),
            (Stage::Recipient, 550, "5.4.4 domain not found"),
            (Stage::Recipient, 554, "5.7.1 relay access denied"),
            (Stage::Recipient, 550, "5.7.17 owner has changed"),
            (Stage::Recipient, 550, "5.1.8 sender's domain"),
            (Stage::Recipient, 503, "5.5.1 bad sequence"),
            (Stage::Message, 552, "5.3.4 too big"),
            (Stage::Message, 552, "too big"),
            (Stage::Message, 554, "5.6.0 malformed"),
            (Stage::Message, 554, "transaction failed"),
            (Stage::Message, 451, "4.3.0 queue file write error"),
            (Stage::Message, 451, "4.4.5 busy; wait 99999999999 minutes"),
        ];
        let mut lines = String::new();
        for (stage, code, text) in answers {
            let Failure { kind, retry_after, .. } = refused(stage, code, text);
            let wait = retry_after.map_or(String::new(), |wait| format!(" after {wait:?}"));
            writeln!(lines, "{stage:?} {code} {text} -> {kind:?}{wait}").unwrap();
        }
        insta::assert_snapshot!(lines, @"
        Connecting 554 5.7.1 no service for you -> Technical
        Connecting 421 4.3.2 try later -> Technical
        LoggingIn 535 5.7.8 bad credentials -> Technical
        LoggingIn 454 4.7.0 later -> Technical
        Sender 530 5.7.0 authenticate first -> Technical
        Sender 550 5.7.1 sender refused -> Technical
        Sender 451 4.7.1 try again in 5 minutes -> Temporary after 300s
        Sender 452 4.3.1 no space -> Technical
        Recipient 450 4.2.0 <jo@example.org>: Greylisted -> Temporary after 60s
        Recipient 451 4.7.1 Greylisted for 300 seconds -> Temporary after 300s
        Recipient 450  -> Temporary after 60s
        Recipient 421 too many -> Technical
        Recipient 550 5.1.1 unknown -> Permanent
        Recipient 550 no such user -> Permanent
        Recipient 550 5.5.0 mailbox unavailable -> Permanent
        Recipient 550 4.1.1 status of another class -> Permanent
        Recipient 501 bad address syntax -> Permanent
        Recipient 552 5.2.2 mailbox full -> Temporary after 900s
        Recipient 452 4.2.2 mailbox full -> Temporary after 900s
        Recipient 452 4.5.3 too many recipients -> Temporary
        Recipient 550 5.4.4 domain not found -> Permanent
        Recipient 554 5.7.1 relay access denied -> Technical
        Recipient 550 5.7.17 owner has changed -> Permanent
        Recipient 550 5.1.8 sender's domain -> Technical
        Recipient 503 5.5.1 bad sequence -> Technical
        Message 552 5.3.4 too big -> Permanent
        Message 552 too big -> Permanent
        Message 554 5.6.0 malformed -> Permanent
        Message 554 transaction failed -> Permanent
        Message 451 4.3.0 queue file write error -> Technical
        Message 451 4.4.5 busy; wait 99999999999 minutes -> Temporary after 3600s
        ");
    }
}
