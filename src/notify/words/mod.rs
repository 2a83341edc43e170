//! What is said: a message and a notice in the words of a language, in the form of a channel.
//!
//! The forms are templates (`short.j2` for what is read at one glance, `long.j2` for the rest); the
//! words around them are tables, one for each language (`en.toml`, `es.toml`). What an exercise is
//! marked with stands in the forms themselves, so that no message goes out without it.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use muster_contract::channel::{Choice, Content};
use serde::Deserialize;

use crate::domain::World;
use crate::domain::message::content::{self, Meaning, Response, Wording};
use crate::domain::message::notice::Says;
use crate::domain::message::{Channel, Following};

/// The language of those whose language nobody knows and the hub does not speak.
const FALLBACK: &str = "en";
/// Characters of the subject of an e-mail or notification.
const SUBJECT_CHARS: usize = 120;

/// The words around a message in one language.
#[derive(Debug, Deserialize)]
struct Words {
    words: BTreeMap<String, String>,
    /// The same, as the forms take them.
    #[serde(skip)]
    value: Value,
    notice: BTreeMap<String, String>,
    page: BTreeMap<String, String>,
}

static LANGUAGES: LazyLock<BTreeMap<&str, Words>> = LazyLock::new(|| {
    let tables = [("en", include_str!("en.toml")), ("es", include_str!("es.toml"))];
    let read = |(language, text): (&'static str, &str)| {
        #[expect(clippy::expect_used, reason = "the tables are compiled in, and a test reads them")]
        let words: Words = toml::from_str(text).expect("a table of words");
        (language, Words { value: Value::from(Serde(&words.words)), ..words })
    };
    tables.into_iter().map(read).collect()
});

static FORMS: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut forms = Environment::new();
    forms.set_undefined_behavior(UndefinedBehavior::Strict);
    // Plain text; what is made of it for HTML or XML escapes it there.
    forms.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    forms.add_filter("sentence", sentence);
    for (name, form) in [("short", include_str!("short.j2")), ("long", include_str!("long.j2"))] {
        #[expect(clippy::expect_used, reason = "the forms are compiled in, and a test reads them")]
        forms.add_template(name, form).expect("a form");
    }
    forms
});

/// What telling one person takes.
pub struct Telling<'a> {
    /// What is said.
    pub content: &'a content::Content,
    /// Whether it belongs to an exercise.
    pub exercise: bool,
    /// What it does to an earlier message, if it does.
    pub follows: Option<Following>,
    /// The organization that tells, by its name.
    pub sender: &'a str,
    /// The language that the person reads.
    pub language: Option<&'a str>,
    /// The letter to begin an answer with, where other messages wait for one too.
    pub code: Option<char>,
    /// Whether they accepted already and are asked whether they still come.
    pub again: bool,
    /// The page where it can be answered; empty in a preview.
    pub link: String,
}

/// A message in the words of its recipient, for a channel.
#[must_use]
pub fn tell(telling: &Telling<'_>, channel: Channel) -> Content {
    let content = telling.content;
    let Some((index, wording)) = content.wording(telling.language) else {
        return empty(telling.exercise);
    };
    let words = words_of(&wording.language);
    let choices = choices(content.responses.as_slice(), index, words, telling.code);
    let form = match channel {
        Channel::Sms | Channel::WebPush | Channel::Voice => "short",
        Channel::Email | Channel::Mqtt | Channel::Webhook => "long",
    };
    // A telephone keypad and a page list the answers themselves.
    let listed = if channel == Channel::Sms { choices.as_slice() } else { &[] };
    let text = fill(form, telling, wording, words, listed);
    Content {
        subject: subject(telling, wording, words),
        text,
        link: Some(telling.link.clone()),
        choices,
        language: wording.language.clone(),
        exercise: telling.exercise,
    }
}

/// A notice in the words of its recipient.
#[must_use]
pub fn notice(world: &World, says: &Says, language: Option<&str>) -> Content {
    let (language, words) = best(language.unwrap_or(FALLBACK));
    let (name, exercise) = (notice_name(says), exercise_of(world, says));
    let form = words.notice.get(name).map_or("", String::as_str);
    let text = match says {
        Says::Recorded { meaning, arrival, late, .. } => {
            let arrival = arrival.map(|at| at.strftime("%H:%M UTC").to_string());
            render(form, context! { meaning => words.meaning(*meaning), arrival, late })
        }
        Says::Which { codes } => {
            let codes: Vec<_> = codes.iter().map(|code| format!("{code}1")).collect();
            render(form, context! { codes => codes.join(", ") })
        }
        Says::NotUnderstood { message } => {
            let message = message.and_then(|id| world.message(id));
            let choices = message.map_or_else(String::new, |message| {
                let index = message.content.wording(Some(language)).map_or(0, |(index, _)| index);
                let all = choices(&message.content.responses, index, words, None);
                let all: Vec<_> = all.iter().map(|c| format!("{}={}", c.key, c.label)).collect();
                all.join(", ")
            });
            render(form, context! { choices })
        }
        Says::Noted { incident } => {
            let name = world.incident(*incident).map_or("", |incident| incident.name.as_str());
            render(form, context! { incident => name })
        }
        Says::ParTaken { resources } => render(form, context! { resources }),
        Says::Help { sender } | Says::StreamStopped { sender } => {
            let sender = sender.and_then(|id| world.organization(id));
            render(form, context! { sender => sender.map(|sender| &sender.profile.name) })
        }
        Says::StreamResumed | Says::NotNoted | Says::NoPar => form.to_owned(),
    };
    let mark = if exercise { format!("{}. ", words.get("exercise")) } else { String::new() };
    Content { text: mark + &text, language: language.to_owned(), ..empty(exercise) }
}

/// The words of the answer page in a language.
#[must_use]
pub fn page(language: &str) -> Value {
    Value::from(Serde(&words_of(language).page))
}

/// What an answer means, in the words of a language.
#[must_use]
pub fn meaning(language: &str, meaning: Meaning) -> &'static str {
    words_of(language).meaning(meaning)
}

/// Whether a notice is about something of an exercise.
fn exercise_of(world: &World, says: &Says) -> bool {
    match says {
        Says::Recorded { message, .. } | Says::NotUnderstood { message: Some(message) } => {
            world.message(*message).is_some_and(|message| message.exercise)
        }
        Says::Noted { incident } => world.incident(*incident).is_some_and(|i| i.exercise),
        Says::NotUnderstood { message: None }
        | Says::Which { .. }
        | Says::Help { .. }
        | Says::StreamStopped { .. }
        | Says::StreamResumed
        | Says::NotNoted
        | Says::ParTaken { .. }
        | Says::NoPar => false,
    }
}

const fn notice_name(says: &Says) -> &'static str {
    match says {
        Says::Recorded { .. } => "recorded",
        Says::Which { .. } => "which",
        Says::NotUnderstood { .. } => "not_understood",
        Says::Help { .. } => "help",
        Says::StreamStopped { .. } => "stream_stopped",
        Says::StreamResumed => "stream_resumed",
        Says::Noted { .. } => "noted",
        Says::NotNoted => "not_noted",
        Says::ParTaken { .. } => "par_taken",
        Says::NoPar => "no_par",
    }
}

fn empty(exercise: bool) -> Content {
    Content {
        subject: String::new(),
        text: String::new(),
        link: None,
        choices: Vec::new(),
        language: FALLBACK.to_owned(),
        exercise,
    }
}

/// The words of a language that the hub speaks, or of the one that most people read.
fn best(language: &str) -> (&'static str, &'static Words) {
    let base = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let known = LANGUAGES.get_key_value(base.as_str());
    #[expect(clippy::expect_used, reason = "English is compiled in")]
    let (name, words) =
        known.or_else(|| LANGUAGES.get_key_value(FALLBACK)).expect("the fallback language");
    (name, words)
}

fn words_of(language: &str) -> &'static Words {
    best(language).1
}

/// The answers with what to press or write for each.
fn choices(
    responses: &[Response],
    language: usize,
    words: &Words,
    code: Option<char>,
) -> Vec<Choice> {
    let code = code.map_or_else(String::new, |code| code.to_string());
    let choices = (1..).zip(responses).map(|(digit, response)| Choice {
        key: format!("{code}{digit}"),
        label: match response.labels.get(language) {
            Some(label) => label.clone(),
            None => words.meaning(response.meaning).to_owned(),
        },
    });
    choices.collect()
}

fn fill(
    form: &str,
    telling: &Telling<'_>,
    wording: &Wording,
    words: &Words,
    choices: &[Choice],
) -> String {
    let accepts = telling.content.responses.iter().zip(choices);
    let mut accepts = accepts.filter(|(response, _)| response.meaning == Meaning::Accept);
    let example = accepts.next().map(|(_, choice)| format!("{} 20", choice.key));
    let values = context! {
        exercise => telling.exercise,
        mark => telling.follows.map(|how| mark(how, words)),
        sender => telling.sender,
        again => telling.again,
        what => wording.what.as_str(),
        who => wording.who.as_deref(),
        place => wording.place.as_deref(),
        when => wording.when.as_deref(),
        to_do => wording.to_do.as_deref(),
        until => wording.until.as_deref(),
        words => words.value.clone(),
        choices => Value::from(Serde(choices)),
        example,
    };
    let rendered = FORMS.get_template(form).and_then(|form| form.render(values));
    rendered.unwrap_or_else(|error| {
        // The forms are tested with everything absent and everything there; should one fail all the
        // same, the first words are what people need most.
        tracing::error!(%error, form, "a form cannot be filled in");
        wording.what.clone()
    })
}

/// What a message that follows another begins with.
fn mark(how: Following, words: &Words) -> &str {
    words.get(match how {
        Following::Correction => "correction",
        Following::Closing => "closing",
    })
}

fn subject(telling: &Telling<'_>, wording: &Wording, words: &Words) -> String {
    let exercise = telling.exercise.then(|| words.get("exercise"));
    let mark = telling.follows.map(|how| mark(how, words));
    let parts = [exercise, mark, Some(wording.what.as_str())];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    let line: String = parts.join(": ").split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(SUBJECT_CHARS).collect()
}

/// What somebody wrote, so that another sentence can follow it.
fn sentence(text: &str) -> String {
    let ended = text.is_empty() || text.ends_with(['.', '!', '?', '…']);
    if ended { text.to_owned() } else { format!("{text}.") }
}

fn render(form: &str, values: Value) -> String {
    FORMS.render_str(form, values).unwrap_or_else(|error| {
        tracing::error!(%error, "a notice cannot be filled in");
        String::new()
    })
}

impl Words {
    fn get(&self, name: &str) -> &str {
        self.words.get(name).map_or("", String::as_str)
    }

    fn meaning(&self, meaning: Meaning) -> &str {
        self.get(match meaning {
            Meaning::Acknowledge => "acknowledge",
            Meaning::Understood => "understood",
            Meaning::Accept => "accept",
            Meaning::Decline => "decline",
            Meaning::NeedHelp => "need_help",
            Meaning::Done => "done",
            Meaning::Other => "other",
        })
    }
}
