//! Texts with places for values: `{base}/messages/{key|url}`.

use std::collections::BTreeMap;
use std::fmt;

/// The values that a message gives, whatever the gateway.
pub(super) const OF_MESSAGE: &[&str] = &[
    "to",
    "to_digits",
    "from",
    "text",
    "key",
    "callback",
    "coding",
    "minutes_left",
    "seconds_left",
    "urgent",
];

/// The values that a template is filled with. They are personal data and secrets.
pub(super) type Values = BTreeMap<String, String>;

/// A text with places for values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Place { name: String, form: Form },
}

/// How a value is written into its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Plain,
    /// For a place inside a URL: everything but letters and digits is escaped.
    Url,
    /// The same inside a pattern such as Kannel's, in which `%` begins a place: each is doubled.
    UrlPattern,
    /// As it is, but inside such a pattern.
    Pattern,
    /// As a number, at most this one.
    AtMost(u64),
}

impl Template {
    /// Reads a template whose places are named among the known ones.
    pub(super) fn parse(text: &str, known: &dyn Fn(&str) -> bool) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, place)) = rest.split_once('{') {
            pieces.push(Piece::Text(before.to_owned()));
            let Some((inside, after)) = place.split_once('}') else {
                return Err(format!("`{{{place}` is not closed with `}}`"));
            };
            pieces.push(place_of(inside, known)?);
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        Ok(Self(pieces))
    }

    /// The text with its values; `None` if one of them is not there now, such as the time left of a
    /// message that does not expire.
    pub(super) fn fill(&self, values: &Values) -> Option<String> {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(literal) => text.push_str(literal),
                Piece::Place { name, form } => {
                    let value = values.get(name)?;
                    match form {
                        Form::Plain => text.push_str(value),
                        Form::Url => text.extend(form_urlencoded::byte_serialize(value.as_bytes())),
                        Form::UrlPattern => {
                            let escaped = form_urlencoded::byte_serialize(value.as_bytes());
                            text.extend(escaped.map(|piece| piece.replace('%', "%%")));
                        }
                        Form::Pattern => text.push_str(&value.replace('%', "%%")),
                        Form::AtMost(most) => {
                            text.push_str(&value.parse::<u64>().ok()?.min(*most).to_string());
                        }
                    }
                }
            }
        }
        Some(text)
    }
}

fn place_of(inside: &str, known: &dyn Fn(&str) -> bool) -> Result<Piece, String> {
    let (name, form) = inside.split_once('|').unwrap_or((inside, ""));
    if !known(name) {
        let known = OF_MESSAGE.join("`, `");
        return Err(format!(
            "`{{{name}}}` is not known; there are `{known}` and what stands in `needs`"
        ));
    }
    let form = match form {
        "" => Form::Plain,
        "url" => Form::Url,
        "url-pattern" => Form::UrlPattern,
        "pattern" => Form::Pattern,
        other => match other.strip_prefix("max ").and_then(|most| most.parse().ok()) {
            Some(most) => Form::AtMost(most),
            None => {
                return Err(format!(
                    "`|{other}` is not known; there are `|url`, `|pattern`, `|url-pattern`, `|max 100`"
                ));
            }
        },
    };
    Ok(Piece::Place { name: name.to_owned(), form })
}

/// A JSON document with templates for its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    Nothing,
    Flag(bool),
    Text(Template),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

impl Json {
    /// The document with its values. What lacks one is left out.
    pub(super) fn fill(&self, values: &Values) -> Option<serde_json::Value> {
        Some(match self {
            Self::Nothing => serde_json::Value::Null,
            Self::Flag(flag) => (*flag).into(),
            Self::Text(template) => template.fill(values)?.into(),
            Self::List(list) => list.iter().filter_map(|json| json.fill(values)).collect(),
            Self::Map(map) => {
                let filled = map.iter().filter_map(|(key, json)| Some((key, json.fill(values)?)));
                filled.map(|(key, json)| (key.clone(), json)).collect()
            }
        })
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Text(text) => f.write_str(text),
            Piece::Place { name, .. } => write!(f, "{{{name}}}"),
        })
    }
}
