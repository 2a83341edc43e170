//! One message as a mail: text and HTML, and the lines that machines read.
//!
//! The same message under the same key is the same mail to the last byte but for its date and the
//! mark of a repetition, so that a mailbox that has it already can know it.

use jiff::Timestamp;
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue, Headers};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use muster_contract::channel::{Content, Outgoing};

use crate::page;
use crate::settings::Settings;

/// What stands before the subject of an exercise.
const EXERCISE: &str = "[EXERCISE]";
/// The longest first part of an address (RFC 5321 section 4.5.3.1.1).
const LOCAL_PART_MAX: usize = 64;

/// What all our mails through a relay have in common.
pub(crate) struct Style {
    settings: Settings,
    from: Mailbox,
    domain: String,
}

impl Style {
    pub(crate) fn new(settings: Settings, from: Mailbox, domain: String) -> Self {
        Self { settings, from, domain }
    }

    /// The mail, whole and with its lines ended by CR LF; nothing if its key is none.
    pub(crate) fn compose(
        &self,
        message: &Outgoing,
        to: &Address,
        now: Timestamp,
    ) -> Option<Vec<u8>> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if message.key.is_empty() || message.key.len() > 64 || !message.key.bytes().all(plain) {
            return None;
        }
        let content = &message.content;
        let mut mail = Message::builder()
            .date(std::time::SystemTime::from(now))
            .from(self.from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(subject(content))
            .message_id(Some(format!("<{}@{}>", message.key, self.domain)))
            .envelope(lettre::address::Envelope::new(None, vec![to.clone()]).ok()?);
        if let Some(mailbox) = self.reply_to(&message.key) {
            mail = mail.reply_to(mailbox);
        }
        let parts = MultiPart::alternative()
            .boundary(format!("=_{}_=", message.key))
            .singlepart(
                SinglePart::builder().content_type(ContentType::TEXT_PLAIN).body(text(content)),
            )
            .singlepart(
                SinglePart::builder()
                    .content_type(ContentType::TEXT_HTML)
                    .body(page::page(content)),
            );
        let mut mail = mail.multipart(parts).ok()?;
        self.mark(mail.headers_mut(), message);
        Some(mail.formatted())
    }

    /// The lines that tell machines what kind of mail this is.
    fn mark(&self, headers: &mut Headers, message: &Outgoing) {
        let content = &message.content;
        // Nobody's out-of-office note is to answer a hub (RFC 3834, and the ways of before it).
        line(headers, "Auto-Submitted", "auto-generated");
        line(headers, "X-Auto-Response-Suppress", "OOF, AutoReply");
        if message.urgent {
            line(headers, "Importance", "high");
            line(headers, "Priority", "urgent");
            line(headers, "X-Priority", "1");
        } else {
            line(headers, "Precedence", "bulk");
        }
        if page::is_language(&content.language) {
            line(headers, "Content-Language", &content.language);
        }
        if let Some(expires) = message.expires {
            line(
                headers,
                "Expires",
                &jiff::fmt::rfc2822::to_string(&expires.to_zoned(jiff::tz::TimeZone::UTC))
                    .unwrap_or_default(),
            );
        }
        if let Some(list) = &self.settings.list_id {
            line(headers, "List-Id", list);
        }
        if let Some(address) = &self.settings.unsubscribe {
            line(
                headers,
                "List-Unsubscribe",
                &format!("<{}>", address.replace("{key}", &message.key)),
            );
        }
        if content.exercise {
            line(headers, "X-Muster-Exercise", "yes");
        }
        if message.repeated {
            line(headers, "X-Muster-Repeated", "yes");
        }
    }

    fn reply_to(&self, key: &str) -> Option<Mailbox> {
        let address: Address =
            self.settings.reply_to.as_ref()?.replace("{key}", key).parse().ok()?;
        (address.user().len() <= LOCAL_PART_MAX).then(|| Mailbox::new(None, address))
    }
}

/// One line, whatever it was given as, and marked if it belongs to an exercise.
fn subject(content: &Content) -> String {
    let words = content.subject.split(|c: char| c.is_control() || c.is_whitespace());
    let subject = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if content.exercise && !subject.to_uppercase().contains("EXERCISE") {
        format!("{EXERCISE} {subject}")
    } else {
        subject
    }
}

/// The text, what can be answered, and where.
fn text(content: &Content) -> String {
    let mut text = content.text.trim_end().to_owned();
    if !content.choices.is_empty() {
        text.push('\n');
        for choice in &content.choices {
            text.push_str("\n- ");
            text.push_str(&choice.label);
        }
    }
    if let Some(link) = &content.link
        && !text.contains(link.as_str())
    {
        text.push_str("\n\n");
        text.push_str(link);
    }
    text.push('\n');
    // A lone CR could end a line for one relay and not for the next, and so hide a second mail.
    text.replace("\r\n", "\n").replace('\r', "\n").replace(stray, "")
}

fn stray(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
}

fn line(headers: &mut Headers, name: &'static str, value: &str) {
    let name = HeaderName::new_from_ascii_str(name);
    headers.insert_raw(HeaderValue::new(name, value.to_owned()));
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use muster_contract::channel::{Choice, Content, Outgoing};
    use proptest::prelude::*;

    use super::Style;

    fn style() -> Style {
        let settings: crate::Settings = serde_json::from_value(serde_json::json!({
            "host": "localhost",
            "from": "\"Müster, County\" <alerts@example.org>",
            "reply_to": "answers+{key}@example.org",
            "list_id": "Callouts <callouts.example.org>",
            "unsubscribe": "https://example.org/stop/{key}",
        }))
        .unwrap();
        let from = settings.check(false).unwrap().from;
        Style::new(settings, from, "example.org".to_owned())
    }

    fn message(subject: &str, text: &str) -> Outgoing {
        let choice = |key: &str, label: &str| Choice { key: key.into(), label: label.into() };
        Outgoing {
            key: "01-callout-7".to_owned(),
            to: muster_contract::channel::Address::new("ada@example.org"),
            content: Content {
                subject: subject.to_owned(),
                text: text.to_owned(),
                link: Some("https://hub.example.org/a/x?y=1&z=2".to_owned()),
                choices: vec![choice("1", "I am coming"), choice("2", "I <can't>")],
                language: "en-US".to_owned(),
                exercise: true,
            },
            expires: Some("2026-03-01T07:00:00Z".parse().unwrap()),
            urgent: true,
            repeated: true,
        }
    }

    fn compose(message: &Outgoing) -> String {
        let now: Timestamp = "2026-03-01T06:00:00Z".parse().unwrap();
        let to = message.to.reveal().parse().unwrap();
        String::from_utf8(style().compose(message, &to, now).unwrap()).unwrap()
    }

    #[test]
    fn a_mail_says_the_same_in_text_and_in_html() {
        let text = "Report to Station 4.\nBring boots & <gloves>.\n\n.\nÉcole fermée.";
        insta::assert_snapshot!(compose(&message("Callout: flood", text)).replace('\r', ""), @r#"
        Date: Sun, 01 Mar 2026 06:00:00 +0000
        From: =?utf-8?b?TcO8c3RlciwgQ291bnR5?= <alerts@example.org>
        To: ada@example.org
        Subject: [EXERCISE] Callout: flood
        Message-ID: <01-callout-7@example.org>
        Reply-To: answers+01-callout-7@example.org
        MIME-Version: 1.0
        Auto-Submitted: auto-generated
        X-Auto-Response-Suppress: OOF, AutoReply
        Importance: high
        Priority: urgent
        X-Priority: 1
        Content-Language: en-US
        Expires: Sun, 1 Mar 2026 07:00:00 +0000
        List-Id: Callouts <callouts.example.org>
        List-Unsubscribe: <https://example.org/stop/01-callout-7>
        X-Muster-Exercise: yes
        X-Muster-Repeated: yes
        Content-Type: multipart/alternative; boundary="=_01-callout-7_="

        --=_01-callout-7_=
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Report to Station 4.
        Bring boots & <gloves>.

        .
        =C3=89cole ferm=C3=A9e.

        - I am coming
        - I <can't>

        https://hub.example.org/a/x?y=3D1&z=3D2

        --=_01-callout-7_=
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <!DOCTYPE html>
        <html lang=3D"en-US" dir=3D"auto">
        <head>
        <meta charset=3D"utf-8">
        <meta name=3D"viewport" content=3D"width=3Ddevice-width">
        <meta name=3D"color-scheme" content=3D"light dark">
        <title>Callout: flood</title>
        </head>
        <body style=3D"font-family:sans-serif;font-size:18px;line-height:1.5;max-wi=
        dth:40em">
        <p>Report to Station 4.<br>
        Bring boots &amp; &lt;gloves&gt;.</p>
        <p>.<br>
        =C3=89cole ferm=C3=A9e.</p>
        <p>
        <a style=3D"display:inline-block;margin:0 12px 12px 0;padding:16px 24px;bor=
        der-radius:8px;background:#0b4f9e;color:#ffffff;font-size:18px;font-weight:=
        bold;text-decoration:none" href=3D"https://hub.example.org/a/x?y=3D1&amp;z=
        =3D2#answer=3D1">I am coming</a>
        <a style=3D"display:inline-block;margin:0 12px 12px 0;padding:16px 24px;bor=
        der-radius:8px;background:#0b4f9e;color:#ffffff;font-size:18px;font-weight:=
        bold;text-decoration:none" href=3D"https://hub.example.org/a/x?y=3D1&amp;z=
        =3D2#answer=3D2">I &lt;can&#39;t&gt;</a>
        </p>
        <p><a href=3D"https://hub.example.org/a/x?y=3D1&amp;z=3D2">https://hub.exam=
        ple.org/a/x?y=3D1&amp;z=3D2</a></p>
        </body>
        </html>

        --=_01-callout-7_=--
        "#);
    }

    #[test]
    fn a_key_that_is_none_makes_no_mail() {
        for key in ["", "a b", "a>\r\nBcc: eve@example.org", "A", &"a".repeat(65)] {
            let message = Outgoing { key: key.to_owned(), ..message("", "") };
            let now: Timestamp = "2026-03-01T06:00:00Z".parse().unwrap();
            assert!(style().compose(&message, &"ada@example.org".parse().unwrap(), now).is_none());
        }
    }

    proptest! {
        #[test]
        fn whatever_is_said_a_mail_is_ascii_in_short_lines_with_the_headers_that_we_gave(
            subject in "(\r\nBcc: eve@example.org|\r|\n|\u{2028}|\u{0}|[a-zé漢 ]{0,80}){0,8}",
            text in "(\r\n\\.\r\n|\r|\n|\\.|\u{0}|[a-zé漢 <&]{0,2000}){0,8}",
        ) {
            let mail = compose(&message(&subject, &text));
            prop_assert!(mail.is_ascii());
            let (head, _) = mail.split_once("\r\n\r\n").unwrap();
            let names: Vec<_> = head
                .split("\r\n")
                .filter(|line| !line.starts_with([' ', '\t']))
                .map(|line| line.split(':').next().unwrap())
                .collect();
            prop_assert_eq!(names.join(" "), "Date From To Subject Message-ID Reply-To MIME-Version \
                Auto-Submitted X-Auto-Response-Suppress Importance Priority X-Priority \
                Content-Language Expires List-Id List-Unsubscribe X-Muster-Exercise X-Muster-Repeated \
                Content-Type");
            for line in mail.split("\r\n") {
                prop_assert!(line.len() <= 998 && !line.contains(['\r', '\n']), "{:?}", line);
            }
        }
    }
}
