//! How languages are spoken: which voice reads them, and the sentences of the call itself.

use serde::Deserialize;

use crate::settings::Settings;

/// What reads a language aloud.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speech {
    /// The provider's name for the language, such as `es-MX`.
    pub language: String,
    /// The provider's name for a voice; without it, the provider's usual one.
    #[serde(default)]
    pub voice: Option<String>,
}

/// What is said around a message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// How a choice is offered, with `{key}` and `{label}` in it.
    pub press: String,
    /// The last word when no key was pressed.
    pub goodbye: String,
}

/// The languages that Twilio's standard voices speak; the first of a language is for its regions
/// that are not here.
const SPOKEN: [&str; 26] = [
    "en-US", "en-AU", "en-CA", "en-GB", "en-IN", "es-MX", "es-ES", "fr-FR", "fr-CA", "de-DE",
    "ca-ES", "da-DK", "fi-FI", "it-IT", "ja-JP", "ko-KR", "nb-NO", "nl-NL", "pl-PL", "pt-BR",
    "pt-PT", "ru-RU", "sv-SE", "zh-CN", "zh-HK", "zh-TW",
];

/// The sentences that are built in, by language.
const SAID: [(&str, &str, &str); 4] = [
    ("en", "Press {key} for: {label}.", "Goodbye."),
    ("es", "Pulse {key} para: {label}.", "Adiós."),
    ("fr", "Tapez {key} pour : {label}.", "Au revoir."),
    ("de", "Drücken Sie {key} für: {label}.", "Auf Wiederhören."),
];

/// What reads a language; nothing if nobody knows how to speak it.
pub(crate) fn speech(settings: &Settings, tag: &str) -> Option<Speech> {
    let set = |wanted: &str| {
        let mut all = settings.speech.iter();
        all.find(|(tag, _)| tag.eq_ignore_ascii_case(wanted)).map(|(_, speech)| speech.clone())
    };
    let built_in = |language: &&str| Speech { language: (*language).to_owned(), voice: None };
    let exact = || SPOKEN.iter().find(|spoken| spoken.eq_ignore_ascii_case(tag)).map(built_in);
    let kin = || SPOKEN.iter().find(|spoken| same(primary(spoken), primary(tag))).map(built_in);
    set(tag).or_else(|| set(primary(tag))).or_else(exact).or_else(kin)
}

/// The sentences for a language. One that has none gets by with the key and the label.
pub(crate) fn phrases(settings: &Settings, tag: &str) -> Phrases {
    let set = |wanted: &str| {
        let mut all = settings.phrases.iter();
        all.find(|(tag, _)| tag.eq_ignore_ascii_case(wanted)).map(|(_, phrases)| phrases.clone())
    };
    let built_in = || {
        let (_, press, goodbye) = SAID.iter().find(|(of, ..)| same(of, primary(tag)))?;
        Some(Phrases { press: (*press).to_owned(), goodbye: (*goodbye).to_owned() })
    };
    let bare = || Phrases { press: "{key}: {label}.".to_owned(), goodbye: String::new() };
    set(tag).or_else(|| set(primary(tag))).or_else(built_in).unwrap_or_else(bare)
}

/// The language of a tag without region and script. Norwegian is spoken as Bokmål.
fn primary(tag: &str) -> &str {
    match tag.split(['-', '_']).next().unwrap_or(tag) {
        "no" => "nb",
        primary => primary,
    }
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}
