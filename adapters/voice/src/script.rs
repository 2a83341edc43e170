//! The script of a call in TwiML, the provider's XML: what is read aloud, and which key is waited
//! for.

use std::fmt::Write;

use muster_contract::channel::{Content, Failure, FailureKind};

use crate::settings::Settings;
use crate::speech::{Speech, phrases, speech};

/// The longest script that can be handed over with a call, in characters.
const MAX_SCRIPT: usize = 4_000;

/// How often a message is read.
const TIMES: u8 = 2;

/// The answer to a callback that wants none.
pub const NOTHING: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#;

/// The script for a message; a key that is pressed goes to `action`.
pub(crate) fn script(
    content: &Content,
    action: &str,
    settings: &Settings,
) -> Result<String, Failure> {
    let Some(voice) = speech(settings, &content.language) else {
        return Err(permanent("language", "no voice is set that speaks this language"));
    };
    let key = |key: &str| matches!(key.as_bytes(), [b'0'..=b'9' | b'*' | b'#']);
    if !content.choices.iter().all(|choice| key(&choice.key)) {
        return Err(permanent("choice", "a choice does not have a key of a telephone"));
    }
    let phrases = phrases(settings, &content.language);
    let mut text = sentence(&content.text);
    for choice in &content.choices {
        text.push(' ');
        text.push_str(&offered(&phrases.press, &choice.key, &choice.label));
    }
    let said = say(&text, &voice, Some(TIMES));
    let mut body = String::new();
    if content.choices.is_empty() {
        body.push_str(&said);
    } else {
        // A `#` is a key like others here, not the end of an entry.
        let _ = write!(
            body,
            r#"<Gather input="dtmf" numDigits="1" finishOnKey="" timeout="{}" method="POST" action="{}">{said}</Gather>"#,
            settings.key_seconds,
            escaped(action)
        );
    }
    if !phrases.goodbye.is_empty() {
        body.push_str(&say(&phrases.goodbye, &voice, None));
    }
    let script = document(&body);
    if script.chars().count() > MAX_SCRIPT {
        return Err(permanent("too-long", "the message is too long to be read on a telephone"));
    }
    Ok(script)
}

/// What to answer to a callback so that a sentence is read and the call ends, such as what follows
/// a key that was pressed. In a language that has no voice, the call ends without it.
#[must_use]
pub fn words(sentence: &str, language: &str, settings: &Settings) -> String {
    let said = speech(settings, language).map(|voice| say(sentence, &voice, None));
    document(&format!("{}<Hangup/>", said.unwrap_or_default()))
}

fn document(body: &str) -> String {
    format!(r#"<?xml version="1.0" encoding="UTF-8"?><Response>{body}</Response>"#)
}

fn say(text: &str, speech: &Speech, times: Option<u8>) -> String {
    let mut tag = format!(r#"<Say language="{}""#, escaped(&speech.language));
    if let Some(voice) = &speech.voice {
        let _ = write!(tag, r#" voice="{}""#, escaped(voice));
    }
    if let Some(times) = times {
        let _ = write!(tag, r#" loop="{times}""#);
    }
    format!("{tag}>{}</Say>", escaped(text))
}

/// Ends with a full stop, so that the voice pauses before what follows.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let ended = text.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟']);
    if ended || text.is_empty() { text.to_owned() } else { format!("{text}.") }
}

/// Fills in both in one pass: what a label says is never filled in again.
fn offered(press: &str, key: &str, label: &str) -> String {
    let fill = |text: &str| text.replace("{key}", key);
    match press.split_once("{label}") {
        Some((before, after)) => format!("{}{label}{}", fill(before), fill(after)),
        None => fill(press),
    }
}

/// Text as XML 1.0 can carry it; characters that it cannot carry become spaces.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn permanent(code: &str, says: &str) -> Failure {
    Failure::new(FailureKind::Permanent, code, says)
}

#[cfg(test)]
mod tests {
    use super::{escaped, offered, script, words};
    use crate::settings::Settings;
    use muster_contract::channel::{Choice, Content};
    use proptest::prelude::*;

    fn settings() -> Settings {
        let json = r#"{"account_sid":"AC1","auth_token":"t","from":"+12025550143",
            "callback_url":"https://hub.example/voice",
            "speech":{"uk":{"language":"uk-UA","voice":"Google.uk-UA-Standard-A"}}}"#;
        serde_json::from_str(json).unwrap()
    }

    fn content(language: &str, text: &str, keys: &[&str]) -> Content {
        let choice =
            |key: &&str| Choice { key: (*key).to_owned(), label: "I am coming".to_owned() };
        Content {
            subject: "not read".to_owned(),
            text: text.to_owned(),
            link: None,
            choices: keys.iter().map(choice).collect(),
            language: language.to_owned(),
            exercise: false,
        }
    }

    fn written(content: &Content) -> String {
        let action = "https://hub.example/voice?kind=answer&key=n-1";
        script(content, action, &settings()).unwrap_or_else(|failure| failure.to_string())
    }

    #[test]
    fn a_message_is_read_twice_and_one_key_is_waited_for() {
        let all = [
            written(&content("en", "Hwy 61 & 5th St <closed> at 18:00", &["1"])),
            written(&content("es-419", "¡Evacúe!", &["1"])),
            written(&content("uk", "Увага", &["2"])),
            written(&content("it-CH", "Attenzione", &["1"])),
            written(&content("de", "Ende der Übung.", &[])),
            written(&content("tlh", "Qapla'", &[])),
            written(&content("en", "Come", &["yes"])),
            written(&content("en", &"&".repeat(900), &[])),
            words("Thank you <Dana>", "en-GB", &settings()),
            words("?", "tlh", &settings()),
        ];
        insta::assert_snapshot!(all.join("\n"), @r#"
        <?xml version="1.0" encoding="UTF-8"?><Response><Gather input="dtmf" numDigits="1" finishOnKey="" timeout="8" method="POST" action="https://hub.example/voice?kind=answer&amp;key=n-1"><Say language="en-US" loop="2">Hwy 61 &amp; 5th St &lt;closed&gt; at 18:00. Press 1 for: I am coming.</Say></Gather><Say language="en-US">Goodbye.</Say></Response>
        <?xml version="1.0" encoding="UTF-8"?><Response><Gather input="dtmf" numDigits="1" finishOnKey="" timeout="8" method="POST" action="https://hub.example/voice?kind=answer&amp;key=n-1"><Say language="es-MX" loop="2">¡Evacúe! Pulse 1 para: I am coming.</Say></Gather><Say language="es-MX">Adiós.</Say></Response>
        <?xml version="1.0" encoding="UTF-8"?><Response><Gather input="dtmf" numDigits="1" finishOnKey="" timeout="8" method="POST" action="https://hub.example/voice?kind=answer&amp;key=n-1"><Say language="uk-UA" voice="Google.uk-UA-Standard-A" loop="2">Увага. 2: I am coming.</Say></Gather></Response>
        <?xml version="1.0" encoding="UTF-8"?><Response><Gather input="dtmf" numDigits="1" finishOnKey="" timeout="8" method="POST" action="https://hub.example/voice?kind=answer&amp;key=n-1"><Say language="it-IT" loop="2">Attenzione. 1: I am coming.</Say></Gather></Response>
        <?xml version="1.0" encoding="UTF-8"?><Response><Say language="de-DE" loop="2">Ende der Übung.</Say><Say language="de-DE">Auf Wiederhören.</Say></Response>
        no voice is set that speaks this language (`language`)
        a choice does not have a key of a telephone (`choice`)
        the message is too long to be read on a telephone (`too-long`)
        <?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-GB">Thank you &lt;Dana&gt;</Say><Hangup/></Response>
        <?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>
        "#);
    }

    #[test]
    fn what_a_label_says_is_not_filled_in_again() {
        assert_eq!(
            offered("Press {key} for: {label}.", "1", "{key} {label}"),
            "Press 1 for: {key} {label}."
        );
    }

    proptest! {
        #[test]
        fn whatever_a_message_says_the_script_is_xml_that_says_it(text in any::<String>()) {
            let script = words(&text, "en", &settings());
            let read = roxmltree::Document::parse(&script).unwrap();
            let said = read.descendants().find(|node| node.has_tag_name("Say")).unwrap();
            let kept = |c: char| !c.is_control() && !c.is_whitespace() && !matches!(c, '\u{fffe}' | '\u{ffff}');
            let plain = |text: &str| text.chars().filter(|c| kept(*c)).collect::<String>();
            prop_assert_eq!(plain(said.text().unwrap_or_default()), plain(&text));
        }

        #[test]
        fn nothing_leaves_an_attribute(text in any::<String>()) {
            prop_assert!(!escaped(&text).contains(['"', '<', '>']));
        }
    }
}
